// Entry "llamath/risk/sweep": the losses over all windows of long series, by a pool of workers.
//
// The windows are split, not the settings: those of a high A cost most. Each worker has its own
// part of the candles only, so memory is that of the series, however many workers there are.
import { LlamathError } from "./error.js";
import { sim } from "./risk.js";

/** Settings that one task computes: few enough to see progress, enough to share what they share. */
const SETTINGS_A_TASK = 4;
const MOST_WORKERS = 64;

export { sim } from "./risk.js";

export async function sweep(input, options = {}) {
  const { series, grid, kept, search = "pruned" } = input;
  const { workers = processors(), signal, onProgress } = options;
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS) {
    throw new LlamathError({
      code: "invalid", field: "workers", value: workers, message: `workers must be a whole number from 1 to ${MOST_WORKERS}; received ${workers}.`,
    });
  }
  for (const [field, list] of Object.entries({ series, grid })) {
    if (!Array.isArray(list) || list.length === 0) {
      throw new LlamathError({ code: "invalid", field, value: list, message: `${field} must be a list of at least one entry.` });
    }
  }
  signal?.throwIfAborted();
  const began = performance.now();
  // An average begins where its series does.
  const isAveraged = grid.some(({ halfLifeSecs, emaTimeSecs }) => halfLifeSecs !== undefined || emaTimeSecs !== undefined);
  const parts = split(series, workers, isAveraged);
  const groups = groupsOf(grid);
  const whole = sum(groups.map(({ weight }) => weight)) * sum(parts.map(({ weight }) => weight));
  const tails = grid.map(() => []);
  const sofar = () => tails.map((found) => (found.length === parts.length ? sim.mergeTails({ tails: found }) : undefined));
  let done = 0;
  const simulate = async (worker, part) => {
    worker.post({ part: part.data }, part.buffers);
    for (const group of groups) {
      const found = await worker.ask({ task: { grid: group.grid, kept, search } });
      found.forEach((tail, index) => tails[group.places[index]].push(tail));
      done += group.weight * part.weight;
      const secs = (performance.now() - began) / 1000;
      onProgress?.({ share: done / whole, secs, secsLeft: (secs * (whole - done)) / done, tails: sofar() });
    }
  };
  const crew = await Promise.all(parts.map(() => start()));
  const stopped = new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  try {
    await Promise.race([stopped, Promise.all(parts.map((part, index) => simulate(crew[index], part)))]);
  } finally {
    crew.forEach((worker) => worker.stop());
  }
  return sofar();
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const processors = () => Math.min(globalThis.navigator?.hardwareConcurrency ?? 4, MOST_WORKERS);

/** The settings a few at a time, those that cost most first, with their places in the grid. */
function groupsOf(grid) {
  const order = grid.map((settings, place) => ({ settings, place })).sort((a, b) => b.settings.A - a.settings.A);
  const groups = [];
  for (let first = 0; first < order.length; first += SETTINGS_A_TASK) {
    const some = order.slice(first, first + SETTINGS_A_TASK);
    groups.push({
      grid: some.map(({ settings }) => settings),
      places: some.map(({ place }) => place),
      weight: sum(some.map(({ settings }) => settings.A)),
    });
  }
  return groups;
}

/** The windows of all series in as many parts as there are workers; each has its own candles. */
function split(series, workers, isAveraged) {
  const all = sum(series.map(({ windows }) => windows.start.length));
  return series.flatMap(({ candles, oracle, windows }) => {
    const count = windows.start.length;
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    if (!isSorted(windows.start)) order.sort((a, b) => windows.start[a] - windows.start[b]);
    const pieces = Math.max(1, Math.min(count, Math.round((workers * count) / all)));
    return Array.from({ length: pieces }, (_, piece) => {
      const own = order.subarray(Math.floor((count * piece) / pieces), Math.floor((count * (piece + 1)) / pieces));
      return partOf(candles, oracle, windows, own, isAveraged);
    });
  });
}

const isSorted = (numbers) => numbers.every((number, index) => index === 0 || numbers[index - 1] <= number);

function partOf(candles, oracle, windows, own, isAveraged) {
  let [first, last] = [isAveraged ? 0 : Infinity, 0];
  for (const index of own) {
    first = Math.min(first, windows.start[index]);
    last = Math.max(last, windows.end[index]);
  }
  const rows = (column) => column.slice(first, last);
  const shifted = (column) => Float64Array.from(own, (index) => column[index] - first);
  const data = {
    candles: Object.fromEntries(Object.entries(candles).map(([name, column]) => [name, rows(column)])),
    oracle: rows(oracle),
    windows: { start: shifted(windows.start), end: shifted(windows.end) },
  };
  const buffers = [...Object.values(data.candles), data.oracle, data.windows.start, data.windows.end].map(({ buffer }) => buffer);
  return { data, buffers, weight: own.length };
}

/** A worker that answers one question at a time. */
async function start() {
  const worker = typeof Worker === "function"
    ? new Worker(new URL("./sweep-worker.js", import.meta.url), { type: "module" })
    : await nodeWorker();
  let answer;
  const settle = ({ tails, error }) => (error ? answer.reject(new LlamathError(error)) : answer.resolve(tails));
  const fail = (error) => answer?.reject(new LlamathError({ code: "internal", message: `A worker failed: ${error.message}.` }));
  if (worker.on) worker.on("message", settle).on("error", fail);
  else Object.assign(worker, { onmessage: ({ data }) => settle(data), onerror: fail });
  return {
    post: (message, buffers) => worker.postMessage(message, buffers),
    ask: (message) =>
      new Promise((resolve, reject) => {
        answer = { resolve, reject };
        worker.postMessage(message);
      }),
    stop: () => worker.terminate(),
  };
}

async function nodeWorker() {
  const { Worker } = await import(/* webpackIgnore: true */ /* @vite-ignore */ "node:worker_threads");
  const script = "./sweep-worker.js";
  return new Worker(new URL(script, import.meta.url));
}
