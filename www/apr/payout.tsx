// What the pool pays, estimated per time and exact in a contract's integers.

import { DataTable } from "../data-table";
import { Fold } from "../fold";
import { format, formatInteger } from "../format";
import { useSheet } from "./context";
import { FormField } from "./form-field";

export function Payout() {
  const { session, answer } = useSheet();
  const { apr } = answer;
  if (apr === undefined) return null;
  const perSecond = session.form.emissionPer === "second";
  const rows: [string, number][] = [
    ...(perSecond ? [] : [["block", apr.poolEmission] as [string, number]]),
    ["second", apr.tokensPerSecond], ["day", apr.tokensPerDay], ["year", apr.tokensPerYear],
  ];
  return (
    <Fold title="What the pool pays" says={`${format(apr.tokensPerDay, "tokens")} tokens a day`}>
      <p>
        It gets {format(apr.weight, "percent")} of the farm's emission
        {perSecond ? "." : `, in ${format(apr.emissionsPerYear, "tokens")} blocks a year.`}
      </p>
      <DataTable
        caption="Tokens to this pool"
        columns={[{ title: "In one", name: "period" }, { title: "Tokens", name: "tokens", as: "tokens" }]}
        rows={rows}
      />
      <h3>To the last unit</h3>
      <p>
        A MasterChef contract pays ⌊blocks · emission · points ÷ total points⌋ in whole numbers; the token is
        taken to have 18 decimals.
      </p>
      <div class="inline-fields"><FormField name="rewardBlocks" unit={perSecond ? "seconds" : "blocks"} /></div>
      {answer.reward === undefined
        ? <p>This needs whole points and an emission of at most 18 decimals.</p>
        : <p class="integer figure" tabIndex={0} data-full={answer.reward.toString()}>{formatInteger(answer.reward)} <span class="unit">smallest units</span></p>}
    </Fold>
  );
}
