// Entry "llamath/risk": the WebAssembly is inside, ready on import.
import { initSync } from "./risk-glue.js";
import { riskModule } from "./risk-module.js";

initSync({ module: riskModule });

export * from "./risk-names.js";
