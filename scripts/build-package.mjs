// Builds the npm package into pkg/: two WebAssembly modules, glue, entry points, types.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { declared } from "./declared.mjs";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const run = (command, ...args) => execFileSync(command, args, { stdio: "inherit" });

rmSync("pkg", { recursive: true, force: true });
mkdirSync("pkg");
cpSync("src/npm", "pkg", { recursive: true, filter: (name) => !name.endsWith(".d.ts") });
writeFileSync("pkg/version.js", `export const version = "${version}";\n`);
const api = readFileSync("src/npm/api.d.ts", "utf8");

await make({ module: "calculator", wasm: "llamath.wasm", entry: "index", names: api });
const files = readFileSync("src/npm/files.d.ts", "utf8");
await make({ module: "risk", wasm: "risk.wasm", entry: "risk", names: `${api}\n${files}` });
cpSync("src/npm/web.d.ts", "pkg/web.d.ts");
cpSync("src/npm/risk-web.d.ts", "pkg/risk-web.d.ts");
cpSync("src/npm/sweep.d.ts", "pkg/sweep.d.ts");

/** One WebAssembly module with its glue, types and CommonJS entry. */
async function make({ module, wasm, entry, names }) {
  const glue = `target/glue/${module}`;
  run("cargo", "xtask", module, glue);
  run(
    process.execPath, "node_modules/binaryen/bin/wasm-opt", `${glue}/${module}_bg.wasm`,
    "-o", `pkg/${wasm}`, "-O3",
    // What is called once stays a function unless it is tiny, as its callers compress better without
    // it; functions that differ in constants alone become one; Rust's stack ends below what low
    // memory needs; what is alike has names alike, and compresses better side by side.
    "-aimfs=0", "-ocimfs=30", "-fimfs=0", "--merge-similar-functions", "-O3",
    "--low-memory-unused", "--reorder-functions-by-name",
    "--enable-simd", "--enable-bulk-memory",
    "--enable-reference-types", "--enable-multivalue", "--enable-mutable-globals",
    "--enable-sign-ext", "--enable-nontrapping-float-to-int", "--strip-producers", "--strip-target-features",
  );
  const bytes = readFileSync(`pkg/${wasm}`);
  writeFileSync(`pkg/${module}-inline.js`, `export default "${bytes.toString("base64")}";\n`);
  writeFileSync(`pkg/${module}-glue.js`, withCopies(readFileSync(`${glue}/${module}.js`, "utf8")));
  writeTypes(readFileSync(`${glue}/${module}.d.ts`, "utf8"), { module, entry, names });
  await build({
    entryPoints: [`pkg/${entry}.js`], outfile: `pkg/${entry}.cjs`,
    bundle: true, format: "cjs", platform: "neutral", target: "es2022", logLevel: "warning",
  });
  console.log(`package: ${wasm} ${gzipSync(bytes, { level: 9 }).length} bytes gzip`);
}

/** The glue, with answers copied to where they are read: an array of its own for each is slow to make. */
function withCopies(glue) {
  const copy = /(getArrayU64FromWasm0\(ret\[0\], ret\[1\]\))\.slice\(\)/g;
  if (!copy.test(glue)) throw new Error("the glue has changed: no copies of answers");
  return `import { copied } from "./decode.js";\n${glue.replaceAll(copy, "copied($1)")}`;
}

/** The public types: what the glue declares, without its loader (that needs the DOM's types). */
function writeTypes(glue, { module, entry, names }) {
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
  writeFileSync(`pkg/${module}-declared.js`, lines.join(""));
  for (const kind of ["d.ts", "d.cts"]) writeFileSync(`pkg/${entry}.${kind}`, `${types.trim()}\n\n${names}`);
}
