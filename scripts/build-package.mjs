// Builds the npm package into pkg/: WebAssembly, glue, entry points, types.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { declared } from "./declared.mjs";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const run = (command, ...args) => execFileSync(command, args, { stdio: "inherit" });

run("cargo", "xtask", "target/glue");
run(
  process.execPath, "node_modules/binaryen/bin/wasm-opt", "target/glue/llamath_bg.wasm",
  "-o", "target/glue/llamath.wasm", "-Os", "--converge",
  // What is called once stays a function: its callers compress better without it.
  "-aimfs=0", "-ocimfs=0", "-fimfs=0",
  // Rust's stack ends there, far below what it needs.
  "--low-memory-unused",
  // What is alike has names alike, and compresses better side by side.
  "--reorder-functions-by-name",
  "--enable-simd", "--enable-bulk-memory",
  "--enable-reference-types", "--enable-multivalue", "--enable-mutable-globals",
  "--enable-sign-ext", "--enable-nontrapping-float-to-int", "--strip-producers",
);

rmSync("pkg", { recursive: true, force: true });
mkdirSync("pkg");
for (const name of readdirSync("src/npm").filter((name) => name.endsWith(".js"))) {
  cpSync(`src/npm/${name}`, `pkg/${name}`);
}
cpSync("src/npm/cli", "pkg/cli", { recursive: true });
cpSync("target/glue/llamath.js", "pkg/glue.js");
cpSync("target/glue/llamath.wasm", "pkg/llamath.wasm");
const wasm = readFileSync("pkg/llamath.wasm");
writeFileSync("pkg/inline.js", `export default "${wasm.toString("base64")}";\n`);
writeFileSync("pkg/version.js", `export const version = "${version}";\n`);

writeTypes();
await build({
  entryPoints: ["pkg/index.js"], outfile: "pkg/index.cjs",
  bundle: true, format: "cjs", platform: "neutral", target: "es2022", logLevel: "warning",
});
console.log(`package: llamath.wasm ${gzipSync(wasm, { level: 9 }).length} bytes gzip`);

/** The public types: what the glue declares, without its loader (that needs the DOM's types). */
function writeTypes() {
  const glue = readFileSync("target/glue/llamath.d.ts", "utf8");
  const end = glue.indexOf("export type InitInput");
  if (end < 0) throw new Error("the glue's types have changed: no InitInput");
  const types = glue
    .slice(0, end)
    .replace(/^\/\* (tslint|eslint).*\n/gm, "")
    .replace("export function __wbg_reset_state(): void;\n", "")
    .replaceAll("export let ", "export const ")
    .replaceAll(/, columns: [^)]*\)/g, ")")
    .replace(/(?<=[a-z0-9])__(?=[a-z])/gi, "_");
  const declarations = Object.entries(declared(glue.slice(0, end)));
  const lines = declarations.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
  writeFileSync("pkg/declared.js", lines.join(""));
  const api = types.trim() + "\n\n" + readFileSync("src/npm/api.d.ts", "utf8");
  const web = readFileSync("src/npm/web.d.ts", "utf8");
  writeFileSync("pkg/index.d.ts", api);
  writeFileSync("pkg/index.d.cts", api);
  writeFileSync("pkg/web.d.ts", web);
}
