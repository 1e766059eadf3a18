// `llamath loan`: everything about one loan, a new one or one of a stored state.
import { llamma } from "../index.js";
import { marketAndLoan, seenAt, switches, texts } from "./market.js";
import { BadInput, exact, exactPercent, percent, print, printJson, short } from "./print.js";

export const loan = {
  texts,
  switches,
  run(values) {
    const { before, state: after, user, range } = marketAndLoan(values);
    if (user === undefined) {
      throw new BadInput("A loan is needed: --collateral, --debt and --bands, or --state and --user.");
    }
    const [market, state] = [seenAt(before, values), seenAt(after, values)];
    const report = llamma.loan({ state, user });
    const { collateral, n1, n2 } = report;
    const bands = n2 - n1 + 1;
    const found = {
      priceOracle: llamma.overview({ state }).priceOracle,
      user,
      bands,
      loan: report,
      // All of the collateral may be sold: then there is nothing to borrow on.
      maxLtv: collateral > 0n ? llamma.maxLtv({ state: market, collateral, bands }) : undefined,
      // Where the bands of a loan are, and what it may owe, is decided when it is made.
      maxBorrowable: range && llamma.maxBorrowable({ state: market, collateral, bands }),
      liquidationRange: range,
      state,
    };
    const code = report.condition === "liquidatable" ? 1 : 0;
    return values.json ? printJson(found, code) : print(lines(found).join("\n"), code);
  },
};

const conditions = {
  healthy: "healthy",
  softLiquidation: "in soft-liquidation",
  converted: "converted: all of its collateral is sold",
  liquidatable: "liquidatable: anybody may liquidate it",
};

/** What people read: exact figures, beside them those of the usual formulas. */
function lines({ priceOracle, bands, loan, maxLtv, maxBorrowable, liquidationRange, state }) {
  const { collateralDecimals, borrowedDecimals } = state.market;
  const borrowed = (raw) => exact(raw, borrowedDecimals);
  const start = liquidationRange?.startEstimate;
  const rows = [
    ["oracle price", exact(priceOracle, 18)],
    ["collateral", exact(loan.collateral, collateralDecimals)],
    ["borrowed coins", borrowed(loan.borrowed)],
    ["debt", borrowed(loan.debt)],
    maxBorrowable && ["max debt", borrowed(maxBorrowable.largest), `${borrowed(maxBorrowable.contract)} by the contract's own view`],
    ["LTV", exactPercent(loan.ltv)],
    maxLtv && ["max LTV", exactPercent(maxLtv.ltv), `~ ${percent(maxLtv.estimate)} by the explainer, ~ ${percent(maxLtv.closedForm)} in closed form`],
    ["liquidation from", exact(loan.upper, 18), start && `~ ${short(start)} by the explainer`],
    ["liquidation to", exact(loan.lower, 18)],
    ["health", exactPercent(loan.health)],
    ["full health", exactPercent(loan.healthFull)],
    ["state", conditions[loan.condition]],
    ["bands", `${loan.n1} to ${loan.n2}, ${bands} of them`],
  ];
  const width = Math.max(...rows.map((row) => row?.[1].length ?? 0));
  return rows
    .filter(Boolean)
    .map(([name, figure, beside]) => name.padEnd(18) + (beside ? `${figure.padEnd(width)}  ${beside}` : figure));
}
