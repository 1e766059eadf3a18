// A table as CSV (RFC 4180) and as JSON, with every digit.

export type Cell = string | number | undefined;

export interface Columns {
  /** Machine names: the header of the CSV, the keys of the JSON. */
  names: readonly string[];
  rows: readonly (readonly Cell[])[];
}

export function toCsv({ names, rows }: Columns): string {
  return [names, ...rows].map((row) => `${row.map(quote).join(",")}\r\n`).join("");
}

export function toJson({ names, rows }: Columns): string {
  const objects = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])));
  return `${JSON.stringify(objects, null, 2)}\n`;
}

function quote(cell: Cell): string {
  const text = cell === undefined ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
