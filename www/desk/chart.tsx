// Lines over time, drawn in as many columns as can be seen.

import { useMemo } from "preact/hooks";

export interface Line {
  values: ArrayLike<number>;
  /** Its ink and dash. */
  ink: "first" | "second";
}

interface Props {
  lines: readonly Line[];
  height: number;
  /** The row where the cursor stands. */
  at?: number | undefined;
  /** A point to mark. */
  mark?: { at: number; value: number } | undefined;
  /** Lines of one value. */
  levels?: readonly number[];
  /** Lowest and highest value of the drawing. */
  range: readonly [number, number];
  says: (value: number) => string;
}

const WIDTH = 640;

export function Chart({ lines, height, at, mark, levels = [], range: [low, high], says }: Props) {
  const count = Math.max(1, ...lines.map(({ values }) => values.length));
  const x = (row: number) => (count === 1 ? WIDTH / 2 : (row / (count - 1)) * WIDTH);
  const y = (value: number) => (high === low ? height / 2 : 3 + (height - 6) * ((high - value) / (high - low)));
  const paths = useMemo(() => lines.map(({ values }) => trace(values, x, y)), [...lines.map(({ values }) => values), low, high, height]);
  return (
    <div class="chart" aria-hidden="true">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" style={{ height: `${height}px` }}>
        {levels.map((level) => <line key={level} class="level" x1={0} x2={WIDTH} y1={y(level)} y2={y(level)} />)}
        {lines.map(({ ink }, index) => <path key={index} class={`line ${ink}`} d={paths[index]} />)}
        {at !== undefined && <line class="cursor" x1={x(at)} x2={x(at)} y1={0} y2={height} />}
      </svg>
      {mark && <span class="mark" style={{ left: `${(100 * x(mark.at)) / WIDTH}%`, top: `${y(mark.value)}px` }} />}
      <span class="top-value">{says(high)}</span>
      <span class="bottom-value">{says(low)}</span>
    </div>
  );
}

/** The values' span, of all lines together. */
export function rangeOf(lists: readonly ArrayLike<number>[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of lists) {
    for (let row = 0; row < values.length; row += 1) {
      const value = values[row] ?? NaN;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? [0, 0] : [low, high];
}

/** Of each column of the drawing its lowest and highest value, in their order; a gap breaks the line. */
function trace(values: ArrayLike<number>, x: (row: number) => number, y: (value: number) => number): string {
  const width = Math.max(1, Math.ceil(values.length / WIDTH));
  const parts: string[] = [];
  let pen = "M";
  const put = (row: number) => {
    parts.push(`${pen}${x(row).toFixed(1)},${y(values[row] ?? NaN).toFixed(1)}`);
    pen = "L";
  };
  for (let start = 0; start < values.length; start += width) {
    let [lowest, highest] = [-1, -1];
    for (let row = start; row < Math.min(values.length, start + width); row += 1) {
      const value = values[row] ?? NaN;
      if (Number.isNaN(value)) continue;
      if (lowest < 0 || value < (values[lowest] ?? NaN)) lowest = row;
      if (highest < 0 || value > (values[highest] ?? NaN)) highest = row;
    }
    if (lowest < 0) pen = "M";
    else if (lowest === highest) put(lowest);
    else [lowest, highest].sort((a, b) => a - b).forEach(put);
  }
  return parts.join("");
}
