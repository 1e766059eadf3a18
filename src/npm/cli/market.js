// A market and a loan in it, from flags.
import { readFileSync } from "node:fs";
import { LlamathError, decimal, llamma } from "../index.js";
import { needed, refuse, refuseBeside, saidOfFlags, whole } from "./flags.js";
import { BadInput, exact } from "./print.js";

const PARAMETERS = [
  "generation", "A", "fee", "loan-discount", "liquidation-discount", "collateral-decimals", "borrowed-decimals",
];
const NEW_MARKET = ["preset", ...PARAMETERS, "base-price", "price"];
const NEW_LOAN = ["collateral", "debt", "bands", "max"];

export const texts = [...NEW_MARKET, "state", "collateral", "debt", "bands", "user", "oracle-price"];
export const switches = ["max", "json"];

/**
 * The market with a loan in it and whose that is; of a new loan also its range and the market
 * before. No user if the flags name no loan.
 */
export function marketAndLoan(values) {
  return saidOfFlags(values, () => {
    const state = values.state === undefined ? newMarket(values) : stored(values.state, values);
    if (values.user !== undefined) return { before: state, state, user: borrower(state, values) };
    if (NEW_LOAN.every((flag) => values[flag] === undefined)) return { before: state, state };
    return newLoan(state, values);
  });
}

/** The market at the price that is asked for, before anybody has traded at it. */
export function seenAt(state, values) {
  return values["oracle-price"] === undefined ? state : at(state, price(values, "oracle-price"));
}

/** The market as if its oracle had said a price for so long that it is no longer limited. */
function at(state, oraclePrice) {
  const text = `${oraclePrice}`;
  return { ...state, oraclePrice: text, limiter: { ...state.limiter, oldPO: text, oldDfee: "0" } };
}

function newMarket(values) {
  if (NEW_MARKET.every((flag) => values[flag] === undefined)) {
    throw new BadInput("A market is needed: --preset and --price, or --generation and so on, or --state.");
  }
  const parameters = values.preset === undefined ? given(values) : preset(values);
  const oraclePrice = price(values, "price");
  const basePrice = values["base-price"] === undefined ? parameters.basePrice ?? oraclePrice : price(values, "base-price");
  return at(llamma.createMarket({ ...parameters, basePrice, now: 0 }), oraclePrice);
}

function given(values) {
  return {
    generation: needed(values, "generation"),
    A: whole(values, "A"),
    fee: amount(values, "fee", 18),
    loanDiscount: amount(values, "loan-discount", 18),
    liquidationDiscount: amount(values, "liquidation-discount", 18),
    collateralDecimals: whole(values, "collateral-decimals"),
    borrowedDecimals: whole(values, "borrowed-decimals"),
  };
}

function preset(values) {
  refuseBeside("preset", PARAMETERS, values);
  const presets = llamma.presets();
  const full = ({ chain, name }) => `${chain}:${name}`;
  const found = presets.filter((one) => [full(one), one.name].includes(values.preset));
  if (found.length !== 1) {
    const several = found.length > 0 ? found : presets;
    throw new BadInput(`--preset must be one of ${several.map(full).join(", ")}; received ${JSON.stringify(values.preset)}.`);
  }
  const { chain, name, source, controller, ...parameters } = found[0];
  return parameters;
}

function stored(path, values) {
  refuseBeside("state", NEW_MARKET, values);
  let state;
  try {
    state = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new BadInput(`--state must be a file that holds a state as JSON; received ${JSON.stringify(path)}: ${error.message}`);
  }
  // Reads all of it, so that whatever is wrong is the file's fault and no flag's.
  try {
    llamma.overview({ state });
  } catch (error) {
    if (!(error instanceof LlamathError)) throw error;
    throw new BadInput(`--state must be a file that holds a state; of ${JSON.stringify(path)} it is said: ${error.message}`);
  }
  return state;
}

/** Whose loan of a stored state is meant. */
function borrower(state, values) {
  refuseBeside("user", NEW_LOAN, values);
  if (values.state === undefined) throw new BadInput("--user goes with --state.");
  const users = state.loans.filter((loan) => loan.debt.initial !== "0").map((loan) => loan.user);
  if (users.includes(values.user)) return values.user;
  if (users.length === 0) refuse(values, "user", "absent, as nobody has a loan");
  const some = users.slice(0, 5).map((user) => JSON.stringify(user)).join(", ");
  return refuse(values, "user", `${users.length > 5 ? "one such as" : "one of"} ${some}`);
}

/** How the generations call a debt that the collateral or the market has too little for. */
const TOO_MUCH = [
  "debt", "debtTooHigh", "availableBalanceExceeded", "borrowCapExceeded", "exceedsDebtCeiling", "globalDebtCeiling",
];

function newLoan(state, values) {
  const { collateralDecimals, borrowedDecimals } = state.market;
  const collateral = positive(values, "collateral", collateralDecimals);
  const bands = whole(values, "bands");
  if (values.max) refuseBeside("max", ["debt"], values);
  else needed(values, "debt", "; --max instead is the largest that passes");
  const largest = () => llamma.maxBorrowable({ state, collateral, bands }).largest;
  const debt = values.max ? largest() : positive(values, "debt", borrowedDecimals);
  let user = "new";
  while (state.loans.some((loan) => loan.user === user)) user += "'";
  try {
    const after = llamma.createLoan({ state, user, collateral, debt, bands });
    return { before: state, state: after, user, range: llamma.liquidationRange({ state, collateral, debt, bands }) };
  } catch (error) {
    if (!TOO_MUCH.includes(error.field) || debt <= largest()) throw error;
    return refuse(values, "debt", `at most ${exact(largest(), borrowedDecimals)}`);
  }
}

/** An amount in whole tokens as the integer that the contracts have. */
function amount(values, flag, decimals) {
  const text = needed(values, flag);
  try {
    return decimal.toRaw({ text, decimals });
  } catch (error) {
    const tooLarge = error.message.includes("2^256");
    const digits = `a number such as 1.5 with at most ${decimals} digits after its point`;
    return refuse(values, flag, tooLarge ? "below 2^256 of the smallest units" : digits);
  }
}

function positive(values, flag, decimals) {
  const found = amount(values, flag, decimals);
  return found > 0n ? found : refuse(values, flag, "above 0");
}

const price = (values, flag) => positive(values, flag, 18);
