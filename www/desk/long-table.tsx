import { CopyButton } from "../copy-button";
import { type Column, DataTable } from "../data-table";
import { type Cell, toCsv } from "../table-text";

/** More rows at once would make the page stand still. */
const MOST_ROWS = 50;

interface Props {
  caption: string;
  columns: readonly Column[];
  count: number;
  row: (index: number) => readonly Cell[];
}

/** The first rows of a long table, and all of it as CSV. */
export function LongTable({ caption, columns, count, row }: Props) {
  const rows = (most: number) => Array.from({ length: Math.min(most, count) }, (_, index) => row(index));
  const all = () => toCsv({ names: columns.map(({ name }) => name), rows: rows(count) });
  return (
    <>
      {count > MOST_ROWS && <p class="actions"><span>The first {MOST_ROWS} of {count} rows.</span><CopyButton label="Copy all as CSV" text={all} /></p>}
      <DataTable caption={caption} columns={columns} rows={rows(MOST_ROWS)} />
    </>
  );
}
