// Lines over time, drawn in as many columns as can be seen.

import { useMemo } from "preact/hooks";
import { COLUMNS, type Outline } from "./outline";

export interface Line {
  outline: Outline;
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

const WIDTH = COLUMNS;

export function Chart({ lines, height, at, mark, levels = [], range: [low, high], says }: Props) {
  const count = Math.max(1, ...lines.map(({ outline }) => outline.count));
  const x = (row: number) => (count === 1 ? WIDTH / 2 : (row / (count - 1)) * WIDTH);
  const y = (value: number) => (high === low ? height / 2 : 3 + (height - 6) * ((high - value) / (high - low)));
  const paths = useMemo(() => lines.map(({ outline }) => pathOf(outline, x, y)), [...lines.map(({ outline }) => outline), low, high, height]);
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

/** The line as a path; a gap breaks it. */
function pathOf({ rows, values }: Outline, x: (row: number) => number, y: (value: number) => number): string {
  let pen = "M";
  const parts = values.map((value, at) => {
    const part = Number.isNaN(value) ? "" : `${pen}${x(rows[at] ?? 0).toFixed(1)},${y(value).toFixed(1)}`;
    pen = part === "" ? "M" : "L";
    return part;
  });
  return parts.join("");
}
