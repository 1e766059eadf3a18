// `llamath oracles`: price feeds against a market's prices, from files.
import { LlamathError } from "../index.js";
import { refuseBeside, saidOfFlags, whole } from "./flags.js";
import { open, saidOfFile } from "./files.js";
import { BadInput, minute, print, printJson, short, table } from "./print.js";

export const oracleTexts = [
  "rounds", "decimals", "observations", "base-decimals", "quote-decimals", "twap-secs", "candles", "spot", "lag-steps", "divisor",
];
export const oracleSwitches = ["base-is-token0"];

export const oracles = {
  texts: oracleTexts,
  switches: [...oracleSwitches, "json"],
  async run(values) {
    const found = await compared(values);
    return values.json ? printJson(found) : print(lines(found).join("\n"));
  },
};

const STEP_SECS = 60;
const OF_POOL = ["base-decimals", "quote-decimals", "twap-secs", "base-is-token0"];
/** How the flags are called elsewhere. */
const FLAGS = { secondsAgo: "twap-secs", maxLagSteps: "lag-steps" };

/** Everything about the feeds of some files, on the minutes that they share. */
export async function compared(values) {
  const risk = await import("../risk.js");
  const { market, oracle } = risk;
  if (values.rounds === undefined && values.observations === undefined) {
    throw new BadInput("A feed is needed: --rounds or --observations.");
  }
  const reference = await referenceOf(values, risk);
  const feeds = [await roundsOf(values, risk), await poolOf(values, risk)].filter(Boolean);
  const grid = commonGrid([...feeds, reference], oracle);
  const series = feeds.flatMap(({ file, seriesOn }) => saidOfFile(file, () => seriesOn(grid)));
  const comparison = saidOfFlags(values, () =>
    oracle.compare({
      grid,
      reference: { name: reference.name, values: reference.on(grid) },
      feeds: series,
      maxLagSteps: whole(values, "lag-steps", 0),
      ...(values.divisor !== undefined && { divisor: values.divisor }),
    }), FLAGS);
  const runs = series.map(({ name, values: feed }) => {
    const { perRun, timeWeighted } = oracle.runs({ feed });
    // What its integers round to 0 has no returns.
    const yearly = feed.some((value) => value <= 0) ? undefined : oracle.logVolatility({ feed, stepSecs: STEP_SECS }).yearly;
    return { name, perRun, timeWeighted, ...(yearly !== undefined && { yearlyVolatility: yearly }) };
  });
  const sources = [...feeds, reference].map(({ role, file, times, options }) =>
    market.provenance({
      role, file: file.name, bytes: file.bytes, rows: times.length, fromSecs: times[0], toSecs: times.at(-1), options,
      quality: qualityOf(times, oracle),
    }));
  const [roundGaps] = feeds.flatMap((feed) => feed.gaps ?? []);
  const [precision] = feeds.flatMap((feed) => feed.precisionOn?.(grid) ?? []);
  return { oracles: comparison, runs, roundGaps, precision, sources };
}

/** What there is to say of a series of times. */
function qualityOf(times, oracle) {
  const doubled = times.filter((time, row) => row > 0 && time === times[row - 1]).length;
  const longest = times.length > 1 ? `, at most ${short(oracle.roundGaps({ times }).max)} s from one to the next` : "";
  return `${doubled} rows doubled${longest}`;
}

/** How often the feeds change, as a report takes it. */
export const updatesOf = ({ runs, roundGaps }) => [
  ...runs.flatMap(({ name, perRun, timeWeighted }) => [{ feed: name, of: "runs", lengths: perRun }, { feed: name, of: "time", lengths: timeWeighted }]),
  ...(roundGaps ? [{ feed: "Chainlink", of: "rounds", lengths: roundGaps }] : []),
];

/** The minutes that all files share. */
function commonGrid(files, oracle) {
  try {
    return oracle.commonGrid({ spans: files.map(({ span }) => span), stepSecs: STEP_SECS });
  } catch (error) {
    if (!(error instanceof LlamathError)) throw error;
    const known = files.map(({ file, span }) => `${file.label} from ${minute(span.firstSecs)} to ${minute(span.lastSecs)} UTC`);
    throw new BadInput(`The files must have a minute in common: ${known.join(", ")}.`);
  }
}

/** What the feeds are held against: candles stamped with their opening, or prices at their time. */
async function referenceOf(values, { oracle, unzip }) {
  const role = values.candles === undefined ? "spot" : "candles";
  if (values[role] === undefined) throw new BadInput("A market's prices are needed: --candles or --spot.");
  if (role === "candles") refuseBeside("candles", ["spot"], values);
  const file = await open(`--${role} `, values[role], unzip);
  const prices = saidOfFile(file, () => oracle.readPrices({ text: file.text }));
  // A close is known at its candle's end and counts there; a price counts for a minute.
  const how = role === "candles"
    ? { knownAfterSecs: STEP_SECS, maxStalenessSecs: 0 }
    : { knownAfterSecs: 0, maxStalenessSecs: STEP_SECS };
  const on = (grid) => saidOfFile(file, () => oracle.carryForward({ ...prices, grid, ...how })).values;
  const options = role === "candles" ? "each close at its candle's end" : `each price for ${STEP_SECS} s`;
  return { role, file, times: prices.times, span: span(prices.times, how.knownAfterSecs), on, options, name: `${file.name}, ${options}` };
}

/** Chainlink as it answers, and its average in four readings. */
async function roundsOf(values, { oracle, unzip }) {
  if (values.rounds === undefined) return undefined;
  const file = await open("--rounds ", values.rounds, unzip);
  const decimals = whole(values, "decimals", 8);
  const { rounds, numbered } = saidOfFile(file, () =>
    saidOfFlags(values, () => oracle.readRounds({ text: file.text, decimals })));
  const answers = saidOfFile(file, () => oracle.answers({ rounds, decimals }));
  const seriesOn = (grid) => [
    { name: "Chainlink", values: oracle.carryForward({ ...answers, grid }).values },
    ...oracle.tenMinuteAverages({ rounds, decimals, grid }).map(({ name, values }) => ({ name: `Chainlink EMA, ${name}`, values })),
  ];
  const options = `answers of ${decimals} decimals${numbered ? ", rows numbered as rounds of one phase" : ""}`;
  return {
    role: "rounds", file, times: answers.times, span: span(answers.times), seriesOn, options,
    gaps: [saidOfFile(file, () => oracle.roundGaps({ times: answers.times }))],
  };
}

/** A Uniswap v3 pool's average price, and what its integers cost. */
async function poolOf(values, { oracle, unzip }) {
  if (values.observations === undefined) {
    const alone = OF_POOL.find((flag) => values[flag] !== undefined);
    if (alone !== undefined) throw new BadInput(`--${alone} goes with --observations.`);
    return undefined;
  }
  const file = await open("--observations ", values.observations, unzip);
  const observations = saidOfFile(file, () => oracle.readObservations({ text: file.text }));
  const { timestamps } = observations;
  const secondsAgo = whole(values, "twap-secs", 1800);
  const quote = {
    baseIsToken0: values["base-is-token0"] ?? false,
    baseDecimals: whole(values, "base-decimals"),
    quoteDecimals: whole(values, "quote-decimals"),
  };
  // The file ends with its newest observation: what the pool is at since then is not asked for.
  const pool = { observations, now: timestamps.at(-1), tick: 0, liquidity: 1n };
  const ask = (name, grid) => saidOfFlags(values, () => oracle[name]({ ...pool, grid, secondsAgo, ...quote }), FLAGS);
  const name = `Uniswap v3 TWAP, ${secondsAgo} s`;
  return {
    role: "observations", file, times: timestamps, options: `mean tick of ${secondsAgo} s`,
    span: { firstSecs: timestamps[0] + secondsAgo, lastSecs: timestamps.at(-1) },
    seriesOn: (grid) => [{ name, values: ask("twap", grid) }],
    precisionOn: (grid) => [ask("precisionOver", grid)],
  };
}

const span = (times, later = 0) => ({ firstSecs: times[0] + later, lastSecs: times.at(-1) + later });

const MEASURES = {
  meanDifference: "mean difference", varianceDifference: "variance of it", correlation: "correlation",
  rmse: "RMSE", mae: "MAE", worst: "worst difference",
};
/** Volatility of the logarithmic returns. */
const yearly = ({ yearlyVolatility }) => (yearlyVolatility === undefined ? "–" : `${six(100 * yearlyVolatility)} %`);
const six = (number) => (number === undefined ? "–" : `${Number(number.toPrecision(6))}`);

/** What people read: over what it was made, the figures, the places, how often feeds change. */
function lines({ oracles, runs, roundGaps, precision, sources }) {
  const { reference, fromSecs, toSecs, stepSecs, compared, leftOut, feeds, rankings } = oracles;
  const rows = feeds.map(({ name, metrics, worstAtSecs, lag }, index) => [
    name, six(metrics.meanDifference), six(metrics.varianceDifference), six(metrics.volatility), yearly(runs[index]), six(metrics.correlation),
    six(metrics.rmse), six(metrics.mae), six(metrics.worst), minute(worstAtSecs), lag === undefined ? "–" : lag.steps,
  ]);
  const places = rankings.map(({ measure, places }) => {
    const order = feeds.map(({ name }, index) => [places[index], name]).filter(([place]) => !Number.isNaN(place));
    return [MEASURES[measure], order.sort(([a], [b]) => a - b).map(([place, name]) => `${place}. ${name}`).join("; ")];
  });
  const percentiles = ({ p25, p50, p75, p90, max }) => [p25, p50, p75, p90, max].map(short);
  const HEAD = ["25 %", "50 %", "75 %", "90 %", "most"];
  return [
    `reference  ${reference}`,
    `window     ${minute(fromSecs)} to ${minute(toSecs)} UTC, every ${stepSecs} s: ${compared} moments compared, ${leftOut} left out`,
    ...sources.map(({ role, file, rows, options }) => `file       ${file}: ${rows} rows of ${role}, ${options}`),
    "",
    table([["feed", "mean d", "var d", "volatility", "a year", "correlation", "RMSE", "MAE", "worst d", "at (UTC)", "lag"], ...rows]),
    "",
    table([["by", "order (none of them is a verdict)"], ...places], [0, 1]),
    "",
    table([
      ["minutes that a feed stands still", ...HEAD],
      ...runs.flatMap(({ name, perRun, timeWeighted }) => [
        [`${name}, of its runs`, ...percentiles(perRun)],
        [`${name}, of the time`, ...percentiles(timeWeighted)],
      ]),
    ]),
    ...(roundGaps ? ["", table([["seconds between rounds", ...HEAD], ["Chainlink", ...percentiles(roundGaps)]])] : []),
    ...(precision ? ["", `what Uniswap's integers cost, mean and most: tick ${errors(precision.tick)}, all ${errors(precision.total)}`] : []),
  ];
}

const errors = ({ mean, largest }) => `${mean.toExponential(2)} and ${largest.toExponential(2)}`;
