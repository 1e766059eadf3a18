// One valid input for every exported function.
import { llamma } from "llamath";
import { riskInputs, riskOptional } from "./inputs-risk.mjs";
import { simInputs, simInstead, simOptional } from "./inputs-sim.mjs";

const pool = {
  allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 3,
  tokenPriceUsd: 0.25, stakedUsd: 500000, yearSecs: 31536000,
};
const deposit = {
  apr: 0.5, periodsPerYear: 365, yearSecs: 31536000,
  depositFee: 0.01, performanceFee: 0.02, performanceFeeOn: "finalYield",
};
const ray = 10n ** 27n;
const wad = 10n ** 18n;
const vault = {
  borrowedDecimals: 6, balance: 10n ** 9n, totalDebt: 10n ** 9n, totalSupply: 2000n * wad, adminFees: 0n,
};
const mint = {
  policy: { version: "agg3c", rate0: 10n ** 9n, sigma: wad / 100n, targetDebtFraction: wad / 10n, extraConst: 0n },
  market: {
    price: wad, pegKeeperDebts: [wad], controllerDebts: [100n * wad], cachedControllers: 1, controller: 0,
    ceiling: 200n * wad, now: 1700000000,
  },
  memory: {
    total: { previous: 0n, current: 0n, timeSecs: 0 }, controller: { previous: 0n, current: 0n, timeSecs: 0 },
    pegRatio: { emaTimeSecs: 600, prevValue: 0n, prevTimeSecs: 0, queued: 0n },
  },
};
const market = {
  generation: "v1", A: 100, basePrice: 3000n * wad, fee: 6n * wad / 1000n, adminFee: 0n,
  loanDiscount: 9n * wad / 100n, liquidationDiscount: 6n * wad / 100n,
  collateralDecimals: 18, borrowedDecimals: 18, now: 1700000000,
  oraclePrice: 3000n * wad, available: 10n ** 6n * wad, policyRate: 0n,
};
const empty = llamma.createMarket(market);
const loan = { collateral: wad, debt: 2400n * wad, bands: 10 };
const state = llamma.createLoan({ state: empty, user: "me", ...loan });
const fallen = llamma.setPrice({ state, price: 2000n * wad, secs: 3600 });
const mine = { state, user: "me" };
const change = { ...mine, amount: wad / 100n, caller: "me" };
const trade = { state, sell: "borrowed", amountIn: wad };
const ofA = { generation: "v1", A: 100 };
const band = { ...ofA, x: 0n, y: wad, pOracle: 3000n * wad, pOracleUp: 3000n * wad };

/** A state in which every list holds something. */
export { state };

export const inputs = {
  "farm.weight": { allocPoint: 10, totalAllocPoint: 92 },
  "farm.apr": pool,
  "farm.aprColumns": { ...pool, allocPoint: Float64Array.of(1, 2), stakedUsd: Float64Array.of(1000, 2000) },
  "farm.reward": { blocks: 1200n, perBlockRaw: 5n * 10n ** 17n, allocPoint: 10n, totalAllocPoint: 92n },
  "farm.blockTimes": undefined,
  "farm.yearBases": undefined,
  "farm.apy": { apr: 0.5, periodsPerYear: 365 },
  "farm.apyContinuous": { apr: 0.5 },
  "farm.aprFromApy": { apy: 0.5, periodsPerYear: 365 },
  "farm.aprFromApyContinuous": { apy: 0.5 },
  "farm.yieldAfterFees": { ...deposit, days: 30 },
  "farm.returns": { ...deposit, principalUsd: 1000, days: [1, 30] },
  "farm.principalFor": { ...deposit, days: 30, targetGainUsd: 100 },
  "farm.bestCompounding": { apr: 0.5, principalUsd: 1000, costUsd: 1, days: 365, yearSecs: 31536000 },
  "farm.aggregatorApy": {
    farmApr: 0.3, periodsPerYear: 2190, compoundedShare: 0.9, performanceFee: 0.095,
    tradingApr: 0.05, notCompoundedApr: 0.01,
  },
  "farm.lpValue": {
    reserve0Raw: 1000n, reserve1Raw: 2000n, decimals0: 0, decimals1: 0,
    price0Usd: 2, price1Usd: 1, totalSupplyRaw: 100n, stakedRaw: 25n,
  },
  "farm.impermanentLoss": { priceRatio: 4 },
  "farm.impermanentLossWeighted": { priceRatio: 4, weight: 0.8 },
  "farm.impermanentLossRange": { priceRatio: 1.21, lower: 0.64, upper: 1.44 },
  "farm.verifyApr": { ...pool, displayed: "28.57%" },
  "farm.compareApr": { mine: pool, theirs: { ...pool, emissionSecs: 0.45 } },
  "farm.proof": { ...pool, displayed: "28.57%", origins: [{ field: "stakedUsd", origin: "a test", date: "2026-11-21" }] },
  "lending.borrowApr": { rate: 3593629043n },
  "lending.borrowApy": { rate: 3593629043n },
  "lending.borrowApyPerSecond": { rate: 3593629043n },
  "lending.lendApr": { rate: 3593629043n, debt: 600n, totalAssets: 1000n, adminFee: 10n ** 17n },
  "lending.lendApy": { rate: 3593629043n, debt: 600n, totalAssets: 1000n },
  "lending.baseRate": { apy: 0.12 },
  "lending.baseRateAsDeployed": { apy: 0.12 },
  "lending.aaveLinearIndex": { index: ray, rate: ray / 20n, dtSecs: 1000n },
  "lending.aaveCompoundedIndex": { index: ray, rate: ray / 20n, dtSecs: 1000n },
  "lending.aaveSdkLinear": { rate: ray / 20n, dtSecs: 1000n },
  "lending.aaveSdkCompounded": { rate: ray / 20n, dtSecs: 1000n },
  "lending.aaveSdkCompoundedRate": { rate: ray / 20n, dtSecs: 1000n },
  "lending.rayMul": { a: ray, b: ray },
  "lending.rayDiv": { a: ray, b: ray },
  "lending.compoundV2Apy": { ratePerBlock: 10n ** 10n, blocksPerDay: 7200 },
  "lending.rateMul": { rate: 1n, rateTimeSecs: 0, rateMul: wad, now: 60 },
  "lending.vaultFigures": { ...vault, shares: wad },
  "lending.vaultAct": { ...vault, action: "withdraw", amount: 0n, owned: 0n },
  "lending.semilogRate": {
    minRate: 317097919n, maxRate: 3170979198n, debt: 600n, balance: 400n, adminFees: 0n,
    dReserves: -1n, dDebt: 1n,
  },
  "lending.curveRate": {
    kind: "hyperbolic", targetUtilization: 85n * wad / 100n, lowRatio: wad / 2n, highRatio: 3n * wad,
    referenceRate: 10n ** 9n, rateShift: 0n, debt: 600n, balance: 400n, adminFees: 0n, dReserves: 1n, dDebt: -1n,
  },
  "lending.averageRate": { prevRate: 1n, prevMaRate: 1n, lastTimeSecs: 0, now: 60, calculatorRate: 2n },
  "lending.aggregatorRate": mint,
  "lending.aggregatorRateWritten": mint,
  "lending.emaPrice": { maExpTimeSecs: 600, lastPrice: wad, lastTimeSecs: 0, now: 60, current: wad },
  "llamma.presets": undefined,
  "llamma.createMarket": market,
  "llamma.overview": { state },
  "llamma.bandComposition": mine,
  "llamma.loan": mine,
  "llamma.health": mine,
  "llamma.healthFull": mine,
  "llamma.healthAlong": { ...mine, prices: [2900n * wad, 2800n * wad] },
  "llamma.maxLtv": { state, collateral: wad, bands: 10 },
  "llamma.liquidationRange": { state, ...loan },
  "llamma.maxBorrowable": { state, collateral: wad, bands: 10, currentDebt: 0n, user: "me" },
  "llamma.minCollateral": { state, debt: wad, bands: 10, user: "me" },
  "llamma.loanPreview": { state, ...loan },
  "llamma.loanPreviews": { state, collateral: wad, debt: 2400n * wad },
  "llamma.quote": trade,
  "llamma.swap": { ...trade, limit: 10000n },
  "llamma.amountForPrice": { state, price: 3100n * wad },
  "llamma.arbitrage": { state, marketPrice: 3000n * wad },
  "llamma.pricePath": { ...mine, prices: [2900n * wad, 2800n * wad], secs: 600 },
  "llamma.setPrice": { state, price: 2900n * wad, secs: 600 },
  "llamma.setRate": { state, rate: 3593629043n },
  "llamma.createLoan": { state, user: "you", ...loan, caller: "you" },
  "llamma.addCollateral": change,
  "llamma.removeCollateral": change,
  "llamma.repay": change,
  "llamma.borrowMore": { ...mine, collateral: wad, debt: wad, caller: "me" },
  "llamma.liquidate": { state: fallen, user: "me", caller: "you", minX: 0n, fraction: wad },
  "llamma.tokensToLiquidate": { ...mine, caller: "you", fraction: wad },
  "llamma.internals.constants": ofA,
  "llamma.internals.expTruncating": { x: -wad },
  "llamma.internals.expFlooring": { x: -wad },
  "llamma.internals.wadLn": { x: 2n * wad },
  "llamma.internals.lnBisecting": { x: 2n * wad },
  "llamma.internals.y0": band,
  "llamma.internals.bandFee": band,
  "llamma.internals.limitPrice": { generation: "v1", oldPO: 3000n * wad, oldDfee: 0n, ageSecs: 60, price: 2000n * wad },
  "llamma.internals.yEffective": { ...ofA, collateral: wad, bands: 10, discount: wad / 10n },
  "llamma.internals.fractionRemoved": { fraction: wad / 2n, discount: wad / 10n },
  "llamma.internals.view": { state, name: "p_oracle_up", args: ["1"] },
  "llamma.internals.act": { state, caller: "admin", name: "set_fee", args: ["1000000"] },
  "decimal.toRaw": { text: "1.5", decimals: 18 },
  "decimal.fromRaw": { raw: 1500000n, decimals: 6 },
  ...riskInputs,
  ...simInputs,
};

const curves = ["lending.semilogRate", "lending.curveRate"];
const changes = ["addCollateral", "removeCollateral", "repay", "borrowMore", "createLoan", "tokensToLiquidate"];
const deposits = ["farm.yieldAfterFees", "farm.returns", "farm.principalFor"];

/** Fields that may be absent, by function. */
export const optional = {
  yearSecs: Object.keys(inputs),
  depositFee: deposits,
  performanceFee: deposits,
  performanceFeeOn: deposits,
  adminFee: ["lending.lendApr", "llamma.createMarket"],
  adminFees: ["lending.vaultFigures", "lending.vaultAct", ...curves],
  dReserves: curves,
  dDebt: curves,
  shares: ["lending.vaultFigures"],
  owned: ["lending.vaultAct"],
  rateShift: ["lending.curveRate"],
  calculatorRate: ["lending.averageRate"],
  memory: ["lending.aggregatorRate", "lending.aggregatorRateWritten"],
  displayed: ["farm.proof"],
  origins: ["farm.proof"],
  oraclePrice: ["llamma.createMarket"],
  available: ["llamma.createMarket"],
  policyRate: ["llamma.createMarket"],
  user: ["llamma.bandComposition", "llamma.maxBorrowable", "llamma.minCollateral"],
  currentDebt: ["llamma.maxBorrowable"],
  amountIn: ["llamma.quote", "llamma.swap"],
  limit: ["llamma.swap"],
  marketPrice: ["llamma.arbitrage"],
  caller: changes.map((name) => `llamma.${name}`),
  minX: ["llamma.liquidate"],
  fraction: ["llamma.liquidate", "llamma.tokensToLiquidate"],
  x: ["llamma.internals.y0", "llamma.internals.bandFee"],
  y: ["llamma.internals.y0", "llamma.internals.bandFee"],
  ...riskOptional,
  halfLifeSecs: simOptional.halfLifeSecs,
  margin: [...riskOptional.margin, ...simOptional.margin],
};

/** What has to come with the absence of a field. */
export const instead = { performanceFeeOn: { performanceFee: 0 }, amountIn: { amountOut: 1n }, ...simInstead };

/** Integers that may be below 0, by function. */
export const signed = {
  x: ["llamma.internals.expTruncating", "llamma.internals.expFlooring"],
  dReserves: curves,
  dDebt: curves,
};
