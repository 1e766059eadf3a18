// How much memory a sweep over five years of minutes takes, in a process of its own, as JSON: the
// most that the process had, and what the WebAssembly of all workers has, over the bytes of the
// series (five columns of candles and the oracle's prices).
import { sim, sweep } from "llamath/risk/sweep";
import { syntheticCandles } from "./synthetic.mjs";

const ROWS = 2_628_000;
const workers = Number(process.argv[2]);
const candles = syntheticCandles(7, ROWS);
const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
const windows = sim.windowsByRows({ rows: ROWS, length: 216 });
const grid = [20, 100, 400].map((A) => ({ A, bands: 4, fee: 0.002, feeModel: "v1" }));
let bytes = 0;
await sweep({ series: [{ candles, oracle, windows }], grid, kept: 250 }, { workers, onProgress: (progress) => ({ bytes } = progress) });
const series = 6 * 8 * ROWS;
console.log(JSON.stringify({
  megabytes: Math.round(series / 1e6), process: (process.resourceUsage().maxRSS * 1024) / series, workers: bytes / series,
}));
