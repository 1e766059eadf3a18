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
  healthy: "All collateral is untouched. Nothing needs doing; watch the price against the start of the range.",
  softLiquidation: "The price is inside the range: the AMM is selling your collateral, and buys it back if the price rises. Each way costs a little health. Repay some debt to keep health up; adding collateral is not possible now.",
  converted: "The price is below the range: all collateral has been sold, so a further fall does not hurt. Repay and close, or wait for the price to rise through the range again.",
  liquidatable: "Health is below zero: anybody may close this loan and keep the difference. Repay debt at once, as far as health is above zero again.",
};

export function Headline() {
  const { opened } = useLoan();
  const condition = opened?.now.loan.condition;
  return (
    <div class="headline" role="status" aria-label="Answer">
      <p class="large">
        {opened === undefined ? "–" : <Exact raw={opened.now.loan.health} as="percent" />}
        <span class="large-unit">health</span>
      </p>
      <p class={condition === "liquidatable" ? "word differs" : "word"}>{condition === undefined ? "Incomplete" : WORD[condition]}</p>
    </div>
  );
}

export function Finding() {
  const { opened, answer: { errors, trouble } } = useLoan();
  if (opened === undefined) {
    const wrong = errors.size > 0 ? "Complete or correct the marked inputs; the answer appears as you type." : "There is no answer for these inputs.";
    return <p class="finding">{[wrong, ...trouble].join(" ")}</p>;
  }
  return <p class="finding">{TO_DO[opened.now.loan.condition]}</p>;
}
