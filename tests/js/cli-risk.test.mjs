// The command line of debt ceilings, oracles and reports, as a user runs it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { ceiling, market, oracle } from "llamath/risk";
import { syntheticCandles } from "../../bench/synthetic.mjs";

const run = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["pkg/cli.js", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
};
const folder = mkdtempSync(join(tmpdir(), "llamath-"));

/** A file in a folder of its own for these tests. */
function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What JSON keeps of an answer of the package. */
const plain = (answer) =>
  JSON.parse(JSON.stringify(answer, (_, part) =>
    part instanceof Float64Array ? Array.from(part, (row) => (Number.isNaN(row) ? null : row)) : part));

const DAY = 86_400;
const START = 1_700_006_400;
const day = (index) => new Date(1000 * (START + index * DAY)).toISOString().slice(0, 10);
// Thirty days of two pools; of one a day is missing, of the other two stick out.
const poolA = Array.from({ length: 30 }, (_, i) => [i, 5e6 + 1e5 * ((i * 7) % 11)]);
const poolB = poolA.map(([i, usd]) => [i, i === 12 || i === 13 ? usd / 10 : usd / 2]).filter(([i]) => i !== 20);
const csv = file("a.csv", ["date,pool,usd", ...poolA.map(([i, usd]) => `${day(i)},WETH/USDC,${usd}`)].join("\n"));
const zipped = file("b.json.gz", gzipSync(JSON.stringify({ record: poolB.map(([i, usd]) => [START + i * DAY, usd]) })));

test("ceiling: every reading of the average, the least with its date, the data", () => {
  const { status, stdout, stderr } = run("ceiling", csv, zipped, "--carry-days", "1", "--warm-up", "7");
  assert.equal(status, 0, stderr);
  for (const line of [
    /^files +a\.csv \(30 rows\), b\.json\.gz \(29 rows\)$/m,
    /^pools +a\.csv: WETH\/USDC, b\.json\.gz$/m,
    /^days +2023-11-15 to 2023-12-14, 30; 0 of them without a total, 1 figures carried forward$/m,
    /^quality +0 rows invalid, 0 doubled, 0 out of order, 1 days missing, 1 outliers$/m,
    /^ +missing: b\.json\.gz, 1 days from 2023-12-05$/m,
    /^ +outlier: b\.json\.gz, × 0\.228 on 2023-11-27, back after 2 days$/m,
    /^1 +span 7, adjusted, warm-up 7 +\d+(\.\d+)? +2023-1\d-\d\d +\d+(\.\d+)? +1000000$/m,
    /^6 +half-life 604800 s, from the first value, warm-up 7 /m,
    /^ceiling +1000000 USD by span 7, adjusted, warm-up 7$/m,
  ]) assert.match(stdout, line);
});

test("ceiling: as JSON it is what the package answers, by the convention that is asked for", () => {
  const flags = ["--share", "0.25", "--digits", "3", "--days", "5", "--convention", "2", "--json"];
  const { status, stdout } = run("ceiling", csv, ...flags);
  assert.equal(status, 0);
  const found = JSON.parse(stdout);
  const times = Float64Array.from(poolA, ([i]) => START + i * DAY);
  const liquidity = Float64Array.from(poolA, ([, usd]) => usd);
  const expected = ceiling.conventions({ days: 5 }).map(({ ema }) => ceiling.estimate({ times, liquidity, ema, share: 0.25, digits: 3 }));
  assert.deepEqual(found.conventions, plain(expected));
  assert.deepEqual(found.ceiling, plain(expected[1]));
  assert.deepEqual(found.names, ["WETH/USDC"]);
  assert.equal(found.sources[0].rows, 30);
  const inTokens = JSON.parse(run("ceiling", csv, ...flags, "--price-usd", "2").stdout);
  assert.equal(inTokens.ceiling.ceilingUsd, 2 * found.ceiling.ceilingUsd);
});

// A market that rises by 1 a minute and stands still at its end; a feed of rounds that trails it.
const FIRST = 1_736_000_040;
const price = (minute) => 3000 + Math.min(minute, 200) + 3 * Math.sin(minute / 5);
const candles = file("candles.csv", [
  "t,o,h,l,c", ...Array.from({ length: 300 }, (_, i) => `${FIRST + 60 * i},1,1,1,${price(i)}`),
].join("\n"));
const roundRows = Array.from({ length: 60 }, (_, i) => [FIRST + 300 * i, price(5 * i).toFixed(8)]);
const rounds = file("rounds.csv", ["ts,price", ...roundRows.map((row) => row.join(","))].join("\n"));
const ring = file("ring.csv.gz", gzipSync([
  "blockTimestamp,tickCumulative,secondsPerLiquidityCumulativeX128",
  ...Array.from({ length: 60 }, (_, i) => `${FIRST - 3600 + 400 * i},${400 * i * -80070},${i}`),
].join("\n")));
const pool = ["--observations", ring, "--base-decimals", "18", "--quote-decimals", "18"];

test("oracles: figures with their window, feed and sampling; places; how often feeds change", () => {
  const { status, stdout, stderr } = run("oracles", "--rounds", rounds, ...pool, "--candles", candles, "--lag-steps", "10");
  assert.equal(status, 0, stderr);
  for (const line of [
    /^reference +candles\.csv, each close at its candle's end$/m,
    /^window +2025-01-04 14:15 to 2025-01-04 19:0\d UTC, every 60 s: 29\d moments compared, 0 left out$/m,
    /^file +rounds\.csv: 60 rows of rounds, answers of 8 decimals, rows numbered as rounds of one phase$/m,
    /^file +ring\.csv\.gz: 60 rows of observations, mean tick of 1800 s$/m,
    /^feed +mean d +var d +volatility +a year +correlation +RMSE +MAE +worst d +at \(UTC\) +lag$/m,
    /^Chainlink EMA, 20 observations, 30 s apart, as deployed .* 2025-01-04 \d\d:\d\d +\d+$/m,
    /^Uniswap v3 TWAP, 1800 s /m,
    /^RMSE +1\. Chainlink; 2\. /m,
    /^Chainlink, of its runs +5 +5 +5 +5 +\d+$/m,
    /^Chainlink +300 +300 +300 +300 +300$/m,
    /^what Uniswap's integers cost/m,
  ]) assert.match(stdout, line);
});

test("oracles: as JSON it is what the package answers", () => {
  const { status, stdout, stderr } = run("oracles", "--rounds", rounds, "--candles", candles, "--json");
  assert.equal(status, 0, stderr);
  const found = JSON.parse(stdout);
  const feed = oracle.readRounds({ text: new TextEncoder().encode(["ts,price", ...roundRows.map((row) => row.join(","))].join("\n")), decimals: 8 });
  const answers = oracle.answers({ rounds: feed.rounds, decimals: 8 });
  const grid = { startSecs: found.oracles.fromSecs, stepSecs: 60, count: found.oracles.compared };
  const known = oracle.carryForward({ ...answers, grid }).values;
  const closes = Float64Array.from(oracle.moments({ grid }), (moment) => price((moment - 60 - FIRST) / 60));
  const [chainlink] = found.oracles.feeds;
  assert.deepEqual(chainlink.metrics, plain(oracle.metrics({ feed: known, reference: closes })));
  assert.deepEqual(found.roundGaps, { p25: 300, p50: 300, p75: 300, p90: 300, max: 300 });
  assert.equal(found.oracles.feeds.length, 5);
  assert.equal(found.runs[0].yearlyVolatility, oracle.logVolatility({ feed: known, stepSecs: 60 }).yearly);
  const ofAll = JSON.parse(run("oracles", "--rounds", rounds, "--candles", candles, "--divisor", "count", "--json").stdout).oracles.feeds[0].metrics;
  assert.equal(ofAll.varianceDifference, oracle.metrics({ feed: known, reference: closes, divisor: "count" }).varianceDifference);
  // A price stands for a minute: what is stamped with the opening is then seen a minute early.
  const early = JSON.parse(run("oracles", "--rounds", rounds, "--spot", candles, "--json").stdout);
  assert.notEqual(early.oracles.feeds[0].metrics.rmse, chainlink.metrics.rmse);
});

const parameters = [
  "--collateral", "WETH", "--chain", "Optimism", "--generation", "dfm", "--A", "72", "--fee", "0.002", "--loss", "0.0371", "--price", "3000",
];

test("report: from files, and the same from parts", () => {
  const files = ["--liquidity", csv, "--liquidity", zipped, "--carry-days", "1", "--rounds", rounds, "--candles", candles];
  const page = run("report", ...parameters, ...files);
  assert.equal(page.status, 0, page.stderr);
  for (const line of [/^# WETH on Optimism$/m, /^\| loan discount \| 7 % \|$/m, /^\| debt ceiling \| \d+ USD \|$/m, /^\| RMSE \| 1\. Chainlink, /m]) {
    assert.match(page.stdout, line);
  }
  const record = run("report", ...parameters, ...files, "--json").stdout.trimEnd();
  const { sources } = JSON.parse(record);
  assert.deepEqual(sources.map(({ role, file: name }) => [role, name]), [
    ["liquidity", "a.csv"], ["liquidity", "b.json.gz"], ["rounds", "rounds.csv"], ["candles", "candles.csv"],
  ]);
  const csvBytes = ["date,pool,usd", ...poolA.map(([i, usd]) => `${day(i)},WETH/USDC,${usd}`)].join("\n");
  assert.equal(sources[0].sha256, createHash("sha256").update(csvBytes).digest("hex"));
  const { updates } = JSON.parse(record);
  assert.deepEqual([updates.length, updates.at(-1)], [11, { feed: "Chainlink", of: "rounds", lengths: { max: 300, p25: 300, p50: 300, p75: 300, p90: 300 } }]);
  assert.match(sources[0].quality, /^\d+ rows doubled, \d+ days missing, \d+ outliers$/);
  assert.equal(sources[2].quality, "0 rows doubled, at most 300 s from one to the next");
  assert.match(page.stdout, /^\| Chainlink \| rounds, in seconds \| 300 \| 300 \| 300 \| 300 \| 300 \|$/m);
  const part = (...args) => JSON.parse(run(...args, "--json").stdout);
  const liquidity = part("ceiling", csv, zipped, "--carry-days", "1");
  const prices = part("oracles", "--rounds", rounds, "--candles", candles);
  const parts = file("parts.json", JSON.stringify({
    collateral: "WETH", chain: "Optimism", generation: "dfm", A: 72, fee: 0.002, loss: 0.0371, price: 3000,
    collateralDecimals: 18, borrowedDecimals: 18,
    ceiling: liquidity.ceiling, oracles: prices.oracles, updates, sources: [...liquidity.sources, ...prices.sources],
  }));
  assert.equal(run("report", parts, "--json").stdout.trimEnd(), record);
  assert.equal(run("report", parts).stdout, page.stdout);
  const wrong = file("wrong.json", JSON.stringify({ ...JSON.parse(readFileSync(parts, "utf8")), A: 1 }));
  const refused = run("report", wrong);
  assert.deepEqual([refused.status, refused.stderr], [2, `${wrong}: The contract refuses: Wrong A.\n`]);
  // Without any files, what the package says of the parameters alone.
  const bare = market.recommend({
    collateral: "WETH", chain: "Optimism", generation: "dfm", A: 72, fee: 0.002, loss: 0.0371, price: 3000,
    collateralDecimals: 18, borrowedDecimals: 18,
  });
  assert.equal(run("report", ...parameters, "--json").stdout.trimEnd(), bare.json);
});

test("report: from candles, A and the fee as the sweeps of them find them, with their ranges", () => {
  const { timeSecs, open, high, low, close } = syntheticCandles(3, 3000);
  const text = ["t,o,h,l,c", ...Array.from(timeSecs, (t, row) => [t, open[row], high[row], low[row], close[row]].join())].join("\n");
  const history = file("history.csv", text);
  const known = parameters.filter((_, index) => index < 6 || index > 11);
  const [fees, amplifications] = ["0.001,0.003,0.006", "20,60,180"];
  const { status, stdout, stderr } = run("report", ...known, "--history", history, "--fee", fees, "--A", amplifications, "--worst", "20", "--json");
  assert.equal(status, 0, stderr);
  const record = JSON.parse(stdout);
  const swept = (...flags) => JSON.parse(run("sweep", history, "--worst", "20", ...flags, "--json").stdout);
  const byFee = swept("--A", "50", "--fee", fees);
  const byA = swept("--A", amplifications, "--fee", `${byFee.recommended.fee.value}`);
  assert.deepEqual([record.fee, record.A, record.loss], [byFee.recommended.fee.value, byA.recommended.A.value, byA.points.find(({ A }) => A === record.A).loss]);
  assert.deepEqual(record.scans.map(({ parameter, error: _, ...recommended }) => ({ parameter, ...recommended })), [
    { parameter: "fee", ...byFee.recommended.fee }, { parameter: "A", ...byA.recommended.A },
  ]);
  assert.deepEqual(record.sources.map(({ role, file: name, rows, sha256 }) => [role, name, rows, sha256]), [
    ["candles", "history.csv", 3000, createHash("sha256").update(text).digest("hex")],
  ]);
  assert.match(record.sources[0].options, /^fee of 3 from 0\.001 to 0\.006 at A 50; fee 0\.006 is at the edge of what was scanned: scan further, a better one may lie beyond; then A from 20 to 180 at fee 0\.00\d; \d+ windows, mean of the worst 20; v1, guarded, 4 bands; average of half-life 600 s$/);
  assert.match(stderr, /\nfee 0\.006 is at the edge of what was scanned: scan further, a better one may lie beyond\.\n$/);
  const page = run("report", ...known, "--history", history, "--fee", fees, "--A", amplifications, "--worst", "20").stdout;
  assert.match(page, new RegExp(`^\\| A \\| ${record.A} \\| \\d+ to \\d+ \\| \\d+ to \\d+ \\| `, "m"));
  // What is given as one value is not scanned.
  const given = JSON.parse(run("report", ...known, "--history", history, "--fee", "0.003", "--A", "60", "--worst", "20", "--json").stdout);
  assert.deepEqual([given.A, given.fee, given.scans], [60, 0.003, []]);
  assert.equal(given.loss, swept("--A", "60", "--fee", "0.003").points[0].loss);
  const short = [...known, "--history", history, "--fee", "0.003", "--A", "60", "--worst", "20"];
  const { loss } = JSON.parse(run("report", ...short, "--window-days", "0.05", "--json").stdout);
  assert.equal(loss, swept("--A", "60", "--fee", "0.003", "--days", "0.05").points[0].loss);
  assert.notEqual(loss, given.loss);
  assert.match(run("report", ...short, "--window-days", "0").stderr, /^--window-days must be/);
});

test("bad files name the flag, the file, the row and the column", () => {
  const [start, ...rest] = ["date,pool,usd\n2024-01-02,A,1", "2024-01-01,A,2"];
  const disorder = file("disorder.csv", [start, ...rest].join("\n"));
  const negative = file("negative.csv", "date,usd\n2024-01-01,1\n2024-01-02,-2");
  const word = file("word.csv", "date,usd\n2024-01-01,1\n2024-01-02,2\n2024-01-03,many");
  const noColumn = file("no-column.csv", "date,worth\n2024-01-01,1");
  const binary = file("binary.csv", Buffer.from([100, 44, 0xff]));
  const damaged = file("damaged.csv.gz", gzipSync("date,usd\n2024-01-01,1").subarray(0, 25));
  const below = file("below.csv", "round_id,answer,updated_at\n1,100,1736000000\n2,0,1736000060");
  const gap = file("gap.csv", "round_id,answer,updated_at\n1,100,1736000000\n3,100,1736000060");
  const late = file("late.csv", "ts,close\n1836000000,1\n1836000060,1");
  const cases = [
    [["ceiling"], /^A file with liquidity is needed\.$/],
    [["ceiling", "nowhere.csv"], /^nowhere\.csv must be a file that can be read: ENOENT/],
    [["ceiling", damaged], /damaged\.csv\.gz must be a file that can be read: file must be gzip without damage/],
    [["ceiling", csv, disorder], /disorder\.csv, row 2, column times: must be not before the one above of its pool; received 1704067200\.$/],
    [["ceiling", csv, negative], /negative\.csv, row 2, column values: must be a finite number of at least 0; received -2\.$/],
    [["ceiling", csv, word], /word\.csv, row 3, column usd: must be a finite number\.$/],
    [["ceiling", noColumn], /no-column\.csv: usd must be a column of the table\.$/],
    [["ceiling", binary], /binary\.csv: text \(entry 2\) must be a text in UTF-8; received 255\.$/],
    [["ceiling", csv, "--share", "1.5"], /^--share must be a fraction from 0 to 1; received "1\.5"\.$/],
    [["ceiling", csv, "--share", "20%"], /^--share must be a number such as 0\.45; received "20%"\.$/],
    [["ceiling", csv, "--days", "0"], /^--days must be a number of at least 1; received "0"\.$/],
    [["ceiling", csv, "--digits", "0"], /^--digits must be a whole number from 1 to 15; received "0"\.$/],
    [["ceiling", csv, "--convention", "7"], /^--convention must be from 1 to 6; received "7"\.$/],
    [["ceiling", csv, "--price-usd", "0"], /^--price-usd must be a finite number above 0; received "0"\.$/],
    [["ceiling", csv, "--warm-up", "99"], /^liquidity must be known at one time at least after the warm-up/],
    [["ceiling", csv, "--rounds", rounds], /^--rounds goes with oracles, report\.$/],
    [["oracles"], /^A feed is needed: --rounds or --observations\.$/],
    [["oracles", "extra", "--rounds", rounds], /^One of apr, .* is needed\./],
    [["oracles", "--rounds", rounds], /^A market's prices are needed: --candles or --spot\.$/],
    [["oracles", "--rounds", rounds, "--candles", candles, "--spot", candles], /^--spot does not go with --candles\.$/],
    [["oracles", "--rounds", below, "--candles", candles], /^--rounds .*below\.csv, row 2, column answers: must be above 0; received 0n\.$/],
    [["oracles", "--rounds", gap, "--candles", candles], /^--rounds .*gap\.csv, row 2, column ids: must be the next one of its phase/],
    [["oracles", "--rounds", rounds, "--decimals", "2", "--candles", candles], /^--rounds .*rounds\.csv, row 1, column answer: must be a price above 0 with no more digits than decimals\.$/],
    [["oracles", "--rounds", rounds, "--candles", candles, "--divisor", "n"], /^--divisor must be "countLessOne" or "count"; received "n"\.$/],
    [["oracles", "--rounds", rounds, "--candles", late], /^The files must have a minute in common: --rounds .* from 2025-01-04 14:14 to /],
    [["oracles", "--rounds", rounds, "--candles", word], /^--candles .*word\.csv: timestamp must be a column of the table\.$/],
    [["oracles", "--rounds", rounds, "--candles", candles, "--lag-steps", "9999"], /^--lag-steps must be below the number of moments; received "9999"\.$/],
    [["oracles", "--rounds", rounds, "--candles", candles, "--twap-secs", "60"], /^--twap-secs goes with --observations\.$/],
    [["oracles", ...pool, "--candles", candles, "--twap-secs", "0"], /^--twap-secs must be above 0; received "0"\.$/],
    [["oracles", ...pool.slice(0, 4), "--candles", candles], /^--quote-decimals is missing\.$/],
    [["oracles", ...pool.slice(0, 5), "99", "--candles", candles], /^--quote-decimals must be a whole number from 0 to 77; received "99"\.$/],
    [["report", ...parameters.slice(2)], /^--collateral is missing\.$/],
    [["report", ...parameters.with(-3, "0.9")], /^--loss must be at most 0\.5 with the margin; received "0\.9"\.$/],
    [["report", ...parameters.with(-3, "0")], /^--loss must be above 0; received "0"\.$/],
    [["report", ...parameters, "--margin", "0"], /^--margin must be above 0; received "0"\.$/],
    [["report", ...parameters.with(9, "0.5")], /^--fee must be from 0\.000000000001 to 0\.1/],
    [["report", ...parameters.with(7, "1")], /^--A must be from 2 to 10000; received "1"\.$/],
    [["report", ...parameters.with(5, "v9")], /^--generation must be "m2023", .*; received "v9"\.$/],
    [["report", ...parameters, "--history", candles], /^--loss does not go with --history\.$/],
    [["report", ...parameters, "--worst", "7"], /^--worst goes with --history\.$/],
    [["report", ...parameters, "--window-days", "1"], /^--window-days goes with --history\.$/],
    [["report", ...parameters, "--days", "7"], /^--days goes with --liquidity\.$/],
    [["report", csv], /a\.csv must be a file that holds the parts of a report as JSON: /],
    [["report", file("empty.json", "{}")], /empty\.json: collateral is missing\.$/],
    [["report", file("empty.json", "{}"), "--A", "3"], /^--A does not go with a file of parts\.$/],
    [["report", csv, csv], /^One file with parts is enough\.$/],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = run(...args);
    assert.match(stderr.trimEnd(), message, `${args.map((arg) => basename(arg)).join(" ")}`);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
  }
});
