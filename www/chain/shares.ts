// Who owns how much of a band. No method tells: shares are read from the contract's storage where its
// layout is found, and else chosen so that what the user holds of each band comes out as get_xy says.
import type { Band } from "./bands";

/** 10^(18 − decimals) of each token. */
export interface Scales {
  x: bigint;
  y: bigint;
}

/** What get_xy says of one band, in the tokens' own decimals. */
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
export function usualShares({ x, y }: Omit<Band, "n">): bigint {
  return DEAD * (x > y ? x : y);
}

/** Whether a user with these shares holds what get_xy says. */
export function explains({ total, user }: Shares, band: Omit<Band, "n">, held: Held, scales: Scales): boolean {
  const holds = (amount: bigint, scale: bigint) => ((amount + 1n) * user) / (total + DEAD) / scale;
  return user <= total && holds(band.x, scales.x) === held.x && holds(band.y, scales.y) === held.y;
}

/** Shares of a usual band that explain what is held; in the middle of those that do, or all of them if that explains it too. */
export function chosenShares(band: Omit<Band, "n">, held: Held, scales: Scales): Shares {
  if (band.x === 0n && band.y === 0n) return { total: DEAD, user: DEAD };
  const total = usualShares(band);
  if (explains({ total, user: total }, band, held, scales)) return { total, user: total };
  let [least, most] = [0n, total];
  for (const side of ["x", "y"] as const) {
    const amount = band[side] + 1n;
    const from = (part: bigint) => (part * scales[side] * (total + DEAD) + amount - 1n) / amount;
    if (from(held[side]) > least) least = from(held[side]);
    if (from(held[side] + 1n) - 1n < most) most = from(held[side] + 1n) - 1n;
  }
  return { total, user: (least + most) / 2n };
}
