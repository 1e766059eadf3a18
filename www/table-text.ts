// A table as CSV (RFC 4180) and as JSON, with every digit.

/** A number whose exact digits go into the files, and stand by while it is read. */
export interface Exact {
  value: number;
  digits: string;
  says: string;
}

export type Cell = string | number | Exact | undefined;

export interface Columns {
  /** Machine names: the header of the CSV, the keys of the JSON. */
  names: readonly string[];
  rows: readonly (readonly Cell[])[];
}

export function toCsv({ names, rows }: Columns): string {
  return [names, ...rows].map((row) => `${row.map(quote).join(",")}\r\n`).join("");
}

export function toJson({ names, rows }: Columns): string {
  const objects = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, plain(row[at]) ?? null])));
  return `${JSON.stringify(objects, null, 2)}\n`;
}

function quote(cell: Cell): string {
  const text = String(plain(cell) ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function plain(cell: Cell): string | number | undefined {
  return typeof cell === "object" ? cell.digits : cell;
}
