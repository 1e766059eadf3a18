// What a field holds: its unit, the ways people write it, and what becomes of the text.

import { readNumber, shift } from "./read-number";

export type Kind = "points" | "tokens" | "seconds" | "usd" | "percent" | "count" | "times";

interface Unit {
  /** Shown inside the field. */
  shown: string;
  /** Written forms and the power of ten that each stands for. */
  written: Record<string, number>;
  /** Any other word is taken for the token's own symbol. */
  symbols?: boolean;
  /** From the shown unit to the package's: percent to fraction. */
  toPackage: number;
}

const MAGNITUDES = { k: 3, K: 3, M: 6, B: 9, bn: 9 };

export const UNITS: Record<Kind, Unit> = {
  points: { shown: "points", written: { x: 0, points: 0, point: 0 }, toPackage: 0 },
  tokens: { shown: "tokens", written: { wei: -18, gwei: -9, ...MAGNITUDES }, symbols: true, toPackage: 0 },
  seconds: { shown: "s", written: { s: 0, sec: 0, secs: 0, second: 0, seconds: 0, ms: -3 }, toPackage: 0 },
  usd: { shown: "USD", written: { USD: 0, usd: 0, $: 0, ...MAGNITUDES }, toPackage: 0 },
  percent: { shown: "%", written: { "%": 0, percent: 0 }, toPackage: -2 },
  count: { shown: "", written: {}, toPackage: 0 },
  times: { shown: "×", written: { x: 0, "×": 0 }, toPackage: 0 },
};

export type FieldReading =
  | { kind: "empty" }
  /** `shown` is the plain number in the field's unit, `value` what the package takes. */
  | { kind: "value"; shown: string; value: number; unit: string }
  | { kind: "ask"; meanings: readonly [string, string] }
  | { kind: "refused"; says: string };

export function readField(typed: string, kind: Kind): FieldReading {
  const understood = readNumber(typed);
  if (understood.kind === "empty") return understood;
  if (understood.kind === "ambiguous") return { kind: "ask", meanings: understood.meanings };
  if (understood.kind === "unreadable") return { kind: "refused", says: understood.says };
  const { written, symbols = false, toPackage } = UNITS[kind];
  const places = understood.unit === "" ? 0 : written[understood.unit];
  if (places === undefined && !(symbols && !understood.unit.includes("%"))) {
    return { kind: "refused", says: `“${understood.unit}” is no unit of this field. ${allowed(kind)}` };
  }
  const shown = shift(understood.text, places ?? 0);
  const value = Number(shift(shown, toPackage));
  if (!Number.isFinite(value) || (value === 0 && /[1-9]/.test(shown))) {
    return { kind: "refused", says: "This is beyond the range of a 64-bit floating-point number." };
  }
  return { kind: "value", shown, value, unit: understood.unit };
}

/** One more or one less of the last digit, never below zero. */
export function stepped(plain: string, by: 1 | -1): string {
  const places = plain.split(".")[1]?.length ?? 0;
  const next = BigInt(plain.replace(".", "")) + BigInt(by);
  return next < 0n ? plain : shift(`${next}`, -places);
}

function allowed(kind: Kind): string {
  const forms = Object.keys(UNITS[kind].written).filter((form) => !(form in MAGNITUDES));
  return forms.length === 0 ? "Type the number alone." : `Type the number alone or with ${forms.join(", ")}.`;
}
