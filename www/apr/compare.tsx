// "Why is mine different": two sets of inputs, and the parts of the difference.

import type { AprInput, Comparison } from "../engine";
import { DataTable } from "../data-table";
import { Fold } from "../fold";
import { format } from "../format";
import { useSheet } from "./context";
import type { FieldName } from "./form";
import { FormField } from "./form-field";

const ROWS: readonly [of: keyof AprInput, theirs: FieldName, label: string][] = [
  ["allocPoint", "theirAllocPoint", "Points of this pool"],
  ["totalAllocPoint", "theirTotalAllocPoint", "Points of all pools"],
  ["emission", "theirEmission", "Emission, all pools"],
  ["emissionSecs", "theirEmissionSecs", "Seconds per emission"],
  ["tokenPriceUsd", "theirTokenPriceUsd", "Price of the reward token"],
  ["stakedUsd", "theirStakedUsd", "Value staked in the pool"],
  ["yearSecs", "theirYearSecs", "Seconds of a year"],
];
const LABEL = Object.fromEntries(ROWS.map(([of, , label]) => [of, label]));

export function Compare() {
  const { comparison, input } = useSheet().answer;
  if (input === undefined) return null;
  const says = comparison === undefined ? "type what differs" : `theirs is ${format(comparison.ratio, "factor")} × mine`;
  return (
    <Fold title="Why is mine different?" says={says}>
      <p>Type the inputs that another site or person uses; what is left empty is the same as yours.</p>
      <table class="sides">
        <thead><tr><th scope="col">Input</th><th scope="col" class="number">Mine</th><th scope="col">Theirs</th></tr></thead>
        <tbody>
          {ROWS.map(([of, theirs, label]) => (
            <tr key={of}>
              <th scope="row">{label}</th>
              <td class="number">{format(input[of] ?? 0, "plain")}</td>
              <td><FormField name={theirs} label="" spoken={`Theirs: ${label}`} placeholder="same" /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {comparison && comparison.parts.length === 0 && <p>Both sides are the same.</p>}
      {comparison && comparison.parts.length > 0 && (
        <>
          <Waterfall {...comparison} />
          <p>
            Mine {format(comparison.mine.apr, "percent")}, theirs {format(comparison.theirs.apr, "percent")}. The bars show
            the logarithm of each factor, so that they add up: each begins where the one above ends.
          </p>
          <DataTable
            caption="Parts of the difference"
            columns={[
              { title: "Input", name: "input" }, { title: "Mine", name: "mine", as: "plain" }, { title: "Theirs", name: "theirs", as: "plain" },
              { title: "APR ×", name: "factor", as: "factor" }, { title: "ln", name: "log", as: "factor" },
            ]}
            rows={[
              ...comparison.parts.map((part) => [LABEL[part.field], part.mine, part.theirs, part.factor, part.log]),
              ["All together: APR", comparison.mine.apr, comparison.theirs.apr, comparison.ratio, comparison.logRatio],
            ]}
          />
        </>
      )}
    </Fold>
  );
}

interface Step {
  name: string;
  from: number;
  to: number;
  factor: number;
}

function Waterfall({ parts, ratio, logRatio }: Pick<Comparison, "parts" | "ratio" | "logRatio">) {
  const steps: Step[] = [];
  let reached = 0;
  for (const part of parts) {
    steps.push({ name: LABEL[part.field] ?? part.field, from: reached, to: reached + part.log, factor: part.factor });
    reached += part.log;
  }
  const all = [...steps, { name: "All together", from: 0, to: logRatio, factor: ratio }];
  const ends = all.flatMap(({ from, to }) => [from, to]);
  const low = Math.min(...ends);
  const width = Math.max(...ends) - low || 1;
  const place = (value: number) => ((value - low) / width) * 100;
  return (
    <figure class="bars waterfall">
      <figcaption class="spoken">Parts of the difference; the table below has the numbers</figcaption>
      {all.map(({ name, from, to, factor }) => (
        <div class="bar" key={name}>
          <span>{name}</span>
          <span class="bar-room" aria-hidden="true">
            <span class="bar-zero" style={{ left: `${place(0)}%` }} />
            <span
              class={`bar-fill ${to >= from ? "first" : "second"}`}
              style={{ marginLeft: `${place(Math.min(from, to))}%`, width: `${place(Math.max(from, to)) - place(Math.min(from, to))}%` }}
            />
          </span>
          <span class="bar-says">× {format(factor, "factor")}</span>
        </div>
      ))}
    </figure>
  );
}
