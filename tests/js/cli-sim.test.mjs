// The command line of the simulator: sweeps and candles.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
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
  assert.deepEqual([found.parameters, found.points.map(({ A }) => A), found.windows], [["A"], [20, 50, 100], ROWS - 215]);
  const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
  const windows = sim.windowsByRows({ rows: ROWS, length: 216 });
  const grid = [20, 50, 100].map((A) => ({ A, bands: 4, fee: 0.002, feeModel: "v1" }));
  const tails = sim.lossTails({ candles, oracle, windows, grid, kept: 30, search: "every" });
  const mean = ({ worst }) => worst.loss.reduce((sum, loss) => sum + loss, 0) / 30;
  tails.forEach((tail, place) => assert.ok(Math.abs(found.points[place].loss - mean(tail)) < 1e-12));
  assert.ok(found.events.length > 0);
});

test("JSON of an exchange is the same candles; a scan of the fee; a table for spreadsheets", () => {
  const scan = ["--A", "100", "--fee", "0.001,0.002,0.004", "--csv"];
  const [csv, json] = [good, klines].map((path) => run("sweep", path, ...scan));
  assert.equal(csv.status, 0, csv.stderr);
  assert.equal(csv.stdout, json.stdout);
  assert.match(csv.stdout, /^fee,loss,required_discount\n0\.001,/);
});

test("two are scanned together, each with its interval; the oracle's time is one of what can be", () => {
  const map = JSON.parse(run("sweep", good, "--A", "50,100", "--fee", "0.001,0.004,0.01", "--worst", "20", "--json").stdout);
  assert.deepEqual(map.points.map(({ A, fee }) => [A, fee]), [0.001, 0.004, 0.01].flatMap((fee) => [50, 100].map((A) => [A, fee])));
  const { A, fee } = map.points[map.best];
  assert.deepEqual([map.recommended.A.value, map.recommended.fee.value], [A, fee]);
  assert.ok(map.recommended.fee.flatLow <= fee && fee <= map.recommended.fee.flatHigh);
  // The map's points are those of the scans.
  const { points } = JSON.parse(run("sweep", good, "--A", "50,100", "--fee", "0.004", "--worst", "20", "--json").stdout);
  assert.deepEqual(map.points.slice(2, 4), points.map((point) => ({ A: point.A, fee: 0.004, loss: point.loss, requiredDiscount: point.requiredDiscount })));

  const scan = ["sweep", good, "--A", "100", "--worst", "20", "--csv"];
  const times = run(...scan, "--half-life-secs", "60,600").stdout.trimEnd().split("\n");
  assert.equal(times[0], "half_life_secs,loss,required_discount");
  const one = run(...scan).stdout.trimEnd().split("\n");
  assert.equal(times[2].slice("600".length), one[1].slice("100".length), "the default is one of the scanned times");
  assert.match(run(...scan, "--ema-secs", "60..866").stdout, /^ema_time_secs,loss,required_discount\n60,/);
});

test("a best at the edge of what was scanned is said, in a map too; one within is not", () => {
  const sweep = (...flags) => run("sweep", good, "--worst", "20", ...flags);
  const says = /is at the edge of what was scanned: scan further, a better one may lie beyond/;
  const wide = JSON.parse(sweep("--A", "4..2000", "--json").stdout);
  const at = wide.points[wide.best].A;
  assert.ok(at > 4 && at < 2000, "the optimum is within");
  assert.deepEqual(wide.edges, []);
  assert.doesNotMatch(sweep("--A", "4..2000").stdout, says);
  const beyond = [4 * at, 8 * at];
  assert.match(sweep("--A", beyond.join()).stdout, new RegExp(`\nA ${beyond[0]} ${says.source}\n`));
  const { edges } = JSON.parse(sweep("--A", beyond.join(), "--fee", "0,0.001", "--json").stdout);
  assert.deepEqual(edges.find(({ parameter }) => parameter === "A"), { parameter: "A", value: beyond[0] });
  assert.ok(edges.every(({ value }) => value !== 0), "below a fee of 0 there is nothing");
});

test("a mean, a shortfall; the search that leaves no window out finds the same", () => {
  const figure = (...flags) => JSON.parse(run("sweep", good, "--A", "50,100", "--json", ...flags).stdout).points;
  const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
  const windows = sim.windowsByTime({ candles, durationSecs: 0.15 * 86_400, longestGapSecs: 300 });
  const grid = [50, 100].map((A) => ({ A, bands: 4, fee: 0.002, feeModel: "v1" }));
  const tails = sim.lossTails({ candles, oracle, windows, grid, kept: 0, search: "every" });
  const { losses } = sim.curve({ grid, tails, statistic: { of: "mean" }, objective: "loss", difference: 0, values: [50, 100] });
  assert.deepEqual(figure("--mean").map(({ loss }) => loss), [...losses]);
  assert.deepEqual(figure("--shortfall", "0.99"), figure("--shortfall", "0.99", "--search", "every"));
  assert.notDeepEqual(figure("--shortfall", "0.99"), figure("--shortfall", "0.99", "--add-reverse"));
});

test("how far it is stands on standard error; Ctrl-C ends it with a word and no result", async () => {
  const { stdout, stderr } = run("sweep", good, "--A", "10..500", "--worst", "20", "--csv");
  assert.match(stderr, /^\d+ %, \d+ s left\n(.|\n)*100 %, 0 s left\n$/);
  assert.doesNotMatch(stdout, /left/);
  const child = spawn(process.execPath, ["pkg/cli.js", "sweep", good, "--A", "10..500", "--fee", "0.001..0.02", "--search", "every", "--workers", "1"]);
  let said = "", printed = "";
  child.stdout.on("data", (data) => (printed += data));
  child.stderr.on("data", (data) => {
    if (said === "") child.kill("SIGINT");
    said += data;
  });
  const [code] = await once(child, "close");
  assert.equal(code, 130, said);
  assert.match(said, /\nStopped\.\n$/);
  assert.equal(printed, "");
});

test("random windows: the same from the same seed, which is told", () => {
  const sampled = ["sweep", good, "--A", "50,100", "--sampled", "500", "--worst", "10", "--json"];
  const [one, two] = [run(...sampled, "--seed", "7"), run(...sampled, "--seed", "7")].map(({ stdout }) => JSON.parse(stdout));
  assert.deepEqual(one, two);
  assert.equal(one.seed, 7);
  const unseeded = JSON.parse(run(...sampled).stdout);
  assert.ok(Number.isInteger(unseeded.seed));
  assert.deepEqual(JSON.parse(run(...sampled, "--seed", `${unseeded.seed}`).stdout), unseeded, "the seed that is told brings it back");
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
  assert.match(stdout, / (no gaps|1 gap:?|1 gap)\n/);
  assert.equal(JSON.parse(run("candles", bad, "--json").stdout)[0].leftOut[0].row, 3);
});

test("bad input names the flag or the file", () => {
  const fails = (args, says) => {
    const { status, stderr } = run(...args);
    assert.equal(status, 2, `${args.slice(1).join(" ")}: ${stderr}`);
    assert.match(stderr, says);
  };
  fails(["sweep"], /A file with candles is needed/);
  fails(["sweep", join(folder, "none.csv")], /none\.csv must be a file that can be read/);
  fails(["sweep", file("words.csv", "no candles here")], /words\.csv/);
  fails(["sweep", file("broken.json", "[[1,2,3,1,2],[60,2,3")], /broken\.json, row 2: this must be candles as CSV/);
  fails(["sweep", good, "--A", "1,2"], /--A must be from 2 to 10000/);
  fails(["sweep", good, "--A", "x"], /--A must be a number, some such as/);
  fails(["sweep", good, "--A", "10,20", "--fee", "0.1,0.2", "--bands", "4,5"], /At most two are scanned together, not --A, --fee, --bands/);
  fails(["sweep", good, "--A", "10,,20"], /--A must be a number, some such as/);
  fails(["sweep", good, "--A", "10..20..30"], /--A must be a number, some such as/);
  fails(["sweep", good, "--A", "20..10"], /--A must be a number, some such as/);
  fails(["sweep", good, "--fee", "0.1,0.2"], /--A is needed where --fee is scanned/);
  fails(["sweep", good, "--ema-secs", "0"], /--ema-secs must be/);
  fails(["sweep", good, "--ema-secs", "60", "--half-life-secs", "60"], /--half-life-secs does not go with --ema-secs/);
  fails(["sweep", good, "--worst", "5000"], /--worst must be from 1 to 2785, the windows of these candles/);
  fails(["sweep", good, "--shortfall", "99"], /--shortfall must be above 0 and below 1/);
  fails(["sweep", good, "--margin", "0"], /--margin must be above 0/);
  fails(["sweep", good, "--workers", "0"], /--workers must be a whole number from 1 to 64/);
  fails(["sweep", good, "--seed", "1"], /--seed goes with --sampled/);
  fails(["sweep", good, "--sampled", "9", "--seed", "-1"], /--seed/);
  fails(["sweep", good, "--difference", "-1"], /--difference/);
  fails(["sweep", good, "--po-fee-delay", "0"], /--po-fee-delay must be at least 1/);
  fails(["sweep", good, "--trading", "wild"], /--trading must be "guarded" or "parity"; received "wild"/);
  fails(["sweep", good, "--days", "0"], /--days must be/);
  fails(["sweep", good, "--sampled", "99999999"], /--sampled must be at most 10000000/);
  fails(["sweep", good, "--days", "1", "--days", "2"], /--days is given twice/);
  fails(["sweep", bad, "--days", "9"], /bad\.csv: candles must be a series that covers the duration/);
  fails(["candles"], /A file with candles is needed/);
});
