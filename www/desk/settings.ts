// Settings as they are typed, what is read of them, and their link.

import type { Term } from "../glossary";
import { linkTo, notOneOf, readLink, tooLong, unknown } from "../link";
import { type FieldReading, type Kind, readField } from "../units";

export interface Spec {
  label: string;
  kind: Kind;
  /** Where it is another one than the kind's. */
  unit?: string;
  term?: Term;
  whole?: boolean;
}

export type Specs<S> = Partial<Record<keyof S & string, Spec>>;

export interface Read {
  readings: ReadonlyMap<string, FieldReading>;
  errors: ReadonlyMap<string, string>;
  /** NaN where there is an error. */
  number: (name: string) => number;
}

const LARGEST_WHOLE = 1e9;

/** Reads the fields that are `needed`. */
export function readSettings<S extends Record<string, string>>(settings: S, specs: Specs<S>, needed: readonly (keyof S & string)[]): Read {
  const readings = new Map<string, FieldReading>();
  const errors = new Map<string, string>();
  for (const name of needed) {
    const spec = specs[name];
    if (spec === undefined) continue;
    const reading = readField(settings[name] ?? "", spec.kind);
    readings.set(name, reading);
    if (reading.kind === "empty") errors.set(name, "This value is needed.");
    if (reading.kind === "ask") errors.set(name, "This can mean two numbers. Choose one:");
    if (reading.kind === "refused") errors.set(name, reading.says);
    if (reading.kind === "value" && spec.whole === true && !(Number.isInteger(reading.value) && reading.value >= 0 && reading.value <= LARGEST_WHOLE)) {
      errors.set(name, "This must be a whole number such as 7.");
    }
  }
  const number = (name: string) => {
    const reading = readings.get(name);
    return reading?.kind === "value" && !errors.has(name) ? reading.value : NaN;
  };
  return { readings, errors, number };
}

export const toFragment = <S extends Record<string, string>>(section: string, usual: S, settings: S): string => linkTo(section, usual, settings);

/** Undefined where the fragment is not of this section or names it alone. `choices` are the texts that a setting can be. */
export function fromFragment<S extends Record<string, string>>(
  section: string, usual: S, choices: Readonly<Record<string, readonly string[]>>, fragment: string,
): { settings: S } | { wrong: string } | undefined {
  if (!fragment.startsWith(`#${section}?`)) return undefined;
  const opened = readLink(section, fragment, (name, text) => {
    if (!Object.hasOwn(usual, name)) return unknown(name);
    const allowed = choices[name];
    return allowed === undefined ? tooLong(name, text) : notOneOf(allowed, name, text);
  });
  return "wrong" in opened ? opened : { settings: { ...usual, ...opened.given } };
}
