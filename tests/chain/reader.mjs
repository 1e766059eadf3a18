// The page's chain reader, compiled for Node on the fly.
import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export async function loadReader() {
  const folder = await mkdtemp(join(tmpdir(), "llamath-chain-"));
  const outfile = join(folder, "chain.mjs");
  try {
    await build({ entryPoints: [fileURLToPath(new URL("../../www/chain/index.ts", import.meta.url))], outfile, bundle: true, format: "esm", platform: "node", logLevel: "error" });
    return await import(pathToFileURL(outfile));
  } finally {
    await rm(folder, { recursive: true });
  }
}
