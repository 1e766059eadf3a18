import { NumberField } from "../number-field";
import { UNITS } from "../units";
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

/** A number among the settings. */
export function DeskField({ name, spec, typed, read, refused, onInput, note }: Props) {
  if (spec === undefined) return null;
  return (
    <NumberField
      label={spec.label} value={typed} onInput={onInput} unit={spec.unit ?? UNITS[spec.kind].shown} term={spec.term} note={note}
      reading={read.readings.get(name)} error={read.errors.get(name) ?? refused}
    />
  );
}
