// Reads the numbers that people paste. A text that can mean two numbers is never
// decided here: both meanings are handed back, and the page asks.

type Understood =
  | { kind: "empty" }
  /** `text` is plain: digits, at most one point, every typed digit kept. */
  | { kind: "number"; text: string; unit: string }
  | { kind: "ambiguous"; meanings: readonly [string, string] }
  | { kind: "unreadable"; says: string };

const SPACES = /[\s\u00a0\u2007\u2009\u202f]+/g;
const CURRENCY_IN_FRONT = /^([+-]?)(?:US)?\$ ?/;
const SHAPE = /^([+-]?)([\d.,](?:[\d.,_'’ ]*[\d.,])?)(?:[eE]([+-]?\d{1,4}))? ?(\D*)$/;
const GROUPED_BY = (mark: string) => new RegExp(`^\\d{1,3}(?:${mark}\\d{3})+$`);
const LARGEST_SHIFT = 400;

export function readNumber(typed: string): Understood {
  const tidy = typed.replace(SPACES, " ").trim().replace(/\u2212/g, "-");
  if (tidy === "") return { kind: "empty" };
  const [, sign = "", body = "", exponent = "0", unit = ""] =
    SHAPE.exec(tidy.replace(CURRENCY_IN_FRONT, "$1")) ?? [];
  if (body === "") {
    return unreadable(`“${typed.trim()}” is not a number. Type one such as 1,234.5 or 1e-9.`);
  }
  const marks = readMarks(body);
  if (marks === undefined) {
    return unreadable(`The commas, points and spaces of “${body}” do not group it in threes.`);
  }
  if (Math.abs(Number(exponent)) > LARGEST_SHIFT) {
    return unreadable(`The exponent ${exponent} is beyond ${LARGEST_SHIFT}.`);
  }
  const [first, second] = marks.map((plain) => (sign === "-" ? "-" : "") + shift(plain, Number(exponent)));
  if (first === undefined) return unreadable(`“${typed.trim()}” has no digits.`);
  if (second !== undefined) return { kind: "ambiguous", meanings: [first + unit, second + unit] };
  return { kind: "number", text: first, unit: unit.trim() };
}

/** Moves the decimal point of a plain number; no digit is lost. */
export function shift(plain: string, places: number): string {
  const sign = plain.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = plain.slice(sign.length).split(".");
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const cut = Math.max(point, 1);
  const head = padded.slice(0, cut).replace(/^0+(?=\d)/, "");
  const tail = padded.slice(cut);
  return sign + head + (tail === "" ? "" : `.${tail}`);
}

/** The plain numbers that the marks between the digits allow: one, two, or none. */
function readMarks(body: string): string[] | undefined {
  const spaced = /[ _'’]/.exec(body)?.[0];
  if (spaced !== undefined) {
    const [whole = "", fraction, ...rest] = body.split(/[.,]/);
    if (rest.length > 0 || !GROUPED_BY(spaced).test(whole) || /\D/.test(fraction ?? "")) return undefined;
    return [join(whole.replaceAll(spaced, ""), fraction)];
  }
  const commas = body.split(",").length - 1;
  const points = body.split(".").length - 1;
  if (commas > 0 && points > 0) {
    const decimal = body.lastIndexOf(",") > body.lastIndexOf(".") ? "," : ".";
    const [whole = "", fraction, ...rest] = body.split(decimal);
    const group = decimal === "," ? "\\." : ",";
    if (rest.length > 0 || !GROUPED_BY(group).test(whole)) return undefined;
    return [join(whole.replace(/\D/g, ""), fraction)];
  }
  if (points > 1) return GROUPED_BY("\\.").test(body) ? [body.replaceAll(".", "")] : undefined;
  if (commas > 1) return GROUPED_BY(",").test(body) ? [body.replaceAll(",", "")] : undefined;
  const [whole = "", fraction] = body.split(/[.,]/);
  if (whole === "" && (fraction ?? "") === "") return undefined;
  // One comma before three digits is a thousand to some and a fraction to others.
  // A point is always the decimal point, as everywhere on the page.
  if (commas === 1 && /^[1-9]\d{0,2}$/.test(whole) && fraction?.length === 3) {
    return [whole + fraction, join(whole, fraction)];
  }
  return [join(whole, fraction)];
}

function join(whole: string, fraction: string | undefined): string {
  const head = whole.replace(/^0+(?=\d)/, "") || "0";
  return fraction === undefined || fraction === "" ? head : `${head}.${fraction}`;
}

function unreadable(says: string): Understood {
  return { kind: "unreadable", says };
}
