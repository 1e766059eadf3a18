// The page's side of the worker.

import { useEffect, useState } from "preact/hooks";
import type { Job, Jobs, Refusal, Reply } from "./jobs";

/** What is done sooner is not worth a word. */
const TOLD_AFTER_MS = 250;

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
  /** What is being done; until then, `found` answers an earlier question. */
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
    let doing = "Waiting for the worker.";
    let isLong = false;
    const tell = () => { if (isLong) setAnswer((old) => ({ ...old, doing })); };
    const timer = setTimeout(() => { isLong = true; tell(); }, TOLD_AFTER_MS);
    const onMessage = ({ data }: MessageEvent<Reply>) => {
      if (data.id !== id) return;
      if ("doing" in data) {
        ({ doing } = data);
        tell();
        return;
      }
      clearTimeout(timer);
      if ("refused" in data) setAnswer({ refused: data.refused });
      else setAnswer({ found: data.found as Jobs[J]["found"], asked });
    };
    const onError = ({ message }: ErrorEvent) => {
      clearTimeout(timer);
      setAnswer({ refused: { beside: "", says: `The worker stopped: ${message} Reload the page.` } });
    };
    desk.addEventListener("message", onMessage);
    desk.addEventListener("error", onError);
    desk.postMessage({ id, job, asked });
    return () => {
      clearTimeout(timer);
      desk.removeEventListener("message", onMessage);
      desk.removeEventListener("error", onError);
    };
  }, [asked]);
  return answer;
}
