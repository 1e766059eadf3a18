// Chromium, and pages in it that note what goes wrong and where requests go.
import axe from "axe-core";
import { chromium } from "playwright-core";

const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** Each width in each theme. */
export const LOOKS = ["light", "dark"].flatMap((colorScheme) => [
  { name: `desktop, ${colorScheme}`, viewport: DESKTOP, colorScheme },
  { name: `phone, ${colorScheme}`, viewport: PHONE, colorScheme },
]);

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/**
 * A page in a context of its own, with its exceptions, with those and what its console complains
 * of, and with the addresses that it asked for, or that its service worker asked for too.
 */
export async function newPage(browser, options) {
  const context = await browser.newContext({
    viewport: DESKTOP, locale: "en-GB", permissions: ["clipboard-read", "clipboard-write"], ...options,
  });
  const page = await context.newPage();
  const exceptions = [];
  const troubles = [];
  const requested = [];
  const requestedByAll = [];
  page.on("pageerror", ({ message }) => {
    exceptions.push(message);
    troubles.push(message);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(message.text());
  });
  page.on("request", (request) => requested.push(request.url()));
  context.on("request", (request) => requestedByAll.push(request.url()));
  return { context, page, exceptions, troubles, requested, requestedByAll };
}

/** What axe finds on a page. */
export async function violations(page, context = {}) {
  await page.evaluate(axe.source);
  const found = await page.evaluate((within) => globalThis.axe.run(within), context);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Opens every fold, those within others too. */
export async function openFolds(page) {
  const closed = page.locator("main details:not([open]):visible > summary");
  while (await closed.count() > 0) {
    await closed.first().evaluate((summary) => summary.click());
    // A fold draws what is in it once it is open.
    await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => setTimeout(drawn)); }));
  }
}

/** By how many pixels the page can be scrolled sideways. */
export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Everything that is said beneath a field, in the words of a screen reader. */
export const described = (field) =>
  field.evaluate((input) =>
    (input.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim(),
  );

/** Presses Tab until what is so named has the focus; at every stop the focus can be seen, and none is met twice. */
export async function tabTo(page, name) {
  await page.evaluate(() => { globalThis.met = new Set(); });
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    const { says, isSeen, isAgain } = await page.evaluate(() => {
      const { activeElement } = document;
      const outlined = (element) => element !== null && getComputedStyle(element).outlineStyle !== "none" && parseFloat(getComputedStyle(element).outlineWidth) > 0;
      // A field shows it around its box, a choice around its label, a file's input around its button.
      const around = [activeElement, activeElement.closest(".box, .segments label"), activeElement.parentElement?.querySelector(".button")];
      const isAgain = activeElement !== document.body && globalThis.met.has(activeElement);
      globalThis.met.add(activeElement);
      const { ariaLabel, labels, textContent } = activeElement;
      return {
        says: (ariaLabel ?? labels?.[0]?.innerText ?? textContent).trim(), isAgain,
        isSeen: activeElement === document.body || around.some((element) => element && outlined(element)),
      };
    });
    if (!isSeen) throw new Error(`the focus on “${says}” cannot be seen`);
    if (says.startsWith(name)) return;
    if (isAgain) throw new Error(`“${name}” is not reached by Tab: “${says}” comes again`);
  }
  throw new Error(`“${name}” is not reached by Tab`);
}
