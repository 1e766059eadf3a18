import type { Term } from "../glossary";
import { NumberField } from "../number-field";
import { UNITS } from "../units";
import { useSheet } from "./context";
import { FIELDS, type FieldName } from "./form";

interface Props {
  name: FieldName;
  unit?: string;
  placeholder?: string;
  label?: string;
  spoken?: string;
}

/** An input of the form. */
export function FormField({ name, unit, label, ...rest }: Props) {
  const { session, answer, change } = useSheet();
  const field: { label: string; kind: keyof typeof UNITS; term?: Term } = FIELDS[name];
  const origin = session.origins[name];
  return (
    <NumberField
      {...rest}
      label={label ?? field.label}
      value={session.form[name]}
      onInput={(text) => change({ [name]: text })}
      unit={unit ?? UNITS[field.kind].shown}
      term={field.term}
      reading={answer.readings.of(name)}
      error={answer.errors.get(name)}
      note={origin?.noted === true ? origin.says : undefined}
    />
  );
}
