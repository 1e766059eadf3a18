// The page's side of the worker.

import { useEffect, useState } from "preact/hooks";
import type { Job, Jobs, Refusal, Reply } from "./jobs";

let worker: Worker | undefined;
let lastId = 0;

function started(): Worker {
  worker ??= new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return worker;
}

export interface Answer<J extends Job> {
  /** The last one stays while the next one is computed. */
  found?: Jobs[J]["found"];
  /** What was asked for it. */
  asked?: Jobs[J]["asked"];
  refused?: Refusal;
  /** What is being done. */
  doing?: string;
}

/** Asks whenever `asked` is another object; nothing is asked without it. */
export function useJob<J extends Job>(job: J, asked: Jobs[J]["asked"] | undefined): Answer<J> {
  const [answer, setAnswer] = useState<Answer<J>>({});
  useEffect(() => {
    if (asked === undefined) {
      setAnswer({});
      return undefined;
    }
    const id = (lastId += 1);
    const desk = started();
    const onMessage = ({ data }: MessageEvent<Reply>) => {
      if (data.id !== id) return;
      if ("doing" in data) setAnswer((old) => ({ ...old, doing: data.doing }));
      else if ("refused" in data) setAnswer({ refused: data.refused });
      else setAnswer({ found: data.found as Jobs[J]["found"], asked });
    };
    const onError = (event: ErrorEvent) => setAnswer({ refused: { beside: "", says: `The worker could not be started: ${event.message} Reload the page.` } });
    desk.addEventListener("message", onMessage);
    desk.addEventListener("error", onError);
    setAnswer((old) => ({ ...old, doing: "Waiting for the worker." }));
    desk.postMessage({ id, job, asked });
    return () => {
      desk.removeEventListener("message", onMessage);
      desk.removeEventListener("error", onError);
    };
  }, [asked]);
  return answer;
}
