// The amounts in the bands of an AMM, chunk by chunk.
import type { Calls } from "./calls";
import { ChainError } from "./error";
import type { MarketField } from "./market-types";
import { build } from "./signature";
import type { Address } from "./types";
import { uint } from "./words";

export interface Band {
  n: number;
  /** Borrowed coins, in 18 decimals. */
  x: bigint;
  /** Collateral, in 18 decimals. */
  y: bigint;
}

/** Bands are numbered from −MOST_BAND to MOST_BAND. */
export const MOST_BAND = 1_000_000;
export const MOST_BANDS = 3_000;
const CHUNK = 250;

/** The bands from min to max that hold something. */
export async function readBands(calls: Calls, amm: Address, min: number, max: number, onProgress: (says: string) => void): Promise<Band[]> {
  const count = Math.max(max - min + 1, 0);
  if (count > MOST_BANDS) {
    throw new ChainError<MarketField>(
      "tooManyBands",
      "controller",
      `This market has used the bands ${min} to ${max}: ${group(count)} bands, and at most ${group(MOST_BANDS)} are read here. Choose another market.`,
    );
  }
  const bands: Band[] = [];
  for (let from = min; from <= max; from += CHUNK) {
    const to = Math.min(from + CHUNK - 1, max);
    onProgress(`Reading the bands: ${group(to - min + 1)} of ${group(count)}.`);
    const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const answers = await calls.run(numbers.flatMap((n) => ["bands_x", "bands_y"].map((name) => ({ target: amm, data: build(name, ["int256"], [BigInt(n)]).data }))));
    numbers.forEach((n, i) => {
      const [x, y] = [uint(answers[2 * i]), uint(answers[2 * i + 1])];
      if (x === undefined || y === undefined) {
        const says = `${x === undefined ? "bands_x" : "bands_y"}(${n})`;
        throw new ChainError<MarketField>("missingMethod", "controller", `The AMM ${amm} does not answer ${says}, without which its market cannot be read.`, [says]);
      }
      if (x > 0n || y > 0n) bands.push({ n, x, y });
    });
  }
  return bands;
}

function group(value: number): string {
  return value.toLocaleString("en-US");
}
