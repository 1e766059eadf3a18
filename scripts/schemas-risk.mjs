// How the rows of oracles and debt ceilings are put to the package, and compared: what contracts
// answered in an EVM, pandas and exact rationals; two of the files rest on other people's data.
import { LlamathError, lending, llamma } from "llamath";
import { ceiling, oracle } from "llamath/risk";

const WAD = 10n ** 18n;
const DAY_SECS = 86_400;

const bigints = (list) => list.map(BigInt);
/** A list with gaps as a column. */
const column = (list) => Float64Array.from(list, (value) => value ?? NaN);

/** Compares two lists of integers or words. */
const same = (check, what, expected, compute) => check.equal(what, String(expected), () => String(compute()));

/** Compares numbers that may be undefined, relatively; 1e-12 unless said. */
function tight(check, what, expected, got, relative = 1e-12) {
  const found = got === undefined || Number.isNaN(got) ? null : got;
  const agrees = expected === null || found === null ? expected === found
    : Math.abs(found - expected) <= relative * Math.abs(expected);
  check.compare(what, expected, agrees, found);
}

function compareSeries(check, what, expected, got) {
  check.compare(`${what}, rows`, expected.length, expected.length === got.length, got.length);
  expected.forEach((value, row) => tight(check, `${what} ${row}`, value, got[row]));
}

/** What a call answers, or nothing if it is refused. */
function found(compute) {
  try {
    return compute();
  } catch (error) {
    if (error instanceof LlamathError && error.code !== "internal") return undefined;
    throw error;
  }
}

function uniswapMath(file, check) {
  check.each(file.getSqrtRatioAtTick, "getSqrtRatioAtTick", ({ tick, sqrtPriceX96 }) =>
    check.exact("sqrtPriceX96", sqrtPriceX96, () => oracle.sqrtRatioAtTick({ tick })));
  check.each(file.getTickAtSqrtRatio, "getTickAtSqrtRatio", ({ tick, sqrtPriceX96 }) =>
    same(check, "tick", tick, () => oracle.tickAtSqrtRatio({ sqrtRatio: BigInt(sqrtPriceX96) })));
  check.each(file.getQuoteAtTick, "getQuoteAtTick", ({ tick, baseAmount, baseIsToken0, quoteAmount }) =>
    check.exact("quoteAmount", quoteAmount, () =>
      oracle.quoteAtTick({ tick, baseAmount: BigInt(baseAmount), baseIsToken0 })));
  check.each(file.mulDiv, "mulDiv", ({ a, b, d, r }) => {
    const got = found(() => oracle.mulDiv({ a: BigInt(a), b: BigInt(b), divisor: BigInt(d) }));
    check.compare("r", r, (r ?? undefined) === got?.toString(), got);
  });
  check.each(file.consult, "consult", (row) => {
    const { secondsAgo } = row;
    same(check, "arithmeticMeanTick", row.arithmeticMeanTick, () =>
      oracle.meanTick({ secondsAgo, tickCumulatives: bigints(row.tickCumulatives) }));
    check.exact("harmonicMeanLiquidity", row.harmonicMeanLiquidity, () => {
      const secondsPerLiquidityX128 = bigints(row.secondsPerLiquidityCumulativeX128s);
      return oracle.harmonicMeanLiquidity({ secondsAgo, secondsPerLiquidityX128 });
    });
  });
  check.each(file.errors, "errors", (row) => {
    const calls = {
      getSqrtRatioAtTick: ["tick", () => oracle.sqrtRatioAtTick({ tick: row.tick })],
      getTickAtSqrtRatio: ["sqrtRatio", () => oracle.tickAtSqrtRatio({ sqrtRatio: BigInt(row.sqrtPriceX96) })],
      consult: ["secondsAgo", () => oracle.meanTick({ secondsAgo: row.secondsAgo, tickCumulatives: [0n, 0n] })],
    };
    const [field, compute] = calls[row.fn];
    check.refused(row.fn, compute, field);
  });
}

function uniswapObserve(file, check) {
  const text = check.data(file.observationsFile);
  if (text === undefined) return;
  const all = oracle.readObservations({ text });
  const observations = Object.fromEntries(
    Object.entries(all).map(([name, values]) => [name, values.slice(...file.rowSlice)]),
  );
  const pool = { observations, now: file.now, tick: file.slot0Tick, liquidity: BigInt(file.liquidity) };
  check.each(file.observe, "observe", ({ secondsAgo, ...row }) => {
    const sums = found(() => oracle.observe({ ...pool, secondsAgo }));
    same(check, "tickCumulative", row.tickCumulative, () => sums.tickCumulative);
    same(check, "secondsPerLiquidity", row.secondsPerLiquidityCumulativeX128, () => sums.secondsPerLiquidityX128);
  });
  const { t0, step, n, arithmeticMeanTick, quoteToken1toToken0_1e18 } = file.twap30m;
  const stretches = { grid: { startSecs: t0, stepSecs: step, count: n }, secondsAgo: 1800 };
  const ticks = oracle.twapTicks({ ...pool, ...stretches });
  const prices = oracle.twap({ ...pool, ...stretches, baseIsToken0: false, baseDecimals: 18, quoteDecimals: 18 });
  check.each(arithmeticMeanTick, "arithmeticMeanTick", (tick) => {
    const row = check.place;
    same(check, "tick", tick, () => ticks[row]);
    check.exact("quote", quoteToken1toToken0_1e18[row], () =>
      oracle.quoteAtTick({ tick: ticks[row], baseAmount: WAD, baseIsToken0: false }));
    tight(check, "price", Number(quoteToken1toToken0_1e18[row]) / 1e18, prices[row], 1e-15);
  });
}

function curveEma(file, check) {
  check.each(file.exp, "exp", ({ x, y }) =>
    check.exact("y", y, () => llamma.internals.expTruncating({ x: BigInt(x) })));
  const overflows = () => llamma.internals.expTruncating({ x: BigInt(file.expOverflowFrom) });
  check.compare("overflow", "a refusal", found(overflows) === undefined, "an answer");
  check.exact("vanishes", "0", () => llamma.internals.expTruncating({ x: BigInt(file.expZeroAtOrBelow) }));
  check.each(file.sequences, "sequences", ({ maExpTime: maExpTimeSecs, p0, t0, steps }) => {
    let [lastPrice, lastTimeSecs, now] = [BigInt(p0), t0, t0];
    const [times, prices, averages] = [[t0], [lastPrice], [lastPrice]];
    steps.forEach(({ dt, source, price, write }, index) => {
      now += dt;
      const current = BigInt(source);
      check.exact(`step ${index}`, price, () => lending.emaPrice({ maExpTimeSecs, lastPrice, lastTimeSecs, now, current }));
      if (!write) return;
      [lastPrice, lastTimeSecs] = [BigInt(price), now];
      times.push(now);
      prices.push(current);
      averages.push(lastPrice);
    });
    same(check, "all that was written", averages, () =>
      oracle.curveEma({ maExpTimeSecs, times: Float64Array.from(times), prices }));
  });
}

/** Rounds as [id, answer, updatedAt]. */
const rounds = (rows) => ({
  ids: rows.map(([id]) => BigInt(id)),
  answers: rows.map(([, answer]) => BigInt(answer)),
  updatedAtSecs: Float64Array.from(rows, ([, , time]) => time),
});

function chainlinkEma(file, check) {
  check.each(file.cases, "cases", ({ observations, interval, decimals, deployAt, initialRounds, initialPrice, steps }) => {
    const known = [...initialRounds];
    const at = (now, stored) =>
      oracle.chainlinkEma.at({ rounds: rounds(known), decimals, observations, intervalSecs: interval, now, ...(stored && { stored }) });
    let stored = at(deployAt);
    check.exact("initialPrice", initialPrice, () => stored.price);
    steps.forEach(({ newRounds, now, price, write }, index) => {
      known.push(...newRounds);
      const got = at(now, stored);
      check.exact(`step ${index}`, price, () => got.price);
      if (write) stored = got;
    });
  });
}

const PERCENTS = { 25: "p25", 50: "p50", 75: "p75", 90: "p90", max: "max" };

function oracleMetrics(file, check) {
  check.each(file.metrics, "metrics", ({ x, ref, exact }) => {
    const pair = { feed: column(x), reference: column(ref) };
    const sample = found(() => oracle.metrics({ ...pair, divisor: "countLessOne" }));
    const all = found(() => oracle.metrics({ ...pair, divisor: "count" }));
    same(check, "n", exact.n, () => all?.count ?? 0);
    const parts = {
      meanDiff: all?.meanDifference, varDiff_ddof0: all?.varianceDifference, std_ddof0: all?.volatility,
      pearson: all?.correlation, rmse: all?.rmse, mae: all?.mae, maxAbs: all?.worst,
      varDiff_ddof1: sample?.varianceDifference, std_ddof1: sample?.volatility,
    };
    for (const [name, got] of Object.entries(parts)) tight(check, name, exact[name], got);
  });
  check.each(file.percentiles, "percentiles", (row) => {
    const { lengths, perRun, timeWeighted } = oracle.runs({ feed: column(row.v) });
    same(check, "runs", row.runs, () => Array.from(lengths));
    for (const [percent, expected] of Object.entries(row.linear)) {
      tight(check, percent, expected, oracle.quantile({ values: column(row.runs), part: Number(percent) / 100 }));
      const name = PERCENTS[percent];
      if (name === undefined) continue;
      tight(check, `of runs ${percent}`, expected, perRun[name]);
      tight(check, `of time ${percent}`, row.timeWeighted[percent], timeWeighted[name]);
    }
  });
  check.each(file.locf, "locf", (row) => {
    const [startSecs, stepSecs, count] = row.grid;
    const series = { times: column(row.ts), values: column(row.v), grid: { startSecs, stepSecs, count } };
    const { values, stalenessSecs } = oracle.carryForward(series);
    same(check, "≤", Array.from(column(row.locf_inclusive_lastDuplicateWins)), () => Array.from(values));
    const strict = () => Array.from(oracle.carryForward({ ...series, knownAfterSecs: 1 }).values);
    same(check, "<", Array.from(column(row.locf_strict)), strict);
    same(check, "age", Array.from(column(row.stalenessSeconds)), () => Array.from(stalenessSecs));
  });
}

const span7 = { memory: "span", value: 7 };
const week = { value: 7 * DAY_SECS };
const CONVENTIONS = {
  span7_adjust: { ...span7, adjust: true },
  span7_noadjust: { ...span7, adjust: false },
  span7_adjust_ignore_na: { ...span7, adjust: true, ignoreGaps: true },
  span7_noadjust_ignore_na: { ...span7, adjust: false, ignoreGaps: true },
  span7_adjust_minperiods7: { ...span7, adjust: true, minPeriods: 7 },
  alpha_1_7_noadjust: { memory: "alpha", value: 1 / 7, adjust: false },
  halflife7_adjust: { memory: "halfLife", value: 7, adjust: true },
  halflife7d_times_adjust: { memory: "halfLifeSecs", ...week, adjust: true },
  time_tau7d_seed_first: { memory: "tauSecs", ...week, adjust: false },
  time_halflife7d_seed_first: { memory: "halfLifeSecs", ...week, adjust: false },
};

function debtCeiling(file, check) {
  check.each(file.cases, "cases", ({ t, v, ewm, ceiling: ceilings }) => {
    const [times, values] = [column(t), column(v)];
    for (const [name, expected] of Object.entries(ewm)) {
      const ema = CONVENTIONS[name];
      compareSeries(check, name, expected, oracle.ema({ ema, times, values }));
      const got = found(() => ceiling.estimate({ times, liquidity: values, ema, share: 0.2, digits: 1 }));
      tight(check, `${name} min`, ceilings[name].min, got?.minimum);
      tight(check, `${name} ceiling`, ceilings[name].ceiling20, got?.ceiling);
      check.compare(`${name} argmin`, ceilings[name].argmin, (ceilings[name].argmin ?? undefined) === got?.minimumRow, got?.minimumRow);
    }
  });
}

function realOracle(file, check) {
  const [roundsText, spotText] = [check.data(file.roundsFile), check.data(file.spotFile)];
  if (roundsText === undefined || spotText === undefined) return;
  const feed = { rounds: oracle.readRounds({ text: roundsText, decimals: 8 }).rounds, decimals: 8 };
  const answers = oracle.answers(feed);
  const spot = oracle.readPrices({ text: spotText });
  const span = ({ times }, later) => ({ firstSecs: times[0] + later, lastSecs: times.at(-1) + later });
  const grid = oracle.commonGrid({ spans: [span(answers, 0), span(spot, 60)], stepSecs: 60 });
  check.each([file.grid], "grid", ({ t0, n }) => same(check, "t0 and n", [t0, n], () => [grid.startSecs, grid.count]));

  const chainlink = oracle.carryForward({ ...answers, grid }).values;
  const exact = oracle.chainlinkEma.series({ ...feed, grid });
  const [deployed, span10, tau, halfLife] = oracle.tenMinuteAverages({ ...feed, grid });
  const adjusted = { memory: "span", value: 10, adjust: true };
  const feeds = [
    { name: "chainlink", values: chainlink },
    { name: "ema_dfm_20x30s", values: deployed.values },
    { name: "ema_pandas_span10_adjust", values: oracle.ema({ ema: adjusted, times: oracle.moments({ grid }), values: chainlink }) },
    { name: "ema_pandas_span10_noadjust", values: span10.values },
    { name: "ema_exp_T600", values: tau.values },
    { name: "ema_exp_T866_halflife600", values: halfLife.values },
  ];
  for (const [name, knownAfterSecs] of [["vs_spot_aligned", 60], ["vs_spot_open_label", 0]]) {
    const { values } = oracle.carryForward({ ...spot, grid, knownAfterSecs, maxStalenessSecs: 0 });
    const reports = ["countLessOne", "count"].map((divisor) =>
      oracle.compare({ grid, reference: { name: "spot", values }, feeds, divisor }).feeds);
    check.each(feeds, name, ({ name: feedName }) => {
      const expected = file.metrics[feedName][name];
      const [sample, all] = reports.map((report) => report[check.place].metrics);
      const parts = {
        n: sample.count, meanDiff: sample.meanDifference, varDiff_ddof0: all.varianceDifference,
        varDiff_ddof1: sample.varianceDifference, volatility_std_ddof1: sample.volatility,
        volatility_std_ddof0: all.volatility, pearson: sample.correlation, rmse: sample.rmse, mae: sample.mae,
        maxAbs: sample.worst,
      };
      for (const [part, value] of Object.entries(expected)) tight(check, `${feedName} ${part}`, value, parts[part], 1e-9);
    });
  }

  const { lengths, perRun } = oracle.runs({ feed: chainlink });
  check.each([file.nRuns], "nRuns", (count) => same(check, "count", count, () => lengths.length));
  const gaps = oracle.roundGaps({ times: answers.times });
  for (const [name, got] of [["constantRunMinutesPercentiles", perRun], ["roundGapSecondsPercentiles", gaps]]) {
    check.each(Object.entries(file[name]), name, ([percent, expected]) => tight(check, percent, expected, got[PERCENTS[percent]], 1e-9));
  }
  check.each(file.sample.idx, "sample", (row) => {
    check.exact("ema_dfm_wad", file.sample.ema_dfm_wad[check.place], () => exact[row]);
    same(check, "chainlinkLocf", file.sample.chainlinkLocf[check.place], () => chainlink[row]);
  });
  check.each([file.ema_dfm_wad_last], "last", (last) => check.exact("ema_dfm_wad", last, () => exact.at(-1)));
}

export const riskSchemas = {
  uniswap_v3_math: uniswapMath,
  uniswap_v3_observe: uniswapObserve,
  curve_ema: curveEma,
  chainlink_ema: chainlinkEma,
  oracle_metrics: oracleMetrics,
  ewm_debt_ceiling: debtCeiling,
  real_oracle_ETH: realOracle,
};
