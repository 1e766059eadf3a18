// One labelled input with its unit inside and everything that is said about it beneath.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Term } from "./glossary";
import { useTerm } from "./term";

export interface FieldProps {
  label: string;
  value: string;
  onInput: (text: string) => void;
  unit?: string | undefined;
  term?: Term | undefined;
  /** What was understood, where it does not read as it was typed. */
  echo?: string | undefined;
  error?: string | undefined;
  note?: string | undefined;
  /** Two readings of the text to choose from. */
  question?: readonly [string, string] | undefined;
  placeholder?: string | undefined;
  /** Spoken instead of the label where that needs its surroundings. */
  spoken?: string | undefined;
  /** The text one step up or down; absent where there is no number to step from. */
  step?: ((by: 1 | -1) => string) | undefined;
  /** Not a number: the wide keyboard, no spelling help. */
  plain?: boolean;
}

export function Field(props: FieldProps) {
  const { label, value, onInput, unit, error, note, echo, question, step } = props;
  const id = useId();
  const { button, line } = useTerm(props.term, label);
  const said = { echo: `${id}-echo`, error: `${id}-error`, note: `${id}-note`, unit: `${id}-unit` };
  const describedBy = [
    unit && said.unit, echo && said.echo, error && said.error, note && said.note,
  ].filter(Boolean).join(" ");
  const stepByKey = (event: KeyboardEvent): void => {
    if (step === undefined || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onInput(step(event.key === "ArrowUp" ? 1 : -1));
  };
  return (
    <div class="field">
      <div class="label">
        <label for={id}>{label}</label>{button}
        {echo && <span class="echo" id={said.echo}><span class="spoken">Read as </span>{echo}<span class="spoken"> {unit}</span></span>}
      </div>
      {line}
      <div class={`box${error === undefined ? "" : " wrong"}`}>
        <input
          id={id} type="text" value={value} placeholder={props.placeholder ?? ""} autocomplete="off" spellcheck={false}
          inputMode={props.plain === true ? "text" : "decimal"} aria-label={props.spoken} aria-invalid={error !== undefined}
          aria-describedby={describedBy || undefined} onInput={(event) => onInput(event.currentTarget.value)} onKeyDown={stepByKey}
        />
        {step && (
          <span class="stepper" aria-hidden="true">
            <button type="button" tabIndex={-1} onClick={() => onInput(step(1))}>▴</button>
            <button type="button" tabIndex={-1} onClick={() => onInput(step(-1))}>▾</button>
          </span>
        )}
        {unit && <span class="unit" id={said.unit}>{unit}</span>}
      </div>
      {error && (
        <p class="error" id={said.error}>
          {error}
          {question?.map((meaning) => (
            <button type="button" class="quiet" key={meaning} onClick={() => onInput(meaning)}>{meaning}</button>
          ))}
        </p>
      )}
      {note && <p class="note" id={said.note}>{note}</p>}
    </div>
  );
}

interface SegmentsProps<K extends string> {
  label: string;
  options: Readonly<Record<K, string>>;
  value: K;
  onChange: (value: K) => void;
  /** The label is read out but not drawn. */
  hideLabel?: boolean;
}

/** Two or three ways, all in sight. */
export function Segments<K extends string>({ label, options, value, onChange, hideLabel = false }: SegmentsProps<K>) {
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class={hideLabel ? "spoken" : ""}>{label}</legend>
      <div>
        {(Object.entries(options) as [K, string][]).map(([key, text]) => (
          <label key={key} class={key === value ? "chosen" : ""}>
            <input type="radio" name={name} checked={key === value} onChange={() => onChange(key)} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ChoiceProps<K extends string> {
  label: string;
  value: K;
  onChange: (value: K) => void;
  error?: string | undefined;
  /** The options, in groups where that helps. */
  children: ComponentChildren;
}

/** One of many. */
export function Choice<K extends string>({ label, value, onChange, error, children }: ChoiceProps<K>) {
  const id = useId();
  const wrong = error !== undefined;
  return (
    <div class="field">
      <div class="label"><label for={id}>{label}</label></div>
      <div class={wrong ? "box wrong" : "box"}>
        <select
          id={id} value={value} aria-invalid={wrong} aria-describedby={wrong ? `${id}-error` : undefined}
          onChange={(event) => onChange(event.currentTarget.value as K)}
        >
          {children}
        </select>
      </div>
      {wrong && <p class="error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}
