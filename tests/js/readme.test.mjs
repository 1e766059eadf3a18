// The commands of the README's table, as they stand there, on files of the names that they give.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { syntheticCandles } from "../../bench/synthetic.mjs";

const folder = mkdtempSync(join(tmpdir(), "llamath-"));
after(() => rmSync(folder, { recursive: true }));

const run = (args, input = "") =>
  spawnSync(process.execPath, [resolve("pkg/cli.js"), ...args], { cwd: folder, input, encoding: "utf8" });
const save = (name, text) => writeFileSync(join(folder, name), name.endsWith(".gz") ? gzipSync(text) : text);

const readme = readFileSync("README.md", "utf8");
const commands = [...readme.matchAll(/^\| `npx llamath ([^`]+)`/gm)].map(([, command]) => command);
/** What stands in the README for all that depends on the reader. */
const REST = ["--chain", "Ethereum", "--generation", "v1", "--fee", "0.006", "--price", "3000"];
const POOL = JSON.stringify({
  allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 0.45, tokenPriceUsd: 0.25, stakedUsd: 500000,
});

const START = 1_736_000_040;
const { open, high, low, close } = syntheticCandles(4, 1500);
const candles = ["t,o,h,l,c", ...Array.from(open, (_, row) => [START + 60 * row, open[row], high[row], low[row], close[row]].join())].join("\n");
const liquidity = Array.from({ length: 30 }, (_, at) => [START + 86_400 * at, 5e6 + 1e5 * (at % 7)]);
save("btc_1m.csv.gz", candles);
save("eth_1m.csv.gz", candles);
save("eth.csv", ["ts,price", ...Array.from({ length: 300 }, (_, at) => `${START + 300 * at},${close[5 * at].toFixed(8)}`)].join("\n"));
save("a.csv", ["date,usd", ...liquidity.map(([secs, usd]) => `${new Date(1000 * secs).toISOString().slice(0, 10)},${usd}`)].join("\n"));
save("b.json.gz", JSON.stringify({ record: liquidity }));

test("the commands of the README", () => {
  assert.ok(commands.length >= 8);
  for (const command of commands) {
    const args = command.split(" ").flatMap((word) => (word === "…" ? REST : word));
    const { status, stdout, stderr } = run(args, POOL);
    assert.equal(status, 0, `${command}\n${stderr}`);
    assert.ok(stdout.length > 0, command);
    if (args[0] === "loan") save("FILE", JSON.stringify(JSON.parse(run([...args, "--json"]).stdout).state));
  }
});

test("the tree of the README is that of the repository", () => {
  const [, tree] = /^```text\n(.*?)^```/ms.exec(readme);
  const named = [...tree.matchAll(/^( *)([\w.-]+)(\/?) /gm)].map(([, indent, name, slash]) => (indent === "" ? "" : "src/") + name + slash);
  const made = readFileSync(".gitignore", "utf8").split("\n").map((line) => `${line.slice(1)}/`);
  const entries = (path) => readdirSync(path, { withFileTypes: true }).map((entry) => entry.name + (entry.isDirectory() ? "/" : ""));
  const folders = entries(".").filter((name) => /^[^.].*\/$/.test(name) && !made.includes(name));
  const sources = entries("src").filter((name) => name !== "lib.rs").map((name) => `src/${name}`);
  assert.deepEqual(named.sort(), [...folders, ...sources].sort());
});
