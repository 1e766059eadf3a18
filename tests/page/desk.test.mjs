// The sections "Debt ceiling", "Oracles" and "Market report" of the built page in a browser.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { ceiling, market, oracle } from "llamath/risk";
import { syntheticCandles } from "../../bench/synthetic.mjs";
import { LOOKS, launch, newPage, openFolds, tabTo, violations } from "./browser.mjs";
import { load } from "./load.mjs";
import { serve } from "./serve.mjs";

/** What is left of A4 within its margins, in CSS pixels. */
const PAPER = { width: 680, height: 1009 };

let browser, site, context, page, troubles, requested;

before(async () => {
  site = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(() => { context = undefined; });
afterEach(async () => {
  if (context === undefined) return;
  await context.close();
  assert.deepEqual(troubles, []);
  for (const url of requested) assert.ok(url.startsWith(site.url) || url.startsWith(`blob:${new URL(site.url).origin}`), `a request went to ${url}`);
});

async function open(fragment, options) {
  await context?.close();
  ({ context, page, troubles, requested } = await newPage(browser, options));
  page.setDefaultTimeout(10_000);
  await page.goto(site.url + fragment);
  await answered(fragment.slice(1).split("?")[0]);
}

const answered = (section) => page.locator(`.${section} .large data`).first().waitFor();
const inside = (section) => page.locator(`.${section}`);
const figure = (section) => inside(section).locator(".large data").first();
const value = async (section) => Number(await figure(section).getAttribute("value"));
const becomes = (section, text) => inside(section).locator(".large", { hasText: text }).waitFor();
const word = (section, text) => inside(section).locator(".word", { hasText: text }).waitFor();
const field = (label) => page.locator(".desk:visible").getByRole("textbox", { name: label, exact: true });
const upload = (label, ...files) =>
  page.getByLabel(label).setInputFiles(files.map(([name, text]) => ({ name, mimeType: "text/csv", buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) })));
const go = async (title, section) => {
  await page.getByRole("link", { name: title, exact: true }).click();
  await answered(section);
};
async function numbers(caption) {
  const rows = page.locator(".desk:visible").getByRole("table", { name: caption }).locator("tbody tr");
  await rows.first().waitFor();
  return rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll("data")].map((cell) => Number(cell.value))));
}
/** Waits until this figure of a table's first row is another one. */
const changes = (caption, place, before) =>
  page.locator(".desk:visible").getByRole("table", { name: caption }).locator("tbody tr:first-child data").nth(place)
    .and(page.locator(`data:not([value="${before}"])`)).waitFor();

async function copied(button) {
  const within = page.locator(".desk:visible");
  await within.getByRole("button", { name: button }).first().click();
  await within.locator(".copy", { hasText: `${button} ✓ copied` }).first().waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}
async function saved(button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

const DAY = 86_400;
const START = 1_700_006_400;
const day = (index) => new Date(1000 * (START + index * DAY)).toISOString().slice(0, 10);
const usd = (index) => 5e6 + 1e5 * ((index * 7) % 11);
const liquidity = ["date,usd", ...Array.from({ length: 30 }, (_, at) => `${day(at)},${usd(at)}`)].join("\n");
const second = JSON.stringify({ record: Array.from({ length: 30 }, (_, at) => [START + at * DAY, 1e6]) });

const FIRST = 1_736_000_040;
const price = (minute) => 3000 + Math.min(minute, 200) + 3 * Math.sin(minute / 5);
const candles = (count) => ["t,o,h,l,c", ...Array.from({ length: count }, (_, at) => `${FIRST + 60 * at},1,1,1,${price(at)}`)].join("\n");
const rounds = (count) => ["ts,price", ...Array.from({ length: count }, (_, at) => `${FIRST + 300 * at},${price(5 * at).toFixed(8)}`)].join("\n");

describe("debt ceiling", () => {
  test("the example answers at once: figure, formula, picture, six readings, the data's faults", async () => {
    await open("#ceiling");
    const rows = await numbers("By every reading of the average");
    assert.equal(rows.length, 6);
    assert.equal(await value("ceiling"), rows[0].at(-1));
    assert.ok(rows[0].at(-1) <= rows[0].at(-2) && new Set(rows.map(([least]) => least)).size > 3);
    assert.equal(await page.locator(".ceiling .mark").count(), 1);
    await page.getByText("Quality of the data").click();
    assert.match(await page.getByRole("table", { name: /^Gaps/ }).innerText(), /missing\s+WETH\/USDT\s+2024-02-10\s+1[\s\S]*outlier\s+WETH\/USDT\s+2024-05-20/);
    assert.match(await page.locator(".ceiling .fold-body").first().innerText(), /1 rows doubled/);
  });

  test("own files, one of them zipped: what the package answers, with the files' hashes", async () => {
    await open("#ceiling");
    await upload("Files with liquidity", ["a.csv", liquidity], ["b.json.gz", gzipSync(second)]);
    await page.locator(".ceiling .file-name", { hasText: "b.json.gz" }).waitFor();
    await field("Share").fill("25%");
    await field("Rounded to").fill("3");
    const times = Float64Array.from({ length: 30 }, (_, at) => START + at * DAY);
    const totals = Float64Array.from({ length: 30 }, (_, at) => usd(at) + 1e6);
    const expected = ceiling.conventions({ days: 7 }).map(({ ema }) => ceiling.estimate({ times, liquidity: totals, ema, share: 0.25, digits: 3 }));
    await page.locator(`.ceiling .large data[value="${expected[0].roundedUsd}"]`).waitFor();
    const rows = await numbers("By every reading of the average");
    assert.deepEqual(rows, expected.map((one) => [one.minimum, one.ceilingUsd, one.roundedUsd]));
    await page.locator(".ceiling summary", { hasText: "Quality of the data" }).click();
    assert.deepEqual((await numbers("Each file")).map(([count, ...faults]) => [count, faults]), [[30, [0, 0, 0, 0, 0]], [30, [0, 0, 0, 0, 0]]]);
    const proof = JSON.parse(await copied("Copy proof"));
    assert.deepEqual(proof.sources.map(({ file, rows: count }) => [file, count]), [["a.csv", 30], ["b.json.gz", 30]]);
    assert.equal(proof.sources[0].sha256, createHash("sha256").update(liquidity).digest("hex"));
    await page.getByLabel("Reading of the average").selectOption("4");
    await page.locator(".ceiling .finding", { hasText: "half-life of 7 days, adjusted" }).waitFor();
    await page.getByText("tokens", { exact: true }).click();
    await word("ceiling", "Incomplete");
    assert.equal(await field("Price of a token").getAttribute("aria-invalid"), "true");
    await field("Price of a token").fill("2");
    await word("ceiling", "Debt ceiling");
    assert.equal((await numbers("By every reading of the average"))[3][1], 2 * expected[3].ceilingUsd);
  });

  test("what is wrong is said beside the file, with its row and column, or beside the setting", async () => {
    await open("#ceiling");
    const bad = (row) => liquidity.split("\n").map((line, at) => (at === row ? `${day(row - 1)},-5` : line)).join("\n");
    await upload("Files with liquidity", ["good.csv", liquidity], ["bad.csv", bad(3)]);
    const said = page.locator(".ceiling .drop li", { hasText: "bad.csv" }).locator(".error");
    await said.waitFor();
    assert.match(await said.innerText(), /Row 3, column \w+: must be/);
    assert.equal(await page.locator(".ceiling .error").count(), 1, "the good file is not blamed");
    await page.getByRole("button", { name: "Remove bad.csv" }).click();
    await word("ceiling", "Debt ceiling");
    for (const [label, text, says] of [["Share", "120", /from 0 to 1|at most 1|must be/], ["Rounded to", "0", /must be/], ["Days of the average", "0", /must be/], ["Warm-up", "1.5", /whole number/], ["Share", "lots", /not a number/]]) {
      const old = await field(label).inputValue();
      await field(label).fill(text);
      await word("ceiling", "Incomplete");
      const ids = await field(label).getAttribute("aria-describedby");
      assert.match(await page.locator(ids.split(" ").map((id) => `[id="${id}"].error`).join()).innerText(), says);
      await field(label).fill(old);
      await word("ceiling", "Debt ceiling");
    }
  });
});

describe("oracles", () => {
  test("the example: every feed, with window and sampling, and places without a verdict", async () => {
    await open("#oracles");
    const rows = await numbers("Feeds against the market");
    assert.equal(rows.length, 6);
    assert.equal(await value("oracles"), Math.min(...rows.map(([rmse]) => rmse)));
    assert.equal(await page.locator(".oracles .error-chart").count(), 6);
    assert.match(await page.locator(".oracles .gist .note").first().innerText(), /2,\d+ moments, 2025-01-04 \d\d:\d\d to 2025-01-05 \d\d:\d\d UTC, one every 60 s/);
    await page.getByText("How often feeds change").click();
    assert.equal((await numbers("Minutes that a feed stands still")).length, 12);
    const slider = page.getByRole("slider", { name: "Minute of the charts" });
    await slider.focus();
    await page.keyboard.press("Home");
    assert.match(await slider.getAttribute("aria-valuetext"), /market 2,984\.54, feed 2,991\.11, apart 6\.57/);
  });

  test("own files: what the package answers; a bad row is named", async () => {
    await open("#oracles");
    await upload("Prices of the market", ["candles.csv", candles(300)]);
    await page.locator(".oracles .error", { hasText: "Rounds or observations are needed" }).waitFor();
    const broken = rounds(60).split("\n").map((line, at) => (at === 7 ? line.replace(/,.*/, ",-1") : line)).join("\n");
    await upload("Rounds of a feed", ["rounds.csv", broken]);
    const said = page.locator(".oracles .drop li", { hasText: "rounds.csv" }).locator(".error");
    await said.waitFor();
    assert.match(await said.innerText(), /Row 7, column \w+: must be/);
    await upload("Rounds of a feed", ["rounds.csv", rounds(60)]);
    await word("oracles", "5 feeds");
    const bytes = (text) => new TextEncoder().encode(text);
    const feed = oracle.readRounds({ text: bytes(rounds(60)), decimals: 8 });
    const closes = oracle.readPrices({ text: bytes(candles(300)) });
    const answers = oracle.answers({ rounds: feed.rounds, decimals: 8 });
    const last = (times, later) => ({ firstSecs: times[0] + later, lastSecs: times.at(-1) + later });
    const grid = oracle.commonGrid({ spans: [last(answers.times, 0), last(closes.times, 60)] });
    const { rmse, mae, meanDifference } = oracle.metrics({
      feed: oracle.carryForward({ ...answers, grid }).values,
      reference: oracle.carryForward({ ...closes, grid, knownAfterSecs: 60, maxStalenessSecs: 0 }).values,
    });
    const first = async () => (await numbers("Feeds against the market"))[0];
    assert.deepEqual((await first()).slice(0, 3), [rmse, mae, meanDifference]);
    const { values } = oracle.carryForward({ ...answers, grid });
    assert.equal((await first())[5], oracle.logVolatility({ feed: values, stepSecs: 60 }).yearly);
    const variance = (await first())[3];
    await page.locator(".oracles .segments", { hasText: "Variances divide by" }).getByText("count", { exact: true }).click();
    await changes("Feeds against the market", 3, variance);
    const left = oracle.carryForward({ ...closes, grid, knownAfterSecs: 60, maxStalenessSecs: 0 }).values;
    assert.equal((await first())[3], oracle.metrics({ feed: values, reference: left, divisor: "count" }).varianceDifference);
    await page.getByText("How often feeds change").click();
    assert.deepEqual(await numbers("Seconds between rounds"), [[300, 300, 300, 300, 300]]);
    await page.locator(".oracles .segments", { hasText: "They are" }).getByText("prices at their time").click();
    await changes("Feeds against the market", 0, rmse);
    await upload("Rounds of a feed", ["later.csv", `ts,price\n${FIRST + 10 * DAY},1\n${FIRST + 11 * DAY},1`]);
    await page.locator(".oracles .finding", { hasText: "must have a minute in common" }).waitFor();
  });

  test("a million minutes, zipped: how far it is, and a way to stop it; the page goes on meanwhile", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "llamath-"));
    const zipped = async (name, text) => {
      await writeFile(join(folder, name), gzipSync(text, { level: 1 }));
      return join(folder, name);
    };
    const MINUTES = 1_000_000;
    const [prices, feed] = [await zipped("candles.csv.gz", candles(MINUTES)), await zipped("rounds.csv.gz", rounds(MINUTES / 5))];
    await open("#oracles");
    await page.evaluate(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
    });
    await page.getByLabel("Prices of the market").setInputFiles(prices);
    await page.getByLabel("Rounds of a feed").setInputFiles(feed);
    const progress = page.locator(".oracles .progress");
    await progress.getByText(/^(Reading (candles|rounds)\.csv\.gz|Averaging the rounds|Comparing the feeds)\.$/).waitFor();
    assert.match(await progress.innerText(), /left\s+Cancel$/);
    await progress.getByRole("button", { name: "Cancel" }).click();
    await page.locator(".oracles .finding", { hasText: "Cancelled" }).waitFor();
    await word("oracles", "Incomplete");
    await page.locator(".oracles .gist").getByRole("button", { name: "Compute" }).click();
    await page.locator(".oracles .gist .note", { hasText: "over 999," }).waitFor({ timeout: 120_000 });
    // Every part of the answer is drawn once more as the user goes through it.
    const slider = page.getByRole("slider", { name: "Minute of the charts" });
    await slider.focus();
    await page.keyboard.press("End");
    await page.locator(".oracles").getByLabel("Feed", { exact: true }).selectOption("3");
    await page.getByText("Table of the prices").click();
    await page.getByText("The first 50 of 999,").waitFor();
    t.diagnostic(`longest task on the main thread: ${await page.evaluate(() => Math.max(0, ...globalThis.longTasks))} ms (0: none above 50)`);
    assert.equal(await page.locator(".oracles .error-chart").count(), 5);
    await rm(folder, { recursive: true });
  });

  test("all of a long table is written as a file, a few rows at a time", async () => {
    await open("#oracles");
    await page.getByText("Table of the prices").click();
    const { name, text } = await saved("Download all as CSV");
    assert.equal(name, "The market and the feeds at each moment.csv");
    const lines = text.trimEnd().split("\r\n");
    const count = Number(/of ([\d,]+) rows/.exec(await page.getByText(/^The first 50 of/).innerText())[1].replace(",", ""));
    assert.equal(lines.length, count + 1);
    assert.ok(lines[0].startsWith("time_utc,market,Chainlink,") && lines.every((line) => line.split(",").length >= 14));
    assert.equal(new Set(lines).size, lines.length, "every row once");
  });
});

describe("market report", () => {
  for (const [title, liquidation, loan, A] of [["WETH", 0.04, 0.07, 72], ["WBTC", 0.04, 0.07, 89], ["ARB", 0.09, 0.12, 30]]) {
    test(`${title}: the published discounts, and exact LTVs beside the estimate`, async () => {
      await open("#report");
      await page.getByRole("button", { name: title, exact: true }).click();
      await page.locator(".report-page h2", { hasText: title }).waitFor();
      assert.deepEqual(await page.locator(".report .large data").evaluateAll((all) => all.map((one) => Number(one.value))), [liquidation, loan]);
      const rows = await numbers("Largest LTV");
      assert.deepEqual(rows.map(([bands]) => bands), [4, 10, 50]);
      for (const [bands, exact, estimate] of rows) {
        assert.ok(exact > 0 && exact < 1 - loan, `${bands} bands: ${exact}`);
        assert.ok(Math.abs(estimate - (1 - loan - bands / (2 * A))) < 1e-12, `${bands} bands: ${estimate}`);
      }
    });
  }

  test("with the two other sections: JSON and Markdown are the package's, and name every file", async () => {
    await open("#ceiling");
    await upload("Files with liquidity", ["a.csv", liquidity]);
    await page.locator(".ceiling .finding", { hasText: "2023" }).waitFor();
    await go("Oracles", "oracles");
    await go("Market report", "report");
    await page.locator(".report-page .mark").waitFor();
    assert.match(await page.locator(".report-page").innerText(), /30 rows; 30 days; 0 rows invalid/);
    const boxes = page.locator(".report .check input");
    assert.deepEqual(await boxes.evaluateAll((all) => all.map(({ checked }) => checked)), [true, false], "an example goes in only when asked for");
    await boxes.nth(1).check();
    await page.locator(".report-page .error-chart").first().waitFor();
    assert.equal((await numbers("Minutes that a feed stands still")).length, 12);
    assert.equal((await numbers("Seconds between rounds")).length, 1);
    assert.match(await page.getByRole("table", { name: "The files as they were read" }).innerText(), /made-up-candles\.csv\s+candles\s+2,880\s+60\s+60\s+0\s+–\s+–\s+known at the close: a minute after its stamp/);
    const { name, text } = await saved("Download JSON");
    assert.equal(name, "WETH-Optimism.json");
    const record = JSON.parse(text);
    assert.deepEqual(record.sources.map(({ role, file }) => [role, file]), [
      ["liquidity", "a.csv"], ["rounds", "made-up-rounds.csv"], ["observations", "made-up-observations.csv"], ["candles", "made-up-candles.csv"],
    ]);
    assert.equal(record.sources[0].sha256, createHash("sha256").update(liquidity).digest("hex"));
    const again = market.recommend({
      collateral: "WETH", chain: "Optimism", generation: "dfm", A: 72, fee: 0.002, loss: 0.04, margin: 0.03, price: 3000, collateralDecimals: 18, borrowedDecimals: 18,
      ceiling: { ...record.ceiling, ema: Float64Array.from(record.ceiling.ema, (row) => row ?? NaN) },
      oracles: { ...record.oracles, rankings: record.oracles.rankings.map(({ measure, places }) => ({ measure, places: Float64Array.from(places, (row) => row ?? NaN) })) },
      updates: record.updates,
      sources: record.sources,
    });
    assert.equal(text, again.json);
    assert.deepEqual(record.updates.map(({ of }) => of), [...Array(6).fill(["runs", "time"]).flat(), "rounds"]);
    assert.deepEqual(record.sources.map(({ quality }) => quality), [
      "0 rows doubled, 0 days missing, 0 outliers", ...record.sources.slice(1).map(({ quality }) => /^0 rows doubled, at most \d+ s from one to the next$/.exec(quality)?.[0]),
    ]);
    assert.equal((await saved("Download Markdown")).text, again.markdown);
    assert.match(await page.locator(".report .provenance").innerText(), /a\.csv liquidity[\s\S]*30 rows, 2023-11-15 00:00 to 2023-12-14 00:00 UTC[\s\S]*SHA-256 [0-9a-f]{64}/);
  });

  test("from the simulator: A, fee and loss with their ranges and their candles; typing over them takes that back", async () => {
    const { timeSecs, open: opens, high, low, close } = syntheticCandles(3, 3000);
    const text = ["t,o,h,l,c", ...Array.from(timeSecs, (t, row) => [t, opens[row], high[row], low[row], close[row]].join())].join("\n");
    await open("#ceiling");
    await page.getByRole("link", { name: "Simulator", exact: true }).click();
    await page.getByLabel("Candle files").setInputFiles([{ name: "history.csv", mimeType: "text/csv", buffer: Buffer.from(text) }]);
    await page.getByText("history.csv: 3,000 candles.").waitFor();
    await page.locator(".sim").getByRole("button", { name: "Run" }).first().click();
    await page.getByRole("button", { name: "Use in the market report" }).click();
    await answered("report");
    await page.getByText("From the simulator, on history.csv.").waitFor();
    const scans = page.getByRole("table", { name: "How sure A and the fee are" });
    await scans.waitFor();
    const { A, fee, loss, scans: [scan], sources } = JSON.parse((await saved("Download JSON")).text);
    assert.deepEqual([scan.parameter, scan.value, fee], ["A", A, 0.006]);
    assert.ok(scan.flatLow <= A && A <= scan.flatHigh && loss > 0 && loss < 1);
    assert.deepEqual(sources.map(({ role, file, rows, sha256 }) => [role, file, rows, sha256]), [
      ["candles", "history.csv", 3000, createHash("sha256").update(text).digest("hex")],
    ]);
    assert.match(sources[0].options, /^A of 13 values from 20 to 500; fee 0\.6%; 4 bands; oracle's average of half-life 600 s; fees of v1; guarded; windows of 0\.15 days by time; expected shortfall 99\.75%$/);
    assert.match(await page.getByRole("table", { name: "The files as they were read" }).innerText(), /history\.csv\s+candles\s+3,000\s+60\s+60\s+0\s+0/);
    await field("Amplification").fill(`${A + 1}`);
    await scans.waitFor({ state: "detached" });
    await page.locator(".report-page", { hasText: "None: all was entered by hand" }).waitFor();
    await page.getByRole("button", { name: /^Take the simulator's: A/ }).click();
    await scans.waitFor();
  });

  test("what a contract would refuse is said beside its field", async () => {
    await open("#report");
    for (const [label, text] of [["Amplification", "1"], ["Fee of a trade", "60"], ["Worst-case loss", "84"], ["Margin", "0"], ["Price of the collateral", "0"], ["Decimals", "19"], ["Collateral", " "]]) {
      const old = await field(label).inputValue();
      await field(label).fill(text);
      await word("report", "Incomplete");
      assert.equal(await page.locator(".report .inputs .error").count(), 1, label);
      assert.equal(await field(label).getAttribute("aria-invalid"), "true", label);
      await field(label).fill(old);
      await word("report", "Recommended");
    }
  });
});

describe("links", () => {
  for (const [section, label, text, wrong] of [
    ["ceiling", "Share", "25", "unit=yen"], ["oracles", "Averaged over", "900", "kind=guess"], ["report", "Amplification", "50", "generation=v9"],
  ]) {
    test(`#${section}: a link brings back the settings; a bad one says what is wrong`, async () => {
      await open(`#${section}`);
      await field(label).fill(text);
      const link = await copied("Copy link");
      assert.match(link, new RegExp(`#${section}\\?v=1&`));
      await open(link.slice(link.indexOf("#")));
      assert.equal(await field(label).inputValue(), text);
      await open(`#${section}?v=1&${wrong}`);
      assert.match(await page.getByRole("alert").innerText(), /This link was not opened: “\w+” is “\w+”; it can be/);
      await open(`#${section}?v=2`);
      assert.match(await page.getByRole("alert").innerText(), /its version is “2”/);
    });
  }

  test("settings that a link cannot hold are refused by name", async () => {
    const { fromFragment, toFragment } = await load("desk/settings.ts");
    const usual = { share: "20", days: "7" };
    assert.deepEqual(fromFragment("ceiling", usual, {}, toFragment("ceiling", usual, { share: "a&b=%", days: "7" })), { settings: { share: "a&b=%", days: "7" } });
    for (const [query, says] of [["v=1&nope=1", /“nope”.*no input/], ["v=1&share=1&share=2", /twice/], ["share=1", /does not say its version/], ["v=1&share=%2", /%/], [`v=1&share=${"1".repeat(101)}`, /longer/]]) {
      assert.match(fromFragment("ceiling", usual, {}, `#ceiling?${query}`).wrong, says);
    }
    assert.equal(fromFragment("ceiling", usual, {}, "#ceiling"), undefined);
  });
});

describe("the keyboard alone", () => {
  test("debt ceiling: the example, a setting, the reading of the average, a day of the chart", async () => {
    await open("#ceiling");
    const before = await value("ceiling");
    await tabTo(page, "Two made-up pools");
    await page.keyboard.press("Enter");
    await tabTo(page, "Files with liquidity");
    await tabTo(page, "Share");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("50");
    await page.locator(`.ceiling .large data:not([value="${before}"])`).waitFor();
    await tabTo(page, "Reading of the average");
    await page.keyboard.press("ArrowDown");
    await page.locator(".ceiling .finding", { hasText: "from the first value" }).waitFor();
    await tabTo(page, "Day of the chart");
    await page.keyboard.press("Home");
    assert.match(await page.getByRole("slider", { name: "Day of the chart" }).getAttribute("aria-valuetext"), /^2024-01-01: total/);
    await tabTo(page, "Table of the days");
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: "Liquidity and its average" }).waitFor();
  });

  test("oracles: the example, a setting, another feed, a moment of the charts", async () => {
    await open("#oracles");
    await tabTo(page, "Two made-up days");
    await page.keyboard.press("Enter");
    await tabTo(page, "Prices of the market");
    await tabTo(page, "Averaged over");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("900");
    await page.getByRole("table", { name: "Feeds against the market" }).getByText("Uniswap v3 TWAP, 900 s").waitFor();
    await tabTo(page, "Feed");
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "Minute of the charts");
    const slider = page.getByRole("slider", { name: "Minute of the charts" });
    await page.keyboard.press("Home");
    const first = await slider.getAttribute("aria-valuetext");
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await slider.getAttribute("aria-valuetext"), first);
    await tabTo(page, "How often feeds change");
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: "Minutes that a feed stands still" }).waitFor();
  });

  test("market report: an example, the way to a section and back, its part taken in, Markdown", async () => {
    await open("#report");
    await tabTo(page, "ARB");
    await page.keyboard.press("Enter");
    await page.locator(".report-page h2", { hasText: "ARB" }).waitFor();
    await tabTo(page, "Open the section");
    await page.keyboard.press("Enter");
    await answered("ceiling");
    await tabTo(page, "Market report");
    await page.keyboard.press("Enter");
    await answered("report");
    await tabTo(page, "Debt ceiling");
    await page.keyboard.press("Space");
    await page.locator(".report-page .mark").waitFor();
    await tabTo(page, "Copy Markdown");
    await page.keyboard.press("Enter");
    await page.getByText("Copy Markdown ✓ copied").waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /ARB/);
  });
});

/** The report with everything in it, and all folds open. */
async function everything(options) {
  await open("#ceiling", options);
  await go("Oracles", "oracles");
  await go("Market report", "report");
  for (const box of await page.locator(".report .check input").all()) await box.check();
  await page.locator(".report-page .error-chart").first().waitFor();
  await page.locator(".report-page .mark").waitFor();
}
const sticksOut = () => page.evaluate(() => {
  const edge = document.documentElement.clientWidth;
  const isClipped = (element) => element.closest(".spoken, .wide") !== null && matchMedia("screen").matches;
  const all = [...document.querySelectorAll("main *")].filter((element) => !isClipped(element) && element.getBoundingClientRect().right > edge + 1 && !element.closest(".spoken"));
  return all.map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 30)}`);
});

for (const { name, ...look } of LOOKS) {
  test(`${name}: axe finds nothing in the three sections, and nothing sticks out`, async () => {
    await everything(look);
    for (const title of ["Debt ceiling", "Oracles", "Market report"]) {
      await page.getByRole("link", { name: title, exact: true }).click();
      await page.waitForFunction((said) => document.title.startsWith(said), title);
      await openFolds(page);
      for (const button of await page.locator(".desk:visible .term").all()) await button.click();
      assert.deepEqual(await violations(page), [], title);
      assert.deepEqual(await sticksOut(), [], title);
    }
  });
}

test("on A4 nothing sticks out, no input is printed, and dark ink is used in the dark too", async () => {
  await everything({ viewport: PAPER, colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  for (const title of ["Market report", "Debt ceiling", "Oracles"]) {
    // The navigation itself is not printed.
    await page.evaluate((hash) => { location.hash = hash; }, { "Market report": "report", "Debt ceiling": "ceiling", Oracles: "oracles" }[title]);
    await page.waitForFunction((said) => document.title.startsWith(said), title);
    assert.deepEqual(await sticksOut(), [], title);
    assert.equal(await page.locator("header:visible, footer:visible, .inputs:visible, main button:visible, input:visible").count(), 0, title);
  }
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).color), "rgb(0, 0, 0)");
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  // Its pages are upright A4: 595 by 842 points.
  assert.match(pdf.toString("latin1"), /MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
});
