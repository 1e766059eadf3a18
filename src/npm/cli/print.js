// What all commands share: how they refuse and how they print.
import { decimal } from "../index.js";

/** Inputs that a command refuses, in a full sentence. */
export class BadInput extends Error {}

export const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A number for people: its first ten digits. */
export const short = (number) => `${Number(Number(number).toPrecision(10))}`;
export const percent = (fraction) => `${short(fraction * 100)} %`;

/** An integer of so many decimals in all its digits. */
export function exact(raw, decimals) {
  const text = decimal.fromRaw({ raw: raw < 0n ? -raw : raw, decimals });
  return raw < 0n ? `-${text}` : text;
}
/** A fraction of 18 decimals in percent. */
export const exactPercent = (raw) => `${exact(raw, 16)} %`;

/** Prints and gives the exit code. */
export function print(text, code = 0) {
  console.log(text);
  return code;
}

/** The same as JSON, which has no integers of 256 bits: they become texts of digits. */
export function printJson(value, code) {
  const digits = (_, part) => (typeof part === "bigint" ? `${part}` : part);
  return print(JSON.stringify(value, digits, 2), code);
}
