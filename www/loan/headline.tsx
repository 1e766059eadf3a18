// The answer: health, one word, and what to do.

import { useLoan } from "./context";
import { Exact } from "./exact";
import type { Condition } from "./llamma";

const WORD: Record<Condition, string> = {
  healthy: "Healthy",
  softLiquidation: "Soft liquidation",
  converted: "Fully converted",
  liquidatable: "Liquidatable",
};

const TO_DO: Record<Condition, string> = {
  healthy: "The price is above the liquidation range and all collateral is untouched. Nothing needs doing; keep an eye on the start of the range.",
  softLiquidation: "The price is inside the liquidation range: the market sells collateral as it falls and buys it back as it rises, and each way costs some health. Repay part of the debt to keep health up.",
  converted: "The price is below the liquidation range and all collateral has been sold, so a further fall costs nothing. Repay and close, or wait: as the price rises through the range, the collateral comes back.",
  liquidatable: "Health is below zero: anybody may repay the debt and take what stands behind it. Repay at once, until health is above zero again.",
};

const CRUMBS = "The price is above the liquidation range again, and the collateral has been bought back but for a crumb in the first band; the next trade there takes it. Until then the contract counts no cushion as health.";

export function Headline() {
  const { opened } = useLoan();
  const condition = opened?.now.loan.condition;
  return (
    <div class="headline" role="status" aria-label="Answer">
      <p class="large">
        {opened === undefined ? "–" : <Exact raw={opened.now.loan.healthFull} as="percent" />}
        <span class="large-unit">health</span>
      </p>
      <p class={condition === "liquidatable" ? "word differs" : "word"}>{condition === undefined ? "Incomplete" : WORD[condition]}</p>
    </div>
  );
}

export function Finding() {
  const { opened, refused, answer: { errors, trouble } } = useLoan();
  if (refused !== undefined) return <p class="finding">The price cannot go there: {refused} Choose an example or change an input to begin anew.</p>;
  if (opened === undefined) {
    const wrong = errors.size > 0 ? "Complete or correct the marked inputs; the answer appears as you type." : "There is no answer for these inputs.";
    return <p class="finding">{[wrong, ...trouble].join(" ")}</p>;
  }
  const { condition, cushion } = opened.now.loan;
  return <p class="finding">{condition === "softLiquidation" && cushion > 0n ? CRUMBS : TO_DO[condition]}</p>;
}
