// The oracle price on its way: it stops at every point of a grid between two turns, an arbitrageur trades
// at each, and so the same turns lead to the same loan, however fast the hand was.

import type { Opening } from "./answer";
import { llamma, type State } from "./llamma";

/** Stops in the width of one band, as long as the bands are not too narrow for that. */
export const STOPS_PER_BAND = 4;
/** Stops from the opening price down to nothing. */
const MOST_STOPS = 2_000;
/** From one stop to the next. */
export const STOP_SECS = 600;

/** The price `stop` steps above (below) that of the opening. */
function priceAt({ price, market }: Opening, stop: number): bigint {
  const steps = stopsOf(market);
  return (price * (steps + BigInt(stop))) / steps;
}

/** The stop next to a price. */
export function stopAt({ price, market }: Opening, at: bigint): number {
  const steps = stopsOf(market);
  return Number((2n * at * steps + price) / (2n * price) - steps);
}

function stopsOf({ market }: State): bigint {
  return BigInt(Math.min(market.A * STOPS_PER_BAND, MOST_STOPS));
}

/** The turns after one more move; on along the same way is no turn. */
export function moved(turns: readonly number[], to: number): readonly number[] {
  const [before = 0, last = 0] = [turns.at(-2), turns.at(-1)];
  if (to === last) return turns;
  const onward = turns.length > 0 && Math.sign(last - before) === Math.sign(to - last);
  return [...(onward ? turns.slice(0, -1) : turns), to];
}

interface Walked {
  opening: Opening;
  turns: readonly number[];
  state: State;
}
let latest: Walked | undefined;

/** The market after all turns; goes on from where the last call ended if the way is the same. */
export function walkTo(opening: Opening, turns: readonly number[]): State {
  let from: Walked = { opening, turns: [], state: opening.state };
  if (latest?.opening === opening && continues(latest.turns, turns)) from = latest;
  let { state } = from;
  let at = from.turns.at(-1) ?? 0;
  for (const turn of turns.slice(Math.max(from.turns.length - 1, 0))) {
    const prices = stops(at, turn).map((stop) => priceAt(opening, stop));
    if (prices.length > 0) ({ state } = llamma.pricePath({ state, user: opening.user, prices, secs: STOP_SECS }));
    at = turn;
  }
  latest = { opening, turns, state };
  return state;
}

function continues(old: readonly number[], next: readonly number[]): boolean {
  const last = old.length - 1;
  if (last < 0) return true;
  if (next.length <= last || old.slice(0, -1).some((stop, at) => stop !== next[at])) return false;
  const [before = 0, ended = 0, goes = 0] = [old[last - 1], old[last], next[last]];
  return (goes - ended) * (ended - before) >= 0;
}

/** Every price that the turns lead through. */
export function pricesOf(opening: Opening, turns: readonly number[]): bigint[] {
  return turns.flatMap((turn, at) => stops(turns[at - 1] ?? 0, turn).map((stop) => priceAt(opening, stop)));
}

function stops(from: number, to: number): number[] {
  const step = Math.sign(to - from);
  return Array.from({ length: Math.abs(to - from) }, (_, at) => from + step * (at + 1));
}
