// The state of a market as `llamma` takes it: plain JSON, big integers as texts of digits. Amounts in
// bands have 18 decimals, all others their token's own.

export type Generation = "m2023" | "l2024" | "v1" | "v1mint" | "v2" | "dfm";

export interface MarketState {
  generation: Generation;
  A: number;
  basePrice: string;
  fee: string;
  adminFee: string;
  loanDiscount: string;
  liquidationDiscount: string;
  collateralDecimals: number;
  borrowedDecimals: number;
}

/** What limits new debts. */
export type FundsState =
  | { kind: "balance"; tokens: string; minted: string; redeemed: string }
  | { kind: "vault"; borrowCap: string; availableBalance: string; adminPercentage: string; adminFees: string };

interface DebtState {
  initial: string;
  rateMul: string;
}

export interface LoanState {
  user: string;
  position: { n1: number; n2: number; shares: string[] };
  debt: DebtState;
  liquidationDiscount: string;
  extraHealth: string;
  approved: string[];
}

export interface State {
  market: MarketState;
  now: number;
  oraclePrice: string;
  limiter: { oldPO: string; oldDfee: string; prevPOTime: number };
  interest: { rate: string; rateTimeSecs: number; rateMul: string };
  activeBand: number;
  minBand: number;
  maxBand: number;
  bands: { n: number; x: string; y: string; shares: string }[];
  adminFees: { x: string; y: string };
  loans: LoanState[];
  loanCount: number;
  totalDebt: DebtState;
  funds: FundsState;
  policyRate: string;
}
