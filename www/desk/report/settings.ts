import type { Specs } from "../settings";

export const USUAL = {
  collateral: "WETH", chain: "Optimism", generation: "dfm", A: "72", fee: "0.2", loss: "4", margin: "3", price: "3000",
  collateralDecimals: "18", borrowedDecimals: "18",
};
export type Settings = typeof USUAL;

export const GENERATIONS = {
  dfm: "defi.money, 2024", m2023: "crvUSD mint market, May 2023", v1mint: "crvUSD mint market, later", l2024: "LlamaLend, early 2024", v1: "LlamaLend, later (v1)", v2: "LlamaLend v2",
};
export const CHOICES = { generation: Object.keys(GENERATIONS) };

export const SPECS: Specs<Settings> = {
  A: { label: "Amplification", kind: "count", whole: true, term: "amplification" },
  fee: { label: "Fee of a trade", kind: "percent", term: "ammFee" },
  loss: { label: "Worst-case loss", kind: "percent", term: "worstLoss" },
  margin: { label: "Margin", kind: "percent", term: "margin" },
  price: { label: "Price of the collateral", kind: "usd" },
  collateralDecimals: { label: "Decimals", kind: "count", whole: true },
  borrowedDecimals: { label: "Borrowed decimals", kind: "count", whole: true },
};
export const NUMBERS = ["A", "fee", "loss", "margin", "price", "collateralDecimals", "borrowedDecimals"] as const;

const SOURCE = "LlamaRisk's report for defi.money, 2024";
/** The figures of a published report; the prices are round ones for the example. */
export const EXAMPLES: readonly { title: string; settings: Settings; says: string }[] = [
  { title: "WETH", settings: USUAL, says: `${SOURCE}: 4% and 7%, stated without the loss that they come from; taken as 4%.` },
  { title: "WBTC", settings: { ...USUAL, collateral: "WBTC", A: "89", loss: "3.0971", price: "60000", collateralDecimals: "8" }, says: `${SOURCE}: loss 0.030971.` },
  { title: "ARB", settings: { ...USUAL, collateral: "ARB", chain: "Arbitrum", A: "30", fee: "0.15", loss: "8.4", price: "1" }, says: `${SOURCE}: it says 0.84, a slip for 0.084.` },
];
