import { Field } from "../field";
import type { Term } from "../glossary";
import { NumberField } from "../number-field";
import { type Kind, UNITS } from "../units";
import { useSim } from "./context";
import { FIELDS, type FieldName, LISTS, type ListName } from "./form";

interface Props {
  name: FieldName;
  placeholder?: string;
}

/** An input of the form. */
export function FormField({ name, placeholder }: Props) {
  const { form, readings, errors, change } = useSim();
  const field: { label: string; kind: Kind; unit?: string; term?: Term } = FIELDS[name];
  return (
    <NumberField
      label={field.label} value={form[name]} onInput={(text) => change({ [name]: text })} unit={field.unit ?? UNITS[field.kind].shown} term={field.term}
      reading={readings.of(name)} error={errors.get(name)} placeholder={placeholder}
    />
  );
}

/** A list of values to scan. */
export function ListField({ name }: { name: ListName }) {
  const { form, errors, change } = useSim();
  const { label, kind } = LISTS[name];
  return (
    <Field
      label={label} value={form[name]} onInput={(text) => change({ [name]: text })} unit={UNITS[kind].shown} error={errors.get(name)}
      plain placeholder="one or more values, a space between two"
    />
  );
}
