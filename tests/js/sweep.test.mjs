// A sweep by workers: the same result for any number of them, progress, and an end at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sim, sweep } from "llamath/risk/sweep";

const ROWS = 1500;

/** Minutes that wander, with a fall in the middle. */
function wander(seed) {
  let state = seed;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const columns = Object.fromEntries(["timeSecs", "open", "high", "low", "close"].map((name) => [name, new Float64Array(ROWS)]));
  let price = 2000;
  for (let row = 0; row < ROWS; row += 1) {
    const open = price;
    const fall = row > 700 && row < 720 ? 0.994 : 1;
    price *= fall * Math.exp((random() + random() - 1) * 0.002);
    columns.timeSecs[row] = 60 * row;
    columns.open[row] = open;
    columns.high[row] = Math.max(open, price) * (1 + 0.0005 * random());
    columns.low[row] = Math.min(open, price) * (1 - 0.0005 * random());
    columns.close[row] = price;
  }
  return columns;
}

function series(seed) {
  const candles = wander(seed);
  const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
  return { candles, oracle, windows: sim.windowsByRows({ rows: ROWS, length: 216 }) };
}

const grid = [10, 30, 50, 100, 200, 300].map((A) => ({ A, bands: 4, fee: 0.002, feeModel: "v1" }));
const input = { series: [series(1), series(2)], grid, kept: 40 };
const figures = (tails) => tails.map(({ windows, worst }) => [windows, ...worst.loss, ...worst.startSecs]);

test("any number of workers, and this thread alone, give the same", async () => {
  const results = [];
  for (const workers of [1, 2, 5]) results.push(figures(await sweep(input, { workers })));
  assert.deepEqual(results[1], results[0]);
  assert.deepEqual(results[2], results[0]);
  const here = input.series.map((one) => sim.lossTails({ ...one, grid, kept: 40, search: "every" }));
  const merged = grid.map((_, place) => sim.mergeTails({ tails: here.map((tails) => tails[place]) }));
  assert.deepEqual(figures(merged), results[0], "pruned and exhaustive");
  assert.equal(merged[0].windows, 2 * (ROWS - 215));
});

test("random windows are split like any others", async () => {
  const [one] = input.series;
  const windows = sim.windowsSampled({ rows: ROWS, size: 0.1, count: 700, seed: 5 });
  const some = { ...input, series: [{ ...one, windows }] };
  assert.deepEqual(figures(await sweep(some, { workers: 3 })), figures(await sweep(some, { workers: 1 })));
});

test("the time of the oracle is a parameter: the windows are common, the averages those of the whole series", async () => {
  const prices = sim.middlePrices({ candles: input.series[0].candles });
  const one = { ...input.series[0], oracle: prices };
  for (const [parameter, values] of [["halfLifeSecs", [60, 600, 3600]], ["emaTimeSecs", [866]]]) {
    const times = sim.scan({ of: [grid[3]], parameter, values });
    const found = await sweep({ series: [one], grid: times, kept: 40 }, { workers: 3 });
    const apart = values.map((secs) => {
      const oracle = sim.averagePrices({ candles: one.candles, prices, [parameter]: secs });
      return sim.lossTails({ ...one, oracle, grid: [grid[3]], kept: 40, search: "every" })[0];
    });
    assert.deepEqual(figures(found), figures(apart));
  }
  const both = { ...grid[0], halfLifeSecs: 600, emaTimeSecs: 866 };
  await assert.rejects(sweep({ ...input, grid: [both] }, { workers: 1 }), { field: "halfLifeSecs", message: /absent where emaTimeSecs is given/ });
});

test("progress rises to 1, and results come as they are done", async () => {
  const seen = [];
  await sweep(input, { workers: 2, onProgress: (progress) => seen.push(progress) });
  const shares = seen.map(({ share }) => share);
  assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
  assert.ok(Math.abs(shares.at(-1) - 1) < 1e-12);
  assert.ok(seen.every(({ tails }) => tails.length === grid.length));
  assert.ok(seen.at(-1).tails.every(Boolean) && !seen[0].tails.every(Boolean));
});

test("an abort ends it with the signal's reason", async () => {
  const controller = new AbortController();
  const running = sweep(input, { workers: 2, signal: controller.signal, onProgress: () => controller.abort(new Error("enough")) });
  await assert.rejects(running, { message: "enough" });
  await assert.rejects(sweep(input, { signal: AbortSignal.abort(new Error("never")) }), { message: "never" });
});

test("what is wrong is named", async () => {
  const refused = (changes, error, options = { workers: 1 }) =>
    assert.rejects(sweep({ ...input, ...changes }, options), { name: "LlamathError", code: "invalid", ...error });
  await refused({ grid: [{ ...grid[0], fee: 2 }] }, { field: "fee" });
  await refused({ grid: [] }, { field: "grid" });
  await refused({ series: undefined }, { field: "series" });
  await refused({}, { field: "workers" }, { workers: 0 });
});
