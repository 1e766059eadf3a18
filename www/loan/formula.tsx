// How the figures come about, with the loan's own numbers.

import { DataTable } from "../data-table";
import { Fold } from "../fold";
import { format } from "../format";
import { useLoan } from "./context";
import { Exact, exactCell } from "./exact";

export function Formula() {
  const { opened, session: { form } } = useLoan();
  if (opened === undefined) return null;
  const { opening, now: { state, loan, overview: { priceOracle: price } } } = opened;
  const { loanDiscount, borrowedDecimals, collateralDecimals } = state.market;
  const discount = BigInt(state.loans.find(({ user }) => user === opening.user)?.liquidationDiscount ?? 0);
  const amount = { as: "tokens", decimals: borrowedDecimals, tabStop: false } as const;
  const value = { as: "tokens", tabStop: false } as const;
  const part = { as: "percent", tabStop: false } as const;
  const xDown = <Exact raw={loan.xDown} {...amount} />;
  const debt = <Exact raw={loan.debt} {...amount} />;
  const collateral = <Exact raw={loan.collateral} {...value} decimals={collateralDecimals} />;
  const above = loan.healthFull !== loan.health;
  const rows = [
    { name: "Health without the cushion", says: "xDown · (1 − liquidation discount) / debt − 1", numbers: <>{xDown} · (1 − <Exact raw={discount} {...part} />) / {debt} − 1</>, result: loan.health },
    above
      ? { name: "Health", says: "… + (oracle price − start) · collateral / debt", numbers: <><Exact raw={loan.health} {...part} /> + (<Exact raw={price} {...value} /> − <Exact raw={loan.upper} {...value} />) · {collateral} / {debt}</>, result: loan.healthFull }
      : { name: "Health", says: "the same: the price is not above the range", numbers: "", result: loan.healthFull },
    { name: "LTV", says: "debt / (collateral · oracle price + borrowed coins)", numbers: <>{debt} / ({collateral} · <Exact raw={price} {...value} /> + <Exact raw={loan.borrowed} {...amount} />)</>, result: loan.ltv },
    { name: "Cushion", says: "oracle price / start − 1", numbers: <><Exact raw={price} {...value} /> / <Exact raw={loan.upper} {...value} /> − 1</>, result: loan.cushion },
    { name: "Buffer", says: "health without the cushion / (loan discount − liquidation discount)", numbers: <><Exact raw={loan.health} {...part} /> / (<Exact raw={BigInt(loanDiscount)} {...part} /> − <Exact raw={discount} {...part} />)</>, result: loan.buffer },
  ];
  return (
    <table class="formula steps" role="table">
      <caption>How health comes about</caption>
      <thead class="spoken"><tr><th scope="col">Figure</th><th scope="col">Formula and numbers put in</th><th scope="col">Value</th></tr></thead>
      <tbody role="rowgroup">
        {rows.map(({ name, says, numbers, result }) => (
          <tr key={name} role="row">
            <th scope="row" role="rowheader">{name}</th>
            <td role="cell"><span class="says">{says}</span><span class="put-in">{numbers}</span></td>
            <td class="number" role="cell">= <Exact raw={result} as="percent" tabStop={false} /></td>
          </tr>
        ))}
        <tr role="row">
          <th scope="row" role="rowheader">xDown</th>
          <td role="cell"><span class="says">what the bands end with if the price falls through all of them</span></td>
          <td class="number" role="cell">{xDown} {form.borrowedName}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** The contract's integers beside the formulas of its explainer, which leave out some of what it does. */
export function ExactFigures() {
  const { opened, session: { form }, answer: { most } } = useLoan();
  if (opened === undefined) return null;
  const { opening: { maxLtv, range, terms }, now: { loan, state } } = opened;
  const { borrowedDecimals, collateralDecimals, A, loanDiscount } = state.market;
  return (
    <Fold title="Exact integers, and the explainer's approximations" says={maxLtv && `max LTV off by ${format(maxLtv.estimateError, "percent")}`}>
      {maxLtv && terms && range && (
        <>
          <p>
            The explainer's max LTV is 1 − loan discount − N/(2A) = 1 − <Exact raw={BigInt(loanDiscount)} as="percent" /> − {terms.bands}/(2 · {A}), and its start
            of the range debt / (collateral · LTV), in units of the oracle price.
          </p>
          <DataTable
            caption="Exact and approximated"
            columns={[
              { title: "Figure", name: "figure" }, { title: "Exact", name: "exact", as: "plain" },
              { title: "Explainer", name: "explainer", as: "plain" }, { title: "Off by", name: "error_fraction", as: "percent" },
            ]}
            rows={[
              ["Max LTV", exactCell(maxLtv.ltv), maxLtv.estimate, maxLtv.estimateError],
              [`Start of the range at opening, ${form.borrowedName}`, exactCell(range.upper), range.startEstimate, range.startEstimateError],
            ]}
          />
        </>
      )}
      <dl class="integers">
        {([
          ["Health", loan.healthFull, 18], ["Health without the cushion", loan.health, 18], ["LTV", loan.ltv, 18], ["Cushion", loan.cushion, 18],
          ["Buffer", loan.buffer, 18], [`Start of the range, ${form.borrowedName}`, loan.upper, 18], [`End of the range, ${form.borrowedName}`, loan.lower, 18],
          [`Debt, ${form.borrowedName}`, loan.debt, borrowedDecimals], [`Borrowed coins in the bands, ${form.borrowedName}`, loan.borrowed, borrowedDecimals],
          [`Collateral in the bands, ${form.collateralName}`, loan.collateral, collateralDecimals], [`xDown, ${form.borrowedName}`, loan.xDown, borrowedDecimals],
          [`A liquidator must bring, ${form.borrowedName}`, loan.tokensToLiquidate, borrowedDecimals],
          ...(most === undefined ? [] : [
            [`Largest debt that the contract names, ${form.borrowedName}`, most.contract, borrowedDecimals],
            [`Largest debt that passes, ${form.borrowedName}`, most.largest, borrowedDecimals],
          ]),
        ] as [string, bigint, number][]).map(([name, raw, decimals]) => (
          <div key={name}><dt>{name}</dt><dd>{raw.toLocaleString("en")}<span class="note"> · 10<sup>−{decimals}</sup></span></dd></div>
        ))}
      </dl>
    </Fold>
  );
}
