import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Props {
  title: string;
  /** The key figure, in sight while folded. */
  says?: ComponentChildren;
  /** Opens it when something inside needs attention; only the user closes it. */
  open?: boolean;
  children: ComponentChildren;
}

/** A part that is drawn only while it is open. */
export function Fold({ title, says, open = false, children }: Props) {
  const [shown, setShown] = useState(open);
  useEffect(() => { if (open) setShown(true); }, [open]);
  return (
    <details open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary><span class="fold-title">{title}</span>{says !== undefined && <span class="fold-says">{says}</span>}</summary>
      {shown && <div class="fold-body">{children}</div>}
    </details>
  );
}
