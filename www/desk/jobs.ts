// What is asked of the worker, and what it answers.

import type {
  Comparison, DailyLiquidity, DebtCeiling, ErrorSize, Pages, Percentiles, Provenance, Quality, Recommendation, RecommendInput,
} from "llamath/risk/web";

export type { Comparison, DebtCeiling, Generation, Measure, Pages, Percentiles, Provenance, Recommendation } from "llamath/risk/web";

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
  /** Of the pools. */
  names: string[];
  daily: DailyLiquidity;
  sources: Provenance[];
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
}

export interface OraclesFound {
  comparison: Comparison;
  times: Float64Array;
  reference: Float64Array;
  feeds: { name: string; values: Float64Array; errors: Float64Array; perRun: Percentiles; timeWeighted: Percentiles }[];
  roundGaps?: Percentiles;
  precision?: { tick: ErrorSize; total: ErrorSize };
  sources: Provenance[];
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
export type Reply = { id: number } & ({ found: unknown } | { refused: Refusal } | { doing: string });
