// Entry "llamath/web": the WebAssembly is fetched and compiled while it arrives.
import load from "./calculator-glue.js";

export * from "./calculator.js";

/** Loads the WebAssembly; await it once, before the first call. */
export default async function init(source = new URL("./llamath.wasm", import.meta.url)) {
  await load({ module_or_path: source });
}
