// One market on one page: what is read on the screen and what is printed.

import { type Column, DataTable } from "../../data-table";
import { Figure } from "../../figure";
import { format } from "../../format";
import { averageSays } from "../ceiling/average";
import { CeilingChart } from "../ceiling/ceiling-chart";
import { Conventions } from "../ceiling/conventions";
import { QualityTable } from "../ceiling/quality";
import { FilesTable } from "../files-table";
import type { ReportFound } from "../jobs";
import { ErrorCharts, PricesTable } from "../oracles/feed-charts";
import { Precision, UpdateGaps } from "../oracles/stands-still";
import { Metrics, Rankings, Window } from "../oracles/tables";
import { Sources } from "../sources";
import type { Visit } from "../visit";
import { GENERATIONS } from "./settings";

const LTV: Column[] = [
  { title: "Bands", name: "bands", as: "plain" }, { title: "Largest LTV, exact", name: "ltv_1e18", as: "percent" }, { title: "Estimate", name: "estimate_fraction", as: "percent" },
];

interface Props {
  found: ReportFound;
  ceiling: Visit["ceiling"];
  oracles: Visit["oracles"];
  simulated: Visit["simulated"];
}

export function ReportPage({ found, ceiling, oracles, simulated }: Props) {
  const rows = found.maxLtv.map(({ bands, exact, ltv, estimate }) => [
    bands, { value: ltv, digits: `${exact}`, says: `${exact.toLocaleString("en")} · 10⁻¹⁸` }, estimate,
  ]);
  const given = simulated === undefined ? "as given" : "as simulated";
  const files = [...(simulated?.quality ?? []), ...(oracles?.found.quality ?? [])];
  return (
    <article class="report-page">
      <h2>{found.collateral} on {found.chain}</h2>
      <p class="note">{GENERATIONS[found.generation]}. Computed by llamath; estimates, not advice.</p>
      <table class="formula">
        <caption class="part">Parameters</caption>
        <tbody>
          <Step name="Amplification" says={`${given}; bands 1/${found.A} of their price wide`} value={found.A} as="plain" />
          <Step name="Fee of a trade" says={given} value={found.fee} as="percent" />
          <Step name="Worst-case loss" says={given} value={found.loss} as="percent" />
          <Step name="Liquidation discount" says={`${format(found.loss, "percent")}, up to a whole percent`} value={found.liquidationDiscount} as="percent" />
          <Step name="Loan discount" says={`${format(found.liquidationDiscount, "percent")} + ${format(found.margin, "percent")}`} value={found.loanDiscount} as="percent" />
          {found.ceiling && <Step name="Debt ceiling, USD" says={`${averageSays(found.ceiling.convention)}; least on ${found.ceiling.minimumDate}`} value={found.ceiling.roundedUsd} as="plain" />}
        </tbody>
      </table>
      <section>
        <h3>Borrowing</h3>
        <DataTable caption={`Largest LTV at a price of ${format(found.price, "tokens")} USD, just after deployment`} columns={LTV} rows={rows} />
        <p class="note">Exact: as the contracts' integers have it. Elsewhere within a band it is higher, by 1/{found.A} of itself at most. Estimate: the explainer's formula.</p>
      </section>
      {simulated !== undefined && (
        <section>
          <h3>A and fee</h3>
          <p class="note">{simulated.isExample ? "Simulated on made-up candles." : `Simulated on ${simulated.sources.map(({ file }) => file).join(", ")}.`} {found.scans.length === 0 && "One point of a map, so without ranges."}</p>
          {simulated.edges !== undefined && <p><strong>{simulated.edges}</strong></p>}
          {found.scans.length > 0 && <Scans scans={found.scans} />}
        </section>
      )}
      <section>
        <h3>Debt ceiling</h3>
        {ceiling === undefined ? <p class="note">None was computed.</p> : (
          <>
            {ceiling.isExample && <p class="note">From made-up liquidity.</p>}
            <CeilingChart found={ceiling.found} asked={ceiling.asked} still />
            <Conventions found={ceiling.found} />
          </>
        )}
      </section>
      <section>
        <h3>Oracles</h3>
        {oracles === undefined ? <p class="note">None were compared.</p> : (
          <>
            {oracles.isExample && <p class="note">From made-up prices.</p>}
            <figure class="growth desk-chart"><ErrorCharts found={oracles.found} /><PricesTable found={oracles.found} /></figure>
            <Window comparison={oracles.found.comparison} />
            <Metrics found={oracles.found} />
            <Rankings comparison={oracles.found.comparison} />
            <UpdateGaps found={oracles.found} />
            <Precision found={oracles.found} />
          </>
        )}
      </section>
      <section>
        <h3>Quality of the data</h3>
        {files.length === 0 && ceiling === undefined && <p class="note">No file was used.</p>}
        {files.length > 0 && <FilesTable files={files} />}
        {ceiling !== undefined && <><h4>Liquidity</h4><QualityTable found={ceiling.found} /></>}
      </section>
      <section>
        <h3>Files</h3>
        {found.sources.length === 0 ? <p class="note">None: all was entered by hand.</p> : <Sources sources={found.sources} />}
      </section>
    </article>
  );
}

const SCANS: Column[] = [
  { title: "Parameter", name: "parameter" }, { title: "Best", name: "value" }, { title: "As good", name: "as_good" },
  { title: "Without one event each", name: "without_one_event" }, { title: "Standard error of its loss", name: "error_fraction", as: "percent" },
];

/** How sure the best values are. */
function Scans({ scans }: { scans: ReportFound["scans"] }) {
  const rows = scans.map(({ parameter, value, flatLow, flatHigh, eventLow, eventHigh, error }) => {
    const says = (one: number) => format(one, parameter === "fee" ? "percent" : "plain");
    const range = (low: number, high: number) => (low === high ? says(low) : `${says(low)} to ${says(high)}`);
    return [parameter, says(value), range(flatLow, flatHigh), range(eventLow, eventHigh), error];
  });
  return <DataTable caption="How sure A and the fee are" columns={SCANS} rows={rows} />;
}

function Step({ name, says, value, as }: { name: string; says: string; value: number; as: "plain" | "percent" }) {
  return <tr><th scope="row">{name}</th><td class="substituted">{says}</td><td class="number"><Figure value={value} as={as} /></td></tr>;
}
