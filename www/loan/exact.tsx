// An exact integer of a contract for reading; the integer itself stays one hover, focus or copy away.

import { format, formatInteger, type Style } from "../format";
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
  return (
    <data class="figure" value={`${raw}`} data-full={full(raw, decimals)} data-walk tabIndex={tabStop ? 0 : -1}>
      {format(approximate(raw, decimals), as)}{unit && ` ${unit}`}
    </data>
  );
}

/** For reading and drawing alone. */
export function approximate(raw: bigint, decimals = 18): number {
  return Number(text(raw, decimals));
}

/** Every digit, as a decimal. */
export function text(raw: bigint, decimals = 18): string {
  return raw < 0n ? `-${decimal.fromRaw({ raw: -raw, decimals })}` : decimal.fromRaw({ raw, decimals });
}

function full(raw: bigint, decimals: number): string {
  return decimals === 0 ? formatInteger(raw) : `${formatInteger(raw)} · 10⁻${[...`${decimals}`].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}
