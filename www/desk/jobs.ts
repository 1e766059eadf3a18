// What is asked of the worker, and what it answers.

import type {
  Comparison, DailyLiquidity, DebtCeiling, ErrorSize, Pages, Percentiles, Provenance, Quality, Recommendation, RecommendInput,
} from "llamath/risk/web";
import type { Outline } from "./outline";

export type { Comparison, DebtCeiling, Generation, MarketScan, Measure, Pages, Percentiles, Provenance, Recommendation, UpdateGaps } from "llamath/risk/web";

export interface CeilingAsked {
  files: readonly File[];
  days: number;
  /** Fraction. */
  share: number;
  digits: number;
  warmUp: number;
  carryDays: number;
  /** Of one token; absent where the liquidity is in USD. */
  priceUsd?: number;
  /** The chosen average's index. */
  convention: number;
}

export interface CeilingFound {
  conventions: DebtCeiling[];
  chosen: DebtCeiling;
  quality: Quality;
  files: LiquidityQuality[];
  /** Of the pools. */
  names: string[];
  daily: DailyLiquidity;
  sources: Provenance[];
}

/** What there is to say of the rows and pools of one file. */
export interface LiquidityQuality {
  file: string;
  rows: number;
  invalid: number;
  doubled: number;
  disordered: number;
  missingDays: number;
  outliers: number;
}

export type Slot = "rounds" | "observations" | "prices";

export interface OraclesAsked {
  files: Partial<Record<Slot, File>>;
  decimals: number;
  baseDecimals: number;
  quoteDecimals: number;
  baseIsToken0: boolean;
  twapSecs: number;
  /** Of candles the close counts at the candle's end, of spot prices at their stamp. */
  kind: "candles" | "spot";
  lagSteps: number;
  /** Of sums of squares. */
  divisor: Comparison["divisor"];
}

export interface OraclesFound {
  comparison: Comparison;
  times: Float64Array;
  reference: Float64Array;
  outline: Outline;
  feeds: FeedFound[];
  roundGaps?: Percentiles;
  precision?: { tick: ErrorSize; total: ErrorSize };
  quality: FileQuality[];
  sources: Provenance[];
}

/** A file of a series of prices, as it was read. */
export interface FileQuality {
  file: string;
  role: string;
  rows: number;
  /** Rows at the time of the row before. */
  doubled: number;
  /** Rows that cannot be used; absent where one of them is refused. */
  leftOut?: number;
  outliers?: number;
  /** From one row to the next. */
  usualGapSecs?: number;
  longestGapSecs?: number;
  /** When its values count, in words. */
  known: string;
}

export interface FeedFound {
  name: string;
  values: Float64Array;
  outline: Outline;
  /** The values less the reference's. */
  errors: Float64Array;
  errorOutline: Outline;
  perRun: Percentiles;
  timeWeighted: Percentiles;
  /** Of its logarithmic returns, a year's worth; absent where it is undefined. */
  yearlyVolatility?: number;
}

export type ReportAsked = RecommendInput;
export type ReportFound = Recommendation & Pages;

export interface Jobs {
  ceiling: { asked: CeilingAsked; found: CeilingFound };
  oracles: { asked: OraclesAsked; found: OraclesFound };
  report: { asked: ReportAsked; found: ReportFound };
}
export type Job = keyof Jobs;

/** `beside` is a setting, `file:` with a slot or an index, or nothing in particular. */
export interface Refusal {
  beside: string;
  says: string;
}

export type Request = { [J in Job]: { id: number; job: J; asked: Jobs[J]["asked"] } }[Job];
/** What is being done, and how far all of it is. */
export interface Doing {
  says: string;
  share: number;
  secsLeft: number;
}

export type Reply = { id: number } & ({ found: unknown } | { refused: Refusal } | { doing: Doing });
