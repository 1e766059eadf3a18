// The price axis: the range at full width; what is far from it is drawn closer, behind a break of the axis.

import { approximate } from "./exact";
import type { Now, Opening } from "./answer";
import { stopAt } from "./walk";

export interface Scale {
  low: number;
  high: number;
  /** Prices at which the axis breaks. */
  breaks: { low?: number; high?: number };
  x: (price: number) => number;
  price: (x: number) => number;
  /** Where the price can be dragged to. */
  stops: { low: number; high: number };
}

/** Beside the range, in widths of the range. */
const BESIDE = 0.35;
/** Of the drawing, for what lies behind a break. */
const BEHIND = 0.14;
const WAD = 10n ** 18n;

export function scaleOf(opening: Opening, { loan, price }: Now, width: number): Scale {
  const [upper, lower, opened, now] = [loan.upper, loan.lower, opening.price, price].map((raw) => approximate(raw)) as [number, number, number, number];
  const beside = (upper - lower) * BESIDE;
  const inner = { low: lower - beside, high: upper + beside };
  const low = Math.min(inner.low, opened < lower ? opened * 0.98 : inner.low, now < inner.low ? now * 0.98 : inner.low);
  const high = Math.max(inner.high, opened * 1.02, now > opened ? now * 1.02 : 0);
  const isFar = { low: inner.low - low > beside, high: high - inner.high > beside };
  const left = { price: isFar.low ? inner.low : low, x: isFar.low ? width * BEHIND : 0 };
  const right = { price: isFar.high ? inner.high : high, x: isFar.high ? width * (1 - BEHIND) : width };
  const points = [{ price: low, x: 0 }, left, right, { price: high, x: width }].filter((point, at, all) => at === 0 || point.price > (all[at - 1]?.price ?? 0));
  const along = (from: "price" | "x", to: "price" | "x") => (value: number) => {
    const end = points.findIndex((point, at) => at > 0 && (value <= point[from] || at === points.length - 1));
    const [a, b] = [points[end - 1], points[end]];
    if (a === undefined || b === undefined) return 0;
    return a[to] + ((value - a[from]) / (b[from] - a[from])) * (b[to] - a[to]);
  };
  const stop = (at: number) => stopAt(opening, (BigInt(Math.round(at * 1e6)) * WAD) / 1_000_000n);
  return {
    low, high,
    breaks: { ...(isFar.low ? { low: left.x } : {}), ...(isFar.high ? { high: right.x } : {}) },
    x: along("price", "x"),
    price: along("x", "price"),
    stops: { low: stop(low), high: stop(high) },
  };
}
