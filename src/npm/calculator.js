// The public names of the calculator, common to its entry points.
import * as declared from "./calculator-declared.js";
import * as glue from "./calculator-glue.js";
import { makeGuard } from "./guard.js";
import { declare } from "./shapes.js";
import { forgetAll } from "./states.js";
import { run, takes } from "./wire.js";

declare(declared);

function reset() {
  glue.__wbg_reset_state();
  forgetAll();
}

const guard = makeGuard({ reset, takes, run });

export const farm = guard("farm", glue.farm);
export const lending = guard("lending", glue.lending);
export const llamma = guard("llamma", glue.llamma);
export const decimal = guard("decimal", glue.decimal);
export { LlamathError } from "./error.js";
export { version } from "./version.js";
