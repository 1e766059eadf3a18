// The price of one feed against the market, and how far every feed was from it.

import { useState } from "preact/hooks";
import type { Column } from "../../data-table";
import { Choice } from "../../field";
import { Fold } from "../../fold";
import { format } from "../../format";
import { Chart } from "../chart";
import { minute } from "../../dates";
import type { OraclesFound } from "../jobs";
import { LongTable } from "../../long-table";
import { rangeOf } from "../outline";

const says = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? "none" : format(value, "tokens"));
const apart = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? "none" : format(value, "measured"));
const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? undefined : value);

export function FeedCharts({ found }: { found: OraclesFound }) {
  const { times, reference, feeds, comparison } = found;
  const [chosen, setChosen] = useState(0);
  const [moved, setAt] = useState<number>();
  const index = Math.min(chosen, feeds.length - 1);
  const feed = feeds[index];
  const last = times.length - 1;
  const worstSecs = comparison.feeds[index]?.worstAtSecs ?? 0;
  const at = Math.min(moved ?? Math.max(0, times.indexOf(worstSecs)), last);
  if (feed === undefined) return null;
  const range = rangeOf([found.outline, feed.outline]);
  const read = `${minute(times[at] ?? 0)} UTC: market ${says(reference[at])}, feed ${says(feed.values[at])}, apart ${apart(feed.errors[at])}`;
  return (
    <figure class="growth desk-chart">
      <Choice label="Feed" value={`${index}`} onChange={(next) => setChosen(Number(next))}>
        {feeds.map(({ name }, key) => <option key={key} value={`${key}`}>{name}</option>)}
      </Choice>
      <figcaption><span class="key">feed</span> <span class="key second">market</span></figcaption>
      <Chart lines={[{ outline: found.outline, ink: "second" }, { outline: feed.outline, ink: "first" }]} height={200} range={range} at={at} says={says} />
      <p class="ends"><span>{minute(times[0] ?? 0)}</span><span>{minute(times[last] ?? 0)} UTC</span></p>
      <input type="range" min={0} max={last} value={at} aria-label="Minute of the charts" aria-valuetext={read} onInput={(event) => setAt(Number(event.currentTarget.value))} />
      <p class="reads">{read}.{moved === undefined && " This is where it was farthest away."}</p>
      <ErrorCharts found={found} at={at} />
      <PricesTable found={found} />
    </figure>
  );
}

/** The numbers behind both charts. */
export function PricesTable({ found: { times, reference, feeds } }: { found: OraclesFound }) {
  const columns: Column[] = [
    { title: "Time, UTC", name: "time_utc" }, { title: "Market", name: "market", as: "tokens" },
    ...feeds.map(({ name }) => ({ title: name, name, as: "tokens" as const })),
    ...feeds.map(({ name }) => ({ title: `${name}, less market`, name: `${name}, less market`, as: "measured" as const })),
  ];
  const row = (at: number) => [
    minute(times[at] ?? 0), known(reference[at]), ...feeds.map(({ values }) => known(values[at])), ...feeds.map(({ errors }) => known(errors[at])),
  ];
  return (
    <Fold title="Table of the prices">
      <LongTable caption="The market and the feeds at each moment" columns={columns} count={times.length} row={row} />
    </Fold>
  );
}

const ERROR_HEIGHT = 64;

/** All to one scale, so that they can be held against each other. */
export function ErrorCharts({ found: { feeds }, at }: { found: OraclesFound; at?: number }) {
  const [low, high] = rangeOf(feeds.map(({ errorOutline }) => errorOutline));
  return (
    <div class="errors">
      <p class="errors-title">Feed less market, all to one scale</p>
      {feeds.map(({ name, errorOutline }) => (
        <div class="error-chart" key={name}>
          <p class="note">{name}</p>
          <Chart lines={[{ outline: errorOutline, ink: "first" }]} height={ERROR_HEIGHT} range={[Math.min(low, 0), Math.max(high, 0)]} levels={[0]} at={at} says={apart} />
        </div>
      ))}
    </div>
  );
}
