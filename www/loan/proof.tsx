// What is taken along: the loan as a link, and every call of the package with all of its figures.

import { CopyButton } from "../copy-button";
import { useLoan } from "./context";
import { llamma, version } from "./llamma";
import { MOST_TURNS, toFragment } from "./link";
import { pricesOf, STOP_SECS } from "./walk";

export function Share() {
  const { session, answer: { most }, opened } = useLoan();
  const proof = () => {
    if (opened === undefined) return "";
    const { opening, now } = opened;
    const prices = pricesOf(opening, session.turns);
    return `${JSON.stringify({
      what: "A loan in LLAMMA, computed by llamath",
      version,
      source: session.source,
      inputs: session.form,
      calls: [...opening.calls, ...(prices.length > 0 ? [{ call: "llamma.pricePath", input: { user: opening.user, prices, secs: STOP_SECS } }] : [])],
      result: {
        loan: now.loan, market: now.overview, largestDebt: most, maxLtv: opening.maxLtv, rangeAtOpening: opening.range,
        bands: llamma.bandComposition({ state: now.state, user: opening.user }),
      },
      state: now.state,
    }, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value), 2)}\n`;
  };
  return (
    <p class="actions">
      <CopyButton label="Copy link" text={() => new URL(toFragment(session), location.href).href} />
      {opened && <CopyButton label="Copy proof" text={proof} />}
      {session.turns.length > MOST_TURNS && <span class="note">The price turned too often for a link: it opens the loan at its opening price.</span>}
    </p>
  );
}
