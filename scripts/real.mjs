// `npm run real -- DIR`: the simulator on the real candles in DIR, for each asset that the files are
// named after: a scan of the fee, then of A, for both fee models, without and with the published
// simulators' defect; and what their random method gives for twenty seeds.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { swept } from "../pkg/cli/sweep.js";

const [folder] = process.argv.slice(2);
const names = folder === undefined ? [] : readdirSync(folder).filter((name) => /^[A-Z]+_.*\.csv(\.gz)?$/.test(name)).sort();
if (names.length === 0) {
  console.error("usage: npm run real -- DIR, a folder with candles such as BTC_2024.csv.gz");
  process.exit(2);
}

const SEEDS = 20;
const AMPLIFICATIONS = "10,20,30,50,70,100,150,200,250,300,400,500";
const FEES = "0.0005,0.001,0.002,0.003,0.004,0.006,0.008,0.012,0.016";

const percent = (fraction) => `${(100 * fraction).toFixed(3)} %`;
const date = (secs) => new Date(1000 * secs).toISOString().slice(0, 10);
const many = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;
const spread = (numbers) => {
  const counts = new Map();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b).map(([number, count]) => `${number} (${many(count, "time")})`).join(", ");
};

function say(what, { parameters: [parameter], recommended, points, best, discounts, events, jackknife }) {
  const { value, flatLow, flatHigh, eventLow, eventHigh } = recommended[parameter];
  const { loss, requiredDiscount } = points[best];
  console.log(`${what}: ${value}, as good from ${flatLow} to ${flatHigh}, without an event ${eventLow} to ${eventHigh}`);
  console.log(`  loss ${percent(loss)}${jackknife === undefined ? "" : ` (95 %: ${percent(jackknife.low)} to ${percent(jackknife.high)})`}, required discount ${percent(requiredDiscount)}, liquidation discount ${percent(discounts.liquidationDiscount)}, loan discount ${percent(discounts.loanDiscount)}`);
  console.log(`  events: ${events.map(({ event }) => `${date(event.startSecs)} (${many(event.windows, "window")}, ${percent(event.loss)})`).join(", ")}`);
}

for (const asset of new Set(names.map((name) => name.split("_")[0]))) {
  const paths = names.filter((name) => name.startsWith(`${asset}_`)).map((name) => join(folder, name));
  for (const model of ["v1", "v2"]) {
    for (const trading of ["guarded", "parity"]) {
      const common = { "fee-model": model, trading, by: "rows" };
      console.log(`\n${asset}, ${paths.length} files, fees of ${model}, ${trading}`);
      const fees = await swept({ ...common, A: "100", fee: FEES }, paths);
      say("fee at A = 100", fees);
      const all = await swept({ ...common, A: AMPLIFICATIONS, fee: "0.002" }, paths);
      say(`A at a fee of 0.2 %, all ${all.windows} windows`, all);
      console.log(`  ${all.points.map(({ A, loss, requiredDiscount }) => `${A}: ${percent(loss)} / ${percent(requiredDiscount)}`).join(", ")}`);
      // The defect makes every window be simulated: the published method is shown once.
      if (trading === "parity") continue;
      const sampled = [];
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        sampled.push(await swept({ ...common, A: AMPLIFICATIONS, fee: "0.002", sampled: "500000", seed: `${seed}`, worst: "50" }, paths));
      }
      const least = sampled.map(({ points, best }) => points[best].requiredDiscount);
      console.log(`  the published method (500 000 random windows, the worst 50), ${SEEDS} seeds: A ${spread(sampled.map(({ recommended }) => recommended.A.value))}; required discount ${percent(Math.min(...least))} to ${percent(Math.max(...least))}`);
    }
  }
}
