// Entry "llamath": the WebAssembly is inside, ready on import.
import { initSync } from "./calculator-glue.js";
import wasm from "./calculator-inline.js";
import { bytesOf } from "./inline.js";

initSync({ module: bytesOf(wasm) });

export * from "./calculator.js";
