// From texts to named values: which fields the form shows, what each says, what is wrong beside it.

import { readField, type FieldReading } from "../units";
import { CHOICES, FIELDS, type FieldName, type Form } from "./form";

export type Errors = Map<FieldName, string>;

const STAKED_FIELDS: Record<Form["stakedFrom"], readonly FieldName[]> = {
  usd: ["stakedUsd"],
  tokens: ["stakedTokens", "stakedPriceUsd"],
  lp: ["reserve0", "decimals0", "price0Usd", "reserve1", "decimals1", "price1Usd", "lpSupply", "lpStaked"],
};

/** The fields without which there is no APR. */
function neededFields(form: Form): readonly FieldName[] {
  const time: FieldName[] = form.emissionPer === "block" ? ["blockSecs"] : [];
  return ["allocPoint", "totalAllocPoint", "emission", ...time, "tokenPriceUsd", ...STAKED_FIELDS[form.stakedFrom], "yearSecs"];
}

/** Fields of the ways not chosen: kept as typed, not read. */
function isIdle(name: FieldName, form: Form): boolean {
  if (name === "blockSecs") return form.emissionPer !== "block";
  return Object.entries(STAKED_FIELDS).some(([way, fields]) => way !== form.stakedFrom && fields.includes(name));
}

export class Readings {
  readonly errors: Errors = new Map();
  readonly #of = new Map<FieldName, FieldReading>();

  constructor(form: Form) {
    for (const name of Object.keys(FIELDS) as FieldName[]) {
      if (isIdle(name, form)) continue;
      const reading = readField(form[name], FIELDS[name].kind);
      this.#of.set(name, reading);
      if (reading.kind === "refused") this.errors.set(name, reading.says);
      if (reading.kind === "ask") this.errors.set(name, `“${form[name].trim()}” can mean two numbers. Which one?`);
    }
    this.#checkPer(form);
    for (const name of neededFields(form)) {
      if (this.#of.get(name)?.kind === "empty") this.errors.set(name, "The APR needs this value.");
    }
  }

  of(name: FieldName): FieldReading | undefined {
    return this.#of.get(name);
  }

  value(name: FieldName): number | undefined {
    const reading = this.#of.get(name);
    return reading?.kind === "value" && !this.errors.has(name) ? reading.value : undefined;
  }

  /** The values of several fields, or nothing if one is lacking. */
  values<N extends FieldName>(...names: readonly N[]): Record<N, number> | undefined {
    const found = names.map((name) => [name, this.value(name)] as const);
    if (found.some(([, value]) => value === undefined)) return undefined;
    return Object.fromEntries(found) as Record<N, number>;
  }

  /** The plain decimal text in the field's unit. */
  text(name: FieldName): string | undefined {
    const reading = this.#of.get(name);
    return reading?.kind === "value" && !this.errors.has(name) ? reading.shown : undefined;
  }

  /** "0.5 LAMA/block" in a field that is set to "per second" would be off by the block time. */
  #checkPer(form: Form): void {
    const reading = this.#of.get("emission");
    const written = reading?.kind === "value" ? /\/ ?(b|s)/i.exec(reading.unit)?.[1]?.toLowerCase() : undefined;
    if (written === undefined || form.emissionPer.startsWith(written)) return;
    this.errors.set("emission", `This is written per ${written === "b" ? "block" : "second"}, but the choice beside it says “${CHOICES.emissionPer[form.emissionPer]}”.`);
  }
}
