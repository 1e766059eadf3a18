// The risk module, compiled once in this thread: workers get it as it is, with all that was made faster meanwhile.
import { bytesOf } from "./inline.js";
import wasm from "./risk-inline.js";

export const riskModule = new WebAssembly.Module(bytesOf(wasm));
