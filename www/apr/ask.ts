// A question to the package. What it refuses becomes a sentence beside the field that it names.

import { LlamathError } from "../engine";
import { FIELDS, type FieldName } from "./form";
import type { Readings } from "./read";

/** What the package calls a field, where the form has another word for it. */
const FORM_NAME: Record<string, FieldName> = {
  emissionSecs: "blockSecs", reserve0Raw: "reserve0", reserve1Raw: "reserve1", totalSupplyRaw: "lpSupply",
  stakedRaw: "lpStaked", priceRatio: "ilPriceRatio", weight: "ilWeight", lower: "ilLower", upper: "ilUpper",
  perBlockRaw: "emission", blocks: "rewardBlocks", "theirs.allocPoint": "theirAllocPoint",
  "theirs.totalAllocPoint": "theirTotalAllocPoint", "theirs.emission": "theirEmission",
  "theirs.emissionSecs": "theirEmissionSecs", "theirs.tokenPriceUsd": "theirTokenPriceUsd",
  "theirs.stakedUsd": "theirStakedUsd", "theirs.yearSecs": "theirYearSecs",
};

type Names = Partial<Record<string, FieldName>>;

/** The answer, or nothing where it was refused. `names` goes before the usual names of fields. */
export type Ask = <T>(call: () => T, names?: Names) => T | undefined;

/** What no field can be blamed for is added to `trouble`. */
export function asking(readings: Readings, trouble: string[]): Ask {
  return (call, names = {}) => {
    try {
      return call();
    } catch (thrown) {
      if (!(thrown instanceof LlamathError)) throw thrown;
      const named = thrown.field ?? "";
      const field = names[named] ?? FORM_NAME[named] ?? (named in FIELDS ? (named as FieldName) : undefined);
      if (field === undefined || readings.of(field) === undefined) {
        if (!trouble.includes(thrown.message)) trouble.push(thrown.message);
      } else if (!readings.errors.has(field)) readings.errors.set(field, sentence(thrown.message, named, field));
      return undefined;
    }
  };
}

/** The package's sentence in the form's words. */
function sentence(message: string, named: string, field: FieldName): string {
  const { label, kind } = FIELDS[field];
  const inPercent = kind === "percent" ? " (1 is 100 %)" : "";
  const said = message.replace(named, label).replaceAll("totalAllocPoint", "the points of all pools")
    .replaceAll("totalSupplyRaw", "the LP tokens in existence");
  return said.replace(/; received .*$/, ".").replace(/\.$/, `${inPercent}.`);
}
