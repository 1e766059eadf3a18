// What only a browser knows: a server that lets no other site read it, and a page whose rules forbid the request.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../page/browser.mjs";
import { startAnvil } from "./anvil.mjs";
import { deployFarms } from "./deploy.mjs";
import { addressOf, deployMarket, fixture } from "./markets.mjs";
import { serve } from "./proxy.mjs";
import { bundleReader } from "./reader.mjs";

let browser, chain, farms, market, site, closed;
const marketState = fixture("v1_a scenario 5");
const policies = { "/open": "*", "/strict": "'self'" };

before(async () => {
  chain = await startAnvil();
  farms = await deployFarms(chain);
  market = await deployMarket(chain, marketState);
  const script = await bundleReader("browser");
  site = await serve((_, { url }) => {
    if (url === "/chain.js") return { type: "text/javascript", body: script };
    return { type: "text/html", headers: { "Content-Security-Policy": `connect-src ${policies[url]}` }, body: "<!doctype html><title>chain</title>" };
  });
  closed = await serve(() => ({ body: "{}" }));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  chain?.stop();
  await site?.stop();
  await closed?.stop();
});

async function read(page, url) {
  const request = { url, farm: farms.perBlock.address, poolId: "0" };
  return await page.evaluate(async (request) => {
    const { readFarm } = await import("/chain.js");
    return await readFarm(request).then(
      ({ allocPoint, totalAllocPoint }) => `${allocPoint.value} of ${totalAllocPoint.value}`,
      ({ name, code, field }) => ({ name, code, field }),
    );
  }, request);
}

async function at(path, url, expected) {
  const page = await browser.newPage();
  try {
    await page.goto(site.url + path);
    assert.deepEqual(await read(page, url), expected);
  } finally {
    await page.close();
  }
}

const refusal = (code) => ({ name: "ChainError", code, field: "url" });

test("a chain is read from the browser", () => at("/open", chain.url, "10 of 92"));

test("a lending market and a loan are read from the browser", async () => {
  const page = await browser.newPage();
  try {
    await page.goto(`${site.url}/open`);
    const [user] = marketState.state.users;
    const request = { rpcUrl: chain.url, controller: market.controller.address, user: addressOf(user.id) };
    const read = await page.evaluate(async (request) => {
      const { readMarket } = await import("/chain.js");
      const { state } = await readMarket(request);
      return { bands: state.bands.length, shares: state.loans[0].position.shares };
    }, request);
    assert.deepEqual(read, { bands: marketState.state.bands.length, shares: user.ticks });
  } finally {
    await page.close();
  }
});

test("a server without CORS headers is told apart from none", async () => {
  await at("/open", closed.url, refusal("blockedByCors"));
  const gone = await serve(() => ({}));
  await gone.stop();
  await at("/open", gone.url, refusal("unreachable"));
});

test("a page whose policy forbids the request", () => at("/strict", chain.url, refusal("blockedByPage")));

test("an https page and an http endpoint of another machine", async () => {
  const page = await browser.newPage();
  try {
    const script = await (await fetch(`${site.url}/chain.js`)).text();
    await page.route("https://page.invalid/**", (route) =>
      route.fulfill(
        route.request().url().endsWith(".js")
          ? { contentType: "text/javascript", body: script }
          : { contentType: "text/html", body: "<!doctype html><title>chain</title>" },
      ),
    );
    await page.goto("https://page.invalid/");
    assert.deepEqual(await read(page, "http://rpc.invalid/"), refusal("blockedByPage"));
  } finally {
    await page.close();
  }
});
