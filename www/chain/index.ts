export { readFarm, originText, type ReadOptions } from "./farm";
export { ChainError, type ChainErrorCode } from "./error";
export { readMarket } from "./market";
export type * from "./market-state";
export type * from "./market-types";
export type * from "./types";
