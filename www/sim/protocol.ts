// What the page asks its worker, and what that answers. The candles stay in the worker.

import type {
  CandleQuality, Discounts, EventEffect, Jackknife, Objective, Recommended, Settings, Statistic, Trading,
} from "llamath/risk";

/** What a scan can vary: the time is that of the oracle's average. */
export type Axis = "A" | "fee" | "bands" | "time" | "dynamicFee";

export type Scanned = Axis | "map";

/** What decides about the losses; another of these needs another run. */
export interface Setup {
  /** What is simulated, but for what is scanned. */
  settings: Settings & { trading: Trading };
  scanned: Scanned;
  /** What is scanned, rising; both lists for a map; the others are empty. */
  values: Record<Axis, number[]>;
  averaging: { by: "halfLife" | "emaTime"; secs: number };
  days: number;
  /** The candles, and after them the same backwards. */
  isReversed: boolean;
  counted: { by: "time"; longestGapSecs: number } | { by: "rows" };
  workers: number;
  random: { windows: number; seeds: number };
}

/** What is read off the losses; it can change after a run. */
export interface Judging {
  statistic: Statistic;
  /** What a value may be above the least one to count as good as it. */
  difference: number;
  margin: number;
}

export interface Series {
  name: string;
  rows: number;
  quality: CandleQuality;
  /** Of the file's bytes; absent where the browser computes none on this address. */
  sha256: string | undefined;
}

export interface Opened {
  /** Nothing was opened where this is empty. */
  series: Series[];
  failed: { name: string; says: string }[];
}

export interface Point extends Record<Axis, number> {
  loss: number;
  requiredDiscount: number;
}

export interface Judgement {
  /** Those that are done, in the order of the scan. */
  points: Point[];
  objective: Objective;
  /** Indices of points. */
  best: number;
  flat: number[];
  jackknife: Jackknife | undefined;
  keptNeeded: number | undefined;
  events: EventEffect[];
  /** Of the axis, or of the map's A. */
  recommended: Recommended;
  /** Of a map. */
  recommendedFee: Recommended | undefined;
  discounts: Discounts;
  coefficient: number;
  windows: number;
  /** How many of the worst windows the figure is made of. */
  behind: number;
  /** The published method, once for each seed; none before it is done. */
  random: RandomRun[];
}

/** One run with random windows, other ones at each point. */
export interface RandomRun {
  seed: number;
  losses: number[];
  requiredDiscounts: number[];
  best: number;
  value: number;
}

export interface Progress {
  share: number;
  secsLeft: number;
  /** What is known so far, where that is more than before. */
  judgement?: Judgement;
}

/** Every minute of one of the worst windows. */
export interface Replay {
  name: string;
  settings: Settings;
  low: Float64Array;
  high: Float64Array;
  timeSecs: Float64Array;
  price: Float64Array;
  oracle: Float64Array;
  activeBand: Float64Array;
  x: Float64Array;
  y: Float64Array;
  loss: Float64Array;
  edges: Float64Array;
}

export interface Calls {
  example: { input: undefined; answer: Opened };
  open: { input: readonly File[]; answer: Opened };
  fetch: { input: { url: string; pages: number }; answer: Opened };
  /** Refuses what a run would refuse at once. */
  check: { input: { setup: Setup; judging: Judging }; answer: undefined };
  run: { input: { setup: Setup; judging: Judging }; answer: Judgement };
  random: { input: { setup: Setup; judging: Judging }; answer: Judgement };
  judge: { input: Judging; answer: Judgement };
  /** The worst window of an event. */
  replay: { input: { startSecs: number; endSecs: number }; answer: Replay };
}

export type Call = keyof Calls;

export type Asked = { id: number } & ({ call: Call; input: unknown } | { cancel: true });

/** Structured cloning would drop the fields of an error. */
export interface Refusal {
  message: string;
  code?: string;
  field?: string;
  index?: number;
}

export type Said = { id: number } & ({ answer: unknown } | { refusal: Refusal } | { progress: Progress } | { cancelled: true });
