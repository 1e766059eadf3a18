// Daily totals, their average, its least value and the ceiling.

import { useMemo, useState } from "preact/hooks";
import type { Column } from "../../data-table";
import { Fold } from "../../fold";
import { format } from "../../format";
import { Chart } from "../chart";
import { day } from "../../dates";
import type { CeilingAsked, CeilingFound } from "../jobs";
import { LongTable } from "../../long-table";
import { outlineOf, rangeOf } from "../outline";

export function CeilingChart({ found: { daily, chosen }, asked, still = false }: { found: CeilingFound; asked: CeilingAsked; still?: boolean }) {
  const [moved, setAt] = useState<number>();
  const last = daily.times.length - 1;
  const at = Math.min(moved ?? chosen.minimumRow, last);
  const unit = asked.priceUsd === undefined ? "USD" : "tokens";
  const [totals, average] = useMemo(() => [outlineOf(daily.totals), outlineOf(chosen.ema)] as const, [daily, chosen]);
  const [, high] = rangeOf([totals, average]);
  const amount = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? "none" : `${format(value, "plain")} ${unit}`);
  const says = `${day(daily.times[at] ?? 0)}: total ${amount(daily.totals[at])}, average ${amount(chosen.ema[at])}`;
  const columns: Column[] = [
    { title: "Day", name: "date" }, { title: `Total, ${unit}`, name: `total_${unit.toLowerCase()}`, as: "plain" },
    { title: `Average, ${unit}`, name: `average_${unit.toLowerCase()}`, as: "plain" },
  ];
  const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? undefined : value);
  return (
    <figure class="growth desk-chart">
      <figcaption>
        <span class="key">average</span> <span class="key second">daily total</span> <span class="key level-key">ceiling</span> <span class="mark-key">least average</span>
      </figcaption>
      <Chart
        lines={[{ outline: totals, ink: "second" }, { outline: average, ink: "first" }]} height={220} range={[0, high]} levels={[chosen.ceiling]}
        mark={{ at: chosen.minimumRow, value: chosen.minimum }} at={still ? undefined : at} says={(value) => format(value, "plain")}
      />
      <p class="ends"><span>{day(daily.times[0] ?? 0)}</span><span>{day(daily.times[last] ?? 0)}</span></p>
      {!still && (
        <>
          <input type="range" min={0} max={last} value={at} aria-label="Day of the chart" aria-valuetext={says} onInput={(event) => setAt(Number(event.currentTarget.value))} />
          <p class="reads">{says}.</p>
        </>
      )}
      <Fold title="Table of the days">
        <LongTable caption="Liquidity and its average" columns={columns} count={last + 1} row={(row) => [day(daily.times[row] ?? 0), known(daily.totals[row]), known(chosen.ema[row])]} />
      </Fold>
    </figure>
  );
}
