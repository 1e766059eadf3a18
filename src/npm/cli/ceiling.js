// `llamath ceiling`: a debt ceiling from files with liquidity, by every reading of its average.
import { number, saidOfFlags, whole } from "./flags.js";
import { open, saidOfFile } from "./files.js";
import { BadInput, day, print, printJson, short, table } from "./print.js";

export const ceilingTexts = ["days", "share", "digits", "warm-up", "carry-days", "price-usd", "convention"];

export const ceiling = {
  files: true,
  texts: ceilingTexts,
  switches: ["json"],
  async run(values, paths) {
    const found = await estimated(values, paths, "");
    return values.json ? printJson(found) : print(lines(found, values).join("\n"));
  },
};

const FLAGS = { minPeriods: "warm-up", maxCarryDays: "carry-days" };

/** All estimates from some files; `ceiling` is the one by the convention that is asked for. */
export async function estimated(values, paths, label) {
  const { ceiling, market, unzip } = await import("../risk.js");
  if (paths.length === 0) throw new BadInput("A file with liquidity is needed.");
  const files = await Promise.all(paths.map((path) => open(label, path, unzip)));
  const { names, poolFiles, rows, starts } = joined(files, ceiling);
  const fileOf = (row) => starts.findLastIndex((start) => start <= row);
  const days = number(values, "days", 7);
  const share = number(values, "share", 0.2);
  const digits = whole(values, "digits", 1);
  const maxCarryDays = whole(values, "carry-days", 0);
  const priceUsd = values["price-usd"] === undefined ? {} : { priceUsd: number(values, "price-usd") };

  const quality = ceiling.quality({ rows });
  const daily = daysOf({ rows, maxCarryDays, quality }, { ceiling, files, starts, fileOf });
  const conventions = saidOfFlags(values, () => {
    const averages = ceiling.conventions({ days, minPeriods: whole(values, "warm-up", 0) });
    return averages.map(({ ema }) => ceiling.estimate({ times: daily.times, liquidity: daily.totals, ema, share, digits, ...priceUsd }));
  }, FLAGS);
  const chosen = whole(values, "convention", 1);
  if (chosen < 1 || chosen > conventions.length) throw new BadInput(`--convention must be from 1 to ${conventions.length}; received ${JSON.stringify(values.convention)}.`);
  const options = `${conventions[chosen - 1].convention}; ${short(100 * share)} % of the least; carried ${maxCarryDays} days at most`;
  const sources = files.map(({ name, bytes }, index) => {
    const isOwn = (row) => fileOf(row) === index;
    const times = rows.times.subarray(starts[index], starts[index + 1]);
    return market.provenance({
      role: "liquidity", file: name, bytes, rows: times.length, options, quality: qualityOf(quality, isOwn, (pool) => poolFiles[pool] === index),
      fromSecs: times.reduce((a, b) => Math.min(a, b)), toSecs: times.reduce((a, b) => Math.max(a, b)),
    });
  });
  return { ceiling: conventions[chosen - 1], conventions, quality, names, daily, sources };
}

/** What there is to say of a file: of its own rows and pools. */
function qualityOf({ duplicates, gaps, outliers }, isOwn, isPoolOwn) {
  const missing = gaps.filter(({ pool }) => isPoolOwn(pool)).reduce((sum, { days }) => sum + days, 0);
  return `${duplicates.filter(isOwn).length} rows doubled, ${missing} days missing, ${outliers.filter(({ pool }) => isPoolOwn(pool)).length} outliers`;
}

/** The rows of all files one after the other, and where each of them starts. */
function joined(files, ceiling) {
  const read = files.map((file) => saidOfFile(file, () => ceiling.readLiquidity({ text: file.text })));
  const names = [];
  const poolFiles = [];
  const starts = [];
  const columns = { pools: [], times: [], values: [] };
  read.forEach(({ names: own, rows }, index) => {
    starts.push(columns.times.length);
    // A pool of one file is none of another.
    const pools = rows.pools.map((pool) => pool + names.length);
    names.push(...own.map((name) => (files.length === 1 && name ? name : `${files[index].name}${name && `: ${name}`}`)));
    poolFiles.push(...own.map(() => index));
    for (const [name, column] of Object.entries({ ...rows, pools })) for (const value of column) columns[name].push(value);
  });
  const rows = Object.fromEntries(Object.entries(columns).map(([name, list]) => [name, Float64Array.from(list)]));
  return { names, poolFiles, rows, starts };
}

/** The days of all pools; what is wrong with a row is said of its file. */
function daysOf({ rows, maxCarryDays, quality }, { ceiling, files, starts, fileOf }) {
  const wrong = [...quality.invalid, ...quality.disorder];
  const index = fileOf(wrong.length === 0 ? 0 : Math.min(...wrong));
  return saidOfFile(files[index], () => ceiling.dailyLiquidity({ rows, maxCarryDays }), starts[index]);
}

/** What people read: the data first, then every reading of the average. */
function lines({ ceiling, conventions, quality, names, daily, sources }) {
  const { times, totals } = daily;
  const count = (found, what) => `${found.length} ${what}`;
  const gapDays = quality.gaps.reduce((sum, { days }) => sum + days, 0);
  const unknown = totals.filter(Number.isNaN).length;
  const rows = conventions.map((found, index) => [
    index + 1, found.convention, short(found.minimum), found.minimumDate, short(found.ceilingUsd), short(found.roundedUsd),
  ]);
  return [
    `files      ${sources.map(({ file, rows }) => `${file} (${rows} rows)`).join(", ")}`,
    `pools      ${names.join(", ")}`,
    `days       ${day(times[0])} to ${day(times.at(-1))}, ${times.length}; ${unknown} of them without a total, ${daily.carried} figures carried forward`,
    `quality    ${[
      count(quality.invalid, "rows invalid"), count(quality.duplicates, "doubled"), count(quality.disorder, "out of order"),
      `${gapDays} days missing`, count(quality.outliers, "outliers"),
    ].join(", ")}`,
    ...quality.gaps.map(({ pool, fromSecs, days }) => `           missing: ${names[pool]}, ${days} days from ${day(fromSecs)}`),
    ...quality.outliers.map(({ pool, fromSecs, days, factor }) =>
      `           outlier: ${names[pool]}, × ${short(factor)} on ${day(fromSecs)}, back after ${days} days`),
    "",
    table([["", "average", "least", "on", "ceiling USD", "rounded"], ...rows], [1, 3]),
    "",
    `ceiling    ${short(ceiling.roundedUsd)} USD by ${ceiling.convention}`,
  ];
}
