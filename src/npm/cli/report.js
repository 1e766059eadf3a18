// `llamath report`: a recommended market, from parts already computed or from files: candles to
// simulate A, the fee and the loss on, liquidity, feeds.
import { readFileSync } from "node:fs";
import { LlamathError } from "../index.js";
import { ceilingTexts, estimated } from "./ceiling.js";
import { needed, number, refuseBeside, saidOfFlags, whole } from "./flags.js";
import { compared, oracleSwitches, oracleTexts, updatesOf } from "./oracles.js";
import { BadInput, print } from "./print.js";
import { bar, edgesSay, swept, sweepTexts } from "./sweep.js";

const PARAMETERS = [
  "collateral", "chain", "generation", "A", "fee", "loss", "margin", "price", "collateral-decimals", "borrowed-decimals",
];
/** `--days` are those of the ceiling's average. */
const WINDOW = "window-days";
const ORACLES = [...oracleTexts, ...oracleSwitches];

export const report = {
  files: true,
  texts: [...PARAMETERS, WINDOW, ...sweepTexts, ...ceilingTexts, ...oracleTexts],
  lists: ["history", "liquidity"],
  switches: [...oracleSwitches, "json"],
  async run(values, paths) {
    const { market } = await import("../risk.js");
    const { json, ...flags } = values;
    const isStored = paths.length > 0;
    const input = isStored ? stored(paths, Object.keys(flags)) : await computed(values);
    const recommend = () => market.recommend(input);
    const found = isStored ? saidOfParts(paths[0], recommend) : saidOfFlags(values, recommend, REFUSALS);
    return print(json ? found.json : found.markdown.trimEnd());
  },
};

/** Which flag a contract's refusal of the deployment means. */
const REFUSALS = {
  loanDiscountTooHigh: ["loss", "at most 0.5 with the margin"],
  liquidationDiscountTooLow: ["loss", "above 0"],
  noLiquidationDiscount: ["loss", "above 0"],
  loanDiscountMustBeAbove: ["margin", "above 0"],
  loanDiscountNotAbove: ["margin", "above 0"],
};

async function computed(values) {
  const parameters = {
    collateral: needed(values, "collateral"),
    chain: needed(values, "chain"),
    generation: needed(values, "generation"),
    ...(values.margin !== undefined && { margin: number(values, "margin") }),
    price: number(values, "price"),
    collateralDecimals: whole(values, "collateral-decimals", 18),
    borrowedDecimals: whole(values, "borrowed-decimals", 18),
  };
  refuseWithout(values, "history", [WINDOW, ...sweepTexts]);
  refuseWithout(values, "liquidity", ceilingTexts);
  const choice = values.history ? await simulated(values) : { A: whole(values, "A"), fee: number(values, "fee"), loss: number(values, "loss") };
  const liquidity = values.liquidity && await estimated(values, values.liquidity, "--liquidity ");
  const prices = ORACLES.some((flag) => values[flag] !== undefined) ? await compared(values) : undefined;
  return {
    ...parameters,
    ...choice,
    ...(liquidity && { ceiling: liquidity.ceiling }),
    ...(prices && { oracles: prices.oracles, updates: updatesOf(prices) }),
    sources: [choice, liquidity, prices].flatMap((part) => part?.sources ?? []),
  };
}

/** Where the fee is looked for before A is known, as published. */
const FIRST_A = "50";
const FEES = Array.from({ length: 20 }, (_, index) => (index + 1) / 2000).join();
const isOne = (text) => text !== undefined && !/,|\.\./.test(text);

/** As published: the fee of the least loss, then A of the least discount at that fee, and the loss there. */
async function simulated(values) {
  refuseBeside("history", ["loss"], values);
  const run = async (A, fee) => {
    const progress = bar();
    try {
      return await swept({ ...values, A, fee }, values.history, { onProgress: progress.show, windowFlag: WINDOW });
    } finally {
      progress.end();
    }
  };
  const byFee = isOne(values.fee) ? undefined : await run(isOne(values.A) ? values.A : FIRST_A, values.fee ?? FEES);
  const byA = await run(values.A ?? "10..500", byFee === undefined ? values.fee : `${byFee.recommended.fee.value}`);
  const scan = ({ recommended, jackknife }, parameter) => ({ parameter, ...recommended[parameter], ...(jackknife !== undefined && { error: jackknife.error }) });
  const { A, fee } = byA.settings;
  const before = byFee === undefined ? "" : `fee of ${byFee.points.length} from ${byFee.points[0].fee} to ${byFee.points.at(-1).fee} at A ${byFee.settings.A}; ${edgesSay(byFee.edges).map((edge) => `${edge}; `).join("")}then `;
  for (const edge of [byFee, byA].flatMap((found) => edgesSay(found?.edges ?? []))) console.error(`${edge}.`);
  return {
    A, fee, loss: byA.points[byA.best].loss,
    scans: [...(byFee === undefined ? [] : [scan(byFee, "fee")]), ...(isOne(values.A) ? [] : [scan(byA, "A")])],
    sources: byA.sources.map((source) => ({ ...source, options: before + source.options })),
  };
}

function refuseWithout(values, flag, others) {
  const other = others.find((name) => values[name] !== undefined);
  if (other !== undefined && values[flag] === undefined) throw new BadInput(`--${other} goes with --${flag}.`);
}

/** The parts of a file in JSON, as `ceiling --json` and `oracles --json` print them. */
function stored(paths, flags) {
  if (paths.length > 1) throw new BadInput("One file with parts is enough.");
  if (flags.length > 0) throw new BadInput(`--${flags[0]} does not go with a file of parts.`);
  try {
    return JSON.parse(readFileSync(paths[0], "utf8"), revived);
  } catch (error) {
    throw new BadInput(`${paths[0]} must be a file that holds the parts of a report as JSON: ${error.message}`);
  }
}

/** Calls; a refusal is said of the file. */
function saidOfParts(path, call) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof LlamathError)) throw error;
    throw new BadInput(`${path}: ${error.message}`);
  }
}

/** Columns, which JSON has as lists in which none is null. */
function revived(key, value) {
  const isColumn = ["ema", "places"].includes(key) && Array.isArray(value);
  return isColumn ? Float64Array.from(value, (row) => row ?? NaN) : value;
}
