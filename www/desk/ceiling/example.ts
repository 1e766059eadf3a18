// Half a year of two made-up pools: a dip in spring, a day without a row, a doubled day, a day of wrong data.

const DAYS = 182;
const DAY_SECS = 86_400;
const START_SECS = Date.UTC(2024, 0, 1) / 1000;
const DIP = { day: 96, halfWidth: 24, depth: 0.45 };

export function exampleFile(): File {
  let noise = 7;
  const lines = ["date,pool,usd"];
  for (let at = 0; at < DAYS; at += 1) {
    const date = new Date(1000 * (START_SECS + at * DAY_SECS)).toISOString().slice(0, 10);
    const near = Math.max(0, 1 - Math.abs(at - DIP.day) / DIP.halfWidth);
    for (const [pool, size] of [["WETH/USDC", 9_400_000], ["WETH/USDT", 3_100_000]] as const) {
      noise = (noise * 1_103_515_245 + 12_345) % 2_147_483_648;
      const usd = Math.round(size * (1 - DIP.depth * near) * (0.96 + (0.08 * noise) / 2_147_483_648));
      if (pool === "WETH/USDT" && at === 40) continue;
      lines.push(`${date},${pool},${pool === "WETH/USDT" && at === 140 ? usd * 4 : usd}`);
      if (pool === "WETH/USDC" && at === 60) lines.push(`${date},${pool},${usd}`);
    }
  }
  return new File([`${lines.join("\n")}\n`], "made-up-liquidity.csv", { type: "text/csv" });
}
