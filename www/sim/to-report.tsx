// The result of a run, handed over to the market report with what it was made of.

import type { MarketScan } from "../desk/jobs";
import { type Simulated, keep, kept } from "../desk/visit";
import { useSim } from "./context";
import { edgesOf, edgesSay } from "./edges";
import { AXES, axesOf } from "./form";
import { AXIS_NAMES, statisticSays, valueSays } from "./names";
import type { Axis, Series } from "./protocol";
import type { Result } from "./simulator";

export function UseInReport() {
  const { result, series, isExample, isStale } = useSim();
  if (result === undefined || series === undefined || result.isPartial || isStale) return null;
  const use = () => {
    keep("simulated", handedOver(result, series, isExample));
    location.hash = "report";
  };
  return <button type="button" class="quiet" onClick={use}>Use in the market report</button>;
}

function handedOver(result: Result, series: readonly Series[], isExample: boolean): Simulated | undefined {
  const { judgement: { points, best, recommended, recommendedFee, jackknife }, setup: { scanned } } = result;
  const point = points[best];
  if (point === undefined) return undefined;
  const { A, fee, loss } = point;
  const atEdge = edgesOf(result.judgement, scanned);
  const edges = atEdge.length === 0 ? undefined : edgesSay(atEdge);
  const axes = axesOf(scanned);
  const own = axes.flatMap((parameter, at): MarketScan[] => {
    const { eventLow, eventHigh, ...found } = (at === 0 ? recommended : recommendedFee) ?? recommended;
    if ((parameter !== "A" && parameter !== "fee") || eventLow === undefined || eventHigh === undefined) return [];
    return [{ parameter, ...found, eventLow, eventHigh, ...(jackknife === undefined ? {} : { error: jackknife.error }) }];
  });
  const sources = series.map(({ name, rows, quality, sha256 = "not computed on this address" }) => ({
    role: "candles", file: name, sha256, rows, fromSecs: Math.floor(quality.firstSecs), toSecs: Math.floor(quality.lastSecs), options: optionsSay(result, edges),
    quality: `${quality.leftOut.length} rows left out, ${quality.gaps.length} gaps, ${quality.duplicates.length} duplicates, ${quality.outliers.length} outliers`,
  }));
  // The scan of the other parameter still holds where its best value is what this one was run with.
  const isSame = kept().simulated?.sources.map(({ sha256 }) => sha256).join() === sources.map(({ sha256 }) => sha256).join();
  const before = isSame ? kept().simulated?.scans ?? [] : [];
  const others = before.filter(({ parameter, value }) => !axes.includes(parameter) && value === point[parameter]);
  const quality = series.map(({ name, rows, quality: { stepSecs, gaps, duplicates, leftOut, outliers } }) => ({
    file: name, role: "candles", rows, doubled: duplicates.length, leftOut: leftOut.length, outliers: outliers.length, usualGapSecs: stepSecs,
    longestGapSecs: gaps.reduce((most, { lengthSecs }) => Math.max(most, lengthSecs), stepSecs), known: "within its minute",
  }));
  return { A, fee, loss, scans: [...others, ...own], edges, sources, quality, isExample };
}

function optionsSay({ judging, setup: { scanned, values, settings: { A, bands, fee, feeModel, trading, dynamicFeeMultiplier }, averaging, days, counted, isReversed } }: Result, edges: string | undefined): string {
  const axes = axesOf(scanned);
  const list = (axis: Axis) => `${AXIS_NAMES[axis]} of ${values[axis].length} values from ${valueSays(values[axis][0] ?? NaN, axis)} to ${valueSays(values[axis].at(-1) ?? NaN, axis)}`;
  const one: Record<Axis, string | undefined> = {
    A: `A ${A}`, fee: `fee ${valueSays(fee, "fee")}`, bands: `${bands} bands`,
    time: `oracle's average of ${averaging.by === "halfLife" ? "half-life " : ""}${averaging.secs} s`,
    dynamicFee: dynamicFeeMultiplier === undefined ? undefined : `dynamic fee ${dynamicFeeMultiplier}`,
  };
  const parts = AXES.flatMap((axis) => (axes.includes(axis) ? list(axis) : one[axis]) ?? []);
  return [
    ...parts, `fees of ${feeModel}`, trading, `windows of ${days} days by ${counted.by}`, ...(isReversed ? ["candles backwards too"] : []), statisticSays(judging), ...(edges === undefined ? [] : [edges.replace(/\.$/, "")]),
  ].join("; ");
}
