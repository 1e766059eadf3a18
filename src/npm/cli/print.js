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

/**
 * The same as JSON, which has no integers of 256 bits and no columns: they become texts of
 * digits, and lists in which none is null.
 */
export function printJson(value, code) {
  const plain = (_, part) => {
    if (typeof part === "bigint") return `${part}`;
    return part instanceof Float64Array ? Array.from(part, (row) => (Number.isNaN(row) ? null : row)) : part;
  };
  return print(JSON.stringify(value, plain, 2), code);
}

/** Columns of equal width; those named `left` begin at the left, numbers end at the right. */
export function table(rows, left = [0]) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const line = (row) =>
    row.map((cell, column) => (left.includes(column) ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]))).join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}

/** A UTC date. */
export const day = (secs) => new Date(1000 * secs).toISOString().slice(0, 10);
/** A UTC time to the minute. */
export const minute = (secs) => new Date(1000 * secs).toISOString().slice(0, 16).replace("T", " ");
