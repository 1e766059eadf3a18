// One worker of a sweep: holds a part of a series and simulates what it is asked to.
import { sim } from "./risk.js";

// The same in a browser's worker and in Node's.
const port = typeof self === "object" && typeof self.postMessage === "function"
  ? self
  : (await import(/* webpackIgnore: true */ /* @vite-ignore */ "node:worker_threads")).parentPort;

let part;

function answer(message) {
  if (message.part) {
    part = message.part;
    return;
  }
  try {
    port.postMessage({ tails: sim.lossTails({ ...part, ...message.task }) });
  } catch (error) {
    // Structured cloning would drop the fields of an error.
    const { name, code, message: says, field, index } = error;
    port.postMessage({ error: { name, code, message: says, field, index } });
  }
}

if (port === globalThis.self) port.onmessage = ({ data }) => answer(data);
else port.on("message", answer);
