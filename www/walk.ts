// Arrow keys among the figures of a table: one tab stop, every cell within reach.

const STEPS: Record<string, readonly [rows: number, cells: number]> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

export function walkTable(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const cell = (event.target as Element).closest("td, th");
  const row = cell?.closest("tr");
  if (step === undefined || cell === null || row === null || row === undefined) return;
  const [rows, cells] = step;
  const table = row.closest("table");
  const target = [...(table?.rows ?? [])][row.rowIndex + rows]?.cells[(cell as HTMLTableCellElement).cellIndex + cells];
  const figure = target?.querySelector<HTMLElement>("[data-walk]");
  if (figure === null || figure === undefined) return;
  event.preventDefault();
  figure.focus();
}
