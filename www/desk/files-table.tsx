import { type Column, DataTable } from "../data-table";
import type { FileQuality } from "./jobs";

const COLUMNS: Column[] = [
  { title: "File", name: "file" }, { title: "For", name: "role" }, { title: "Rows", name: "rows", as: "plain" },
  { title: "Usual step, s", name: "usual_gap_secs", as: "plain" }, { title: "Longest gap, s", name: "longest_gap_secs", as: "plain" },
  { title: "Doubled", name: "doubled", as: "plain" }, { title: "Left out", name: "left_out", as: "plain" }, { title: "Outliers", name: "outliers", as: "plain" },
  { title: "A value counts", name: "known" },
];

/** Each file of a series of prices, as it was read. */
export function FilesTable({ files }: { files: readonly FileQuality[] }) {
  const rows = files.map(({ file, role, rows: count, usualGapSecs, longestGapSecs, doubled, leftOut, outliers, known }) => [
    file, role, count, usualGapSecs, longestGapSecs, doubled, leftOut, outliers, known,
  ]);
  return <div class="wrapping"><DataTable caption="The files as they were read" columns={COLUMNS} rows={rows} /></div>;
}

export function noteworthy(files: readonly FileQuality[]): string {
  const count = files.reduce((sum, { doubled, leftOut = 0, outliers = 0 }) => sum + doubled + leftOut + outliers, 0);
  return count === 0 ? "nothing to note" : `${count} to note`;
}
