// Value of the deposit over one year, simple and compounded. The arrow keys walk the days.

import { useState } from "preact/hooks";
import { DataTable } from "../data-table";
import type { ReturnRow } from "../engine";
import { Fold } from "../fold";
import { format } from "../format";

interface Props {
  simple: ReturnRow[];
  compounded?: ReturnRow[];
}

const WIDTH = 640;
const HEIGHT = 200;
const BASE = HEIGHT - 24;
const TOP = 8;

export function Growth({ simple, compounded }: Props) {
  const last = simple.length - 1;
  const [at, setAt] = useState(last);
  const shown = compounded ?? simple;
  const values = [...simple, ...shown].map(({ valueUsd }) => valueUsd);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (index: number) => (index / last) * WIDTH;
  const y = (value: number) => (high === low ? BASE : BASE - ((value - low) / (high - low)) * (BASE - TOP));
  const path = (rows: ReturnRow[]) => rows.map(({ valueUsd }, index) => `${x(index).toFixed(1)},${y(valueUsd).toFixed(1)}`).join(" ");
  const says = (index: number) => {
    const parts = [
      compounded?.[index] && `compounded ${format(compounded[index].valueUsd, "usd")} USD`,
      simple[index] && `simple ${format(simple[index].valueUsd, "usd")} USD`,
    ];
    return `Day ${simple[index]?.days}: ${parts.filter(Boolean).join(", ")}`;
  };
  const point = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(Math.max(0, Math.min(last, Math.round(((event.clientX - left) / width) * last))));
  };
  return (
    <figure class="growth">
      <figcaption>Value over one year{compounded && <> · <span class="key first">compounded</span> · <span class="key second">simple</span></>}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" onPointerMove={point} onPointerDown={point}>
        <line class="axis" x1="0" x2={WIDTH} y1={BASE} y2={BASE} />
        {[90, 180, 270].map((day) => <line key={day} class="tick" x1={x(day / 5)} x2={x(day / 5)} y1={TOP} y2={BASE} />)}
        {compounded && <polyline class="line second" points={path(simple)} />}
        <polyline class="line first" points={path(shown)} />
        <line class="cursor" x1={x(at)} x2={x(at)} y1={TOP} y2={BASE} />
      </svg>
      <p class="scale" aria-hidden="true"><span>today</span><span>90 d</span><span>180 d</span><span>270 d</span><span>1 year</span></p>
      <input
        type="range" min={0} max={last} value={at} aria-label="Day of the chart" aria-valuetext={says(at)}
        onInput={(event) => setAt(Number(event.currentTarget.value))}
      />
      <p class="reads">{says(at)}</p>
      <Fold title="Table of this chart">
        <DataTable
          caption="Value by day"
          columns={[
            { title: "Day", name: "day", as: "plain" }, { title: "Simple, USD", name: "simple_usd", as: "usd" },
            ...(compounded === undefined ? [] : [{ title: "Compounded, USD", name: "compounded_usd", as: "usd" as const }]),
          ]}
          rows={simple.map((row, index) => [row.days, row.valueUsd, ...(compounded === undefined ? [] : [compounded[index]?.valueUsd])])}
        />
      </Fold>
    </figure>
  );
}
