// Parameters of real markets, and for each a loan to begin with. The prices are round ones for
// the example: a preset has no price of today.

import type { Form } from "./form";
import { decimal, llamma, type Preset } from "./llamma";

export interface Choice {
  key: string;
  group: string;
  title: string;
  preset: Preset;
  collateralName: string;
  borrowedName: string;
}

const OWN_COIN: Record<string, string> = { crvUSD: "crvUSD", "defi.money": "MONEY" };
const GROUP: Record<string, string> = { crvUSD: "crvUSD mint markets", "LlamaLend v2": "LlamaLend" };

const EXAMPLE: Record<string, Pick<Form, "oraclePrice" | "collateral" | "debt">> = {
  BTC: { oraclePrice: "60000", collateral: "1", debt: "36000" },
  ETH: { oraclePrice: "3000", collateral: "10", debt: "20000" },
  wstETH: { oraclePrice: "3500", collateral: "10", debt: "20000" },
  "wstETH / WETH": { oraclePrice: "1.2", collateral: "10", debt: "10.5" },
  stable: { oraclePrice: "1.1", collateral: "10000", debt: "9500" },
  sDOLA: { oraclePrice: "1.15", collateral: "10000", debt: "10000" },
  OP: { oraclePrice: "2", collateral: "10000", debt: "10000" },
  VELO: { oraclePrice: "0.1", collateral: "100000", debt: "4500" },
  ARB: { oraclePrice: "1", collateral: "10000", debt: "5500" },
  GMX: { oraclePrice: "30", collateral: "100", debt: "1800" },
  RDNT: { oraclePrice: "0.1", collateral: "100000", debt: "4500" },
  PENDLE: { oraclePrice: "4", collateral: "1000", debt: "1800" },
};
const LIKE: Record<string, string> = {
  WBTC: "BTC", wBTC: "BTC", tBTC: "BTC", WETH: "ETH", sfrxETH: "ETH", sfrxUSD: "stable", syrupUSDC: "stable",
};

let known: Choice[] | undefined;

export function choices(): Choice[] {
  return (known ??= llamma.presets().map((preset) => {
    const { protocol } = preset.source;
    const [collateralName = preset.name, borrowedName = OWN_COIN[protocol] ?? "borrowed"] = preset.name.split(" / ");
    return {
      key: `${protocol} ${preset.chain} ${preset.name}`,
      group: GROUP[protocol] ?? protocol,
      title: preset.chain === "ethereum" ? preset.name : `${preset.name} (${preset.chain})`,
      preset,
      collateralName,
      borrowedName,
    };
  }));
}

export function choiceOf(key: string): Choice | undefined {
  return choices().find((choice) => choice.key === key);
}

/** The form of a market with an example of a loan in it. */
export function formOf({ key, preset, collateralName, borrowedName }: Choice): Omit<Form, "bands"> {
  const fraction = (raw: bigint, places: number) => decimal.fromRaw({ raw, decimals: 18 - places });
  const name = preset.name in EXAMPLE ? preset.name : collateralName;
  const example = EXAMPLE[name] ?? EXAMPLE[LIKE[name] ?? ""];
  return {
    market: key,
    controller: preset.controller ?? "",
    user: "",
    generation: preset.generation,
    A: `${preset.A}`,
    fee: fraction(preset.fee, 2),
    loanDiscount: fraction(preset.loanDiscount, 2),
    liquidationDiscount: fraction(preset.liquidationDiscount, 2),
    collateralDecimals: `${preset.collateralDecimals}`,
    borrowedDecimals: `${preset.borrowedDecimals}`,
    basePrice: preset.basePrice === undefined ? "" : fraction(preset.basePrice, 0),
    collateralName,
    borrowedName,
    oraclePrice: example?.oraclePrice ?? "",
    collateral: example?.collateral ?? "",
    debt: example?.debt ?? "",
  };
}

export function sourceOf({ preset: { source } }: Choice): string {
  return `Parameters from ${source.source}, ${source.date}.`;
}
