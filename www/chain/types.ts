export type Address = `0x${string}`;

/** All text as the user typed it; "" and undefined both mean "not given". */
export interface FarmRequest {
  /** http(s) JSON-RPC endpoint. */
  url: string;
  /** Address of the farm (MasterChef-like). */
  farm: string;
  /** Whole number from 0. */
  poolId: string;
  /** Address of an aggregate3 contract; the canonical one where it has code. */
  multicall?: string;
  /** Address of the reward token, when the farm does not name it. */
  rewardToken?: string;
  /** How many blocks back the block time is measured; 1,000 unless given. */
  blockDistance?: string;
  methods?: OwnMethods;
}

/** Own names where the known ones fail: "myRate", "rate(uint256)" (gets the pool id), "rate(bool true)". */
export interface OwnMethods {
  emission?: string;
  /** Needed only when an own emission name ends neither in PerBlock nor in PerSecond or PerSec. */
  emissionPer?: EmissionPer | "";
  totalAllocPoint?: string;
  /** The names in `returns (…)` mark allocPoint and lpToken. */
  poolInfo?: string;
  lpToken?: string;
  rewardToken?: string;
}

export type EmissionPer = "block" | "second";

/** The block at which every value of one reading was read. */
export interface Snapshot {
  number: bigint;
  /** Seconds. */
  timestamp: bigint;
  /** "2026-11-20T10:11:12Z" */
  date: string;
}

/** Where a value came from. */
export interface Origin {
  /** Absent for facts of the chain itself. */
  contract?: Address;
  method: string;
  blockNumber: bigint;
  timestamp: bigint;
  date: string;
}

export interface Reading<T> {
  value: T;
  origin: Origin;
}

export interface Token {
  address: Reading<Address>;
  symbol?: Reading<string>;
  decimals?: Reading<number>;
}

export interface Pair {
  token0: Token;
  token1: Token;
  reserve0: Reading<bigint>;
  reserve1: Reading<bigint>;
  totalSupply: Reading<bigint>;
  /** Which side is the reward token. */
  rewardSide?: 0 | 1;
  /** token1 per token0 in the reserves: information, not a price in dollars. */
  ratio?: Reading<number> & { says: string };
}

export interface Via {
  kind: "multicall" | "batch";
  address?: Address;
  says: string;
}

export interface FarmReading {
  chainId: number;
  block: Snapshot;
  via: Via;
  farm: Address;
  poolId: bigint;
  allocPoint?: Reading<bigint>;
  totalAllocPoint?: Reading<bigint>;
  /** Raw, in the reward token's decimals; getMultiplier is applied, and then named in the origin. */
  emission?: Reading<bigint> & { per: EmissionPer };
  rewardToken?: Token;
  /** Only for a per-block emission; known to ±1/blocks seconds. */
  blockSecs?: Reading<number> & { seconds: bigint; blocks: bigint };
  /** The LP token, or the single token staked. */
  stakedToken?: Token;
  /** Raw: the farm's balance of the staked token. */
  staked?: Reading<bigint>;
  /** Absent when the staked token is no pair. */
  pair?: Pair;
  /** What is lacking or unusable, each with its field. */
  problems: import("./error").ChainError[];
  /** Valid, but worth a sentence. */
  notices: Notice[];
}

export type NoticeCode = "paysNothing" | "multiplier" | "stakedIsReward" | "noMulticall";

interface Notice {
  code: NoticeCode;
  field: ResultField;
  message: string;
}

export type RequestField =
  | "url"
  | "farm"
  | "poolId"
  | "multicall"
  | "rewardToken"
  | "blockDistance"
  | `methods.${keyof OwnMethods}`;

export type ResultField =
  | "allocPoint"
  | "totalAllocPoint"
  | "emission"
  | "rewardToken"
  | "blockSecs"
  | "stakedToken"
  | "staked"
  | "token0"
  | "token1"
  | "reserves"
  | "totalSupply";
