// The inputs of "Simulator": every text as typed, every choice made.

import type { FeeModel, Trading } from "llamath/risk";
import type { Term } from "../glossary";
import type { Kind } from "../units";
import type { Axis, Scanned } from "./protocol";

interface Field {
  label: string;
  kind: Kind;
  /** Where it is another than the kind's. */
  unit?: string;
  term?: Term;
}

export const FIELDS = {
  A: { label: "Amplification A", kind: "count", term: "amplification" },
  bands: { label: "Bands N", kind: "count", term: "simBands" },
  fee: { label: "Fee of a trade", kind: "percent", term: "ammFee" },
  externalFee: { label: "Fee elsewhere", kind: "percent", term: "externalFee" },
  averagingSecs: { label: "Averaging time", kind: "seconds", term: "averaging" },
  dynamicFeeMultiplier: { label: "Dynamic fee", kind: "times", term: "dynamicFee" },
  poFeeDelay: { label: "Memory of the fee", kind: "count", unit: "minutes", term: "feeMemory" },
  positionShift: { label: "Start below the price", kind: "percent", term: "positionShift" },
  days: { label: "Length", kind: "count", unit: "days", term: "simWindow" },
  longestGapSecs: { label: "Longest gap", kind: "seconds", term: "longestGap" },
  worst: { label: "Worst windows", kind: "count" },
  difference: { label: "As good within", kind: "percent", unit: "points", term: "flatPart" },
  margin: { label: "Loan margin", kind: "percent", unit: "points", term: "loanDiscount" },
  randomWindows: { label: "Random windows", kind: "count", term: "randomMethod" },
  randomSeeds: { label: "Runs", kind: "count" },
  workers: { label: "Workers", kind: "count", term: "workers" },
} satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

/** Lists of values to scan. */
export const LISTS = {
  valuesA: { label: "Values of A", kind: "count", scans: "A" },
  valuesFee: { label: "Fees", kind: "percent", scans: "fee" },
  valuesBands: { label: "Values of N", kind: "count", scans: "bands" },
  valuesTime: { label: "Averaging times", kind: "seconds", scans: "time" },
  valuesDynamicFee: { label: "Multipliers", kind: "times", scans: "dynamicFee" },
} as const satisfies Record<string, { label: string; kind: Kind; scans: Axis }>;

export type ListName = keyof typeof LISTS;

/** Where each axis has its values, and where its value is while another one is scanned. */
export const OF_AXIS = {
  A: { list: "valuesA", own: "A" }, fee: { list: "valuesFee", own: "fee" }, bands: { list: "valuesBands", own: "bands" },
  time: { list: "valuesTime", own: "averagingSecs" }, dynamicFee: { list: "valuesDynamicFee", own: "dynamicFeeMultiplier" },
} as const satisfies Record<Axis, { list: ListName; own: FieldName }>;

export const AXES = Object.keys(OF_AXIS) as Axis[];

/** The axes of a scan, that of the curve first. */
export const axesOf = (scanned: Scanned): readonly Axis[] => (scanned === "map" ? ["A", "fee"] : [scanned]);

export const SCANNED: Record<Scanned, string> = { A: "A", fee: "fee", bands: "N", time: "oracle time", dynamicFee: "dynamic fee", map: "A × fee" };
export const FEE_MODELS: Record<FeeModel, string> = { v1: "version 1", v2: "version 2" };
export const TRADINGS: Record<Trading, string> = { guarded: "only where it pays", parity: "as published" };
export const AVERAGINGS = { halfLife: "half-life, as published", emaTime: "as on chain" } as const;
export const DIRECTIONS = { forward: "as they are", both: "and backwards, as published" } as const;
export const COUNTED = { time: "by time", rows: "by rows, as published" } as const;
export const STATISTICS = {
  es99: "Worst 1% (expected shortfall 99%)",
  es9975: "Worst 0.25% (99.75%)",
  es9999: "Worst 0.01% (99.99%, as published)",
  worst: "A number of the worst windows",
  mean: "Mean of all windows (slower)",
} as const;

export type Form = Record<FieldName | ListName, string> & {
  scanned: Scanned;
  feeModel: FeeModel;
  trading: Trading;
  averaging: keyof typeof AVERAGINGS;
  counted: keyof typeof COUNTED;
  direction: keyof typeof DIRECTIONS;
  statistic: keyof typeof STATISTICS;
};

export const CHOICES = {
  scanned: SCANNED, feeModel: FEE_MODELS, trading: TRADINGS, averaging: AVERAGINGS, counted: COUNTED, direction: DIRECTIONS, statistic: STATISTICS,
} as const satisfies { [K in keyof Form]?: Readonly<Record<string, string>> };

/** As the published simulators are usually run, but guarded, and by time. */
export const BLANK: Form = {
  scanned: "A", valuesA: "20 40 60 80 100 120 140 160 200 250 300 400 500", valuesFee: "0.05 0.1 0.2 0.3 0.4 0.6 0.8 1 1.2 1.5 2",
  valuesBands: "4 5 6 8 10 12 15 20 25 30 40 50",
  valuesTime: "60 120 240 400 600 900 1200 1800 2400 3600", valuesDynamicFee: "0 0.1 0.25 0.5 0.75 1 1.5 2",
  dynamicFeeMultiplier: "", poFeeDelay: "", positionShift: "0",
  A: "100", bands: "4", fee: "0.6", externalFee: "0.05", feeModel: "v1", trading: "guarded",
  averaging: "halfLife", averagingSecs: "600", days: "0.15", counted: "time", direction: "forward", longestGapSecs: "300",
  statistic: "es9975", worst: "50", difference: "0.2", margin: "3",
  randomWindows: "20000", randomSeeds: "5", workers: "",
};

/** Of this machine, and of no link. */
export const OF_MACHINE = "workers" satisfies keyof Form;
