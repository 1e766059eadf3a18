// The answer: the value to choose, how sure that is, and what is still on its way.

import { Figure } from "../figure";
import { format, formatSpan } from "../format";
import { Explained } from "../term";
import { useSim } from "./context";
import { edgesOf, edgesSay } from "./edges";
import { RunButton } from "./inputs";
import { axisOf, AXIS_NAMES, pointSays, pointsSays, rangeSays, statisticSays, valueSays } from "./names";
import type { Judgement, Scanned } from "./protocol";
import type { Recommended } from "llamath/risk";
import type { Result, Running } from "./simulator";

export function Headline() {
  const { result, running, isStale } = useSim();
  return (
    <div class="headline" role="status" aria-label="Answer">
      <p class="large">
        {result === undefined ? "–" : <Value {...result} />}
        <span class="large-unit">{result && unitOf(result)}</span>
      </p>
      <p class="word">{wordOf(result, running?.phase, isStale)}</p>
    </div>
  );
}

function Value({ judgement: { points, best }, setup: { scanned } }: Result) {
  const point = points[best];
  if (point === undefined) return null;
  if (scanned === "map") return <>A {point.A}, {format(point.fee, "percent")}</>;
  return scanned === "fee" ? <Figure value={point.fee} as="percent" /> : <>{valueSays(point[scanned], scanned)}</>;
}

const UNITS: Record<Scanned, string> = {
  A: "is the best A", fee: "is the best fee", bands: "bands are the best", time: "is the best oracle time", dynamicFee: "is the best dynamic fee", map: "is the best pair",
};

function unitOf({ judgement: { recommended: { flatLow, flatHigh } }, setup: { scanned } }: Result): string {
  return `${UNITS[scanned]}${scanned === "map" ? "" : `, ${rangeSays(flatLow, flatHigh, scanned)} as good`}`;
}

function wordOf(result: Result | undefined, phase: "windows" | "random" | undefined, isStale: boolean): string {
  if (phase === "windows" && result?.isPartial !== true) return "Simulating";
  if (result === undefined) return "No run yet";
  if (isStale) return "Of other settings";
  if (result.isPartial) return phase === undefined ? "Incomplete" : "So far";
  return steadiness(result.judgement, result.setup.scanned);
}

/** Whether the value would be another without one of the crashes. */
function steadiness(judgement: Judgement, scanned: Scanned): string {
  const { events, recommended, recommendedFee } = judgement;
  if (edgesOf(judgement, scanned).length > 0) return "At the edge";
  if (events.length === 0) return "Of all windows";
  if (events.length === 1) return "One crash only";
  const isSteady = ({ flatLow, flatHigh, eventLow, eventHigh }: Recommended) =>
    eventLow === undefined || eventHigh === undefined ? undefined : eventLow >= flatLow && eventHigh <= flatHigh;
  const all = [recommended, ...(recommendedFee === undefined ? [] : [recommendedFee])].map(isSteady);
  if (all.includes(undefined)) return "Too few kept";
  return all.includes(false) ? "One crash decides" : "Steady";
}

const WORDS: Record<string, string> = {
  "Too few kept": "What the best value is without one of the crashes is not known: run again.",
  "Of all windows": "The mean counts every window alike: the crashes hardly show in it.",
  "One crash only": "All of the worst windows are of one crash: what another one would say is not known.",
  Steady: "Leaving out any one crash moves the best value no further than the curve is flat.",
  "One crash decides": "Without one of the crashes another value would be the best.",
};

export function Finding() {
  const { result, running, isStale, trouble, readings, series, reading } = useSim();
  if (trouble !== undefined) return <p class="error" role="alert">{trouble}</p>;
  if (result === undefined) {
    if (running !== undefined) return null;
    const isWrong = readings.setup === undefined;
    return <p class="finding">{isWrong ? "Correct the marked inputs." : series === undefined ? reading === undefined ? "Choose candles." : "The candles are being read." : "Press Run: every window that the candles allow is simulated."}</p>;
  }
  const { judgement, setup, judging, isPartial } = result;
  const { scanned } = setup;
  const { recommended, recommendedFee, jackknife, keptNeeded, points, best, events } = judgement;
  const edges = edgesOf(judgement, scanned);
  const axis = axisOf(scanned);
  const name = AXIS_NAMES[axis];
  const loss = points[best]?.loss ?? 0;
  return (
    <div class="finding sim-finding">
      {isStale && <p><strong>The settings are no longer those of this result: run again.</strong></p>}
      <p>
        At {points[best] !== undefined && pointSays(points[best], scanned)} a position lost <Figure value={loss} as="percent" /> {judging.statistic.of === "mean" ? "on average over the" : "in the worst of the"} {format(judgement.windows, "plain")} windows
        of {format(setup.days, "plain")} days: the <Explained term="shortfall">{statisticSays(judging)}</Explained>
        {jackknife !== undefined && <>, 95%: <Figure value={jackknife.low} as="percent" /> to <Figure value={jackknife.high} as="percent" /> by the <Explained term="jackknife">jackknife</Explained> over {events.length} events</>}.
        {jackknife === undefined && !isPartial && <> There is no interval: {keptNeeded !== undefined ? "too few of the windows were kept, run again" : events.length === 1 ? "there is one event only" : "a mean of all windows has none"}.</>}
      </p>
      <p>
        <Explained term="flatPart">As good</Explained> within {pointsSays(judging.difference)}: {name} <b>{rangeSays(recommended.flatLow, recommended.flatHigh, axis)}</b>{recommendedFee && <>, fee <b>{rangeSays(recommendedFee.flatLow, recommendedFee.flatHigh, "fee")}</b></>}.
        {!isPartial && events.length > 1 && recommended.eventLow !== undefined && recommended.eventHigh !== undefined && <> Without one crash each: {name} <b>{rangeSays(recommended.eventLow, recommended.eventHigh, axis)}</b>{recommendedFee?.eventLow !== undefined && recommendedFee.eventHigh !== undefined && <>, fee <b>{rangeSays(recommendedFee.eventLow, recommendedFee.eventHigh, "fee")}</b></>}.</>}
        {!isPartial && !isStale && <> {edges.length > 0 ? edgesSay(edges) : WORDS[steadiness(judgement, scanned)]}</>}
      </p>
    </div>
  );
}

/** The run: its button, how far it is, or what it was. */
export function Strip() {
  const { running, took, result } = useSim();
  return (
    <div class="strip">
      <RunButton />
      {running !== undefined
        ? <Progress {...running} />
        : <p class="note">{took !== undefined && result !== undefined && !result.isPartial && `${format(result.judgement.windows, "plain")} windows at ${result.judgement.points.length} settings, in ${took < 10 ? took.toFixed(1) : Math.round(took)} s.`}</p>}
    </div>
  );
}

function Progress({ phase, share, secsLeft }: Running) {
  const what = phase === "windows" ? "Every window" : "The published random method beside it";
  const left = secsLeft === undefined || share === 0 ? "" : secsLeft < 1 ? ", less than a second left" : `, about ${formatSpan(Math.ceil(secsLeft))} left`;
  return (
    <div class="progress">
      <progress aria-label={what} value={share} max={1} />
      <p class="note">{what}: {Math.floor(100 * share)}%{left}</p>
    </div>
  );
}
