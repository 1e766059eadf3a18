// A field for a number: what was typed, and how it was read where that looks otherwise.

import { Field, type FieldProps } from "./field";
import { formatText } from "./format";
import { type FieldReading, stepped } from "./units";

interface Props extends Omit<FieldProps, "echo" | "question" | "step"> {
  /** Absent where the text is not read as a number. */
  reading: FieldReading | undefined;
}

export function NumberField({ reading, ...field }: Props) {
  const shown = reading?.kind === "value" ? reading.shown : undefined;
  const understood = shown === undefined ? undefined : formatText(shown);
  const asTyped = understood === undefined || [shown, understood, `${understood} ${field.unit}`, `${understood}%`].includes(field.value.trim());
  return (
    <Field
      {...field}
      echo={asTyped ? undefined : understood}
      question={reading?.kind === "ask" ? reading.meanings : undefined}
      step={shown === undefined ? undefined : (by) => stepped(shown, by)}
    />
  );
}
