// One valid input for every function of sim.
import { sim } from "llamath/risk";

const lines = [100, 98, 95, 90, 95, 98, 100].map((price, row) => [60 * row, price, price * 1.001, price * 0.999, price].join());
const text = new TextEncoder().encode(lines.join("\n"));
const { candles } = sim.readCandles({ text });
const settings = { A: 100, bands: 4, fee: 0.006, feeModel: "v1" };
const run = { candles, oracle: candles.close, settings };
const windows = sim.windowsByRows({ rows: 7, length: 5 });
const grid = [settings, { ...settings, A: 50 }];
const tails = sim.lossTails({ candles, oracle: candles.close, windows, grid, kept: 2, search: "every" });

export const simInputs = {
  "sim.readCandles": { text },
  "sim.kept": { statistic: { of: "worst", count: 50 }, windows: 1000, rows: 216 },
  "sim.addReverse": { candles },
  "sim.middlePrices": { candles },
  "sim.thresholdPrices": { candles, deviation: 0.005, heartbeatSecs: 3600 },
  "sim.averagePrices": { candles, prices: candles.close, halfLifeSecs: 600 },
  "sim.loss": run,
  "sim.run": run,
  "sim.windowsByRows": { rows: 7, length: 5 },
  "sim.windowsByTime": { candles, durationSecs: 120, longestGapSecs: 300 },
  "sim.windowsSampled": { rows: 1000, size: 0.1, count: 5, seed: 7 },
  "sim.seed": undefined,
  "sim.scan": { of: grid, parameter: "A", values: [50, 100] },
  "sim.lossTails": { candles, oracle: candles.close, windows, grid, kept: 2, search: "pruned" },
  "sim.mergeTails": { tails },
  "sim.curve": {
    grid, tails, statistic: { of: "worst", count: 1 }, objective: "requiredDiscount", difference: 0.005, values: [100, 50],
  },
  "sim.bandCoefficient": { A: 100, bands: 4 },
  "sim.requiredDiscount": { loss: 0.0921, A: 100, bands: 4 },
  "sim.discounts": { loss: 0.0625, A: 100, bands: 4, margin: 0.03 },
  "sim.largestFall": { candles, rows: 2 },
  "sim.lossAtVolatility": { ...run, settings: { ...settings, feeModel: "v2" }, fall: 0.2 },
};

/** Fields that may be absent, by function. */
export const simOptional = {
  halfLifeSecs: ["sim.averagePrices"],
  margin: ["sim.discounts"],
};

/** What must be there where a field is absent. */
export const simInstead = { halfLifeSecs: { emaTimeSecs: 600 } };
