// Shares as they stand in the AMM's storage. Four mappings stand one after another there: the bands' x,
// their y, their shares, the users' shares. The first is found by a value that is known, and what is
// read counts only if it explains what get_xy says of every band.
import { concatHex, keccak256, padHex, toHex } from "viem/utils";
import type { Hex } from "viem";
import type { Band } from "./bands";
import type { Endpoint } from "./endpoint";
import { ChainError } from "./error";
import { explains, type Held, type Scales, type Shares } from "./shares";
import type { Address, Snapshot } from "./types";

/** Slots among which the mappings are looked for. */
const SLOTS = 40;

export interface Position {
  user: Address;
  n1: number;
  n2: number;
  /** Of each band from n1 to n2. */
  held: Held[];
}

/** The shares of the user's bands in their order; undefined where they cannot be read for sure. */
export async function storedShares(endpoint: Endpoint, block: Snapshot, amm: Address, bands: Band[], position: Position, scales: Scales): Promise<Shares[] | undefined> {
  const read = async (slots: bigint[]) => {
    const at = `0x${block.number.toString(16)}`;
    const answers = await Promise.all(slots.map((slot) => endpoint.requestBatched("eth_getStorageAt", [amm, toHex(slot, { size: 32 }), at])));
    return answers.map((answer) => (typeof answer === "string" && /^0x[0-9a-fA-F]{1,64}$/.test(answer) ? BigInt(answer) : 0n));
  };
  const numbers = Array.from({ length: position.n2 - position.n1 + 1 }, (_, i) => position.n1 + i);
  const byNumber = new Map(bands.map((band) => [band.n, band]));
  const known = numbers.map((n) => byNumber.get(n)).find((band) => band !== undefined);
  if (!known) return undefined;
  try {
    const side = known.y > 0n ? "y" : "x";
    const values = await read(Array.from({ length: SLOTS }, (_, slot) => entry(BigInt(slot), numberKey(known.n))));
    const found = values.indexOf(known[side]);
    if (found < 0) return undefined;
    const totals = BigInt(found + (side === "y" ? 1 : 2));

    const ofUser = entry(totals + 1n, padHex(position.user, { size: 32 }));
    const words = Array.from({ length: 1 + Math.ceil(numbers.length / 2) }, (_, i) => ofUser + BigInt(i));
    const [range, ...rest] = await read([...words, ...numbers.map((n) => entry(totals, numberKey(n)))]);
    if (range !== pack(BigInt(position.n1), BigInt(position.n2))) return undefined;
    const shares = numbers.map((_, i) => ({
      user: BigInt.asUintN(128, rest[i >> 1]! >> BigInt(128 * (i % 2))),
      total: rest[words.length - 1 + i]!,
    }));
    const right = shares.every((share, i) => explains(share, byNumber.get(numbers[i]!) ?? { x: 0n, y: 0n }, position.held[i]!, scales));
    return right ? shares : undefined;
  } catch (error) {
    // Not every endpoint gives storage, or takes so many requests at once.
    if (error instanceof ChainError && ["rpc", "httpStatus", "notJsonRpc"].includes(error.code)) return undefined;
    throw error;
  }
}

/** Where a mapping at `slot` keeps the value of `key`. */
function entry(slot: bigint, key: Hex): bigint {
  return BigInt(keccak256(concatHex([toHex(slot, { size: 32 }), key])));
}

function numberKey(n: number): Hex {
  return toHex(BigInt.asUintN(256, BigInt(n)), { size: 32 });
}

/** Two signed halves in one word, the first below. */
function pack(low: bigint, high: bigint): bigint {
  return BigInt.asUintN(256, low + (high << 128n));
}
