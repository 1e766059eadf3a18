import { type Column, DataTable } from "../../data-table";
import { Fold } from "../../fold";
import { format } from "../../format";
import { day } from "../../dates";
import type { CeilingFound } from "../jobs";

const COLUMNS: Column[] = [
  { title: "What", name: "what" }, { title: "Pool", name: "pool" }, { title: "From", name: "from" },
  { title: "Days", name: "days", as: "plain" }, { title: "Times the day before", name: "factor", as: "factor" },
];

const FILES: Column[] = [
  { title: "File", name: "file" }, { title: "Rows", name: "rows", as: "plain" }, { title: "Invalid", name: "invalid", as: "plain" },
  { title: "Doubled", name: "doubled", as: "plain" }, { title: "Out of order", name: "out_of_order", as: "plain" },
  { title: "Days missing", name: "missing_days", as: "plain" }, { title: "Outliers", name: "outliers", as: "plain" },
];

/** What there is to say of the data. */
export function QualityReport({ found }: { found: CeilingFound }) {
  const notable = findingsIn(found).length + found.quality.duplicates.length;
  return <Fold title="Quality of the data" says={notable === 0 ? "nothing to note" : `${notable} to note`}><QualityTable found={found} /></Fold>;
}

export function QualityTable({ found }: { found: CeilingFound }) {
  const { quality, daily, files } = found;
  const findings = findingsIn(found);
  const counts: readonly [string, number][] = [
    ["rows", quality.rows], ["days", daily.times.length], ["rows invalid", quality.invalid.length], ["rows doubled, of which the last counts", quality.duplicates.length],
    ["rows out of order", quality.disorder.length], ["figures carried forward", daily.carried], ["days without a total", daily.missing],
  ];
  return (
    <>
      <p class="note">{counts.map(([what, count]) => `${format(count, "plain")} ${what}`).join("; ")}.</p>
      {files.length > 1 && (
        <div class="wrapping">
          <DataTable
            caption="Each file" columns={FILES}
            rows={files.map(({ file, rows, invalid, doubled, disordered, missingDays, outliers }) => [file, rows, invalid, doubled, disordered, missingDays, outliers])}
          />
        </div>
      )}
      {findings.length > 0 && <DataTable caption="Gaps, and days that leap by more than three times and come back" columns={COLUMNS} rows={findings} />}
    </>
  );
}

function findingsIn({ quality: { gaps, outliers }, names }: CeilingFound) {
  return [
    ...gaps.map(({ pool, fromSecs, days }) => ["missing", names[pool] || "the only pool", day(fromSecs), days, undefined]),
    ...outliers.map(({ pool, fromSecs, days, factor }) => ["outlier", names[pool] || "the only pool", day(fromSecs), days, factor]),
  ];
}
