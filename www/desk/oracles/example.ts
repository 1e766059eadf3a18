// Two made-up days of a market, a feed that follows it, and a pool's observations of it.

import type { Slot } from "../jobs";

const MINUTES = 2 * 24 * 60;
const START_SECS = Date.UTC(2025, 0, 4) / 1000;
/** A feed is updated when the price has moved so far, or after an hour. */
const DEVIATION = 0.003;
const HEARTBEAT_MINUTES = 60;
const OBSERVED_EVERY_MINUTES = 5;
/** 1.0001 to this power is about 3,000. */
const FIRST_TICK = 80_068;
const CRASH = { from: 1_500, to: 1_620 };

export function exampleFiles(): Record<Slot, File> {
  let noise = 11;
  let tick = FIRST_TICK;
  let [told, toldAt] = [0, -HEARTBEAT_MINUTES];
  let cumulated = 0n;
  const candles = ["time,open,high,low,close"];
  const rounds = ["ts,price"];
  const observations = ["blockTimestamp,tickCumulative,secondsPerLiquidityCumulativeX128"];
  for (let at = 0; at < MINUTES; at += 1) {
    const open = 1.0001 ** tick;
    if (at % OBSERVED_EVERY_MINUTES === 0) observations.push(`${START_SECS + 60 * at},${cumulated},${at}`);
    cumulated += 60n * BigInt(tick);
    noise = (noise * 1_103_515_245 + 12_345) % 2_147_483_648;
    tick += Math.floor(noise / 65_536) % 17 - 8 - (at >= CRASH.from && at < CRASH.to ? 5 : 0);
    const close = 1.0001 ** tick;
    candles.push([START_SECS + 60 * at, ...[open, Math.max(open, close), Math.min(open, close), close].map((price) => price.toFixed(2))].join(","));
    if (Math.abs(close / told - 1) < DEVIATION && at - toldAt < HEARTBEAT_MINUTES) continue;
    [told, toldAt] = [close, at];
    rounds.push(`${START_SECS + 60 * at + 72},${close.toFixed(8)}`);
  }
  const file = (name: string, lines: readonly string[]) => new File([`${lines.join("\n")}\n`], name, { type: "text/csv" });
  return {
    rounds: file("made-up-rounds.csv", rounds), observations: file("made-up-observations.csv", observations), prices: file("made-up-candles.csv", candles),
  };
}
