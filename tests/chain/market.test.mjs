// The market reader against contracts of our own that hold states of real ones: the state read is the
// state held, and what is computed from it is what the real contracts answered.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { getAddress } from "viem";
import * as llamath from "../../pkg/index.js";
import { CANONICAL_MULTICALL, startAnvil } from "./anvil.mjs";
import { addressOf, deployMarket, fixture, fixtures, heldBy, scales } from "./markets.mjs";
import { proxy } from "./proxy.mjs";
import { loadReader } from "./reader.mjs";

// A Cargo feature: where it is not built in, what is computed from a state cannot be checked, only the state.
const { llamma } = llamath;

let chain, readMarket, ChainError;
const markets = new Map();

before(async () => {
  chain = await startAnvil();
  ({ readMarket, ChainError } = await loadReader());
  await chain.client.setCode({ address: CANONICAL_MULTICALL, bytecode: chain.runtime("Aggregate") });
  for (const one of fixtures) markets.set(one.from, await deployMarket(chain, one));
});
after(() => chain?.stop());

const ask = (one, more = {}) => ({ rpcUrl: chain.url, controller: markets.get(one.from).controller.address, ...more });
const refused = (request, code, field, message) =>
  assert.rejects(readMarket({ rpcUrl: chain.url, ...request }), (error) => {
    assert.ok(error instanceof ChainError, String(error?.stack ?? error));
    assert.deepEqual([error.code, error.field], [code, field], error.message);
    assert.match(error.message, message);
    assert.match(error.message, /^[A-Z"].*\.$/, "a full sentence");
    return true;
  });

for (const one of fixtures) {
  const { params, state, policyRate } = one;

  describe(`a market of generation ${params.gen} (${one.from})`, () => {
    test("without a user: every value equals what the contracts hold", async () => {
      const { controller, amm, borrowed } = markets.get(one.from);
      const steps = [];
      const reading = await readMarket(ask(one), (says) => steps.push(says));
      const read = reading.state;
      const block = await chain.client.getBlock();
      assert.deepEqual(read.market, {
        generation: params.gen,
        A: Number(params.A),
        basePrice: params.base_price0,
        fee: params.fee,
        adminFee: params.admin_fee,
        loanDiscount: params.loan_discount,
        liquidationDiscount: params.liquidation_discount,
        collateralDecimals: Number(params.collateral_decimals),
        borrowedDecimals: Number(params.borrowed_decimals),
      });
      assert.equal(read.now, Number(block.timestamp));
      assert.equal(reading.block.number, block.number);
      assert.equal(read.oraclePrice, state.price_oracle);
      assert.deepEqual(read.limiter, { oldPO: state.price_oracle, oldDfee: "0", prevPOTime: 0 });
      assert.deepEqual(read.interest, { rate: state.rate, rateTimeSecs: read.now, rateMul: state.rate_mul });
      assert.deepEqual([read.activeBand, read.minBand, read.maxBand], [state.active_band, state.min_band, state.max_band].map(Number));
      const filled = state.bands.filter(([, x, y]) => x !== "0" || y !== "0");
      assert.deepEqual(read.bands.map(({ n, x, y }) => [String(n), x, y]), filled.map(([n, x, y]) => [n, x, y]));
      assert.deepEqual(read.adminFees, { x: state.admin_fees?.[0] ?? "0", y: state.admin_fees?.[1] ?? "0" });
      assert.deepEqual(read.loans, []);
      assert.equal(read.loanCount, Number(state.n_loans));
      assert.deepEqual(read.totalDebt, { initial: state.total_debt, rateMul: state.rate_mul });
      assert.equal(read.policyRate, policyRate);
      assert.equal(reading.user, undefined);
      assert.deepEqual([reading.collateralSymbol, reading.borrowedSymbol], ["COLL", "crvUSD"]);
      assert.deepEqual(reading.contractSays, { pAmm: BigInt(state.get_p) });
      assert.match(reading.sources.A, new RegExp(`^A\\(\\) of ${amm.address}$`));
      assert.match(reading.sources.generation, new RegExp(`${controller.address} is of generation ${params.gen}: .*\\.$`));
      assert.match(reading.sources.limiter, /^Assumed: /);
      assert.match(reading.sources.shares, /^Derived: /);
      assert.match(reading.sources.basePrice, /no other base price/);
      assert.ok(steps.some((says) => /^Reading the bands: \d+ of [\d,]+\.$/.test(says)));
      if (params.gen === "v2") {
        assert.deepEqual(read.funds, { kind: "vault", borrowCap: String(5n * 10n ** 30n), availableBalance: state.controller_borrowed_balance, adminPercentage: String(10n ** 17n), adminFees: "3" });
      } else if (params.gen === "dfm") {
        const left = BigInt(params.debt_ceiling) - BigInt(state.total_debt);
        assert.deepEqual(read.funds, { kind: "balance", tokens: String(left), minted: "0", redeemed: "0" });
        assert.match(reading.sources.funds, /^Derived: /);
      } else {
        assert.deepEqual(read.funds, { kind: "balance", tokens: String(await borrowed.read.balanceOf([controller.address])), minted: "11", redeemed: "7" });
      }
    });

    test("it is a state that the package takes, with the prices that the contracts answered", async () => {
      const { state: read } = await readMarket(ask(one));
      const overview = llamma.overview({ state: read });
      assert.equal(overview.pAmm, BigInt(state.get_p));
      assert.equal(overview.priceOracle, BigInt(state.price_oracle));
      assert.equal(overview.basePrice, BigInt(state.base_price));
      assert.equal(overview.totalDebt, BigInt(state.total_debt));
      const empty = { state: read, collateral: 10n ** BigInt(params.collateral_decimals), bands: 10 };
      assert.ok(llamma.maxBorrowable(empty).contract >= 0n);
    });

    for (const user of state.users) {
      test(`the loan of user ${user.id} is the real one`, async () => {
        const reading = await readMarket(ask(one, { user: addressOf(user.id) }));
        const [loan] = reading.state.loans;
        assert.equal(reading.user, getAddress(addressOf(user.id)));
        assert.equal(loan.user, reading.user);
        assert.deepEqual(loan.position, { n1: Number(user.n1), n2: Number(user.n2), shares: user.ticks });
        assert.equal(loan.liquidationDiscount, user.liq_discount);
        assert.match(reading.sources.shares, /^Read from the storage of /);
        const totals = new Map(state.bands.map((band) => [Number(band[0]), band[3]]));
        for (const { n, shares } of reading.state.bands) {
          if (n >= loan.position.n1 && n <= loan.position.n2) assert.equal(shares, totals.get(n));
        }
        const [upper, lower] = user.user_prices.map(BigInt);
        assert.deepEqual(reading.contractSays, { pAmm: BigInt(state.get_p), health: BigInt(user.health), healthFull: BigInt(user.health_full), upper, lower });
        assert.deepEqual(loan.debt, { initial: user.debt, rateMul: state.rate_mul });
      });

      test(`what is computed of user ${user.id} is what the real contracts answered, to the wei`, async () => {
        const reading = await readMarket(ask(one, { user: addressOf(user.id) }));
        const said = llamma.loan({ state: reading.state, user: reading.user });
        const [collateral, borrowed, debt] = user.user_state.map(BigInt);
        assert.deepEqual([said.collateral, said.borrowed, said.debt], [collateral, borrowed, debt]);
        assert.deepEqual([said.upper, said.lower], user.user_prices.map(BigInt));
        assert.equal(said.xDown, BigInt(user.x_down));
        assert.equal(said.health, BigInt(user.health));
        assert.equal(said.healthFull, BigInt(user.health_full));
      });
    }
  });
}

describe("shares that the storage does not tell", () => {
  const near = (value, expected, tolerance) => assert.ok(Math.abs(Number(value - expected)) <= tolerance, `${value} is not ${expected} within ${tolerance}`);

  const precise = fixture("v1_a scenario 5");

  for (const from of ["v1_a scenario 5", "v1_a scenario 4", "v2_a scenario 0", "m2023_a"]) {
    test(`are chosen so that get_xy comes out, and health is right to that rounding (${from})`, async () => {
      const one = fixture(from);
      const hidden = await deployMarket(chain, one, { readable: false });
      const { x, y } = scales(one);
      for (const user of one.state.users) {
        const reading = await readMarket({ rpcUrl: chain.url, controller: hidden.controller.address, user: addressOf(user.id) });
        assert.match(reading.sources.shares, /^Derived: .* not to the last wei\.$/);
        const { bands, loans: [loan] } = reading.state;
        const held = heldBy(one, user);
        const byNumber = new Map(bands.map((band) => [band.n, band]));
        loan.position.shares.forEach((share, i) => {
          const band = byNumber.get(loan.position.n1 + i);
          const of = (amount, scale) => ((BigInt(amount) + 1n) * BigInt(share)) / (BigInt(band.shares) + 1_000n) / scale;
          assert.deepEqual([of(band.x, x), of(band.y, y)], [held.x[i], held.y[i]]);
        });
        // At most one raw unit of each token is in question; where those are of 18 decimals, that is next to nothing.
        const said = llamma.loan({ state: reading.state, user: reading.user });
        const [unitX, unitY] = [Number(x), Number(y) * (Number(one.state.price_oracle) / 1e18)];
        const units = Number(said.borrowed) * unitX + Number(said.collateral) * unitY;
        const relative = Math.max((unitX + unitY) / units, 1e-12);
        const parts = 10n ** 18n + BigInt(user.health);
        if (one === precise) assert.equal(relative, 1e-12);
        near(said.health + 10n ** 18n, parts, Math.max(Number(parts) * relative, 1));
        near(said.collateral, BigInt(user.sum_xy[1]), 0);
        near(said.borrowed, BigInt(user.sum_xy[0]), 1);
      }
    });
  }

  test("an endpoint that refuses to give storage", async () => {
    const one = fixture("v1_a scenario 5");
    const closed = await proxy(chain.url, (requests, answers) => {
      [requests].flat().forEach(({ method }, i) => {
        if (method !== "eth_getStorageAt") return;
        const answer = [answers].flat()[i];
        delete answer.result;
        answer.error = { code: -32601, message: "the method is not available" };
      });
    });
    try {
      const reading = await readMarket({ ...ask(one, { user: addressOf(0) }), rpcUrl: closed.url });
      assert.match(reading.sources.shares, /^Derived: /);
    } finally {
      await closed.stop();
    }
  });
});

describe("what is not plain", () => {
  const one = fixture("v1_a scenario 5");

  test("the generation that the user names", async () => {
    const { state, sources } = await readMarket(ask(one, { generation: "l2024" }));
    assert.equal(state.market.generation, "l2024");
    assert.match(sources.generation, /^You chose it, against what the contracts tell\. .* is of generation v1: /);
    const same = await readMarket(ask(one, { generation: "v1" }));
    assert.match(same.sources.generation, /^You chose it\. The contract/);
  });

  test("an oracle whose jump the AMM limits", async () => {
    const limited = await deployMarket(chain, one, { rawPrice: 5n });
    const { sources, state } = await readMarket({ rpcUrl: chain.url, controller: limited.controller.address });
    assert.equal(state.oraclePrice, one.state.price_oracle);
    assert.match(sources.oraclePrice, /which limits a sudden change; price\(\) of 0x\w+ answers 5$/);
  });

  test("the user's extra health", async () => {
    const { controller } = markets.get(one.from);
    await controller.send.setExtraHealth(addressOf(0), 123n);
    try {
      const { state } = await readMarket(ask(one, { user: addressOf(0) }));
      assert.equal(state.loans[0].extraHealth, "123");
    } finally {
      await controller.send.setExtraHealth(addressOf(0), 0n);
    }
  });

  test("a base price that does not divide", async () => {
    const { amm, controller } = await deployMarket(chain, one);
    const numbers = { A: 20n, fee: 1n, adminFee: 0n, basePrice: 6n, rateMul: 25n * 10n ** 17n, rate: 0n, priceOracle: 1n, p: 1n, activeBand: 0n, minBand: 0n, maxBand: 0n, adminFeesX: 0n, adminFeesY: 0n };
    await amm.send.set(numbers, controller.address);
    const { sources } = await readMarket({ rpcUrl: chain.url, controller: controller.address });
    assert.match(sources.basePrice, /does not divide exactly/);
    await amm.send.set({ ...numbers, rateMul: 0n }, controller.address);
    await refused({ controller: controller.address }, "badValue", "controller", /answers 0 to get_rate_mul\(\), where only a number above 0 makes sense/);
    await amm.send.set({ ...numbers, A: 1n }, controller.address);
    await refused({ controller: controller.address }, "badValue", "controller", /answers 1 to A\(\), where only a number from 2 to 10000 makes sense/);
    await amm.send.set({ ...numbers, minBand: -3n, maxBand: 2_997n }, controller.address);
    await refused({ controller: controller.address }, "tooManyBands", "controller", /bands -3 to 2997: 3,001 bands, and at most 3,000/);
    await amm.send.set({ ...numbers, rateMul: 10n ** 18n, minBand: -3n, maxBand: 2_996n }, controller.address);
    const steps = [];
    const { state } = await readMarket({ rpcUrl: chain.url, controller: controller.address }, (says) => steps.push(says));
    assert.ok(steps.includes("Reading the bands: 2,750 of 3,000."), steps.join("\n"));
    assert.equal(state.minBand, -3);
  });

  test("without a multicall contract the same is read by batches", async () => {
    await chain.client.setCode({ address: CANONICAL_MULTICALL, bytecode: "0x" });
    try {
      const plain = await readMarket(ask(one, { user: addressOf(1) }));
      assert.equal(plain.via.kind, "batch");
      assert.deepEqual(plain.state.loans[0].position.shares, one.state.users.find(({ id }) => id === "1").ticks);
    } finally {
      await chain.client.setCode({ address: CANONICAL_MULTICALL, bytecode: chain.runtime("Aggregate") });
    }
  });
});

describe("refusals", () => {
  const one = fixture("v1_a scenario 5");
  const controller = () => markets.get(one.from).controller.address;

  test("inputs that cannot be used, before anything is sent", async () => {
    await refused({ rpcUrl: "nonsense", controller: controller() }, "invalidUrl", "url", /is not a web address/);
    await refused({ rpcUrl: "ftp://x.org", controller: controller() }, "invalidUrl", "url", /must start with https/);
    await refused({ controller: "" }, "required", "controller", /Enter the address of the market's controller/);
    await refused({ controller: "0x12" }, "invalidAddress", "controller", /"0x12" is not an address/);
    await refused({ controller: controller(), user: "me" }, "invalidAddress", "user", /"me" is not an address/);
    await refused({ controller: controller(), generation: "v3" }, "badValue", "generation", /It is one of m2023, l2024, v1, v1mint, v2, dfm/);
  });

  test("an endpoint that is not there", () => refused({ rpcUrl: "http://127.0.0.1:1", controller: controller() }, "unreachable", "url", /Nothing answers/));

  test("no contract at the address", () => refused({ controller: addressOf(77) }, "noCode", "controller", /There is no contract at .* \(chain id 31337\)/));

  test("a contract that is no controller, with the right address where it is known", async () => {
    const { amm, borrowed } = markets.get(one.from);
    const vault = await chain.deploy("MarketVault", controller());
    await refused({ controller: borrowed.address }, "missingMethod", "controller", /does not answer amm\(\), so it is no controller/);
    await refused({ controller: vault.address }, "missingMethod", "controller", new RegExp(`no controller but a vault; .* is ${controller()}\\.`));
    await refused({ controller: amm.address }, "missingMethod", "controller", new RegExp(`no controller but an AMM; .* is ${controller()}\\.`));
  });

  test("a method that is missing is named", async () => {
    const broken = await chain.deploy("Controller2025", markets.get(one.from).borrowed.address);
    await refused({ controller: broken.address }, "missingMethod", "controller", /^The AMM 0x\w+ does not answer coins\(0\), without which its market cannot be read\.$/);
  });

  test("a user without a loan", () => refused({ controller: controller(), user: addressOf(99) }, "noLoan", "user", /has no loan in this market/));
});
