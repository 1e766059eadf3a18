// How values and figures are said.

import { format } from "../format";
import type { Axis, Judging, Point, Scanned } from "./protocol";

/** The parameter along the axis; a map has two. */
export const axisOf = (scanned: Scanned): Axis => (scanned === "map" ? "A" : scanned);
export const AXIS_NAMES: Record<Axis, string> = { A: "A", fee: "fee", bands: "N", time: "oracle time", dynamicFee: "dynamic fee" };

/** Beneath a chart. */
export const AXIS_TITLES: Record<Axis, string> = {
  A: "amplification A", fee: "fee of a trade", bands: "bands N", time: "averaging time of the oracle, seconds", dynamicFee: "multiplier of the dynamic fee",
};

export function valueSays(value: number, axis: Axis): string {
  if (axis === "time") return `${format(value, "plain")} s`;
  return axis === "dynamicFee" ? `${format(value, "plain")}×` : format(value, axis === "fee" ? "percent" : "plain");
}

export function pointSays(point: Point, scanned: Scanned): string {
  return scanned === "map" ? `A ${point.A}, fee ${format(point.fee, "percent")}` : `${AXIS_NAMES[scanned]} ${valueSays(point[scanned], scanned)}`;
}

export function rangeSays(low: number, high: number, axis: Axis): string {
  return low === high ? valueSays(low, axis) : `${valueSays(low, axis)} to ${valueSays(high, axis)}`;
}

export function statisticSays({ statistic }: Judging): string {
  if (statistic.of === "shortfall") return `expected shortfall ${format(statistic.level, "percent")}`;
  return statistic.of === "worst" ? `mean of the worst ${format(statistic.count, "plain")} windows` : "mean of all windows";
}

/** Percentage points, as a difference of two percents is said. */
export function pointsSays(fraction: number): string {
  return `${format(fraction, "percent").replace("%", "")} points`;
}
