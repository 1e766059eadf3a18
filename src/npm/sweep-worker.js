// One worker of a sweep: holds a part of a series and simulates what it is asked to.
import { sim } from "./risk.js";

// The same in a browser's worker and in Node's. No `await` at the top: Vite makes a classic script of this.
let port;
if (typeof self === "object" && typeof self.postMessage === "function") {
  port = self;
  port.onmessage = ({ data }) => answer(data);
} else {
  import(/* webpackIgnore: true */ /* @vite-ignore */ "node:worker_threads").then(({ parentPort }) => {
    port = parentPort;
    port.on("message", answer);
  });
}

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
