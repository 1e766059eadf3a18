// Computes beside the page, so that large files never make it stand still.

import init from "llamath/risk/web";
import { estimated } from "./ceiling/estimated";
import type { Job, Reply, Request } from "./jobs";
import { compared } from "./oracles/compared";
import { Refused } from "./refused";
import { recommended } from "./report/recommended";

const ready = init();
const newest: Partial<Record<Job, number>> = {};

addEventListener("message", (event: MessageEvent<Request>) => {
  const { id, job } = event.data;
  newest[job] = id;
  // Whoever types faster than this computes wants the last answer only.
  setTimeout(() => { if (newest[job] === id) void answer(event.data); });
});

async function answer(request: Request): Promise<void> {
  const { id } = request;
  const reply = (message: Reply) => postMessage(message);
  try {
    await ready;
    const found = await compute(request, (doing) => reply({ id, doing }));
    reply({ id, found });
  } catch (thrown) {
    const refused = thrown instanceof Refused
      ? { beside: thrown.beside, says: thrown.message }
      : { beside: "", says: thrown instanceof Error ? thrown.message : String(thrown) };
    reply({ id, refused });
  }
}

function compute(request: Request, tell: (doing: string) => void): unknown {
  switch (request.job) {
    case "ceiling": return estimated(request.asked, tell);
    case "oracles": return compared(request.asked, tell);
    case "report": return recommended(request.asked);
  }
}
