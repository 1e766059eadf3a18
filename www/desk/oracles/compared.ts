// Price feeds against a market's prices, on the minutes that their files share.

import { type Grid, LlamathError, market, oracle, type PrecisionReport, type Span } from "llamath/risk/web";
import { minute } from "../../dates";
import type { Doing, FileQuality, OraclesAsked, OraclesFound, Percentiles, Slot } from "../jobs";
import { outlineOf } from "../outline";
import { type Opened, open, Refused, saidOfFile, saidOfSettings } from "../refused";
import { rowsIn, Steps } from "../steps";

const STEP_SECS = 60;
const SETTINGS = {
  decimals: "decimals", baseDecimals: "baseDecimals", quoteDecimals: "quoteDecimals", secondsAgo: "twapSecs", maxLagSteps: "lagSteps",
};

interface Series {
  name: string;
  values: Float64Array;
}

interface Source {
  role: string;
  file: Opened;
  times: Float64Array;
  span: Span;
  options: string;
  /** When its values count, in words. */
  known: string;
  on: (grid: Grid) => Series[];
  gaps?: Percentiles;
  precisionOn?: (grid: Grid) => PrecisionReport;
}

/** Milliseconds of the steps for files of so many rows, as measured on a usual machine; of many rows only. */
function costsOf({ files: { rounds, observations, prices }, lagSteps }: OraclesAsked): Record<string, number> {
  const rowsOf = (file: File | undefined) => (file === undefined ? 0 : rowsIn(file));
  const [ofPrices, ofRounds, ofPool] = [rowsOf(prices), rowsOf(rounds), rowsOf(observations)];
  const feeds = (rounds ? 5 : 0) + (observations ? 1 : 0);
  return {
    prices: 0.004 * ofPrices, rounds: 0.007 * ofRounds, observations: 0.002 * ofPool,
    roundsOn: rounds ? 0.006 * ofPrices : 0, observationsOn: observations ? 0.004 * ofPrices : 0, precision: observations ? 0.004 * ofPrices : 0,
    compare: feeds * (0.00003 + 0.0000047 * (2 * lagSteps + 1)) * ofPrices, runs: feeds * 0.00003 * ofPrices, hash: 0.0006 * (ofPrices + ofRounds + ofPool),
  };
}

export async function compared(asked: OraclesAsked, tell: (doing: Doing) => void): Promise<OraclesFound> {
  const steps = new Steps(tell, costsOf(asked));
  const read = (slot: Slot) => { if (asked.files[slot]) steps.next(slot, `Reading ${asked.files[slot].name}`); };
  read("prices");
  const reference = await pricesOf(asked);
  read("rounds");
  const rounds = await roundsOf(asked);
  read("observations");
  const pool = await poolOf(asked);
  const feeds = [rounds, pool].filter((feed) => feed !== undefined);
  const grid = commonGrid([...feeds, reference]);
  const series = feeds.flatMap((feed) => {
    steps.next(`${feed.role}On`, feed.role === "rounds" ? "Averaging the rounds" : "Averaging the pool's price");
    return feed.on(grid);
  });
  const [spot] = reference.on(grid);
  if (spot === undefined || series.length === 0) throw new Refused("", "A feed is needed: rounds or observations.");
  steps.next("compare", "Comparing the feeds");
  const comparison = saidOfSettings(SETTINGS, () => oracle.compare({ grid, reference: spot, feeds: series, divisor: asked.divisor, maxLagSteps: asked.lagSteps }));
  steps.next("precision", "Measuring the pool's precision");
  const precision = pool?.precisionOn?.(grid);
  steps.next("runs", "Finding how long feeds stand still");
  const found = series.map(({ name, values }) => {
    const { perRun, timeWeighted } = oracle.runs({ feed: values });
    const errors = values.map((value, at) => value - (spot.values[at] ?? NaN));
    // What its integers round to 0 has no returns.
    const yearly = values.some((value) => value <= 0) ? undefined : oracle.logVolatility({ feed: values, stepSecs: STEP_SECS }).yearly;
    return { name, values, outline: outlineOf(values), errors, errorOutline: outlineOf(errors), perRun, timeWeighted, ...(yearly !== undefined && { yearlyVolatility: yearly }) };
  });
  steps.next("hash", "Hashing the files");
  const quality = [...feeds, reference].map(qualityOf);
  const sources = [...feeds, reference].map(({ role, file, times, options }, at) =>
    market.provenance({
      role, file: file.name, bytes: file.bytes, rows: times.length, fromSecs: times[0] ?? NaN, toSecs: times.at(-1) ?? NaN, options, quality: qualitySays(quality[at]),
    }));
  return {
    comparison,
    times: oracle.moments({ grid }),
    reference: spot.values,
    outline: outlineOf(spot.values),
    feeds: found,
    ...(rounds?.gaps && { roundGaps: rounds.gaps }),
    ...(precision && { precision: { tick: precision.tick, total: precision.total } }),
    quality,
    sources,
  };
}

function qualitySays(quality: FileQuality | undefined): string {
  const longest = quality?.longestGapSecs === undefined ? "" : `, at most ${quality.longestGapSecs} s from one to the next`;
  return `${quality?.doubled ?? 0} rows doubled${longest}`;
}

/** What there is to say of a file before anything is made of it. */
function qualityOf({ role, file, times, known }: Source): FileQuality {
  let doubled = 0;
  for (let row = 1; row < times.length; row += 1) if (times[row] === times[row - 1]) doubled += 1;
  const gaps = times.length > 1 ? oracle.roundGaps({ times }) : undefined;
  return { file: file.name, role, rows: times.length, doubled, known, ...(gaps && { usualGapSecs: gaps.p50, longestGapSecs: gaps.max }) };
}

function commonGrid(sources: readonly Source[]): Grid {
  try {
    return oracle.commonGrid({ spans: sources.map(({ span }) => span), stepSecs: STEP_SECS });
  } catch (thrown) {
    if (!(thrown instanceof LlamathError)) throw thrown;
    const known = sources.map(({ file, span }) => `${file.name} from ${minute(span.firstSecs)} to ${minute(span.lastSecs)} UTC`);
    throw new Refused("", `The files must have a minute in common: ${known.join(", ")}.`);
  }
}

/** What the feeds are held against. */
async function pricesOf({ files, kind }: OraclesAsked): Promise<Source> {
  if (files.prices === undefined) throw new Refused("file:prices", "A market's prices are needed: candles or spot.");
  const file = await open("file:prices", files.prices);
  const { times, values } = saidOfFile(file, () => oracle.readPrices({ text: file.text }));
  // A close is known at its candle's end and counts there; a price counts for a minute.
  const how = kind === "candles" ? { knownAfterSecs: STEP_SECS, maxStalenessSecs: 0 } : { knownAfterSecs: 0, maxStalenessSecs: STEP_SECS };
  const options = kind === "candles" ? "each close at its candle's end" : `each price for ${STEP_SECS} s`;
  return {
    role: kind, file, times, span: span(times, how.knownAfterSecs), options,
    known: kind === "candles" ? "known at the close: a minute after its stamp" : "known at its stamp",
    on: (grid) => [{ name: `${file.name}, ${options}`, values: saidOfFile(file, () => oracle.carryForward({ times, values, grid, ...how })).values }],
  };
}

/** Chainlink as it answers, and its average in four readings. */
async function roundsOf({ files, decimals }: OraclesAsked): Promise<Source | undefined> {
  if (files.rounds === undefined) return undefined;
  const file = await open("file:rounds", files.rounds);
  const { rounds, numbered } = saidOfSettings(SETTINGS, () => readRounds(file, decimals));
  const answers = saidOfFile(file, () => oracle.answers({ rounds, decimals }));
  const on = (grid: Grid) => [
    { name: "Chainlink", values: oracle.carryForward({ ...answers, grid }).values },
    ...oracle.tenMinuteAverages({ rounds, decimals, grid }).map(({ name, values }) => ({ name: `Chainlink EMA, ${name}`, values })),
  ];
  return {
    role: "rounds", file, times: answers.times, span: span(answers.times), known: "known at its time, until the next", on: (grid) => saidOfFile(file, () => on(grid)),
    options: `answers of ${decimals} decimals${numbered ? ", rows numbered as rounds of one phase" : ""}`,
    gaps: saidOfFile(file, () => oracle.roundGaps({ times: answers.times })),
  };
}

function readRounds(file: Opened, decimals: number) {
  try {
    return oracle.readRounds({ text: file.text, decimals });
  } catch (thrown) {
    if (thrown instanceof LlamathError && thrown.field === "decimals") throw thrown;
    return saidOfFile(file, () => { throw thrown; });
  }
}

/** A Uniswap v3 pool's average price, and what its integers cost. */
async function poolOf({ files, twapSecs, ...quote }: OraclesAsked): Promise<Source | undefined> {
  if (files.observations === undefined) return undefined;
  const file = await open("file:observations", files.observations);
  const observations = saidOfFile(file, () => oracle.readObservations({ text: file.text }));
  const { timestamps } = observations;
  // The file ends with its newest observation: what the pool is at since then is not asked for.
  const pool = { observations, now: timestamps.at(-1) ?? NaN, tick: 0, liquidity: 1n };
  const { baseIsToken0, baseDecimals, quoteDecimals } = quote;
  const how = { secondsAgo: twapSecs, baseIsToken0, baseDecimals, quoteDecimals };
  return {
    role: "observations", file, times: timestamps, known: "known at its time", options: `mean tick of ${twapSecs} s`,
    span: { firstSecs: (timestamps[0] ?? NaN) + twapSecs, lastSecs: timestamps.at(-1) ?? NaN },
    on: (grid) => [{ name: `Uniswap v3 TWAP, ${twapSecs} s`, values: saidOfSettings(SETTINGS, () => oracle.twap({ ...pool, grid, ...how })) }],
    precisionOn: (grid) => saidOfSettings(SETTINGS, () => oracle.precisionOver({ ...pool, grid, ...how })),
  };
}

const span = (times: Float64Array, later = 0): Span => ({ firstSecs: (times[0] ?? NaN) + later, lastSecs: (times.at(-1) ?? NaN) + later });
