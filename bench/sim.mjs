// The simulator on two years of synthetic minutes: brute force, the search, workers, native.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { sim, sweep } from "llamath/risk/sweep";
import { syntheticCandles } from "./synthetic.mjs";

const ROWS = 1_051_200;
/** 0.15 days. */
const WINDOW = 216;
const KEPT = 105;
/** Windows of the brute force; all 30 settings of all windows would take minutes. */
const SOME = 20_000;

const grid = Array.from({ length: 30 }, (_, index) => ({
  A: Math.floor(10 * 49.9 ** (index / 29)), bands: 4, fee: 0.002, feeModel: "v1",
}));

const timed = (work) => {
  const began = performance.now();
  const found = work();
  return [(performance.now() - began) / 1000, found];
};

export async function simResults() {
  const candles = syntheticCandles(7, ROWS);
  const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
  const windows = sim.windowsByRows({ rows: ROWS, length: WINDOW });
  const count = windows.start.length;
  const some = { start: windows.start.slice(0, SOME), end: windows.end.slice(0, SOME) };
  const few = { timeSecs: 0, open: 0, high: 0, low: 0, close: 0 };
  for (const name of Object.keys(few)) few[name] = candles[name].slice(0, SOME + WINDOW);
  const part = { candles: few, oracle: oracle.slice(0, SOME + WINDOW), windows: some, kept: KEPT };
  // Until it is compiled for speed.
  sim.lossTails({ ...part, grid: grid.slice(0, 3), search: "every" });
  const [brute] = timed(() => sim.lossTails({ ...part, grid, search: "every" }));
  const [pruned] = timed(() => sim.lossTails({ candles, oracle, windows, grid, kept: KEPT, search: "pruned" }));

  mkdirSync("target", { recursive: true });
  const file = "target/bench-candles.f64";
  writeFileSync(file, Buffer.concat([...Object.values(few), part.oracle].map(({ buffer }) => Buffer.from(buffer))));
  const args = ["run", "--quiet", "--release", "--locked", "--package", "llamath-bench", "--", file, String(SOME)];
  const native = JSON.parse(execFileSync("cargo", args, { encoding: "utf8" }));

  const series = [{ candles, oracle, windows }];
  const secsOf = async (workers) => {
    const began = performance.now();
    await sweep({ series, grid, kept: KEPT }, { workers });
    return (performance.now() - began) / 1000;
  };
  const [one, all] = [await secsOf(1), await secsOf(Math.min(4, availableParallelism()))];
  const minutes = SOME * WINDOW * grid.length;
  return {
    "nanoseconds a simulated minute, every window, WebAssembly": (brute * 1e9) / minutes,
    "every window, time in WebAssembly over native": brute / native.every,
    [`seconds of the search over ${grid.length} values of A and ${count} windows, one thread`]: pruned,
    [`the search, speed against simulating every window (by ${SOME} of them)`]: (brute * count) / SOME / pruned,
    [`sweep with ${Math.min(4, availableParallelism())} workers, speed against one`]: one / all,
  };
}
