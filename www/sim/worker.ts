// The worker of the section: holds the candles, and computes all that is slow. The sweep's own workers are its children.

import { exampleCsv } from "./example";
import type { Asked, Call, Calls, Judging, Opened, Progress, Refusal, Said, Series } from "./protocol";
import { readCandles } from "./read-candles";
import { check, type File as Candled, Study } from "./study";

let files: Candled[] = [];
let study: Study | undefined;
let judging: Judging | undefined;
const running = new Map<number, AbortController>();

type Does = { [C in Call]: (input: Calls[C]["input"], signal: AbortSignal, onProgress: (progress: Progress) => void) => Calls[C]["answer"] | Promise<Calls[C]["answer"]> };

const does: Does = {
  example: () => take([{ name: "Example", bytes: async () => new TextEncoder().encode(exampleCsv()) }]),
  open: (chosen) => take(chosen.map((file) => ({ name: file.name, bytes: async () => new Uint8Array(await file.arrayBuffer()) }))),
  fetch: ({ url, pages }, signal) => take([{ name: url, bytes: () => fetched(url, pages, signal) }]),
  check: (input) => check(input.setup, input.judging) as undefined,
  run: async (input, signal, onProgress) => {
    study = await Study.run(files, input.setup, input.judging, signal, onProgress);
    ({ judging } = input);
    return study.judge(judging);
  },
  random: async (input, signal, onProgress) => {
    await ran().addRandom(input.setup, input.judging, signal, onProgress);
    return ran().judge(input.judging);
  },
  judge: (input) => {
    const judgement = ran().judge(input);
    judging = input;
    return judgement;
  },
  replay: (event) => ran().replay(judging as Judging, event),
};

function ran(): Study {
  if (study === undefined) throw new Error("Nothing was simulated yet.");
  return study;
}

onmessage = async ({ data }: MessageEvent<Asked>) => {
  const { id } = data;
  if ("cancel" in data) {
    running.get(id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(id, controller);
  const say = (said: Said) => postMessage(said);
  try {
    const call = does[data.call] as (input: unknown, signal: AbortSignal, onProgress: (progress: Progress) => void) => unknown;
    say({ id, answer: await call(data.input, controller.signal, (progress) => say({ id, progress })) });
  } catch (thrown) {
    say(controller.signal.aborted ? { id, cancelled: true } : { id, refusal: refusalOf(thrown) });
  } finally {
    running.delete(id);
  }
};

function refusalOf(thrown: unknown): Refusal {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const { message, code, field, index } = thrown as Error & Refusal;
  return { message, ...(code === undefined ? {} : { code }), ...(field === undefined ? {} : { field }), ...(index === undefined ? {} : { index }) };
}

interface Source {
  name: string;
  bytes: () => Promise<Uint8Array>;
}

/** Opens what can be read; as long as that is nothing, the candles before stay. */
async function take(sources: readonly Source[]): Promise<Opened> {
  const opened: { candled: Candled; series: Series }[] = [];
  const failed: Opened["failed"] = [];
  for (const { name, bytes } of sources) {
    try {
      const raw = await bytes();
      const { candles, quality } = readCandles(await unzipped(raw));
      opened.push({ candled: { name, candles }, series: { name, rows: candles.timeSecs.length, quality, sha256: await sha256(raw) } });
    } catch (thrown) {
      const { message, index } = refusalOf(thrown);
      failed.push({ name, says: index === undefined ? message : `Row ${index + 1}: ${message}` });
    }
  }
  if (opened.length > 0) {
    files = opened.map(({ candled }) => candled);
    study = undefined;
  }
  return { series: opened.map(({ series }) => series), failed };
}

async function unzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return bytes;
  try {
    const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Error("The file begins as gzip, but cannot be unpacked: it may have been cut off. Fetch it again.");
  }
}

async function sha256(bytes: Uint8Array): Promise<string | undefined> {
  // Only on https and localhost.
  if (!isSecureContext) return undefined;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the endpoint answers; each page after the first begins after the last candle. */
async function fetched(address: string, pages: number, signal: AbortSignal): Promise<Uint8Array> {
  const url = new URL(address);
  const rows: string[] = [];
  for (let page = 0; page < pages; page += 1) {
    const response = await fetch(url, { signal, credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => {
      throw new Error("The endpoint could not be reached, or does not let pages of other sites read it.");
    });
    if (!response.ok) throw new Error(`The endpoint answered with status ${response.status}: ${(await response.text()).slice(0, 200)}`);
    if (pages === 1) return new Uint8Array(await response.arrayBuffer());
    const list: unknown = await response.json();
    if (!Array.isArray(list) || !list.every(Array.isArray)) throw new Error("The endpoint's answer is not a list of rows, so it cannot be followed page by page.");
    rows.push(...list.map((row) => JSON.stringify(row)));
    const last: unknown = list.at(-1)?.[0];
    if (typeof last !== "number") break;
    url.searchParams.set("startTime", String(last + 1));
  }
  return new TextEncoder().encode(`[${rows.join(",")}]`);
}
