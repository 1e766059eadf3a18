// What else a borrower asks: where it starts, where it ends, how far that is.

import { Explained } from "../term";
import { useLoan } from "./context";
import { approximate, Exact } from "./exact";
import { format } from "../format";

export function KeyFigures() {
  const { opened, session: { form } } = useLoan();
  if (opened === undefined) return null;
  const { opening, now: { loan } } = opened;
  const unit = form.borrowedName;
  return (
    <dl class="key-figures">
      <div><dt><Explained term="liquidationRange">Liquidation range</Explained></dt><dd><Exact raw={loan.upper} as="tokens" /> to <Exact raw={loan.lower} as="tokens" unit={unit} /></dd></div>
      <div><dt><Explained term="ltv">LTV</Explained></dt><dd><Exact raw={loan.ltv} as="percent" /> of at most <Exact raw={opening.maxLtv.ltv} as="percent" /></dd></div>
      <div><dt><Explained term="healthFull">Full health</Explained></dt><dd><Exact raw={loan.healthFull} as="percent" /></dd></div>
      <div><dt><Explained term="cushion">Cushion</Explained></dt><dd><Exact raw={loan.cushion} as="percent" /> {cushionSays(loan.cushion)}</dd></div>
      <div><dt><Explained term="buffer">Buffer to liquidation</Explained></dt><dd><Exact raw={loan.buffer} as="percent" /> {bufferSays(approximate(loan.buffer))}</dd></div>
      <div><dt>Bands</dt><dd>{loan.n2 - loan.n1 + 1}: from {format(loan.n1, "plain")} to {format(loan.n2, "plain")}</dd></div>
    </dl>
  );
}

function cushionSays(cushion: bigint): string {
  return cushion > 0n ? "above the range" : "below its start";
}

function bufferSays(buffer: number): string {
  if (buffer < 0) return "used up";
  if (buffer < 0.25) return "nearly used up";
  if (buffer < 0.75) return "partly used up";
  return buffer < 1.25 ? "as at opening with the largest debt" : "more than at opening with the largest debt";
}
