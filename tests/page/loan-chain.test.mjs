// "Read a real market", through the built page in a browser, against contracts of our own on a local chain.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startAnvil } from "../chain/anvil.mjs";
import { addressOf, deployMarket, fixture } from "../chain/markets.mjs";
import { launch, newPage } from "./browser.mjs";
import { serve, STRICT_CSP } from "./serve.mjs";

const OPEN_CSP = `${STRICT_CSP}; connect-src 'self' http://127.0.0.1:*`;

let browser, chain, markets, site, context, page, requested, exceptions;

before(async () => {
  chain = await startAnvil();
  markets = [];
  for (const from of ["m2023", "v1_a", "v2", "dfm"]) {
    const one = fixture(from);
    if (one !== undefined) markets.push({ from, one, ...(await deployMarket(chain, one)) });
  }
  site = await serve(OPEN_CSP);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  chain?.stop();
  await site?.close();
});
beforeEach(async () => {
  ({ context, page, exceptions, requested } = await newPage(browser));
  page.setDefaultTimeout(10_000);
  await page.goto(`${site.url}#loan`);
  await page.getByText("Read a real market", { exact: true }).click();
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(exceptions, []);
  for (const url of requested) assert.equal(new URL(url).hostname, "127.0.0.1");
});

const field = (label) => page.locator(".loan").getByRole("textbox", { name: label, exact: true });
const word = () => page.locator(".loan .word").innerText();

async function ask({ url = chain.url, controller, user = "" }) {
  await field("RPC endpoint").fill(url);
  await field("Address of the controller").fill(controller);
  await field("Address of the borrower").fill(user);
  await page.getByRole("button", { name: "Read", exact: true }).click();
}
const found = () => page.locator(".loan .chain").getByText(/^Read at block/).waitFor();

test("of several generations: the loan, its bands, its health, and where every value comes from", async (t) => {
  assert.ok(markets.length >= 2);
  for (const { from, one, controller } of markets) {
    const [user] = one.state.users;
    await ask({ controller: controller.address, user: addressOf(user.id) });
    await found();
    assert.notEqual(await word(), "Incomplete", from);
    assert.equal(await field("Bands").inputValue(), `${Number(user.n2) - Number(user.n1) + 1}`);
    assert.match(await page.locator(".loan .examples .note").innerText(), /^Read at block \d+/);
    await page.locator("summary", { hasText: "Where each value comes from" }).click();
    assert.match(await page.locator(".sources").innerText(), /liquidation_discount\(\)/);
    const proof = await page.evaluate(async () => {
      [...document.querySelectorAll(".loan button")].find(({ textContent }) => textContent === "Copy proof").click();
      await new Promise((resolve) => { setTimeout(resolve, 100); });
      return JSON.parse(await navigator.clipboard.readText());
    });
    assert.equal(proof.calls[0].call, "readMarket");
    assert.equal(proof.result.loan.debt, BigInt(proof.state.loans[0].debt.initial).toString());
    t.diagnostic(`${from}: ${await word()}, health ${proof.result.loan.healthFull}`);
    await page.locator("summary", { hasText: "Where each value comes from" }).click();
  }
});

test("the price of a real loan can be dragged; another collateral makes a loan of one's own in the same market", async () => {
  const { one, controller } = markets.find(({ from }) => from === "v1_a");
  await ask({ controller: controller.address, user: addressOf(one.state.users[0].id) });
  await found();
  const slider = page.getByRole("slider", { name: "Oracle price" });
  await slider.focus();
  const before = await slider.getAttribute("aria-valuenow");
  await page.keyboard.press("ArrowLeft");
  assert.equal(Number(await slider.getAttribute("aria-valuenow")), Number(before) - 1);
  await field("Collateral").fill("1");
  await field("Debt").fill("1");
  assert.equal(await word(), "Healthy");
  assert.match(await page.locator(".loan .examples .note").innerText(), /Your own loan in the market that was read at block/);
});

test("the market alone: its parameters, and the bands of all", async () => {
  const { one, controller } = markets.find(({ from }) => from === "v1_a");
  await ask({ controller: controller.address });
  await found();
  await page.locator("summary", { hasText: "Parameters" }).click();
  assert.equal(await field("Amplification").inputValue(), `${one.params.A}`);
  await page.locator("summary", { hasText: "Table of the market's bands" }).click();
  const rows = page.getByRole("table", { name: "Bands of the market" }).locator("tbody tr");
  await rows.first().waitFor();
  const filled = one.state.bands.filter(([, x, y]) => x !== "0" || y !== "0").length;
  assert.equal(await rows.count(), filled);
});

test("refusals stand beside their fields", async () => {
  const { controller } = markets[0];
  await ask({ controller: "0x12" });
  await page.locator(".loan .chain .error").waitFor();
  assert.equal(await field("Address of the controller").getAttribute("aria-invalid"), "true");
  await ask({ controller: controller.address, user: addressOf(999_999) });
  await page.locator(".loan .chain .error", { hasText: "has no loan in this market" }).waitFor();
  assert.equal(await field("Address of the borrower").getAttribute("aria-invalid"), "true");
});
