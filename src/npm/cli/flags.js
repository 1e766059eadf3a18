// Flags: how they are read, and how a refusal names the one that is to blame.
import { LlamathError } from "../index.js";
import { BadInput, kebab } from "./print.js";

export function needed(values, flag, instead = "") {
  if (values[flag] === undefined) throw new BadInput(`--${flag} is missing${instead}.`);
  return values[flag];
}

export function refuseBeside(flag, others, values) {
  const other = others.find((name) => values[name] !== undefined);
  if (other !== undefined) throw new BadInput(`--${other} does not go with --${flag}.`);
}

/** A whole number; without the flag `otherwise`, if that is given. */
export function whole(values, flag, otherwise) {
  if (values[flag] === undefined && otherwise !== undefined) return otherwise;
  const text = needed(values, flag);
  if (!/^\d{1,9}$/.test(text)) refuse(values, flag, "a whole number such as 10");
  return Number(text);
}

/** A number; without the flag `otherwise`, if that is given. */
export function number(values, flag, otherwise) {
  if (values[flag] === undefined && otherwise !== undefined) return otherwise;
  const text = needed(values, flag);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) refuse(values, flag, "a number such as 0.45");
  return Number(text);
}

export function refuse(values, flag, allowed) {
  throw new BadInput(`--${flag} must be ${allowed}; received ${JSON.stringify(values[flag])}.`);
}

/** Which flag the contracts mean when they refuse, and what they allow. */
const REFUSALS = {
  wrongA: ["A", "from 2 to 10000"],
  fee: ["fee", "from 0.000000000001 to 0.1 and to 4/A"],
  feeTooLow: ["fee", "from 0.000000000001 to 0.1"],
  feeTooHigh: ["fee", "from 0.000000000001 to 0.1"],
  loanDiscountTooHigh: ["loan-discount", "at most 0.5"],
  loanDiscountIsWhole: ["loan-discount", "below 1"],
  loanDiscountMustBeAbove: ["loan-discount", "above --liquidation-discount"],
  loanDiscountNotAbove: ["loan-discount", "above --liquidation-discount"],
  liquidationDiscountTooLow: ["liquidation-discount", "at least 0.01"],
  noLiquidationDiscount: ["liquidation-discount", "above 0"],
  needMoreTicks: ["bands", "from 4 to 50"],
  needLessTicks: ["bands", "from 4 to 50"],
  amountTooLow: ["collateral", "enough for the debt and for each band"],
};

/**
 * Calls; a refusal of the package that a flag is to blame for is said of that flag. `names` are
 * flags by fields that are called otherwise, perhaps with what is allowed.
 */
export function saidOfFlags(values, call, names = {}) {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof LlamathError)) throw error;
    const field = error.field ?? "";
    const said = error.message.match(/^\S+(?: \(entry \d+\))? must be (.*?)(?:; received .*)?\.$/s)?.[1];
    const [flag, allowed = said] = [names[field] ?? REFUSALS[field] ?? kebab(field).replace(/^-a$/, "A")].flat();
    if (values[flag] === undefined || allowed === undefined) throw error;
    return refuse(values, flag, allowed);
  }
}
