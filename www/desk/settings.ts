// Settings as they are typed, what is read of them, and their link.

import type { Term } from "../glossary";
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

const VERSION = "1";
const LONGEST_TEXT = 100;

export function toFragment<S extends Record<string, string>>(section: string, usual: S, settings: S): string {
  const query = new URLSearchParams({ v: VERSION });
  for (const [name, text] of Object.entries(settings)) if (usual[name] !== text) query.set(name, text);
  return `#${section}?${query}`;
}

/** Undefined where the fragment is not of this section or names it alone. `choices` are the texts that a setting can be. */
export function fromFragment<S extends Record<string, string>>(
  section: string, usual: S, choices: Readonly<Record<string, readonly string[]>>, fragment: string,
): { settings: S } | { wrong: string } | undefined {
  const head = `#${section}?`;
  if (!fragment.startsWith(head)) return undefined;
  const query = fragment.slice(head.length);
  try {
    decodeURIComponent(query.replaceAll("+", " "));
  } catch {
    return { wrong: "a “%” in it is not followed by two hexadecimal digits. It may have been cut off." };
  }
  const given = new URLSearchParams(query);
  const version = given.get("v");
  if (version !== VERSION) {
    return { wrong: version === null ? "it does not say its version (“v=1”)." : `its version is “${version.slice(0, 20)}”; this page reads version ${VERSION}.` };
  }
  for (const [name, text] of given) {
    if (given.getAll(name).length > 1) return { wrong: `it names “${name.slice(0, 40)}” twice.` };
    if (name === "v") continue;
    if (!Object.hasOwn(usual, name)) return { wrong: `it names “${name.slice(0, 40)}”, which is no input of this page.` };
    const allowed = choices[name];
    if (allowed !== undefined && !allowed.includes(text)) return { wrong: `“${name}” is “${text.slice(0, 40)}”; it can be ${allowed.join(", ")}.` };
    if (text.length > LONGEST_TEXT) return { wrong: `“${name}” is longer than ${LONGEST_TEXT} characters.` };
  }
  given.delete("v");
  return { settings: { ...usual, ...Object.fromEntries(given) } };
}
