import { Field } from "../field";
import { formatText } from "../format";
import { stepped, UNITS } from "../units";
import type { Read, Spec } from "./settings";

interface Props {
  name: string;
  spec: Spec | undefined;
  typed: string;
  read: Read;
  /** What the package says against it. */
  refused?: string | undefined;
  onInput: (text: string) => void;
  note?: string | undefined;
}

/** A number among the settings: what was typed, what was understood, what is wrong with it. */
export function DeskField({ name, spec, typed, read, refused, onInput, note }: Props) {
  if (spec === undefined) return null;
  const reading = read.readings.get(name);
  const unit = spec.unit ?? UNITS[spec.kind].shown;
  const understood = reading?.kind === "value" ? formatText(reading.shown) : undefined;
  const asTyped = understood === undefined || [understood, `${understood} ${unit}`, `${understood}%`, reading?.kind === "value" ? reading.shown : ""].includes(typed.trim());
  return (
    <Field
      label={spec.label} value={typed} onInput={onInput} unit={unit} term={spec.term} note={note}
      echo={asTyped ? undefined : understood} error={read.errors.get(name) ?? refused}
      question={reading?.kind === "ask" ? reading.meanings : undefined}
      step={reading?.kind === "value" ? (by) => stepped(reading.shown, by) : undefined}
    />
  );
}
