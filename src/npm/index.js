// Entry "llamath": the WebAssembly is inside, ready on import.
import { initSync } from "./glue.js";
import wasm from "./inline.js";

initSync({ module: Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0)) });

export * from "./api.js";
