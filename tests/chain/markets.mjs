// Lending markets on a local chain, filled with states that real contracts were in.
import { readFileSync } from "node:fs";

const WAD = 10n ** 18n;
const DEAD = 1_000n;
/** Where the mappings of a band's values begin in storage: one is found there, the other is not. */
const READABLE = 14n;
const HIDDEN = 14_000n;

export const fixtures = JSON.parse(readFileSync(new URL("fixtures/markets.json", import.meta.url), "utf8"));
export const fixture = (from) => fixtures.find((one) => one.from.startsWith(`amm_states_${from}`));

/** Of the test chain's accounts, none of which does anything itself. */
export const addressOf = (id) => `0x${(0xa11ce0000n + BigInt(id)).toString(16).padStart(40, "0")}`;

const scaleOf = (decimals) => 10n ** (18n - BigInt(decimals));
export const scales = ({ params }) => ({ x: scaleOf(params.borrowed_decimals), y: scaleOf(params.collateral_decimals) });

/** What get_xy answers, by the contracts' own rounding. */
export function heldBy(one, { n1, ticks }) {
  const bands = new Map(one.state.bands.map(([n, ...amounts]) => [n, amounts.map(BigInt)]));
  const { x, y } = scales(one);
  const of = (side, scale) =>
    ticks.map((share, i) => {
      const band = bands.get(String(Number(n1) + i)) ?? [0n, 0n, 0n];
      return ((band[side] + 1n) * BigInt(share)) / (band[2] + DEAD) / scale;
    });
  return { x: of(0, x), y: of(1, y) };
}

export async function deployMarket({ deploy }, one, { readable = true, rawPrice } = {}) {
  const { params, state } = one;
  const generation = params.gen;
  const borrowed = await deploy("Token", "crvUSD", Number(params.borrowed_decimals));
  const collateral = await deploy("Token", "COLL", Number(params.collateral_decimals));
  const first = readable ? READABLE : HIDDEN;
  const amm = generation === "v2"
    ? await deploy("MarketAmm", borrowed.address, collateral.address, first)
    : await deploy("MarketAmmWithAdminFee", borrowed.address, collateral.address, first, (await deploy("MarketOracle", BigInt(rawPrice ?? state.price_oracle))).address);

  const policy = generation === "m2023" ? await deploy("RateOfOne", BigInt(one.policyRate)) : await deploy("RateOfEach");
  const factory = await deploy(["v1mint", "m2023"].includes(generation) ? "MintFactory" : "LendingFactory");
  const [contract, ...more] = {
    m2023: ["Controller2023"],
    l2024: ["Controller2024"],
    v1: ["Controller2025"],
    v1mint: ["Controller2025"],
    v2: ["ControllerOfVault", BigInt(state.controller_borrowed_balance)],
    dfm: ["MarketOperator", BigInt(params.debt_ceiling ?? 0)],
  }[generation];
  const controller = await deploy(contract, amm.address, ...more);
  if (generation !== "m2023") await policy.send.set(controller.address, BigInt(one.policyRate));
  await borrowed.send.mint(controller.address, BigInt(state.controller_borrowed_balance));
  await controller.send.set(factory.address, policy.address, {
    loanDiscount: BigInt(params.loan_discount),
    liquidationDiscount: BigInt(params.liquidation_discount),
    loans: BigInt(state.n_loans),
    totalDebt: BigInt(state.total_debt),
  });
  await amm.send.set(
    {
      A: BigInt(params.A),
      fee: BigInt(params.fee),
      adminFee: BigInt(params.admin_fee),
      basePrice: (BigInt(params.base_price0) * BigInt(state.rate_mul)) / WAD,
      rateMul: BigInt(state.rate_mul),
      rate: BigInt(state.rate),
      priceOracle: BigInt(state.price_oracle),
      p: BigInt(state.get_p),
      activeBand: BigInt(state.active_band),
      minBand: BigInt(state.min_band),
      maxBand: BigInt(state.max_band),
      adminFeesX: BigInt(state.admin_fees?.[0] ?? 0),
      adminFeesY: BigInt(state.admin_fees?.[1] ?? 0),
    },
    controller.address,
  );
  const column = (i) => state.bands.map((band) => BigInt(band[i]));
  await amm.send.setBands(column(0), column(1), column(2), column(3));
  for (const user of state.users) {
    const [n1, n2] = [BigInt(user.n1), BigInt(user.n2)];
    const ticks = user.ticks.map(BigInt);
    const packed = [BigInt.asUintN(256, n1 + (n2 << 128n))];
    for (let i = 0; i < ticks.length; i += 2) packed.push(ticks[i] + ((ticks[i + 1] ?? 0n) << 128n));
    await amm.send.setPosition(addressOf(user.id), { n1, n2, ...heldBy(one, user), sum: user.sum_xy.map(BigInt) }, packed);
    await controller.send.setLoan(addressOf(user.id), {
      debt: BigInt(user.debt),
      liquidationDiscount: BigInt(user.liq_discount),
      health: BigInt(user.health),
      healthFull: BigInt(user.health_full),
      prices: user.user_prices.map(BigInt),
    });
  }
  return { controller, amm, borrowed, collateral, policy, factory };
}
