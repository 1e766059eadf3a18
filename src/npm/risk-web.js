// Entry "llamath/risk/web": the WebAssembly is fetched and compiled while it arrives.
import load from "./risk-glue.js";

export * from "./risk-names.js";

/** Loads the WebAssembly; await it once, before the first call. */
export default async function init(source = new URL("./risk.wasm", import.meta.url)) {
  await load({ module_or_path: source });
}
