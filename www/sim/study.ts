// One study in the worker: from candles to oracle, windows and losses, and what is read off these.

import type { Candles, LossCurve, LossTail, Objective, Parameter, Recommended, Settings, Statistic, Windows } from "llamath/risk";
import { sim, sweep, type SweepSeries } from "llamath/risk/sweep";
import { axesOf } from "./form";
import type { Axis, Judgement, Judging, Point, Progress, RandomRun, Replay, Setup } from "./protocol";

const DAY_SECS = 86_400;
/** No share of the windows at all, but none of them twice. */
const LARGEST_SEED = 2 ** 31;

export interface File {
  name: string;
  candles: Candles;
}

interface Judged {
  setup: Setup;
  grid: Settings[];
  files: { name: string; series: SweepSeries }[];
  tails: LossTail[];
  random: { seed: number; tails: LossTail[] }[];
}

/** The settings of a scan, and nothing that it could not simulate. */
function gridOf(setup: Setup): Settings[] {
  const scan = (of: Settings[], axis: Axis) => sim.scan({ of, parameter: parameterOf(axis, setup), values: setup.values[axis] });
  return [...axesOf(setup.scanned)].reverse().reduce(scan, [setup.settings]);
}

function parameterOf(axis: Axis, { averaging }: Setup): Parameter {
  if (axis === "time") return averaging.by === "halfLife" ? "halfLifeSecs" : "emaTimeSecs";
  return axis === "dynamicFee" ? "dynamicFeeMultiplier" : axis;
}

/** Refuses what a run would refuse, as far as that needs no candles. */
export function check(setup: Setup, { margin }: Judging): void {
  gridOf(setup);
  const candles = sim.readCandles({ text: new TextEncoder().encode("0,1,1,1,1") }).candles;
  oracleOf(candles, setup);
  sim.discounts({ loss: 0, A: setup.settings.A, bands: setup.settings.bands, margin });
}

/** The oracle of all settings; where its time is scanned, what each of them averages by itself. */
function oracleOf(candles: Candles, { settings: { feeModel }, scanned, averaging: { by, secs } }: Setup): Float64Array {
  const prices = feeModel === "v1" ? sim.middlePrices({ candles }) : candles.close;
  if (scanned === "time") return prices;
  return sim.averagePrices({ candles, prices, ...(by === "halfLife" ? { halfLifeSecs: secs } : { emaTimeSecs: secs }) });
}

/** The part of the series that so many days are, as the published simulators count. */
function sizeOf({ timeSecs }: Candles, days: number): number {
  return (days * DAY_SECS) / ((timeSecs.at(-1) ?? 0) - (timeSecs[0] ?? 0));
}

function windowsOf(candles: Candles, { days, counted }: Setup): Windows {
  if (counted.by === "time") return sim.windowsByTime({ candles, durationSecs: days * DAY_SECS, longestGapSecs: counted.longestGapSecs });
  const rows = candles.timeSecs.length;
  return sim.windowsByRows({ rows, length: Math.floor(sizeOf(candles, days) * rows) });
}

const countOf = ({ start }: Windows) => start.length;
const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

function depthOf(statistic: Statistic, windows: number): number {
  if (statistic.of === "worst") return statistic.count;
  return statistic.of === "shortfall" ? Math.ceil((1 - statistic.level) * windows) : windows;
}

export class Study {
  private constructor(private readonly judged: Judged) {}

  /** Simulates every window of all files. */
  static async run(files: readonly File[], setup: Setup, judging: Judging, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<Study> {
    const grid = gridOf(setup);
    const prepared = files.map(({ name, candles: forward }) => {
      const candles = setup.isReversed ? sim.addReverse({ candles: forward }) : forward;
      return { name, series: { candles, oracle: oracleOf(candles, setup), windows: windowsOf(candles, setup) } };
    });
    const series = prepared.map((file) => file.series);
    const windows = total(series.map((one) => countOf(one.windows)));
    const longest = Math.max(...series.map(({ windows: { start, end } }) => (end[0] ?? 0) - (start[0] ?? 0)));
    // The mean is of all losses, and a search does not compute them all.
    const search = judging.statistic.of === "mean" ? "every" : "pruned";
    let kept = sim.kept({ statistic: judging.statistic, windows, rows: longest });
    let tails: LossTail[];
    do {
      let known = 0;
      tails = await sweep({ series, grid, kept, search }, {
        workers: setup.workers,
        signal,
        onProgress: ({ share, secsLeft, tails: sofar }) => {
          const places = grid.map((_, place) => place).filter((place) => sofar[place] !== undefined);
          const isMore = places.length > known;
          known = places.length;
          const judgement = isMore ? judge(setup, places.map((place) => grid[place] as Settings), places.map((place) => sofar[place] as LossTail), judging) : undefined;
          onProgress({ share, secsLeft, ...(judgement === undefined ? {} : { judgement }) });
        },
      });
      const { keptNeeded } = curveOf(setup, grid, tails, judging);
      // As much again, so that this is seldom.
      kept = keptNeeded === undefined ? 0 : Math.min(windows, 2 * keptNeeded);
    } while (kept > 0);
    return new Study({ setup, grid, files: prepared, tails, random: [] });
  }

  /** The published method beside it: for every seed, other random windows at each point. */
  async addRandom({ random: { windows: count, seeds } }: Setup, judging: Judging, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<void> {
    const { grid, files, setup, random } = this.judged;
    random.length = 0;
    const rows = total(files.map(({ series }) => series.candles.timeSecs.length));
    const search = judging.statistic.of === "mean" ? "every" : "pruned";
    const began = performance.now();
    let done = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const tails: LossTail[] = [];
      for (const [place, settings] of grid.entries()) {
        // The files' shares of the windows are rounded: there may be one more for each.
        const kept = depthOf(judging.statistic, count + files.length);
        const parts = files.map(({ series: { candles, oracle } }, at) => {
          const own = candles.timeSecs.length;
          const windows = sim.windowsSampled({
            rows: own, size: sizeOf(candles, setup.days), count: Math.round((count * own) / rows), seed: (seed * 1_000_003 + place * 1_009 + at) % LARGEST_SEED,
          });
          return sim.lossTails({ candles, oracle, windows, grid: [settings], kept, search });
        });
        tails.push(sim.mergeTails({ tails: parts.flat() }));
        done += 1;
        const share = done / (seeds * grid.length);
        onProgress({ share, secsLeft: (((performance.now() - began) / 1000) * (1 - share)) / share });
        // Lets a cancellation in.
        await new Promise((resolve) => { setTimeout(resolve); });
        signal.throwIfAborted();
      }
      random.push({ seed, tails });
    }
  }

  judge(judging: Judging): Judgement {
    const { setup, grid, tails, random } = this.judged;
    const judgement = judge(setup, grid, tails, judging);
    const ofSeed = ({ seed, tails: sampled }: Judged["random"][number]): RandomRun => {
      const { losses, best, recommended } = curveOf(setup, grid, sampled, judging);
      return { seed, losses: [...losses], requiredDiscounts: pointsOf(setup, grid, losses).map((point) => point.requiredDiscount), best, value: recommended.value };
    };
    return { ...judgement, random: random.map(ofSeed) };
  }

  /** The worst window of an event at the best point, minute by minute. */
  replay(judging: Judging, event: { startSecs: number; endSecs: number }): Replay {
    const { grid, tails, files } = this.judged;
    const { best } = this.judge(judging);
    const [found, tail] = [grid[best], tails[best]];
    const { startSecs, endSecs, loss } = tail?.worst ?? { startSecs: [], endSecs: [], loss: [] };
    const worst = [...loss.keys()].find((at) => (startSecs[at] ?? 0) >= event.startSecs && (endSecs[at] ?? 0) <= event.endSecs);
    if (found === undefined || worst === undefined) throw new Error("This event is not among the worst windows of the last run.");
    const { halfLifeSecs, emaTimeSecs, ...settings } = found;
    const time = halfLifeSecs === undefined ? emaTimeSecs === undefined ? undefined : { emaTimeSecs } : { halfLifeSecs };
    const runs = files.flatMap(({ name, series: { candles, oracle: given, windows } }) => {
      const { timeSecs } = candles;
      const oracle = time === undefined ? given : sim.averagePrices({ candles, prices: given, ...time });
      const isIt = (at: number) => timeSecs[windows.start[at] ?? 0] === startSecs[worst] && timeSecs[(windows.end[at] ?? 0) - 1] === endSecs[worst];
      return [...windows.start.keys()].filter(isIt).map((at) => {
        const cut = (column: Float64Array) => column.slice(windows.start[at], windows.end[at]);
        const part: Candles = { timeSecs: cut(timeSecs), open: cut(candles.open), high: cut(candles.high), low: cut(candles.low), close: cut(candles.close) };
        return { name, settings, low: part.low, high: part.high, ...sim.run({ candles: part, oracle: cut(oracle), settings }) };
      });
    });
    // Two files may have windows at the same time.
    const off = (run: Replay) => Math.abs((run.loss.at(-1) ?? 0) - (loss[worst] ?? 0));
    const [first, ...rest] = runs;
    if (first === undefined) throw new Error("The candles of this event are no longer open.");
    return rest.reduce((nearest, run) => (off(run) < off(nearest) ? run : nearest), first);
  }
}

/** Of A and N the width of the bands matters too. */
const objectiveOf = ({ scanned }: Setup): Objective => (scanned === "A" || scanned === "bands" || scanned === "map" ? "requiredDiscount" : "loss");

function curveOf(setup: Setup, grid: Settings[], tails: LossTail[], { statistic, difference }: Judging, axis = axesOf(setup.scanned)[0] as Axis): LossCurve {
  const parameter = parameterOf(axis, setup);
  return sim.curve({ grid, tails, statistic, objective: objectiveOf(setup), difference, values: grid.map((settings) => settings[parameter] ?? NaN) });
}

function pointsOf({ averaging }: Setup, grid: readonly Settings[], losses: Float64Array): Point[] {
  return grid.map(({ A, bands, fee, dynamicFeeMultiplier = 0, halfLifeSecs, emaTimeSecs }, at) => {
    const loss = losses[at] ?? 0;
    return {
      A, bands, fee, dynamicFee: dynamicFeeMultiplier, time: halfLifeSecs ?? emaTimeSecs ?? averaging.secs,
      loss, requiredDiscount: sim.requiredDiscount({ loss, A, bands }),
    };
  });
}

function judge(setup: Setup, grid: Settings[], tails: LossTail[], judging: Judging): Judgement {
  const { losses, best, flat, jackknife, keptNeeded, events, recommended } = curveOf(setup, grid, tails, judging);
  const recommendedFee: Recommended | undefined = setup.scanned === "map" ? curveOf(setup, grid, tails, judging, "fee").recommended : undefined;
  const points = pointsOf(setup, grid, losses);
  const { A, bands, loss } = points[best] as Point;
  const windows = tails[best]?.windows ?? 0;
  return {
    points, objective: objectiveOf(setup), best, flat: [...flat], jackknife, keptNeeded, events, recommended, recommendedFee,
    discounts: sim.discounts({ loss, A, bands, margin: judging.margin }),
    coefficient: sim.bandCoefficient({ A, bands }),
    windows, behind: depthOf(judging.statistic, windows), random: [],
  };
}
