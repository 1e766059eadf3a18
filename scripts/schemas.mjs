// How the rows of each reference file are put to the package, and compared.
import { LlamathError, decimal, farm, lending } from "llamath";
import { lendingSchemas } from "./schemas-lending.mjs";
import { llammaSchema } from "./schemas-llamma.mjs";
import { riskSchemas } from "./schemas-risk.mjs";
import { simSchemas } from "./schemas-sim.mjs";

export class Check {
  rows = 0;
  mismatches = [];
  /** Files of other people's data that are not there. */
  absent = [];

  /** `read` gives the bytes of a file of other people's data, or nothing. */
  constructor(read) {
    this.read = read;
  }

  /** The bytes of such a file; without it the rows that rest on it are not checked. */
  data(name) {
    const bytes = this.read(name);
    if (bytes === undefined) this.absent.push(name);
    return bytes;
  }

  each(list, name, body) {
    if (!list?.length) throw new Error(`${name} is empty`);
    list.forEach((row, index) => {
      this.rows += 1;
      this.place = index;
      this.row = `${name}[${index}]`;
      body(row);
    });
  }

  exact(what, expected, compute) {
    this.#compare(what, expected, compute, (got) => got === BigInt(expected));
  }

  equal(what, expected, compute) {
    this.#compare(what, expected, compute, (got) => got === expected);
  }

  near(what, expected, compute, relative = 1e-13, absolute = 0) {
    const number = Number(expected);
    const margin = Math.max(relative * Math.abs(number), absolute);
    this.#compare(what, number, compute, (got) => Math.abs(got - number) <= margin);
  }

  refused(what, compute, field) {
    this.#compare(what, `a refusal of ${field}`, compute, (got) => got instanceof LlamathError && got.field === field);
  }

  compare(what, expected, agrees, got) {
    if (!agrees) this.mismatches.push(`${this.row} ${what}: expected ${expected}, got ${got}`);
  }

  #compare(what, expected, compute, agrees) {
    let got;
    try {
      got = compute();
    } catch (error) {
      got = error;
    }
    this.compare(what, expected, agrees(got), got);
  }
}

const YEAR_SECS = 31_536_000;

/** PancakeSwap's form: percentages, and 0 compoundings for a simple rate. */
const pancake = (aprPct, perDay, feePct, days) =>
  farm.yieldAfterFees({
    apr: aprPct / 100,
    periodsPerYear: 365 * perDay,
    days,
    performanceFee: feePct / 100,
    performanceFeeOn: "finalYield",
  });

/** The schema of a reference file by its name, if it is one of ours. */
export const schemaOf = (name) =>
  schemas[name] ?? lendingSchemas[name] ?? riskSchemas[name] ?? simSchemas[name] ?? llammaSchema(name);

const schemas = {
  apr_il(file, check) {
    check.each(file.curveRates, "curveRates", (row) => {
      const [rate, debt, totalAssets, adminFee] = [
        row.rate, row.totalDebt, row.totalAssets, row.adminPctWad,
      ].map(BigInt);
      const market = { rate, debt, totalAssets };
      check.exact("borrowAprWad", row.borrowAprWad, () => lending.borrowApr({ rate }));
      check.exact("lendAprWad_v1", row.lendAprWad_v1, () => lending.lendApr(market));
      check.exact("lendAprWad_v2", row.lendAprWad_v2, () => lending.lendApr({ ...market, adminFee }));
      check.near("borrowApy_cont", row.borrowApy_cont, () => lending.borrowApy({ rate }));
      check.near("borrowApy_perSecond", row.borrowApy_perSecond, () => lending.borrowApyPerSecond({ rate }));
      check.near("lendApy_cont", row.lendApy_cont, () => lending.lendApy(market));
    });
    const periods = {
      yearly: 1, monthly: 12, weekly: 52, daily: 365, hourly: 8760, per3s: 10_512_000, perSecond: YEAR_SECS,
    };
    check.each(file.aprToApy, "aprToApy", ({ apr, continuous, ...row }) => {
      for (const [name, periodsPerYear] of Object.entries(periods)) {
        check.near(name, row[name], () => farm.apy({ apr, periodsPerYear }));
      }
      check.near("continuous", continuous, () => farm.apyContinuous({ apr }));
    });
    check.each(file.apyToApr, "apyToApr", ({ apy, ...row }) => {
      check.near("aprDaily", row.aprDaily, () => farm.aprFromApy({ apy, periodsPerYear: 365 }));
      check.near("aprContinuous", row.aprContinuous, () => farm.aprFromApyContinuous({ apy }));
      check.exact("ratePerSecondExactWad", row.ratePerSecondExactWad, () => lending.baseRate({ apy }));
      check.exact("ratePerSecond_dfmFloatScript", row.ratePerSecond_dfmFloatScript, () =>
        lending.baseRateAsDeployed({ apy }));
    });
    check.each(file.compoundWithFee, "compoundWithFee", (row) => {
      const deposit = { periodsPerYear: row.n, days: row.t * 365 };
      check.near("apy", row.apy, () =>
        farm.yieldAfterFees({ ...deposit, apr: row.apr * row.shareAfterFee }));
      // 1 − (1 − share) is not always share: one rounding more.
      check.near("apy, as a fee", row.apy, () =>
        farm.yieldAfterFees({
          ...deposit,
          apr: row.apr,
          performanceFee: 1 - row.shareAfterFee,
          performanceFeeOn: "eachCompounding",
        }), 1e-12);
    });
    check.each(file.farmApr, "farmApr", (row) => {
      const compute = (name) => () =>
        farm.apr({
          allocPoint: row.allocPoint,
          totalAllocPoint: row.totalAllocPoint,
          emission: Number(row.tokenPerBlock),
          emissionSecs: Number(row.blockTimeSeconds),
          tokenPriceUsd: Number(row.tokenPriceUsd),
          stakedUsd: Number(row.lpTotalValueUsd),
        })[name];
      check.near("blocksPerYear", row.blocksPerYear, compute("emissionsPerYear"));
      check.near("poolWeight", row.poolWeight, compute("weight"));
      check.near("poolTokenPerBlock", row.poolTokenPerBlock, compute("poolEmission"));
      check.near("apr", row.apr, compute("apr"));
    });
    check.each(file.impermanentLoss, "impermanentLoss", (row) => {
      const { priceRatio, weight, paRel: lower, pbRel: upper } = row;
      check.near("il50_50", row.il50_50, () => farm.impermanentLoss({ priceRatio }));
      check.near("ilWeighted", row.ilWeighted, () => farm.impermanentLossWeighted({ priceRatio, weight }));
      check.near("ilConcentrated", row.ilConcentrated, () =>
        farm.impermanentLossRange({ priceRatio, lower, upper }));
    });
    check.each(file.stakedLpValue, "stakedLpValue", (row) => {
      const compute = (name) => () =>
        farm.lpValue({
          reserve0Raw: BigInt(row.reserve0),
          reserve1Raw: BigInt(row.reserve1),
          decimals0: row.dec0,
          decimals1: row.dec1,
          price0Usd: Number(row.price0),
          price1Usd: Number(row.price1),
          totalSupplyRaw: BigInt(row.lpTotalSupply),
          stakedRaw: BigInt(row.lpStaked),
        })[name];
      check.near("tvlPool", row.tvlPool, compute("poolUsd"));
      check.near("stakedValue_reserves", row.stakedValue_reserves, compute("stakedUsd"));
      check.near("stakedValue_token0x2", row.stakedValue_token0x2, compute("stakedTwice0Usd"));
      check.near("stakedValue_fairSqrtK", row.stakedValue_fairSqrtK, compute("fairStakedUsd"));
    });
  },

  apy_fee_pancake(file, check) {
    check.each(file.cases, "cases", (row) => {
      const compute = () => pancake(row.aprPct, row.compoundsPerDay, row.feePct, row.days);
      check.near("apy", row.apy, compute, 1e-8, 1e-12);
    });
  },

  aave_math_utils(file, check) {
    const input = (row, dt) => ({ rate: BigInt(row.rate), dtSecs: BigInt(dt) });
    check.each(file.calculateCompoundedInterest, "calculateCompoundedInterest", (row) =>
      check.exact("compounded", row.compounded, () => lending.aaveSdkCompounded(input(row, row.dt))));
    check.each(file.calculateLinearInterest, "calculateLinearInterest", (row) =>
      check.exact("linear", row.linear, () => lending.aaveSdkLinear(input(row, row.dt))));
    check.each(file.rayMulDiv, "rayMulDiv", (row) => {
      const [a, b] = [BigInt(row.a), BigInt(row.b)];
      check.exact("rayMul", row.rayMul, () => lending.rayMul({ a, b }));
      check.exact("rayDiv", row.rayDiv, () => lending.rayDiv({ a, b }));
    });
    check.each(file.calculateCompoundedRate, "calculateCompoundedRate", (row) =>
      check.exact("compoundedRate", row.compoundedRate, () =>
        lending.aaveSdkCompoundedRate(input(row, row.duration))));
  },

  aave_v3_real_indices(file, check) {
    check.each(file.updates, "updates", (row) => {
      const input = (index, rate) => ({ index: BigInt(index), rate: BigInt(rate), dtSecs: BigInt(row.dt) });
      check.exact("liquidityIndex1", row.liquidityIndex1, () =>
        lending.aaveLinearIndex(input(row.liquidityIndex0, row.liquidityRate)));
      check.exact("variableBorrowIndex1", row.variableBorrowIndex1, () =>
        lending.aaveCompoundedIndex(input(row.variableBorrowIndex0, row.variableBorrowRate)));
    });
  },

  /** Published figures; each is compared to as many digits as its source prints. */
  farm_goldens(facts, check) {
    const fact = (id) => facts.find((fact) => fact.id === id);
    const rows = {
      "pickle-polyjar7a"(pickle) {
        const emission = Number(decimal.fromRaw({ raw: 7692307690000000n, decimals: 18 }));
        const verified = () =>
          farm.verifyApr({
            allocPoint: pickle.alloc, totalAllocPoint: pickle.total, emission, emissionSecs: 1,
            tokenPriceUsd: pickle.token_price, stakedUsd: pickle.tvl_usd,
            yearSecs: pickle.year_seconds, displayed: "178%",
          });
        check.near("apr", pickle.expected_apr_fraction, () => verified().computed.apr, 0, 5e-11);
        check.near("K", pickle.K, () => verified().kMid, 0, 5e-8);
      },
      "llamaswap-lama-pool"(lama) {
        const compute = (name) => () =>
          farm.apr({
            allocPoint: lama.alloc, totalAllocPoint: lama.total, emission: 0.5, emissionSecs: 3,
            tokenPriceUsd: 1, stakedUsd: 1,
          })[name];
        check.near("weight", lama.weight, compute("weight"), 0, 1e-9);
        check.near("share", lama.per_block_share, compute("poolEmission"), 0, 1e-9);
        check.near("blocks", lama.blocks_per_year, compute("emissionsPerYear"));
      },
      "pancake-getPoolApr"(pool) {
        for (const [secs, percent] of Object.entries(pool.expected_pct_by_block_time)) {
          check.near(`${secs} s`, percent / 100, () =>
            farm.apr({
              allocPoint: 1, totalAllocPoint: 1, emission: pool.per_block, emissionSecs: Number(secs),
              tokenPriceUsd: pool.reward_price, stakedUsd: pool.total_staked * pool.staking_price,
            }).apr);
        }
      },
      "pancake-getFarmApr"({ pool_weight: allocPoint }) {
        check.refused("weight above 1", () => farm.weight({ allocPoint, totalAllocPoint: 1 }), "allocPoint");
      },
      "beefy-style-total-apy"({ n }) {
        const [farmApr, fee, tradingApr, notCompoundedApr] = [0.31, 0.045, 0.07, 0.01];
        const naive = (1 + (farmApr * (1 - fee)) / n) ** n * (1 + tradingApr) - 1 + notCompoundedApr;
        check.near("total", naive, () =>
          farm.aggregatorApy({
            farmApr, periodsPerYear: n, compoundedShare: 1, performanceFee: fee, tradingApr, notCompoundedApr,
          }).totalApy, 1e-10);
      },
      "1hive-unipool"(pool) {
        check.near("12x", pool.expected_12x_pct / 100, () =>
          farm.apr({
            allocPoint: 1, totalAllocPoint: 1, emission: pool.reward_30d, emissionSecs: 30 * 86_400,
            tokenPriceUsd: 1, stakedUsd: pool.wrapped_supply, yearSecs: 360 * 86_400,
          }).apr, 0, 5e-5);
      },
      "hyperdrive-dsr"(dsr) {
        const apy = () => farm.apy({ apr: dsr.apr, periodsPerYear: 365 });
        check.near("daily", dsr.daily_compounded_expected, apy, 0, 5e-4);
      },
      "anchor-per-block"(anchor) {
        const apy = () => farm.apy({ apr: anchor.apr, periodsPerYear: 4_656_810 });
        check.near("per block", anchor.per_block_compounded_expected, apy, 0, 5e-4);
      },
      "pancake-compound-table"({ rows }) {
        for (const row of rows) {
          const apy = () => pancake(row.apr_pct, row.per_day, row.fee_pct, row.days);
          check.near("apy", row.apy, apy, 0, 5e-5);
        }
      },
    };
    const known = Object.keys(rows).filter((id) => fact(id));
    check.each(known, "facts", (id) => rows[id](fact(id)));
  },
};
