import type { Term } from "../glossary";
import { NumberField } from "../number-field";
import { UNITS } from "../units";
import { useLoan } from "./context";
import { FIELDS, type FieldName } from "./form";

interface Props {
  name: FieldName;
  unit?: string;
  placeholder?: string;
  label?: string;
  spoken?: string;
  note?: string | undefined;
}

/** An input of the form. */
export function FormField({ name, unit, label, ...rest }: Props) {
  const { session, answer, change } = useLoan();
  const field: { label: string; kind: keyof typeof UNITS | "name"; term?: Term } = FIELDS[name];
  return (
    <NumberField
      {...rest}
      label={label ?? field.label}
      value={session.form[name]}
      onInput={(text) => change({ [name]: text })}
      unit={unit ?? (field.kind === "name" ? "" : UNITS[field.kind].shown)}
      term={field.term}
      reading={answer.readings.of(name)}
      error={answer.errors.get(name)}
      plain={field.kind === "name"}
    />
  );
}
