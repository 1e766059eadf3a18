// Paths of prices: a few shapes, or a list that was pasted.

import { readNumber } from "../read-number";
import { decimal, LlamathError } from "./llamma";

export const SHAPES = {
  crash: "crash and recovery", decline: "slow decline", saw: "saw", own: "own list",
} as const;

export type Shape = keyof typeof SHAPES;

const MOST_PRICES = 5_000;

type Corner = readonly [part: number, of: number];

/** Parts of the depth that are reached one after another. */
function corners(shape: Exclude<Shape, "own">, teeth: number): readonly Corner[] {
  if (shape === "crash") return [[1, 1], [0, 1]];
  if (shape === "decline") return [[1, 1]];
  return Array.from({ length: 2 * teeth }, (_, at): Corner => (at % 2 === 0 ? [1, 1] : [1, 2]));
}

/** Prices from `start` down by `depth` percent at most, `steps` of them between two corners. */
export function shaped(shape: Exclude<Shape, "own">, start: bigint, depth: number, steps: number, teeth: number): bigint[] {
  const prices: bigint[] = [];
  let [part, of]: Corner = [0, 1];
  for (const [nextPart, nextOf] of corners(shape, teeth)) {
    for (let step = 1; step <= steps; step += 1) {
      // The part of the depth on the straight line between the corners, over one denominator.
      const numerator = part * nextOf * (steps - step) + nextPart * of * step;
      const whole = BigInt(100 * of * nextOf * steps);
      prices.push((start * (whole - BigInt(depth * numerator))) / whole);
    }
    [part, of] = [nextPart, nextOf];
  }
  return prices;
}

export function readPrices(text: string): { prices: bigint[] } | { wrong: string } {
  const words = text.split(/[\s;]+/).map((word) => word.replace(/,$/, "")).filter((word) => word !== "");
  if (words.length === 0) return { wrong: "Paste prices, one a line, or open a file of them." };
  if (words.length > MOST_PRICES) return { wrong: `These are ${words.length} prices; at most ${MOST_PRICES} are taken.` };
  const prices: bigint[] = [];
  for (const [at, word] of words.entries()) {
    const read = readNumber(word);
    const wrong = (says: string) => ({ wrong: `Price ${at + 1}: ${says}` });
    if (read.kind === "unreadable") return wrong(`${read.says} Write one price a line.`);
    if (read.kind === "ambiguous") return wrong(`“${word}” can mean ${read.meanings.join(" or ")}. Write it without the comma, or with a point.`);
    if (read.kind === "empty" || read.unit !== "") return wrong(`“${word}” is not a number alone.`);
    try {
      const price = decimal.toRaw({ text: read.text, decimals: 18 });
      if (price === 0n) return wrong("it must be above 0.");
      prices.push(price);
    } catch (thrown) {
      if (!(thrown instanceof LlamathError)) throw thrown;
      return wrong("it must be above 0 and have at most 18 digits after its point.");
    }
  }
  return { prices };
}
