// Entry "llamath/risk/sweep": the losses over all windows of long series, by a pool of workers.
//
// The windows are split, not the settings. Each worker has its own part of the candles only, and
// prepares it once for all settings, so memory is that of the series, however many workers there
// are. Where all windows are simulated, the last settings are done in smaller parts by whoever is
// free: processors that others use too are not equally fast.
import { LlamathError, mustBe, unknown } from "./error.js";
import { riskModule } from "./risk-module.js";
import { sim } from "./risk.js";

const MOST_WORKERS = 64;
/** Which part of the settings is simulated in as many parts as there are workers. */
const EVENLY = 0.8;
/** In how many parts for each worker the others are. */
const SMALL_PARTS = 4;

export { sim } from "./risk.js";

export async function sweep(input, options = {}) {
  const { series, grid, kept, search = "pruned" } = known(input, ["series", "grid", "kept", "search"]);
  const { workers = processors(), signal, onProgress } = known(options, ["workers", "signal", "onProgress"]);
  check({ series, grid, kept, search }, workers);
  signal?.throwIfAborted();
  const make = await maker();
  signal?.throwIfAborted();
  const windows = sum(series.map(({ windows }) => windows.start.length));
  const crew = [];
  let abort;
  const aborted = new Promise((_, reject) => {
    abort = () => reject(signal.reason);
    signal?.addEventListener("abort", abort);
  });
  try {
    // They start while the windows are split.
    for (let at = 0; at < Math.min(workers, windows); at += 1) crew.push(start(make));
    const tails = await Promise.race([aborted, simulate(crew, { series, grid, kept, search }, onProgress)]);
    signal?.throwIfAborted();
    return tails;
  } finally {
    signal?.removeEventListener("abort", abort);
    crew.forEach((worker) => worker.stop());
  }
}

/** The tails of all settings, by all workers. */
async function simulate(crew, { series, grid, kept, search }, onProgress) {
  const began = performance.now();
  // An average begins where its series does.
  const isAveraged = grid.some((settings) => settings?.halfLifeSecs !== undefined || settings?.emaTimeSecs !== undefined);
  const evenly = search === "pruned" || crew.length === 1 ? grid.length : Math.floor(EVENLY * grid.length);
  const tasks = (count, from, to) =>
    from === to ? [] : split(series, count, isAveraged).map((parts) => parts.map((part) => ({ part, from, to })));
  const own = tasks(crew.length, 0, evenly);
  const common = tasks(SMALL_PARTS * crew.length, evenly, grid.length).flat();
  const all = [...own.flat(), ...common];
  const sizeOf = ({ part, from, to }) => part.weight * (to - from);
  const whole = sum(all.map(sizeOf));
  const counts = grid.map((_, place) => all.filter(({ from, to }) => from <= place && place < to).length);
  const found = grid.map(() => []);
  const tails = grid.map(() => undefined);
  const done = crew.map(() => 0);
  const bytes = crew.map(() => 0);
  const tell = () => {
    const secs = (performance.now() - began) / 1000;
    const share = sum(done) / whole;
    onProgress?.({ share, secs, secsLeft: (secs * (1 - share)) / share, bytes: sum(bytes), tails: [...tails] });
  };
  const work = async (worker, at) => {
    for (let task; (task = own[at]?.shift() ?? common.shift()); ) {
      const { part, from, to } = task;
      const before = done[at];
      let place = from;
      const { data, buffers } = part.cut();
      bytes[at] = await worker.ask({ ...data, grid: grid.slice(from, to), kept, search }, buffers, ({ share, tail }) => {
        if (tail) {
          found[place].push(tail);
          if (found[place].length === counts[place]) tails[place] = sim.mergeTails({ tails: found[place] });
          place += 1;
        }
        done[at] = before + (place - from + (share ?? 0)) * part.weight;
        tell();
      }).catch((error) => { throw part.placed(error); });
      done[at] = before + sizeOf(task);
    }
  };
  await Promise.all(crew.map(work));
  tell();
  return tails;
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const processors = () => Math.min(globalThis.navigator?.hardwareConcurrency ?? 4, MOST_WORKERS);

/** An object without other fields than these. */
function known(value, names) {
  if (typeof value !== "object" || value === null) throw mustBe([], undefined, "a plain object with named fields", value);
  const other = Object.keys(value).find((name) => !names.includes(name));
  if (other !== undefined) throw unknown(other, names);
  return value;
}

function check({ series, grid, kept, search }, workers) {
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS) {
    throw mustBe(["workers"], undefined, `a whole number from 1 to ${MOST_WORKERS}`, workers);
  }
  for (const [field, list] of Object.entries({ series, grid })) {
    if (!Array.isArray(list) || list.length === 0) throw mustBe([field], undefined, "a list of at least one entry", list);
  }
  series.forEach((one, index) => {
    const { candles, oracle, windows } = one ?? {};
    const columns = [oracle, windows?.start, windows?.end, ...Object.values(candles ?? {})];
    if (columns.length === 3 || !columns.every(isColumn) || windows.start.length === 0 || windows.start.length !== windows.end.length) {
      throw mustBe(["series"], index, "candles, their oracle and at least one window, as Float64Arrays", one);
    }
  });
  // Settings are refused before any worker starts.
  const [one, none] = [Float64Array.of(1), new Float64Array()];
  const candles = { timeSecs: one, open: one, high: one, low: one, close: one };
  sim.lossTails({ candles, oracle: one, windows: { start: none, end: none }, grid, kept, search });
}

/** Whether it is a `Float64Array`, of any realm. */
const isColumn = (value) => ArrayBuffer.isView(value) && value[Symbol.toStringTag] === "Float64Array";

/** The parts that each worker simulates: of all windows' rows as many as any other. */
function split(series, workers, isAveraged) {
  const all = sum(series.map(({ windows }) => rowsOf(windows)));
  const queues = [[]];
  let rows = 0;
  for (const { candles, oracle, windows } of series) {
    const { start, end } = windows;
    const order = new Uint32Array(start.length);
    for (let index = 0; index < order.length; index += 1) order[index] = index;
    // A part of neighbouring windows needs few candles.
    if (!isSorted(start)) order.sort((a, b) => start[a] - start[b]);
    let first = 0;
    for (let at = 0; at < order.length; at += 1) {
      rows += end[order[at]] - start[order[at]];
      const isFull = rows * workers >= all * queues.length && queues.length < workers;
      if (!isFull && at < order.length - 1) continue;
      queues.at(-1).push(partOf(candles, oracle, windows, order.subarray(first, at + 1), isAveraged));
      first = at + 1;
      if (isFull) queues.push([]);
    }
  }
  return queues.filter((queue) => queue.length > 0);
}

function rowsOf({ start, end }) {
  let rows = 0;
  for (let index = 0; index < start.length; index += 1) rows += end[index] - start[index];
  return rows;
}

function isSorted(numbers) {
  for (let index = 1; index < numbers.length; index += 1) if (numbers[index - 1] > numbers[index]) return false;
  return true;
}

/** The windows with these indices and their candles, copied when their turn comes. */
function partOf(candles, oracle, windows, own, isAveraged) {
  let [first, last, weight] = [isAveraged ? 0 : Infinity, 0, 0];
  for (const index of own) {
    first = Math.min(first, windows.start[index]);
    last = Math.max(last, windows.end[index]);
    weight += windows.end[index] - windows.start[index];
  }
  const cut = () => {
    const rows = (column) => column.slice(first, last);
    const shifted = (column) => {
      const rows = new Float64Array(own.length);
      for (let at = 0; at < own.length; at += 1) rows[at] = column[own[at]] - first;
      return rows;
    };
    const data = {
      candles: Object.fromEntries(Object.entries(candles).map(([name, column]) => [name, rows(column)])),
      oracle: rows(oracle),
      windows: { start: shifted(windows.start), end: shifted(windows.end) },
    };
    const columns = [...Object.values(data.candles), data.oracle, ...Object.values(data.windows)];
    return { data, buffers: columns.map(({ buffer }) => buffer) };
  };
  /** An error of the part says where in the series it is. */
  const placed = (error) => {
    const { code, field = "", index, message } = error;
    const [of] = field.split(".");
    const isRow = ["candles", "oracle", ...Object.keys(candles)].includes(of);
    const at = isRow ? first + index : ["windows", "activeBand"].includes(of) ? own[index] : undefined;
    if (index === undefined || at === undefined) return error;
    return new LlamathError({ code, field, index: at, message: message.replace(`(entry ${index})`, `(entry ${at})`) });
  };
  return { weight, cut, placed };
}

/** How this platform makes a worker. */
async function maker() {
  if (typeof Worker === "function") return () => new Worker(new URL("./sweep-worker.js", import.meta.url), { type: "module" });
  const { Worker: Thread } = await import(/* webpackIgnore: true */ /* @vite-ignore */ "node:worker_threads");
  const script = "./sweep-worker.js";
  return () => new Thread(new URL(script, import.meta.url));
}

/** A worker that answers one question at a time. */
function start(make) {
  const worker = make();
  let asked;
  const hear = ({ done, bytes, error, ...said }) => {
    // What was on its way when it was stopped is nobody's any more.
    if (asked === undefined) return;
    if (error) return asked.reject(new LlamathError(error));
    if (done) return asked.resolve(bytes);
    try {
      asked.hear(said);
    } catch (thrown) {
      asked.reject(thrown);
    }
  };
  const fail = ({ message }) => asked?.reject(new LlamathError({ code: "internal", message: `A worker failed: ${message}.` }));
  if (worker.on) worker.on("message", hear).on("error", fail).on("exit", () => fail({ message: "it ended" }));
  else {
    worker.onmessage = ({ data }) => hear(data);
    worker.onerror = (event) => {
      // Otherwise it would be an error of this thread as well.
      event.preventDefault();
      fail(event);
    };
  }
  worker.postMessage({ module: riskModule });
  return {
    ask: (question, buffers, onWord) =>
      new Promise((resolve, reject) => {
        asked = { resolve, reject, hear: onWord };
        worker.postMessage({ input: question }, buffers);
      }),
    stop: () => {
      asked = undefined;
      return worker.terminate();
    },
  };
}
