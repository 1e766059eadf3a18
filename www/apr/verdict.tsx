// K and what would explain it.

import type { Verification } from "../engine";
import { DataTable } from "../data-table";
import { Fold } from "../fold";
import { format, formatFull, formatInterval } from "../format";
import { Explained } from "../term";
import { useSheet } from "./context";

const FIRST_CAUSES = 3;

export function Verdict() {
  const { verification } = useSheet().answer;
  if (verification === undefined || verification.verdict === "paysNothing") return null;
  const { k, causes } = verification;
  return (
    <section class="verdict">
      {k && (
        <p>
          <Explained term="k">Hidden factor K</Explained>{" "}
          <span class="figure" tabIndex={0} data-full={`${formatFull(k.low, "factor")} to ${formatFull(k.high, "factor")}`}>{formatInterval(k.low, k.high)}</span>
        </p>
      )}
      {verification.verdict === "explained" && <Causes causes={causes} />}
      {verification.verdict === "notExplained" && (
        <p>None of the known mistakes, alone or two together, gives a factor in this interval. Not explained.</p>
      )}
    </section>
  );
}

function Causes({ causes }: { causes: Verification["causes"] }) {
  const list = (some: Verification["causes"]) => (
    <ol class="causes">
      {some.map((cause) => (
        <li key={cause.says}><span>{cause.says}</span> <span class="factor">× {format(cause.factor, "factor")}</span></li>
      ))}
    </ol>
  );
  const alone = causes.some(({ names }) => names.length === 1);
  return (
    <>
      <h2>{alone ? "What would explain it" : "Only two mistakes together would explain it"}</h2>
      {list(causes.slice(0, FIRST_CAUSES))}
      {causes.length > 1 && (
        <Fold title={`All ${causes.length} in a table`}>
          <DataTable
            caption="Causes whose factor lies within K, simplest first"
            columns={[{ title: "Cause", name: "cause" }, { title: "Factor", name: "factor", as: "factor" }]}
            rows={causes.map(({ says, factor }) => [says, factor])}
          />
        </Fold>
      )}
    </>
  );
}
