// The texts of the form as the worker takes them, each beside what is wrong with it.

import type { Statistic } from "llamath/risk";
import { type FieldReading, readField } from "../units";
import { AXES, axesOf, FIELDS, type FieldName, type Form, LISTS, type ListName, OF_AXIS } from "./form";
import type { Axis, Judging, Refusal, Setup } from "./protocol";

export interface Readings {
  of: (name: FieldName) => FieldReading | undefined;
  errors: Map<keyof Form, string>;
  /** Absent where a field has no value. */
  setup: Setup | undefined;
  judging: Judging | undefined;
  /** Settings to simulate. */
  count: number;
}

/** One of the page's own limits: more would only take long. */
const MOST_VALUES = 60;
const MOST_RANDOM_RUNS = 20;
const MOST_RANDOM_WINDOWS = 1_000_000;

export function read(form: Form, processors: number): Readings {
  const errors: Readings["errors"] = new Map();
  const readings = new Map<FieldName, FieldReading>();
  for (const name of Object.keys(FIELDS) as FieldName[]) {
    const reading = readField(form[name], FIELDS[name].kind);
    readings.set(name, reading);
    if (reading.kind === "refused") errors.set(name, reading.says);
    if (reading.kind === "ask") errors.set(name, `“${form[name].trim()}” can mean two numbers. Which one?`);
  }
  const number = (name: FieldName): number => {
    const reading = readings.get(name);
    if (reading?.kind === "empty" && !errors.has(name)) errors.set(name, "The simulation needs this value.");
    return reading?.kind === "value" ? reading.value : NaN;
  };
  const whole = (name: FieldName, least: number, most: number): number => {
    const value = number(name);
    if (!errors.has(name) && !(Number.isInteger(value) && value >= least && value <= most)) {
      errors.set(name, `This is a whole number from ${least} to ${most.toLocaleString("en")}.`);
    }
    return value;
  };
  const list = (name: ListName): number[] => {
    const read = readList(form[name], name);
    if (typeof read === "string") errors.set(name, read);
    return typeof read === "string" ? [] : read;
  };
  const { scanned } = form;
  const axes = axesOf(scanned);
  const values = Object.fromEntries(AXES.map((axis) => [axis, axes.includes(axis) ? list(OF_AXIS[axis].list) : []])) as Record<Axis, number[]>;
  // What is scanned needs no value of its own.
  const own = (axis: Axis) => (axes.includes(axis) ? values[axis][0] ?? NaN : number(OF_AXIS[axis].own));
  const isEmpty = (name: FieldName) => readings.get(name)?.kind === "empty";
  const setup: Setup = {
    settings: {
      A: own("A"), bands: own("bands"), fee: own("fee"), feeModel: form.feeModel, externalFee: number("externalFee"), trading: form.trading,
      positionShift: number("positionShift"),
      // Without a value these are as the fee model's simulator has them.
      ...(!axes.includes("dynamicFee") && isEmpty("dynamicFeeMultiplier") ? {} : { dynamicFeeMultiplier: own("dynamicFee") }),
      ...(form.feeModel === "v2" || isEmpty("poFeeDelay") ? {} : { poFeeDelay: whole("poFeeDelay", 1, 1_000_000) }),
    },
    scanned, values,
    averaging: { by: form.averaging, secs: own("time") },
    days: number("days"),
    isReversed: form.direction === "both",
    counted: form.counted === "time" ? { by: "time", longestGapSecs: number("longestGapSecs") } : { by: "rows" },
    workers: readings.get("workers")?.kind === "empty" ? processors : whole("workers", 1, 64),
    random: { windows: whole("randomWindows", 0, MOST_RANDOM_WINDOWS), seeds: whole("randomSeeds", 0, MOST_RANDOM_RUNS) },
  };
  const levels: Record<string, number> = { es99: 0.99, es9975: 0.9975, es9999: 0.9999 };
  const level = levels[form.statistic];
  const statistic: Statistic = level !== undefined ? { of: "shortfall", level }
    : form.statistic === "mean" ? { of: "mean" } : { of: "worst", count: whole("worst", 1, 1_000_000) };
  const judging = { statistic, difference: number("difference"), margin: number("margin") };
  for (const name of hidden(form)) errors.delete(name);
  const isComplete = errors.size === 0;
  const count = axes.reduce((product, axis) => product * values[axis].length, 1);
  return { of: (name) => readings.get(name), errors, setup: isComplete ? setup : undefined, judging: isComplete ? judging : undefined, count };
}

/** Fields that are not on the page with these choices. */
export function hidden({ scanned, counted, statistic, feeModel }: Form): (keyof Form)[] {
  const axes = axesOf(scanned);
  return [
    ...AXES.map((axis) => (axes.includes(axis) ? OF_AXIS[axis].own : OF_AXIS[axis].list)),
    ...(feeModel === "v1" ? [] : ["poFeeDelay"] as const),
    ...(counted === "time" ? [] : ["longestGapSecs"] as const),
    ...(statistic === "worst" ? [] : ["worst"] as const),
  ];
}

/** Rising, each once; a sentence where it cannot be read. */
function readList(text: string, name: ListName): number[] | string {
  const { kind } = LISTS[name];
  const pieces = text.split(/[\s;,]+/).filter((piece) => piece !== "");
  if (pieces.length === 0) return "Type at least one value; a space stands between two.";
  if (pieces.length > MOST_VALUES) return `These are ${pieces.length} values; at most ${MOST_VALUES} are simulated.`;
  const values: number[] = [];
  for (const [at, piece] of pieces.entries()) {
    const reading = readField(piece, kind);
    if (reading.kind === "refused") return `Value ${at + 1}: ${reading.says}`;
    if (reading.kind === "value") values.push(reading.value);
  }
  return [...new Set(values)].sort((a, b) => a - b);
}

/** What the package names, where it stands on the page, and how a person would say it. */
const MEANT: Record<string, { name: keyof Form; says?: string }> = {
  A: { name: "A", says: "A is a whole number from 2 to 10,000." },
  bands: { name: "bands", says: "A position has 1 to 50 bands." },
  fee: { name: "fee", says: "A fee is at least 0% and below 100%." },
  externalFee: { name: "externalFee", says: "This fee is at least 0% and below 100%." },
  dynamicFeeMultiplier: { name: "dynamicFeeMultiplier", says: "The multiplier is at least 0; without a value it is 0 for version 1, and 0.25 for version 2." },
  poFeeDelay: { name: "poFeeDelay" },
  positionShift: { name: "positionShift", says: "The start is less than 100% below the price." },
  halfLifeSecs: { name: "averagingSecs", says: "The averaging time must be above 0." },
  emaTimeSecs: { name: "averagingSecs", says: "The averaging time must be above 0." },
  durationSecs: { name: "days", says: "A window must last longer than 0 days." },
  size: { name: "days", says: "A window must have at least one row, and not more than the series." },
  length: { name: "days", says: "A window must have at least one row, and not more than the series." },
  candles: { name: "days", says: "No stretch of these candles without a longer gap is as long as one window. Shorten the window, allow longer gaps, or open more candles." },
  longestGapSecs: { name: "longestGapSecs", says: "The longest gap must be above 0." },
  workers: { name: "workers" },
  count: { name: "randomWindows" },
  difference: { name: "difference", says: "This is at least 0." },
  margin: { name: "margin", says: "The margin must be above 0, and below 100% together with the loss." },
  kept: { name: "statistic", says: "The last run kept too few of its windows for this figure. Run again." },
  statistic: { name: "statistic", says: "The last run kept too few of its windows for this figure. Run again." },
};

/** What the package calls what is scanned. */
const SCANNED_FIELDS: Record<string, Axis> = { A: "A", fee: "fee", bands: "bands", dynamicFeeMultiplier: "dynamicFee", halfLifeSecs: "time", emaTimeSecs: "time" };

/** A refusal as a sentence beside a field; undefined where no field is to blame. */
export function meant({ field = "", message, index }: Refusal, { scanned }: Form): { name: keyof Form; says: string } | undefined {
  const found = MEANT[field];
  if (found === undefined) return undefined;
  const { name, says = message } = found;
  const axis = SCANNED_FIELDS[field];
  if (axis === undefined || !axesOf(scanned).includes(axis)) return { name, says };
  return { name: OF_AXIS[axis].list, says: `${index === undefined ? "" : `Value ${index + 1}: `}${says}` };
}
