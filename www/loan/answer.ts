// From the inputs to the loan: all figures are the package's.

import type { MarketReading } from "../chain";
import { format } from "../format";
import { type Ask, asking } from "./ask";
import { approximate } from "./exact";
import type { Form, Session } from "./form";
import { llamma, LlamathError, type LiquidationRange, type LoanReport, type MaxBorrowable, type MaxLtv, type Overview, type State } from "./llamma";
import { read, type Readings } from "./read";
import { walkTo } from "./walk";

/** A market that is only typed has no date; no interest accrues in it either. */
const OPENED_AT = 1_700_000_000;
/** Long enough for the limiter of the oracle to have let go of the base price. */
const SETTLED_SECS = 600;
const USER = "you";

/** One call of the package, to be repeated by anybody. */
export interface Call {
  call: string;
  input: unknown;
}

/** The loan as it is made. */
export interface Opening {
  /** How it came about. */
  calls: readonly Call[];
  /** The market before it. */
  market: State;
  state: State;
  user: string;
  price: bigint;
  /** Of a loan that is made here, not read from a chain. */
  terms?: { collateral: bigint; debt: bigint; bands: number };
  range?: LiquidationRange;
  maxLtv?: MaxLtv;
}

/** The loan after all moves of the price. */
export interface Now {
  state: State;
  price: bigint;
  loan: LoanReport;
  overview: Overview;
}

export interface Answer {
  readings: Readings;
  errors: Readings["errors"];
  trouble: string[];
  /** The largest debt for the collateral, also where the typed one is refused. */
  most: MaxBorrowable | undefined;
  opening: Opening | undefined;
}

export function open({ form, chain }: Session): Answer {
  const readings = read(form);
  const trouble: string[] = [];
  const ask = asking(readings, trouble);
  const made = chain === undefined ? marketOf(form, readings, ask) : marketRead(chain.market);
  const market = made?.market;
  const decimals = { collateral: readings.integer("collateralDecimals") ?? 18, borrowed: readings.integer("borrowedDecimals") ?? 18 };
  const collateral = readings.raw("collateral", whole(decimals.collateral));
  const debt = readings.raw("debt", whole(decimals.borrowed));
  const bands = readings.integer("bands");
  const base = { readings, errors: readings.errors, trouble, most: undefined, opening: undefined };
  if (chain?.user !== undefined) {
    const { user } = chain;
    const state: State = chain.market.state;
    return { ...base, opening: { calls: marketRead(chain.market).calls, market: state, state, user, price: BigInt(state.oraclePrice) } };
  }
  if (made === undefined || market === undefined || collateral === undefined || bands === undefined) return base;
  const most = ask(() => llamma.maxBorrowable({ state: market, collateral, bands }));
  if (debt === undefined || most === undefined) return { ...base, most };
  const terms = { collateral, debt, bands };
  const opening = ask((): Opening => {
    const state = llamma.createLoan({ state: market, user: USER, ...terms });
    return {
      calls: [...made.calls, { call: "llamma.createLoan", input: { user: USER, ...terms } }],
      market, state, user: USER, price: BigInt(market.oraclePrice), terms,
      range: llamma.liquidationRange({ state: market, ...terms }),
      maxLtv: llamma.maxLtv({ state: market, collateral, bands }),
    };
  });
  const refused = readings.errors.get("debt");
  if (refused?.includes("too high") === true) readings.errors.set("debt", `${refused} At most ${format(approximate(most.largest, decimals.borrowed), "tokens")} ${form.borrowedName} passes.`);
  return { ...base, most, opening };
}

/** Or why the price cannot go there. */
export function nowOf(opening: Opening, turns: readonly number[]): Now | string {
  try {
    const state = walkTo(opening, turns);
    return {
      state,
      price: BigInt(state.oraclePrice),
      loan: llamma.loan({ state, user: opening.user }),
      overview: llamma.overview({ state }),
    };
  } catch (thrown) {
    if (!(thrown instanceof LlamathError)) throw thrown;
    return thrown.message;
  }
}

function marketRead({ state, chainId, block }: MarketReading): { market: State; calls: Call[] } {
  return { market: state, calls: [{ call: "readMarket", input: { chainId, block: block.number, state } }] };
}

function marketOf(form: Form, readings: Readings, ask: Ask): { market: State; calls: Call[] } | undefined {
  const A = readings.integer("A");
  const fee = readings.raw("fee", 18);
  const loanDiscount = readings.raw("loanDiscount", 18);
  const liquidationDiscount = readings.raw("liquidationDiscount", 18);
  const collateralDecimals = readings.integer("collateralDecimals");
  const borrowedDecimals = readings.integer("borrowedDecimals");
  const oraclePrice = readings.raw("oraclePrice", 18);
  const basePrice = readings.of("basePrice")?.kind === "empty" ? oraclePrice : readings.raw("basePrice", 18);
  if (
    A === undefined || fee === undefined || loanDiscount === undefined || liquidationDiscount === undefined || oraclePrice === undefined
    || basePrice === undefined || collateralDecimals === undefined || borrowedDecimals === undefined
  ) return undefined;
  if (oraclePrice === 0n) {
    readings.errors.set("oraclePrice", "The oracle price must be above 0.");
    return undefined;
  }
  const created = {
    generation: form.generation, A, basePrice, fee, loanDiscount, liquidationDiscount, collateralDecimals, borrowedDecimals,
    now: OPENED_AT, oraclePrice,
  };
  const settled = { price: oraclePrice, secs: SETTLED_SECS };
  return ask(() => ({
    market: llamma.setPrice({ state: llamma.createMarket(created), ...settled }),
    calls: [{ call: "llamma.createMarket", input: created }, { call: "llamma.setPrice", input: settled }],
  }));
}

/** Decimals that are wrong are refused by the market; until then amounts are read with what is possible. */
function whole(decimals: number): number {
  return Number.isInteger(decimals) && decimals >= 0 && decimals <= 18 ? decimals : 18;
}
