// The value of what is staked: given, by the token's price, or from the reserves behind LP tokens.

import { decimal, farm, type LpInput, type LpValue } from "../engine";
import type { Ask } from "./ask";
import type { FieldName, Form } from "./form";
import type { Readings } from "./read";

const LP_DECIMALS = 18;

export interface Staked {
  usd?: number;
  lp?: LpValue;
}

export function staked(form: Form, readings: Readings, ask: Ask): Staked {
  if (form.stakedFrom === "usd") {
    const usd = readings.value("stakedUsd");
    return usd === undefined ? {} : { usd };
  }
  const raw: Raw = (name, decimals) => {
    const text = readings.text(name);
    return text === undefined ? undefined : ask(() => decimal.toRaw({ text, decimals }), { text: name, decimals: name });
  };
  return form.stakedFrom === "lp" ? lpTokens(readings, raw, ask) : singleTokens(readings, raw, ask);
}

type Raw = (name: FieldName, decimals: number) => bigint | undefined;

function lpTokens(readings: Readings, raw: Raw, ask: Ask): Staked {
  const given = readings.values("decimals0", "decimals1", "price0Usd", "price1Usd");
  if (given === undefined) return {};
  // Decimals out of range are the decimals' fault, not that of the amounts converted with them.
  for (const name of ["decimals0", "decimals1"] as const) {
    ask(() => decimal.fromRaw({ raw: 0n, decimals: given[name] }), { decimals: name });
    if (readings.errors.has(name)) return {};
  }
  const reserve0Raw = raw("reserve0", given.decimals0);
  const reserve1Raw = raw("reserve1", given.decimals1);
  const totalSupplyRaw = raw("lpSupply", LP_DECIMALS);
  const stakedRaw = raw("lpStaked", LP_DECIMALS);
  if (reserve0Raw === undefined || reserve1Raw === undefined || totalSupplyRaw === undefined || stakedRaw === undefined) return {};
  const lp = ask(() => farm.lpValue({ ...given, reserve0Raw, reserve1Raw, totalSupplyRaw, stakedRaw }));
  if (lp === undefined) return {};
  return somethingStaked(lp, "lpStaked", readings) ? { usd: lp.stakedUsd, lp } : { lp };
}

/** A staked token that is no LP token is a pool of one coin, all of it staked. */
function singleTokens(readings: Readings, raw: Raw, ask: Ask): Staked {
  const held = raw("stakedTokens", LP_DECIMALS);
  const price0Usd = readings.value("stakedPriceUsd");
  if (held === undefined || price0Usd === undefined) return {};
  const input: LpInput = {
    reserve0Raw: held, reserve1Raw: 0n, decimals0: LP_DECIMALS, decimals1: LP_DECIMALS, price0Usd, price1Usd: 1,
    totalSupplyRaw: held, stakedRaw: held,
  };
  const lp = ask(() => farm.lpValue(input), {
    price0Usd: "stakedPriceUsd", reserve0Raw: "stakedTokens", totalSupplyRaw: "stakedTokens", stakedRaw: "stakedTokens",
  });
  return lp !== undefined && somethingStaked(lp, "stakedTokens", readings) ? { usd: lp.stakedUsd } : {};
}

function somethingStaked({ stakedUsd }: LpValue, name: FieldName, readings: Readings): boolean {
  if (stakedUsd > 0) return true;
  readings.errors.set(name, "Nothing is staked, and an APR on nothing does not exist.");
  return false;
}
