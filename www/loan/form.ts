// The inputs of "Loan": every text as typed, every choice made.

import type { Term } from "../glossary";
import type { Kind } from "../units";
import type { MarketReading } from "../chain";
import type { Generation } from "./llamma";

interface Field {
  label: string;
  kind: Kind | "name";
  term?: Term;
}

export const FIELDS = {
  A: { label: "Amplification A", kind: "count", term: "amplification" },
  fee: { label: "Fee of a trade", kind: "percent", term: "ammFee" },
  loanDiscount: { label: "Loan discount", kind: "percent", term: "loanDiscount" },
  liquidationDiscount: { label: "Liquidation discount", kind: "percent", term: "liquidationDiscount" },
  collateralName: { label: "Collateral is called", kind: "name" },
  borrowedName: { label: "Borrowed coin is called", kind: "name" },
  collateralDecimals: { label: "Decimals of the collateral", kind: "count", term: "decimals" },
  borrowedDecimals: { label: "Decimals of the borrowed coin", kind: "count" },
  basePrice: { label: "Base price", kind: "tokens", term: "basePrice" },
  oraclePrice: { label: "Oracle price", kind: "tokens", term: "oraclePrice" },
  collateral: { label: "Collateral", kind: "tokens", term: "collateral" },
  debt: { label: "Debt", kind: "tokens", term: "debt" },
  bands: { label: "Bands", kind: "count", term: "bands" },
} satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

/** They make the market; whoever changes one has a market of their own. */
export const PARAMETERS = [
  "A", "fee", "loanDiscount", "liquidationDiscount", "collateralDecimals", "borrowedDecimals", "basePrice",
] as const satisfies readonly FieldName[];

export const GENERATIONS: Record<Generation, string> = {
  m2023: "crvUSD mint market of 2023",
  l2024: "LlamaLend of 2024",
  v1: "LlamaLend, last first version",
  v1mint: "crvUSD mint market of 2025",
  v2: "LlamaLend v2",
  dfm: "defi.money",
};

/** A preset's key, or that the parameters are the user's. */
export const OWN = "own";

export type Form = { [F in FieldName]: string } & {
  generation: Generation;
  market: string;
  /** Addresses of a real market and of one of its borrowers, for a reading. */
  controller: string;
  user: string;
};

export interface Reading {
  market: MarketReading;
  /** Whose loan is shown; nobody's where the loan of the form is put into the market. */
  user: string | undefined;
}

export interface Session {
  form: Form;
  /** Stops at which the oracle price turned since the loan was opened, in steps from its opening price. */
  turns: readonly number[];
  /** A real market as it was read; its parameters stand in the form. */
  chain?: Reading;
  /** One sentence on all of it. */
  source: string;
}

export const BLANK: Form = {
  A: "100", fee: "0.6", loanDiscount: "9", liquidationDiscount: "6", collateralName: "ETH", borrowedName: "crvUSD",
  collateralDecimals: "18", borrowedDecimals: "18", basePrice: "", oraclePrice: "", collateral: "", debt: "", bands: "10",
  generation: "v1", market: OWN, controller: "", user: "",
};

const LOAN = ["collateral", "debt", "bands"] as const satisfies readonly FieldName[];
const NAMES = ["collateralName", "borrowedName", "controller", "user"] as const satisfies readonly (keyof Form)[];

/** With other inputs it is another loan, and its price has not moved yet. */
export function edit({ chain, ...session }: Session, changes: Partial<Form>): Session {
  const changed = Object.keys(changes) as (keyof Form)[];
  const within = (names: readonly (keyof Form)[]) => changed.every((name) => names.includes(name));
  const form = { ...session.form, ...(within([...LOAN, ...NAMES, "oraclePrice"]) ? {} : { market: OWN }), ...changes };
  if (within(NAMES)) return { ...session, form, ...(chain ? { chain } : {}) };
  // A loan of one's own can be tried in a real market; a market with other parameters is no longer that one.
  if (chain !== undefined && within([...LOAN, ...NAMES])) {
    return { form, turns: [], chain: { ...chain, user: undefined }, source: `Your own loan in the market that was read at block ${chain.market.block.number}.` };
  }
  return { form, turns: [], source: chain === undefined ? "Entered on the page." : "Own values, after those of a market that was read from a chain." };
}
