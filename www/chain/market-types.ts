import type { Generation, State } from "./market-state";
import type { Address, Snapshot, Via } from "./types";

/** All text as the user typed it; "" and undefined both mean "not given". */
export interface MarketRequest {
  /** http(s) JSON-RPC endpoint. */
  rpcUrl: string;
  /** Address of the market's controller; of defi.money: its market operator. */
  controller: string;
  /** Whose loan to read too. */
  user?: string;
  /** Of the contracts, where what they answer should not decide. */
  generation?: Generation | "";
  /** Address of an aggregate3 contract; the canonical one where it has code. */
  multicall?: string;
}

/** What a refusal concerns; "url" is the field `rpcUrl`. */
export type MarketField = "url" | "controller" | "user" | "generation" | "multicall";

export interface MarketReading {
  /** For the functions of `llamma`. */
  state: State;
  /** The user's name in the state. */
  user?: Address;
  collateralSymbol: string;
  borrowedSymbol: string;
  sources: Sources;
  chainId: number;
  block: Snapshot;
  via: Via;
  /** Answers of the contracts that are no part of the state: what is computed from it can be held against them. */
  contractSays: ContractSays;
}

/** By name of a value: which method of which contract gave it, or how it was derived. */
export type Sources = Record<string, string>;

export interface ContractSays {
  /** get_p() */
  pAmm?: bigint;
  /** The rest is of the user: health(user, false). */
  health?: bigint;
  /** health(user, true) */
  healthFull?: bigint;
  /** user_prices(user), the upper one. */
  upper?: bigint;
  lower?: bigint;
}
