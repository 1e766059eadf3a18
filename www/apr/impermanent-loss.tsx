import { Segments } from "../field";
import { Figure } from "../figure";
import { Fold } from "../fold";
import { format } from "../format";
import { Explained } from "../term";
import { useSheet } from "./context";
import { CHOICES, type Form } from "./form";
import { FormField } from "./form-field";

const FORMULA: Record<Form["ilPool"], (k: string, w: string) => string> = {
  half: (k) => `2√${k} ÷ (1 + ${k}) − 1`,
  weighted: (k, w) => `${k}^${w} ÷ (${w} · ${k} + 1 − ${w}) − 1`,
  range: (k) => `what the position is worth at ${k} times the price ÷ what its first coins are worth there − 1`,
};

export function ImpermanentLoss() {
  const { session, answer, change } = useSheet();
  const { ilPool } = session.form;
  const loss = answer.impermanentLoss;
  const k = answer.readings.text("ilPriceRatio") ?? "k";
  const w = format(answer.readings.value("ilWeight") ?? 0, "percent");
  return (
    <Fold title="Impermanent loss" says={loss === undefined ? "" : format(loss, "percent")}>
      <p><Explained term="impermanentLoss">What a price move takes from a liquidity provider</Explained></p>
      <Segments label="Kind of pool" hideLabel options={CHOICES.ilPool} value={ilPool} onChange={(key) => change({ ilPool: key })} />
      <div class="inline-fields">
        <FormField name="ilPriceRatio" />
        {ilPool === "weighted" && <FormField name="ilWeight" />}
        {ilPool === "range" && <><FormField name="ilLower" /><FormField name="ilUpper" /></>}
      </div>
      {loss !== undefined && <p><Figure value={loss} as="percent" class="medium" /> against keeping the coins: {FORMULA[ilPool](k, w)}</p>}
    </Fold>
  );
}
