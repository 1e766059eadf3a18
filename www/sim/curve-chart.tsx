// Loss and required discount over what was scanned, and the random method's runs beside them.

import { useState } from "preact/hooks";
import { type Column, DataTable } from "../data-table";
import { Fold } from "../fold";
import { format } from "../format";
import { Explained } from "../term";
import { useSim } from "./context";
import { AXIS_NAMES, AXIS_TITLES, pointSays, rangeSays, valueSays } from "./names";
import type { Axis, Judgement, Point, RandomRun } from "./protocol";
import { along, pointsOf, ticksOf } from "./scale";
import type { Result } from "./simulator";
import { useWidth } from "../width";

const HEIGHT = 276;
const TOP = 24;
const BASE = HEIGHT - 44;
const LEFT = 44;
/** Of the axis, in heights of the best point above the least: what lies higher says little. */
const CUT_AT = 2.2;

export function Curve() {
  const { result } = useSim();
  if (result === undefined || result.setup.scanned === "map") return null;
  return <Drawn result={result} axis={result.setup.scanned} />;
}

function Drawn({ result, axis }: { result: Result; axis: Axis }) {
  const { judgement } = result;
  const { points, best, random } = judgement;
  const [chosen, setAt] = useState<number>();
  const at = Math.min(chosen ?? best, points.length - 1);
  const shown = points[at];
  if (shown === undefined) return null;
  const says = `${pointSays(shown, axis)}: loss ${format(shown.loss, "percent")}, required discount ${format(shown.requiredDiscount, "percent")}`;
  return (
    <figure class="sim-chart">
      <figcaption>
        {judgement.objective === "requiredDiscount" && <><span class="key first">required discount</span> </>}<span class="key second">loss</span>
        {random.length > 0 && <> <span class="key thin">random runs</span></>}
      </figcaption>
      <Lines judgement={judgement} axis={axis} at={at} all={result.setup.values[axis]} />
      <input type="range" min={0} max={points.length - 1} value={at} aria-label="Point of the curve" aria-valuetext={says} onInput={(event) => setAt(Number(event.currentTarget.value))} />
      <p class="reads">{says}{judgement.flat.includes(at) && at !== best && ", as good as the best"}{at === best && ", the best"}.</p>
      <Noise judgement={judgement} axes={[axis]} />
      <Fold title="Table of the curve"><div class="in-lines"><CurveTable judgement={judgement} axis={axis} /></div></Fold>
    </figure>
  );
}

function Lines({ judgement: { points, best, flat, random, objective }, axis, at, all }: { judgement: Judgement; axis: Axis; at: number; all: readonly number[] }) {
  const { svg, width } = useWidth();
  const x = along(all, LEFT + 12, width - 12);
  const [bestPoint, shown] = [points[best], points[at]];
  if (bestPoint === undefined || shown === undefined) return null;
  const low = Math.min(0, ...points.map(({ loss }) => loss));
  // What the fee and the oracle are for is the loss; the width of the bands is the same at all their values.
  const valueOf = ({ loss, requiredDiscount }: Point) => (objective === "loss" ? loss : requiredDiscount);
  const good = valueOf(bestPoint);
  const high = Math.max(Math.min(Math.max(...points.map(valueOf)), CUT_AT * Math.abs(good)), low + 1e-6);
  const y = (value: number) => Math.max(TOP, BASE - ((value - low) / (high - low)) * (BASE - TOP));
  const line = (of: (point: Point) => number) => pointsOf(points.map((point) => [x(point[axis]), y(of(point))]));
  const ofRun = (run: RandomRun) => (objective === "loss" ? run.losses : run.requiredDiscounts);
  return (
    <svg ref={svg} height={HEIGHT} style={{ width: "100%" }} aria-hidden="true">
      {stretches(flat).map(([first, last]) => <rect key={first} class="flat" y={TOP} height={BASE - TOP} {...spanOf(points, axis, x, first, last)} />)}
      {ticksOf(low, high, 4).map((tick) => (
        <g key={tick}>
          <line class="axis" x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">{format(tick, "percent")}</text>
        </g>
      ))}
      <AxisLabels values={all} axis={axis} x={x} width={width} />
      {random.map((run) => <polyline key={run.seed} class="line random" points={pointsOf(points.map((point, place) => [x(point[axis]), y(ofRun(run)[place] ?? 0)]))} />)}
      {random.map((run) => { const point = points[run.best]; return point && <circle key={run.seed} class="random-best" cx={x(point[axis])} cy={y(ofRun(run)[run.best] ?? 0)} r={3} />; })}
      {objective === "requiredDiscount" && <polyline class="line first" points={line(({ requiredDiscount }) => requiredDiscount)} />}
      <polyline class="line second" points={line(({ loss }) => loss)} />
      <line class="cursor" x1={x(shown[axis])} x2={x(shown[axis])} y1={TOP} y2={BASE} />
      <circle class="best" cx={x(bestPoint[axis])} cy={y(good)} r={5} />
      <text class="best-says" x={x(bestPoint[axis])} y={TOP - 8} text-anchor={x(bestPoint[axis]) > width - 60 ? "end" : x(bestPoint[axis]) < LEFT + 60 ? "start" : "middle"}>best: {pointSays(bestPoint, axis)}</text>
    </svg>
  );
}

function AxisLabels({ values, axis, x, width }: { values: readonly number[]; axis: Axis; x: (value: number) => number; width: number }) {
  const labels: { value: number; place: number }[] = [];
  for (const value of [...values].reverse()) {
    const place = x(value);
    if ((labels.at(-1)?.place ?? Infinity) - place >= 40) labels.push({ value, place });
  }
  return (
    <>
      {labels.map(({ value, place }) => <text key={value} x={place} y={BASE + 18} text-anchor="middle">{axis === "time" ? format(value, "plain") : valueSays(value, axis)}</text>)}
      <text x={(LEFT + width) / 2} y={BASE + 38} text-anchor="middle">{AXIS_TITLES[axis]}</text>
    </>
  );
}

/** Neighbouring indices together. */
function stretches(indices: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const index of indices) {
    const last = found.at(-1);
    if (last !== undefined && index === last[1] + 1) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}

/** Half of the way to the neighbours on both sides. */
function spanOf(points: readonly Point[], axis: Axis, x: (value: number) => number, first: number, last: number) {
  const place = (at: number) => x(points[Math.max(0, Math.min(points.length - 1, at))]?.[axis] ?? 0);
  const [left, right] = [(place(first) + place(first - 1)) / 2 - 4, (place(last) + place(last + 1)) / 2 + 4];
  return { x: left, width: right - left };
}

/** What the published method would have said, on each axis. */
export function Noise({ judgement: { random, points, best }, axes }: { judgement: Judgement; axes: readonly Axis[] }) {
  const { running, result } = useSim();
  if (random.length === 0) return null;
  const says = (axis: Axis) => {
    const values = random.flatMap((run) => points[run.best]?.[axis] ?? []);
    const range = rangeSays(Math.min(...values), Math.max(...values), axis);
    const all = new Set(values).size === 1 ? `${range} in each` : `${values.map((value) => valueSays(value, axis)).join(", ")}, so anything from ${range}`;
    return `its best ${AXIS_NAMES[axis]} is ${all}; with every window it is ${valueSays(points[best]?.[axis] ?? NaN, axis)}.`;
  };
  return (
    <p class="note noise">
      <Explained term="randomMethod">The published random method</Explained>, {random.length} {random.length === 1 ? "run" : "runs"} of {format(result?.setup.random.windows ?? 0, "plain")} windows each: {axes.map(says).join(" And ")}
      {running !== undefined && " More are on their way."}
    </p>
  );
}

/** Of the axes that are not in every table. */
const COLUMNS: Partial<Record<Axis, Column>> = {
  time: { title: "Oracle time", name: "oracle_time_secs", as: "plain" }, dynamicFee: { title: "Dynamic fee", name: "dynamic_fee_multiplier", as: "plain" },
};

export function CurveTable({ judgement: { points, best, flat, random }, axis }: { judgement: Judgement; axis: Axis }) {
  const own = COLUMNS[axis];
  const word = (at: number) => (at === best ? "best" : flat.includes(at) ? "as good" : "");
  return (
    <DataTable
      caption="Loss and required discount"
      columns={[
        ...(own === undefined ? [] : [own]), { title: "A", name: "A", as: "plain" }, { title: "N", name: "bands", as: "plain" }, { title: "Fee", name: "fee_fraction", as: "percent" },
        { title: "Loss", name: "loss_fraction", as: "percent" }, { title: "Required discount", name: "required_discount_fraction", as: "percent" },
        { title: "Verdict", name: "verdict" },
        ...random.map(({ seed }) => ({ title: `Random ${seed}`, name: `random_${seed}_loss_fraction`, as: "percent" as const })),
      ]}
      rows={points.map(({ A, bands, fee, loss, requiredDiscount, ...others }, at) => [...(own === undefined ? [] : [axis === "time" ? others.time : others.dynamicFee]), A, bands, fee, loss, requiredDiscount, word(at), ...random.map(({ losses }) => losses[at])])}
    />
  );
}
