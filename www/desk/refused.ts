// How a refusal of the package becomes a sentence beside the field or the file that it is about.

import { LlamathError, unzip } from "llamath/risk/web";

export class Refused extends Error {
  constructor(readonly beside: string, says: string) {
    super(says);
  }
}

/** A file, read and decompressed. */
export interface Opened {
  beside: string;
  name: string;
  bytes: Uint8Array;
  text: Uint8Array;
}

export async function open(beside: string, file: File): Promise<Opened> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return { beside, name: file.name, bytes, text: await unzip(bytes) };
  } catch (thrown) {
    throw new Refused(beside, `The file could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

/** Calls; what is wrong with a row is said with its number below the header. `firstRow` is that of the file in what the call is given. */
export function saidOfFile<T>(file: Opened, call: () => T, firstRow = 0): T {
  try {
    return call();
  } catch (thrown) {
    if (!(thrown instanceof LlamathError)) throw thrown;
    const column = thrown.field?.split(".").at(-1);
    const said = /^\S+ \(entry \d+\) (.*)$/s.exec(thrown.message)?.[1];
    // What is wrong with the text as a whole says its own place.
    if (column === "text" || thrown.index === undefined || said === undefined) throw new Refused(file.beside, thrown.message);
    throw new Refused(file.beside, `Row ${thrown.index - firstRow + 1}, column ${column}: ${said}`);
  }
}

/** Calls; a refusal that a setting is to blame for is said beside it. */
export function saidOfSettings<T>(settings: Readonly<Record<string, string>>, call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    if (!(thrown instanceof LlamathError)) throw thrown;
    const beside = settings[thrown.field ?? ""];
    if (beside === undefined) throw thrown;
    const allowed = /^\S+ must be (.*); received .*\.$/s.exec(thrown.message)?.[1];
    throw new Refused(beside, allowed === undefined ? thrown.message : `This must be ${allowed}.`);
  }
}
