// A question to the package. What it refuses becomes a sentence beside the field that it names.

import { FIELDS, type FieldName } from "./form";
import { LlamathError } from "./llamma";
import type { Readings } from "./read";

/** What a contract refuses has a name but no field; here is the field that mends it, and how. */
const REFUSAL: Record<string, { field: FieldName; says: string }> = {
  debtTooHigh: { field: "debt", says: "The contract refuses: the debt is too high for this collateral and this number of bands." },
  amountTooLow: { field: "collateral", says: "The contract refuses: too little collateral for this number of bands." },
  noLoan: { field: "debt", says: "Type a debt above 0." },
  needMoreTicks: { field: "bands", says: "A loan has at least 4 bands." },
  needLessTicks: { field: "bands", says: "A loan has at most 50 bands." },
  invalidBands: { field: "bands", says: "A loan has 4 to 50 bands." },
  wrongA: { field: "A", says: "A is from 2 to 10,000." },
  feeTooLow: { field: "fee", says: "The contract refuses: the fee is too low." },
  feeTooHigh: { field: "fee", says: "The contract refuses: the fee is too high." },
  loanDiscountTooHigh: { field: "loanDiscount", says: "The contract refuses: the loan discount is too high." },
  loanDiscountIsWhole: { field: "loanDiscount", says: "The loan discount must be below 100 %." },
  loanDiscountMustBeAbove: { field: "loanDiscount", says: "The loan discount must be above the liquidation discount." },
  loanDiscountNotAbove: { field: "loanDiscount", says: "The loan discount must be above the liquidation discount." },
  liquidationDiscountTooLow: { field: "liquidationDiscount", says: "The contract refuses: the liquidation discount is too low." },
  noLiquidationDiscount: { field: "liquidationDiscount", says: "The liquidation discount must be above 0." },
  borrowCapExceeded: { field: "debt", says: "The contract refuses: more than the market may lend." },
  availableBalanceExceeded: { field: "debt", says: "The contract refuses: more than the market has to lend." },
  exceedsDebtCeiling: { field: "debt", says: "The contract refuses: more than the market may lend." },
  depositBelowCurrentBand: { field: "debt", says: "The contract refuses: these bands lie above the one in which the AMM trades." },
};

export type Ask = <T>(call: () => T) => T | undefined;

/** What no field can be blamed for is added to `trouble`. */
export function asking({ errors }: Readings, trouble: string[]): Ask {
  return (call) => {
    try {
      return call();
    } catch (thrown) {
      if (!(thrown instanceof LlamathError)) throw thrown;
      const refusal = (thrown.code === "revert" ? REFUSAL[thrown.field ?? ""] : undefined) ?? named(thrown);
      if (refusal === undefined) trouble.push(thrown.message);
      else if (!errors.has(refusal.field)) errors.set(refusal.field, refusal.says);
      return undefined;
    }
  };
}

function named({ field, message }: LlamathError): { field: FieldName; says: string } | undefined {
  const name = field === "price" ? "oraclePrice" : field;
  if (name === undefined || !(name in FIELDS)) return undefined;
  const { label, kind } = FIELDS[name as FieldName];
  const said = message.replace(field ?? "", label).replace(/; received .*$/, ".").replace(/\.$/, kind === "percent" ? " (18 decimals: 1 is 10^18)." : ".");
  return { field: name as FieldName, says: said };
}
