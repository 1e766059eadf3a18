// One worker of a sweep: gets the WebAssembly, then parts of series that it simulates, and says how far it is.
import * as glue from "./risk-glue.js";
import "./risk-names.js";
import { entryOf, run } from "./wire.js";

// The same in a browser's worker and in Node's. No `await` at the top: Vite makes a classic script of this.
let port;
if (typeof self === "object" && typeof self.postMessage === "function") {
  port = self;
  port.onmessage = ({ data }) => hear(data);
} else {
  import(/* webpackIgnore: true */ /* @vite-ignore */ "node:worker_threads").then(({ parentPort }) => {
    port = parentPort;
    port.on("message", hear);
  });
}

let memory;

function hear({ module, input }) {
  if (module) ({ memory } = glue.initSync({ module }));
  else simulate(input);
}

function simulate(input) {
  const report = (said) => port.postMessage(typeof said === "number" ? { share: said } : { tail: entryOf("sim.lossTails", said) });
  try {
    run("sim.lossTails", (words, columns) => glue.lossTailsWith(words, columns, report), input);
    port.postMessage({ done: true, bytes: memory.buffer.byteLength });
  } catch (error) {
    // Structured cloning would drop the fields of an error.
    const { name, code, message, field, index } = error;
    port.postMessage({ error: { name, code, message, field, index } });
  }
}
