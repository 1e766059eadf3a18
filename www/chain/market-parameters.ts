// What a market is made with, and of which generation it is.
import type { Answers } from "./answers";
import { NOBODY, type Contracts } from "./contracts";
import { codeHolds, tellGeneration } from "./generation";
import type { Generation, MarketState } from "./market-state";
import type { Sources } from "./market-types";

const WAD = 10n ** 18n;

export function readParameters(
  { controller, ammMethod, amm, collateral, borrowed, factory }: Contracts,
  code: string,
  chosen: Generation | undefined,
  sources: Sources,
): MarketState {
  const told = tellGeneration({
    operator: ammMethod === "AMM()",
    borrowCap: controller.uint("borrow_cap()") !== undefined,
    extraHealth: controller.uint(`extra_health(${NOBODY})`) !== undefined,
    debtCeiling: factory?.uint(`debt_ceiling(${controller.contract})`) !== undefined,
    saveRate: codeHolds(code, "save_rate()"),
  });
  const generation = chosen ?? told.generation;
  const because = `The contract at ${controller.contract} is of generation ${told.generation}: ${told.why}.`;
  sources.generation = !chosen ? because : chosen === told.generation ? `You chose it. ${because}` : `You chose it, against what the contracts tell. ${because}`;

  const basePrice = readBasePrice(amm, sources);
  for (const [name, answers, method] of [
    ["A", amm, "A()"],
    ["fee", amm, "fee()"],
    ["loanDiscount", controller, "loan_discount()"],
    ["liquidationDiscount", controller, "liquidation_discount()"],
    ["collateralDecimals", collateral, "decimals()"],
    ["borrowedDecimals", borrowed, "decimals()"],
    ["collateralSymbol", collateral, "symbol()"],
    ["borrowedSymbol", borrowed, "symbol()"],
  ] as const) {
    sources[name] = answers.source(method);
  }
  return {
    generation,
    A: amm.needNumber("A()", 2, 10_000),
    basePrice,
    fee: `${amm.needUint("fee()")}`,
    adminFee: `${amm.orZero("admin_fee()", sources, "adminFee")}`,
    loanDiscount: `${controller.needUint("loan_discount()")}`,
    liquidationDiscount: `${controller.needUint("liquidation_discount()")}`,
    collateralDecimals: collateral.needNumber("decimals()", 0, 18),
    borrowedDecimals: borrowed.needNumber("decimals()", 0, 18),
  };
}

/** get_base_price() = ⌊base price · get_rate_mul() / 10^18⌋, and get_rate_mul() ≥ 10^18, so only one number fits. */
function readBasePrice(amm: Answers, sources: Sources): string {
  const [now, rateMul] = [amm.needPositive("get_base_price()"), amm.needPositive("get_rate_mul()")];
  const base = (now * WAD + rateMul - 1n) / rateMul;
  sources.basePrice = `Derived: get_base_price() · 10^18 / get_rate_mul() of ${amm.contract}, rounded up${
    (base * rateMul) / WAD === now ? "; no other base price gives what it answers" : ". It does not divide exactly, so band prices may be off in their last digits"
  }.`;
  return `${base}`;
}
