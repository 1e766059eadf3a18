// The bytes of a file as candles. Only this function knows how the package takes them.

import type { CandleQuality, CandleReading, Candles } from "llamath/risk";
import { sim } from "llamath/risk/sweep";

/** What the package takes at a time. */
const LONGEST_PIECE = 65_536;

export function readCandles(bytes: Uint8Array): CandleReading {
  const text = new TextDecoder().decode(bytes).trim();
  if (text.length <= LONGEST_PIECE) return sim.readCandles({ text });
  if (!text.startsWith("[")) return inPieces(text.split("\n"));
  const { candles, quality } = inPieces(linesOfJson(text));
  return { candles, quality: { ...quality, format: "json" } };
}

/** Rows of a JSON list as lines of CSV. */
function linesOfJson(text: string): string[] {
  return text.slice(1, text.endsWith("]") ? -1 : undefined).split("]").map((row) => row.replace(/^[\s,[]+/, "")).filter((row) => row !== "");
}

/** Whole lines at a time; each piece begins with the last candle before it, so that order, units and gaps are seen across its edge. */
function inPieces(lines: readonly string[]): CandleReading {
  const [first = ""] = lines;
  const header = /\d/.test(first.split(/[,;\t]/)[0] ?? "") ? undefined : first;
  const columns: Candles[] = [];
  let quality: CandleQuality | undefined;
  let last: string | undefined;
  for (let from = 0, kept = 0; from < lines.length;) {
    const before = [...(header !== undefined && from > 0 ? [header] : []), ...(last === undefined ? [] : [last])];
    const to = endOfPiece(lines, from, before.join("\n").length);
    const piece = [...before, ...lines.slice(from, to)];
    const read = sim.readCandles({ text: piece.join("\n") });
    const ofPiece = moved(read.quality, from - before.length, last === undefined ? 0 : 1, kept);
    quality = quality === undefined ? ofPiece : together(quality, ofPiece);
    columns.push(last === undefined ? read.candles : withoutFirst(read.candles));
    kept += columns.at(-1)?.timeSecs.length ?? 0;
    const leftOut = new Set(read.quality.leftOut.map(({ row }) => row - 1));
    last = piece.findLast((line, at) => line.trim() !== "" && !leftOut.has(at));
    from = to;
  }
  // A text has at least one line, and a line without a candle was refused.
  if (quality === undefined) throw new Error("There is no row.");
  return { candles: joined(columns), quality };
}

function endOfPiece(lines: readonly string[], from: number, used: number): number {
  let length = used;
  let to = from;
  while (to < lines.length && (length += (lines[to]?.length ?? 0) + 1) <= LONGEST_PIECE) to += 1;
  // One line that is longer than all that the package takes is for it to refuse.
  return Math.max(to, from + 1);
}

/** The rows and indices of a piece as those of the whole text, without the candle that was there before. */
function moved(quality: CandleQuality, rows: number, repeated: number, kept: number): CandleQuality {
  return {
    ...quality,
    rows: quality.rows - repeated,
    leftOut: quality.leftOut.map((one) => ({ ...one, row: one.row + rows })),
    duplicates: quality.duplicates.map((row) => row + rows),
    gaps: quality.gaps.map((gap) => ({ ...gap, index: gap.index - repeated + kept })),
    outliers: quality.outliers.map((one) => ({ ...one, index: one.index - repeated + kept })).filter(({ index }) => index >= kept),
  };
}

function together(a: CandleQuality, b: CandleQuality): CandleQuality {
  return {
    ...a,
    rows: a.rows + b.rows,
    lastSecs: b.lastSecs,
    gaps: [...a.gaps, ...b.gaps],
    leftOut: [...a.leftOut, ...b.leftOut],
    duplicates: [...a.duplicates, ...b.duplicates],
    outliers: [...a.outliers, ...b.outliers],
  };
}

const NAMES = ["timeSecs", "open", "high", "low", "close"] as const;

function ofEach(column: (name: (typeof NAMES)[number]) => Float64Array): Candles {
  const [timeSecs, open, high, low, close] = NAMES.map(column) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  return { timeSecs, open, high, low, close };
}

const withoutFirst = (candles: Candles) => ofEach((name) => candles[name].subarray(1));

function joined(pieces: readonly Candles[]): Candles {
  const rows = pieces.reduce((sum, { timeSecs }) => sum + timeSecs.length, 0);
  return ofEach((name) => {
    const column = new Float64Array(rows);
    let at = 0;
    for (const piece of pieces) {
      column.set(piece[name], at);
      at += piece[name].length;
    }
    return column;
  });
}
