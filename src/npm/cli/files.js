// Files that a command is given: read, decompressed, and named when something in them is wrong.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { LlamathError } from "../index.js";
import { BadInput } from "./print.js";

/** A file: what it is called on the command line, its name, its bytes and its text. */
export async function open(label, path, unzip) {
  try {
    const bytes = readFileSync(path);
    return { label: `${label}${path}`, name: basename(path), bytes, text: await unzip(bytes) };
  } catch (error) {
    throw new BadInput(`${label}${path} must be a file that can be read: ${error.message}`);
  }
}

/**
 * Calls; a refusal that names a row or a column is said of the file, whose rows count from 1
 * below the header. `firstRow` is that of the file in what the call is given.
 */
export function saidOfFile(file, call, firstRow = 0) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof LlamathError)) throw error;
    const column = error.field?.split(".").at(-1);
    // What is wrong with the text as a whole has its place in bytes or rows, as it says.
    if (column === "text" || error.index === undefined) throw new BadInput(`${file.label}: ${error.message}`);
    const [, said] = error.message.match(/^\S+ \(entry \d+\) (.*)$/s);
    throw new BadInput(`${file.label}, row ${error.index - firstRow + 1}, column ${column}: ${said}`);
  }
}

/** The candles of a file, and what is wrong with them. */
export function candlesOf(file, sim) {
  try {
    return sim.readCandles({ text: file.text });
  } catch (error) {
    if (!(error instanceof LlamathError)) throw error;
    const [, allowed] = error.message.match(/must be (.*?)(?:; received .*)?\.$/s) ?? [];
    if (allowed === undefined) throw new BadInput(`${file.label}: ${error.message}`);
    // Here a text has its place in rows.
    const row = error.index === undefined ? "" : `, row ${error.index + 1}`;
    throw new BadInput(`${file.label}${row}: this must be ${allowed}.`);
  }
}
