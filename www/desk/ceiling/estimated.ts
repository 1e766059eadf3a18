// Debt ceilings from files with liquidity, by every reading of the average.

import { ceiling, type LiquidityRows, market, type Quality } from "llamath/risk/web";
import type { CeilingAsked, CeilingFound, Doing, LiquidityQuality } from "../jobs";
import { type Opened, open, Refused, saidOfFile, saidOfSettings } from "../refused";
import { rowsIn, Steps } from "../steps";

const SETTINGS = {
  days: "days", value: "days", share: "share", digits: "digits", minPeriods: "warmUp", maxCarryDays: "carryDays", priceUsd: "priceUsd",
};

export async function estimated(asked: CeilingAsked, tell: (doing: Doing) => void): Promise<CeilingFound> {
  const { days, share, digits, warmUp, carryDays, priceUsd } = asked;
  const guessed = asked.files.reduce((sum, file) => sum + rowsIn(file), 0);
  const steps = new Steps(tell, { read: 0.0015 * guessed, average: 0.0006 * guessed, hash: 0.00005 * guessed });
  steps.next("read", "Reading the files");
  const files = await Promise.all(asked.files.map((file, index) => open(`file:${index}`, file)));
  const { names, poolFiles, rows, starts } = joined(files);
  steps.next("average", "Computing every average");
  const quality = ceiling.quality({ rows });
  const daily = saidOfSettings(SETTINGS, () => daysOf(rows, carryDays, quality, files, starts));
  const conventions = saidOfSettings(SETTINGS, () =>
    ceiling.conventions({ days, minPeriods: warmUp }).map(({ ema }) =>
      ceiling.estimate({ times: daily.times, liquidity: daily.totals, ema, share, digits, ...(priceUsd === undefined ? {} : { priceUsd }) })));
  const chosen = conventions[asked.convention];
  if (chosen === undefined) throw new Refused("convention", `There are ${conventions.length} averages; choose one of them.`);
  const unit = priceUsd === undefined ? "in USD" : `in tokens at ${priceUsd} USD`;
  const options = `${chosen.convention}; share ${share} of the least; ${unit}; carried ${carryDays} days at most`;
  steps.next("hash", "Hashing the files");
  const qualities = files.map(({ name }, index) => qualityOf(name, quality, { from: starts[index] ?? 0, to: starts[index + 1] ?? rows.times.length }, (pool) => poolFiles[pool] === index));
  const sources = files.map(({ name, bytes }, index) => {
    const times = rows.times.slice(starts[index], starts[index + 1]).sort();
    const { doubled, missingDays, outliers } = qualities[index] ?? {};
    return market.provenance({
      role: "liquidity", file: name, bytes, rows: times.length, fromSecs: times[0] ?? NaN, toSecs: times.at(-1) ?? NaN, options,
      quality: `${doubled} rows doubled, ${missingDays} days missing, ${outliers} outliers`,
    });
  });
  return { conventions, chosen, quality, files: qualities, names, daily, sources };
}

/** What there is to say of a file: of its own rows and pools. */
function qualityOf(file: string, { invalid, duplicates, disorder, gaps, outliers }: Quality, { from, to }: { from: number; to: number }, isPoolOwn: (pool: number) => boolean): LiquidityQuality {
  const own = (list: Float64Array) => list.filter((row) => row >= from && row < to).length;
  return {
    file, rows: to - from, invalid: own(invalid), doubled: own(duplicates), disordered: own(disorder),
    missingDays: gaps.filter(({ pool }) => isPoolOwn(pool)).reduce((sum, { days }) => sum + days, 0),
    outliers: outliers.filter(({ pool }) => isPoolOwn(pool)).length,
  };
}

/** The rows of all files one after the other, and where each of them starts. */
function joined(files: readonly Opened[]): { names: string[]; poolFiles: number[]; rows: LiquidityRows; starts: number[] } {
  const names: string[] = [];
  const poolFiles: number[] = [];
  const starts: number[] = [];
  const rows = { pools: [] as number[], times: [] as number[], values: [] as number[] };
  for (const [index, file] of files.entries()) {
    const read = saidOfFile(file, () => ceiling.readLiquidity({ text: file.text }));
    starts.push(rows.times.length);
    // A pool of one file is none of another.
    for (const pool of read.rows.pools) rows.pools.push(pool + names.length);
    for (const time of read.rows.times) rows.times.push(time);
    for (const value of read.rows.values) rows.values.push(value);
    poolFiles.push(...read.names.map(() => index));
    names.push(...read.names.map((name) => (files.length === 1 && name !== "" ? name : `${file.name}${name && `: ${name}`}`)));
  }
  return { names, poolFiles, rows: { pools: Float64Array.from(rows.pools), times: Float64Array.from(rows.times), values: Float64Array.from(rows.values) }, starts };
}

/** The days of all pools; what is wrong with a row is said of its file. */
function daysOf(rows: LiquidityRows, maxCarryDays: number, quality: Quality, files: readonly Opened[], starts: readonly number[]) {
  const wrong = [...quality.invalid, ...quality.disorder];
  const first = wrong.reduce((least, row) => Math.min(least, row), Infinity);
  const at = starts.findLastIndex((start) => start <= first);
  const file = files[wrong.length === 0 ? -1 : at];
  const call = () => ceiling.dailyLiquidity({ rows, maxCarryDays });
  return file === undefined ? call() : saidOfFile(file, call, starts[at]);
}
