// The section "Simulator" of the built page in a browser.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { sim, sweep } from "llamath/risk/sweep";
import { LOOKS, described, launch, newPage, overflow, tabTo, violations } from "./browser.mjs";
import { load } from "./load.mjs";
import { serve, STRICT_CSP } from "./serve.mjs";

/** A scan of less than a second. */
const SMALL = "#sim?v=1&valuesA=50+100+140&randomSeeds=0";
/** What the verdict is after a whole run. */
const DONE = /Steady|At the edge|One crash/;

let browser, site, context, page, troubles, requested;

before(async () => {
  site = await serve(`${STRICT_CSP}; connect-src 'self' http://127.0.0.1:*`);
  browser = await launch();
  await open();
});
after(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(() => {
  assert.deepEqual(troubles, []);
  for (const url of requested) assert.ok(url.startsWith(site.url), `a request went to ${url}`);
});

async function open({ fragment = SMALL, ...options } = {}) {
  await context?.close();
  ({ context, page, troubles, requestedByAll: requested } = await newPage(browser, options));
  page.setDefaultTimeout(20_000);
  await page.addInitScript(() => {
    // More workers would only wait for one another on a busy machine.
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => 2 });
    globalThis.longTasks = [];
    new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });
  await page.goto(site.url + fragment);
  if (fragment.startsWith("#sim")) await done();
}

const inSection = () => page.locator(".sim");
const field = (label) => inSection().getByRole("textbox", { name: label, exact: true });
const word = () => page.locator(".sim .word");
const figure = () => page.locator(".sim .large").innerText();
const unfold = async (title) => {
  const summary = page.locator(".sim summary", { has: page.getByText(title, { exact: true }) });
  if (await summary.evaluate(({ parentElement }) => !parentElement.open)) await summary.click();
};
const table = (caption) => page.getByRole("table", { name: caption });
const button = (name) => inSection().getByRole("button", { name, exact: true }).first();
const done = async () => {
  await word().filter({ hasText: DONE }).waitFor();
  await page.locator(".sim progress").waitFor({ state: "detached" });
};
const cells = async (caption) => {
  await table(caption).waitFor();
  return table(caption).locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.querySelector("data")?.value ?? cell.textContent)));
};
const drop = (...files) => page.getByLabel("Candle files").setInputFiles(files.map(({ name, text, buffer = Buffer.from(text) }) => ({ name, mimeType: "text/csv", buffer })));
const said = () => page.locator(".sim .drop").innerText();
const saidOf = (label) => described(field(label));

async function run() {
  await button("Run").click();
  await word().filter({ hasText: /Simulating|So far/ }).waitFor();
  await done();
}

/** The small scan of the example again, on the same page: a link does not need the example to be made anew. */
async function reset() {
  if (await button("Back to the example").count() > 0) {
    await button("Back to the example").click();
    await page.getByText("An example: 60,000").waitFor();
  }
  await openLink(SMALL);
}

/** Another link on the same page. */
async function openLink(fragment) {
  await page.evaluate((hash) => { history.replaceState(null, "", "#sim"); location.hash = hash; }, fragment);
  await word().filter({ hasText: /Simulating|So far/ }).waitFor();
  await done();
}

async function copied(name, within = inSection()) {
  await within.getByRole("button", { name }).first().click();
  await within.locator(".copy", { hasText: `${name} ✓ copied` }).first().waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Minutes with a fall in the middle. */
function minutes(count, from = 1_700_000_000) {
  return Array.from({ length: count }, (_, row) => {
    const price = (at) => 1000 * (at > count / 2 ? 0.92 : 1) * (1 + 0.004 * Math.sin(at / 3));
    const [open, close] = [price(row), price(row + 1)];
    return [from + 60 * row, open, Math.max(open, close) * 1.001, Math.min(open, close) * 0.999, close];
  });
}
const csv = (rows) => rows.map((row) => row.join()).join("\n");

let example;
/** The example as the package takes it, made once. */
async function exampleSeries() {
  if (example !== undefined) return example;
  const { exampleCsv } = await load("sim/example.ts");
  const rows = exampleCsv().trimEnd().split("\n").slice(1).map((line) => line.split(",").map(Number));
  const column = (at) => Float64Array.from(rows, (row) => row[at]);
  const candles = { timeSecs: column(0), open: column(1), high: column(2), low: column(3), close: column(4) };
  const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
  const windows = sim.windowsByTime({ candles, durationSecs: 0.15 * 86_400, longestGapSecs: 300 });
  example = { candles, oracle, windows };
  return example;
}

/** What the package itself says of the example. */
async function expected(scan) {
  const made = await exampleSeries();
  const isTime = scan.parameter === "halfLifeSecs";
  const series = isTime ? { ...made, oracle: sim.middlePrices({ candles: made.candles }) } : made;
  const grid = sim.scan({ of: [{ A: 100, bands: 4, fee: 0.006, feeModel: "v1", externalFee: 0.0005, trading: "guarded" }], ...scan });
  const statistic = { of: "shortfall", level: 0.9975 };
  const kept = sim.kept({ statistic, windows: series.windows.start.length, rows: 216 });
  const tails = await sweep({ series: [series], grid, kept }, { workers: 2 });
  const objective = scan.parameter === "A" ? "requiredDiscount" : "loss";
  return sim.curve({ grid, tails, statistic, objective, difference: 0.002, values: scan.values });
}

describe("a scan of the example", () => {
  beforeEach(reset);
  test("the first view is its answer: the package's own figures, while the page stays free", async (t) => {
    await open({ fragment: "#sim" });
    const longest = await page.evaluate(() => Math.max(0, ...globalThis.longTasks));
    t.diagnostic(`tasks over 50 ms while the section opened and scanned: the longest ${longest} ms`);
      const values = (await field("Values of A").inputValue()).split(" ").map(Number);
    const curve = await expected({ parameter: "A", values });
    const { value, flatLow, flatHigh, eventLow, eventHigh } = curve.recommended;
    assert.match(await figure(), new RegExp(`^${value}\\s*is the best A, ${flatLow} to ${flatHigh} as good$`));
    const finding = await page.locator(".sim .finding").innerText();
    assert.match(finding, new RegExp(`A ${flatLow} to ${flatHigh}\\..*Without one crash each: A ${eventLow} to ${eventHigh}\\.`, "s"));
    const figures = await page.locator(".sim .finding data").evaluateAll((all) => all.map((one) => Number(one.value)));
    assert.deepEqual(figures, [curve.losses[curve.best], curve.jackknife.low, curve.jackknife.high]);
    await unfold("Table of the curve");
    const rows = await cells("Loss and required discount");
    assert.deepEqual(rows.map((row) => Number(row[3])), [...curve.losses]);
    assert.deepEqual(rows.map((row) => Number(row[4])), [...curve.values]);
    assert.deepEqual(rows.flatMap((row, at) => (row[5] === "" ? [] : [at])), [...curve.flat]);
    const events = await cells("Events, the largest loss first");
    assert.deepEqual(events.map((row) => [Number(row[3]), Number(row[4]), Number(row[5])]), curve.events.map(({ event, lossWithout }) => [event.windows, event.loss, lossWithout]));
    assert.deepEqual(events.map((row) => row[6]), curve.events.map(({ bestWithout }) => `${values[bestWithout]}`));
    assert.equal(await page.locator(".line.random").count(), 5, "one line for each run of the random method");
    assert.match(await page.locator(".noise").innerText(), /5 runs of 20,000 windows each: its best A is \d+, \d+, \d+, \d+, \d+, so anything from/);
  });

  test("discounts: the loss, the margin more, and the formula with the numbers put in", async () => {
    const [liquidation, loan, required] = await page.locator(".sim-figures data").evaluateAll((all) => all.map((one) => Number(one.value)));
    const { losses, best } = await expected({ parameter: "A", values: [50, 100, 140] });
    assert.deepEqual({ liquidation, loan, required: required.toFixed(12) }, {
      liquidation: losses[best], loan: losses[best] + 0.03, required: sim.requiredDiscount({ loss: losses[best], A: 140, bands: 4 }).toFixed(12),
    });
    assert.match(await page.locator(".sim-formula").innerText(), /1 − \(1 − 4\.855%\) · 98\.58%/);
    await field("Loan margin").fill("4");
    await page.locator(".sim-formula", { hasText: "4.855% + 4%" }).waitFor();
    assert.equal(await word().innerText(), "At the edge", "the margin needs no other run");
  });

  test("other figures of the same losses need no run; one that was not kept says so", async () => {
    const loss = () => page.locator(".sim .finding data").first().getAttribute("value");
    const before = Number(await loss());
    await page.getByLabel("Loss", { exact: true }).selectOption("es9999");
    await page.locator(".finding", { hasText: "expected shortfall 99.99%" }).waitFor();
    assert.ok(Number(await loss()) > before);
    await page.getByLabel("Loss", { exact: true }).selectOption("worst");
    await field("Worst windows").fill("1");
    await page.locator(".finding", { hasText: "mean of the worst 1 windows" }).waitFor();
    await field("Worst windows").fill("50000");
    await page.locator(".sim .error", { hasText: "kept too few" }).waitFor();
    assert.equal(await button("Run").isEnabled(), true);
  });

  test("the fee, the bands, and the map of A and fee", async () => {
    const fees = { parameter: "fee", values: [0.002, 0.006, 0.02] };
    await page.getByText("fee", { exact: true }).first().click();
    await field("Fees").fill("0.2 0.6% 2");
    await run();
    const { recommended } = await expected(fees);
    assert.equal(Number(await page.locator(".sim .large data").getAttribute("value")), recommended.value);
    await page.getByText("A × fee", { exact: true }).click();
    await run();
    assert.equal(await page.locator(".cell").count(), 9);
    assert.match(await figure(), /^A \d+, [\d.]+%\s*is the best pair$/);
    await page.getByText("N", { exact: true }).first().click();
    await field("Values of N").fill("4 10");
    await run();
    assert.match(await figure(), /^\d+\s*bands are the best, /);
  });

  test("the oracle's time: each value averages all of the candles, and its events are replayed with it", async () => {
    await inSection().getByText("oracle time", { exact: true }).click();
    await field("Averaging times").fill("1200 300 600");
    await run();
    const times = { parameter: "halfLifeSecs", values: [300, 600, 1200] };
    const { losses, recommended, events } = await expected(times);
    assert.match(await figure(), new RegExp(`^${recommended.value.toLocaleString("en")} s\\s*is the best oracle time, `));
    await unfold("Table of the curve");
    const rows = await cells("Loss and required discount");
    assert.deepEqual(rows.map((row) => [Number(row[0]), Number(row[4])]), times.values.map((time, at) => [time, losses[at]]));
    await unfold("Replay one of them");
    await unfold("Table of the minutes");
    const all = await copied("Copy all as CSV", page.locator(".replay"));
    const [names, ...minutesOf] = all.trimEnd().split("\r\n").map((line) => line.split(","));
    assert.ok(Math.abs(Number(minutesOf.at(-1)[names.indexOf("loss_fraction")]) - events[0].event.loss) < 1e-9);
    await field("Averaging times").fill("0 600");
    await page.locator(".sim .inputs [aria-invalid=true]").waitFor();
    assert.match(await saidOf("Averaging times"), /Value 1: The averaging time must be above 0/);
  });

  test("the dynamic fee, its memory and the start of the position are fields, and the first is scanned", async () => {
    await unfold("Model and method");
    const settings = async () => JSON.parse(await copied("Copy proof")).setup.settings;
    const { dynamicFeeMultiplier: none, poFeeDelay: usual } = await settings();
    assert.deepEqual([none, usual], [undefined, undefined], "as the model has them");
    await field("Dynamic fee").fill("0.5");
    await field("Memory of the fee").fill("5");
    await field("Start below the price").fill("2%");
    await run();
    const { dynamicFeeMultiplier, poFeeDelay, positionShift } = await settings();
    assert.deepEqual({ dynamicFeeMultiplier, poFeeDelay, positionShift }, { dynamicFeeMultiplier: 0.5, poFeeDelay: 5, positionShift: 0.02 });
    await field("Memory of the fee").fill("0");
    await page.locator(".sim .inputs [aria-invalid=true]").waitFor();
    assert.match(await saidOf("Memory of the fee"), /whole number from 1/);
    await field("Memory of the fee").fill("");
    await field("Start below the price").fill("0");
    await inSection().getByText("dynamic fee", { exact: true }).click();
    assert.equal(await field("Dynamic fee").count(), 0, "what is scanned has no value of its own");
    await field("Multipliers").fill("0 0.5 1");
    await run();
    const { losses, recommended } = await expected({ parameter: "dynamicFeeMultiplier", values: [0, 0.5, 1] });
    assert.match(await figure(), new RegExp(`^${recommended.value}×\\s*is the best dynamic fee, `));
    await unfold("Table of the curve");
    assert.deepEqual((await cells("Loss and required discount")).map((row) => Number(row[4])), [...losses]);
  });

  test("a map: both intervals, and the best pairs of the random method", async () => {
    await openLink("#sim?v=1&scanned=map&valuesA=60+100+140+180&valuesFee=0.2+0.6+1.2&randomSeeds=2&randomWindows=2000");
    assert.equal(await page.locator(".cell").count(), 12);
    const marked = await page.locator(".random-cell").count();
    assert.ok(marked === 1 || marked === 2, `${marked} cells are marked`);
    assert.match(await page.locator(".noise").innerText(), /2 runs of 2,000 windows each: its best A is .*; with every window it is \d+\. And its best fee is .*%\./);
    assert.match(await page.locator(".finding").innerText(), /A [\d to]+, fee [\d.%to ]+\./);
  });

  test("the mean of all windows is of a run without a search", async () => {
    await page.getByLabel("Loss", { exact: true }).selectOption("mean");
    await page.locator(".sim .error", { hasText: "kept too few" }).waitFor();
    await field("Values of A").fill("100 140 200");
    await button("Run").click();
    await word().filter({ hasText: /Of all windows|At the edge/ }).waitFor();
    const { candles, oracle, windows } = await exampleSeries();
    const grid = [{ A: 100, bands: 4, fee: 0.006, feeModel: "v1", externalFee: 0.0005, trading: "guarded" }];
    const tails = sim.lossTails({ candles, oracle, windows, grid, kept: 0, search: "every" });
    const { losses } = sim.curve({ grid, tails, statistic: { of: "mean" }, objective: "loss", difference: 0, values: [100] });
    await unfold("Table of the curve");
    assert.equal(Number((await cells("Loss and required discount"))[0][3]), losses[0]);
  });

  test("version 2, parity, windows by rows and the averaging on chain are other results, marked until they are run", async () => {
    const loss = async () => Number(await page.locator(".sim .finding data").first().getAttribute("value"));
    const seen = new Set([await loss()]);
    await unfold("Model and method");
    for (const choice of ["version 2", "as published", "as on chain", "and backwards, as published"]) {
      await inSection().getByText(choice, { exact: true }).last().click();
      assert.equal(await word().innerText(), "Of other settings");
      await run();
      seen.add(await loss());
    }
    assert.equal(seen.size, 5);
    await inSection().getByText("by rows, as published", { exact: true }).click();
    await run();
    assert.ok(seen.has(await loss()), "the same where no row is missing");
  });

  test("cancel: at once, what is known stays, and it can be run again", async () => {
    await field("Values of A").fill("20 60 100 140 180 220 260 300 340 380 420 460 500");
    await button("Run").click();
    await button("Cancel").click();
    await page.locator(".sim progress").waitFor({ state: "detached" });
    assert.match(await word().innerText(), /Of other settings|Incomplete/);
    await field("Values of A").fill("50 100");
    await run();
    assert.match(await figure(), /^100/);
  });
});

describe("candles", () => {
  before(reset);

  const BAD = [
    ["empty.csv", "", /empty\.csv: .*at least one row/],
    ["words.csv", "hello\nworld", /words\.csv: .*columns time, open, high, low and close/],
    ["broken.json", "[[1,2,3,1,2],[60,2,3", /broken\.json: Row 2: /],
    ["cut.csv.gz", gzipSync("0,2,3,1,2\n").subarray(0, 20), /cut\.csv\.gz: .*begins as gzip, but cannot be unpacked/],
  ];
  for (const [name, text, says] of BAD) {
    test(`${name} is refused with a reason, and what was open stays`, async () => {
      await drop({ name, buffer: Buffer.from(text) });
      await page.locator(".drop .error").waitFor();
      assert.match(await said(), says);
      assert.match(await said(), /What was open before stays/);
      assert.match(await said(), /An example: 60,000 minutes/);
      assert.equal(await page.locator(".sim .drop .error").count(), 1);
      assert.match(await figure(), /^140/);
    });
  }

  test("CSV, Binance's JSON and gzip give the same; files are series of their own", async () => {
    const rows = minutes(700);
    const json = JSON.stringify(rows.map(([secs, ...prices]) => [secs * 1000, ...prices.map(String), "1", secs * 1000 + 59_999]));
    await drop({ name: "a.csv", text: csv(rows) }, { name: "b.json", text: json }, { name: "c.csv.gz", buffer: gzipSync(`t,o,h,l,c\n${csv(rows)}\n`) });
    await page.getByText("3 files: 2,100 candles.").waitFor();
    await run();
    assert.match(await page.locator(".finding").innerText(), /of the 1,455 windows/, "485 in each, none across");
    await unfold("Quality of the candles");
    await unfold("b.json");
    assert.deepEqual((await cells("b.json")).slice(0, 2).map((row) => row[1]), ["JSON, times in milliseconds", "700, of which 700 are candles"]);
  });

  test("quality: gaps, duplicates, order, outliers, and what was left out, by number and reason", async () => {
    const rows = minutes(900);
    rows.splice(500, 30);
    rows[100][0] = rows[99][0];
    rows[200][0] = 5;
    rows[300][2] = rows[300][2] * 1.5;
    rows[400][4] = "x";
    rows[410] = rows[410].slice(0, 3);
    rows[420][3] = -1;
    rows[430][2] = 1;
    rows[440][0] *= 1000;
    await drop({ name: "odd.csv", text: csv(rows) });
    await page.getByText("odd.csv: 864 candles. 6 rows were left out.").waitFor();
    await unfold("Quality of the candles");
    const found = Object.fromEntries(await cells("odd.csv"));
    assert.equal(found.Rows, "870, of which 864 are candles");
    assert.match(found.Gaps, /^\d+, the longest 31 minutes$/);
    assert.equal(found.Order, "1 row goes back in time");
    assert.equal(found.Duplicates, "1 at the time of the row before; kept");
    assert.match(found.Outliers, /^1 more than 10%/);
    await unfold("Rows left out");
    assert.deepEqual(await cells("Rows left out of odd.csv"), [
      ["201", "before the row before it"], ["401", "a field is no number"], ["411", "too few fields"], ["421", "a price is not above 0"],
      ["431", "high or low is not the highest or lowest"], ["441", "time in another unit than the first row"],
    ]);
    const copy = await copied("Copy CSV", page.locator(".data-table", { has: table("Rows left out of odd.csv") }));
    assert.match(copy, /^row,reason\r\n201,/);
  });

  test("a long file is read in pieces: every row, and the same quality as in one", async () => {
    const rows = minutes(4_000).map((row) => row.map((value) => (Number.isInteger(value) ? value : value.toFixed(2))));
    rows.splice(2_000, 10);
    rows[1_500][0] = rows[1_499][0];
    rows[3_000][0] = 0;
    const text = `time,open,high,low,close\n${csv(rows)}`;
    assert.ok(text.length > 2 * 65_536);
    await drop({ name: "long.csv", text });
    await page.getByText("long.csv: 3,989 candles. 1 row was left out.").waitFor();
    await unfold("Quality of the candles");
    const found = Object.fromEntries(await cells("long.csv"));
    assert.equal(found.Rows, "3,990, of which 3,989 are candles");
    assert.equal(found["Span, UTC"], "2023-11-14 22:13 to 2023-11-17 16:52: 2 days 18 hours");
    for (const list of ["Gaps", "Duplicates", "Rows left out"]) await unfold(list);
    assert.deepEqual((await cells("Gaps in long.csv")).map(([, length]) => length), ["2 minutes", "11 minutes", "2 minutes"]);
    assert.deepEqual(await cells("Duplicates in long.csv"), [["1502"]]);
    assert.deepEqual(await cells("Rows left out of long.csv"), [["3002", "before the row before it"]]);
  });

  test("files can be dropped, and the example comes back", async () => {
    const text = csv(minutes(500));
    const data = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "dropped.csv"));
      return transfer;
    }, text);
    await page.locator(".drop").dispatchEvent("drop", { dataTransfer: data });
    await page.getByText("dropped.csv: 500 candles.").waitFor();
    assert.equal(await word().innerText(), "No run yet");
    await button("Back to the example").click();
    await done();
    assert.match(await figure(), /^140/);
  });

  test("an endpoint is asked only when the user says so, page after page", async () => {
    const asked = [];
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url, "http://host");
      asked.push(request.url);
      const from = Number(searchParams.get("startTime") ?? 1_700_000_000_000) / 1000;
      const rows = minutes(300, Math.ceil(from / 60) * 60).map(([secs, ...prices]) => [secs * 1000, ...prices]);
      response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" }).end(JSON.stringify(rows));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${server.address().port}/klines?interval=1m`;
    await unfold("Fetch from an endpoint");
    await field("Address").fill("ftp://elsewhere");
    assert.match(await saidOf("Address"), /must begin with https/);
    await field("Address").fill(`${address}&startTime=1700000000000`);
    await field("Pages").fill("2");
    assert.deepEqual(asked, []);
    await button("Fetch").click();
    await page.getByText("600 candles.").waitFor();
    assert.equal(asked.length, 2);
    assert.match(asked[1], /startTime=17000179\d+/);
    requested = requested.filter((url) => !url.startsWith(address));
    server.closeAllConnections();
    server.close();
  });
});

describe("inputs", () => {
  before(() => open());
  const cases = [
    ["Bands N", "51", /1 to 50 bands/], ["Bands N", "", /needs this value/], ["Bands N", "four", /“four” is not a number/],
    ["Fee of a trade", "100", /below 100%/], ["Fee of a trade", "-1", /at least 0%/],
    ["Length", "0", undefined], ["Length", "1,234", /can mean two numbers/],
    ["Values of A", "50 1", /Value 1: A is a whole number from 2 to 10,000/], ["Values of A", "50 x", /Value 2: “x” is not a number/], ["Values of A", "", /at least one value/],
    ["Loan margin", "0", /margin must be above 0/], ["As good within", "-1", /at least 0/],
  ];
  for (const [label, text, says] of cases) {
    test(`${label}: “${text}” is marked and explained beside its field`, async () => {
      const before = await field(label).inputValue();
      await field(label).fill(text);
      if (says === undefined) await button("Run").click();
      await page.locator(".sim .inputs [aria-invalid=true]").waitFor();
      assert.equal(await field(label).getAttribute("aria-invalid"), "true");
      assert.match(await saidOf(label), says ?? /longer than 0 days/);
      assert.equal(await page.locator(".sim .inputs [aria-invalid=true]").count(), 1, "no other field is blamed");
      assert.equal(await button("Run").isEnabled(), false);
      assert.doesNotMatch(await inSection().innerText(), /NaN|Infinity|undefined/);
      await field(label).fill(before);
      await page.locator(".sim .inputs [aria-invalid=true]").waitFor({ state: "detached" });
    });
  }

  test("a window that no stretch of the candles covers is explained at its field", async () => {
    await field("Length").fill("60");
    await button("Run").click();
    await page.locator(".sim .inputs [aria-invalid=true]").waitFor();
    assert.match(await saidOf("Length"), /No stretch of these candles/);
  });
});

describe("the worst windows", () => {
  beforeEach(reset);
  test("an event is replayed minute by minute, and its table ends at its loss", async () => {
    await unfold("Replay one of them");
    const slider = page.getByRole("slider", { name: "Minute of the window" });
    const [event] = await cells("Events, the largest loss first");
    assert.match(await slider.getAttribute("aria-valuetext"), new RegExp(`lost so far ${(100 * event[4]).toPrecision(4).replace(/0+$/, "")}%`));
    await slider.focus();
    await page.keyboard.press("Home");
    assert.match(await page.locator(".replay .reads").innerText(), /^2025-/);
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    assert.ok(Number(await slider.inputValue()) >= 0);
    await unfold("Table of the minutes");
    const all = await copied("Copy all as CSV", page.locator(".replay"));
    const [names, ...rows] = all.trimEnd().split("\r\n").map((line) => line.split(","));
    assert.equal(rows.length, 216);
    assert.equal(names.length, 5 + 2 * 4);
    assert.ok(Math.abs(Number(rows.at(-1)[names.indexOf("loss_fraction")]) - event[4]) < 1e-9);
  });

  test("nothing moves by itself where motion is not wanted", async () => {
    await open({ reducedMotion: "reduce" });
    await unfold("Replay one of them");
    await page.getByRole("slider", { name: "Minute of the window" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Play" }).count(), 0);
  });
});

describe("links and proofs", () => {
  before(() => open());
  beforeEach(reset);
  test("a link brings back every setting, and not the candles", async () => {
    await field("Fee of a trade").fill("1");
    await unfold("Model and method");
    await page.getByText("version 2", { exact: true }).click();
    await field("Averaging time").fill("900");
    await run();
    const answer = await figure();
    const link = await copied("Copy link");
    assert.match(link, /#sim\?v=1&/);
    await open({ fragment: link.slice(link.indexOf("#")) });
    assert.equal(await figure(), answer);
    assert.equal(await field("Fee of a trade").inputValue(), "1");
    assert.equal(await copied("Copy link"), link);
    await field("Fee of a trade").fill("2");
    // The address must no longer name what is not on the page.
    await page.waitForURL(/#sim$/);
  });

  test("a bad link says what is wrong and changes nothing", async () => {
    for (const [fragment, says] of [
      ["#sim?v=9", /its version is “9”/], ["#sim?A=3", /does not say its version/], ["#sim?v=1&coins=3", /no input of this page/],
      ["#sim?v=1&trading=wild", /it can be guarded, parity/], ["#sim?v=1&workers=3", /no input/], ["#sim?v=1&A=1&A=2", /twice/],
    ]) {
      await page.evaluate((hash) => { location.hash = hash; }, fragment);
      await page.getByRole("alert").filter({ hasText: says }).waitFor();
      assert.equal(await field("Values of A").inputValue(), "50 100 140");
    }
  });

  test("the proof names the bytes, the settings and every figure", async () => {
    const proof = JSON.parse(await copied("Copy proof"));
    assert.match(proof.candles[0].sha256, /^[0-9a-f]{64}$/);
    assert.deepEqual(proof.setup.values.A, [50, 100, 140]);
    assert.equal(proof.result.points.length, 3);
    const { losses } = await expected({ parameter: "A", values: [50, 100, 140] });
    assert.deepEqual(proof.result.points.map(({ loss }) => loss), [...losses]);
  });

  test("nothing of the section is fetched before it is opened; once opened it works offline", async () => {
    await open({ fragment: "" });
    await page.locator(".headline").waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await page.locator(".headline").waitFor();
    const large = () => requested.filter((url) => /\/(sim|\d+)\.\w+\.js$/.test(url)).length;
    assert.equal(large(), 0);
    await page.evaluate((hash) => { location.hash = hash; }, SMALL);
    await done();
    assert.ok(large() > 0);
    await context.setOffline(true);
    await page.reload();
    await done();
    assert.match(await figure(), /^140/);
  });
});

test("keyboard only: from the example to a scan, its result, its points and the replay of a minute", async () => {
  await open();
  await tabTo(page, "Values of A");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("60 120");
  await tabTo(page, "Run");
  await page.keyboard.press("Enter");
  await word().filter({ hasText: /Simulating|So far/ }).waitFor();
  await done();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Run", "the focus stays on the button");
  assert.match(await figure(), /^(60|120)/);
  await tabTo(page, "Point of the curve");
  await page.keyboard.press("Home");
  assert.match(await page.getByRole("slider", { name: "Point of the curve" }).getAttribute("aria-valuetext"), /^A 60: loss .*%, required discount .*%$/);
  await tabTo(page, "Table of the curve");
  await page.keyboard.press("Enter");
  await table("Loss and required discount").waitFor();
  await tabTo(page, "Replay one of them");
  await page.keyboard.press("Enter");
  const minute = page.getByRole("slider", { name: "Minute of the window" });
  await minute.waitFor();
  await tabTo(page, "Minute of the window");
  await page.keyboard.press("Home");
  const first = await minute.getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await minute.getAttribute("aria-valuetext"), first);
});

const clickAll = (selector) => page.evaluate((all) => document.querySelectorAll(all).forEach((one) => one.click()), selector);

describe("what it looks like", () => {
  before(() => open({ fragment: `${SMALL.replace("Seeds=0", "Seeds=2")}&randomWindows=1000` }));
  for (const { name, viewport, colorScheme } of LOOKS) {
    test(`${name}: axe finds nothing, and nothing sticks out`, async () => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await clickAll(".sim details:not([open]) > summary");
      await page.getByRole("slider", { name: "Minute of the window" }).waitFor();
      await clickAll(".sim details:not([open]) > summary");
      await clickAll(".sim .term[aria-expanded=false]");
      // The further minutes of the replay are like the first.
      assert.deepEqual(await violations(page, { exclude: [[".replay tbody tr:nth-child(n + 4)"]] }), []);
      assert.equal(await overflow(page), 0);
    });
  }
});
