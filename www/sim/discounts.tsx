// The discounts that the loss asks for, with the formulas and the numbers put in.

import { Figure } from "../figure";
import { Explained } from "../term";
import { useSim } from "./context";
import { pointSays } from "./names";

export function KeyFigures() {
  const { result } = useSim();
  if (result === undefined) return null;
  const { discounts } = result.judgement;
  return (
    <dl class="sim-figures">
      <div><dt><Explained term="liquidationDiscount">Liquidation discount</Explained></dt><dd><Figure value={discounts.liquidationDiscount} as="percent" class="medium" /></dd></div>
      <div><dt><Explained term="loanDiscount">Loan discount</Explained></dt><dd><Figure value={discounts.loanDiscount} as="percent" class="medium" /></dd></div>
      <div><dt><Explained term="requiredDiscount">Required discount</Explained></dt><dd><Figure value={discounts.requiredDiscount} as="percent" class="medium" /></dd></div>
    </dl>
  );
}

export function Formula() {
  const { result } = useSim();
  if (result === undefined) return null;
  const { judgement: { discounts, coefficient, points, best, behind, windows }, judging: { margin }, setup: { scanned } } = result;
  const point = points[best];
  if (point === undefined) return null;
  const of = (value: number) => <Figure value={value} as="percent" tabStop={false} />;
  const rows = [
    { name: "Loss", says: "1 − the position's worth at the end of a window / at its start, mean of the worst", numbers: <>the worst <Figure value={behind} as="plain" tabStop={false} /> of <Figure value={windows} as="plain" tabStop={false} /> windows, {pointSays(point, scanned)}</>, result: point.loss },
    { name: "Liquidation discount", says: "the loss, and not below 0", numbers: of(point.loss), result: discounts.liquidationDiscount },
    { name: "Loan discount", says: "liquidation discount + margin", numbers: <>{of(discounts.liquidationDiscount)} + {of(margin)}</>, result: discounts.loanDiscount },
    { name: "What the bands bring", says: "mean over k < N of ((A − 1)/A)^(k + ½)", numbers: <>A {point.A}, N {point.bands}</>, result: coefficient },
    { name: "Required discount", says: "1 − (1 − loss) · what the bands bring", numbers: <>1 − (1 − {of(point.loss)}) · {of(coefficient)}</>, result: discounts.requiredDiscount },
  ];
  return (
    <table class="formula sim-formula" role="table">
      <caption>How the discounts come about</caption>
      <thead class="spoken"><tr><th scope="col">Figure</th><th scope="col">Formula and numbers put in</th><th scope="col">Value</th></tr></thead>
      <tbody role="rowgroup">
        {rows.map(({ name, says, numbers, result: value }) => (
          <tr key={name} role="row">
            <th scope="row" role="rowheader">{name}</th>
            <td role="cell"><span class="says">{says}</span><span class="put-in">{numbers}</span></td>
            <td class="number" role="cell">= {of(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
