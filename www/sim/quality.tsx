// What there is to say of the candles before anything is made of them.

import { type Column, DataTable } from "../data-table";
import { Fold } from "../fold";
import { format, formatSpan } from "../format";
import type { Columns } from "../table-text";
import { useSim } from "./context";
import { minute } from "../dates";
import { LongTable } from "../long-table";
import type { Series } from "./protocol";
import type { LeftOutReason } from "llamath/risk";

const REASONS: Record<LeftOutReason, string> = {
  fields: "too few fields", number: "a field is no number", price: "a price is not above 0", range: "high or low is not the highest or lowest",
  unit: "time in another unit than the first row", order: "before the row before it",
};
const FORMATS = { json: "JSON", csv: "CSV", csvWithHeader: "CSV with a header" } as const;

export function Quality() {
  const { series } = useSim();
  if (series === undefined) return null;
  return (
    <Fold title="Quality of the candles" says={verdict(series)}>
      {series.length === 1
        ? series.map((one) => <OfFile key={one.name} series={one} />)
        : series.map((one) => <Fold key={one.name} title={one.name} says={verdict([one])}><OfFile series={one} /></Fold>)}
    </Fold>
  );
}

function verdict(series: readonly Series[]): string {
  const count = (of: (one: Series) => number, one: string, many: string) => {
    const sum = series.reduce((all, next) => all + of(next), 0);
    return sum === 0 ? [] : [`${format(sum, "plain")} ${sum === 1 ? one : many}`];
  };
  const found = [
    ...count(({ quality }) => quality.leftOut.length, "row left out", "rows left out"),
    ...count(({ quality }) => quality.gaps.length, "gap", "gaps"),
    ...count(({ quality }) => quality.duplicates.length, "duplicate", "duplicates"),
    ...count(({ quality }) => quality.outliers.length, "outlier", "outliers"),
  ];
  return found.length === 0 ? "nothing missing, nothing strange" : found.join(", ");
}

function OfFile({ series: { name, rows, quality, sha256 } }: { series: Series }) {
  const { gaps, leftOut, duplicates, outliers } = quality;
  const longest = gaps.reduce((most, { lengthSecs }) => Math.max(most, lengthSecs), 0);
  const backwards = leftOut.filter(({ reason }) => reason === "order").length;
  return (
    <div class="quality">
      <DataTable
        caption={name} columns={[{ title: "What", name: "what" }, { title: "Found", name: "found" }]}
        rows={[
          ["Written as", `${FORMATS[quality.format]}, times in ${quality.unit}`],
          ["Rows", `${format(quality.rows, "plain")}, of which ${format(rows, "plain")} are candles`],
          ["Span, UTC", `${minute(quality.firstSecs)} to ${minute(quality.lastSecs)}: ${formatSpan(quality.lastSecs - quality.firstSecs)}`],
          ["Step", formatSpan(quality.stepSecs)],
          ["Gaps", gaps.length === 0 ? "none" : `${gaps.length}, the longest ${formatSpan(longest)}`],
          ["Order", backwards === 0 ? "rising throughout" : `${backwards} ${backwards === 1 ? "row goes" : "rows go"} back in time`],
          ["Duplicates", duplicates.length === 0 ? "none" : `${duplicates.length} at the time of the row before; kept`],
          ["Outliers", outliers.length === 0 ? "none" : `${outliers.length} more than 10% away from their neighbours; kept`],
          ["Rows left out", leftOut.length === 0 ? "none" : `${leftOut.length}`],
          ["SHA-256 of the bytes", sha256],
        ]}
      />
      {leftOut.length > 0 && <Listed title="Rows left out" caption={`Rows left out of ${name}`} columns={[{ title: "Row", name: "row" }, { title: "Reason", name: "reason" }]} rows={leftOut.map(({ row, reason }) => [`${row}`, REASONS[reason]])} />}
      {gaps.length > 0 && (
        <Listed
          title="Gaps" caption={`Gaps in ${name}`} columns={[{ title: "After, UTC", name: "after" }, { title: "To the next candle", name: "length" }, { title: "Seconds", name: "length_secs", as: "plain" }]}
          rows={gaps.map(({ fromSecs, lengthSecs }) => [minute(fromSecs), formatSpan(lengthSecs), lengthSecs])}
        />
      )}
      {duplicates.length > 0 && <Listed title="Duplicates" caption={`Duplicates in ${name}`} columns={[{ title: "Row", name: "row" }]} rows={duplicates.map((row) => [`${row}`])} />}
      {outliers.length > 0 && (
        <Listed
          title="Outliers" caption={`Outliers in ${name}`} columns={[{ title: "Candle", name: "candle" }, { title: "Times its neighbour", name: "ratio", as: "factor" }]}
          rows={outliers.map(({ index, ratio }) => [`${index + 1}`, ratio])}
        />
      )}
    </div>
  );
}

function Listed({ title, caption, columns, rows }: { title: string; caption: string; columns: readonly Column[]; rows: Columns["rows"] }) {
  return <Fold title={title} says={format(rows.length, "plain")}><LongTable caption={caption} columns={columns} count={rows.length} row={(at) => rows[at] ?? []} /></Fold>;
}
