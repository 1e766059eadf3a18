// The bands of the loan over the price, and the oracle price to be dragged through them.

import { useId, useMemo } from "preact/hooks";
import { DataTable } from "../data-table";
import { Fold } from "../fold";
import { format } from "../format";
import { useWidth } from "../width";
import type { Now, Opening } from "./answer";
import { useLoan } from "./context";
import { approximate, exactCell } from "./exact";
import { minus } from "./key-figures";
import { type BandView, llamma, type State } from "./llamma";
import { type Scale, scaleOf } from "./scale";
import { stopAt, STOPS_PER_BAND } from "./walk";

const HEIGHT = 280;
const TOP = 44;
const BASE = HEIGHT - 40;
const WAD = 10n ** 18n;

export function BandChart() {
  const { opened, session: { form, turns }, move, open, session } = useLoan();
  if (opened === undefined) return null;
  return (
    <figure class="bands">
      <figcaption>
        Your bands: <span class="swatch collateral" /> {form.collateralName}, counted at the band's own price
        · <span class="swatch borrowed" /> {form.borrowedName}
      </figcaption>
      <Drawing {...opened} unit={form.borrowedName} onMove={move} />
      <p class="note">
        Drag the oracle price, or focus it and use the arrow keys. An arbitrageur trades at every small step of it.
        {turns.length > 0 && <> <button type="button" class="quiet" onClick={() => open({ ...session, turns: [] })}>Back to the opening price</button></>}
      </p>
      <Fold title="Table of the bands"><BandTable caption="Your part of the bands" state={opened.now.state} user={opened.opening.user} /></Fold>
    </figure>
  );
}

interface DrawingProps {
  opening: Opening;
  now: Now;
  unit: string;
  onMove: (stop: number) => void;
}

function Drawing({ opening, now, unit, onMove }: DrawingProps) {
  const { svg, width } = useWidth();
  const id = useId();
  const { state, loan } = now;
  const bands = useMemo(() => llamma.bandComposition({ state, user: opening.user }).bands, [state]);
  const decimals = { x: state.market.borrowedDecimals, y: state.market.collateralDecimals };
  const tallest = useMemo(() => {
    const { bands: untouched } = llamma.bandComposition({ state: opening.state, user: opening.user });
    return Math.max(...untouched.map((band) => worth(band, decimals).all)) * 1.05;
  }, [opening]);
  const scale = useMemo(() => scaleOf(opening, now, width), [opening, now, width]);
  const height = (value: number) => Math.min(1.1, value / tallest) * (BASE - TOP - 8);
  const price = approximate(now.price);
  const oracle = scale.x(price);
  const go = (event: PointerEvent) => {
    if (svg.current === null) return;
    const { left } = svg.current.getBoundingClientRect();
    const x = Math.max(0, Math.min(width, event.clientX - left));
    onMove(nearest(opening, scale, scale.price(x)));
  };
  return (
    <svg
      ref={svg} height={HEIGHT} class="drag" style={{ width: "100%" }}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); go(event); }}
      onPointerMove={(event) => { if (event.buttons > 0) go(event); }}
    >
      <BorrowedPattern id={id} />
      <g aria-hidden="true">
        {bands.map((band) => <Bar key={band.n} band={band} scale={scale} height={height} decimals={decimals} pattern={`url(#${id}-borrowed)`} />)}
        <Axis scale={scale} width={width} from={approximate(loan.lower)} to={approximate(loan.upper)} />
      </g>
      <Handle opening={opening} now={now} scale={scale} x={oracle} width={width} unit={unit} onMove={onMove} />
    </svg>
  );
}

function BorrowedPattern({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-borrowed`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="6" class="borrowed-ink" />
      </pattern>
    </defs>
  );
}

interface Decimals { x: number; y: number }

/** For drawing: collateral at the upper edge of its band. */
function worth(band: BandView, decimals: Decimals) {
  const borrowed = approximate(band.x, decimals.x);
  return { borrowed, all: borrowed + approximate(band.y, decimals.y) * approximate(band.pOracleUp) };
}

interface BarProps {
  band: BandView;
  scale: Pick<Scale, "x">;
  height: (value: number) => number;
  decimals: Decimals;
  pattern: string;
}

function Bar({ band, scale, height, decimals, pattern }: BarProps) {
  const [left, right] = [scale.x(approximate(band.pOracleDown)), scale.x(approximate(band.pOracleUp))];
  const gap = Math.min(3, (right - left) / 4);
  const place = { x: left + gap / 2, width: Math.max(right - left - gap, 1) };
  const { borrowed, all } = worth(band, decimals);
  const [low, top] = [BASE - height(borrowed), BASE - height(all)];
  return (
    <g>
      {low < BASE && <rect {...place} y={low} height={BASE - low} fill={pattern} class="borrowed-edge" />}
      {top < low && <rect {...place} y={top} height={low - top} class="collateral-ink" />}
      {band.active && <rect x={left} width={right - left} y={TOP} height={BASE - TOP} class="active-band" />}
    </g>
  );
}

function Axis({ scale, width, from, to }: { scale: Scale; width: number; from: number; to: number }) {
  const wide = scale.x(to) - scale.x(from);
  const labels = wide > 130 ? [from, (from + to) / 2, to] : wide > 60 ? [from, to] : [(from + to) / 2];
  return (
    <g class="price-axis">
      <line x1={0} x2={width} y1={BASE} y2={BASE} />
      {labels.map((price) => (
        <g key={price}>
          <line x1={scale.x(price)} x2={scale.x(price)} y1={BASE} y2={BASE + 5} />
          <text x={scale.x(price)} y={BASE + 19} text-anchor="middle">{format(price, "tokens")}</text>
        </g>
      ))}
      {[scale.breaks.low, scale.breaks.high].map((x) => x !== undefined && (
        <path key={x} class="axis-break" d={`M${x - 5},${BASE + 6} l4,-12 M${x + 1},${BASE + 6} l4,-12`} />
      ))}
      <text x={0} y={HEIGHT - 2}>← lower price</text>
      <text x={width} y={HEIGHT - 2} text-anchor="end">higher price →</text>
    </g>
  );
}

interface HandleProps extends DrawingProps {
  scale: Scale;
  x: number;
  width: number;
}

/** The oracle price: a slider along the axis. */
function Handle({ opening, now, scale, x, width, unit, onMove }: HandleProps) {
  const at = stopAt(opening, now.price);
  const { low, high } = scale.stops;
  const steps: Record<string, number> = {
    ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1,
    PageDown: at - STOPS_PER_BAND, PageUp: at + STOPS_PER_BAND, Home: low, End: high,
  };
  const press = (event: KeyboardEvent) => {
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onMove(Math.max(low, Math.min(high, to)));
  };
  const says = `${format(approximate(now.price), "tokens")} ${unit}`;
  const [anchor, shift] = x < 90 ? ["start", -6] as const : x > width - 90 ? ["end", 6] as const : ["middle", 0] as const;
  return (
    <g
      class="handle" role="slider" tabindex={0} aria-label="Oracle price" aria-orientation="horizontal" aria-valuemin={low} aria-valuemax={high}
      aria-valuenow={at} aria-valuetext={says} onKeyDown={press}
    >
      <rect class="grip" x={x - 12} width={24} y={TOP - 22} height={BASE - TOP + 22} />
      <line x1={x} x2={x} y1={TOP - 12} y2={BASE} />
      <path d={`M${x - 7},${TOP - 20} h14 v7 l-7,8 l-7,-8 z`} />
      <text x={x + shift} y={TOP - 28} text-anchor={anchor}>oracle {says}</text>
    </g>
  );
}

function nearest(opening: Opening, { stops }: Scale, price: number): number {
  const stop = stopAt(opening, (BigInt(Math.round(price * 1e9)) * WAD) / 1_000_000_000n);
  return Math.max(stops.low, Math.min(stops.high, stop));
}

/** All that lies in the market's bands, whoever it belongs to. */
export function MarketBands() {
  const { session: { chain, form }, opened } = useLoan();
  const state = opened?.now.state ?? chain?.market.state;
  if (chain === undefined || state === undefined) return null;
  const { bands } = llamma.bandComposition({ state });
  return (
    <Fold title="Bands of the whole market" says={`${bands.length} hold something`} open={opened === undefined}>
      <figure class="bands"><MarketDrawing bands={bands} state={state} unit={form.borrowedName} /></figure>
      <Fold title="Table of the market's bands"><BandTable caption="Bands of the market" state={state} /></Fold>
    </Fold>
  );
}

function MarketDrawing({ bands, state, unit }: { bands: BandView[]; state: State; unit: string }) {
  const { svg, width } = useWidth();
  const id = useId();
  const [first, last] = [bands[0], bands.at(-1)];
  if (first === undefined || last === undefined) return <p>No band holds anything.</p>;
  const decimals = { x: state.market.borrowedDecimals, y: state.market.collateralDecimals };
  const oracle = approximate(llamma.overview({ state }).priceOracle);
  const [lower, upper] = [approximate(last.pOracleDown), approximate(first.pOracleUp)];
  const [low, high] = [Math.min(lower, oracle), Math.max(upper, oracle)];
  const x = (price: number) => 8 + ((price - low) / (high - low)) * (width - 16);
  const tallest = Math.max(...bands.map((band) => worth(band, decimals).all));
  const height = (value: number) => (value / tallest) * (BASE - TOP - 8);
  const anchor = x(oracle) < 90 ? "start" : x(oracle) > width - 90 ? "end" : "middle";
  return (
    <svg ref={svg} height={HEIGHT - 12} style={{ width: "100%", cursor: "default" }} aria-hidden="true">
      <BorrowedPattern id={id} />
      {bands.map((band) => <Bar key={band.n} band={band} scale={{ x }} height={height} decimals={decimals} pattern={`url(#${id}-borrowed)`} />)}
      <g class="price-axis">
        <line x1={0} x2={width} y1={BASE} y2={BASE} />
        {[lower, upper].map((price) => <text key={price} x={x(price)} y={BASE + 19} text-anchor={x(price) < 40 ? "start" : x(price) > width - 40 ? "end" : "middle"}>{format(price, "tokens")}</text>)}
      </g>
      <g class="handle"><line x1={x(oracle)} x2={x(oracle)} y1={TOP - 12} y2={BASE} /><text x={x(oracle)} y={TOP - 20} text-anchor={anchor}>oracle {format(oracle, "tokens")} {unit}</text></g>
    </svg>
  );
}

const HOLDS: Record<BandView["holds"], string> = { collateral: "collateral", borrowed: "borrowed coins", both: "both", nothing: "nothing" };

function BandTable({ caption, state, user }: { caption: string; state: State; user?: string }) {
  const { session: { form } } = useLoan();
  const { bands } = llamma.bandComposition({ state, ...(user === undefined ? {} : { user }) });
  const { borrowedDecimals, collateralDecimals } = state.market;
  return (
    <DataTable
      caption={caption}
      columns={[
        { title: "Band", name: "band" },
        { title: `From, ${form.borrowedName}`, name: "price_up", as: "tokens" }, { title: "to", name: "price_down", as: "tokens" },
        { title: form.collateralName, name: "collateral", as: "tokens" }, { title: form.borrowedName, name: "borrowed", as: "tokens" },
        { title: "Holds", name: "holds" },
      ]}
      rows={bands.map((band) => [
        minus(band.n), exactCell(band.pOracleUp), exactCell(band.pOracleDown), exactCell(band.y, collateralDecimals),
        exactCell(band.x, borrowedDecimals), HOLDS[band.holds] + (band.active ? ", trading here" : ""),
      ])}
    />
  );
}
