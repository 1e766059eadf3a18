// Shown against computed, to scale from zero.

import { format, formatText } from "../format";
import { DataTable } from "../data-table";
import { Fold } from "../fold";
import { useSheet } from "./context";

export function ShownAgainstComputed() {
  const { apr, verification, readings } = useSheet().answer;
  if (apr === undefined) return null;
  if (verification === undefined || verification.verdict === "paysNothing") return <PoolShare weight={apr.weight} />;
  const { low, high } = verification.displayed;
  const largest = Math.max(apr.apr, high);
  const rows = [
    { name: "Computed", low: apr.apr, high: apr.apr, says: format(apr.apr, "percent"), pattern: "first" },
    { name: "Shown", low, high, says: `${formatText(readings.text("displayed") ?? "")}%`, pattern: "second" },
  ] as const;
  return (
    <figure class="bars">
      <figcaption class="spoken">Shown and computed APR to scale</figcaption>
      {rows.map((row) => <Bar key={row.name} name={row.name} part={row.high / largest} says={row.says} pattern={row.pattern} />)}
      <Fold title="Table of this picture">
        <DataTable
          caption="Shown and computed APR"
          columns={[
            { title: "Figure", name: "figure" }, { title: "From", name: "low_fraction", as: "percent" },
            { title: "up to", name: "high_fraction", as: "percent" },
          ]}
          rows={rows.map((row) => [row.name, row.low, row.high])}
        />
      </Fold>
    </figure>
  );
}

function PoolShare({ weight }: { weight: number }) {
  return (
    <figure class="bars">
      <figcaption class="spoken">The pool's share of the farm's emission</figcaption>
      <Bar name="This pool" part={weight} says={`${format(weight, "percent")} of the emission`} pattern="first" track />
    </figure>
  );
}

interface BarProps {
  name: string;
  /** 0 to 1 of the full width. */
  part: number;
  says: string;
  pattern: "first" | "second";
  /** The full width means something and is drawn too. */
  track?: boolean;
}

function Bar({ name, part, says, pattern, track = false }: BarProps) {
  return (
    <div class="bar">
      <span>{name}</span>
      <span class={`bar-room${track ? " track" : ""}`} aria-hidden="true">
        <span class={`bar-fill ${pattern}`} style={{ width: `${part * 100}%` }} />
      </span>
      <span class="bar-says">{says}</span>
    </div>
  );
}
