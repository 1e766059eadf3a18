import { type Column, DataTable } from "../../data-table";
import { Fold } from "../../fold";
import { format } from "../../format";
import { FilesTable, noteworthy } from "../files-table";
import type { OraclesFound, Percentiles } from "../jobs";

const five = (unit: string): Column[] => [
  { title: "25%", name: `p25_${unit}`, as: "plain" }, { title: "50%", name: `p50_${unit}`, as: "plain" }, { title: "75%", name: `p75_${unit}`, as: "plain" },
  { title: "90%", name: `p90_${unit}`, as: "plain" }, { title: "most", name: `max_${unit}`, as: "plain" },
];
const COLUMNS: Column[] = [{ title: "Feed", name: "feed" }, { title: "of", name: "of" }, ...five("minutes")];
const GAPS: Column[] = [{ title: "Feed", name: "feed" }, ...five("secs")];
const list = ({ p25, p50, p75, p90, max }: Percentiles) => [p25, p50, p75, p90, max];

/** How long feeds stand still: of their runs, of the time, and between rounds. */
export function UpdateGaps({ found: { feeds, roundGaps } }: { found: OraclesFound }) {
  const rows = feeds.flatMap(({ name, perRun, timeWeighted }) => [[name, "its runs", ...list(perRun)], [name, "the time", ...list(timeWeighted)]]);
  return (
    <>
      <p class="note">“Of its runs”: half of the runs of equal values last at most the median. “Of the time”: at a moment taken at random, half the time the run is at most that long; each run counts by its length.</p>
      <DataTable caption="Minutes that a feed stands still" columns={COLUMNS} rows={rows} />
      {roundGaps && <DataTable caption="Seconds between rounds" columns={GAPS} rows={[["Chainlink", ...list(roundGaps)]]} />}
    </>
  );
}

export function StandsStill({ found }: { found: OraclesFound }) {
  const { precision, quality } = found;
  return (
    <>
      <Fold title="How often feeds change" says="of their runs, of the time, between rounds"><UpdateGaps found={found} /></Fold>
      <Fold title="Quality of the data" says={noteworthy(quality)}><FilesTable files={quality} /></Fold>
      {precision && <Fold title="What Uniswap's integers cost" says={`at most ${format(precision.total.largest, "percent")}`}><Precision found={found} /></Fold>}
    </>
  );
}

/** What the rounding of a pool's oracle costs; nothing without a pool. */
export function Precision({ found: { precision } }: { found: OraclesFound }) {
  if (precision === undefined) return null;
  return (
    <DataTable
      caption="Relative error of Uniswap's quote" columns={[{ title: "From", name: "from" }, { title: "Mean", name: "mean_fraction", as: "percent" }, { title: "Most", name: "largest_fraction", as: "percent" }]}
      rows={[["the whole tick", precision.tick.mean, precision.tick.largest], ["all of it", precision.total.mean, precision.total.largest]]}
    />
  );
}
