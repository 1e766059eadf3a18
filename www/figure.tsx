// A number for reading that keeps its full value one hover, focus or copy away.

import { format, formatFull, type Style } from "./format";

interface Props {
  value: number;
  as: Style;
  /** Inside a table only one figure is a tab stop; the arrow keys reach the others. */
  tabStop?: boolean;
  class?: string;
  /** Where the value is known more exactly than a number can tell. */
  exact?: string | undefined;
  unit?: string | undefined;
}

export function Figure({ value, as, tabStop = true, class: extra = "", exact, unit }: Props) {
  const short = format(value, as);
  const full = exact ?? formatFull(value, as);
  return (
    <data class={`figure ${extra}`} value={String(value)} data-full={full} data-walk tabIndex={tabStop ? 0 : -1}>
      {short}{unit && ` ${unit}`}
    </data>
  );
}

/** Copying while a figure has the focus, or from within one, copies every digit of it. */
export function copyFullFigures(event: ClipboardEvent): void {
  const selection = document.getSelection();
  const within = (node: Node | null | undefined): HTMLElement | null | undefined =>
    (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>("[data-full]");
  const figure = selection === null || selection.isCollapsed ? within(document.activeElement) : within(selection.anchorNode);
  const whole = selection === null || selection.isCollapsed || within(selection.focusNode) === figure;
  if (figure === null || figure === undefined || !whole) return;
  event.clipboardData?.setData("text/plain", figure.dataset["full"] ?? "");
  event.preventDefault();
}
