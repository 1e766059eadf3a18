import { DataTable } from "../data-table";
import { Fold } from "../fold";
import { format } from "../format";
import { Explained } from "../term";
import { useSheet } from "./context";

export function Apy() {
  const { apr, apys } = useSheet().answer;
  if (apr === undefined || apys === undefined) return null;
  const daily = apys.find(({ name }) => name === "daily")?.apy;
  return (
    <Fold title="APY by compounding" says={daily === undefined ? "" : `${format(daily, "percent")} daily`}>
      <p><Explained term="apy">APY = (1 + APR ÷ n)ⁿ − 1; continuously exp(APR) − 1</Explained></p>
      {daily !== undefined && <p>Daily: (1 + {format(apr.apr, "percent")} ÷ 365)<sup>365</sup> − 1 = {format(daily, "percent")}</p>}
      <DataTable
        caption="APY by how often rewards are reinvested, without fees"
        columns={[
          { title: "Reinvested", name: "reinvested" }, { title: "Times a year (n)", name: "periods_per_year", as: "tokens" },
          { title: "APY", name: "apy_fraction", as: "percent" },
        ]}
        rows={apys.map(({ name, periodsPerYear, apy }) => [name, periodsPerYear, apy])}
        lacking={apys.map(({ periodsPerYear, says }) => says ?? (periodsPerYear === undefined ? "∞" : undefined))}
      />
    </Fold>
  );
}
