import { useState } from "preact/hooks";
import { CopyButton } from "./copy-button";
import { type Column, DataTable } from "./data-table";
import { type Cell, toCsv } from "./table-text";
import { download } from "./download";

/** More rows at once would make the page stand still. */
const MOST_ROWS = 50;
/** As many as are worth copying. */
const MOST_COPIED = 2_000;

interface Props {
  caption: string;
  columns: readonly Column[];
  count: number;
  row: (index: number) => readonly Cell[];
  /** What stands where a cell has no number. */
  lacking?: string;
}

/** The first rows of a long table, and all of it as CSV. */
export function LongTable({ caption, columns, count, row, lacking }: Props) {
  const names = columns.map(({ name }) => name);
  const rows = (from: number, to: number) => Array.from({ length: Math.min(to, count) - from }, (_, index) => row(from + index));
  const shown = rows(0, MOST_ROWS);
  return (
    <div class="in-lines">
      {count > MOST_ROWS && (
        <p class="actions">
          <span>The first {MOST_ROWS} of {count.toLocaleString("en")} rows.</span>
          {count <= MOST_COPIED
            ? <CopyButton label="Copy all as CSV" text={() => toCsv({ names, rows: rows(0, count) })} />
            : <Download name={`${caption}.csv`} count={count} names={names} rows={rows} />}
        </p>
      )}
      <DataTable caption={caption} columns={columns} rows={shown} lacking={shown.map(() => lacking)} />
    </div>
  );
}

interface DownloadProps {
  name: string;
  count: number;
  names: readonly string[];
  rows: (from: number, to: number) => (readonly Cell[])[];
}

const AT_ONCE = 1_000;

/** Written a few rows at a time, so that the page goes on. */
function Download({ name, count, names, rows }: DownloadProps) {
  const [done, setDone] = useState<number>();
  const save = async () => {
    const parts = [toCsv({ names, rows: [] })];
    for (let from = 0; from < count; from += AT_ONCE) {
      setDone(from);
      await new Promise((resolve) => { setTimeout(resolve); });
      parts.push(toCsv({ names: [], rows: rows(from, from + AT_ONCE) }).replace("\r\n", ""));
    }
    setDone(undefined);
    download(name, parts);
  };
  return (
    <button type="button" class="quiet" disabled={done !== undefined} onClick={() => void save()}>
      {done === undefined ? "Download all as CSV" : `Writing: ${Math.floor((100 * done) / count)}%`}
    </button>
  );
}
