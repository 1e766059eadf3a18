// What can be seen of a series: of each column of a drawing the lowest and the highest value.

/** Columns of a drawing. */
export const COLUMNS = 640;

export interface Outline {
  /** Rows of the series. */
  count: number;
  low: number;
  high: number;
  /** The points of the line in their order; a value that is NaN breaks it. */
  rows: number[];
  values: number[];
}

export function outlineOf(series: ArrayLike<number>): Outline {
  const width = Math.max(1, Math.ceil(series.length / COLUMNS));
  const outline: Outline = { count: series.length, low: Infinity, high: -Infinity, rows: [], values: [] };
  const put = (row: number) => {
    outline.rows.push(row);
    outline.values.push(series[row] ?? NaN);
  };
  for (let start = 0; start < series.length; start += width) {
    let [lowest, highest] = [-1, -1];
    let [low, high] = [Infinity, -Infinity];
    for (let row = start; row < Math.min(series.length, start + width); row += 1) {
      const value = series[row] ?? NaN;
      if (value < low) [low, lowest] = [value, row];
      if (value > high) [high, highest] = [value, row];
    }
    outline.low = Math.min(outline.low, low);
    outline.high = Math.max(outline.high, high);
    if (lowest === highest) put(lowest < 0 ? start : lowest);
    else [lowest, highest].sort((a, b) => a - b).forEach(put);
  }
  return outline;
}

/** The span of all that has a value. */
export function rangeOf(outlines: readonly Outline[]): readonly [number, number] {
  const low = Math.min(...outlines.map((outline) => outline.low));
  const high = Math.max(...outlines.map((outline) => outline.high));
  return low > high ? [0, 0] : [low, high];
}
