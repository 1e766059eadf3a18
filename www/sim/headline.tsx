// The answer: the value to choose, how sure that is, and what is still on its way.

import { Figure } from "../figure";
import { format, formatSpan } from "../format";
import { Explained } from "../term";
import { useSim } from "./context";
import { RunButton } from "./inputs";
import { axisOf, AXIS_NAMES, pointSays, pointsSays, rangeSays, statisticSays, valueSays } from "./names";
import type { Judgement, Scanned } from "./protocol";
import type { Result } from "./simulator";

export function Headline() {
  const { result, running, isStale } = useSim();
  return (
    <div class="headline" role="status" aria-label="Answer">
      <p class="large">
        {result === undefined ? "–" : <Value {...result} />}
        <span class="large-unit">{result === undefined ? "" : unitOf(result.setup.scanned)}</span>
      </p>
      <p class="word">{wordOf(result, running !== undefined, isStale)}</p>
    </div>
  );
}

function Value({ judgement: { points, best }, setup: { scanned } }: Result) {
  const point = points[best];
  if (point === undefined) return null;
  if (scanned === "map") return <>A {point.A}, {format(point.fee, "percent")}</>;
  return scanned === "fee" ? <Figure value={point.fee} as="percent" /> : <>{valueSays(point[scanned], scanned)}</>;
}

const UNITS: Record<Scanned, string> = { A: "recommended A", fee: "recommended fee", bands: "bands recommended", map: "fee, recommended" };
const unitOf = (scanned: Scanned) => UNITS[scanned];

function wordOf(result: Result | undefined, isRunning: boolean, isStale: boolean): string {
  if (result === undefined) return isRunning ? "Simulating" : "No run yet";
  if (isStale) return "Of other settings";
  if (result.isPartial) return isRunning ? "So far" : "Incomplete";
  return steadiness(result.judgement, result.setup.scanned);
}

/** Whether the value would be another without one of the crashes. */
function steadiness({ points, best, events, recommended: { flatLow, flatHigh, eventLow, eventHigh } }: Judgement, scanned: Scanned): string {
  const axis = axisOf(scanned);
  const values = points.map((point) => point[axis]);
  const value = points[best]?.[axis];
  if (points.length > 1 && (value === Math.min(...values) || value === Math.max(...values))) return "At the edge";
  if (events.length < 2) return "One event";
  return eventLow >= flatLow && eventHigh <= flatHigh ? "Steady" : "Hangs on one event";
}

const WORDS: Record<string, string> = {
  "At the edge": "The best value is at the end of the list: give it more values on that side.",
  "One event": "All of the worst windows are of one crash: what another one would say is not known.",
  Steady: "Leaving out any one crash moves the best value by less than the curve is flat.",
  "Hangs on one event": "Without one of the crashes another value would be the best.",
};

export function Finding() {
  const { result, running, isStale, trouble, readings, series, reading } = useSim();
  if (trouble !== undefined) return <p class="error" role="alert">{trouble}</p>;
  if (result === undefined) {
    if (running !== undefined) return null;
    const isWrong = readings.setup === undefined;
    return <p class="finding">{isWrong ? "Correct the marked inputs." : series === undefined ? reading === undefined ? "Choose candles." : "The candles are being read." : "Press Run: every window that the candles allow is simulated."}</p>;
  }
  const { judgement, setup: { scanned }, judging, isPartial } = result;
  const { recommended, error, points, best, events } = judgement;
  const axis = axisOf(scanned);
  const name = AXIS_NAMES[axis];
  const loss = points[best]?.loss ?? 0;
  return (
    <div class="finding sim-finding">
      {isStale && <p><strong>The settings are no longer those of this result.</strong></p>}
      {isStale && <RunButton />}
      <p>
        <Explained term="flatPart">As good</Explained> within {pointsSays(judging.difference)}: {name} <b>{rangeSays(recommended.flatLow, recommended.flatHigh, axis)}</b>.
        {!isPartial && events.length > 1 && <> Without one crash each: {name} <b>{rangeSays(recommended.eventLow, recommended.eventHigh, axis)}</b>.</>}
        {!isPartial && !isStale && <> {WORDS[steadiness(judgement, scanned)]}</>}
      </p>
      <p>
        Loss at {points[best] !== undefined && pointSays(points[best], scanned)}: <Figure value={loss} as="percent" />
        {error !== undefined && <> ± <Figure value={error} as="percent" /> (<Explained term="jackknife">jackknife</Explained> over {events.length} events)</>}
        {error === undefined && !isPartial && <> · no standard error: {events.length < 2 ? "there is one event only" : "too few of the windows were kept"}</>}
        , the <Explained term="shortfall">{statisticSays(judging)}</Explained> of {format(judgement.windows, "plain")} windows.
      </p>
    </div>
  );
}

export function ProgressBar() {
  const { running, cancel } = useSim();
  if (running === undefined) return null;
  const { phase, share, secsLeft } = running;
  const what = phase === "windows" ? "Every window" : "The published random method beside it";
  const left = secsLeft === undefined || share === 0 ? "" : secsLeft < 1 ? ", less than a second left" : `, about ${formatSpan(Math.ceil(secsLeft))} left`;
  return (
    <div class="progress">
      <progress aria-label={what} value={share} max={1} />
      <p class="note">{what}: {Math.floor(100 * share)}%{left} <button type="button" class="quiet" onClick={cancel}>Cancel</button></p>
    </div>
  );
}
