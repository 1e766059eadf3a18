// Checks bench/llamma-bigint.mjs against the specification's vectors:
//   node bench/llamma-bigint.check.mjs <folder with constants.json.gz, prices_v1.json.gz, …> [file name …]
// Prints `file: comparisons, mismatches` per file; exits 1 on any mismatch.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  Amm, Controller, Revert, WAD, bandFee, constantsOf, expV1, expV2, getY0, limitPriceOracle, lnInt, wadLn,
  yEffective,
} from "./llamma-bigint.mjs";

const [folder, ...only] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node llamma-bigint.check.mjs <vector folder> [file name …]");
  process.exit(2);
}

const MAX_SHOWN = 5;
let comparisons;
let mismatches;

/** BigInts and Numbers as decimal strings, as the vectors write them. */
const plain = (value) => {
  if (typeof value === "bigint" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  return value === null || typeof value !== "object" ? value : "[object]";
};

const attempt = (compute) => {
  try {
    return plain(compute());
  } catch (error) {
    // A refusal, or a division by zero; anything else is a bug of the port.
    if (error instanceof Revert) return { revert: error.message };
    if (error instanceof RangeError && error.message === "Division by zero") return { revert: "revert" };
    throw error;
  }
};

/** Compares one expected value (or refusal) with what `compute` gives. */
const compare = (what, expected, compute) => {
  if (expected === undefined || expected === null) return;
  comparisons++;
  const actual = attempt(compute);
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  if (mismatches++ < MAX_SHOWN) {
    console.log(`  ${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
};

const paramsOf = (row, gen) => ({
  generation: gen === "v1mint" ? "v1" : gen, // the same contracts from another factory
  A: Number(row.A),
  basePrice0: BigInt(row.base_price0),
  fee: BigInt(row.fee ?? 0),
  adminFee: BigInt(row.admin_fee ?? 0),
  collateralDecimals: Number(row.collateral_decimals ?? 18),
  borrowedDecimals: Number(row.borrowed_decimals ?? 18),
});

const discountsOf = (row, nLoans = 0) => ({
  loanDiscount: BigInt(row.loan_discount),
  liquidationDiscount: BigInt(row.liquidation_discount),
  nLoans,
});

function checkConstants({ rows }) {
  for (const row of rows) {
    for (const generation of ["v1", "v2"]) {
      const c = constantsOf(Number(row.A), generation);
      const at = `A=${row.A} ${generation}`;
      const amm = row[`${generation}_amm`];
      const controller = row[`${generation}_controller`];
      compare(`${at} SQRT_BAND_RATIO`, amm.SQRT_BAND_RATIO, () => c.sqrtBandRatio);
      compare(`${at} LOG_A_RATIO`, amm.LOG_A_RATIO, () => c.logARatio);
      compare(`${at} MAX_ORACLE_DN_POW`, amm.MAX_ORACLE_DN_POW, () => c.maxOracleDnPow);
      compare(`${at} A2`, amm.A2, () => c.A2);
      compare(`${at} Aminus12`, amm.Aminus12, () => c.Aminus12);
      compare(`${at} LOGN_A_RATIO`, controller.LOGN_A_RATIO, () => c.lognARatio);
      compare(`${at} controller SQRT_BAND_RATIO`, controller.SQRT_BAND_RATIO, () => c.controllerSqrtBandRatio);
    }
  }
}

function checkExpLn({ rows }) {
  for (const row of rows) {
    const x = BigInt(row.x);
    const at = `${row.fn} ${row.x}`;
    if (row.fn === "exp") {
      compare(`${at} ema_exp_v1`, row.ema_exp_v1, () => expV1(x));
      compare(`${at} snekmate`, row.snekmate_wad_exp, () => expV2(x));
    } else {
      compare(`${at} wad_ln_v1`, row.wad_ln_v1_controller, () => wadLn(x));
      if (x > 0n) compare(`${at} snekmate`, row.snekmate_wad_ln, () => wadLn(x));
      if (x >= WAD) compare(`${at} ln_int`, row.ln_int_factory, () => lnInt(x));
    }
  }
}

function checkPrices({ rows, meta }) {
  for (const row of rows) {
    const amm = new Amm(paramsOf(row, meta.gen), {
      oraclePrice: BigInt(row.oracle_price), rateMul: BigInt(row.rate_mul), now: 1000, prevPriceOracleTime: 0,
    });
    const n = Number(row.n);
    const at = `A=${row.A} base=${row.base_price0} oracle=${row.oracle_price} n=${n}`;
    compare(`${at} price_oracle`, row.price_oracle, () => amm.priceOracle());
    compare(`${at} base_price`, row.base_price, () => amm.getBasePrice());
    compare(`${at} p_oracle_up`, row.p_oracle_up, () => amm.pOracleUp(n));
    compare(`${at} p_oracle_down`, row.p_oracle_down, () => amm.pOracleDown(n));
    compare(`${at} p_current_up`, row.p_current_up, () => amm.pCurrentUp(n));
    compare(`${at} p_current_down`, row.p_current_down, () => amm.pCurrentDown(n));
    compare(`${at} get_p`, row.get_p_empty_band0, () => amm.getP());
  }
}

function checkLimiter({ rows }) {
  for (const row of rows) {
    const at = JSON.stringify(row);
    const limited = () =>
      limitPriceOracle(BigInt(row.p), BigInt(row.old_p_o), BigInt(row.old_dfee), Number(row.age_s));
    compare(`${at} price`, row.price_oracle, () => limited().price);
    compare(`${at} fee`, row.fee, () => limited().fee);
  }
}

function checkInternals({ rows }) {
  for (const row of rows) {
    if (row.fn === "get_f_remove") continue;
    const c = constantsOf(Number(row.A), row.gen);
    compare(JSON.stringify(row), row.out, () => {
      if (row.fn === "get_y_effective") {
        return yEffective(c, BigInt(row.collateral18), Number(row.N), BigInt(row.discount));
      }
      const p = BigInt(row.p_o);
      const up = BigInt(row.p_o_up);
      if (row.fn === "get_dynamic_fee") return bandFee(c, p, up);
      if (row.fn === "get_y0") return getY0(c, BigInt(row.x), BigInt(row.y), p, up);
      throw new Error(`unknown fn ${row.fn}`);
    });
  }
}

function checkController({ rows }) {
  rows.forEach((row, index) => {
    const amm = new Amm(paramsOf(row, row.gen), {
      // extra_health has no limiter state: its rows are old enough for the limiter to be off
      now: 0, prevPriceOracleTime: -Number(row.now_minus_prev_po ?? 86400),
      oldPriceOracle: BigInt(row.old_p_o ?? row.oracle_price), oldDynamicFee: BigInt(row.old_dfee ?? 0),
      oraclePrice: BigInt(row.oracle_price), rateMul: BigInt(row.rate_mul),
      activeBand: Number(row.active_band ?? 0), minBand: Number(row.min_band ?? 0), maxBand: Number(row.max_band ?? 0),
    });
    const controller = new Controller(amm, discountsOf(row));
    const collateral = BigInt(row.collateral);
    const debt = BigInt(row.debt);
    const N = Number(row.N);
    const cap = BigInt(row.borrowable_cap);
    const extraHealth = BigInt(row.extra_health ?? 0);
    const at = `row ${index}`;
    compare(`${at} price_oracle`, row.price_oracle, () => amm.priceOracle());
    compare(`${at} base_price`, row.base_price, () => amm.getBasePrice());
    compare(`${at} active_band_with_skip`, row.active_band_with_skip, () => amm.activeBandWithSkip());
    compare(`${at} max_borrowable`, row.max_borrowable, () =>
      controller.maxBorrowable(collateral, N, { cap, extraHealth }));
    compare(`${at} min_collateral`, row.min_collateral, () => controller.minCollateral(debt, N, extraHealth));
    compare(`${at} n1`, row.n1, () => controller.calculateDebtN1(collateral, debt, N, extraHealth));
    compare(`${at} health_preview`, row.health_preview, () =>
      controller.healthPreview(collateral, debt, N, { extraHealth }));
    compare(`${at} health_preview_full`, row.health_preview_full, () =>
      controller.healthPreview(collateral, debt, N, { full: true, extraHealth }));

    const expected = row.create_loan;
    if (expected === undefined || expected === null) return;
    if (expected.revert === undefined) {
      const preview = () => controller.loanPreview(collateral, debt, N, { cap, extraHealth });
      compare(`${at} preview.n1`, row.n1, () => preview().n1);
      compare(`${at} preview.n2`, expected.n2, () => preview().n2);
      compare(`${at} preview.health`, row.health_preview, () => preview().health);
      compare(`${at} preview.healthFull`, row.health_preview_full, () => preview().healthFull);
      compare(`${at} preview.maxBorrowable`, row.max_borrowable, () => preview().maxBorrowable);
      compare(`${at} preview.minCollateral`, row.min_collateral, () => preview().minCollateral);
      compare(`${at} preview.userPrices`, expected.user_prices, () => {
        const { userPrices } = preview();
        if (userPrices === null) throw new Revert("revert");
        return userPrices;
      });
      compare(`${at} preview.bands`, expected.bands_y, () => {
        const bands = preview().bands.map((band) => band.collateral18);
        return expected.bands_y.length === N ? bands : [bands[0], bands[N - 1]];
      });
    }
    let user;
    const create = () => (user = controller.createLoan(collateral, debt, N, { cap, extraHealth }));
    if (expected.revert !== undefined) {
      compare(`${at} create_loan`, expected, () => (create(), "created"));
      return;
    }
    compare(`${at} create_loan`, "ok", () => (create(), "ok"));
    if (user === undefined) return;
    const { n1, n2 } = user;
    compare(`${at} created n1`, expected.n1, () => n1);
    compare(`${at} created n2`, expected.n2, () => n2);
    compare(`${at} created shares`, expected.total_shares_first_last, () => [amm.band(n1).shares, amm.band(n2).shares]);
    compare(`${at} created active_band`, expected.active_band, () => amm.activeBand);
    compare(`${at} created debt`, expected.debt, () => controller.debt(user));
    checkUser(`${at} created`, controller, user, expected);
    compare(`${at} created get_p`, expected.get_p, () => amm.getP());
  });
}

/** A user's read-only fields, of a state or of a create_loan result. */
function checkUser(at, controller, user, expected) {
  const { amm } = controller;
  compare(`${at} x_down`, expected.x_down, () => amm.getXDown(user));
  compare(`${at} y_up`, expected.y_up, () => amm.getYUp(user));
  compare(`${at} sum_xy`, expected.sum_xy, () => amm.getSumXY(user));
  compare(`${at} health`, expected.health, () => controller.health(user));
  compare(`${at} health_full`, expected.health_full, () => controller.health(user, true));
  if (Array.isArray(expected.user_prices)) {
    compare(`${at} user_prices`, expected.user_prices, () => [amm.pOracleUp(user.n1), amm.pOracleDown(user.n2)]);
  }
}

const ammOf = (params, generation, state) =>
  new Amm(paramsOf({ ...params, fee: state.fee ?? params.fee }, generation), {
    now: Number(state.now), oraclePrice: BigInt(state.oracle_price), oldPriceOracle: BigInt(state.old_p_o),
    oldDynamicFee: BigInt(state.old_dfee), prevPriceOracleTime: Number(state.prev_p_o_time),
    rate: BigInt(state.rate), rateTime: Number(state.rate_time), rateMul: BigInt(state.rate_mul_stored),
    activeBand: Number(state.active_band), minBand: Number(state.min_band), maxBand: Number(state.max_band),
    bands: new Map(state.bands.map(([n, x, y, shares]) =>
      [Number(n), { x: BigInt(x), y: BigInt(y), shares: BigInt(shares) }])),
  });

const userOf = ({ n1, n2, ticks, loan, liq_discount }) => ({
  n1: Number(n1),
  n2: Number(n2),
  shares: ticks.map(BigInt),
  loan: { initialDebt: BigInt(loan[0]), rateMul: BigInt(loan[1]) },
  liquidationDiscount: BigInt(liq_discount),
});

/** What the controller can lend in this state; the opening states of v2 parts a to d have no caps. */
const capOf = (state) => {
  if (state.borrow_cap === undefined) return BigInt(state.controller_borrowed_balance);
  const room = BigInt(state.borrow_cap) - BigInt(state.total_debt);
  const available = BigInt(state.available_balance) - BigInt(state.admin_fees_controller);
  const least = room < available ? room : available;
  return least > 0n ? least : 0n;
};

/** The port's answer to a quote, or undefined for the views it does not have. */
function quote(controller, users, state, fn, args) {
  const { amm } = controller;
  const { isV2 } = amm.constants;
  const extraHealthOf = (user) => BigInt(state.extra_health?.find(([id]) => `user${id}` === user)?.[1] ?? 0);
  switch (fn) {
    case "get_dy": return () => amm.getDy(Number(args[0]), Number(args[1]), BigInt(args[2]));
    case "get_dxdy": return () => amm.getDxDy(Number(args[0]), Number(args[1]), BigInt(args[2]));
    case "get_dx": return () => amm.getDx(Number(args[0]), Number(args[1]), BigInt(args[2]));
    case "get_dydx": return () => amm.getDyDx(Number(args[0]), Number(args[1]), BigInt(args[2]));
    case "get_amount_for_price": return () => amm.getAmountForPrice(BigInt(args[0]));
    case "can_skip_bands": return () => amm.canSkipBands(Number(args[0]));
    case "min_collateral":
      return () => controller.minCollateral(BigInt(args[0]), Number(args[1]), extraHealthOf(args[2]));
    case "calculate_debt_n1":
      return () =>
        controller.calculateDebtN1(BigInt(args[0]), BigInt(args[1]), Number(args[2]), extraHealthOf(args[3]));
    case "max_borrowable": {
      const user = isV2 ? args[2] : args[3];
      return () => controller.maxBorrowable(BigInt(args[0]), Number(args[1]), {
        cap: capOf(state), extraHealth: extraHealthOf(user),
        ...(isV2 ? { user: users.get(user) } : { currentDebt: BigInt(args[2] ?? 0) }),
      });
    }
    case "create_loan_health_preview":
      return () => controller.healthPreview(BigInt(args[0]), BigInt(args[1]), Number(args[2]), {
        full: args[4], extraHealth: extraHealthOf(args[3]),
      });
    default: return undefined;
  }
}

/** Every state rebuilt: its derived fields, users and quotes; and every exchange replayed from the state before. */
function checkStates({ rows, meta }) {
  for (const { scenario, params, steps } of rows) {
    let previous;
    steps.forEach(({ op, args, out, state, quotes }, index) => {
      const at = `scenario ${scenario} step ${index}`;
      const amm = ammOf(params, meta.gen, state);
      const controller = new Controller(amm, discountsOf({ ...params, ...state }, Number(state.n_loans)));
      compare(`${at} price_oracle`, state.price_oracle, () => amm.priceOracle());
      compare(`${at} dynamic_fee`, state.dynamic_fee, () => amm.dynamicFee());
      compare(`${at} base_price`, state.base_price, () => amm.getBasePrice());
      compare(`${at} rate_mul`, state.rate_mul, () => amm.getRateMul());
      compare(`${at} get_p`, state.get_p, () => amm.getP());
      compare(`${at} active_band_with_skip`, state.active_band_with_skip, () => amm.activeBandWithSkip());
      const users = new Map();
      for (const expected of state.users) {
        const user = userOf(expected);
        users.set(`user${expected.id}`, user);
        compare(`${at} user${expected.id} debt`, expected.debt, () => controller.debt(user));
        checkUser(`${at} user${expected.id}`, controller, user, expected);
      }
      for (const { fn, args: asked, out: answer } of quotes) {
        const compute = quote(controller, users, state, fn, asked);
        if (compute !== undefined) compare(`${at} ${fn}(${asked})`, answer, compute);
      }
      if ((op === "exchange" || op === "exchange_dy") && previous !== undefined && out?.cause === undefined) {
        checkExchange(at, ammOf(params, meta.gen, { ...previous, now: state.now }), op, args, out, state,
          previous.admin_fees);
      }
      previous = state;
    });
  }
}

function checkExchange(at, amm, op, args, out, state, previousFees) {
  const [i, j] = args.slice(0, 2).map(Number);
  const [amount, limit] = args.slice(2).map(BigInt);
  compare(`${at} ${op}`, out, () =>
    op === "exchange" ? amm.exchange(i, j, amount, limit) : amm.exchangeDy(i, j, amount, limit));
  if (previousFees !== undefined) {
    compare(`${at} admin_fees`, state.admin_fees, () =>
      [BigInt(previousFees[0]) + amm.adminFeesX, BigInt(previousFees[1]) + amm.adminFeesY]);
  }
  compare(`${at} after ${op}`, [
    state.active_band, state.old_p_o, state.old_dfee, state.prev_p_o_time,
    state.bands.map(([n, x, y]) => [n, x, y]),
  ], () => [
    amm.activeBand, amm.oldPriceOracle, amm.oldDynamicFee, amm.prevPriceOracleTime,
    [...amm.bands].filter(([, band]) => band.x !== 0n || band.y !== 0n || band.shares !== 0n)
      .sort(([m], [n]) => m - n).map(([n, band]) => [n, band.x, band.y]),
  ]);
}

const FILES = {
  constants: checkConstants,
  exp_ln: checkExpLn,
  prices_v1: checkPrices,
  prices_v2: checkPrices,
  limit_p_o: checkLimiter,
  internals: checkInternals,
  controller_v1: checkController,
  controller_v1mint: checkController,
  controller_v2: checkController,
  extra_health: checkController,
};
for (const part of "abcde") for (const gen of ["v1", "v2"]) FILES[`amm_states_${gen}_${part}`] = checkStates;
FILES.amm_states_v1mint_a = checkStates;

let failed = false;
for (const name of only.length > 0 ? only : Object.keys(FILES)) {
  const path = join(folder, `${name}.json.gz`);
  const check = FILES[name];
  if (check === undefined || !existsSync(path)) {
    console.log(`${name}: ${check === undefined ? "no check for this file" : `${path} not found`}`);
    failed = true;
    continue;
  }
  comparisons = 0;
  mismatches = 0;
  check(JSON.parse(gunzipSync(readFileSync(path))));
  console.log(`${name}: ${comparisons} comparisons, ${mismatches} mismatches`);
  failed ||= mismatches > 0 || comparisons === 0;
}
process.exitCode = failed ? 1 : 0;
