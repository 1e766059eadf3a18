// Where the best value is the first or the last of those that were scanned.

import { axesOf } from "./form";
import { AXIS_NAMES, valueSays } from "./names";
import type { Axis, Judgement, Scanned } from "./protocol";

export interface Edge {
  axis: Axis;
  value: number;
}

export function edgesOf({ points, best }: Judgement, scanned: Scanned): Edge[] {
  return axesOf(scanned).flatMap((axis) => {
    const values = new Set(points.map((point) => point[axis]));
    const value = points[best]?.[axis];
    // Below 0 there is nothing to look at.
    const isEdge = values.size > 1 && value !== undefined && value !== 0 && (value === Math.min(...values) || value === Math.max(...values));
    return isEdge ? [{ axis, value }] : [];
  });
}

export function edgesSay(edges: readonly Edge[]): string {
  const names = edges.map(({ axis, value }) => `${AXIS_NAMES[axis]} ${valueSays(value, axis)}`).join(" and ");
  return `${names} ${edges.length === 1 ? "is" : "are"} at the edge of what was scanned: scan further, a better value may lie beyond.`;
}
