// The simulator on two years of synthetic minutes: brute force, the search, workers, native; and
// what five years of them take of memory.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { sim, sweep } from "llamath/risk/sweep";
import { syntheticCandles } from "./synthetic.mjs";

const COLUMNS = ["timeSecs", "open", "high", "low", "close"];
const ROWS = 1_051_200;
/** 0.15 days. */
const WINDOW = 216;
const KEPT = 105;
/** Windows of the brute force; all 30 settings of all windows would take minutes. */
const SOME = 20_000;
/** And of that by workers: enough that the time in which they start is little beside it. */
const MANY = 60_000;
const ROUNDS = 3;
/** By workers there are more: in the best one nobody else took any of the processors. */
const ROUNDS_OF_WORKERS = 6;
const WORKERS = Math.min(4, availableParallelism());

const gridOf = (feeModel) =>
  Array.from({ length: 30 }, (_, index) => ({ A: Math.floor(10 * 49.9 ** (index / 29)), bands: 4, fee: 0.002, feeModel }));

/** The best of some rounds of each, in turn, in seconds. */
async function seconds(works, rounds = ROUNDS) {
  const best = works.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, work] of works.entries()) {
      const began = performance.now();
      await work();
      best[at] = Math.min(best[at], (performance.now() - began) / 1000);
    }
  }
  return best;
}

export async function simResults() {
  const candles = syntheticCandles(7, ROWS);
  const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
  const windows = sim.windowsByRows({ rows: ROWS, length: WINDOW });
  const count = windows.start.length;
  /** The first so many windows. */
  const first = (many) => ({
    candles: Object.fromEntries(COLUMNS.map((name) => [name, candles[name].slice(0, many + WINDOW)])),
    oracle: oracle.slice(0, many + WINDOW),
    windows: { start: windows.start.slice(0, many), end: windows.end.slice(0, many) },
  });
  const part = { ...first(SOME), kept: KEPT, search: "every" };

  mkdirSync("target", { recursive: true });
  const file = "target/bench-candles.f64";
  writeFileSync(file, Buffer.concat([...COLUMNS.map((name) => candles[name]), oracle].map(({ buffer }) => Buffer.from(buffer))));
  const args = ["run", "--quiet", "--release", "--locked", "--package", "llamath-bench", "--", file, String(SOME)];
  const native = JSON.parse(execFileSync("cargo", args, { encoding: "utf8" }));

  const results = {};
  for (const model of ["v1", "v2"]) {
    const grid = gridOf(model);
    // Until it is compiled for speed.
    sim.lossTails({ ...part, grid: grid.slice(0, 3) });
    const [every, pruned] = await seconds([
      () => sim.lossTails({ ...part, grid }),
      () => sim.lossTails({ candles, oracle, windows, grid, kept: KEPT, search: "pruned" }),
    ]);
    const all = `${grid.length} values of A and ${count} windows, ${model}`;
    const against = `speed against simulating every window (by ${SOME} of them)`;
    Object.assign(results, {
      [`nanoseconds a simulated minute, every window, WebAssembly, ${model}`]: (every * 1e9) / (SOME * WINDOW * grid.length),
      [`every window, time in WebAssembly over native, ${model}`]: every / native[model].every,
      [`seconds of the search over ${all}, one thread`]: pruned,
      [`seconds of the search over ${all}, one thread, native`]: native[model].pruned,
      [`the search, ${model}, ${against}`]: (every * count) / SOME / pruned,
      [`the search, ${model}, ${against}, native`]: (native[model].every * count) / SOME / native[model].pruned,
    });
  }

  const input = { series: [{ candles, oracle, windows }], grid: gridOf("v1"), kept: KEPT };
  const [one, all] = await seconds([() => sweep(input, { workers: 1 }), () => sweep(input, { workers: WORKERS })], ROUNDS_OF_WORKERS);
  const shorter = { ...input, series: [first(MANY)], search: "every" };
  const [oneEvery, allEvery] = await seconds([() => sweep(shorter, { workers: 1 }), () => sweep(shorter, { workers: WORKERS })], ROUNDS_OF_WORKERS);
  const memory = JSON.parse(execFileSync(process.execPath, ["bench/sim-memory.mjs", String(WORKERS)], { encoding: "utf8" }));
  const times = `five years of minutes (${memory.megabytes} MB), search by ${WORKERS} workers`;
  return {
    ...results,
    [`seconds of a sweep with one worker, the search, v1`]: one,
    [`sweep with ${WORKERS} workers, speed against one, the search, v1`]: one / all,
    [`sweep with ${WORKERS} workers, speed against one, every window of ${MANY}, v1`]: oneEvery / allEvery,
    [`${times}: most memory of the process over that of the series`]: memory.process,
    [`${times}: memory of the workers' WebAssembly over that of the series`]: memory.workers,
  };
}
