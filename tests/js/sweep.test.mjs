// A sweep by workers: the same result for any number of them, progress, and an end at once.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { sim, sweep } from "llamath/risk/sweep";

const ROWS = 1500;

/** Minutes that wander, with a fall in the middle. */
function wander(seed, rows = ROWS) {
  let state = seed;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const columns = Object.fromEntries(["timeSecs", "open", "high", "low", "close"].map((name) => [name, new Float64Array(rows)]));
  let price = 2000;
  for (let row = 0; row < rows; row += 1) {
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

function series(seed, rows = ROWS) {
  const candles = wander(seed, rows);
  const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
  return { candles, oracle, windows: sim.windowsByRows({ rows, length: 216 }) };
}

const grid = [10, 30, 50, 100, 200, 300].map((A) => ({ A, bands: 4, fee: 0.002, feeModel: "v1" }));
const input = { series: [series(1), series(2)], grid, kept: 40 };
const figures = (tails) => tails.map(({ windows, worst }) => [windows, ...worst.loss, ...worst.startSecs]);

test("any number of workers, and this thread alone, give the same", async () => {
  const here = input.series.map((one) => sim.lossTails({ ...one, grid, kept: 40, search: "every" }));
  const merged = grid.map((_, place) => sim.mergeTails({ tails: here.map((tails) => tails[place]) }));
  assert.equal(merged[0].windows, 2 * (ROWS - 215));
  for (const workers of [1, 2, 3, 4, 5]) {
    const pruned = await sweep(input, { workers });
    assert.deepEqual(figures(pruned), figures(merged), `the search, ${workers} workers`);
    const every = await sweep({ ...input, search: "every" }, { workers });
    assert.deepEqual(every, merged, `every window, ${workers} workers`);
  }
});

test("the effort is told, whatever the search", async () => {
  const minutesInAll = 2 * (ROWS - 215) * 216;
  for (const search of ["every", "pruned", "checked"]) {
    const tails = await sweep({ ...input, search }, { workers: 2 });
    for (const { effort } of tails) {
      assert.equal(effort.minutesInAll, minutesInAll, search);
      assert.equal(effort.violations, 0);
      if (search === "pruned") assert.ok(effort.minutes > 0 && effort.minutes < minutesInAll, `${effort.minutes} minutes`);
      else assert.equal(effort.minutes, minutesInAll, search);
    }
  }
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
    const apart = values.map((secs) => {
      const oracle = sim.averagePrices({ candles: one.candles, prices, [parameter]: secs });
      return sim.lossTails({ ...one, oracle, grid: [grid[3]], kept: 40, search: "every" })[0];
    });
    for (const search of ["pruned", "every"]) {
      const found = await sweep({ series: [one], grid: times, kept: 40, search }, { workers: 3 });
      assert.deepEqual(figures(found), figures(apart), search);
    }
  }
  const both = { ...grid[0], halfLifeSecs: 600, emaTimeSecs: 866 };
  await assert.rejects(sweep({ ...input, grid: [both] }, { workers: 1 }), { field: "halfLifeSecs", message: /absent where emaTimeSecs is given/ });
});

test("progress rises to 1, and results come as they are done", async () => {
  for (const workers of [1, 2, 5]) {
    const seen = [];
    await sweep(input, { workers, onProgress: (progress) => seen.push(progress) });
    const shares = seen.map(({ share }) => share);
    assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
    assert.equal(shares.at(-1), 1);
    assert.equal(seen.at(-1).secsLeft, 0);
    assert.ok(seen.every(({ tails }) => tails.length === grid.length));
    assert.ok(seen.at(-1).tails.every(Boolean) && !seen[0].tails.every(Boolean));
  }
});

test("progress goes on inside of one long setting", async () => {
  const shares = [];
  const long = { series: [series(1, 24_000)], grid: [grid[0]], kept: 40, search: "every" };
  await sweep(long, { workers: 1, onProgress: ({ share }) => shares.push(share) });
  assert.ok(shares.filter((share) => share > 0 && share < 1).length > 1, `${shares}`);
});

test("memory is some times that of the series, whatever the number of workers", async () => {
  const rows = 150_000;
  const long = { series: [series(1, rows)], grid: [grid[0], grid[5]], kept: 40 };
  for (const workers of [1, 4]) {
    let bytes = 0;
    await sweep(long, { workers, onProgress: (progress) => ({ bytes } = progress) });
    // Less what each worker has before it gets anything.
    const times = (bytes - workers * 2_500_000) / (rows * 6 * 8);
    console.log(`${workers} workers: WebAssembly memory of ${times.toFixed(2)} times the series (at most 11)`);
    assert.ok(times > 1 && times < 11, `${times} times the series, ${workers} workers`);
  }
});

test("an abort at any time ends it with the signal's reason, and leaves no listener", async () => {
  const long = { ...input, series: [series(1, 24_000)], search: "every" };
  const later = (turns) => async (abort) => {
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    abort();
  };
  const stages = {
    "before it": { before: (abort) => abort() },
    "as it begins": { after: (abort) => abort() },
    "after a promise or two": { after: (abort) => Promise.resolve().then().then(abort) },
    "while workers start": { after: later(1) },
    "while workers load": { after: later(5) },
    "at the first word": { onProgress: (abort) => abort() },
    "within a setting": { onProgress: (abort, { share }) => share > 0.3 && abort() },
    "at the last word": { onProgress: (abort, { share }) => share === 1 && abort() },
  };
  for (const [stage, { before, after, onProgress }] of Object.entries(stages)) {
    const controller = new AbortController();
    const { signal } = controller;
    const abort = () => controller.abort(new Error(stage));
    before?.(abort);
    const running = sweep(long, { workers: 2, signal, onProgress: onProgress && ((progress) => onProgress(abort, progress)) });
    after?.(abort);
    await assert.rejects(running, { message: stage }, stage);
    assert.equal(getEventListeners(signal, "abort").length, 0, stage);
  }
  const { signal } = new AbortController();
  await sweep(input, { workers: 2, signal });
  assert.equal(getEventListeners(signal, "abort").length, 0, "at the end");
});

test("what is wrong is named", async () => {
  const refused = (changes, error, options = { workers: 1 }) =>
    assert.rejects(sweep({ ...input, ...changes }, options), { name: "LlamathError", code: "invalid", ...error });
  await refused({ grid: [{ ...grid[0], fee: 2 }] }, { field: "fee" });
  // Before any worker starts: the last one's turn is late.
  await refused({ grid: [...grid, { ...grid[0], A: 1 }], search: "every" }, { field: "A", index: grid.length }, { workers: 4 });
  await refused({ grid: [] }, { field: "grid" });
  await refused({ series: undefined }, { field: "series" });
  await refused({ series: [input.series[0], { candles: 1 }] }, { field: "series", index: 1 });
  for (const nothing of [undefined, null, 5, "series"]) {
    await assert.rejects(sweep(nothing), { name: "LlamathError", code: "invalid", message: /^The input must be a plain object/ });
  }
  await refused({ girds: [] }, { code: "unknown", field: "girds" });
  await refused({}, { code: "unknown", field: "worker" }, { worker: 2 });
  await refused({}, { field: "workers" }, { workers: 0 });
  await refused({}, { field: "workers" }, { workers: 2.5 });
  await refused({ kept: -1 }, { field: "kept" });
});

test("a worker's refusal says where in the series it is, and ends the others", async () => {
  const [one] = input.series;
  const high = one.candles.high.slice();
  high[1300] = -1;
  const broken = { ...input, series: [{ ...one, candles: { ...one.candles, high } }] };
  for (const workers of [1, 2, 5]) {
    await assert.rejects(sweep(broken, { workers }), { name: "LlamathError", field: "high", index: 1300, message: /entry 1300/ });
  }
});

test("what onProgress throws ends it", async () => {
  const onProgress = () => {
    throw new RangeError("no");
  };
  await assert.rejects(sweep(input, { workers: 2, onProgress }), { name: "RangeError", message: "no" });
});

test("where a browser's worker fails, that is an error of the sweep, and of nothing else", async () => {
  const made = [];
  globalThis.Worker = class {
    constructor() {
      made.push(this);
      this.isStopped = false;
    }
    postMessage() {
      // The second one cannot be loaded; the first one is stopped then, while it is being loaded.
      if (this === made[1]) setTimeout(() => this.fail());
    }
    fail() {
      this.isPrevented = false;
      this.onerror({ message: "not found", preventDefault: () => (this.isPrevented = true) });
    }
    terminate() {
      this.isStopped = true;
    }
  };
  try {
    await assert.rejects(sweep(input, { workers: 2 }), { name: "LlamathError", code: "internal", message: /not found/ });
    made[0].fail();
    made[0].onmessage({ data: { done: true, bytes: 1 } });
    assert.deepEqual(made.map(({ isStopped, isPrevented }) => [isStopped, isPrevented]), [[true, true], [true, true]]);
  } finally {
    delete globalThis.Worker;
  }
});

test("where a worker cannot be made, those that were are stopped", async () => {
  const made = [];
  globalThis.Worker = class {
    constructor() {
      if (made.push(this) === 2) throw new RangeError("no more");
    }
    postMessage() {}
    terminate() {
      this.isStopped = true;
    }
  };
  try {
    await assert.rejects(sweep(input, { workers: 3 }), { name: "RangeError", message: "no more" });
    assert.equal(made[0].isStopped, true);
  } finally {
    delete globalThis.Worker;
  }
});
