// The names that farms are known by. Forks name the reward token, and its rate, after the token
// itself, so both lists grow from one list of token names.
import type { EmissionPer } from "./types";

const tokens = [
  "cake", "sushi", "joe", "banana", "BSW", "egg", "pickle", "mdx", "boo", "spirit", "beets",
  "quick", "png", "ptp", "tri", "brush", "wex", "alpaca",
];
const words = ["reward", "rewards", "token", "tokens", "emission", "emissions", ...tokens];

export const emissionNames = [
  ...["perBlock", "perSecond", "perSec"],
  ...words.flatMap((word) => ["PerBlock", "PerSecond", "PerSec"].map((unit) => word + unit)),
];
export const rewardTokenNames = ["rewardToken", "rewardsToken", "token", ...new Set(tokens.flatMap((name) => [name, name.toUpperCase()]))];
export const totalAllocPointNames = ["totalAllocPoint", "totalAllocPoints", "totalAllocationPoint", "totalAllocationPoints"];
export const poolLengthNames = ["poolLength", "poolsLength", "numberOfPools"];
export const poolInfoNames = ["poolInfo", "poolInfos", "pools", "getPoolInfo"];
export const lpTokenNames = ["lpToken", "lpTokens", "stakingToken", "stakedToken"];

/** What a rate's name says of its unit. */
export function emissionPer(name: string): EmissionPer | undefined {
  if (/perblock$/i.test(name)) return "block";
  if (/persec(ond)?$/i.test(name)) return "second";
  return undefined;
}
