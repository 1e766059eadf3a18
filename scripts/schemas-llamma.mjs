// How the rows of the LLAMMA files are put to the package, and compared: what the contracts
// answered in an EVM.
import { LlamathError, llamma } from "llamath";

const WAD = 10n ** 18n;
const NOW = 1_700_000_000;
const { internals } = llamma;

/** Integers of an answer as the files have them: decimal strings, at any depth. */
const digits = (value) => {
  if (Array.isArray(value)) return value.map(digits);
  if (typeof value === "bigint" || typeof value === "number") return String(value);
  return value ?? null;
};

/** Compares an answer, or a refusal by the contract's words. */
function same(check, what, want, compute) {
  let got;
  try {
    got = digits(compute());
  } catch (error) {
    got = error;
  }
  if (want?.revert !== undefined) {
    const words = want.revert.replace(/^DFM:. /, "");
    const bare = ["revert", "math: wad_exp overflow", "exp overflow"].includes(words);
    const agrees = got instanceof LlamathError && got.code !== "internal"
      && (bare || got.message === `The contract refuses: ${words}.`);
    check.compare(what, words, agrees, got);
  } else {
    check.compare(what, JSON.stringify(want), JSON.stringify(got) === JSON.stringify(want), got);
  }
}

/** An empty market with the parameters of a row; no rate was saved yet. */
function market(params, changes = {}) {
  const number = (name, other) => BigInt(params[name] ?? other);
  const state = llamma.createMarket({
    generation: params.gen, A: Number(params.A), basePrice: number("base_price0"),
    fee: number("fee", 1_000_000n), adminFee: number("admin_fee", 0n),
    loanDiscount: number("loan_discount", WAD / 10n),
    liquidationDiscount: number("liquidation_discount", WAD / 20n),
    collateralDecimals: Number(params.collateral_decimals ?? 18),
    borrowedDecimals: Number(params.borrowed_decimals ?? 18),
    now: NOW, available: number("liquidity", 0n),
  });
  const interest = { rate: "0", rateTimeSecs: 0, rateMul: String(WAD) };
  const funds = params.debt_ceiling === undefined ? state.funds : {
    ...state.funds, debtCeiling: params.debt_ceiling, globalDebtCeiling: params.global_debt_ceiling,
  };
  return { ...state, interest, funds, ...changes };
}

const view = (state, name, ...args) => internals.view({ state, name, args: args.map(String) });
const position = (state, user) =>
  state.loans.find((loan) => loan.user === user)
  ?? { position: { n1: 0, n2: 0, shares: [] }, debt: { initial: "0", rateMul: "0" }, liquidationDiscount: "0" };

function prices(gen) {
  return (file, check) =>
    check.each(file.rows, "rows", (row) => {
      const state = market({ ...row, gen }, {
        oraclePrice: row.oracle_price,
        limiter: { oldPO: row.base_price0, oldDfee: "0", prevPOTime: NOW - 1000 },
        interest: { rate: "0", rateTimeSecs: NOW, rateMul: row.rate_mul },
      });
      same(check, "base_price", row.base_price, () => view(state, "get_base_price"));
      same(check, "price_oracle", row.price_oracle, () => view(state, "price_oracle"));
      for (const name of ["p_oracle_up", "p_oracle_down", "p_current_up", "p_current_down"]) {
        same(check, name, row[name], () => view(state, name, row.n));
      }
      if (row.get_p_empty_band0) same(check, "get_p", row.get_p_empty_band0, () => view(state, "get_p"));
    });
}

function controller(file, check) {
  check.each(file.rows, "rows", (row) => {
    const user = "user1";
    const age = row.now_minus_prev_po;
    const state = market(row, {
      oraclePrice: row.oracle_price,
      interest: { rate: "0", rateTimeSecs: NOW, rateMul: row.rate_mul },
      limiter: age === undefined
        ? { oldPO: row.base_price0, oldDfee: "0", prevPOTime: NOW - 1000 }
        : { oldPO: row.old_p_o, oldDfee: row.old_dfee, prevPOTime: NOW - Number(age) },
      loans: row.extra_health === undefined ? [] : [{
        user, position: { n1: 0, n2: 0, shares: [] }, debt: { initial: "0", rateMul: "0" },
        liquidationDiscount: "0", extraHealth: row.extra_health, approved: [],
      }],
    });
    const v2 = row.gen === "v2";
    same(check, "price_oracle", row.price_oracle, () => view(state, "price_oracle"));
    same(check, "rate_mul", row.rate_mul, () => view(state, "get_rate_mul"));
    same(check, "borrowable_cap", row.borrowable_cap, () => view(state, "borrowable_cap"));
    same(check, "max_borrowable", row.max_borrowable, () =>
      view(state, "max_borrowable", row.collateral, row.N, ...(v2 ? [] : [0]), user));
    same(check, "min_collateral", row.min_collateral, () => view(state, "min_collateral", row.debt, row.N, user));
    same(check, "n1", row.n1, () => view(state, "calculate_debt_n1", row.collateral, row.debt, row.N, user));
    for (const [name, full] of [["health_preview", false], ["health_preview_full", true]]) {
      if (row[name] === undefined) continue;
      same(check, name, row[name], () => v2
        ? view(state, "create_loan_health_preview", row.collateral, row.debt, row.N, user, full)
        : view(state, "health_calculator", user, row.collateral, row.debt, full, row.N));
    }
    if (row.max_borrowable_market !== undefined) {
      same(check, "market's own", row.max_borrowable_market, () =>
        view(state, "max_borrowable_market", row.collateral, row.N));
      same(check, "pending", row.pending_account_state, () =>
        view(state, "pending_account_state_calculator", user, row.collateral, row.debt, row.N));
    }
    if (row.create_loan === undefined) return;
    const create = () =>
      llamma.createLoan({
        state, user, collateral: BigInt(row.collateral), debt: BigInt(row.debt), bands: Number(row.N),
      });
    if (row.create_loan.revert) {
      same(check, "create_loan", row.create_loan, create);
      return;
    }
    created(check, row.create_loan, create(), user);
  });
}

function created(check, want, state, user) {
  const { n1, n2 } = position(state, user).position;
  same(check, "n1", want.n1, () => n1);
  same(check, "n2", want.n2, () => n2);
  const ends = (list) => [list[0], list.at(-1)];
  const ys = state.bands.map((band) => band.y);
  same(check, "bands_y", want.bands_y, () => (want.bands_y.length === ys.length ? ys : ends(ys)));
  same(check, "shares", want.total_shares_first_last, () => ends(state.bands.map((band) => band.shares)));
  same(check, "active_band", want.active_band, () => state.activeBand);
  const views = {
    user_prices: "user_prices", user_state: "user_state", x_down: "get_x_down", y_up: "get_y_up",
    sum_xy: "get_sum_xy", debt: "debt",
  };
  for (const [name, own] of Object.entries(views)) same(check, name, want[name], () => view(state, own, user));
  same(check, "health", want.health, () => llamma.health({ state, user }));
  same(check, "health_full", want.health_full, () => llamma.healthFull({ state, user }));
  same(check, "price_oracle", want.price_oracle, () => view(state, "price_oracle"));
  same(check, "p_oracle_up_n1", want.p_oracle_up_n1, () => view(state, "p_oracle_up", n1));
  same(check, "get_p", want.get_p, () => view(state, "get_p"));
  same(check, "tokens_to_liquidate", want.tokens_to_liquidate, () => llamma.tokensToLiquidate({ state, user }));
  same(check, "total_debt", want.total_debt, () => view(state, "total_debt"));
}

/** A history of one market, step by step, with questions asked on the way. */
function histories(file, check) {
  file.rows.forEach(({ params, rate0, steps }, index) => {
    let state = market(params, { policyRate: rate0 });
    if (["v1", "v2", "dfm"].includes(params.gen)) {
      ({ state } = internals.act({ state, caller: "", name: "save_rate", args: [] }));
    }
    steps.forEach((step, number) => {
      check.rows += 1;
      check.row = `scenario ${index} step ${number} ${step.op} ${JSON.stringify(step.args)}`;
      if (step.out?.cause === undefined) state = apply(check, state, step);
      compareState(check, state, step.state);
      for (const { fn, args, out } of step.quotes) {
        same(check, `${fn} ${JSON.stringify(args)}`, out, () => view(state, fn, ...asked(fn, args)));
      }
    });
  });
}

/** Arguments of a question, with the user for "self". */
function asked(fn, args) {
  const caller = { tokens_to_liquidate: 2, liquidate_health_preview: 1 }[fn];
  return args.map((arg, index) => (index === caller && arg === "self" ? args[0] : arg));
}

/** The changes of collateral and debt that an operation of defi.money stands for. */
const adjustments = {
  repay: ([user, amount]) => ["0", `-${amount}`, user],
  add_collateral: ([user, amount]) => [amount, "0", user],
  remove_collateral: ([user, amount]) => [`-${amount}`, "0", user],
  borrow_more: ([user, collateral, debt]) => [collateral, debt, user],
  adjust_loan: ([user, collateral, debt, ...most]) => [collateral, debt, user, ...most],
};

function apply(check, state, { op, args, out }) {
  if (op === "set_price") return llamma.setPrice({ state, price: BigInt(args[0]), secs: Number(args[1]) });
  const [user, ...rest] = args;
  const dfm = state.market.generation === "dfm";
  const adjusted = dfm ? adjustments[op]?.(args) : undefined;
  const name = adjusted ? "adjust_loan" : op;
  const calls = adjusted ? { [op]: () => [user, adjusted] } : {
    close_loan: () => [user, []],
    create_loan: () => [rest[3] ?? user, [...rest.slice(0, 3), user]],
    borrow_more: () => [rest[2] ?? user, [rest[0], rest[1], user]],
    add_collateral: () => [rest[1] ?? user, [rest[0], user]],
    remove_collateral: () => [rest[1] ?? user, [rest[0], user]],
    repay: () => [rest[1] ?? user, [rest[0], user]],
    repay_shrink: () => [rest[1] ?? user, [rest[0], user]],
    liquidate: () => [rest[0] === "self" ? user : rest[0], [user, rest[1], rest[2]]],
    approve: () => [user, rest],
    set_extra_health: () => [user, rest],
  };
  const [caller, own] = calls[op]?.() ?? ["somebody", args];
  let next = state;
  same(check, op, out, () => {
    const acted = internals.act({ state, caller, name, args: own.map(String) });
    next = acted.state;
    return acted.answer;
  });
  return next;
}

function compareState(check, state, want) {
  const { limiter, interest, adminFees, funds, totalDebt } = state;
  const own = {
    now: state.now, oracle_price: state.oraclePrice, old_p_o: limiter.oldPO, old_dfee: limiter.oldDfee,
    prev_p_o_time: limiter.prevPOTime, rate: interest.rate, rate_time: interest.rateTimeSecs,
    rate_mul_stored: interest.rateMul, active_band: state.activeBand, min_band: state.minBand,
    max_band: state.maxBand, n_loans: state.loanCount, admin_fees: [adminFees.x, adminFees.y],
    loan_discount: state.market.loanDiscount, liquidation_discount: state.market.liquidationDiscount,
    fee: state.market.fee, total_debt_loan: [totalDebt.initial, totalDebt.rateMul],
    controller_borrowed_balance: funds.tokens ?? funds.availableBalance
      ?? view(state, "borrowable_cap"), debt_ceiling: funds.debtCeiling,
    global_debt_ceiling: funds.globalDebtCeiling, borrow_cap: funds.borrowCap,
    available_balance: funds.availableBalance, admin_percentage: funds.adminPercentage,
    stored_admin_fees: funds.adminFees,
    bands: state.bands.map(({ n, x, y, shares }) => [n, x, y, shares]),
  };
  const views = {
    price_oracle: "price_oracle", rate_mul: "get_rate_mul", base_price: "get_base_price", get_p: "get_p",
    active_band_with_skip: "active_band_with_skip", total_debt: "total_debt", dynamic_fee: "dynamic_fee",
    admin_fees_controller: "admin_fees",
  };
  for (const [name, value] of Object.entries(own)) {
    if (want[name] !== undefined) same(check, name, want[name], () => value);
  }
  for (const [name, fn] of Object.entries(views)) {
    if (want[name] !== undefined) same(check, name, want[name], () => view(state, fn));
  }
  for (const [own, name] of [["globalDebt", "total_debt"], ["minted", "minted"], ["redeemed", "redeemed"]]) {
    if (want.main) same(check, `main ${name}`, want.main[name], () => funds[own]);
  }
  for (const user of want.users) compareUser(check, state, user);
}

function compareUser(check, state, want) {
  const user = `user${want.id}`;
  const loan = position(state, user);
  const own = {
    n1: loan.position.n1, n2: loan.position.n2, ticks: loan.position.shares,
    loan: [loan.debt.initial, loan.debt.rateMul], liq_discount: loan.liquidationDiscount,
    loan_exists: loan.debt.initial !== "0",
  };
  const views = {
    debt: "debt", sum_xy: "get_sum_xy", x_down: "get_x_down", y_up: "get_y_up", user_state: "user_state",
    user_prices: "user_prices", health: "health", tokens_to_liquidate: "tokens_to_liquidate",
  };
  for (const [name, value] of Object.entries(own)) {
    if (want[name] !== undefined) same(check, `${user} ${name}`, want[name], () => value);
  }
  for (const [name, fn] of Object.entries(views)) {
    if (want[name] !== undefined) same(check, `${user} ${name}`, want[name], () => view(state, fn, user));
  }
  same(check, `${user} health_full`, want.health_full, () => llamma.healthFull({ state, user }));
}

/** Refusals one after another on one market, and the limits of deployment. */
function reverts(file, check) {
  let state;
  check.each(file.rows, "rows", ({ gen, desc, fn, args, params, sender, out }) => {
    check.row += ` ${gen} ${desc}`;
    if (fn === "deploy") {
      const deploy = () => {
        market({
          gen, A: 100, base_price0: WAD, fee: "6000000000000000", loan_discount: "90000000000000000",
          liquidation_discount: "60000000000000000", ...params, ...named(params),
        });
      };
      same(check, fn, out === "ok" ? null : out, deploy);
      return;
    }
    if (desc === "N out of range" && args[2] === "0") state = market(params);
    if (desc.startsWith("after 50% crash")) {
      state = llamma.setPrice({ state, price: BigInt(state.oraclePrice) / 2n, secs: 130 });
    }
    // Whether the caller is the controller: no caller here is another contract.
    if (["deposit_range", "withdraw"].includes(fn)) return;
    const acts = [
      "create_loan", "repay", "add_collateral", "remove_collateral", "borrow_more", "liquidate",
      "set_extra_health", "exchange", "exchange_dy",
    ];
    if (!acts.includes(fn)) {
      const own = fn === "tokens_to_liquidate" ? [args[0], args[1] ?? WAD, sender] : args;
      same(check, fn, out, () => view(state, fn, ...own));
      return;
    }
    same(check, fn, out, () => {
      const acted = internals.act({ state, caller: sender, name: fn, args: args.map(String) });
      state = acted.state;
      return acted.answer;
    });
  });
}

/** The short names of the rows about deployment. */
const named = ({ ld, liq, price }) => ({
  ...(ld && { loan_discount: ld }), ...(liq && { liquidation_discount: liq }), ...(price && { base_price0: price }),
});

const inner = {
  get_y0: (row) => internals.y0({
    generation: row.gen, A: Number(row.A), x: BigInt(row.x), y: BigInt(row.y),
    pOracle: BigInt(row.p_o), pOracleUp: BigInt(row.p_o_up),
  }),
  get_dynamic_fee: (row) => internals.bandFee({
    generation: row.gen, A: Number(row.A), pOracle: BigInt(row.p_o), pOracleUp: BigInt(row.p_o_up),
  }),
  get_y_effective: (row) => internals.yEffective({
    generation: row.gen, A: Number(row.A), collateral: BigInt(row.collateral18), bands: Number(row.N),
    discount: BigInt(row.discount),
  }),
  get_f_remove: (row) => internals.fractionRemoved({
    fraction: BigInt(row.frac), discount: BigInt(row.health_limit),
  }),
};

const schemas = {
  constants(file, check) {
    check.each(file.rows, "rows", (row) => {
      for (const generation of ["v1", "v2"]) {
        const [amm, controller] = [row[`${generation}_amm`], row[`${generation}_controller`]];
        const constant = (name) => () => internals.constants({ generation, A: Number(row.A) })[name];
        same(check, "sqrt", amm.SQRT_BAND_RATIO, constant("sqrtBandRatio"));
        same(check, "log", amm.LOG_A_RATIO, constant("logARatio"));
        same(check, "fall", amm.MAX_ORACLE_DN_POW, constant("maxOracleDnPow"));
        same(check, "controller sqrt", controller.SQRT_BAND_RATIO, constant("controllerSqrtBandRatio"));
        same(check, "controller log", controller.LOGN_A_RATIO, constant("controllerLogARatio"));
      }
    });
  },
  prices_v1: prices("v1"),
  prices_v2: prices("v2"),
  limit_p_o(file, check) {
    check.each(file.rows, "rows", (row) => {
      const limit = (name) => () =>
        internals.limitPrice({
          generation: row.gen ?? "v1", oldPO: BigInt(row.old_p_o), oldDfee: BigInt(row.old_dfee),
          ageSecs: Number(row.age_s), price: BigInt(row.p),
        })[name];
      same(check, "price_oracle", row.price_oracle, limit("price"));
      same(check, "fee", row.fee, limit("fee"));
    });
  },
  internals(file, check) {
    check.each(file.rows, "rows", (row) => same(check, row.fn, row.out, () => inner[row.fn](row)));
  },
  exp_ln(file, check) {
    check.each(file.rows, "rows", (row) => {
      const x = BigInt(row.x);
      if (row.fn === "exp") {
        same(check, "truncating", row.ema_exp_v1, () => internals.expTruncating({ x }));
        same(check, "flooring", row.snekmate_wad_exp, () => internals.expFlooring({ x }));
        // The first version's policies stop at 1000 where the exponential ends.
        const refused = row.ema_exp_v1?.revert !== undefined;
        const most = refused ? String(1000n * WAD) : row.ema_exp_v1;
        same(check, "capped", row.semilog_exp_v1, () => most);
        return;
      }
      same(check, "rational", row.wad_ln_v1_controller, () => internals.wadLn({ x }));
      if (row.snekmate_wad_ln !== null && x !== 0n) {
        same(check, "flooring", row.snekmate_wad_ln, () => internals.wadLn({ x }));
      }
      same(check, "bisecting", row.ln_int_semilog, () => internals.lnBisecting({ x }));
      if (x >= WAD) same(check, "factory", row.ln_int_factory, () => internals.lnBisecting({ x }));
    });
  },
  extra_health: controller,
  reverts,
};

/** The explainer's formula, and the exact LTV between its bounds over alignments of the oracle. */
schemas.explainer_deviation = (rows, check) => {
  check.each(rows, "rows", (row) => {
    const p = 3000n * WAD;
    const state = market({
      gen: row.gen, A: row.A, base_price0: p, loan_discount: Math.round(row.loan_discount * 1000) * 1e15,
      liquidation_discount: WAD / 100n,
    });
    const slack = (row.exact_LTV_max - row.exact_LTV_min) / 12;
    for (let part = 0n; part < 24n; part += 1n) {
      const oraclePrice = String(p - (p * part) / (24n * BigInt(row.A)));
      const at = { ...state, oraclePrice, limiter: { ...state.limiter, prevPOTime: 0 } };
      const ltv = llamma.maxLtv({ state: at, collateral: 1000n * WAD, bands: row.N });
      const exact = Number(ltv.ltv) / 1e18;
      const inside = exact >= row.exact_LTV_min - slack && exact <= row.exact_LTV_max + slack;
      check.compare("LTV", `${row.exact_LTV_min} to ${row.exact_LTV_max}`, inside, exact);
      check.near("formula", row.approx_LTV, () => ltv.estimate, 1e-13, 1e-15);
      check.near("closed form", 0, () => ltv.closedFormError, 0, 1e-9);
    }
  });
};

/** The schema of a file by its name. */
export function llammaSchema(name) {
  if (name.startsWith("controller_")) return controller;
  if (name.startsWith("amm_states_")) return histories;
  return schemas[name];
}
