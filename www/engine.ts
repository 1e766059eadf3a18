// The package, under the names that the page uses.

export { default as loadEngine, decimal, farm, LlamathError, version } from "llamath/web";
export type {
  Apr, AprInput, BestCompounding, BlockTime, Comparison, LpInput, LpValue, Part, Proof, ProofStep, ReturnRow,
  Verification, YearBasis,
} from "llamath/web";
