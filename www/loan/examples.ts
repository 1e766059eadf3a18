// Loans one click away.

import type { Form, Session } from "./form";
import { choiceOf, formOf } from "./presets";

const WETH = "crvUSD ethereum WETH";

export const EXAMPLES: readonly { title: string; session: () => Session }[] = [
  { title: "Healthy loan", session: () => inWeth({}, [], "10 WETH against 20,000 crvUSD in a mint market.") },
  { title: "In soft-liquidation", session: () => inWeth({}, [-108], "The same loan after the price has fallen by 27% in small steps.") },
];

function inWeth(changes: Partial<Form>, turns: readonly number[], source: string): Session {
  const choice = choiceOf(WETH);
  if (choice === undefined) throw new Error("The market of the examples is not among the presets.");
  return { form: { bands: "10", ...formOf(choice), ...changes }, turns, source };
}
