// A price that never was: minutes of a coin with calm and wild days, jumps, and crashes. The same seed gives the same candles.

const ROWS = 60_000;
const SEED = 20_240_805;
const FIRST_SECS = Date.UTC(2025, 0, 6) / 1000;
const MINUTE_SECS = 60;
const OPENING_PRICE = 3_000;

/** Moves of the logarithm of the price in one minute of a usual day. */
const USUAL_MOVE = 0.0007;
/** Volatility comes in clusters: its logarithm wanders, and is drawn back. */
const CLUSTER = { back: 0.0015, push: 0.03, most: 1.5 };
/** The price overshoots by some moves and comes back within minutes. */
const OVERSHOOT = { moves: 2, back: 0.2 };
const JUMP = { chance: 1 / 6_000, size: 0.008 };
/** When a crash begins, how long and how deep it goes, and how much of it comes back in three times that. */
const CRASHES = [
  { row: 7_400, minutes: 60, depth: 0.06, back: 0.5 },
  { row: 16_900, minutes: 250, depth: 0.12, back: 0.2 },
  { row: 25_600, minutes: 30, depth: 0.05, back: 0.7 },
  { row: 34_300, minutes: 140, depth: 0.1, back: 0.45 },
  { row: 44_800, minutes: 240, depth: 0.12, back: 0.3 },
  { row: 53_500, minutes: 45, depth: 0.06, back: 0.6 },
] as const;
/** A crash is wilder than what it comes out of. */
const WILD = 3;

/** The example as CSV, as an exchange would give it. */
export function exampleCsv(): string {
  const { uniform, normal } = dice(SEED);
  const lines = ["time,open,high,low,close"];
  let open = OPENING_PRICE;
  let [level, overshoot, cluster] = [Math.log(open), 0, 0];
  for (let row = 0; row < ROWS; row += 1) {
    const { pull, isWild } = crashAt(row);
    cluster += CLUSTER.push * normal() - CLUSTER.back * cluster;
    const move = USUAL_MOVE * Math.exp(Math.min(cluster, CLUSTER.most)) * (isWild ? WILD : 1);
    level += pull + move * normal() + (uniform() < JUMP.chance ? JUMP.size * normal() : 0);
    overshoot += OVERSHOOT.moves * move * normal() - OVERSHOOT.back * overshoot;
    const close = Math.exp(level + overshoot);
    const high = Math.max(open, close) * (1 + move * uniform());
    const low = Math.min(open, close) * (1 - move * uniform());
    lines.push([FIRST_SECS + row * MINUTE_SECS, ...[open, high, low, close].map((price) => price.toFixed(2))].join());
    open = close;
  }
  return `${lines.join("\n")}\n`;
}

/** What pulls at the logarithm of the price in this minute. */
function crashAt(row: number): { pull: number; isWild: boolean } {
  for (const crash of CRASHES) {
    const since = row - crash.row;
    if (since < 0 || since >= 4 * crash.minutes) continue;
    const fall = Math.log(1 - crash.depth) / crash.minutes;
    return { pull: since < crash.minutes ? fall : (-fall * crash.back) / 3, isWild: since < 2 * crash.minutes };
  }
  return { pull: 0, isWild: false };
}

/** Park and Miller's generator. */
function dice(seed: number) {
  let state = seed;
  const uniform = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  /** Close to normal: the sum of twelve, less its mean. */
  const normal = () => {
    let sum = -6;
    for (let count = 0; count < 12; count += 1) sum += uniform();
    return sum;
  };
  return { uniform, normal };
}
