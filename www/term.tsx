import { useId, useState } from "preact/hooks";
import { GLOSSARY, type Term } from "./glossary";

/** A small “?” that opens one line of explanation beneath. */
export function useTerm(term: Term | undefined, about: string) {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (term === undefined) return { button: null, line: null };
  return {
    button: (
      <button
        type="button" class="term" aria-expanded={open} aria-controls={id} aria-label={`What is “${about}”?`}
        onClick={() => setOpen(!open)}
      >
        ?
      </button>
    ),
    line: <span class="term-line" id={id} hidden={!open}>{GLOSSARY[term]}</span>,
  };
}

/** A word of the field inside a heading or a sentence. */
export function Explained({ term, children }: { term: Term; children: string }) {
  const { button, line } = useTerm(term, children);
  return <>{children} {button}{line}</>;
}
