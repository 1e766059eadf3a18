// The inputs of "Check an APR": every text as typed, every choice made, and where each came from.

import type { Kind } from "../units";
import type { Term } from "../glossary";

interface Field {
  label: string;
  kind: Kind;
  term?: Term;
}

export const FIELDS = {
  allocPoint: { label: "Points of this pool", kind: "points", term: "points" },
  totalAllocPoint: { label: "Points of all pools", kind: "points", term: "totalPoints" },
  emission: { label: "Emission, all pools", kind: "tokens", term: "emission" },
  blockSecs: { label: "Block time", kind: "seconds", term: "blockTime" },
  tokenPriceUsd: { label: "Price of the reward token", kind: "usd" },
  stakedUsd: { label: "Value staked in the pool", kind: "usd", term: "staked" },
  stakedTokens: { label: "Tokens staked", kind: "tokens" },
  stakedPriceUsd: { label: "Price of one", kind: "usd" },
  reserve0: { label: "Reserve of coin 0", kind: "tokens", term: "reserves" },
  decimals0: { label: "Decimals", kind: "count", term: "decimals" },
  price0Usd: { label: "Price of coin 0", kind: "usd" },
  reserve1: { label: "Reserve of coin 1", kind: "tokens" },
  decimals1: { label: "Decimals", kind: "count" },
  price1Usd: { label: "Price of coin 1", kind: "usd" },
  lpSupply: { label: "LP tokens, all", kind: "tokens", term: "lpSupply" },
  lpStaked: { label: "LP tokens in the farm", kind: "tokens" },
  displayed: { label: "APR that the site shows", kind: "percent", term: "displayed" },
  yearSecs: { label: "Seconds of a year", kind: "seconds", term: "yearBasis" },
  principalUsd: { label: "You put in", kind: "usd", term: "principal" },
  depositFee: { label: "Deposit fee", kind: "percent", term: "depositFee" },
  performanceFee: { label: "Performance fee", kind: "percent", term: "performanceFee" },
  costUsd: { label: "Cost of one compounding", kind: "usd", term: "compoundingCost" },
  targetGainUsd: { label: "You want to gain", kind: "usd" },
  targetDays: { label: "In days", kind: "count" },
  rewardBlocks: { label: "Over", kind: "count" },
  theirAllocPoint: { label: "Points of this pool", kind: "points" },
  theirTotalAllocPoint: { label: "Points of all pools", kind: "points" },
  theirEmission: { label: "Emission, all pools", kind: "tokens" },
  theirEmissionSecs: { label: "Seconds per emission", kind: "seconds" },
  theirTokenPriceUsd: { label: "Price of the reward token", kind: "usd" },
  theirStakedUsd: { label: "Value staked in the pool", kind: "usd" },
  theirYearSecs: { label: "Seconds of a year", kind: "seconds" },
  ilPriceRatio: { label: "Price, now ÷ then", kind: "times", term: "priceRatio" },
  ilWeight: { label: "Weight of the coin that moved", kind: "percent" },
  ilLower: { label: "Range from", kind: "times" },
  ilUpper: { label: "to", kind: "times" },
} satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

export const CHOICES = {
  emissionPer: { block: "per block", second: "per second" },
  stakedFrom: { usd: "USD", tokens: "tokens", lp: "LP reserves" },
  performanceFeeOn: { eachCompounding: "at each compounding", finalYield: "on the final yield" },
  compounding: {
    never: "never", monthly: "monthly", weekly: "weekly", daily: "daily", hourly: "hourly",
  },
  ilPool: { half: "50/50 pool", weighted: "weighted pool", range: "price range" },
} as const;

export type ChoiceName = keyof typeof CHOICES;

export const PERIODS_PER_YEAR: Record<Form["compounding"], number> = {
  never: 0, monthly: 12, weekly: 52, daily: 365, hourly: 8_760,
};

export type Form = { [F in FieldName]: string } & { [C in ChoiceName]: keyof (typeof CHOICES)[C] };

/** Where a value came from. `noted` stands under its field; the rest goes into the proof alone. */
export interface Origin {
  says: string;
  date?: string;
  noted: boolean;
}
export type Origins = { [F in FieldName]?: Origin };

export interface Session {
  form: Form;
  origins: Origins;
  /** One sentence on all of it: the example, the link or the chain that filled the form. */
  source: string;
}

export const TYPED: Origin = { says: "entered on the page", noted: false };

export const BLANK: Form = {
  ...(Object.fromEntries(Object.keys(FIELDS).map((name) => [name, ""])) as { [F in FieldName]: string }),
  decimals0: "18",
  decimals1: "18",
  yearSecs: "31536000",
  principalUsd: "1000",
  costUsd: "1",
  targetGainUsd: "1000",
  targetDays: "365",
  rewardBlocks: "1000",
  ilPriceRatio: "2",
  ilWeight: "80",
  ilLower: "0.5",
  ilUpper: "2",
  emissionPer: "block",
  stakedFrom: "usd",
  performanceFeeOn: "eachCompounding",
  compounding: "daily",
  ilPool: "half",
};

export function edit(session: Session, changes: Partial<Form>, origin: Origin = TYPED): Session {
  const origins = { ...session.origins };
  for (const name of Object.keys(changes)) {
    if (name in FIELDS) origins[name as FieldName] = origin;
  }
  return { ...session, form: { ...session.form, ...changes }, origins };
}
