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
  displayed: ["farm.proof"],
  origins: ["farm.proof"],
};
