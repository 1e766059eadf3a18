// One valid input for every function of oracle, ceiling and market.
import { ceiling, oracle } from "llamath/risk";

const bytes = (text) => new TextEncoder().encode(text);
const column = (...numbers) => Float64Array.from(numbers);
const wad = 10n ** 18n;
const first = (1n << 64n) + 1n;

const rounds = { ids: [first, first + 1n], answers: [100n * 10n ** 8n, 200n * 10n ** 8n], updatedAtSecs: column(1000, 2000) };
const grid = { startSecs: 2040, stepSecs: 60, count: 3 };
const feed = { rounds, decimals: 8 };
const deployed = { ...feed, observations: 20, intervalSecs: 30 };
const ema = { memory: "span", value: 7, adjust: true, ignoreGaps: false, minPeriods: 0 };
const week = column(0, 86400, 172800);

const observations = {
  timestamps: column(0, 600), tickCumulatives: [0n, 600n * 201101n], secondsPerLiquidityX128: [0n, 5n << 100n],
};
const pool = { observations, now: 3600, tick: 201101, liquidity: 10n ** 18n };
const stretches = { grid: { startSecs: 1800, stepSecs: 60, count: 2 }, secondsAgo: 1800 };
const quote = { baseIsToken0: false, baseDecimals: 18, quoteDecimals: 6 };

const spot = { name: "spot", values: column(100, 101, NaN, 103, 105) };
const near = { name: "near", values: column(100, 101, 102, 104, 105) };
const minutes = { startSecs: 60, stepSecs: 60, count: 5 };
const comparison = { grid: minutes, reference: spot, feeds: [near], divisor: "count", maxLagSteps: 1 };

const rows = { pools: column(0, 1, 0, 1), times: column(0, 60, 86400, 86460), values: column(1e6, 2e6, 3e6, 4e6) };
const estimate = { times: week, liquidity: column(5e6, NaN, 9e6), ema, share: 0.2, digits: 2 };
const provenance = { role: "spot", file: "eth.csv", rows: 2, fromSecs: 0, toSecs: 60, options: "close at its end", quality: "no gaps" };
const file = { text: bytes("ts,close\n1736009220,3618.79") };

export const riskInputs = {
  "oracle.readRounds": { text: bytes("ts,price\n1736006552,3617.126"), decimals: 8 },
  "oracle.readObservations": { text: bytes("9,-70,5404") },
  "oracle.readPrices": file,
  "oracle.commonGrid": { spans: [{ firstSecs: 61, lastSecs: 1000 }, { firstSecs: 0, lastSecs: 359 }], stepSecs: 60 },
  "oracle.moments": { grid },
  "oracle.answers": feed,
  "oracle.carryForward": {
    times: column(60, 90), values: column(1.5, 1.6), grid: minutes, knownAfterSecs: 0, maxStalenessSecs: 600,
  },
  "oracle.ema": { ema, times: week, values: column(1, NaN, 2) },
  "oracle.chainlinkEma.at": { ...deployed, stored: { observedAtSecs: 1980, price: 100n * wad }, now: 2010 },
  "oracle.chainlinkEma.series": { ...deployed, grid },
  "oracle.curveEma": { maExpTimeSecs: 600, times: column(0, 600), prices: [wad, 2n * wad] },
  "oracle.tenMinuteAverages": { ...feed, grid },
  "oracle.sqrtRatioAtTick": { tick: -5 },
  "oracle.tickAtSqrtRatio": { sqrtRatio: 2n ** 96n },
  "oracle.quoteAtTick": { tick: 201101, baseAmount: wad, baseIsToken0: false },
  "oracle.baseIsToken0": { base: `0x${"a".repeat(40)}`, quote: `0x${"B".repeat(40)}` },
  "oracle.mulDiv": { a: 7n, b: 5n, divisor: 2n },
  "oracle.observe": { ...pool, secondsAgo: 60 },
  "oracle.meanTick": { secondsAgo: 4, tickCumulatives: [-10n, -12n] },
  "oracle.harmonicMeanLiquidity": { secondsAgo: 4, secondsPerLiquidityX128: [0n, 5n << 100n] },
  "oracle.twapTicks": { ...pool, ...stretches },
  "oracle.twap": { ...pool, ...stretches, ...quote },
  "oracle.precision": { secondsAgo: 4, tickCumulatives: [-10n, -12n], baseAmount: wad, baseIsToken0: true },
  "oracle.precisionOver": { ...pool, ...stretches, ...quote },
  "oracle.metrics": { feed: near.values, reference: spot.values, divisor: "count" },
  "oracle.lags": { feed: near.values, reference: spot.values, maxSteps: 2 },
  "oracle.logVolatility": { feed: near.values, stepSecs: 60, yearSecs: 31536000 },
  "oracle.runs": { feed: spot.values },
  "oracle.roundGaps": { times: column(0, 10, 40) },
  "oracle.quantile": { values: column(4, 1, 2, 3), part: 0.5 },
  "oracle.compare": comparison,
  "ceiling.readLiquidity": { text: bytes("date,usd\n2024-02-29,1e6") },
  "ceiling.dailyLiquidity": { rows, maxCarryDays: 3 },
  "ceiling.quality": { rows },
  "ceiling.conventions": { days: 7, minPeriods: 7 },
  "ceiling.estimate": { ...estimate, priceUsd: 2 },
  "market.recommend": {
    collateral: "WETH", chain: "Optimism", generation: "dfm", A: 72, fee: 0.002, loss: 0.0371, margin: 0.03, price: 3000,
    collateralDecimals: 18, borrowedDecimals: 18,
    scans: [{ parameter: "A", value: 72, flatLow: 60, flatHigh: 85, eventLow: 50, eventHigh: 72, error: 0.001 }], ceiling: ceiling.estimate(estimate),
    oracles: oracle.compare(comparison), updates: [{ feed: "a", of: "rounds", lengths: oracle.roundGaps({ times: Float64Array.of(0, 10, 40) }) }],
    sources: [{ ...provenance, sha256: "ba7816bf" }],
  },
  "market.liquidationDiscount": { loss: 0.0371 },
  "market.provenance": { ...provenance, bytes: bytes("abc") },
};

const chainlink = ["oracle.chainlinkEma.at", "oracle.chainlinkEma.series"];

/** Fields that may be absent, by function. */
export const riskOptional = {
  stepSecs: ["oracle.commonGrid"],
  knownAfterSecs: ["oracle.carryForward"],
  maxStalenessSecs: ["oracle.carryForward"],
  observations: chainlink,
  intervalSecs: chainlink,
  stored: ["oracle.chainlinkEma.at"],
  divisor: ["oracle.metrics", "oracle.compare"],
  maxLagSteps: ["oracle.compare"],
  minPeriods: ["ceiling.conventions"],
  priceUsd: ["ceiling.estimate"],
  margin: ["market.recommend"],
  scans: ["market.recommend"],
  ceiling: ["market.recommend"],
  oracles: ["market.recommend"],
  updates: ["market.recommend"],
  sources: ["market.recommend"],
  quality: ["market.provenance"],
};

/** Fields of objects inside of inputs that may be absent. */
export const innerOptional = ["ignoreGaps", "minPeriods", "varianceDifference", "volatility", "correlation", "lag", "error", "quality"];

/** Bigints inside of inputs that may be below 0. */
export const innerSigned = ["tickCumulatives", "answers"];
