import { useEffect, useState } from "preact/hooks";

interface Props {
  label: string;
  /** Made at the moment of the press. */
  text: () => string;
}

const SAID_FOR_MS = 2_000;

/** Copies a text; where the browser does not allow that, shows it for copying by hand. */
export function CopyButton({ label, text }: Props) {
  const [state, setState] = useState<"idle" | "copied" | { byHand: string }>("idle");
  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy(): Promise<void> {
    const copied = text();
    try {
      await navigator.clipboard.writeText(copied);
      setState("copied");
    } catch {
      setState({ byHand: copied });
    }
  }

  return (
    <span class="copy">
      <button type="button" class="quiet" onClick={copy}>{label}</button>
      <span class="said" role="status">{state === "copied" ? " ✓ copied" : ""}</span>
      {typeof state === "object" && (
        <label class="by-hand">
          The browser does not allow copying here. Select and copy:
          <textarea readOnly rows={3} value={state.byHand} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </span>
  );
}
