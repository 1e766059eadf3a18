#!/usr/bin/env node
// The command line. Exit code: 0 fine, 1 does not match or is liquidatable, 2 bad input.
import { parseArgs } from "node:util";
import { bands } from "./cli/bands.js";
import { apr, proof, verify } from "./cli/farm.js";
import { loan } from "./cli/loan.js";
import { BadInput, print } from "./cli/print.js";
import { LlamathError, version } from "./index.js";

const HELP = `llamath ${version}

usage: llamath apr|verify|proof [flags]      a farm: inputs as flags
       llamath apr|verify|proof < FILE       inputs as one JSON object
       llamath proof --check FILE            compute a stored record again
       llamath loan [flags]                  a loan in LLAMMA: its health, its range, its limits
       llamath bands [flags]                 what each of its bands holds

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

  --json                  print JSON, integers as texts of digits

What people read is exact for a loan, and cut to ten digits for farms and bands.
exit code: 0 fine, 1 does not match or is liquidatable, 2 bad input`;

const commands = { apr, verify, proof, loan, bands };
const names = Object.keys(commands);

function main() {
  const { values, positionals } = parse();
  if (values.help) return print(HELP);
  if (values.version) return print(version);
  const [name] = positionals;
  if (!names.includes(name) || positionals.length !== 1) {
    throw new BadInput(`One of ${names.join(", ")} is needed.\n\n${HELP}`);
  }
  for (const flag of Object.keys(values)) {
    const takers = names.filter((other) => flagsOf(other).includes(flag));
    if (!takers.includes(name)) throw new BadInput(`--${flag} goes with ${takers.join(", ")}.`);
  }
  return commands[name].run(values);
}

const flagsOf = (name) => [...commands[name].texts, ...commands[name].switches];

function parse() {
  const options = { help: { type: "boolean" }, version: { type: "boolean" } };
  for (const { texts, switches } of Object.values(commands)) {
    for (const flag of texts) options[flag] = { type: "string" };
    for (const flag of switches) options[flag] = { type: "boolean" };
  }
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new BadInput(error.message);
  }
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof BadInput || error instanceof LlamathError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
