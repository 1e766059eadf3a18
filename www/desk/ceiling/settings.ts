import type { Specs } from "../settings";

export const USUAL = { days: "7", share: "20", digits: "1", warmUp: "0", carryDays: "1", unit: "usd", priceUsd: "", convention: "1" };
export type Settings = typeof USUAL;

export const CHOICES = { unit: ["usd", "tokens"], convention: ["1", "2", "3", "4", "5", "6"] };

export const SPECS: Specs<Settings> = {
  days: { label: "Days of the average", kind: "count", unit: "days", term: "ema" },
  share: { label: "Share", kind: "percent" },
  digits: { label: "Rounded to", kind: "count", unit: "digits", whole: true },
  warmUp: { label: "Warm-up", kind: "count", unit: "days", whole: true, term: "warmUp" },
  carryDays: { label: "Carried at most", kind: "count", unit: "days", whole: true, term: "carried" },
  priceUsd: { label: "Price of a token", kind: "usd" },
};
