// The same loan in every number of bands.

import { useMemo } from "preact/hooks";
import { DataTable } from "../data-table";
import { Fold } from "../fold";
import { useLoan } from "./context";
import { exactCell } from "./exact";
import { llamma } from "./llamma";

export function AllBands() {
  const { opened } = useLoan();
  if (opened?.opening.terms === undefined) return null;
  return <Fold title="All numbers of bands" says="4 to 50"><Choices market={opened.opening.market} {...opened.opening.terms} /></Fold>;
}

interface Props {
  market: Parameters<typeof llamma.loanPreviews>[0]["state"];
  collateral: bigint;
  debt: bigint;
  bands: number;
}

function Choices({ market, collateral, debt, bands: chosen }: Props) {
  const { session: { form } } = useLoan();
  const choices = useMemo(() => llamma.loanPreviews({ state: market, collateral, debt }), [market, collateral, debt]);
  const { borrowedDecimals } = market.market;
  return (
    <>
      <p>With more bands you can borrow less, and soft-liquidation costs less at each price. Yours has {chosen}.</p>
      <DataTable
        caption="Your collateral and debt in any number of bands"
        columns={[
          { title: "Bands", name: "bands" }, { title: "Max LTV", name: "max_ltv_fraction", as: "percent" },
          { title: `Max debt, ${form.borrowedName}`, name: "max_debt", as: "tokens" },
          { title: "Range from", name: "price_up", as: "tokens" }, { title: "to", name: "price_down", as: "tokens" },
          { title: "Health", name: "health_fraction", as: "percent" },
        ]}
        rows={choices.map(({ bands, maxLtv, maxBorrowable, loan }) => [
          bands === chosen ? `${bands} ←` : `${bands}`, exactCell(maxLtv), exactCell(maxBorrowable, borrowedDecimals),
          loan && exactCell(loan.upper), loan && exactCell(loan.lower), loan && exactCell(loan.healthFull),
        ])}
        lacking={choices.map(({ refused }) => (refused === undefined ? undefined : "refused"))}
      />
    </>
  );
}
