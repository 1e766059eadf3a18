import { type Column, DataTable } from "../../data-table";
import type { CeilingFound } from "../jobs";
import { averageSays } from "./average";

const COLUMNS: Column[] = [
  { title: "Average", name: "average" }, { title: "Least", name: "least", as: "plain" }, { title: "on", name: "date" },
  { title: "Ceiling, USD", name: "ceiling_usd", as: "plain" }, { title: "Rounded, USD", name: "rounded_usd", as: "plain" },
];

/** “7-day EMA” can be read in several ways, and the ceiling depends on it. */
export function Conventions({ found: { conventions } }: { found: CeilingFound }) {
  const rows = conventions.map(({ convention, minimum, minimumDate, ceilingUsd, roundedUsd }) => [averageSays(convention), minimum, minimumDate, ceilingUsd, roundedUsd]);
  return <DataTable caption="By every reading of the average" columns={COLUMNS} rows={rows} />;
}
