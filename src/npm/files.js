// Files on their way in: what is compressed is decompressed here, by the platform.
import { LlamathError, mustBe } from "./error.js";

/** As much as a function takes of a file. */
const MAX_BYTES = 200_000_000;

const refuse = (expected, received) => {
  throw mustBe(["file"], undefined, expected, received);
};

/** The bytes of a file, decompressed if gzip compressed them. */
export async function unzip(file) {
  const bytes = await bytesOf(file);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? gunzip(bytes, file) : bytes;
}

async function bytesOf(file) {
  if (file instanceof Uint8Array) return file;
  if (file instanceof ArrayBuffer) return new Uint8Array(file);
  if (typeof file?.arrayBuffer !== "function") refuse("bytes or something like a Blob", file);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    return unreadable("a file that can be read", cause);
  }
}

async function gunzip(bytes, file) {
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  // What goes wrong here also goes wrong at the reading end, which says it.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const reader = stream.readable.getReader();
  const parts = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
      if (length > MAX_BYTES) {
        await reader.cancel();
        refuse("at most 200000000 bytes when decompressed", file);
      }
    }
  } catch (cause) {
    if (cause instanceof LlamathError) throw cause;
    unreadable("gzip without damage", cause);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function unreadable(expected, cause) {
  const message = `file must be ${expected}: ${cause?.message ?? cause}.`;
  throw new LlamathError({ code: "invalid", field: "file", message }, { cause });
}
