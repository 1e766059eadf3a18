// Loads a TypeScript module of the page that needs neither the browser nor the package.

import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export async function load(module) {
  const entry = fileURLToPath(new URL(`../../www/${module}`, import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: "esm" });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
