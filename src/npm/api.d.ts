/** Version of this package. */
export declare const version: string;

/** What a `LlamathError` tells programs. */
export type ErrorCode =
  /** wrong type or out of range */
  | "invalid"
  /** a field that has no default is absent */
  | "missing"
  /** no such field */
  | "unknown"
  /** the contract refuses, in words of its own: `field` is which refusal, `message` holds the words */
  | "revert"
  /** the result does not exist: it leaves 256 bits or the range of a double, or the contract would revert without words */
  | "arithmetic"
  /** a defect of this package; the next call works on a fresh instance */
  | "internal";

/** Every refusal of this package: a code, the field, the row, the value, a full sentence. */
export declare class LlamathError extends Error {
  readonly code: ErrorCode;
  /**
   * Path of the field, such as `stakedUsd` or `mine.stakedUsd`. Where the contract refuses
   * (`code` is `"revert"`): which refusal, such as `debtTooHigh`, `loanAlreadyCreated`,
   * `notEnoughRekt` or `slippage`. Generations differ in their words: a refusal that one of
   * them words differently has a name of its own.
   */
  readonly field?: string;
  /** Row of a column, entry of a list. */
  readonly index?: number;
  /** What was received. */
  readonly value?: unknown;
  /** What survives `postMessage` and JSON. */
  toJSON(): { name: string; code: ErrorCode; message: string; field?: string; index?: number };
}
