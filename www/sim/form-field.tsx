import { Field } from "../field";
import { formatText } from "../format";
import type { Term } from "../glossary";
import { type Kind, stepped, UNITS } from "../units";
import { useSim } from "./context";
import { FIELDS, type FieldName, LISTS, type ListName } from "./form";

interface Props {
  name: FieldName;
  placeholder?: string;
}

/** An input of the form: what was typed, what was understood, what is wrong with it. */
export function FormField({ name, placeholder }: Props) {
  const { form, readings, errors, change } = useSim();
  const field: { label: string; kind: Kind; unit?: string; term?: Term } = FIELDS[name];
  const reading = readings.of(name);
  const unit = field.unit ?? UNITS[field.kind].shown;
  const understood = reading?.kind === "value" ? formatText(reading.shown) : undefined;
  const asTyped = understood === undefined || [understood, `${understood} ${unit}`, `${understood}%`, reading?.kind === "value" && reading.shown].includes(form[name].trim());
  return (
    <Field
      label={field.label} value={form[name]} onInput={(text) => change({ [name]: text })} unit={unit} term={field.term}
      echo={asTyped ? undefined : understood} error={errors.get(name)} question={readings.questions.get(name)}
      placeholder={placeholder}
      step={reading?.kind === "value" ? (by) => stepped(reading.shown, by) : undefined}
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
