// The public names of the risk module, common to its entry points.
import { makeGuard } from "./guard.js";
import * as declared from "./risk-declared.js";
import * as glue from "./risk-glue.js";
import { declare } from "./shapes.js";
import { run, takes } from "./wire.js";

declare(declared);

const guard = makeGuard({ reset: glue.__wbg_reset_state, takes, run });

export const ceiling = guard("ceiling", glue.ceiling);
export const market = guard("market", glue.market);
export const oracle = guard("oracle", glue.oracle);
export const sim = guard("sim", glue.sim);
export { LlamathError } from "./error.js";
export { unzip } from "./files.js";
export { version } from "./version.js";
