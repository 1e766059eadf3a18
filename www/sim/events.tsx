// The crashes behind the worst windows, and what the result would be without one of them.

import { useEffect, useState } from "preact/hooks";
import { Choice } from "../field";
import { Fold } from "../fold";
import { format } from "../format";
import { useSim } from "./context";
import { minute } from "../dates";
import { LongTable } from "../long-table";
import { pointSays, valueSays } from "./names";
import type { Replay } from "./protocol";
import { ReplayChart } from "./replay";
import type { Result } from "./simulator";

export function Events() {
  const { result, running } = useSim();
  if (result === undefined || result.isPartial) return null;
  const { events } = result.judgement;
  if (events.length === 0) return null;
  return (
    <>
      <Fold title="Events behind the worst windows" says={`${events.length} ${events.length === 1 ? "event" : "events"}, ${format(result.judgement.behind, "plain")} windows`} open>
        <EventTable result={result} />
      </Fold>
      <Fold title="Replay one of them" says="price, oracle and bands, minute by minute">
        {running?.phase === "windows" ? <p>After the run.</p> : <Replayed result={result} />}
      </Fold>
    </>
  );
}

function EventTable({ result: { judgement: { events, points }, setup: { scanned } } }: { result: Result }) {
  return (
    <LongTable
      caption="Events, the largest loss first; times in UTC"
      columns={[
        { title: "No.", name: "event" }, { title: "From", name: "from" }, { title: "to", name: "to" }, { title: "Windows", name: "windows", as: "plain" },
        { title: "Largest loss", name: "loss_fraction", as: "percent" }, { title: "Loss without it", name: "loss_without_fraction", as: "percent" },
        { title: "Best without it", name: "best_without" },
      ]}
      count={events.length}
      row={(at) => {
        const found = events[at];
        if (found === undefined) return [];
        const { event, lossWithout, bestWithout } = found;
        const point = bestWithout === undefined ? undefined : points[bestWithout];
        return [`${at + 1}`, minute(event.startSecs), minute(event.endSecs), event.windows, event.loss, lossWithout, point && (scanned === "map" ? pointSays(point, scanned) : valueSays(point[scanned], scanned))];
      }}
      lacking="not kept"
    />
  );
}

/** Those with the largest losses. */
const MOST_CHOICES = 100;

function Replayed({ result: { judgement } }: { result: Result }) {
  const { replay } = useSim();
  const [chosen, setChosen] = useState("0");
  const [seen, setSeen] = useState<{ replay: Replay } | { failed: string }>();
  const event = judgement.events[Number(chosen)]?.event ?? judgement.events[0]?.event;
  useEffect(() => {
    if (event === undefined) return;
    let isOld = false;
    replay(event).then(
      (record) => { if (!isOld) setSeen({ replay: record }); },
      (thrown: unknown) => { if (!isOld) setSeen({ failed: thrown instanceof Error ? thrown.message : String(thrown) }); },
    );
    return () => { isOld = true; };
  }, [event]);
  if (event === undefined) return <p>There is no event.</p>;
  return (
    <>
      <Choice label="The worst window of" value={chosen} onChange={setChosen}>
        {judgement.events.slice(0, MOST_CHOICES).map(({ event: one }, at) => (
          <option key={at} value={`${at}`}>event {at + 1}: {minute(one.startSecs)}, loss {format(one.loss, "percent")}</option>
        ))}
      </Choice>
      {seen !== undefined && ("failed" in seen ? <p class="error">{seen.failed}</p> : <ReplayChart key={seen.replay.timeSecs[0]} replay={seen.replay} />)}
    </>
  );
}
