import type { Specs } from "../settings";

export const USUAL = { decimals: "8", baseDecimals: "18", quoteDecimals: "18", base: "token0", twapSecs: "1800", kind: "candles", lagSteps: "30", divisor: "countLessOne" };
export type Settings = typeof USUAL;

export const CHOICES = { base: ["token0", "token1"], kind: ["candles", "spot"], divisor: ["countLessOne", "count"] };

export const SPECS: Specs<Settings> = {
  decimals: { label: "Decimals of the answers", kind: "count", unit: "digits", whole: true },
  baseDecimals: { label: "Base decimals", kind: "count", unit: "digits", whole: true },
  quoteDecimals: { label: "Quote decimals", kind: "count", unit: "digits", whole: true },
  twapSecs: { label: "Averaged over", kind: "seconds", whole: true, term: "twap" },
  lagSteps: { label: "Lag looked for", kind: "count", unit: "minutes", whole: true, term: "lag" },
};
