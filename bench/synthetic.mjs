// Minute candles as markets make them, from a seed: volatility that comes in clusters, jumps, crashes.

/** Uniform numbers in 0..1, by mulberry32. */
function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Price moves within a minute. */
const MOVES = 4;
/** 60 % a year. */
const USUAL = 0.00083;

/** `rows` minutes from a price of 2000, as columns. */
export function syntheticCandles(seed, rows) {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const candles = Object.fromEntries(["timeSecs", "open", "high", "low", "close"].map((name) => [name, new Float64Array(rows)]));
  let price = 2000;
  let heat = 0; // logarithm of the volatility over the usual one
  let [crash, drift] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    heat = 0.998 * heat + 0.035 * normal();
    if (random() < 1 / 4320) {
      // News: a jump, and more trading after it.
      price *= Math.exp(0.012 * normal());
      heat += 0.7;
    }
    if (crash === 0 && random() < 1 / 20_000) {
      crash = 20 + Math.floor(random() * 200);
      drift = (-0.04 * 6.25 ** random()) / crash;
      heat += 1.2;
    }
    const trend = crash > 0 ? drift : 0;
    crash = Math.max(crash - 1, 0);
    // Some of it comes back.
    if (crash === 0 && drift < 0) [crash, drift] = [60, -drift * random()];
    const scale = (USUAL * Math.exp(heat)) / Math.sqrt(MOVES);
    const open = price;
    let [high, low] = [open, open];
    for (let move = 0; move < MOVES; move += 1) {
      price *= Math.exp(trend / MOVES + scale * normal());
      high = Math.max(high, price);
      low = Math.min(low, price);
    }
    candles.timeSecs[row] = 60 * row;
    candles.open[row] = open;
    candles.high[row] = high;
    candles.low[row] = low;
    candles.close[row] = price;
  }
  return candles;
}
