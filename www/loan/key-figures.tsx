// What else a borrower asks: where it starts, where it ends, how far that is.

import { withMinus } from "../format";
import { Explained } from "../term";
import { useLoan } from "./context";
import { approximate, Exact } from "./exact";

export function KeyFigures() {
  const { opened, session: { form } } = useLoan();
  if (opened === undefined) return null;
  const { opening, now: { loan } } = opened;
  return (
    <dl class="key-figures">
      <div>
        <dt><Explained term="liquidationRange">Liquidation range</Explained></dt>
        <dd><Exact raw={loan.upper} as="tokens" /> to <Exact raw={loan.lower} as="tokens" unit={form.borrowedName} /></dd>
      </div>
      <div>
        <dt><Explained term="ltv">LTV</Explained></dt>
        <dd><Exact raw={loan.ltv} as="percent" />{opening.maxLtv && <>, to borrow at most <Exact raw={opening.maxLtv.ltv} as="percent" /></>}</dd>
      </div>
      <div>
        <dt><Explained term="cushion">Cushion</Explained></dt>
        <dd>{loan.cushion < 0n ? "none" : "price above the range"}: <Exact raw={loan.cushion} as="percent" /></dd>
      </div>
      <div>
        <dt><Explained term="health">Health without the cushion</Explained></dt>
        <dd><Exact raw={loan.health} as="percent" /></dd>
      </div>
      <div>
        <dt><Explained term="buffer">Buffer to liquidation</Explained></dt>
        <dd>{bufferSays(approximate(loan.buffer))}: <Exact raw={loan.buffer} as="percent" /></dd>
      </div>
      <div>
        <dt><Explained term="bands">Bands</Explained></dt>
        <dd>{loan.n2 - loan.n1 + 1}, from {minus(loan.n1)} to {minus(loan.n2)}</dd>
      </div>
    </dl>
  );
}

function bufferSays(buffer: number): string {
  if (buffer < 0) return "used up";
  if (buffer < 0.25) return "nearly used up";
  if (buffer < 0.9) return "partly used up";
  return "as good as new";
}

export const minus = (n: number): string => withMinus(`${n}`);
