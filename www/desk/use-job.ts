// The page's side of the workers: one for each section, so that none waits for another.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Doing, Job, Jobs, Refusal, Reply } from "./jobs";

/** What is done sooner is not worth a word. */
const TOLD_AFTER_MS = 250;

const workers: Partial<Record<Job, Worker>> = {};
let lastId = 0;

function started(job: Job): Worker {
  return (workers[job] ??= new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
}

/** What it computes cannot be interrupted, so it goes; the next question starts another one. */
function stop(job: Job): void {
  workers[job]?.terminate();
  delete workers[job];
}

export interface Answer<J extends Job> {
  /** The last one stays while the next one is computed. */
  found?: Jobs[J]["found"];
  /** What was asked for it. */
  asked?: Jobs[J]["asked"];
  refused?: Refusal;
  /** What is being done; until then, `found` answers an earlier question. */
  doing?: Doing;
  cancel: () => void;
  /** Asks once more what was cancelled. */
  again?: () => void;
}

type State<J extends Job> = Pick<Answer<J>, "found" | "asked" | "refused" | "doing"> & { isCancelled?: boolean };

/** Asks whenever `asked` is another object; nothing is asked without it. */
export function useJob<J extends Job>(job: J, asked: Jobs[J]["asked"] | undefined): Answer<J> {
  const [{ isCancelled, ...answer }, setAnswer] = useState<State<J>>({});
  const [turn, setTurn] = useState(0);
  const cancel = useRef(() => {});
  useEffect(() => {
    if (asked === undefined) {
      setAnswer({});
      return undefined;
    }
    const id = (lastId += 1);
    const desk = started(job);
    let doing: Doing = { says: "Starting the worker", share: 0, secsLeft: 1 };
    let [isLong, isDone] = [false, false];
    const tell = () => { if (isLong) setAnswer(({ isCancelled: _, ...old }) => ({ ...old, doing })); };
    const timer = setTimeout(() => { isLong = true; tell(); }, TOLD_AFTER_MS);
    const settle = (state: State<J>) => {
      isDone = true;
      clearTimeout(timer);
      setAnswer(state);
    };
    const onMessage = ({ data }: MessageEvent<Reply>) => {
      if (data.id !== id) return;
      if ("doing" in data) {
        ({ doing } = data);
        tell();
      } else if ("refused" in data) settle({ refused: data.refused });
      else settle({ found: data.found as Jobs[J]["found"], asked });
    };
    const onError = ({ message }: ErrorEvent) => settle({ refused: { beside: "", says: `The worker stopped: ${message} Reload the page.` } });
    cancel.current = () => {
      stop(job);
      settle({ isCancelled: true, refused: { beside: "", says: "Cancelled: nothing was computed." } });
    };
    desk.addEventListener("message", onMessage);
    desk.addEventListener("error", onError);
    desk.postMessage({ id, job, asked });
    return () => {
      clearTimeout(timer);
      desk.removeEventListener("message", onMessage);
      desk.removeEventListener("error", onError);
      // Nobody waits for this any more, and the next question should not either.
      if (isLong && !isDone) stop(job);
    };
  }, [asked, turn]);
  return { ...answer, cancel: () => cancel.current(), ...(isCancelled === true ? { again: () => setTurn((old) => old + 1) } : {}) };
}
