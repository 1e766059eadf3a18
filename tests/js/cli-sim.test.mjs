// The command line of the simulator: sweeps and candles.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { sim } from "llamath/risk";
import { syntheticCandles } from "../../bench/synthetic.mjs";

const folder = mkdtempSync(join(tmpdir(), "llamath-"));
after(() => rmSync(folder, { recursive: true }));

const ROWS = 3000;
const candles = syntheticCandles(4, ROWS);
candles.timeSecs.forEach((time, row) => (candles.timeSecs[row] = time + 1_700_000_000));
const rows = Array.from(candles.timeSecs, (time, row) => [time, candles.open[row], candles.high[row], candles.low[row], candles.close[row]]);
const file = (name, bytes) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const good = file("candles.csv.gz", gzipSync(["t,o,h,l,c", ...rows.map((row) => row.join())].join("\n")));
const klines = file("klines.json", JSON.stringify(rows.map(([t, ...prices]) => [1000 * t, ...prices.map(String)])));
const bad = file("bad.csv", "t,o,h,l,c\n0,2,3,1,2\n60,2,x,1,2\n240,2,3,1,2\n");

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["pkg/cli.js", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("a sweep over A gives what the package gives", () => {
  const { status, stdout } = run("sweep", good, "--A", "20,50,100", "--worst", "30", "--by", "rows", "--workers", "2", "--json");
  assert.equal(status, 0);
  const found = JSON.parse(stdout);
  assert.deepEqual([found.parameter, found.points, found.windows], ["A", [20, 50, 100], ROWS - 215]);
  const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
  const windows = sim.windowsByRows({ rows: ROWS, length: 216 });
  const grid = [20, 50, 100].map((A) => ({ A, bands: 4, fee: 0.002, feeModel: "v1" }));
  const tails = sim.lossTails({ candles, oracle, windows, grid, kept: 30, search: "every" });
  const mean = ({ worst }) => worst.loss.reduce((sum, loss) => sum + loss, 0) / 30;
  tails.forEach((tail, place) => assert.ok(Math.abs(found.losses[place] - mean(tail)) < 1e-12));
  assert.ok(found.events.length > 0);
});

test("JSON of an exchange is the same candles; a scan of the fee; a table for spreadsheets", () => {
  const scan = ["--A", "100", "--fee", "0.001,0.002,0.004", "--csv"];
  const [csv, json] = [good, klines].map((path) => run("sweep", path, ...scan));
  assert.equal(csv.status, 0, csv.stderr);
  assert.equal(csv.stdout, json.stdout);
  assert.match(csv.stdout, /^fee,loss,required_discount\n0\.001,/);
});

test("random windows: the same from the same seed, which is told", () => {
  const sampled = ["sweep", good, "--A", "50,100", "--sampled", "500", "--worst", "10", "--json"];
  const [one, two] = [run(...sampled, "--seed", "7"), run(...sampled, "--seed", "7")].map(({ stdout }) => JSON.parse(stdout));
  assert.deepEqual(one, two);
  assert.equal(one.seed, 7);
  assert.ok(Number.isInteger(JSON.parse(run(...sampled).stdout).seed));
});

test("what people read names the best, the events and the discounts", () => {
  const { stdout } = run("sweep", good, "--A", "10..200", "--worst", "20");
  assert.match(stdout, /^1 file, \d+ windows, mean of the worst 20; v1, guarded, 4 bands\n/);
  assert.match(stdout, /best\n/);
  assert.match(stdout, /liquidation discount .* %, loan discount .* %/);
});

test("candles: what is wrong with them", () => {
  const { status, stdout } = run("candles", bad);
  assert.equal(status, 0);
  assert.match(stdout, /3 rows \(csvWithHeader, seconds\)/);
  assert.match(stdout, /row 3: number/);
  assert.match(stdout, /1 gaps|0 gaps/);
  assert.equal(JSON.parse(run("candles", bad, "--json").stdout)[0].leftOut[0].row, 3);
});

test("bad input names the flag or the file", () => {
  const fails = (args, says) => {
    const { status, stderr } = run(...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, says);
  };
  fails(["sweep"], /A file with candles is needed/);
  fails(["sweep", join(folder, "none.csv")], /none\.csv must be a file that can be read/);
  fails(["sweep", file("words.csv", "no candles here")], /words\.csv/);
  fails(["sweep", good, "--A", "1,2"], /--A must be from 2 to 10000/);
  fails(["sweep", good, "--A", "x"], /--A must be a number, some such as/);
  fails(["sweep", good, "--A", "10,20", "--fee", "0.1,0.2"], /Either --A or --fee/);
  fails(["sweep", good, "--trading", "wild"], /--trading must be "guarded" or "parity"; received "wild"/);
  fails(["sweep", good, "--days", "0"], /--days must be/);
  fails(["candles"], /A file with candles is needed/);
});
