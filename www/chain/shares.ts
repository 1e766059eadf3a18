// Who owns how much of a band. No method tells: shares are read from the contract's storage where its
// layout is found, and else chosen so that what the user holds of each band comes out as get_xy says.
import type { Band } from "./bands";

type Amounts = Pick<Band, "x" | "y">;

/** 10^(18 − decimals) of each token. */
export interface Scales {
  x: bigint;
  y: bigint;
}

/** What a user holds of one band or of all, in the tokens' own decimals. */
export interface Held {
  x: bigint;
  y: bigint;
}

export interface Shares {
  total: bigint;
  user: bigint;
}

/** Every band counts as having this many shares that nobody owns. */
const DEAD = 1_000n;

/** As many as the first depositor would have got for what is there. */
export function usualShares({ x, y }: Amounts): bigint {
  return DEAD * (x > y ? x : y);
}

/** Whether a user with these shares holds what get_xy says. */
export function explains({ total, user }: Shares, band: Amounts, held: Held, scales: Scales): boolean {
  const holds = (amount: bigint, scale: bigint) => ((amount + 1n) * user) / (total + DEAD) / scale;
  return user <= total && holds(band.x, scales.x) === held.x && holds(band.y, scales.y) === held.y;
}

/**
 * Shares of usual bands that explain what is held. Each band leaves a range, the wider the fewer decimals
 * its tokens have; all are taken at the same place of their range, where the sum of what is held comes out too.
 */
export function chosenShares(bands: Amounts[], held: Held[], sum: Held | undefined, scales: Scales): Shares[] {
  const ranges = bands.map((band, i) => rangeOf(band, held[i]!, scales));
  const at = (place: bigint) => ranges.map(({ total, least, most }) => ({ total, user: least + ((most - least) * place) / PLACES }));
  const side = scales.x > scales.y ? "x" : "y";
  if (!sum || sum[side] === 0n) return at(PLACES / 2n);

  const sumAt = (place: bigint) => at(place).reduce((all, { total, user }, i) => all + ((bands[i]![side] + 1n) * user) / (total + DEAD), 0n) / scales[side];
  const firstWith = (least: bigint) => {
    let [low, high] = [0n, PLACES];
    while (low < high) {
      const middle = (low + high) / 2n;
      if (sumAt(middle) < least) low = middle + 1n;
      else high = middle;
    }
    return low;
  };
  return at((firstWith(sum[side]) + firstWith(sum[side] + 1n)) / 2n);
}

const PLACES = 2n ** 40n;

/** The user's shares from least to most explain what is held; where all of them do, the user is taken to be alone. */
function rangeOf(band: Amounts, held: Held, scales: Scales): { total: bigint; least: bigint; most: bigint } {
  if (band.x === 0n && band.y === 0n) return { total: DEAD, least: DEAD, most: DEAD };
  const total = usualShares(band);
  if (explains({ total, user: total }, band, held, scales)) return { total, least: total, most: total };
  let [least, most] = [0n, total];
  for (const side of ["x", "y"] as const) {
    const amount = band[side] + 1n;
    const from = (part: bigint) => (part * scales[side] * (total + DEAD) + amount - 1n) / amount;
    if (from(held[side]) > least) least = from(held[side]);
    if (from(held[side] + 1n) - 1n < most) most = from(held[side] + 1n) - 1n;
  }
  return { total, least, most };
}
