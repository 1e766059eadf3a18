import type { ComponentChildren } from "preact";
import { CopyButton } from "./copy-button";
import { Figure } from "./figure";
import type { Style } from "./format";
import { type Cell, toCsv, toJson } from "./table-text";
import { walkTable } from "./walk";

export interface Column {
  /** For people. */
  title: ComponentChildren;
  /** For machines: CSV header and JSON key, unit included. */
  name: string;
  as?: Style;
}

interface Props {
  caption: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  /** What stands where a cell has no number. */
  lacking?: readonly (string | undefined)[];
}

/** A table whose first column names the row, with its CSV and JSON. */
export function DataTable({ caption, columns, rows, lacking = [] }: Props) {
  const text = { names: columns.map(({ name }) => name), rows };
  return (
    <div class="data-table">
      <div class="wide">
        <table onKeyDown={walkTable}>
          <caption>{caption}</caption>
          <thead>
            <tr>{columns.map(({ title, name, as }) => <th key={name} scope="col" class={as && "number"}>{title}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {columns.map(({ name, as }, column) => {
                  const shown = content(row[column], as, at === 0 && isFirstFigure(columns, column), lacking[at]);
                  return column === 0
                    ? <th key={name} scope="row" class={as && "number"}>{shown}</th>
                    : <td key={name} class={as && "number"}>{shown}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="actions">
        <CopyButton label="Copy CSV" text={() => toCsv(text)} />
        <CopyButton label="Copy JSON" text={() => toJson(text)} />
      </p>
    </div>
  );
}

function isFirstFigure(columns: readonly Column[], column: number): boolean {
  return columns.findIndex(({ as }) => as !== undefined) === column;
}

function content(cell: Cell, as: Style | undefined, tabStop: boolean, lacking: string | undefined) {
  if (typeof cell === "number" && as !== undefined) return <Figure value={cell} as={as} tabStop={tabStop} />;
  if (typeof cell === "object") return <Figure value={cell.value} as={as ?? "plain"} exact={cell.says} tabStop={tabStop} />;
  return cell ?? lacking ?? "–";
}
