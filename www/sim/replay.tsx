// One window, minute by minute: the price and the oracle above the bands, and what is in these.

import { useEffect, useId, useMemo, useState } from "preact/hooks";
import type { Column } from "../data-table";
import { Fold } from "../fold";
import { format, withMinus } from "../format";
import type { Cell } from "../table-text";
import { minute } from "../dates";
import { LongTable } from "../long-table";
import type { Replay } from "./protocol";
import { along, pointsOf, ticksOf } from "./scale";
import { useWidth } from "../width";

const HEIGHT = 240;
const LOSS_HEIGHT = 90;
const LEFT = 56;
const PLAY_MS = 40;
/** All of it in about this many pictures. */
const PICTURES = 200;

export function ReplayChart({ replay }: { replay: Replay }) {
  const last = replay.timeSecs.length - 1;
  const [at, setAt] = useState(last);
  const [isPlaying, setPlaying] = useState(false);
  const isCalm = useMemo(() => matchMedia("(prefers-reduced-motion: reduce)").matches, []);
  useEffect(() => {
    if (!isPlaying) return;
    const step = Math.max(1, Math.round(last / PICTURES));
    const timer = setInterval(() => setAt((old) => Math.min(last, old + step)), PLAY_MS);
    return () => clearInterval(timer);
  }, [isPlaying]);
  useEffect(() => { if (at === last) setPlaying(false); }, [at]);
  const play = () => {
    if (at === last) setAt(0);
    setPlaying(!isPlaying);
  };
  const says = `${minute(replay.timeSecs[at] ?? 0)} UTC: oracle ${format(replay.oracle[at] ?? 0, "plain")}, AMM ${format(replay.price[at] ?? 0, "plain")}, lost so far ${format(replay.loss[at] ?? 0, "percent")}`;
  return (
    <figure class="sim-chart replay">
      <p class="note">{replay.name}, A {replay.settings.A}, N {replay.settings.bands}, fee {format(replay.settings.fee, "percent")}</p>
      <figcaption><span class="key first">oracle</span> <span class="key second">AMM price</span> <span class="key thin">candles</span> <span class="key dots">edges of the bands</span></figcaption>
      <Prices replay={replay} at={at} />
      <p class="note">Lost so far</p>
      <Losses replay={replay} at={at} />
      <div class="play">
        {!isCalm && <button type="button" class="quiet" onClick={play}>{isPlaying ? "Pause" : "Play"}</button>}
        <input
          type="range" min={0} max={last} value={at} aria-label="Minute of the window" aria-valuetext={says}
          onInput={(event) => { setPlaying(false); setAt(Number(event.currentTarget.value)); }}
        />
      </div>
      <p class="reads">{says}.</p>
      <Bands replay={replay} at={at} />
      <Fold title="Table of the minutes"><Minutes replay={replay} /></Fold>
    </figure>
  );
}

function Prices({ replay, at }: { replay: Replay; at: number }) {
  const { svg, width } = useWidth();
  const { timeSecs, low, high, price, oracle, edges } = replay;
  const drawn = useMemo(() => {
    const x = along([timeSecs[0] ?? 0, timeSecs.at(-1) ?? 1], LEFT, width - 4);
    const all = [...low, ...high, ...edges, ...oracle];
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const y = (value: number) => HEIGHT - 8 - ((value - least) / (most - least)) * (HEIGHT - 16);
    const line = (column: Float64Array) => pointsOf([...column].map((value, minute) => [x(timeSecs[minute] ?? 0), y(value)]));
    const candles = [...low].map((value, minute) => `M${x(timeSecs[minute] ?? 0).toFixed(1)},${y(value).toFixed(1)}V${y(high[minute] ?? 0).toFixed(1)}`).join("");
    // The AMM's price wanders far off while the bands are empty of one coin; it is drawn where the others are.
    const clipped = Float64Array.from(price, (value) => Math.max(least, Math.min(most, value)));
    return { x, y, ticks: ticksOf(least, most, 5), candles, oracle: line(oracle), amm: line(clipped) };
  }, [replay, width]);
  const cursor = drawn.x(timeSecs[at] ?? 0);
  return (
    <svg ref={svg} height={HEIGHT} style={{ width: "100%" }} aria-hidden="true">
      {drawn.ticks.map((tick) => <text key={tick} x={LEFT - 8} y={drawn.y(tick) + 4} text-anchor="end">{format(tick, "plain")}</text>)}
      {[...edges].map((edge, band) => <line key={band} class="edge" x1={LEFT} x2={width} y1={drawn.y(edge)} y2={drawn.y(edge)} />)}
      <path class="candles" d={drawn.candles} />
      <polyline class="line second" points={drawn.amm} />
      <polyline class="line first" points={drawn.oracle} />
      <line class="cursor" x1={cursor} x2={cursor} y1={0} y2={HEIGHT} />
    </svg>
  );
}

function Losses({ replay: { timeSecs, loss }, at }: { replay: Replay; at: number }) {
  const { svg, width } = useWidth();
  const drawn = useMemo(() => {
    const x = along([timeSecs[0] ?? 0, timeSecs.at(-1) ?? 1], LEFT, width - 4);
    const [least, most] = [Math.min(0, ...loss), Math.max(0, ...loss)];
    const y = (value: number) => LOSS_HEIGHT - 8 - ((value - least) / (most - least || 1)) * (LOSS_HEIGHT - 16);
    return { x, y, ticks: ticksOf(least, most, 2), line: pointsOf([...loss].map((value, minute) => [x(timeSecs[minute] ?? 0), y(value)])) };
  }, [timeSecs, loss, width]);
  const cursor = drawn.x(timeSecs[at] ?? 0);
  return (
    <svg ref={svg} height={LOSS_HEIGHT} style={{ width: "100%" }} aria-hidden="true">
      {drawn.ticks.map((tick) => (
        <g key={tick}>
          <line class="axis" x1={LEFT} x2={width} y1={drawn.y(tick)} y2={drawn.y(tick)} />
          <text x={LEFT - 8} y={drawn.y(tick) + 4} text-anchor="end">{format(tick, "percent")}</text>
        </g>
      ))}
      <polyline class="line first" points={drawn.line} />
      <line class="cursor" x1={cursor} x2={cursor} y1={0} y2={LOSS_HEIGHT} />
    </svg>
  );
}

/** What each band holds, counted at the middle of its prices. */
function Bands({ replay, at }: { replay: Replay; at: number }) {
  const { svg, width } = useWidth();
  const id = useId();
  const bands = replay.settings.bands;
  const shares = useMemo(() => Array.from({ length: bands }, (_, band) => shareOf(replay, at, band)), [replay, at]);
  const [gap, tall] = [2, 72];
  const wide = width / bands;
  return (
    <div>
      <p class="note">The bands now, the first on the left: <span class="swatch-collateral" /> collateral, <span class="swatch-borrowed" /> borrowed coins</p>
      <svg ref={svg} height={tall} style={{ width: "100%" }} role="img" aria-label={`Borrowed coins in each band: ${shares.map((share) => format(share, "percent")).join(", ")}`}>
        <defs>
          <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6" class="borrowed-fill" /></pattern>
        </defs>
        {shares.map((share, band) => {
          const box = { x: band * wide + gap, width: wide - 2 * gap };
          const top = 2 + (1 - share) * (tall - 4);
          return (
            <g key={band}>
              <rect {...box} y={2} height={top - 2} class="collateral-fill" />
              <rect {...box} y={top} height={tall - 2 - top} fill={`url(#${id})`} class="borrowed-edge" />
              {replay.activeBand[at] === band + 1 && <rect {...box} y={1} height={tall - 2} class="active-band" />}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function shareOf({ settings: { bands }, x, y, edges }: Replay, at: number, band: number): number {
  const [borrowed, collateral] = [x[at * bands + band] ?? 0, y[at * bands + band] ?? 0];
  const worth = (collateral * ((edges[band] ?? 0) + (edges[band + 1] ?? 0))) / 2;
  return borrowed + worth === 0 ? 0 : borrowed / (borrowed + worth);
}

function Minutes({ replay }: { replay: Replay }) {
  const { settings: { bands }, timeSecs, price, oracle, activeBand, loss, x, y } = replay;
  const columns: Column[] = [
    { title: "Minute, UTC", name: "minute" }, { title: "Oracle", name: "oracle", as: "plain" }, { title: "AMM", name: "amm_price", as: "plain" },
    { title: "Band", name: "active_band" }, { title: "Lost", name: "loss_fraction", as: "percent" },
    ...Array.from({ length: bands }, (_, band) => [
      { title: `x ${band + 1}`, name: `x_${band + 1}`, as: "tokens" as const }, { title: `y ${band + 1}`, name: `y_${band + 1}`, as: "tokens" as const },
    ]).flat(),
  ];
  const row = (at: number): Cell[] => [
    minute(timeSecs[at] ?? 0), oracle[at], price[at], withMinus(`${activeBand[at] ?? ""}`), loss[at],
    ...Array.from({ length: bands }, (_, band) => [x[at * bands + band], y[at * bands + band]]).flat(),
  ];
  return <LongTable caption="The window minute by minute: x borrowed coins, y collateral of each band" columns={columns} count={timeSecs.length} row={row} />;
}
