// Loans one click away.

import type { Session } from "./form";
import { choiceOf, formOf } from "./presets";

const WETH = "crvUSD ethereum WETH";

/** In quarters of a band from the opening price of 3,000: three times down and up through the range. */
const SAW = [-120, -93, -120, -93, -120, -93];

export const EXAMPLES: readonly { title: string; session: () => Session }[] = [
  { title: "Healthy", session: () => inWeth([], "10 WETH against 20,000 crvUSD in a mint market.") },
  { title: "In soft-liquidation", session: () => inWeth([-108], "The same loan after its price fell to 2,190 in small steps.") },
  { title: "Fully converted", session: () => inWeth([-130], "The same loan after its price fell to 2,025 in small steps, below all of its bands.") },
  { title: "Liquidatable", session: () => inWeth(SAW, "The same loan after its price went through the range three times, down and up. Each way cost some health.") },
];

function inWeth(turns: readonly number[], source: string): Session {
  const choice = choiceOf(WETH);
  if (choice === undefined) throw new Error("The market of the examples is not among the presets.");
  return { form: { bands: "10", ...formOf(choice) }, turns, source };
}
