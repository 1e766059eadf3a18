import { Field } from "../field";
import { formatText } from "../format";
import type { Term } from "../glossary";
import { stepped, UNITS } from "../units";
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

/** An input of the form: what was typed, what was understood, what is wrong with it. */
export function FormField({ name, unit, placeholder, label, spoken, note }: Props) {
  const { session, answer, change } = useLoan();
  const field: { label: string; kind: keyof typeof UNITS | "name"; term?: Term } = FIELDS[name];
  const typed = session.form[name];
  const reading = answer.readings.of(name);
  const shownUnit = unit ?? (field.kind === "name" ? "" : UNITS[field.kind].shown);
  const understood = reading?.kind === "value" ? formatText(reading.shown) : undefined;
  const asTyped = understood === undefined || [understood, `${understood} ${shownUnit}`, `${understood}%`].includes(typed.trim());
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
      note={note}
      step={reading?.kind === "value" ? (by) => stepped(reading.shown, by) : undefined}
      placeholder={placeholder}
      spoken={spoken}
      plain={field.kind === "name"}
    />
  );
}
