// What a contract returned, read as 32-byte words.
import { decodeAbiParameters, getAddress } from "viem/utils";
import type { Hex } from "viem";
import type { Address } from "./types";

export function words(data: Hex): bigint[] {
  return (data.slice(2).match(/.{64}/g) ?? []).map((word) => BigInt(`0x${word}`));
}

/** One number, and nothing else. */
export function uint(data: Hex | undefined): bigint | undefined {
  return data?.length === 66 ? BigInt(data) : undefined;
}

/** The same of a number that may be negative. */
export function int(data: Hex | undefined): bigint | undefined {
  return data?.length === 66 ? BigInt.asIntN(256, BigInt(data)) : undefined;
}

export function asAddress(word: bigint): Address | undefined {
  return word > 0n && word < 2n ** 160n ? getAddress(`0x${word.toString(16).padStart(40, "0")}`) : undefined;
}

export function address(data: Hex | undefined): Address | undefined {
  const word = uint(data);
  return word === undefined ? undefined : asAddress(word);
}

/** A symbol is a string, or in old tokens 32 bytes filled up with zeros. */
export function text(data: Hex | undefined): string | undefined {
  if (!data) return undefined;
  try {
    if (data.length > 66) return decodeAbiParameters([{ type: "string" }], data)[0];
    const bytes = (data.slice(2).replace(/(00)*$/, "").match(/../g) ?? []).map((byte) => parseInt(byte, 16));
    return new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(bytes));
  } catch {
    return undefined;
  }
}
