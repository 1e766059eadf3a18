// A table that may be long: its first rows are drawn, all of them can be copied.

import { CopyButton } from "../copy-button";
import { type Column, DataTable } from "../data-table";
import { format } from "../format";
import { type Columns, toCsv } from "../table-text";

interface Props {
  caption: string;
  columns: readonly Column[];
  rows: Columns["rows"];
  /** What stands where a cell has no number. */
  lacking?: string;
}

/** More at once would make the page stand still. */
const MOST_ROWS = 40;

export function LongTable({ caption, columns, rows, lacking }: Props) {
  const shown = rows.slice(0, MOST_ROWS);
  const all = () => toCsv({ names: columns.map(({ name }) => name), rows });
  return (
    <div class="in-lines">
      {rows.length > MOST_ROWS && <p class="actions"><span>The first {MOST_ROWS} of {format(rows.length, "plain")}.</span><CopyButton label="Copy all as CSV" text={all} /></p>}
      <DataTable caption={caption} columns={columns} rows={shown} lacking={shown.map(() => lacking)} />
    </div>
  );
}
