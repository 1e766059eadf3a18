// A × fee: the darker, the less discount is needed.

import { useState } from "preact/hooks";
import { Fold } from "../fold";
import { format } from "../format";
import { useSim } from "./context";
import { CurveTable, Noise } from "./curve-chart";
import { pointSays } from "./names";
import type { Point } from "./protocol";
import type { Result } from "./simulator";
import { useWidth } from "../width";

const ROW = 28;
const TOP = 8;
const LEFT = 56;

export function AFeeMap() {
  const { result } = useSim();
  return result?.setup.scanned === "map" ? <Drawn result={result} /> : null;
}

function Drawn({ result: { judgement, setup: { values } } }: { result: Result }) {
  const { points, best, flat, random } = judgement;
  const { svg, width } = useWidth();
  const [chosen, setAt] = useState<number>();
  const at = Math.min(chosen ?? best, points.length - 1);
  const shown = points[at];
  if (shown === undefined) return null;
  const [least, most] = ends(points.map(({ requiredDiscount }) => requiredDiscount));
  const cell = (width - LEFT) / values.A.length;
  const place = ({ A, fee }: Point) => ({ x: LEFT + values.A.indexOf(A) * cell, y: TOP + values.fee.indexOf(fee) * ROW, width: cell, height: ROW });
  const shade = ({ requiredDiscount }: Point) => (most === least ? 1 : (most - requiredDiscount) / (most - least));
  const says = `${pointSays(shown, "map")}: required discount ${format(shown.requiredDiscount, "percent")}, loss ${format(shown.loss, "percent")}`;
  const marked = points.flatMap((point, index) => {
    const runs = random.filter((run) => run.best === index).length;
    return runs === 0 ? [] : [[point, runs] as const];
  });
  const isRoomy = cell >= 38;
  const height = TOP + values.fee.length * ROW + 24;
  return (
    <figure class="sim-chart">
      <figcaption>
        <span>Required discount in % over A (across) and the fee (down): the fuller the cell, the less</span>
        <span class="key dot">as good as the best</span>
        {random.length > 0 && <span class="key ring">best of a random run</span>}
      </figcaption>
      <svg ref={svg} height={height} style={{ width: "100%" }} aria-hidden="true">
        {points.map((point, index) => {
          const box = place(point);
          return (
            <g key={`${point.A} ${point.fee}`} onClick={() => setAt(index)}>
              <rect {...box} class="cell" fill-opacity={0.06 + 0.54 * shade(point) ** 3} />
              {isRoomy && <text x={box.x + box.width / 2} y={box.y + ROW / 2 + 4} text-anchor="middle" class="in-cell">{format(point.requiredDiscount, "percent").replace("%", "")}</text>}
              {flat.includes(index) && <circle class="good" cx={box.x + box.width - 5} cy={box.y + 5} r={2} />}
            </g>
          );
        })}
        {marked.map(([point, runs]) => {
          const { x, y } = place(point);
          return <circle key={`${point.A} ${point.fee}`} class="random-cell" cx={x + 7} cy={y + ROW - 6} r={2 + runs / 2} />;
        })}
        {points[best] !== undefined && <rect class="best-cell" {...place(points[best])} />}
        <rect class="shown-cell" {...place(shown)} />
        {values.fee.map((fee, row) => <text key={fee} x={LEFT - 8} y={TOP + row * ROW + ROW / 2 + 4} text-anchor="end">{format(fee, "percent")}</text>)}
        {values.A.map((A, column) => (isRoomy || column % Math.ceil(38 / cell) === 0) && <text key={A} x={LEFT + (column + 0.5) * cell} y={height - 6} text-anchor="middle">{A}</text>)}
        <text x={0} y={height - 6}>A</text>
      </svg>
      <input type="range" min={0} max={points.length - 1} value={at} aria-label="Point of the map" aria-valuetext={says} onInput={(event) => setAt(Number(event.currentTarget.value))} />
      <p class="reads">{says}{at === best ? ", the best" : flat.includes(at) ? ", as good as the best" : ""}.</p>
      <Noise judgement={judgement} axes={["A", "fee"]} />
      <Fold title="Table of the map"><CurveTable judgement={judgement} axis="A" /></Fold>
    </figure>
  );
}

const ends = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
