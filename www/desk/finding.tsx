// What there is to say above an answer: the answer in words, what is wrong, or how far it is.

import { useEffect, useState } from "preact/hooks";
import { formatSpan } from "../format";
import type { Doing, Job } from "./jobs";
import type { Answer } from "./use-job";

interface Props<J extends Job> {
  answer: Answer<J>;
  /** Where there is an answer. */
  says: string | undefined;
  /** Where something is missing. */
  missing: string;
}

export function Finding<J extends Job>({ answer: { refused, doing, cancel, again }, says, missing }: Props<J>) {
  if (doing !== undefined) return <Progress {...doing} onCancel={cancel} />;
  const text = refused === undefined ? says ?? missing : refused.beside === "" ? refused.says : "One of the inputs needs attention: what is wrong stands beside it.";
  return (
    <div>
      <p class="finding" role="status">{text}</p>
      {again !== undefined && <p class="actions"><button type="button" class="quiet" onClick={again}>Compute</button></p>}
    </div>
  );
}

const TICK_MS = 250;

function Progress({ says, share, secsLeft, onCancel }: Doing & { onCancel: () => void }) {
  const [passed, setPassed] = useState(0);
  // A step says nothing while it is computed: the time passes nevertheless.
  useEffect(() => {
    const began = performance.now();
    setPassed(0);
    const timer = setInterval(() => setPassed((performance.now() - began) / 1000), TICK_MS);
    return () => clearInterval(timer);
  }, [says, share]);
  const left = Math.max(0, secsLeft - passed);
  const shown = secsLeft > 0 ? 1 - (1 - share) * (left / secsLeft) : share;
  const time = left < 1 ? "less than a second left" : `about ${formatSpan(Math.ceil(left))} left`;
  return (
    <div class="progress desk-progress">
      <progress aria-label={says} value={shown} max={1} />
      <p class="actions"><span role="status">{says}.</span> <span>{time}</span> <button type="button" class="quiet" onClick={onCancel}>Cancel</button></p>
    </div>
  );
}
