// `llamath bands`: what each band holds, of one loan or of a whole market.
import { llamma } from "../index.js";
import { marketAndLoan, seenAt, switches, texts } from "./market.js";
import { BadInput, exact, print, printJson, short, table } from "./print.js";

export const bands = {
  texts,
  switches: [...switches, "csv"],
  run(values) {
    if (values.csv && values.json) throw new BadInput("--csv does not go with --json.");
    const { state: before, user } = marketAndLoan(values);
    if (user === undefined && values.state === undefined) {
      throw new BadInput("A loan is needed: --collateral, --debt and --bands.");
    }
    const state = traded(before, values);
    const composition = llamma.bandComposition({ state, ...(user !== undefined && { user }) });
    if (values.json) return printJson({ user, ...composition, state });
    const { collateralDecimals, borrowedDecimals } = state.market;
    const rows = composition.bands.map((band) => [
      band.n,
      exact(band.pOracleUp, 18),
      exact(band.pOracleDown, 18),
      exact(band.x, borrowedDecimals),
      exact(band.y, collateralDecimals),
      band.holds,
      band.active ? "active" : "",
    ]);
    return print(values.csv ? csv(rows) : forPeople(rows));
  },
};

/** The market after an arbitrageur has traded at the price that is asked for, if one is. */
function traded(state, values) {
  if (values["oracle-price"] === undefined) return state;
  return llamma.arbitrage({ state: seenAt(state, values) }).state;
}

const HEAD = ["band", "from", "to", "borrowed", "collateral", "holds", "active"];

const csv = (rows) => [HEAD, ...rows].map((row) => row.join(",")).join("\n");

/** The same for people: numbers cut to ten digits. */
function forPeople(rows) {
  const cells = rows.map(([n, from, to, x, y, ...words]) => [n, ...[from, to, x, y].map(short), ...words]);
  return table([HEAD.with(6, ""), ...cells], [5, 6]);
}
