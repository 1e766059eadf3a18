#!/usr/bin/env node
// The command line. Exit code: 0 fine, 1 does not match or is liquidatable, 2 bad input, 3 a defect.
import { parseArgs } from "node:util";
import { bands } from "./cli/bands.js";
import { candles } from "./cli/candles.js";
import { ceiling } from "./cli/ceiling.js";
import { apr, proof, verify } from "./cli/farm.js";
import { loan } from "./cli/loan.js";
import { oracles } from "./cli/oracles.js";
import { BadInput, print } from "./cli/print.js";
import { report } from "./cli/report.js";
import { sweep } from "./cli/sweep.js";
import { LlamathError, version } from "./index.js";

const HELP = `llamath ${version}

usage: llamath apr|verify|proof [flags]      a farm: inputs as flags
       llamath apr|verify|proof < FILE       inputs as one JSON object
       llamath proof --check FILE            compute a stored record again
       llamath loan [flags]                  a loan in LLAMMA: its health, its range, its limits
       llamath bands [flags]                 what each of its bands holds
       llamath candles FILE...               what is wrong with candles
       llamath sweep FILE... [flags]         what positions lose over all windows of candles
       llamath ceiling FILE... [flags]       a debt ceiling from files with liquidity
       llamath oracles [flags]               price feeds against a market's prices
       llamath report [PARTS] [flags]        a recommended market, as Markdown

farms
  --alloc-point N         allocation points of the pool
  --total-alloc-point N   allocation points of all pools
  --emission N            tokens for all pools per emission
  --emission-secs N       seconds per emission: the block time, or 1
  --token-price-usd N     price of the token
  --staked-usd N          value staked in the pool
  --year-secs N           seconds of a year (31536000)
  --displayed TEXT        the figure to check, such as 178% (verify, proof)

loans: the market is a preset, its parameters or a stored state
  --preset NAME           a real market, such as tBTC or ethereum:WETH
  --generation WORD       m2023, l2024, v1, v1mint, v2 or dfm
  --A N                   amplification
  --fee N                 fee of a trade, such as 0.006
  --loan-discount N       such as 0.09
  --liquidation-discount N  such as 0.06
  --collateral-decimals N --borrowed-decimals N  of the tokens
  --base-price N          upper edge of band 0 (the preset's, or the price)
  --price N               the oracle price
  --state FILE            a state of a market as JSON
loans: the loan is a new one, or one that a state holds
  --collateral N          whole tokens, such as 1.5
  --debt N                whole tokens; --max instead for the largest that passes
  --bands N               4 to 50
  --user NAME             whose loan of the state (bands: all of each band without it)
  --oracle-price N        look at it at another price: loan before anybody has traded,
                          bands after an arbitrageur has
  --csv                   print a table for spreadsheets (bands)

files are CSV or JSON, plain or gzip; an error names the file, the row (from 1, below the header) and the column
sweeps: one LIST or two are scanned: a value, some such as 50,100, or a range such as 10..500
  --A LIST (10..500) --fee LIST (0.002) --bands LIST (4)
  --half-life-secs LIST (600)  of the oracle's average; or --ema-secs LIST, as the contracts count
  --dynamic-fee-multiplier LIST (0; v2 0.25)
  --fee-model WORD        v1 or v2
  --trading WORD          guarded, or parity: also where arbitrageurs lose, as published
  --external-fee N (0.0005) --po-fee-delay N (2; v1) --position-shift N (0)
  --days N (0.15)         how long a window lasts
  --by WORD               time, or rows: as published, over gaps
  --longest-gap-secs N    that a window by time may cross (300, or one and a half candles)
  --add-reverse           the candles, and after them the same backwards
  --worst N               the mean of the N largest losses (1 of 10000 windows)
  --shortfall N           instead: the mean of the worst, such as 0.99
  --mean                  instead: the mean of all windows, all of which are simulated
  --difference N (0.002)  what counts as good as the best
  --margin N (0.03)       of the loan discount above the liquidation discount
  --sampled N --seed N    N random windows instead of all, as published, the same for each setting
  --search WORD           pruned; every: no window is left out; checked: and held against its bound
  --workers N --csv

ceilings: liquidity by time, pool and USD
  --days N                of the average (7)
  --share N               of its least that may be lent (0.2)
  --digits N              kept of the ceiling (1)
  --warm-up N             days before an average counts (0)
  --carry-days N          for which a pool's last figure stands in for a missing one (0)
  --price-usd N           price of a token, if liquidity is counted in tokens
  --convention N          which of the averages, as they are numbered (1: a span, adjusted)
oracles
  --rounds FILE           Chainlink rounds, of --decimals N (8)
  --observations FILE     of a Uniswap v3 pool, with --base-decimals N, --quote-decimals N and, if so,
                          --base-is-token0; --twap-secs N (1800)
  --candles FILE          the market's candles of a minute, stamped with their opening; or
  --spot FILE             its prices, each at its time
  --lag-steps N           minutes that a lag is searched for, in both directions (none)
  --divisor WORD          of variances: countLessOne (as without it) or count
reports: PARTS is one JSON object as market.recommend takes it; or
  --collateral NAME --chain NAME --generation WORD --price N
  --A N --fee N --loss N  as known; or, simulated as published, first the fee, then A:
  --history FILE          candles, may come several times; with --A LIST (10..500),
                          --fee LIST (0.0005 to 0.01) and the flags of sweeps but
                          --days, --sampled and --seed
  --window-days N (0.15)  how long a window of these lasts
  --margin N              of the loan discount above the liquidation discount (0.03)
  --collateral-decimals N --borrowed-decimals N  of the tokens (18)
  --liquidity FILE        and the flags of ceilings; may come several times
  and the flags of oracles

  --json                  print JSON, integers as texts of digits

What people read is exact for a loan, and cut to ten digits for farms and bands.
exit code: 0 fine, 1 does not match or is liquidatable, 2 bad input, 3 a defect of llamath`;

const commands = { apr, verify, proof, loan, bands, candles, sweep, ceiling, oracles, report };
const names = Object.keys(commands);

async function main() {
  const { values, positionals } = parse();
  if (values.help) return print(HELP);
  if (values.version) return print(version);
  const [name, ...paths] = positionals;
  if (!names.includes(name) || (paths.length > 0 && !commands[name].files)) {
    throw new BadInput(`One of ${names.join(", ")} is needed.\n\n${HELP}`);
  }
  for (const flag of Object.keys(values)) {
    const takers = names.filter((other) => flagsOf(other).includes(flag));
    if (!takers.includes(name)) throw new BadInput(`--${flag} goes with ${takers.join(", ")}.`);
  }
  return commands[name].run(values, paths);
}

const flagsOf = (name) => [...commands[name].texts, ...commands[name].switches, ...(commands[name].lists ?? [])];

function parse() {
  const options = { help: { type: "boolean" }, version: { type: "boolean" } };
  for (const { texts, switches, lists = [] } of Object.values(commands)) {
    for (const flag of texts) options[flag] = { type: "string" };
    for (const flag of switches) options[flag] = { type: "boolean" };
    for (const flag of lists) options[flag] = { type: "string", multiple: true };
  }
  const { values, positionals, tokens } = parsed(options);
  const flags = tokens.filter(({ kind }) => kind === "option").map(({ name }) => name);
  const twice = flags.find((flag, at) => options[flag].type === "string" && !options[flag].multiple && flags.indexOf(flag) !== at);
  if (twice !== undefined) throw new BadInput(`--${twice} is given twice.`);
  return { values, positionals };
}

function parsed(options) {
  try {
    return parseArgs({ options, allowPositionals: true, tokens: true });
  } catch (error) {
    throw new BadInput(error.message);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isRefusal = error instanceof BadInput || (error instanceof LlamathError && error.code !== "internal");
  console.error(isRefusal ? error.message : error);
  process.exitCode = isRefusal ? 2 : 3;
}
