// From what the user typed to checked values; nothing here speaks to a network.
import { getAddress, isAddress } from "viem/utils";
import { ChainError } from "./error";
import type { Address, RequestField } from "./types";

const MAX_UINT256 = 2n ** 256n - 1n;

export function readUrl(text: string): string {
  const trimmed = required("url", text, "Enter the address of a JSON-RPC endpoint, such as https://rpc.example.org.");
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    throw new ChainError("invalidUrl", "url", `"${trimmed}" is not a web address. A JSON-RPC endpoint starts with https:// or http://.`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ChainError("invalidUrl", "url", `The endpoint must start with https:// or http://, not with ${url.protocol}//.`);
  }
  return url.href;
}

export function readAddress<Field extends string = RequestField>(field: Field, text: string, what: string): Address {
  const trimmed = required(field, text, `Enter the address of ${what}: 0x and 40 hexadecimal digits.`);
  if (!/^0x[0-9a-fA-F]{40}$/.test(trimmed)) {
    throw new ChainError("invalidAddress", field, `"${trimmed}" is not an address. An address is 0x and 40 hexadecimal digits.`);
  }
  if (!isAddress(trimmed)) {
    throw new ChainError(
      "checksum",
      field,
      `The capital letters of ${trimmed} do not fit its checksum, so a digit may be wrong. Check it, or write it all in lower case to go without the check.`,
    );
  }
  return getAddress(trimmed);
}

export function readPoolId(text: string): bigint {
  const trimmed = required("poolId", text, "Enter the pool's number in the farm (pid): a whole number from 0.");
  if (!/^[0-9]+$/.test(trimmed) || BigInt(trimmed) > MAX_UINT256) {
    throw new ChainError("invalidPoolId", "poolId", `"${trimmed}" is not a pool id. It is a whole number from 0, written in digits only.`);
  }
  return BigInt(trimmed);
}

export function readBlockDistance(text: string | undefined): bigint {
  if (!text?.trim()) return 1_000n;
  const trimmed = text.trim();
  if (!/^[0-9]+$/.test(trimmed) || BigInt(trimmed) < MIN_BLOCK_DISTANCE || BigInt(trimmed) > 10_000_000n) {
    throw new ChainError("invalidDistance", "blockDistance", `"${trimmed}" is not a number of blocks. It is a whole number from ${MIN_BLOCK_DISTANCE} to 10000000, written in digits only.`);
  }
  return BigInt(trimmed);
}

/** Timestamps are whole seconds: over fewer blocks than this the average says too little. */
export const MIN_BLOCK_DISTANCE = 10n;

function required<Field extends string = RequestField>(field: Field, text: string, message: string): string {
  const trimmed = text.trim();
  if (!trimmed) throw new ChainError("required", field, message);
  return trimmed;
}
