// The section "Loan" of the built page in a browser.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { LOOKS, described, launch, newPage, openFolds, overflow, violations } from "./browser.mjs";
import { load } from "./load.mjs";
import { serve } from "./serve.mjs";


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

async function open({ fragment = "#loan", ...options } = {}) {
  await context?.close();
  ({ context, page, troubles, requested } = await newPage(browser, options));
  page.setDefaultTimeout(5_000);
  await page.goto(site.url + fragment);
  await page.locator(fragment.startsWith("#loan") ? ".loan .headline" : ".headline").waitFor();
}

const field = (label) => page.locator(".loan").getByRole("textbox", { name: label, exact: true });
const word = () => page.locator(".loan .word").innerText();
const finding = () => page.locator(".loan .finding").innerText();
const figure = () => page.locator(".loan .large").innerText();
const health = async () => Number(await page.locator(".loan .large data").getAttribute("value"));
const example = (title) => page.getByRole("button", { name: title, exact: true }).click();
const fold = (title) => page.locator(".loan summary", { hasText: title }).click();
const oracle = () => page.getByRole("slider", { name: "Oracle price" });
const table = (caption) => page.getByRole("table", { name: caption });
const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
const keyFigure = (term) => page.locator(".key-figures > div", { has: page.locator("dt", { hasText: new RegExp(`^${term}`) }) }).locator("dd").innerText();
const saidOf = (label) => described(field(label));
const inputs = () => page.locator(".loan form.inputs").locator("input, select").evaluateAll((all) => all.map(({ value }) => value));

async function copied(button, within = page.locator(".loan")) {
  await within.getByRole("button", { name: button }).first().click();
  await within.locator(".copy", { hasText: `${button} ✓ copied` }).waitFor();
  return clipboard();
}

async function press(key, times) {
  await oracle().focus();
  for (let count = 0; count < times; count += 1) await page.keyboard.press(key);
}

describe("the states of a loan", () => {
  const cases = [
    ["Healthy", "Healthy", /above the liquidation range.*Nothing needs doing/],
    ["In soft-liquidation", "Soft liquidation", /Repay part of the debt/],
    ["Fully converted", "Fully converted", /all collateral has been sold/],
    ["Liquidatable", "Liquidatable", /Repay at once/],
  ];
  for (const [title, state, toDo] of cases) {
    test(`${state}: one word, and what to do`, async () => {
      await example(title);
      assert.equal(await word(), state);
      assert.match(await finding(), toDo);
      assert.equal((await health()) < 0, state === "Liquidatable");
      assert.equal(await page.locator(".loan .word.differs").count(), state === "Liquidatable" ? 1 : 0, "red is for liquidation only");
    });
  }

  test("the first view: health, range, LTV and the formula with the numbers put in", async () => {
    assert.match(await figure(), /^37\.78%/);
    assert.match(await keyFigure("Liquidation range"), /^2,312\.88 to 2,091\.73 crvUSD$/);
    assert.match(await keyFigure("LTV"), /^66\.67%, to borrow at most 85\.8%$/);
    const steps = await page.locator(".loan .formula").innerText();
    assert.match(steps, /22,004\.4 · \(1 − 6%\) \/ 20,000 − 1/);
    assert.match(steps, /3\.421% \+ \(3,000 − 2,312\.88\) · 10 \/ 20,000/);
    const start = page.locator(".key-figures data").first();
    assert.equal(await start.getAttribute("data-full"), "2,312,880,205,324,957,593,139 · 10⁻¹⁸");
  });

  test("exact integers stand beside the explainer's approximation and its error", async () => {
    await fold("Exact integers");
    const rows = await table("Exact and approximated").locator("tbody tr").first().locator("data").evaluateAll((all) => all.map(({ value }) => Number(value)));
    assert.equal(rows[1], 0.86);
    assert.ok(Math.abs(rows[0] - rows[1] - rows[2]) < 1e-12, rows.join());
    assert.match(await page.locator(".integers").innerText(), /Start of the range, crvUSD\s+2,312,880,205,324,957,593,139/);
  });
});

describe("the oracle price", () => {
  test("arrow keys, page keys, Home and End move it; the loan follows it down and up", async () => {
    await oracle().focus();
    assert.equal(await oracle().getAttribute("aria-valuetext"), "3,000 crvUSD");
    await press("ArrowLeft", 1);
    assert.equal(await oracle().getAttribute("aria-valuetext"), "2,992.5 crvUSD");
    await press("PageDown", 1);
    assert.equal(await oracle().getAttribute("aria-valuetext"), "2,962.5 crvUSD");
    const began = await health();
    await press("Home", 1);
    assert.equal(await word(), "Fully converted");
    assert.ok((await health()) < began);
    await press("End", 1);
    assert.match(await finding(), /above the liquidation range again, and the collateral has been bought back/);
    await fold("Table of the bands");
    const bands = await table("Your part of the bands").locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.querySelectorAll("data")].map(({ value }) => Number(value))));
    const [collateral, borrowed] = [2, 3].map((column) => bands.reduce((sum, row) => sum + row[column], 0));
    assert.ok(collateral > 9.8 && collateral < 10 && borrowed < 1e-6, `${collateral} and ${borrowed}`);
    await page.getByRole("button", { name: "Back to the opening price" }).click();
    assert.match(await figure(), /^37\.78%/);
  });

  test("the same turns lead to the same loan, whichever stops there were between", async () => {
    await press("PageDown", 25);
    await press("ArrowLeft", 8);
    const slow = await page.locator(".loan .large data").getAttribute("data-full");
    await example("In soft-liquidation");
    assert.equal(await page.locator(".loan .large data").getAttribute("data-full"), slow);
  });

  test("the pointer drags it, the active band is outlined, and every move is drawn within a frame or two", async (t) => {
    const { x, y, width, height } = await page.locator("svg.drag").boundingBox();
    await page.mouse.move(x + 0.98 * width, y + height / 2);
    await page.mouse.down();
    await page.evaluate(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
    });
    await page.mouse.move(x + 0.4 * width, y + height / 2, { steps: 30 });
    await page.mouse.up();
    assert.equal(await word(), "Soft liquidation");
    assert.equal(await page.locator("svg.drag .active-band").count(), 1);
    const longest = await page.evaluate(() => Math.max(0, ...globalThis.longTasks));
    t.diagnostic(`longest task over 50 ms while dragging: ${longest} ms`);
    await page.mouse.move(x + 0.9 * width, y + 10);
    assert.equal(await word(), "Soft liquidation", "a pointer that is not pressed moves nothing");
  });

  test("the axis breaks where the price is far from the range, and only there", async () => {
    assert.equal(await page.locator(".axis-break").count(), 1);
    await field("Oracle price").fill("2400");
    assert.equal(await page.locator(".axis-break").count(), 0);
  });
});

describe("inputs", () => {
  const cases = [
    ["Debt", "26000", /the debt is too high.*At most 25,743\.7 crvUSD passes/],
    ["Debt", "0", /above 0/],
    ["Debt", "lots", /“lots” is not a number/],
    ["Debt", "", /The loan needs this value/],
    ["Debt", "-1", /at least 0/],
    ["Collateral", "0", /too little collateral/],
    ["Collateral", "1.0000000000000000001", /at most 18 digits after its point/],
    ["Bands", "3", /from 4 to 50/],
    ["Bands", "51", /from 4 to 50/],
    ["Bands", "4.5", /whole number/],
    ["Oracle price", "0", /above 0/],
  ];
  for (const [label, text, says] of cases) {
    test(`${label}: “${text}” is marked and explained beside its field`, async () => {
      await field(label).fill(text);
      assert.equal(await field(label).getAttribute("aria-invalid"), "true");
      assert.match(await saidOf(label), says);
      assert.equal(await page.locator(".loan .inputs [aria-invalid=true]").count(), 1, "no other field is blamed");
      assert.equal(await word(), "Incomplete");
      assert.doesNotMatch(await page.locator(".loan").innerText(), /NaN|Infinity|undefined/);
    });
  }

  test("parameters: what a contract would refuse is marked", async () => {
    await fold("Parameters");
    for (const [label, text, says] of [
      ["Amplification", "1", /2 to 10,000/], ["Loan discount", "5", /above the liquidation discount/], ["Fee of a trade", "60", /too high/],
      ["Decimals of the collateral", "19", /0 to 18/],
    ]) {
      const before = await field(label).inputValue();
      await field(label).fill(text);
      assert.match(await saidOf(label), says);
      assert.equal(await page.locator("select").first().inputValue(), "own", "the parameters are the user's now");
      await field(label).fill(before);
    }
    assert.match(await figure(), /^37\.78%/);
  });

  test("what people paste is understood, and echoed", async () => {
    await field("Debt").fill("20 000,0 crvUSD");
    assert.match(await saidOf("Debt"), /Read as 20,000\.0 crvUSD/);
    assert.match(await figure(), /^37\.78%/);
    await field("Debt").fill("20,000");
    assert.match(await saidOf("Debt"), /can mean two numbers/);
    await page.getByRole("button", { name: "20000", exact: true }).click();
    assert.match(await figure(), /^37\.78%/);
  });

  test("the largest debt is one that passes, and one more is refused", async () => {
    await page.getByRole("button", { name: "Largest debt that is sure to pass" }).click();
    const most = await field("Debt").inputValue();
    assert.equal(most, "25743.736306171138345616");
    assert.equal(await word(), "Healthy");
    await field("Debt").fill("25743.736306171138345617");
    assert.match(await saidOf("Debt"), /too high/);
  });

  test("the slider of bands and its field are one", async () => {
    await page.getByRole("slider", { name: "Number of bands" }).fill("50");
    assert.equal(await field("Bands").inputValue(), "50");
    assert.match(await keyFigure("Bands"), /^50,/);
    await field("Bands").fill("4");
    assert.equal(await page.getByRole("slider", { name: "Number of bands" }).inputValue(), "4");
  });

  test("every preset opens with a loan, its date and its source", async () => {
    const market = page.getByLabel("Collateral and protocol");
    assert.deepEqual(await market.locator("optgroup").evaluateAll((all) => all.map(({ label }) => label)), ["crvUSD mint markets", "LlamaLend", "defi.money"]);
    const keys = await market.locator("option").evaluateAll((all) => all.map(({ value }) => value));
    assert.ok(keys.length > 20);
    for (const key of keys.slice(1)) {
      await market.selectOption(key);
      assert.equal(await word(), "Healthy", key);
      assert.match(await page.locator(".loan .inputs").innerText(), /Parameters from .*, 20\d\d-\d\d/);
    }
  });
});

describe("the folds", () => {
  test("all numbers of bands: more bands, less to borrow", async () => {
    await fold("All numbers of bands");
    const rows = table("Your collateral and debt in any number of bands").locator("tbody tr");
    await rows.first().waitFor();
    assert.equal(await rows.count(), 47);
    const most = await rows.evaluateAll((all) => all.map((row) => Number(row.querySelector("data").value)));
    assert.ok(most.every((ltv, at) => at === 0 || ltv < most[at - 1]));
    await field("Debt").fill("25000");
    assert.match(await rows.last().innerText(), /refused/);
  });

  test("a crash in one step: the first price at which liquidation is possible", async () => {
    await fold("Along a path of prices");
    assert.match(await page.locator(".path-finding").innerText(), /Nobody can liquidate it/);
    await page.getByText("own list").click();
    await page.getByLabel("Oracle prices, one a line").fill("3000\n2500\n2050\n3000");
    await page.locator(".path-finding", { hasText: "Liquidatable from price 3 on, at 2,050 crvUSD" }).waitFor();
    await fold("Table of the path");
    const csv = await copied("Copy CSV", page.locator(".data-table", { has: table("The loan after each price") }));
    const [names, ...rows] = csv.trimEnd().split("\r\n").map((row) => row.split(","));
    assert.equal(rows.length, 4);
    assert.equal(rows[2][names.indexOf("oracle_price")], "2050");
    assert.ok(Number(rows[2][names.indexOf("health_fraction")]) < 0);
    await page.getByLabel("Oracle prices, one a line").fill("3000\n2,500");
    assert.match(await page.locator("#own-list-says").innerText(), /Price 2: “2,500” can mean 2500 or 2.500/);
  });

  test("a long list is walked without standing still", async (t) => {
    await fold("Along a path of prices");
    await page.getByText("own list").click();
    await page.getByLabel("Oracle prices, one a line").evaluate((area) => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
      // By itself, since the driver's own way of typing takes seconds for a long text.
      area.value = Array.from({ length: 1_000 }, (_, at) => 3_000 - at).join("\n");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await page.locator(".reads", { hasText: "of 1000" }).waitFor();
    t.diagnostic(`longest task: ${await page.evaluate(() => Math.max(0, ...globalThis.longTasks))} ms`);
  });
});

describe("links and proofs", () => {
  test("a link brings back every input and every turn of the price", async () => {
    await example("Liquidatable");
    const [link, before, answered] = [await copied("Copy link"), await inputs(), await figure()];
    assert.match(link, /#loan\?v=1&/);
    await open({ fragment: link.slice(link.indexOf("#")) });
    assert.deepEqual(await inputs(), before);
    assert.equal(await figure(), answered);
    assert.equal(await word(), "Liquidatable");
  });

  test("a bad link says what is wrong and changes nothing", async () => {
    await field("Collateral").fill("11");
    const before = await inputs();
    for (const [fragment, says] of [
      ["#loan?v=9", /its version is “9”/], ["#loan?v=1&coins=3", /no input of this page/], ["#loan?v=1&turns=1_x", /whole numbers/],
      ["#loan?v=1&turns=-9000_9000", /27000 steps/], ["#loan?v=1&market=moon", /does not know/], ["#pool?v=1", /does not start with/],
    ]) {
      await page.evaluate((hash) => { location.hash = hash; }, fragment);
      await page.getByRole("alert").filter({ hasText: says }).waitFor();
      assert.deepEqual(await inputs(), before);
    }
    await example("Healthy");
    assert.equal(await page.getByRole("alert").count(), 0);
  });

  test("a link whose price goes below zero is answered with a sentence", async () => {
    await open({ fragment: "#loan?v=1&oraclePrice=3000&collateral=10&debt=20000&turns=-500" });
    assert.equal(await word(), "Incomplete");
    assert.match(await finding(), /The price cannot go there/);
    await field("Debt").fill("19000");
    assert.equal(await word(), "Healthy");
  });

  test("after a first visit to the page the section works offline", async () => {
    await open({ fragment: "" });
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole("link", { name: "Loan" }).click();
    await page.locator(".loan .headline").waitFor();
    assert.match(await figure(), /^37\.78%/);
  });

  test("the proof names every call and every exact figure", async () => {
    await example("In soft-liquidation");
    const proof = JSON.parse(await copied("Copy proof"));
    assert.deepEqual(proof.calls.map(({ call }) => call), ["llamma.createMarket", "llamma.setPrice", "llamma.createLoan", "llamma.pricePath"]);
    assert.equal(proof.calls.at(-1).input.prices.length, 108);
    assert.equal(proof.result.loan.condition, "softLiquidation");
    assert.equal(await page.locator(".loan .large data").getAttribute("data-full").then((text) => text.split(" ")[0].replaceAll(",", "")), proof.result.loan.healthFull);
  });

  test("both sections keep what was typed while the other is shown", async () => {
    await field("Collateral").fill("12");
    await page.getByRole("link", { name: "Check an APR" }).click();
    await page.locator(".sheet:not(.loan) .headline").waitFor();
    assert.equal(await page.title(), "Check an APR · llamath");
    await page.getByLabel("Points of pool", { exact: true }).fill("11");
    await page.getByRole("link", { name: "Loan" }).click();
    assert.equal(await field("Collateral").inputValue(), "12");
    await page.getByRole("link", { name: "Check an APR" }).click();
    assert.equal(await page.getByLabel("Points of pool", { exact: true }).inputValue(), "11");
    assert.equal(await page.getByRole("alert").count(), 0);
  });

  test("the loan section is fetched when it is first opened", async () => {
    await open({ fragment: "" });
    const loan = () => requested.some((url) => /\/loan\.\w+\.js$/.test(url));
    assert.equal(loan(), false);
    await page.getByRole("link", { name: "Loan" }).click();
    await page.locator(".loan .headline").waitFor();
    assert.ok(loan());
  });
});

test("paths have the corners that their names promise", async () => {
  const { shaped } = await load("loan/shapes.ts");
  assert.deepEqual(shaped("crash", 1_000n, 50, 2, 0), [750n, 500n, 750n, 1_000n]);
  assert.deepEqual(shaped("decline", 1_000n, 40, 4, 0), [900n, 800n, 700n, 600n]);
  assert.deepEqual(shaped("saw", 1_000n, 40, 1, 2), [600n, 800n, 600n, 800n]);
});

for (const { name, ...look } of LOOKS) {
  test(`${name}: axe finds nothing, and nothing sticks out`, async () => {
    await open(look);
    await example("Liquidatable");
    assert.deepEqual(await violations(page), [], "as it is opened");
    await openFolds(page);
    for (const button of await page.locator(".loan .term").all()) await button.click();
    assert.deepEqual(await violations(page), []);
    assert.equal(await overflow(page), 0);
  });
}
