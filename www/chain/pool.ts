// The struct that poolInfo returns differs between farms. Without field names only the values can tell
// which shape it is, so a shape counts only if its values make sense, and two that do are one too many.
import type { Address } from "./types";
import { asAddress, words } from "./words";
import type { Hex } from "viem";

export interface PoolInfo {
  allocPoint: bigint;
  lpToken?: Address;
}

interface Shape {
  says: string;
  minWords: number;
  allocPoint: number;
  lastReward: number;
  lpToken?: number;
}

const shapes: Shape[] = [
  { says: "lpToken, allocPoint, lastReward, …", minWords: 4, lpToken: 0, allocPoint: 1, lastReward: 2 },
  { says: "lpToken, amount, allocPoint, lastReward, …", minWords: 5, lpToken: 0, allocPoint: 2, lastReward: 3 },
  { says: "accPerShare, lastReward, allocPoint, …", minWords: 3, allocPoint: 2, lastReward: 1 },
  { says: "allocPoint, lastReward, accPerShare, …", minWords: 3, allocPoint: 0, lastReward: 1 },
];

type PoolReading =
  | { is: "pool"; pool: PoolInfo }
  | { is: "empty" }
  | { is: "short" }
  | { is: "unknown"; words: number }
  | { is: "ambiguous"; says: string[] };

/** `lpToken` is what the farm's own method says of it, `totalAllocPoint` bounds the points; either may be unknown. */
export function readPool(data: Hex, lpToken: Address | undefined, totalAllocPoint: bigint | undefined): PoolReading {
  const values = words(data);
  if (values.every((value) => value === 0n)) return { is: "empty" };

  const fitting = shapes.filter((shape) => {
    if (values.length < shape.minWords) return false;
    if (!looksLikeTime(values[shape.lastReward]!)) return false;
    if (totalAllocPoint !== undefined && values[shape.allocPoint]! > totalAllocPoint) return false;
    const firstIsToken = lpToken === undefined ? looksLikeAddress(values[0]!) : asAddress(values[0]!) === lpToken;
    return firstIsToken === (shape.lpToken !== undefined);
  });
  const points = new Set(fitting.map((shape) => values[shape.allocPoint]));
  if (points.size > 1) return { is: "ambiguous", says: fitting.map((shape) => `${shape.says} (allocPoint ${values[shape.allocPoint]})`) };
  const shape = fitting[0];
  if (!shape) return { is: "unknown", words: values.length };
  const named = shape.lpToken === undefined ? undefined : asAddress(values[shape.lpToken]!);
  return { is: "pool", pool: { allocPoint: values[shape.allocPoint]!, ...(named ? { lpToken: named } : {}) } };
}

/** By the names in the user's own signature. */
export function readOwnPool(data: Hex, names: string[]): PoolReading {
  const values = words(data);
  if (values.length < names.length) return { is: "short" };
  if (values.every((value) => value === 0n)) return { is: "empty" };
  const lpToken = asAddress(values[names.indexOf("lpToken")] ?? 0n);
  return { is: "pool", pool: { allocPoint: values[names.indexOf("allocPoint")]!, ...(lpToken ? { lpToken } : {}) } };
}

/** A block number or a time in seconds; the scaled sums that stand beside it are far larger. */
function looksLikeTime(value: bigint): boolean {
  return value > 0n && value < 2n ** 36n;
}

function looksLikeAddress(value: bigint): boolean {
  return value >= 2n ** 96n && value < 2n ** 160n;
}
