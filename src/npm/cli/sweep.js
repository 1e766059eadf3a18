// `llamath sweep`: what positions lose over all windows of candles, for many settings.
import { number, refuse, refuseBeside, saidOfFlags, whole } from "./flags.js";
import { candlesOf, open, saidOfFile } from "./files.js";
import { BadInput, kebab, minute, print, printJson, short, table } from "./print.js";

/** What can be scanned: its flag, and what the flag is without being given. */
const SCANNED = {
  A: { flag: "A", usual: "10..500", isWhole: true },
  fee: { flag: "fee", usual: "0.002" },
  bands: { flag: "bands", usual: "4", isWhole: true },
  dynamicFeeMultiplier: { flag: "dynamic-fee-multiplier" },
  halfLifeSecs: { flag: "half-life-secs" },
  emaTimeSecs: { flag: "ema-secs" },
};

/** What a report asks for too. */
export const sweepTexts = [
  "bands", "fee-model", "dynamic-fee-multiplier", "external-fee", "half-life-secs", "ema-secs", "po-fee-delay", "position-shift", "by",
  "longest-gap-secs", "trading", "worst", "shortfall", "difference", "search", "workers",
];
const texts = [...sweepTexts, "A", "fee", "days", "margin", "sampled", "seed"];

export const sweep = {
  files: true,
  texts,
  switches: ["json", "csv", "mean", "add-reverse"],
  async run(values, paths) {
    if (values.csv && values.json) throw new BadInput("--csv does not go with --json.");
    const progress = bar();
    const controller = new AbortController();
    const stop = () => controller.abort();
    process.once("SIGINT", stop);
    try {
      const found = await swept(values, paths, { signal: controller.signal, onProgress: progress.show });
      progress.end();
      if (values.json) return printJson(found);
      return print(values.csv ? csv(found) : lines(found).join("\n"));
    } catch (error) {
      progress.end();
      if (!controller.signal.aborted) throw error;
      console.error("Stopped.");
      return STOPPED;
    } finally {
      process.off("SIGINT", stop);
    }
  },
};

/** What shells say of a program that Ctrl-C ended. */
const STOPPED = 130;

/** `100`, `50,100,200`, or `10..500`: thirty values, evenly spread in their logarithm. */
function list(text, flag, isWhole) {
  const isRange = text.includes("..");
  const given = text.split(isRange ? ".." : ",").map((part) => (NUMBER.test(part.trim()) ? Number(part) : NaN));
  const numbers = isRange && given.length === 2 ? spread(...given) : isRange ? [] : given;
  if (numbers.length === 0 || numbers.some(Number.isNaN)) refuse({ [flag]: text }, flag, "a number, some such as 50,100, or a range such as 10..500");
  const values = isRange && isWhole ? numbers.map(Math.round) : numbers;
  return [...new Set(values)].sort((a, b) => a - b);
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const COUNT = 30;
/** To four digits: what is recommended is to be typed and deployed. */
const spread = (from, to) =>
  from > 0 && to > from
    ? Array.from({ length: COUNT }, (_, index) => (index === COUNT - 1 ? to : Number((from * (to / from) ** (index / (COUNT - 1))).toPrecision(4)))) : [];

/** One of some words. */
function word(values, flag, words) {
  const found = values[flag] ?? words[0];
  if (!words.includes(found)) refuse(values, flag, words.map((one) => JSON.stringify(one)).join(" or "));
  return found;
}

const DAY_SECS = 86_400;

/** The sweep that flags ask for, over the candles of some files. */
export async function swept(values, paths, { signal, onProgress, windowFlag = "days" } = {}) {
  const { sim, sweep } = await import("../sweep.js");
  const { market, unzip } = await import("../risk.js");
  if (paths.length === 0) throw new BadInput("A file with candles is needed.");
  const { grid, axes } = gridOf(values, sim);
  const files = await Promise.all(paths.map((path) => open("", path, unzip)));
  // An average that all settings share is computed once.
  const isTimeScanned = axes.some(({ parameter }) => parameter === "halfLifeSecs" || parameter === "emaTimeSecs");
  const { series, qualities, seed, rows } = seriesOf(files, { sim, settings: grid[0], values, windowFlag, isTimeScanned });
  const settings = isTimeScanned ? grid : grid.map(({ halfLifeSecs: _, emaTimeSecs: __, ...others }) => others);
  const windows = series.reduce((sum, one) => sum + one.windows.start.length, 0);
  const statistic = statisticOf(values, windows);
  const objective = axes.some(({ parameter }) => parameter === "A" || parameter === "bands") ? "requiredDiscount" : "loss";
  const difference = number(values, "difference", 0.002);
  const margin = number(values, "margin", 0.03);
  if (difference < 0) refuse(values, "difference", "at least 0");
  const discountsOf = ({ A, bands }, loss) => saidOfFlags(values, () => sim.discounts({ loss, A, bands, margin }));
  // Refused now, and not after the sweep.
  discountsOf(grid[0], 0);
  // The mean is of all losses, and a search does not compute them all.
  const search = word(values, "search", values.mean ? ["every", "checked"] : ["pruned", "every", "checked"]);
  const workers = values.workers === undefined ? {} : { workers: whole(values, "workers") };
  if (workers.workers < 1 || workers.workers > 64) refuse(values, "workers", "a whole number from 1 to 64");
  const curveOf = (tails, of) => saidOfFlags(values, () => sim.curve({ grid, tails, statistic, objective, difference, values: of }));
  const valuesOf = ({ parameter }) => grid.map((one) => one[parameter]);
  let kept = sim.kept({ statistic, windows, rows });
  let tails, curve;
  do {
    tails = await sweep({ series, grid: settings, kept, search }, { ...workers, signal, onProgress });
    curve = curveOf(tails, valuesOf(axes[0]));
    // As much again, so that this is seldom.
    kept = Math.min(windows, 2 * (curve.keptNeeded ?? 0));
  } while (curve.keptNeeded !== undefined);
  const best = grid[curve.best];
  const loss = curve.losses[curve.best];
  const discounts = loss < 0 ? undefined : discountsOf(best, loss);
  const recommended = axes.map((axis, at) => [axis.parameter, at === 0 ? curve.recommended : curveOf(tails, valuesOf(axis)).recommended]);
  const edges = edgesOf(axes, best);
  const options = `${[scanSays(axes, best), ...edgesSay(edges)].join("; ")}; ${saysOf({ statistic, windows, settings: best, seed })}${isTimeScanned ? "" : `; ${averageSays(best)}`}`;
  const sources = files.map(({ name, bytes }, index) => {
    const { timeSecs } = series[index].candles;
    const [fromSecs, toSecs] = [timeSecs[0], timeSecs.at(-1)].map(Math.floor);
    return market.provenance({ role: "candles", file: name, bytes, rows: timeSecs.length, fromSecs, toSecs, options, quality: qualities[index] });
  });
  return {
    parameters: axes.map(({ parameter }) => parameter), settings: best, files: files.map(({ name }) => name), sources, windows, windowRows: rows,
    ...(seed !== undefined && { seed }), statistic, objective, difference,
    points: grid.map((one, at) => ({
      ...Object.fromEntries(axes.map(({ parameter }) => [parameter, one[parameter]])),
      loss: curve.losses[at], requiredDiscount: sim.requiredDiscount({ loss: curve.losses[at], A: one.A, bands: one.bands }),
    })),
    best: curve.best, edges, recommended: Object.fromEntries(recommended), jackknife: curve.jackknife, events: curve.events, discounts,
  };
}

/** The settings with one or two of them scanned. */
function gridOf(values, sim) {
  refuseBeside("ema-secs", values["ema-secs"] === undefined ? [] : ["half-life-secs"], values);
  const texts = { ...values, ...(values["ema-secs"] === undefined && { "half-life-secs": values["half-life-secs"] ?? "600" }) };
  const all = Object.entries(SCANNED).flatMap(([parameter, { flag, usual, isWhole }]) => {
    const text = texts[flag] ?? usual;
    return text === undefined ? [] : [{ parameter, flag, values: list(text, flag, isWhole) }];
  });
  // Where another one is scanned, A is not its usual range.
  const scanned = all.filter((axis) => axis.values.length > 1 && (axis.parameter !== "A" || values.A !== undefined));
  if (scanned.length > 2) throw new BadInput(`At most two are scanned together, not ${scanned.map(({ flag }) => `--${flag}`).join(", ")}.`);
  const [amplification] = all;
  if (scanned.length > 0 && values.A === undefined) throw new BadInput(`--A is needed where --${scanned[0].flag} is scanned.`);
  const axes = scanned.length > 0 ? scanned : [amplification];
  const settings = {
    ...Object.fromEntries(all.map((axis) => [axis.parameter, axis.values[0]])), feeModel: word(values, "fee-model", ["v1", "v2"]),
    trading: word(values, "trading", ["guarded", "parity"]), externalFee: number(values, "external-fee", 0.0005),
    ...(values["po-fee-delay"] !== undefined && { poFeeDelay: whole(values, "po-fee-delay") }),
    positionShift: number(values, "position-shift", 0),
  };
  const scan = (of, { parameter, flag, values: list }) => saidOfFlags(values, () => sim.scan({ of, parameter, values: list }), { [parameter]: flag, emaTimeSecs: "ema-secs" });
  return { grid: [...axes].reverse().reduce(scan, [settings]), axes };
}

/** Each file is a series of its own: no window crosses its ends. */
function seriesOf(files, { sim, settings: { feeModel, halfLifeSecs, emaTimeSecs }, values, windowFlag, isTimeScanned }) {
  const duration = number(values, windowFlag, 0.15) * DAY_SECS;
  const by = word(values, "by", ["time", "rows"]);
  if (values.seed !== undefined && values.sampled === undefined) throw new BadInput("--seed goes with --sampled.");
  const seed = values.sampled === undefined ? undefined : seedOf(values, sim);
  const read = files.map((file) => {
    const { candles, quality } = candlesOf(file, sim);
    const counts = ["gaps", "duplicates", "outliers"].map((what) => `${quality[what].length} ${what}`);
    return {
      candles: values["add-reverse"] ? sim.addReverse({ candles }) : candles,
      stepSecs: quality.stepSecs,
      says: `${quality.leftOut.length} rows left out, ${counts.join(", ")}`,
    };
  });
  const all = read.reduce((sum, { candles }) => sum + candles.close.length, 0);
  let rows = 0;
  const series = read.map(({ candles, stepSecs }, at) => {
    const prices = feeModel === "v1" ? sim.middlePrices({ candles }) : candles.close;
    const average = emaTimeSecs === undefined ? { halfLifeSecs } : { emaTimeSecs };
    const oracle = isTimeScanned ? prices : sim.averagePrices({ candles, prices, ...average });
    const count = prices.length;
    const length = Math.max(1, Math.round(duration / stepSecs));
    rows = Math.max(rows, length);
    const windows = saidOfFile(files[at], () => saidOfFlags(values, () => {
      // Each file has its share of the random windows.
      if (seed !== undefined) return sim.windowsSampled({ rows: count, size: length / count, count: Math.round((whole(values, "sampled") * count) / all), seed: seed + at });
      if (by === "rows") return sim.windowsByRows({ rows: count, length });
      return sim.windowsByTime({ candles, durationSecs: duration, longestGapSecs: number(values, "longest-gap-secs", Math.max(300, 1.5 * stepSecs)) });
    }, { durationSecs: windowFlag, length: windowFlag, size: windowFlag, count: "sampled" }));
    return { candles, oracle, windows };
  });
  return { series, qualities: read.map(({ says }) => says), seed, rows };
}

/** A number that the same windows come from, or one from the system's randomness. */
function seedOf(values, sim) {
  if (values.seed === undefined) return sim.seed();
  if (!/^\d{1,15}$/.test(values.seed)) refuse(values, "seed", "a whole number of at most 15 digits");
  return Number(values.seed);
}

function statisticOf(values, windows) {
  if (values.mean) {
    refuseBeside("mean", ["worst", "shortfall"], values);
    return { of: "mean" };
  }
  if (values.shortfall !== undefined) {
    refuseBeside("shortfall", ["worst"], values);
    const level = number(values, "shortfall");
    return level > 0 && level < 1 ? { of: "shortfall", level } : refuse(values, "shortfall", "above 0 and below 1, such as 0.99");
  }
  // As published: 50 of 500 000.
  const count = whole(values, "worst", Math.max(1, Math.round(windows / 10_000)));
  return count > 0 && count <= windows ? { of: "worst", count } : refuse(values, "worst", `from 1 to ${windows}, the windows of these candles`);
}

/** A bar on standard error, where people look at it; where they do not, a line for each tenth. */
export function bar() {
  const isSeen = process.stderr.isTTY;
  let tenths = 0;
  let isOpen = false;
  return {
    show({ share, secsLeft }) {
      const says = `${Math.floor(100 * share)} %, ${Math.ceil(secsLeft)} s left`;
      if (isSeen) {
        const full = Math.round(share * 30);
        process.stderr.write(`\r[${"#".repeat(full)}${" ".repeat(30 - full)}] ${says}\x1b[K`);
        isOpen = true;
      } else if (Math.floor(10 * share) > tenths) {
        tenths = Math.floor(10 * share);
        process.stderr.write(`${says}\n`);
      }
    },
    end() {
      if (isOpen) process.stderr.write("\n");
      isOpen = false;
    },
  };
}

/** Losses of the past are not known to more digits than these. */
const percent = (fraction) => `${(100 * fraction).toFixed(3)} %`;
/** Those of a level or a difference that was given. */
const given = (fraction) => `${short(100 * fraction)} %`;

/** What was scanned, and what of A and the fee was not. */
function scanSays(axes, settings) {
  const scanned = axes.map(({ parameter, values }) => `${says(parameter)} from ${short(values[0])} to ${short(values.at(-1))}`);
  const others = ["A", "fee"].filter((name) => axes.every(({ parameter }) => parameter !== name)).map((name) => `${name} ${short(settings[name])}`);
  return `${scanned.join(" and ")}${others.length === 0 ? "" : ` at ${others.join(", ")}`}`;
}

/** Where the best is the first or last value of a scan; below 0 there is nothing to look at. */
const edgesOf = (axes, best) =>
  axes.flatMap(({ parameter, values }) => {
    const value = best[parameter];
    const isEdge = values.length > 1 && value !== 0 && (value === values[0] || value === values.at(-1));
    return isEdge ? [{ parameter, value }] : [];
  });

export const edgesSay = (edges) =>
  edges.map(({ parameter, value }) => `${says(parameter)} ${short(value)} is at the edge of what was scanned: scan further, a better one may lie beyond`);

/** What was simulated, in words. */
function saysOf({ statistic, windows, settings: { feeModel, trading, bands }, seed }) {
  const figure = { worst: `mean of the worst ${statistic.count}`, shortfall: `expected shortfall at ${given(statistic.level)}`, mean: "mean of all" }[statistic.of];
  return `${windows} windows${seed === undefined ? "" : ` (sampled, seed ${seed})`}, ${figure}; ${feeModel}, ${trading}, ${bands} bands`;
}

const averageSays = ({ halfLifeSecs, emaTimeSecs }) => (emaTimeSecs === undefined ? `average of half-life ${halfLifeSecs} s` : `average of ${emaTimeSecs} s`);

function lines({ parameters, points, best, edges, recommended, jackknife, events, discounts, statistic, windows, files, seed, settings, difference }) {
  const rows = points.map((point, at) => [
    ...parameters.map((parameter) => short(point[parameter])), percent(point.loss), percent(point.requiredDiscount), at === best ? "best" : "",
  ]);
  const to = (low, high) => (low === high ? short(low) : `${short(low)} to ${short(high)}`);
  const advised = parameters.map((parameter) => {
    const { value, flatLow, flatHigh, eventLow, eventHigh } = recommended[parameter];
    return `${says(parameter)} ${short(value)}; within ${given(difference)}: ${to(flatLow, flatHigh)}${events.length < 2 ? "" : `; without one event each: ${to(eventLow, eventHigh)}`}`;
  });
  return [
    `${files.length} ${files.length === 1 ? "file" : "files"}, ${saysOf({ statistic, windows, settings, seed })}`,
    "",
    table([[...parameters.map(says), "loss", "required discount", ""], ...rows], [parameters.length + 2]),
    "",
    ...advised,
    ...edgesSay(edges),
    ...(jackknife === undefined
      ? events.length === 1 ? ["one event only: how far its loss may be off is not known"] : []
      : [`its loss, 95 % by the jackknife over ${events.length} events: ${percent(jackknife.low)} to ${percent(jackknife.high)}`]),
    ...(discounts ? [`liquidation discount ${percent(discounts.liquidationDiscount)}, loan discount ${percent(discounts.loanDiscount)}`] : []),
    ...(events.length === 0 ? [] : [
      "",
      table([["event", "to", "windows", "largest loss"], ...events.map(({ event }) => [minute(event.startSecs), minute(event.endSecs), event.windows, percent(event.loss)])], [0, 1]),
    ]),
  ];
}

/** A parameter as a column's name. */
const says = (parameter) => kebab(parameter).replace(/^-a$/, "A").replaceAll("-", "_");

const csv = ({ parameters, points }) => [
  [...parameters.map(says), "loss", "required_discount"].join(),
  ...points.map((point) => [...parameters.map((parameter) => point[parameter]), point.loss, point.requiredDiscount].join()),
].join("\n");
