// Numbers for reading. The full value stays one hover, focus or copy away (figure.tsx).

export type Style = "percent" | "usd" | "tokens" | "plain" | "factor" | "measured";

type Options = Intl.NumberFormatOptions;
const precise = { roundingPriority: "morePrecision" } as const;

const ROUNDED: Record<Style, Options> = {
  percent: { style: "percent", maximumSignificantDigits: 4, maximumFractionDigits: 1, ...precise },
  usd: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  tokens: { maximumSignificantDigits: 6, maximumFractionDigits: 0, ...precise },
  plain: { maximumSignificantDigits: 7, maximumFractionDigits: 0, ...precise },
  factor: { maximumSignificantDigits: 4 },
  measured: { maximumSignificantDigits: 4, maximumFractionDigits: 0, ...precise },
};

const rounded = Object.fromEntries(
  Object.entries(ROUNDED).map(([style, options]) => [style, new Intl.NumberFormat("en", options)]),
) as Record<Style, Intl.NumberFormat>;
const full = {
  percent: new Intl.NumberFormat("en", { style: "percent", maximumSignificantDigits: 17 }),
  number: new Intl.NumberFormat("en", { maximumSignificantDigits: 17 }),
};
const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export function format(value: number, style: Style): string {
  if (outside(value, style)) return withMinus(scientific(value, style, 4));
  const belowCents = style === "usd" && value !== 0 && Math.abs(value) < 0.1;
  return withMinus(rounded[belowCents ? "factor" : style].format(value));
}

/** A minus sign as wide as a plus; what is copied keeps the hyphen that machines read. */
export const withMinus = (text: string): string => text.replace("-", "−");

/** Both ends of an interval, with as many digits as it takes to tell them apart. */
export function formatInterval(low: number, high: number): string {
  for (let digits = 4; digits < 17; digits += 1) {
    const ends = new Intl.NumberFormat("en", { maximumSignificantDigits: digits });
    if (ends.format(low) !== ends.format(high)) return `${ends.format(low)} to ${ends.format(high)}`;
  }
  return `${low} to ${high}`;
}

/** Every digit of the value, grouped. */
export function formatFull(value: number, style: Style): string {
  if (outside(value, style)) return scientific(value, style, 17);
  return full[style === "percent" ? "percent" : "number"].format(value);
}

/** Whole numbers of any length, in groups of three. */
export function formatInteger(value: bigint): string {
  return value.toLocaleString("en");
}

/** A plain decimal text as typed, grouped, with every digit kept. */
export function formatText(plain: string): string {
  const [whole = "", fraction] = plain.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
}

const SPAN_UNITS = [[86_400, "day"], [3_600, "hour"], [60, "minute"], [1, "second"]] as const;

/** A length of time in its two largest units. */
export function formatSpan(seconds: number): string {
  let rest = Math.round(seconds);
  const said: string[] = [];
  for (const [size, name] of SPAN_UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && said.length < 2) said.push(`${format(count, "plain")} ${name}${count === 1 ? "" : "s"}`);
  }
  return said.join(" ") || "less than a second";
}

/** Too long to be read digit by digit. */
function outside(value: number, style: Style): boolean {
  const size = Math.abs(value);
  return size >= (style === "percent" ? 1e7 : 1e12) || (size > 0 && size < 1e-9);
}

function scientific(value: number, style: Style, digits: number): string {
  const options: Options = { notation: "scientific", maximumSignificantDigits: digits };
  if (style === "percent") options.style = "percent";
  const [mantissa = "", exponent = ""] = new Intl.NumberFormat("en", options).format(value).split("E");
  const power = exponent.replace("%", "").replace("-", "⁻").replace(/\d/g, (digit) => POWERS[Number(digit)] ?? "");
  return `${mantissa} × 10${power}${exponent.endsWith("%") ? "%" : ""}`;
}
