// Entry "llamath/risk": the WebAssembly is inside, ready on import.
import { bytesOf } from "./inline.js";
import { initSync } from "./risk-glue.js";
import wasm from "./risk-inline.js";

initSync({ module: bytesOf(wasm) });

export * from "./risk-names.js";
