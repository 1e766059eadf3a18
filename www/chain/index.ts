export { readFarm, originText, type ReadOptions } from "./farm";
export { ChainError, type ChainErrorCode } from "./error";
export type * from "./types";
