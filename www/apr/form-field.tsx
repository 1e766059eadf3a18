import { Field } from "../field";
import { formatText } from "../format";
import type { Term } from "../glossary";
import { stepped, UNITS } from "../units";
import { useSheet } from "./context";
import { FIELDS, type FieldName } from "./form";

interface Props {
  name: FieldName;
  unit?: string;
  placeholder?: string;
  label?: string;
  spoken?: string;
}

/** An input of the form: what was typed, what was understood, what is wrong with it. */
export function FormField({ name, unit, placeholder, label, spoken }: Props) {
  const { session, answer, change } = useSheet();
  const field: { label: string; kind: keyof typeof UNITS; term?: Term } = FIELDS[name];
  const typed = session.form[name];
  const reading = answer.readings.of(name);
  const shownUnit = unit ?? UNITS[field.kind].shown;
  const origin = session.origins[name];
  const understood = reading?.kind === "value" ? formatText(reading.shown) : undefined;
  const unitText = shownUnit === "%" ? "%" : ` ${shownUnit}`;
  const asTyped = understood === undefined || [understood, understood + unitText].includes(typed.trim());
  return (
    <Field
      label={label ?? field.label}
      value={typed}
      onInput={(text) => change({ [name]: text })}
      unit={shownUnit}
      term={field.term}
      echo={asTyped ? undefined : understood}
      error={answer.errors.get(name)}
      question={answer.readings.questions.get(name)}
      note={origin?.noted === true ? origin.says : undefined}
      step={reading?.kind === "value" ? (by) => stepped(reading.shown, by) : undefined}
      placeholder={placeholder}
      spoken={spoken}
    />
  );
}
