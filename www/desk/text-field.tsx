import { Field } from "../field";

/** A name among the settings. */
export function TextField({ label, value, onInput, error }: { label: string; value: string; onInput: (text: string) => void; error?: string | undefined }) {
  return <Field label={label} value={value} onInput={onInput} error={error} plain />;
}
