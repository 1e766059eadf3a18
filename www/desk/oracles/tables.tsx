import { type Column, DataTable } from "../../data-table";
import { minute } from "../../dates";
import type { Comparison, Measure, OraclesFound } from "../jobs";

/** Over what the feeds were compared. */
export function Window({ comparison: { fromSecs, toSecs, stepSecs, compared, leftOut, reference } }: { comparison: Comparison }) {
  return (
    <p class="note">
      RMSE = √(mean of (feed − market)²) over {compared.toLocaleString("en")} moments, {minute(fromSecs)} to {minute(toSecs)} UTC, one every {stepSecs} s; {leftOut} left out. Market: {reference}.
    </p>
  );
}

const METRICS: Column[] = [
  { title: "Feed", name: "feed" }, { title: "RMSE", name: "rmse", as: "measured" }, { title: "MAE", name: "mae", as: "measured" },
  { title: "Mean diff.", name: "mean_difference", as: "measured" }, { title: "Variance of it", name: "variance_difference", as: "measured" },
  { title: "Volatility", name: "volatility", as: "measured" }, { title: "of returns, a year", name: "yearly_log_volatility_fraction", as: "percent" }, { title: "Correlation", name: "correlation", as: "measured" },
  { title: "Worst", name: "worst", as: "measured" }, { title: "on, UTC", name: "worst_at_utc" }, { title: "Lag, min", name: "lag_minutes", as: "plain" },
];

export function Metrics({ found: { comparison, feeds } }: { found: OraclesFound }) {
  const rows = comparison.feeds.map(({ name, metrics, worstAtSecs, lag }, index) => [
    name, metrics.rmse, metrics.mae, metrics.meanDifference, metrics.varianceDifference, metrics.volatility, feeds[index]?.yearlyVolatility, metrics.correlation,
    metrics.worst, minute(worstAtSecs), lag?.steps,
  ]);
  return <div class="wrapping"><DataTable caption="Feeds against the market, in the price's unit" columns={METRICS} rows={rows} /></div>;
}

const MEASURES: Record<Measure, string> = {
  rmse: "RMSE", mae: "MAE", meanDifference: "Mean difference", varianceDifference: "Variance of it", correlation: "Correlation", worst: "Worst",
};

/** The place of each feed by each measure. None of them is a verdict. */
export function Rankings({ comparison }: { comparison: Comparison }) {
  const { feeds, rankings, fromSecs, toSecs, stepSecs } = comparison;
  const columns: Column[] = [
    { title: "Feed", name: "feed" }, ...rankings.map(({ measure }) => ({ title: MEASURES[measure], name: `place_by_${measure}`, as: "plain" as const })),
  ];
  const rows = feeds.map(({ name }, index) => [name, ...rankings.map(({ places }) => {
    const place = places[index];
    return place === undefined || Number.isNaN(place) ? undefined : place;
  })]);
  return <DataTable caption={`Places, ${minute(fromSecs)} to ${minute(toSecs)} UTC, every ${stepSecs} s (no verdict)`} columns={columns} rows={rows} />;
}
