// `npm run vectors -- DIR [--data DIR]`: every reference file of our schemas found in DIR,
// plain or gzipped, through the built package. Prints `file: rows, mismatches`; exit 1 on
// any mismatch, 2 if there is no file of ours. Candles that another file names lie beside it;
// --data (or LLAMATH_DATA) names a folder for other people's observations, rounds and candles:
// what rests on one that is not there is skipped.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { Check, schemaOf } from "./schemas.mjs";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { data: { type: "string" } } });
if (positionals.length !== 1) {
  console.error("usage: npm run vectors -- DIR [--data DIR]");
  process.exit(2);
}

const data = values.data ?? process.env.LLAMATH_DATA;

/** The bytes of a file in the folder of data, or nothing. */
function dataFile(name) {
  const paths = data === undefined ? [] : [data, join(data, "risk")].map((path) => join(path, basename(name)));
  const path = paths.find(existsSync);
  return path && readFileSync(path);
}

let files = 0;
let failed = 0;
const entries = readdirSync(positionals[0], { recursive: true, withFileTypes: true });
for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
  const schema = schemaOf(basename(entry.name.replace(/\.gz$/, ""), ".json"));
  if (!entry.isFile() || !/\.json(\.gz)?$/.test(entry.name) || !schema) continue;
  const folder = entry.parentPath ?? entry.path;
  const check = new Check(dataFile);
  schema(load(join(folder, entry.name)), check, (name) => beside(folder, name));
  console.log(`${entry.name}: ${check.rows} rows, ${check.mismatches.length} mismatches`);
  for (const name of check.absent) {
    console.log(`  skipped: what rests on ${name}, which --data and LLAMATH_DATA do not give`);
  }
  check.mismatches.slice(0, 10).forEach((mismatch) => console.log(`  ${mismatch}`));
  files += 1;
  failed += check.mismatches.length;
}
if (files === 0) console.error(`no file of a known schema in ${positionals[0]}`);
process.exit(files === 0 ? 2 : failed > 0 ? 1 : 0);

function load(path) {
  const bytes = readFileSync(path);
  return JSON.parse(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/** A file that another names, plain or gzipped. */
function beside(folder, name) {
  const folders = [folder, data].filter(Boolean);
  const paths = folders.flatMap((of) => [join(of, name), join(of, `${name}.gz`)]);
  const found = paths.find(existsSync);
  if (found === undefined) throw new Error(`${name} is not in ${folders.join(" or ")}; --data names its folder`);
  return load(found);
}
