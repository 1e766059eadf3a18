// The page's chain reader, compiled on the fly.
import { build } from "esbuild";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** One module of JavaScript, as text. */
export async function bundleReader(platform) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../../www/chain/index.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform,
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
}

export async function loadReader() {
  const folder = await mkdtemp(join(tmpdir(), "llamath-chain-"));
  try {
    const file = join(folder, "chain.mjs");
    await writeFile(file, await bundleReader("node"));
    return await import(pathToFileURL(file));
  } finally {
    await rm(folder, { recursive: true });
  }
}
