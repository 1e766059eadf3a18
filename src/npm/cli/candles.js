// `llamath candles`: what is in files of candles, and what is wrong with them.
import { candlesOf, open } from "./files.js";
import { BadInput, day, minute, print, printJson, short } from "./print.js";

export const candles = {
  files: true,
  texts: [],
  switches: ["json"],
  async run(values, paths) {
    const { sim, unzip } = await import("../risk.js");
    if (paths.length === 0) throw new BadInput("A file with candles is needed.");
    const files = await Promise.all(paths.map((path) => open("", path, unzip)));
    const found = files.map((file) => ({ file: file.name, ...candlesOf(file, sim).quality }));
    return values.json ? printJson(found) : print(found.flatMap(report).join("\n"));
  },
};

const FEW = 10;

function report({ file, format, unit, rows, firstSecs, lastSecs, stepSecs, gaps, leftOut, duplicates, outliers }) {
  const some = (found, one, many, say) => [
    `  ${found.length === 0 ? "no" : found.length} ${found.length === 1 ? one : many}${found.length > FEW ? `, the first ${FEW}:` : ""}`,
    ...found.slice(0, FEW).map((entry) => `    ${say(entry)}`),
  ];
  return [
    `${file}: ${rows} rows (${format}, ${unit}), ${day(firstSecs)} to ${day(lastSecs)}, a candle every ${short(stepSecs)} s`,
    ...some(gaps, "gap", "gaps", (gap) => `after ${minute(gap.fromSecs)}: ${short(gap.lengthSecs)} s`),
    ...some(leftOut, "row left out", "rows left out", ({ row, reason }) => `row ${row}: ${reason}`),
    ...some(duplicates, "row at the time of the one before", "rows at the time of the one before", (row) => `row ${row}`),
    ...some(outliers, "outlier", "outliers", ({ index, ratio }) => `candle ${index}: ${short(ratio)} times its neighbours`),
  ];
}
