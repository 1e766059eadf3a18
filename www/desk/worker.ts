// Computes beside the page, so that large files never make it stand still.

import init from "llamath/risk/web";
import { estimated } from "./ceiling/estimated";
import type { Doing, Reply, Request } from "./jobs";
import { compared } from "./oracles/compared";
import { Refused } from "./refused";
import { recommended } from "./report/recommended";

const ready = init();
let newest = 0;

addEventListener("message", (event: MessageEvent<Request>) => {
  newest = event.data.id;
  // Whoever types faster than this computes wants the last answer only.
  setTimeout(() => { if (newest === event.data.id) void answer(event.data); });
});

async function answer(request: Request): Promise<void> {
  const { id } = request;
  const reply = (message: Reply, transfer: Transferable[] = []) => postMessage(message, { transfer });
  try {
    await ready;
    const found = await compute(request, (doing) => reply({ id, doing }));
    reply({ id, found }, buffersIn(found));
  } catch (thrown) {
    const refused = thrown instanceof Refused
      ? { beside: thrown.beside, says: thrown.message }
      : { beside: "", says: thrown instanceof Error ? thrown.message : String(thrown) };
    reply({ id, refused });
  }
}

function compute(request: Request, tell: (doing: Doing) => void): unknown {
  switch (request.job) {
    case "ceiling": return estimated(request.asked, tell);
    case "oracles": return compared(request.asked, tell);
    case "report": return recommended(request.asked);
  }
}

/** The columns of an answer, which are handed over: copying long ones would hold up the page. */
function buffersIn(part: unknown): ArrayBuffer[] {
  if (part instanceof Float64Array) return [part.buffer as ArrayBuffer];
  const parts = typeof part === "object" && part !== null ? Object.values(part) : [];
  return [...new Set(parts.flatMap(buffersIn))];
}
