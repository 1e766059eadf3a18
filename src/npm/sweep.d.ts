import type { Candles, LossTail, Search, Settings, Windows } from "./risk.js";
export { sim } from "./risk.js";

/** One series: no window crosses its ends. */
export interface SweepSeries {
  candles: Candles;
  /** The oracle price during each candle; for settings that say by what time it averages, what it averages. */
  oracle: Float64Array;
  windows: Windows;
}

export interface SweepInput {
  series: SweepSeries[];
  grid: Settings[];
  /** How many of the worst windows are kept. */
  kept: number;
  /** How they are found; `"pruned"` if absent. */
  search?: Search;
}

export interface SweepProgress {
  /** The part of the work that is done, 0 to 1. */
  share: number;
  /** Seconds so far. */
  secs: number;
  /** Seconds left, if the rest goes as fast. */
  secsLeft: number;
  /** Bytes of memory that the workers' WebAssembly took, of those that finished a part. */
  bytes: number;
  /** What is known of each setting; nothing of those that are not done. */
  tails: (LossTail | undefined)[];
}

export interface SweepOptions {
  /** How many workers, 1 to 64; as many as the machine has processors if absent. */
  workers?: number;
  /** Stops all workers at once. */
  signal?: AbortSignal;
  onProgress?: (progress: SweepProgress) => void;
}

/**
 * The worst losses over all windows of some series, for each of the settings, by workers: the
 * same result (but for its `effort`) for any number of them.
 *
 * Rejects with the signal's reason if that aborts, with a `LlamathError` if something is refused.
 */
export declare function sweep(input: SweepInput, options?: SweepOptions): Promise<LossTail[]>;
