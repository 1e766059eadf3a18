// `llamath sweep`: what positions lose over all windows of candles, for many settings.
import { number, refuse, saidOfFlags, whole } from "./flags.js";
import { open, saidOfFile } from "./files.js";
import { BadInput, minute, percent, print, printJson, short, table } from "./print.js";

/** What a report asks for too. */
export const sweepTexts = [
  "bands", "fee-model", "dynamic-fee-multiplier", "external-fee", "half-life-secs", "ema-secs", "by", "trading", "worst", "shortfall",
  "difference", "workers",
];
const texts = [...sweepTexts, "A", "fee", "days", "margin", "sampled", "seed"];

export const sweep = {
  files: true,
  texts,
  switches: ["json", "csv"],
  async run(values, paths) {
    if (values.csv && values.json) throw new BadInput("--csv does not go with --json.");
    const found = await swept(values, paths);
    if (values.json) return printJson(found);
    return print(values.csv ? csv(found) : lines(found).join("\n"));
  },
};

/** `100`, `50,100,200`, or `10..500`: thirty values, evenly spread in their logarithm. */
function list(values, flag, otherwise, isWhole) {
  const text = values[flag] ?? otherwise;
  const numbers = text.includes("..") ? spread(...text.split("..").map(Number)) : text.split(",").map(Number);
  if (numbers.length === 0 || numbers.some((one) => !Number.isFinite(one))) {
    refuse({ [flag]: text }, flag, "a number, some such as 50,100, or a range such as 10..500");
  }
  return isWhole ? [...new Set(numbers.map(Math.round))] : numbers;
}

const COUNT = 30;
/** To four digits: what is recommended is to be typed and deployed. */
const spread = (from, to) =>
  from > 0 && to > from ? Array.from({ length: COUNT }, (_, index) => Number((from * (to / from) ** (index / (COUNT - 1))).toPrecision(4))) : [];

/** One of some words. */
function word(values, flag, words) {
  const found = values[flag] ?? words[0];
  if (!words.includes(found)) refuse(values, flag, words.map((one) => JSON.stringify(one)).join(" or "));
  return found;
}

const DAY_SECS = 86_400;

/** The sweep that flags ask for, over the candles of some files. */
export async function swept(values, paths) {
  const { sim, sweep } = await import("../sweep.js");
  const { market, unzip } = await import("../risk.js");
  if (paths.length === 0) throw new BadInput("A file with candles is needed.");
  const [amplifications, fees] = [list(values, "A", "10..500", true), list(values, "fee", "0.002", false)];
  if (amplifications.length > 1 && fees.length > 1) throw new BadInput("Either --A or --fee is scanned; the other is one value.");
  const scansFee = fees.length > 1;
  const settings = {
    A: amplifications[0], bands: whole(values, "bands", 4), fee: fees[0], feeModel: word(values, "fee-model", ["v1", "v2"]),
    trading: word(values, "trading", ["guarded", "parity"]), externalFee: number(values, "external-fee", 0.0005),
    ...(values["dynamic-fee-multiplier"] !== undefined && { dynamicFeeMultiplier: number(values, "dynamic-fee-multiplier") }),
  };
  const points = scansFee ? fees : amplifications;
  const parameter = scansFee ? "fee" : "A";
  const grid = saidOfFlags(values, () => sim.scan({ of: [settings], parameter, values: points }), { [parameter]: parameter });
  const files = await Promise.all(paths.map((path) => open("", path, unzip)));
  const { series, qualities, seed, rows } = seriesOf(files, { sim, settings, values });
  const windows = series.reduce((sum, one) => sum + one.windows.start.length, 0);
  const statistic = statisticOf(values, windows);
  // Enough to leave an event out: what overlaps a window begins within two of its lengths.
  const kept = Math.min(depth(statistic, windows) + 2 * rows, windows);
  const workers = values.workers === undefined ? {} : { workers: whole(values, "workers") };
  const tails = await sweep({ series, grid, kept }, { ...workers, onProgress: bar() });
  const objective = scansFee ? "loss" : "requiredDiscount";
  const difference = number(values, "difference", 0.002);
  const curve = saidOfFlags(values, () => sim.curve({ grid, tails, statistic, objective, difference, values: points }));
  const best = grid[curve.best];
  const loss = curve.losses[curve.best];
  const discounts = loss < 0 ? undefined : sim.discounts({ loss, A: best.A, bands: best.bands, margin: number(values, "margin", 0.03) });
  const scanned = `${parameter} from ${short(points[0])} to ${short(points.at(-1))} at ${scansFee ? `A ${settings.A}` : `fee ${short(settings.fee)}`}`;
  const options = `${scanned}; ${saysOf({ statistic, windows, settings, seed })}; ${average(values)}`;
  const sources = files.map(({ name, bytes }, index) => {
    const { timeSecs } = series[index].candles;
    const [fromSecs, toSecs] = [timeSecs[0], timeSecs.at(-1)].map(Math.floor);
    return market.provenance({ role: "candles", file: name, bytes, rows: timeSecs.length, fromSecs, toSecs, options, quality: qualities[index] });
  });
  return {
    parameter, points, settings: best, files: files.map(({ name }) => name), sources, windows, windowRows: rows,
    ...(seed !== undefined && { seed }), statistic, objective, difference,
    losses: [...curve.losses], requiredDiscounts: grid.map(({ A, bands }, index) => sim.requiredDiscount({ loss: curve.losses[index], A, bands })),
    recommended: curve.recommended, error: curve.error, events: curve.events, discounts,
  };
}

/** Each file is a series of its own: no window crosses its ends. */
function seriesOf(files, { sim, settings, values }) {
  const duration = number(values, "days", 0.15) * DAY_SECS;
  const by = word(values, "by", ["time", "rows"]);
  const seed = values.sampled === undefined ? undefined : whole(values, "seed", sim.seed());
  let rows = 0;
  const qualities = [];
  const series = files.map((file) => {
    const { candles, quality } = saidOfFile(file, () => sim.readCandles({ text: file.text }));
    const counts = ["gaps", "duplicates", "outliers"].map((what) => `${quality[what].length} ${what}`);
    qualities.push(`${quality.leftOut.length} rows left out, ${counts.join(", ")}`);
    const prices = settings.feeModel === "v1" ? sim.middlePrices({ candles }) : candles.close;
    const average = values["ema-secs"] !== undefined
      ? { emaTimeSecs: number(values, "ema-secs") } : { halfLifeSecs: number(values, "half-life-secs", 600) };
    const oracle = saidOfFlags(values, () => sim.averagePrices({ candles, prices, ...average }), { emaTimeSecs: "ema-secs" });
    const count = oracle.length;
    const length = Math.max(1, Math.round(duration / quality.stepSecs));
    rows = Math.max(rows, length);
    const windows = saidOfFlags(values, () => {
      if (seed !== undefined) return sim.windowsSampled({ rows: count, size: length / count, count: whole(values, "sampled"), seed });
      if (by === "rows") return sim.windowsByRows({ rows: count, length });
      return sim.windowsByTime({ candles, durationSecs: duration, longestGapSecs: 1.5 * quality.stepSecs });
    }, { durationSecs: "days", length: "days", size: "days" });
    return { candles, oracle, windows };
  });
  return { series, qualities, seed, rows };
}

function statisticOf(values, windows) {
  if (values.shortfall !== undefined) return { of: "shortfall", level: number(values, "shortfall") };
  // As published: 50 of 500 000.
  return { of: "worst", count: whole(values, "worst", Math.max(1, Math.round(windows / 10_000))) };
}

const depth = ({ count, level }, windows) => count ?? Math.ceil((1 - level) * windows);

/** A bar on standard error, where people look at it. */
function bar() {
  if (!process.stderr.isTTY) return undefined;
  return ({ share, secsLeft }) => {
    const full = Math.round(share * 30);
    const end = share > 0.9999 ? "\n" : "";
    process.stderr.write(`\r[${"#".repeat(full)}${" ".repeat(30 - full)}] ${Math.floor(100 * share)} %, ${Math.ceil(secsLeft)} s left ${end}`);
  };
}

/** What was simulated, in words. */
function saysOf({ statistic, windows, settings: { feeModel, trading, bands }, seed }) {
  const figure = statistic.of === "worst" ? `mean of the worst ${statistic.count}` : `expected shortfall at ${percent(statistic.level)}`;
  return `${windows} windows${seed === undefined ? "" : ` (sampled, seed ${seed})`}, ${figure}; ${feeModel}, ${trading}, ${bands} bands`;
}

const average = (values) =>
  (values["ema-secs"] === undefined ? `average of half-life ${number(values, "half-life-secs", 600)} s` : `average of ${number(values, "ema-secs")} s`);

function lines({ parameter, points, losses, requiredDiscounts, recommended, error, events, discounts, statistic, windows, files, seed, settings, difference }) {
  const rows = points.map((point, index) => [
    short(point), percent(losses[index]), percent(requiredDiscounts[index]), point === recommended.value ? "best" : "",
  ]);
  const to = (low, high) => (low === high ? short(low) : `${short(low)} to ${short(high)}`);
  return [
    `${files.length} ${files.length === 1 ? "file" : "files"}, ${saysOf({ statistic, windows, settings, seed })}`,
    "",
    table([[parameter, "loss", "required discount", ""], ...rows], [3]),
    "",
    `${parameter} ${short(recommended.value)}; within ${percent(difference)}: ${to(recommended.flatLow, recommended.flatHigh)}; without one event each: ${to(recommended.eventLow, recommended.eventHigh)}`,
    ...(error === undefined ? [] : [`standard error of its loss, over events: ${percent(error)}`]),
    ...(discounts ? [`liquidation discount ${percent(discounts.liquidationDiscount)}, loan discount ${percent(discounts.loanDiscount)}`] : []),
    "",
    table([["event", "to", "windows", "largest loss"], ...events.map(({ event }) => [minute(event.startSecs), minute(event.endSecs), event.windows, percent(event.loss)])], [0, 1]),
  ];
}

const csv = ({ parameter, points, losses, requiredDiscounts }) =>
  [`${parameter},loss,required_discount`, ...points.map((point, index) => [point, losses[index], requiredDiscounts[index]].join())].join("\n");
