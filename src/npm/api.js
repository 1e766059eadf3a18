// The public names, common to every entry point.
import * as glue from "./glue.js";
import { makeGuard } from "./guard.js";

const guard = makeGuard(glue.__wbg_reset_state);

export const farm = guard("farm", glue.farm);
export const lending = guard("lending", glue.lending);
export const llamma = guard("llamma", glue.llamma);
export const decimal = guard("decimal", glue.decimal);
export { LlamathError } from "./error.js";
export { version } from "./version.js";
