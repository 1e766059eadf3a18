// One valid input for every exported function.
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
  },
  "lending.curveRate": {
    kind: "hyperbolic", targetUtilization: 85n * wad / 100n, lowRatio: wad / 2n, highRatio: 3n * wad,
    referenceRate: 10n ** 9n, rateShift: 0n, debt: 600n, balance: 400n,
  },
  "lending.averageRate": { prevRate: 1n, prevMaRate: 1n, lastTimeSecs: 0, now: 60, calculatorRate: 2n },
  "lending.aggregatorRate": mint,
  "lending.aggregatorRateWritten": mint,
  "lending.emaPrice": { maExpTimeSecs: 600, lastPrice: wad, lastTimeSecs: 0, now: 60, current: wad },
  "decimal.toRaw": { text: "1.5", decimals: 18 },
  "decimal.fromRaw": { raw: 1500000n, decimals: 6 },
};

const deposits = ["farm.yieldAfterFees", "farm.returns", "farm.principalFor"];

/** Fields that may be absent, by function. */
export const optional = {
  yearSecs: Object.keys(inputs),
  depositFee: deposits,
  performanceFee: deposits,
  performanceFeeOn: deposits,
  adminFee: ["lending.lendApr"],
  adminFees: ["lending.vaultFigures", "lending.vaultAct", "lending.semilogRate"],
  shares: ["lending.vaultFigures"],
  owned: ["lending.vaultAct"],
  rateShift: ["lending.curveRate"],
  calculatorRate: ["lending.averageRate"],
  memory: ["lending.aggregatorRate", "lending.aggregatorRateWritten"],
  displayed: ["farm.proof"],
  origins: ["farm.proof"],
};
