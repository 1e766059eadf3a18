// `npm run bench [-- --json]`: ratios of two things measured in turn in one run.
import { farm } from "llamath";
import { browserResults } from "./browser.mjs";
import { llammaResults } from "./llamma.mjs";
import { ratio } from "./measure.mjs";
import { riskResults } from "./risk.mjs";
import { simResults } from "./sim.mjs";

const POOLS = 100_000;
const CALLS = 10_000;

const column = (seed, least, most) =>
  Float64Array.from({ length: POOLS }, (_, i) => least + (((i + seed) * 7919) % 10_007) / 10_007 * (most - least));
const columns = {
  allocPoint: column(1, 0, 92), totalAllocPoint: 92, emission: 0.5, emissionSecs: 0.45,
  tokenPriceUsd: column(2, 0.01, 5000), stakedUsd: column(3, 1, 1e9), yearSecs: 31_536_000,
};
const rows = Array.from({ length: CALLS }, (_, i) => ({
  ...columns,
  allocPoint: columns.allocPoint[i],
  tokenPriceUsd: columns.tokenPriceUsd[i],
  stakedUsd: columns.stakedUsd[i],
}));

/** The formula in plain JavaScript, without any check. */
const plain = (i) =>
  (((i.allocPoint / i.totalAllocPoint) * i.emission * (i.yearSecs / i.emissionSecs)) * i.tokenPriceUsd) / i.stakedUsd;

function plainColumns({ allocPoint, totalAllocPoint, emission, emissionSecs, tokenPriceUsd, stakedUsd, yearSecs }) {
  const aprs = new Float64Array(POOLS);
  for (let i = 0; i < POOLS; i += 1) {
    aprs[i] =
      (((allocPoint[i] / totalAllocPoint) * emission * (yearSecs / emissionSecs)) * tokenPriceUsd[i]) / stakedUsd[i];
  }
  return aprs;
}

/** The same with the checks that the package makes: what it replaces. */
function checkedColumns(input) {
  for (const name of ["allocPoint", "tokenPriceUsd", "stakedUsd"]) {
    for (const value of input[name]) {
      if (!(value >= 0 && value < Infinity)) throw new RangeError(name);
    }
  }
  return plainColumns(input);
}

/** Without a browser the rest is still measured, and the run fails. */
async function inBrowser() {
  try {
    return await browserResults();
  } catch (error) {
    console.error(`Not measured in a browser: ${error.message}`);
    process.exitCode = 1;
    return {};
  }
}

let sink = 0;
const singles = (compute) => () => {
  for (const row of rows) sink += compute(row);
};
const batch = (compute) => () => {
  sink += compute(columns)[0];
};
const results = {
  [`${CALLS} farm.apr calls, time over the unchecked formula in plain JavaScript`]:
    ratio(singles((row) => farm.apr(row).apr), singles(plain)),
  [`farm.aprColumns of ${POOLS} pools, speed against an unchecked loop in plain JavaScript`]:
    ratio(batch(plainColumns), batch(farm.aprColumns)),
  [`farm.aprColumns of ${POOLS} pools, speed against a checked loop in plain JavaScript`]:
    ratio(batch(checkedColumns), batch(farm.aprColumns)),
  [`farm.aprColumns, speed a pool against single farm.apr calls`]:
    (ratio(singles((row) => farm.apr(row).apr), batch(farm.aprColumns)) * POOLS) / CALLS,
  ...llammaResults(),
  ...(await simResults()),
  ...riskResults(),
  ...(await inBrowser()),
};
if (!Number.isFinite(sink)) throw new Error("the work was not done");
if (process.argv.includes("--json")) console.log(JSON.stringify(results, null, 2));
else {
  for (const [name, value] of Object.entries(results)) {
    const isRatio = !/^(seconds|nanoseconds|frames)/.test(name);
    console.log(`${value.toFixed(2).padStart(10)} ${isRatio ? "×" : " "}  ${name}`);
  }
}
