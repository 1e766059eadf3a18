// What a deposit becomes, and the deposit that a gain takes.

import { DataTable } from "../data-table";
import type { Apr } from "../engine";
import { Fold } from "../fold";
import { format, formatSpan } from "../format";
import { useSheet } from "./context";
import { CHOICES, type Form, PERIODS_PER_YEAR } from "./form";
import type { Readings } from "./read";
import { Growth } from "./growth";

const SPAN: Record<number, string> = { 1: "1 day", 7: "7 days", 30: "30 days", 365: "1 year", 1825: "5 years" };

export function Returns() {
  const { session, answer } = useSheet();
  const { apr, returns, growth, target, readings } = answer;
  const principalUsd = readings.value("principalUsd");
  if (apr === undefined || returns === undefined || growth === undefined || principalUsd === undefined) return null;
  const year = returns.find(({ days }) => days === 365);
  const gain = readings.value("targetGainUsd");
  const days = readings.value("targetDays");
  return (
    <Fold title="Returns on your deposit" says={year && `${format(year.gainUsd, "usd")} USD in a year`}>
      <p>
        {format(principalUsd, "usd")} USD, compounded {CHOICES.compounding[session.form.compounding]}, if price, stake and
        emission stay as they are.
      </p>
      <Growth {...growth} />
      <DataTable
        caption="Returns after fees"
        columns={[
          { title: "After", name: "after" }, { title: "Yield", name: "yield_fraction", as: "percent" },
          { title: "Gain, USD", name: "gain_usd", as: "usd" }, { title: "Value, USD", name: "value_usd", as: "usd" },
        ]}
        rows={returns.map((row) => [SPAN[row.days] ?? `${row.days} days`, row.yield, row.gainUsd, row.valueUsd])}
      />
      {year && <p>Gain in a year: {format(principalUsd, "usd")} · ({yearFormula(apr, session.form, readings)}) = {format(year.gainUsd, "usd")} USD</p>}
      {target && gain !== undefined && days !== undefined && (
        <p>
          To gain {format(gain, "usd")} USD in {format(days, "plain")} days, put
          in {format(gain, "usd")} ÷ {format(target.yield, "percent")} = <strong>{format(target.principalUsd, "usd")} USD</strong>.
        </p>
      )}
    </Fold>
  );
}

export function BestCompounding() {
  const { best, readings } = useSheet().answer;
  if (best === undefined) return null;
  const { compoundings, gainUsd, costUsd, netApr, finalUsd, simpleFinalUsd } = best;
  const every = formatEvery(best.intervalSecs, compoundings);
  return (
    <Fold title="Best time between compoundings" says={every}>
      <p>
        {compoundings === 0
          ? "Reinvesting does not earn its cost within a year on this deposit."
          : `${format(compoundings, "plain")} times a year earns most when each costs ${format(readings.value("costUsd") ?? 0, "usd")} USD. Deposit and performance fees are not counted here.`}
      </p>
      <DataTable
        caption="A year, reinvested at the best times or never"
        columns={[
          { title: "Reinvested", name: "reinvested" }, { title: "Cost, USD", name: "cost_usd", as: "usd" },
          { title: "Value after a year, USD", name: "final_usd", as: "usd" },
        ]}
        rows={[[compoundings === 0 ? "best: never" : every, costUsd, finalUsd], ["never", 0, simpleFinalUsd]]}
      />
      <p>Net of its cost that is a gain of {format(gainUsd, "usd")} USD, {format(netApr, "percent")} a year.</p>
    </Fold>
  );
}

/** The yield of 365 days with the numbers put in. */
function yearFormula({ apr, yearSecs }: Apr, form: Form, readings: Readings): string {
  const fee = readings.value("performanceFee") ?? 0;
  const kept = fee === 0 ? "" : ` · (1 − ${format(fee, "percent")})`;
  const atEach = form.performanceFeeOn === "eachCompounding" ? kept : "";
  const years = yearSecs === YEAR_SECS ? "" : ` · ${YEAR_SECS} ÷ ${yearSecs}`;
  const n = PERIODS_PER_YEAR[form.compounding];
  const rate = `${format(apr, "percent")}${atEach}`;
  const times = years === "" ? `${n}` : `(${n}${years})`;
  const growth = n === 0 ? `${rate}${years}` : `(1 + ${rate} ÷ ${n})^${times} − 1`;
  const net = atEach === kept ? growth : `(${growth})${kept}`;
  const deposit = readings.value("depositFee") ?? 0;
  return deposit === 0 ? net : `(1 − ${format(deposit, "percent")}) · (1 + ${net}) − 1`;
}

const YEAR_SECS = 31_536_000;

function formatEvery(intervalSecs: number, compoundings: number): string {
  return compoundings === 0 ? "never" : `every ${formatSpan(intervalSecs)}`;
}
