// The loan along a path of oracle prices, with an arbitrageur at each.

import { useEffect, useMemo, useState } from "preact/hooks";
import { CopyButton } from "../copy-button";
import { type Column, DataTable } from "../data-table";
import { Segments } from "../field";
import { Fold } from "../fold";
import { format } from "../format";
import { type Cell, toCsv } from "../table-text";
import type { Opening } from "./answer";
import { useLoan } from "./context";
import { approximate, exactCell } from "./exact";
import { minus } from "./key-figures";
import { llamma, LlamathError, type PathStep } from "./llamma";
import { readPrices, type Shape, shaped, SHAPES } from "./shapes";
import { STOP_SECS } from "./walk";

export function PathFold() {
  const { opened } = useLoan();
  if (opened === undefined) return null;
  return <Fold title="Along a path of prices" says="crash, decline, saw, or your own"><Path opening={opened.opening} /></Fold>;
}

function Path({ opening }: { opening: Opening }) {
  const [shape, setShape] = useState<Shape>("crash");
  const [chosenDepth, setDepth] = useState<number>();
  const [steps, setSteps] = useState(50);
  const [teeth, setTeeth] = useState(3);
  const [list, setList] = useState("");
  const suggested = useMemo(() => {
    const { lower } = llamma.loan({ state: opening.state, user: opening.user });
    return Math.max(5, Math.min(95, Math.ceil(100 * (1 - approximate(lower) / approximate(opening.price)))));
  }, [opening]);
  const depth = chosenDepth ?? suggested;
  const asked = useMemo(
    () => (shape === "own" ? readPrices(list) : { prices: shaped(shape, opening.price, depth, steps, teeth) }),
    [shape, list, opening, depth, steps, teeth],
  );
  const path = usePath(opening, "prices" in asked ? asked.prices : NO_PRICES);
  return (
    <div class="path">
      <Segments label="Shape" options={SHAPES} value={shape} onChange={setShape} hideLabel />
      {shape === "own"
        ? <OwnList text={list} wrong={"wrong" in asked ? asked.wrong : undefined} onText={setList} />
        : (
          <div class="inline-fields">
            <Slider label="Down by" unit="%" value={depth} min={1} max={95} onChange={setDepth} />
            <Slider label="Prices on each way" unit="" value={steps} min={1} max={200} onChange={setSteps} />
            {shape === "saw" && <Slider label="Times" unit="" value={teeth} min={1} max={10} onChange={setTeeth} />}
          </div>
        )}
      <p class="note">Starts from the loan as it was made. {STOP_SECS / 60} minutes from one price to the next. Fewer prices on the way mean larger jumps, and larger losses.</p>
      {"prices" in asked && <Walked opening={opening} {...path} />}
    </div>
  );
}

interface SliderProps {
  label: string;
  unit: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

function Slider({ label, unit, value, min, max, onChange }: SliderProps) {
  return (
    <label class="path-slider">
      <span>{label} <b>{value}{unit}</b></span>
      <input type="range" min={min} max={max} value={value} aria-valuetext={`${value}${unit}`} onInput={(event) => onChange(Number(event.currentTarget.value))} />
    </label>
  );
}

function OwnList({ text, wrong, onText }: { text: string; wrong: string | undefined; onText: (text: string) => void }) {
  const open = async (file: File | undefined) => { if (file !== undefined) onText(await file.text()); };
  const isWrong = wrong !== undefined && text.trim() !== "";
  return (
    <div class="own-list">
      <label>
        Oracle prices, one a line
        <textarea rows={4} value={text} aria-invalid={isWrong} aria-describedby="own-list-says" placeholder={"3000\n2850\n2400"} onInput={(event) => onText(event.currentTarget.value)} />
      </label>
      <label>or a file of them <input type="file" accept=".txt,.csv,text/plain,text/csv" onChange={(event) => void open(event.currentTarget.files?.[0])} /></label>
      <p id="own-list-says" class={isWrong ? "error" : "note"}>{wrong ?? ""}</p>
    </div>
  );
}

interface Walk {
  steps: readonly PathStep[];
  firstLiquidatable: number | undefined;
  /** Prices that are still to come. */
  left: number;
  refused: string | undefined;
}

const NO_PRICES: bigint[] = [];
const NOTHING: Walk = { steps: [], firstLiquidatable: undefined, left: 0, refused: undefined };
/** Prices in one go: a few milliseconds, so that the page never stands still. */
const CHUNK = 40;

function usePath(opening: Opening, prices: bigint[]): Walk {
  const [walk, setWalk] = useState(NOTHING);
  useEffect(() => {
    let stopped = false;
    void follow(opening, prices, (next) => { if (!stopped) setWalk(next); return !stopped; });
    return () => { stopped = true; };
  }, [opening, prices]);
  return walk;
}

async function follow(opening: Opening, prices: bigint[], show: (walk: Walk) => boolean): Promise<void> {
  let { state } = opening;
  const steps: PathStep[] = [];
  let firstLiquidatable: number | undefined;
  let drawn: readonly PathStep[] = [];
  for (let at = 0; at < prices.length; at += CHUNK) {
    try {
      const part = llamma.pricePath({ state, user: opening.user, prices: prices.slice(at, at + CHUNK), secs: STOP_SECS });
      ({ state } = part);
      if (part.firstLiquidatable !== undefined) firstLiquidatable ??= at + part.firstLiquidatable;
      steps.push(...part.steps);
    } catch (thrown) {
      if (!(thrown instanceof LlamathError)) throw thrown;
      show({ steps: [...steps], firstLiquidatable, left: 0, refused: thrown.message });
      return;
    }
    const left = Math.max(0, prices.length - steps.length);
    // In between only the count goes on: drawing all again would cost more than computing.
    if (left === 0 || drawn.length === 0) drawn = [...steps];
    if (!show({ steps: drawn, firstLiquidatable, left, refused: undefined })) return;
    await new Promise((resolve) => { setTimeout(resolve); });
  }
}

const WIDTH = 640;
const PRICE_HEIGHT = 160;
const HEALTH_HEIGHT = 90;
/** Of the health chart, in healths without the cushion at opening. */
const CUT_AT = 2;

function Walked({ opening, steps, firstLiquidatable, left, refused }: Walk & { opening: Opening }) {
  const { session: { form } } = useLoan();
  const [chosen, setAt] = useState<number>();
  const last = steps.length - 1;
  const at = Math.min(chosen ?? firstLiquidatable ?? last, last);
  const shown = steps[at];
  const { lower, upper } = useMemo(() => llamma.loan({ state: opening.state, user: opening.user }), [opening]);
  const drawn = useMemo(() => lines(steps, opening, approximate(lower), approximate(upper)), [steps, opening]);
  if (refused !== undefined) return <p class="error">{refused}</p>;
  if (shown === undefined) return null;
  const { borrowedDecimals, collateralDecimals } = opening.market.market;
  const x = (index: number) => ((index + 1) / (last + 1)) * WIDTH;
  const says = `Price ${at + 1} of ${last + 1}, ${format(approximate(shown.price), "tokens")} ${form.borrowedName}: health ${format(approximate(shown.healthFull), "percent")}, worth ${
    format(approximate(shown.value, borrowedDecimals), "tokens")} ${form.borrowedName} (${format(approximate(shown.collateral, collateralDecimals), "tokens")} ${form.collateralName} and ${
    format(approximate(shown.borrowed, borrowedDecimals), "tokens")} ${form.borrowedName})`;
  const end = steps[last];
  return (
    <>
      <p class="path-finding" role="status">
        {firstLiquidatable === undefined
          ? `Nobody can liquidate it on this path.${end === undefined ? "" : ` It ends with a health of ${format(approximate(end.healthFull), "percent")}.`}`
          : <><strong class="differs">Liquidatable</strong> from price {firstLiquidatable + 1} on, at {format(approximate(steps[firstLiquidatable]?.price ?? 0n), "tokens")} {form.borrowedName}.</>}
        {left > 0 && ` ${left} prices are left to compute.`}
      </p>
      <figure class="growth path-chart">
        <figcaption>Oracle price, {format(drawn.lowest, "tokens")} to {format(drawn.highest, "tokens")} {form.borrowedName}; the liquidation range is dotted</figcaption>
        <svg viewBox={`0 0 ${WIDTH} ${PRICE_HEIGHT}`} preserveAspectRatio="none" style={{ height: `${PRICE_HEIGHT}px` }} aria-hidden="true">
          {[drawn.upper, drawn.lower].map((y, edge) => <line key={edge} class="range-edge" x1={0} x2={WIDTH} y1={y} y2={y} />)}
          {firstLiquidatable !== undefined && <line class="liquidatable" x1={x(firstLiquidatable)} x2={x(firstLiquidatable)} y1={0} y2={PRICE_HEIGHT} />}
          <polyline class="line first" points={drawn.price} />
          <line class="cursor" x1={x(at)} x2={x(at)} y1={0} y2={PRICE_HEIGHT} />
        </svg>
        <p>Health{drawn.isCut && `, cut off above ${format(drawn.top, "percent")}`}; the line is 0%</p>
        <svg viewBox={`0 0 ${WIDTH} ${HEALTH_HEIGHT}`} preserveAspectRatio="none" style={{ height: `${HEALTH_HEIGHT}px` }} aria-hidden="true">
          <line class="axis" x1={0} x2={WIDTH} y1={drawn.zero} y2={drawn.zero} />
          {firstLiquidatable !== undefined && <line class="liquidatable" x1={x(firstLiquidatable)} x2={x(firstLiquidatable)} y1={0} y2={HEALTH_HEIGHT} />}
          <polyline class="line first" points={drawn.health} />
          <line class="cursor" x1={x(at)} x2={x(at)} y1={0} y2={HEALTH_HEIGHT} />
        </svg>
        <input type="range" min={0} max={last} value={at} aria-label="Price of the path" aria-valuetext={says} onInput={(event) => setAt(Number(event.currentTarget.value))} />
        <p class="reads">{says}.</p>
        <Fold title="Table of the path"><PathTable steps={steps} opening={opening} openingHealth={drawn.openingHealth} /></Fold>
      </figure>
    </>
  );
}

/** More rows at once would make the page stand still. */
const MOST_ROWS = 200;

function PathTable({ steps, opening, openingHealth }: { steps: readonly PathStep[]; opening: Opening; openingHealth: bigint }) {
  const { session: { form } } = useLoan();
  const { borrowedDecimals, collateralDecimals } = opening.market.market;
  const row = (step: PathStep, index: number): Cell[] => {
    const { direction, trade } = step;
    const [inDecimals, outDecimals] = direction === "borrowed" ? [borrowedDecimals, collateralDecimals] : [collateralDecimals, borrowedDecimals];
    const before = steps[index - 1]?.health ?? openingHealth;
    return [
      `${index + 1}`, exactCell(step.price), minus(step.activeBand), exactCell(step.value, borrowedDecimals),
      exactCell(step.collateral, collateralDecimals), exactCell(step.borrowed, borrowedDecimals),
      direction && form[`${direction}Name`], direction && exactCell(trade.amountIn, inDecimals), direction && exactCell(trade.amountOut, outDecimals), direction && exactCell(trade.fee, inDecimals),
      exactCell(before - step.health), exactCell(step.healthFull),
    ];
  };
  const columns: Column[] = [
    { title: "Price no.", name: "price_number" }, { title: "Oracle", name: "oracle_price", as: "tokens" },
    { title: "Band", name: "active_band" }, { title: `Value, ${form.borrowedName}`, name: "value", as: "tokens" },
    { title: form.collateralName, name: "collateral", as: "tokens" }, { title: form.borrowedName, name: "borrowed", as: "tokens" },
    { title: "Sold to the bands", name: "trade_sold" }, { title: "in", name: "trade_in", as: "tokens" }, { title: "out", name: "trade_out", as: "tokens" }, { title: "of in, fee", name: "trade_fee", as: "tokens" },
    { title: "Health lost", name: "health_lost_fraction", as: "percent" }, { title: "Health", name: "health_fraction", as: "percent" },
  ];
  const all = () => toCsv({ names: columns.map(({ name }) => name), rows: steps.map(row) });
  return (
    <>
      {steps.length > MOST_ROWS && (
        <p class="actions"><span>The first {MOST_ROWS} of {steps.length} prices.</span><CopyButton label="Copy all as CSV" text={all} /></p>
      )}
      <DataTable caption="The loan after each price" columns={columns} rows={steps.slice(0, MOST_ROWS).map(row)} />
    </>
  );
}

function lines(steps: readonly PathStep[], opening: Opening, lower: number, upper: number) {
  const prices = [opening.price, ...steps.map(({ price }) => price)].map((raw) => approximate(raw));
  const start = llamma.loan({ state: opening.state, user: opening.user });
  const healths = [start.healthFull, ...steps.map(({ healthFull }) => healthFull)].map((raw) => approximate(raw));
  const x = (at: number) => ((at / Math.max(1, prices.length - 1)) * WIDTH).toFixed(1);
  const [lowest, highest] = [Math.min(...prices, lower), Math.max(...prices, upper)];
  const [healthLow, healthHigh] = [Math.min(...healths), Math.max(...healths)];
  // What happens near zero decides; a price far above the range would flatten it.
  const telling = Math.max(CUT_AT * approximate(start.health), 0.01);
  const [bottom, top] = [Math.min(healthLow, 0), Math.max(0, Math.min(healthHigh, telling))];
  const place = (value: number, low: number, high: number, height: number) => 4 + (height - 8) * (1 - (high === low ? 0.5 : (value - low) / (high - low)));
  const y = (price: number) => place(price, lowest, highest, PRICE_HEIGHT);
  const points = (values: number[], at: (value: number) => number) => values.map((value, index) => `${x(index)},${at(value).toFixed(1)}`).join(" ");
  return {
    lowest, highest, top, isCut: healthHigh > top, openingHealth: start.health,
    upper: y(upper), lower: y(lower), zero: place(0, bottom, top, HEALTH_HEIGHT),
    price: points(prices, y), health: points(healths, (value) => place(Math.min(value, top), bottom, top, HEALTH_HEIGHT)),
  };
}
