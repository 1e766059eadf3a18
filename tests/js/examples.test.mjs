// Every example of the .d.ts and the README: a line that ends in `// value` must give it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as llamath from "llamath";
import * as risk from "llamath/risk";

const names = { ...llamath, ...risk };
const AsyncFunction = (async () => {}).constructor;

/** The ```js blocks of a text, without the stars of doc comments. */
function examples(text) {
  const plain = text.replace(/^[ \t]*\* ?/gm, "");
  return [...plain.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
}

/** Runs an example; returns [shown, computed] for each line that shows a value. */
async function run(code) {
  const statements = code.replace(/^import .*$/gm, "").trim();
  const pairs = [];
  const body = statements
    .split(/(?<=\/\/ .*)\n/)
    .map((part) => {
      const [, source, shown] = part.match(/^(.*?)(?: \/\/ ([^\n]*))?$/s);
      if (shown === undefined || source.trimEnd().endsWith(",")) return part;
      const last = source.search(/(?<=^|\n)(?=\S)(?!.*\n(?=[^\s}\])]))/s);
      return `${source.slice(0, last)}\nshow(${JSON.stringify(shown)}, ${source.slice(last)});`;
    })
    .join("\n");
  const show = (shown, computed) => pairs.push([shown, computed]);
  await new AsyncFunction("show", ...Object.keys(names), `{${body}}`)(show, ...Object.values(names));
  return pairs;
}

const literal = (value) => (typeof value === "bigint" ? `${value}n` : JSON.stringify(value));

for (const file of ["pkg/index.d.ts", "pkg/risk.d.ts", "README.md"]) {
  test(`the examples of ${file}`, async () => {
    const found = examples(readFileSync(file, "utf8"));
    assert.ok(found.length > 0, "no example");
    for (const code of found) {
      const pairs = await run(code);
      assert.ok(pairs.length > 0, `shows no value:\n${code}`);
      for (const [shown, computed] of pairs) assert.equal(literal(computed), shown, code);
    }
  });
}

test("every exported function has an example", () => {
  const documented = ["pkg/index.d.ts", "pkg/risk.d.ts"]
    .flatMap((file) => examples(readFileSync(file, "utf8")))
    .join("\n");
  const demand = (space, members) => {
    for (const [name, member] of Object.entries(members)) {
      if (typeof member === "object") demand(`${space}.${name}`, member);
      else assert.ok(documented.includes(`${space}.${name}(`), `${space}.${name}`);
    }
  };
  for (const [space, members] of Object.entries(names)) if (typeof members === "object") demand(space, members);
  assert.ok(documented.includes("unzip("));
});
