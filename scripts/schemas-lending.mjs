// How the rows of the policies, vaults and averages are put to the package, and compared: what
// the contracts answered in an EVM.
import { LlamathError, lending } from "llamath";

const YEAR_SECS = 31_536_000n;

/** Integers of an answer as the files have them: decimal strings, at any depth. */
const digits = (value) => (Array.isArray(value) ? value.map(digits) : String(value));

/** Compares an answer, or a refusal by the contract's words. */
function same(check, what, want, compute) {
  let got;
  try {
    got = digits(compute());
  } catch (error) {
    got = error;
  }
  if (want?.revert !== undefined) {
    const agrees = got instanceof LlamathError && got.code !== "internal"
      && (want.revert === "revert" || got.message === `The contract refuses: ${want.revert}.`);
    check.compare(what, want.revert, agrees, got);
  } else {
    check.compare(what, JSON.stringify(want), JSON.stringify(got) === JSON.stringify(want), got);
  }
}

/** Fields of a row as bigints, those that are there. */
function bigints(row, names) {
  const present = Object.entries(names).filter(([, own]) => row[own] !== undefined);
  return Object.fromEntries(present.map(([name, own]) => [name, BigInt(row[own])]));
}

const WAD = 10n ** 18n;

function rateMul(file, check) {
  check.each(file.rows, "rows", (row) => {
    const now = () =>
      lending.rateMul({
        ...bigints(row, { rate: "rate", rateMul: "rate_mul_stored" }),
        rateTimeSecs: Number(row.rate_time), now: Number(row.now),
      });
    same(check, "rate_mul", row.get_rate_mul, now);
    same(check, "base_price", row.get_base_price, () => (BigInt(row.base_price0) * now()) / WAD);
    same(check, "rate_mul after", row.rate_mul_after_save, now);
  });
}

function emaPrice(file, check) {
  check.each(file.rows, "rows", (row) => {
    const price = () =>
      lending.emaPrice({
        ...bigints(row, { lastPrice: "last_price", current: "current_price" }),
        maExpTimeSecs: Number(row.ma_exp_time), lastTimeSecs: Number(row.last_timestamp),
        now: Number(row.now),
      });
    same(check, "price", row.price, price);
    if (row.price_w !== undefined) same(check, "price_w", row.price_w, price);
  });
}

const vaultOf = (row) => ({
  borrowedDecimals: Number(row.borrowed_decimals),
  ...bigints(row, { balance: "balance_of_controller", totalDebt: "total_debt", totalSupply: "total_supply" }),
  ...bigints(row, { balance: "available_balance", adminFees: "admin_fees" }),
});

function vault(file, check) {
  let before;
  check.each(file.rows, "rows", (row) => {
    const vault = vaultOf(row);
    const rate = BigInt(row.amm_rate);
    const figures = (name, shares) => () => lending.vaultFigures({ ...vault, shares })[name];
    same(check, "total_assets", row.total_assets, figures("totalAssets"));
    same(check, "price_per_share", row.price_per_share, figures("pricePerShare"));
    same(check, "price_per_share_ceil", row.price_per_share_ceil, figures("pricePerShareCeil"));
    same(check, "borrow_apr", row.borrow_apr, () => lending.borrowApr({ rate }));
    same(check, "lend_apr", row.lend_apr, () =>
      lending.lendApr({
        rate, debt: vault.totalDebt, totalAssets: BigInt(row.total_assets),
        ...bigints(row, { adminFee: "admin_percentage" }),
      }));
    const [assets, shares, owned] = [row.assets_in, row.shares_in, row.lp_shares].map(BigInt);
    const preview = (action, amount) => () => lending.vaultAct({ ...vault, action, amount });
    same(check, "convert_to_shares", row.convert_to_shares, preview("deposit", assets));
    same(check, "preview_deposit", row.preview_deposit, preview("deposit", assets));
    same(check, "preview_mint", row.preview_mint, preview("mint", shares));
    same(check, "preview_withdraw", row.preview_withdraw, preview("withdraw", assets));
    same(check, "preview_redeem", row.preview_redeem, preview("redeem", shares));
    same(check, "convert_to_assets", row.convert_to_assets, figures("assets", shares));
    same(check, "max_withdraw", row.max_withdraw, figures("maxWithdraw", owned));
    same(check, "max_redeem", row.max_redeem, figures("maxRedeem", owned));
    if (row.policy_rate_now !== undefined) {
      const reserves = { debt: vault.totalDebt, balance: vault.balance };
      const rates = bigints(row, { minRate: "min_rate", maxRate: "max_rate" });
      same(check, "policy_rate_now", row.policy_rate_now, () => lending.semilogRate({ ...rates, ...reserves }));
    }
    // The row before says what the vault was: no time passes within an action.
    if (["deposit", "mint", "withdraw", "redeem"].includes(row.op) && before?.scenario === row.scenario) {
      const act = { action: row.op, amount: BigInt(row.arg), owned: BigInt(before.lp_shares) };
      same(check, "out", row.out, () => lending.vaultAct({ ...vaultOf(before), ...act }));
    }
    before = row;
  });
}

const DEPLOYED = { debt: 0n, balance: 0n };
const now = (row) => ({
  ...bigints(row, { debt: "total_debt", balance: "balance" }),
  ...bigints(row, { balance: "available_balance", adminFees: "admin_fees" }),
});
const later = (row) => ({ ...now(row), ...bigints(row, { dReserves: "d_reserves", dDebt: "d_debt" }) });

/** Compares the rate now and the rate with a change; or the refusal to deploy. */
function bothRates(check, row, rate) {
  if (row.out !== undefined) {
    same(check, "deploy", row.out, () => rate(DEPLOYED));
  } else {
    same(check, "rate", row.rate, () => rate(now(row)));
    same(check, "future_rate", row.future_rate, () => rate(later(row)));
  }
}

function semilog(row, check) {
  const rates = bigints(row, { minRate: "min_rate", maxRate: "max_rate" });
  bothRates(check, row, (reserves) => lending.semilogRate({ ...rates, ...reserves }));
}

/** The policies by their names in the files: their kind, and where their reference rate stands. */
const KINDS = {
  Kinked: ["kinked", "base_rate"], Secondary: ["secondary", "amm_rate"], EMA: ["ema", "ma_rate"],
  HyperbolicMP: ["hyperbolic", "target_rate"], HyperbolicDynamicMP: ["hyperbolicDynamic", "calc_rate"],
};

function policies(file, check) {
  check.each(file.rows, "rows", (row) => {
    const name = row.mp.replace(/\.deploy$/, "");
    if (name === "Semilog") return semilog(row, check);
    const [kind, reference] = KINDS[name];
    const stated = BigInt(row[reference] ?? 0);
    const policy = {
      kind,
      ...bigints(row, {
        targetUtilization: "target_utilization", lowRatio: "low_ratio", highRatio: "high_ratio",
      }),
      referenceRate: kind === "kinked" ? stated / YEAR_SECS : stated,
      rateShift: kind === "kinked" ? 0n : BigInt(row.rate_shift),
    };
    bothRates(check, row, (reserves) => lending.curveRate({ ...policy, ...reserves }));
    if (row.out !== undefined) return;
    if (kind === "hyperbolicDynamic") {
      const bounded = { ...policy, referenceRate: BigInt(row.target_rate) };
      bothRates(check, row, (reserves) => lending.curveRate({ ...bounded, ...reserves }));
    }
    if (kind !== "ema") return;
    const average = {
      ...bigints(row, { prevRate: "prev_rate", prevMaRate: "prev_ma_rate" }),
      lastTimeSecs: 0, now: Number(row.sec_since_update),
    };
    same(check, "ma_rate", row.ma_rate, () => lending.averageRate(average));
    if (row.rate_write === undefined) return;
    const written = () => lending.averageRate({ ...average, calculatorRate: BigInt(row.calc_rate) });
    same(check, "rate_write", row.rate_write, () =>
      lending.curveRate({ ...policy, referenceRate: written(), ...now(row) }));
    same(check, "prev_ma_rate", row.prev_ma_rate_after, written);
  });
}

const candle = ([previous, current, time]) => ({
  previous: BigInt(previous), current: BigInt(current), timeSecs: Number(time),
});
const pegRatio = ([emaTime, prevValue, prevTime, queued]) => ({
  emaTimeSecs: Number(emaTime), prevValue: BigInt(prevValue), prevTimeSecs: Number(prevTime),
  queued: BigInt(queued),
});

function aggregator(file, check) {
  check.each(file.rows, "rows", (row) => {
    const input = {
      policy: {
        version: row.gen.toLowerCase(),
        ...bigints(row, {
          rate0: "rate0", sigma: "sigma", targetDebtFraction: "target_debt_fraction", extraConst: "extra_const",
        }),
      },
      market: {
        ...bigints(row, { price: "price", ceiling: "ceiling_for" }),
        pegKeeperDebts: row.pk_debts.map(BigInt), controllerDebts: row.controller_debts.map(BigInt),
        cachedControllers: Number(row.n_controllers_cached ?? 0), controller: Number(row.for),
        now: Number(row.now),
      },
      memory: {
        ...(row.candle_total && { total: candle(row.candle_total), controller: candle(row.candle_for) }),
        ...(row.ema && { pegRatio: pegRatio(row.ema) }),
      },
    };
    same(check, "rate", row.rate, () => lending.aggregatorRate(input));
    if (row.rate_write === undefined) return;
    const written = () => lending.aggregatorRateWritten(input);
    same(check, "rate_write", row.rate_write, () => written().rate);
    const values = (name) => () => Object.values(written().memory[name]);
    if (row.candle_total_after) {
      same(check, "candle_total", row.candle_total_after, values("total"));
      same(check, "candle_for", row.candle_for_after, values("controller"));
    }
    if (row.ema_after) same(check, "ema", row.ema_after, values("pegRatio"));
  });
}

export const lendingSchemas = {
  rate_mul: rateMul,
  ema_price_oracle: emaPrice,
  vault,
  util_monetary_policies_v1: policies,
  util_monetary_policies_v2: policies,
  agg_monetary_policy: aggregator,
};
