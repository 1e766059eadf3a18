// A year and ten months of a made-up market and four feeds of it, and their metrics in plain JavaScript.
import { syntheticCandles } from "./synthetic.mjs";

const MINUTES = 1_000_000;
const FEEDS = 4;
const RUNS = 9;

const grid = { startSecs: 1_600_000_020, stepSecs: 60, count: MINUTES };
const spot = syntheticCandles(1, MINUTES).close;
const reference = { name: "spot", values: spot };
// Each lags behind by some minutes, and misses a minute of every thousand.
const feeds = Array.from({ length: FEEDS }, (_, feed) => ({
  name: `behind by ${5 * feed} minutes`,
  values: spot.map((_, i) => ((i + feed) % 1000 === 0 ? NaN : spot[Math.max(0, i - 5 * feed)])),
}));

/** The metrics of each feed over the minutes that all share, in two passes. */
function plain() {
  const all = [reference, ...feeds].map(({ values }) => values);
  const shared = new Uint8Array(MINUTES);
  for (let i = 0; i < MINUTES; i += 1) shared[i] = all.every((values) => !Number.isNaN(values[i])) ? 1 : 0;
  return feeds.map(({ values: x }) => metrics(x, reference.values, shared));
}

function metrics(x, r, shared) {
  let [count, sumX, sumR, sumD, sumAbs, worst, worstRow] = [0, 0, 0, 0, 0, -1, 0];
  for (let i = 0; i < MINUTES; i += 1) {
    if (shared[i] === 0) continue;
    const d = x[i] - r[i];
    const distance = Math.abs(d);
    sumX += x[i];
    sumR += r[i];
    sumD += d;
    sumAbs += distance;
    if (distance > worst) [worst, worstRow] = [distance, i];
    count += 1;
  }
  const [meanX, meanR, meanD, mae] = [sumX, sumR, sumD, sumAbs].map((sum) => sum / count);
  let [xx, rr, xr, dd, squares] = [0, 0, 0, 0, 0];
  for (let i = 0; i < MINUTES; i += 1) {
    if (shared[i] === 0) continue;
    const d = x[i] - r[i];
    const [fromX, fromR, fromD] = [x[i] - meanX, r[i] - meanR, d - meanD];
    xx += fromX * fromX;
    rr += fromR * fromR;
    xr += fromX * fromR;
    dd += fromD * fromD;
    squares += d * d;
  }
  return {
    count, meanDifference: meanD, varianceDifference: dd / (count - 1), volatility: Math.sqrt(xx / (count - 1)),
    correlation: xr / (Math.sqrt(xx) * Math.sqrt(rr)), rmse: Math.sqrt(squares / count), mae, worst, worstRow,
  };
}

function seconds(work) {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[(RUNS - 1) / 2];

/** The package's `oracle.compare` held against plain JavaScript, in turn. */
export function compareFeeds(oracle) {
  const viaPackage = () => oracle.compare({ grid, reference, feeds }).feeds.map((feed) => feed.metrics);
  // Once each, until both are compiled for speed; and they must agree.
  const [ours, theirs] = [viaPackage(), plain()];
  ours.forEach((found, feed) => {
    for (const [name, value] of Object.entries(theirs[feed])) {
      const agrees = Math.abs(found[name] - value) <= 1e-9 * Math.abs(value) + 1e-12;
      if (!agrees) throw new Error(`${feeds[feed].name}, ${name}: ${found[name]} and ${value}`);
    }
  });
  const times = Array.from({ length: RUNS }, () => [seconds(plain), seconds(viaPackage)]);
  const ratios = times.map(([theirs, ours]) => theirs / ours);
  return { seconds: middle(times.map(([, ours]) => ours)), ratio: middle(ratios), leastRatio: Math.min(...ratios) };
}

/** As lines of the benchmark. */
export function told(where, { seconds, ratio, leastRatio }) {
  const name = `oracle.compare of ${FEEDS} feeds over ${MINUTES} minutes ${where}`;
  return {
    [`${name}, speed against plain JavaScript there`]: ratio,
    [`${name}, the same in the slowest of ${RUNS} runs`]: leastRatio,
    [`seconds that ${name} takes`]: seconds,
  };
}
