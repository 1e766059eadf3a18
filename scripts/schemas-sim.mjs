// How the rows of the simulator's reference files are put to the package, and compared: what
// Curve's two published simulators gave, run for run.
import { sim } from "llamath/risk";

/** The published figures hold to this, absolute. */
const TOLERANCE = 1e-9;

/** Rows [t in ms, o, h, l, c, …] as columns. */
function columns(rows) {
  const column = (place, unit = 1) => Float64Array.from(rows, (row) => row[place] / unit);
  return { timeSecs: column(0, 1000), open: column(1), high: column(2), low: column(3), close: column(4) };
}

/** The series, forward and with its reverse, with its oracle by half-life. */
function seriesOf(rows, model) {
  const forward = columns(rows);
  const both = [forward, sim.addReverse({ candles: forward })];
  const known = new Map();
  return (isReversed, halfLifeSecs) => {
    const key = `${isReversed} ${halfLifeSecs}`;
    if (!known.has(key)) {
      const candles = both[isReversed ? 1 : 0];
      const prices = model === "v1" ? sim.middlePrices({ candles }) : candles.close;
      known.set(key, { candles, oracle: sim.averagePrices({ candles, prices, halfLifeSecs }) });
    }
    return known.get(key);
  };
}

/** Rows ⌊position·L⌋ up to ⌊(position + size)·L⌋, as the simulators cut them. */
function cut({ candles, oracle }, position, size) {
  const { length } = oracle;
  const [start, end] = [Math.trunc(position * length), Math.min(Math.trunc((position + size) * length), length)];
  const part = (column) => column.slice(start, end);
  const entries = Object.entries(candles).map(([name, column]) => [name, part(column)]);
  return { candles: Object.fromEntries(entries), oracle: part(oracle) };
}

const v1 = (row, other) => ({
  A: row.A, bands: row.range_size, fee: row.fee, feeModel: "v1", trading: "parity",
  dynamicFeeMultiplier: other.dynamic_fee_multiplier, poFeeDelay: other.use_po_fee === 0 ? 1 : other.po_fee_delay,
  externalFee: row.ext_fee, positionShift: row.p_shift ?? 0,
});

const v2 = (row) => ({
  A: row.A, bands: row.initial_liquidity_range, fee: row.fee, feeModel: "v2", trading: "parity",
  dynamicFeeMultiplier: row.dynamic_fee_multiplier ?? (row.method === "single_run_v2" ? 1 : 0.25),
  externalFee: row.external_fee, positionShift: row.position_shift ?? 0,
});

const settingsOf = (point) => (point.model === "v1" ? v1(point, point) : v2(point));

/** The mean of the 50 largest losses over 2000 positions. */
function worst50(point, { candles, oracle }) {
  const size = point.size ?? point.position_period;
  const rows = (fraction) => Math.min(Math.trunc(fraction * oracle.length), oracle.length);
  const positions = Array.from({ length: 2000 }, (_, index) => (index + 0.5) / 2000);
  const windows = {
    start: Float64Array.from(positions, rows),
    end: Float64Array.from(positions, (position) => rows(position + size)),
  };
  const grid = [settingsOf(point)];
  const [{ worst }] = sim.lossTails({ candles, oracle, windows, grid, kept: 50, search: "every" });
  return worst.loss.reduce((sum, loss) => sum + loss, 0) / 50;
}

export const simSchemas = {
  v1_single_runs({ data, rows }, check, beside) {
    const series = seriesOf(beside(data), "v1");
    check.each(rows, "rows", (row) => {
      check.near("loss", row.loss, () => {
        const window = cut(series(row.add_reverse, row.Texp), row.position, row.size);
        // Version 1 takes an empty window for a loss of 0.
        return window.oracle.length === 0 ? 0 : sim.loss({ ...window, settings: v1(row, row.other) });
      }, 0, TOLERANCE);
    });
  },

  v2_single_runs({ data, rows }, check, beside) {
    const series = seriesOf(beside(data), "v2");
    const falls = beside("v2_max_drawdown.json");
    check.each(rows, "rows", (row) => {
      const compute = () => {
        const window = cut(series(row.add_reverse, row.t_exp), row.position_start, row.position_period);
        const input = { ...window, settings: v2(row) };
        if (row.method === "single_run") return sim.loss(input);
        return sim.lossAtVolatility({ ...input, fall: falls[row.volatility_period] });
      };
      if (row.error === undefined) check.near("loss", row.loss, compute, 0, TOLERANCE);
      else check.refused("the assertion", compute, "activeBand");
    });
  },

  v2_max_drawdown(falls, check, beside) {
    const candles = columns(beside("short18k.json"));
    check.each(Object.entries(falls), "periods", ([days, fall]) => {
      check.near("fall", fall, () => sim.largestFall({ candles, rows: Math.trunc(days * 1440) }), 0, TOLERANCE);
    });
  },

  curves({ data, points }, check, beside) {
    const rows = beside(data);
    const series = { v1: seriesOf(rows, "v1"), v2: seriesOf(rows, "v2") };
    check.each(points, "points", (point) => {
      const losses = () => worst50(point, series[point.model](point.add_reverse, point.Texp ?? point.t_exp));
      const settings = settingsOf(point);
      check.near("loss", point.loss, losses, 0, TOLERANCE);
      check.near("liq_discount", point.liq_discount, () =>
        sim.requiredDiscount({ loss: losses(), A: settings.A, bands: settings.bands }), 0, TOLERANCE);
    });
  },
};

