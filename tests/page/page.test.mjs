// The built page in a browser, served from a sub-folder under a strict policy.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { LOOKS, PHONE, described, launch, newPage, openFolds, overflow, tabTo, violations } from "./browser.mjs";
import { serve } from "./serve.mjs";

const PICKLE = "Pickle polyJar, shown 178%";
const LLAMASWAP = "LlamaSwap, LAMA pool";
const BSC = "BSC farm, still on 3 s blocks";

let browser, site, context, page, troubles, requested;

before(async () => {
  site = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(() => open());
afterEach(async () => {
  await context.close();
  assert.deepEqual(troubles, []);
  for (const url of requested) assert.ok(url.startsWith(site.url), `a request went to ${url}`);
});

async function open({ fragment = "", ...options } = {}) {
  await context?.close();
  ({ context, page, troubles, requested } = await newPage(browser, options));
  page.setDefaultTimeout(5_000);
  await page.goto(site.url + fragment);
  await page.locator(".headline").waitFor();
}

const field = (label) => page.locator(".sheet").getByLabel(label, { exact: true });
const figure = () => page.locator(".large").innerText();
const word = () => page.locator(".word").innerText();
const finding = () => page.locator(".finding").innerText();
const fullFigure = async () => Number(await page.locator(".large data").getAttribute("value"));
const example = (title) => page.getByRole("button", { name: title }).click();
const fold = (title) => page.locator("summary", { hasText: title }).click();
const table = (caption) => page.getByRole("table", { name: caption });
const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
const saidOf = (label) => described(field(label));
const isWrong = async (label) => (await field(label).getAttribute("aria-invalid")) === "true";
/** Every input and what it holds. */
const inputs = () => page.locator("form.inputs input").evaluateAll((all) => all.map(({ value, checked }) => `${value} ${checked}`));

async function copied(button, within = page) {
  await within.getByRole("button", { name: button }).click();
  await within.locator(".copy", { hasText: `${button} ✓ copied` }).waitFor();
  return clipboard();
}

function near(actual, expected, tolerance) {
  assert.ok(Math.abs(actual / expected - 1) < tolerance, `${actual} is not near ${expected}`);
}

describe("the first view", () => {
  test("already shows an answer, its verdict, its formula and its picture", async (t) => {
    assert.match(await figure(), /^480\.4%/);
    assert.equal(await word(), "Mismatch");
    assert.match(await page.locator(".formula").innerText(), /10 \/ 130\s+= 7\.692%/);
    assert.equal(await page.locator(".bars .bar").count(), 2);
    const painted = await page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
    }));
    t.diagnostic(`the answer was painted after ${Math.round(painted)} ms`);
  });

  test("weighs at most 200 KB in gzip, the WebAssembly included, without the chain reader", (t) => {
    const dist = new URL("../../dist/", import.meta.url);
    const loaded = [...new Set(requested.map((url) => new URL(url).pathname.split("/").pop() || "index.html"))];
    const files = readdirSync(dist).filter((name) => loaded.includes(name));
    assert.ok(files.some((name) => name.endsWith(".wasm")) && !files.some((name) => name.startsWith("chain.")), files.join());
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, dist))).length, 0);
    t.diagnostic(`${files.length} files, ${bytes} bytes in gzip`);
    assert.ok(bytes <= 200_000, `${bytes} bytes`);
  });
});

describe("examples", () => {
  test("Pickle: 480.4 %, K around 0.3705", async () => {
    await example(PICKLE);
    near(await fullFigure(), 4.8043300622, 1e-10);
    assert.match(await finding(), /shows 178%, 0\.3705 times the computed figure/);
    assert.match(await page.locator(".verdict").innerText(), /Hidden factor K.* 0\.3695 to 0\.3715/s);
  });

  test("LlamaSwap: weight 10/92, 0.0543 tokens a block, nothing to check", async () => {
    await example(LLAMASWAP);
    const steps = await page.locator(".formula").innerText();
    assert.match(steps, /10 \/ 92\s+= 10\.87%/);
    assert.match(steps, /= 0\.0543478/);
    assert.match(steps, /= 10,512,000/);
    const weight = page.locator(".formula data[data-full^='10.86']");
    assert.equal(await weight.getAttribute("data-full"), "10.869565217391304%");
    assert.equal(await word(), "Unchecked");
    assert.match(await saidOf("Price of the reward token"), /Assumed for the example/);
    assert.match(await saidOf("Block time"), /BNB Smart Chain: 3 s until 2025-04-29 \(Genesis\)\. Source/);
  });

  test("a BSC farm that still counts 3-second blocks: the cause is found", async () => {
    await example(BSC);
    assert.match(await figure(), /^7,008%/);
    assert.equal(await word(), "Mismatch");
    assert.match(await page.locator(".verdict").innerText(), /0\.14999 to 0\.15001/);
    assert.match(await page.locator(".causes li").first().innerText(), /It counts blocks of 3 s, but they take 0\.45 s\. × 0\.15/);
    assert.match(await saidOf("Block time"), /Fermi.*BEP-619/);
    await page.getByLabel("Block times by chain and date").selectOption({ label: "3 s until 2025-04-29 (Genesis)" });
    assert.match(await figure(), /^1,051\.2%/);
    assert.equal(await word(), "Matches");
  });
});

describe("while typing", () => {
  test("the answer follows every key", async (t) => {
    await example(LLAMASWAP);
    const began = await fullFigure();
    await page.evaluate(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
    });
    await field("Points of pool").fill("2");
    near(await fullFigure(), began / 5, 1e-12);
    await field("Points of pool").press("End");
    await page.keyboard.type("3");
    near(await fullFigure(), began * 2.3, 1e-12);
    const longest = await page.evaluate(() => Math.max(0, ...globalThis.longTasks));
    t.diagnostic(`longest task over 50 ms while typing: ${longest} ms`);
  });

  test("what was understood stands beside the field", async () => {
    await field("Price of the reward token").fill("$1 234,5");
    assert.match(await saidOf("Price of the reward token"), /Read as 1,234\.5 USD/);
    await field("Emission, all pools").fill("7692307690000000 wei");
    assert.match(await saidOf("Emission, all pools"), /Read as 0\.007692307690000000 tokens/);
  });

  test("a number with two meanings is asked about", async () => {
    await field("Price of the reward token").fill("1,234");
    assert.match(await saidOf("Price of the reward token"), /“1,234” can mean two numbers/);
    assert.equal(await word(), "Incomplete");
    await page.getByRole("button", { name: "1.234", exact: true }).click();
    assert.equal(await field("Price of the reward token").inputValue(), "1.234");
    assert.equal(await isWrong("Price of the reward token"), false);
  });

  test("an emission written per block is not taken per second", async () => {
    await field("Emission, all pools").fill("0.5 LAMA/block");
    assert.match(await saidOf("Emission, all pools"), /written per block, but the choice beside it says “per second”/);
  });
});

describe("what is wrong is said beside its field", () => {
  const cases = [
    ["Value staked in the pool", "0", /Value staked in the pool must be a finite number above 0\./],
    ["Price of the reward token", "-1", /must be a finite number above 0\./],
    ["Points of all pools", "0", /must be a finite number above 0\./],
    ["Points of pool", "131", /must be at most the points of all pools\./],
    ["Points of pool", "ten", /“ten” is not a number/],
    ["Points of pool", "", /The APR needs this value/],
    ["APR that the site shows", "-3", /./],
    ["Deposit fee", "101", /\(1 is 100 %\)/],
    ["Performance fee", "-1", /\(1 is 100 %\)/],
    ["You put in", "0", /above 0/],
    ["Cost of one compounding", "0", /above 0/],
    ["In days", "-1", /at least 0/],
    ["Seconds of a year", "0", /above 0/],
    ["Value staked in the pool", "0.5 ETH", /“ETH” is no unit of this field/],
  ];
  for (const [label, text, says] of cases) {
    test(`${label}: “${text}”`, async () => {
      await field(label).fill(text);
      assert.ok(await isWrong(label));
      assert.match(await saidOf(label), says);
      assert.equal(await page.locator(".inputs [aria-invalid=true]").count(), 1, "no other field is blamed");
      assert.doesNotMatch(await page.locator(".sheet").innerText(), /NaN|Infinity|undefined/);
    });
  }

  test("LP reserves: too many digits, more staked than there is, nothing staked", async () => {
    await page.getByText("LP reserves", { exact: true }).click();
    const lp = {
      "Reserve of coin 0": "1000", "Price of coin 0": "2", "Reserve of coin 1": "2000", "Decimals of coin 1": "6",
      "Price of coin 1": "1", "LP tokens, all": "100", "LP tokens in the farm": "25",
    };
    for (const [label, text] of Object.entries(lp)) await field(label).fill(text);
    assert.match(await page.locator(".inputs").innerText(), /25% of the pool's 4,000\.00 USD is staked: 1,000\.00 USD/);
    await field("Reserve of coin 1").fill("0.1234567");
    assert.match(await saidOf("Reserve of coin 1"), /no more digits after its point than decimals/);
    await field("Reserve of coin 1").fill("2000");
    await field("LP tokens in the farm").fill("101");
    assert.match(await saidOf("LP tokens in the farm"), /must be at most the LP tokens in existence/);
    await field("LP tokens in the farm").fill("0");
    assert.match(await saidOf("LP tokens in the farm"), /Nothing is staked/);
    await field("LP tokens in the farm").fill("25");
    await field("Decimals of coin 1").fill("78");
    assert.match(await saidOf("Decimals of coin 1"), /0 to 77/);
  });
});

describe("links", () => {
  test("a link brings back every input", async () => {
    await example(BSC);
    await field("Points of all pools").fill("3");
    await page.getByText("per second").click();
    const [link, before] = [await copied("Copy link"), await inputs()];
    const answer = await figure();
    assert.match(link, /#apr\?v=1&/);
    await open({ fragment: link.slice(link.indexOf("#")) });
    assert.deepEqual(await inputs(), before);
    assert.equal(await figure(), answer);
  });

  test("a bad link says what is wrong and changes nothing", async () => {
    await field("Points of pool").fill("13");
    const before = await inputs();
    for (const [fragment, says] of [
      ["#apr?v=1&points=10", /no input of this page/], ["#apr?v=9", /its version is “9”/], ["#pool?v=1", /does not start with/],
    ]) {
      await page.evaluate((hash) => { location.hash = hash; }, fragment);
      await page.getByRole("alert").filter({ hasText: says }).waitFor();
      assert.match(await page.getByRole("alert").innerText(), /Nothing was changed\.$/);
      assert.deepEqual(await inputs(), before);
    }
    await example(PICKLE);
    assert.equal(await page.getByRole("alert").count(), 0);
  });

  test("every section has an address that is no link to a form", async () => {
    for (const address of await page.locator("nav a").evaluateAll((all) => all.map((one) => one.getAttribute("href")))) {
      await open({ fragment: address });
      await page.locator(`nav a[href="${address}"][aria-current="page"]`).waitFor();
      assert.equal(await page.getByRole("alert").count(), 0, address);
    }
  });

  test("a page opened with a bad link shows the first example and what is wrong", async () => {
    await open({ fragment: "#apr?v=1&allocPoint=%zz" });
    assert.match(await page.getByRole("alert").innerText(), /two hexadecimal digits/);
    assert.match(await figure(), /^480\.4%/);
  });
});

describe("taking it along", () => {
  test("the proof's SHA-256 is that of what is copied", async () => {
    const json = await copied("Copy proof");
    const record = JSON.parse(json);
    assert.equal(record.result.apr, await fullFigure());
    assert.deepEqual(record.inputs.find(({ name }) => name === "allocPoint").origin, `example “${PICKLE}”`);
    await fold("Proof");
    assert.equal(await page.locator(".hash").innerText(), createHash("sha256").update(json).digest("hex"));
  });

  test("an input that was typed says so in the proof", async () => {
    await field("Points of pool").fill("11");
    const { inputs: recorded } = JSON.parse(await copied("Copy proof"));
    assert.equal(recorded.find(({ name }) => name === "allocPoint").origin, "entered on the page");
  });

  test("every table is there as CSV and as JSON, with every digit", async () => {
    await fold("APY by compounding");
    const part = page.locator(".data-table", { has: table("APY by how often rewards are reinvested, without fees") });
    const rows = (await copied("Copy CSV", part)).trimEnd().split("\r\n");
    assert.equal(rows[0], "reinvested,periods_per_year,apy_fraction");
    assert.equal(rows[1], `never (the APR),0,${await fullFigure()}`);
    const objects = JSON.parse(await copied("Copy JSON", part));
    assert.equal(objects.length, rows.length - 1);
    assert.equal(objects.at(-1).reinvested, "continuously");
    near(objects.at(-1).apy_fraction, Math.expm1(await fullFigure()), 1e-12);
  });

  test("copying a figure copies all of its digits", async () => {
    await page.locator(".large data").focus();
    await page.keyboard.press("Control+C");
    assert.equal(await clipboard(), "480.43300622459375%");
  });
});

describe("the parts of the answer", () => {
  test("returns: the table, the reverse, and fees", async () => {
    await fold("Returns on your deposit");
    const rows = await table("Returns after fees").locator("tbody tr").allInnerTexts();
    assert.deepEqual(rows.map((row) => row.split("\t")[0].trim()), ["1 day", "7 days", "30 days", "1 year", "5 years"]);
    const year = () => table("Returns after fees").locator("tbody tr").nth(3).locator("data").nth(1);
    const gross = Number(await year().getAttribute("value"));
    near(gross, 1000 * Math.expm1(365 * Math.log1p((await fullFigure()) / 365)), 1e-12);
    assert.match(await page.getByText(/To gain 1,000\.00 USD in 365 days/).innerText(), /= 8\.53 USD\./);
    await field("Performance fee").fill("10%");
    await page.getByText("on the final yield").click();
    near(Number(await year().getAttribute("value")), 0.9 * gross, 1e-12);
  });

  test("why is mine different: the parts add up to the whole", async () => {
    await example(BSC);
    await fold("Why is mine different?");
    await field("Theirs: Value staked in the pool").fill("2000000");
    const rows = table("Parts of the difference").locator("tbody tr");
    const logs = await rows.evaluateAll((all) => all.map((row) => Number([...row.querySelectorAll("data")].at(-1).value)));
    const whole = logs.pop();
    assert.equal(logs.length, 2);
    assert.equal(logs.reduce((sum, log) => sum + log, 0), whole);
    near(Math.exp(whole), 0.075, 1e-12);
    assert.equal(await page.locator(".waterfall .bar").count(), 3);
  });

  test("the exact payout, the best interval and impermanent loss", async () => {
    await example(LLAMASWAP);
    await fold("What the pool pays");
    await field("Over").fill("1200");
    assert.match(await page.locator(".integer").innerText(), /^65,217,391,304,347,826,086/);
    await field("Over").fill("1.5");
    assert.match(await saidOf("Over"), /type a whole number/);
    await fold("Best time between compoundings");
    assert.match(await table("A year, reinvested at the best times or never").innerText(), /never/);
    await fold("Impermanent loss");
    await field("Price, now ÷ then").fill("4");
    assert.match(await page.locator(".medium").innerText(), /^−20%/);
  });

  test("a pool without points pays nothing, and the page says so", async () => {
    await field("Points of pool").fill("0");
    assert.match(await finding(), /the pool pays nothing/);
    assert.match(await figure(), /^0%/);
  });
});

test("everything can be reached and done with the keyboard alone", async () => {
  await tabTo(page, LLAMASWAP);
  await page.keyboard.press("Enter");
  assert.match(await page.locator(".formula").innerText(), /10 \/ 92/);
  await tabTo(page, "Points of pool");
  await page.keyboard.press("ArrowUp");
  assert.equal(await field("Points of pool").inputValue(), "11");
  await tabTo(page, "per block");
  await page.keyboard.press("ArrowRight");
  assert.equal(await field("Block time").count(), 0);
  await page.keyboard.press("ArrowLeft");
  await tabTo(page, "Copy link");
  await page.keyboard.press("Enter");
  await page.getByText("✓ copied").waitFor();
  await tabTo(page, "Returns on your deposit");
  await page.keyboard.press("Enter");
  const slider = page.getByLabel("Day of the chart");
  await slider.waitFor();
  await tabTo(page, "Day of the chart");
  await page.keyboard.press("Home");
  assert.match(await slider.getAttribute("aria-valuetext"), /^Day 0: compounded 1,000\.00 USD, simple 1,000\.00 USD$/);
  await page.keyboard.press("ArrowRight");
  assert.match(await slider.getAttribute("aria-valuetext"), /^Day 5: /);
  const cells = table("Returns after fees").locator("data");
  await cells.first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  assert.ok(await cells.nth(4).evaluate((cell) => cell === document.activeElement));
});

for (const { name, ...look } of LOOKS) {
  test(`${name}: axe finds nothing, and nothing sticks out`, async () => {
    await open(look);
    await example(BSC);
    await field("Points of pool").fill("2");
    assert.deepEqual(await violations(page), [], "as it is opened");
    await openFolds(page);
    for (const button of await page.locator(".term").all()) await button.click();
    assert.deepEqual(await violations(page), []);
    assert.equal(await overflow(page), 0);
  });
}

test("on a phone the answer stays in sight while typing", async () => {
  await open({ viewport: PHONE });
  await field("Seconds of a year").focus();
  await page.keyboard.type("0");
  const { top, bottom } = await page.locator(".headline").evaluate((element) => element.getBoundingClientRect().toJSON());
  assert.ok(top >= 0 && bottom <= PHONE.height, `${top} to ${bottom}`);
  const covered = await field("Seconds of a year").evaluate((input) => {
    const { x, y, height } = input.getBoundingClientRect();
    return document.elementFromPoint(x + 4, y + height / 2) !== input;
  });
  assert.equal(covered, false);
});

test("no motion where the user wants none", async () => {
  await open({ reducedMotion: "reduce" });
  assert.equal(await page.locator(".bar-fill").first().evaluate((bar) => getComputedStyle(bar).transitionDuration), "0s");
});

test("after the first visit the page works offline, links too", async () => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  assert.match(await figure(), /^480\.4%/);
  await page.goto(`${site.url}?again#apr?v=1&allocPoint=10&totalAllocPoint=92&emission=0.5&blockSecs=3&tokenPriceUsd=1&stakedUsd=1000000`);
  assert.match(await figure(), /^57\.13%/);
});
