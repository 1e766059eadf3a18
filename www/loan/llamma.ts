// The part of the package that this section speaks with.

export { decimal, llamma, LlamathError, version } from "llamath/web";
export type {
  BandChoice, BandView, Composition, Condition, Generation, LiquidationRange, LoanPreview, LoanReport, MaxBorrowable, MaxLtv,
  Overview, PathStep, PricePath, Preset, State,
} from "llamath/web";
