// The texts of the form as the package takes them: exact integers, each beside what is wrong with it.

import { type FieldReading, readField } from "../units";
import { shift } from "../read-number";
import { FIELDS, type FieldName, type Form } from "./form";
import { decimal, LlamathError } from "./llamma";

export interface Readings {
  of: (name: FieldName) => FieldReading | undefined;
  errors: Map<FieldName, string>;
  /** Undefined where the field has no value; then its error is noted. */
  integer: (name: FieldName) => number | undefined;
  /** In units of 10^−decimals. */
  raw: (name: FieldName, decimals: number) => bigint | undefined;
}

const LONGEST_NAME = 20;

export function read(form: Form): Readings {
  const errors = new Map<FieldName, string>();
  const readings = new Map<FieldName, FieldReading>();
  for (const name of Object.keys(FIELDS) as FieldName[]) {
    const { kind } = FIELDS[name] as { kind: string };
    if (kind === "name") {
      if (form[name].length > LONGEST_NAME) errors.set(name, `A name has at most ${LONGEST_NAME} letters.`);
      continue;
    }
    const reading = readField(form[name], FIELDS[name].kind as "count");
    readings.set(name, reading);
    if (reading.kind === "refused") errors.set(name, reading.says);
    if (reading.kind === "ask") errors.set(name, `“${form[name].trim()}” can mean two numbers. Which one?`);
  }
  const shown = (name: FieldName): string | undefined => {
    const reading = readings.get(name);
    if (reading?.kind === "empty" && !errors.has(name)) errors.set(name, "The loan needs this value.");
    return reading?.kind === "value" ? reading.shown : undefined;
  };
  return {
    of: (name) => readings.get(name),
    errors,
    integer: (name) => {
      const text = shown(name);
      return text === undefined ? undefined : Number(text);
    },
    raw: (name, decimals) => {
      const text = shown(name);
      if (text === undefined) return undefined;
      try {
        return decimal.toRaw({ text: FIELDS[name].kind === "percent" ? shift(text, -2) : text, decimals });
      } catch (thrown) {
        if (!(thrown instanceof LlamathError)) throw thrown;
        errors.set(name, `${FIELDS[name].label} must be at least 0 and have at most ${decimals} digits after its point.`);
        return undefined;
      }
    },
  };
}
