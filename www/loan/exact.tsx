// An exact integer of a contract for reading; the integer itself stays one hover, focus or copy away.

import { Figure } from "../figure";
import type { Style } from "../format";
import type { Exact as ExactCell } from "../table-text";
import { decimal } from "./llamma";

interface Props {
  raw: bigint;
  /** 18 unless it is an amount of a token. */
  decimals?: number;
  as: Style;
  /** What an amount or price is in. */
  unit?: string;
  tabStop?: boolean;
}

export function Exact({ raw, decimals = 18, as, unit, tabStop = true }: Props) {
  return <Figure value={approximate(raw, decimals)} as={as} exact={grouped(raw, decimals)} unit={unit} tabStop={tabStop} />;
}

/** For a table: read as a number, copied with every digit. */
export function exactCell(raw: bigint, decimals = 18): ExactCell {
  return { value: approximate(raw, decimals), digits: digits(raw, decimals), says: grouped(raw, decimals) };
}

/** For reading and drawing alone, where there are thousands of them. */
export function approximate(raw: bigint, decimals = 18): number {
  return Number(raw) / 10 ** decimals;
}

/** Every digit, as a decimal. */
export function digits(raw: bigint, decimals = 18): string {
  return raw < 0n ? `-${decimal.fromRaw({ raw: -raw, decimals })}` : decimal.fromRaw({ raw, decimals });
}

const inGroups = new Intl.NumberFormat("en");

/** The integer as the contract holds it. */
function grouped(raw: bigint, decimals: number): string {
  const power = [...`${decimals}`].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
  return decimals === 0 ? inGroups.format(raw) : `${inGroups.format(raw)} · 10⁻${power}`;
}
