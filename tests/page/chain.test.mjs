// "Read from a chain", through the built page in a browser, against contracts of our own on a local chain.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { startAnvil } from "../chain/anvil.mjs";
import { BLOCK_SECS, deployFarms } from "../chain/deploy.mjs";
import { serve as serveFake } from "../chain/proxy.mjs";
import { described, launch, newPage } from "./browser.mjs";
import { serve, STRICT_CSP } from "./serve.mjs";

const OPEN_CSP = `${STRICT_CSP}; connect-src 'self' http://127.0.0.1:*`;
const YEAR = 31_536_000;

let browser, chain, farms, site, context, page, requested, exceptions;

before(async () => {
  chain = await startAnvil();
  farms = await deployFarms(chain);
  await farms.installMulticall();
  site = await serve(OPEN_CSP);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  chain?.stop();
  await site?.close();
});
beforeEach(() => open(site.url));
afterEach(async () => {
  await context.close();
  assert.deepEqual(exceptions, []);
  for (const url of requested) assert.equal(new URL(url).hostname, "127.0.0.1");
});

async function open(url) {
  await context?.close();
  ({ context, page, exceptions, requested } = await newPage(browser));
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  await page.getByText("Read from a chain", { exact: true }).click();
}

const field = (label) => page.locator("form.inputs").getByLabel(label, { exact: true });
const valueOf = (label) => field(label).inputValue();
const saidOf = (label) => described(field(label));
const isWrong = async (label) => (await field(label).getAttribute("aria-invalid")) === "true";
const aprShown = async () => Number(await page.locator(".headline .large data").getAttribute("value"));

async function ask({ url = chain.url, farm, poolId }) {
  await field("RPC endpoint").fill(url);
  await field("Address of the farm").fill(farm);
  await field("Pool id").fill(poolId);
  await page.getByRole("button", { name: "Read", exact: true }).click();
}

async function read(name, poolId) {
  await ask({ farm: farms[name].address, poolId });
  await page.locator(".chain").getByText(/^Read at block/).waitFor();
}

function near(actual, expected) {
  assert.ok(Math.abs(actual / expected - 1) < 1e-12, `${actual} is not ${expected}`);
}

const number = (raw, decimals = 18) => Number(raw) / 10 ** decimals;

describe("a pair in a farm that pays per block", () => {
  test("the reader is fetched with the first reading, not before", async () => {
    const chunks = () => requested.filter((url) => /\/chain\.[^/]*\.js$/.test(url)).length;
    assert.equal(chunks(), 0);
    assert.ok(!requested.some((url) => url.startsWith(chain.url)));
    await read("perBlock", "0");
    assert.equal(chunks(), 1);
  });

  test("values arrive with their origins, the APR is that of the contracts' numbers, and each value can be overwritten", async () => {
    await read("perBlock", "0");
    const { perBlock, pair } = farms;
    const block = await chain.client.getBlock();
    const at = `at block ${block.number} (${new Date(Number(block.timestamp) * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC)`;

    const [, points] = await perBlock.read.poolInfo([0n]);
    const total = await perBlock.read.totalAllocPoint();
    const perBlockRaw = await perBlock.read.cakePerBlock();
    const [reserve0, reserve1] = await pair.read.getReserves();
    const supply = await pair.read.totalSupply();
    const staked = await pair.read.balanceOf([perBlock.address]);

    for (const [label, value, origin] of [
      ["Points of pool", `${points}`, `poolInfo(0).allocPoint of ${perBlock.address}, ${at}`],
      ["Points of all pools", `${total}`, `totalAllocPoint() of ${perBlock.address}, ${at}`],
      ["Emission, all pools", `${number(perBlockRaw)}`, `cakePerBlock() of ${perBlock.address}, ${at}`],
      ["Block time", `${BLOCK_SECS}`, `3000 s between the timestamps of blocks ${block.number - 1000n} and ${block.number}, ${at}`],
      ["Reserve of coin 0", `${number(reserve0)}`, `getReserves()[0] of ${pair.address}, ${at}`],
      ["Reserve of coin 1", `${number(reserve1, 6)}`, `getReserves()[1] of ${pair.address}, ${at}`],
      ["Decimals of coin 1", "6", `decimals() of ${farms.usd.address}, ${at}`],
      ["LP tokens, all", `${number(supply)}`, `totalSupply() of ${pair.address}, ${at}`],
      ["LP tokens in the farm", `${number(staked)}`, `balanceOf(${perBlock.address}) of ${pair.address}, ${at}`],
    ]) {
      assert.equal(await valueOf(label), value, label);
      assert.ok((await saidOf(label)).includes(origin), `${label}: ${await saidOf(label)}`);
    }
    const found = await page.locator(".chain [role=status]").innerText();
    assert.match(found, /Read through the multicall contract 0xcA11bde05977b3631167028862bE2a173976CA11, all at block \d+\./);
    assert.match(found, /1 CAKE = 2\.5 USDX in this pair's reserves\./);

    // Prices are the user's: without them there is no APR.
    for (const label of ["Price of the reward token", "Price of coin 0", "Price of coin 1"]) {
      assert.equal(await valueOf(label), "");
      assert.ok(await isWrong(label), label);
    }
    await field("Price of the reward token").fill("2.5");
    await field("Price of coin 0").fill("2.5");
    await field("Price of coin 1").fill("1");
    const stakedUsd = (Number(staked) / Number(supply)) * (number(reserve0) * 2.5 + number(reserve1, 6));
    const apr = (allocPoint) => (allocPoint / Number(total)) * number(perBlockRaw) * (YEAR / BLOCK_SECS) * 2.5 / stakedUsd;
    near(await aprShown(), apr(Number(points)));

    await field("Points of pool").fill("46");
    near(await aprShown(), apr(46));
    assert.ok(!(await saidOf("Points of pool")).includes("poolInfo"), "an own value has no origin on the chain");
    assert.ok((await saidOf("Points of all pools")).includes("totalAllocPoint()"), "the others keep theirs");

    // A second reading of the same pool brings the chain's value back and keeps the user's prices.
    await page.getByRole("button", { name: "Read", exact: true }).click();
    await page.waitForFunction(() => [...document.querySelectorAll(".inputs input")].some((input) => input.value === "10"));
    assert.equal(await valueOf("Points of pool"), "10");
    assert.equal(await valueOf("Price of coin 0"), "2.5");
    near(await aprShown(), apr(10));
  });

  test("a paused pool is read, and said to pay nothing", async () => {
    await read("perBlock", "2");
    await page.getByText("Pool 2 has 0 points: it is paused or ended, and pays nothing.").waitFor();
    assert.equal(await valueOf("Points of pool"), "0");
    assert.equal(await valueOf("Tokens staked"), "5");
    await field("Price of the reward token").fill("1");
    await field("Price of one").fill("1");
    assert.equal(await aprShown(), 0);
  });
});

test("a farm that pays per second: no block time, and the APR of the contracts' numbers", async () => {
  await read("perSecond", "0");
  assert.equal(await page.getByRole("radio", { name: "per second" }).isChecked(), true);
  assert.equal(await field("Block time").count(), 0);
  assert.equal(await valueOf("Emission, all pools"), "0.25");
  await field("Price of the reward token").fill("4");
  await field("Price of coin 0").fill("4");
  await field("Price of coin 1").fill("0.5");
  const stakedUsd = 0.5 * (40_000 * 4 + 100_000 * 0.5);
  near(await aprShown(), (0.3 * 0.25 * YEAR * 4) / stakedUsd);
});

test("a farm of unusual names: what is lacking is said, then read by its own names", async () => {
  await read("unusual", "0");
  for (const label of ["Emission method", "Total points method", "Address of the reward token", "Pool method"]) {
    assert.match(await saidOf(label), /^The farm .* under the names tried|^The farm gives no pool 0/, label);
  }
  await field("Emission method").fill("drip(bool true)");
  await field("It counts").selectOption("second");
  await field("Total points method").fill("allHeat");
  await field("Pool method").fill("lanes(uint256) returns (uint256 allocPoint, uint256 since, bool open, address lpToken)");
  await field("Reward token method").fill("prize");
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.waitForFunction(() => [...document.querySelectorAll(".inputs input")].some((input) => input.value === "0.3"));
  assert.equal(await valueOf("Emission, all pools"), "0.3");
  assert.deepEqual([await valueOf("Points of pool"), await valueOf("Points of all pools")], ["5", "20"]);
  assert.match(await saidOf("Points of pool"), /^.*lanes\(0\)\.allocPoint of 0x/);
});

test("an own name that does not say its unit is asked about", async () => {
  await read("unusual", "0");
  await field("Emission method").fill("drip(bool true)");
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.locator(".chain").getByText(/The name drip does not say whether it pays per block or per second\. Choose one\./).waitFor();
  assert.equal(await valueOf("Emission method"), "drip(bool true)");
});

describe("what is wrong is said beside its field, and the inputs stay", () => {
  const cases = [
    ["no URL", { url: "localhost 8545" }, "RPC endpoint", /is not a web address/],
    ["another protocol", { url: "ws://127.0.0.1:1" }, "RPC endpoint", /must start with https:\/\/ or http:\/\//],
    ["no address", { farm: "0x1234" }, "Address of the farm", /An address is 0x and 40 hexadecimal digits/],
    ["a wrong checksum", { farm: "0xCA11bde05977b3631167028862bE2a173976CA11" }, "Address of the farm", /do not fit its checksum/],
    ["no contract", { farm: "0x00000000000000000000000000000000000000aa" }, "Address of the farm", /There is no contract at/],
    ["no pool id", { poolId: "-1" }, "Pool id", /is not a pool id/],
    ["a pool that is not there", { poolId: "4" }, "Pool id", /The farm has no pool 4\. Its pools are 0 to 3\./],
  ];
  for (const [name, change, label, message] of cases) {
    test(name, async () => {
      const inputs = { url: chain.url, farm: farms.perBlock.address, poolId: "0", ...change };
      const points = await valueOf("Points of pool");
      await ask(inputs);
      await page.locator(".chain").getByText(message).waitFor();
      assert.match(await saidOf(label), message);
      assert.ok(await isWrong(label));
      assert.deepEqual([await valueOf("RPC endpoint"), await valueOf("Address of the farm"), await valueOf("Pool id")], [inputs.url, inputs.farm, inputs.poolId]);
      assert.equal(await valueOf("Points of pool"), points);
    });
  }

  const atServer = async (answer, message) => {
    const server = await serveFake(answer);
    try {
      await ask({ url: server.url, farm: farms.perBlock.address, poolId: "0" });
      await page.locator(".chain").getByText(message).waitFor();
      assert.match(await saidOf("RPC endpoint"), message);
      assert.equal(await valueOf("RPC endpoint"), server.url);
    } finally {
      await server.stop();
    }
  };
  const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };

  test("a server that is no chain", () => atServer(() => ({ type: "text/html", headers: cors, body: "<h1>hello</h1>" }), /not as an Ethereum JSON-RPC endpoint/));
  test("a server that lets no other site read it", () => atServer(() => ({ body: "{}" }), /does not let other sites read its answers/));

  test("nobody there", async () => {
    const server = await serveFake(() => ({}));
    await server.stop();
    await ask({ url: server.url, farm: farms.perBlock.address, poolId: "0" });
    await page.getByText(/Nothing answers at this address/).waitFor();
    assert.match(await saidOf("RPC endpoint"), /Nothing answers/);
  });

  test("a host whose policy forbids the request", async () => {
    const strict = await serve(STRICT_CSP);
    try {
      await open(strict.url);
      await ask({ farm: farms.perBlock.address, poolId: "0" });
      await page.getByText(/The rules of this page \(its content security policy\) forbid/).waitFor();
      assert.match(await saidOf("RPC endpoint"), /content security policy/);
    } finally {
      await strict.close();
    }
  });

  test("a farm without points, a pair without supply", async () => {
    await read("noPoints", "0");
    await page.locator(".chain").getByText(/The points of all pools add up to 0/).waitFor();
    assert.match(await saidOf("Total points method"), /no weight can be computed/);
    assert.equal(await valueOf("Points of all pools"), "0");
    await field("Price of the reward token").fill("1");
    await page.locator(".segments label", { hasText: /USD$/ }).click();
    await field("Value staked in the pool").fill("1000");
    assert.ok(await isWrong("Points of all pools"), "the answer stays refused until the value is overwritten");
    await read("perBlock", "3");
    await page.locator(".chain").getByText(/The pair has issued no LP tokens/).waitFor();
  });

  test("a reading that hangs can be cancelled", async () => {
    const server = await serveFake(() => new Promise(() => {}));
    try {
      await ask({ url: server.url, farm: farms.perBlock.address, poolId: "0" });
      await page.getByText(/At most \d+ s left\./).waitFor();
      await page.getByRole("button", { name: "Cancel", exact: true }).click();
      await page.getByText(/At most \d+ s left\./).waitFor({ state: "detached" });
      assert.equal(await valueOf("RPC endpoint"), server.url);
      assert.equal(await isWrong("RPC endpoint"), false);
    } finally {
      await server.stop();
    }
  });
});
