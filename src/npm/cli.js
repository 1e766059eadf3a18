#!/usr/bin/env node
// `llamath apr | verify | proof`: flags, or one JSON object on standard input.
// Exit code: 0 fine, 1 does not match, 2 bad input.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { LlamathError, farm, version } from "./index.js";

const HELP = `llamath ${version}

usage: llamath apr|verify|proof [flags]      inputs as flags
       llamath apr|verify|proof < FILE       inputs as one JSON object
       llamath proof --check FILE            compute a stored record again

  --alloc-point N         allocation points of the pool
  --total-alloc-point N   allocation points of all pools
  --emission N            tokens for all pools per emission
  --emission-secs N       seconds per emission: the block time, or 1
  --token-price-usd N     price of the token
  --staked-usd N          value staked in the pool
  --year-secs N           seconds of a year (31536000)
  --displayed TEXT        the figure to check, such as 178% (verify, proof)
  --json                  print JSON

exit code: 0 fine, 1 does not match, 2 bad input`;

const NUMBERS = [
  "allocPoint", "totalAllocPoint", "emission", "emissionSecs", "tokenPriceUsd", "stakedUsd", "yearSecs",
];
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

class BadInput extends Error {}

function main() {
  const { values, positionals } = parse();
  if (values.help) return print(HELP);
  if (values.version) return print(version);
  const [command] = positionals;
  const run = { apr, verify, proof }[command];
  if (!run || positionals.length !== 1) throw new BadInput(`One of apr, verify, proof is needed.\n\n${HELP}`);
  if (values.check !== undefined) {
    if (command !== "proof") throw new BadInput("--check goes with proof.");
    return check(values.check);
  }
  return run(inputs(values), values.json);
}

function parse() {
  const options = Object.fromEntries(
    [...NUMBERS.map(kebab), "displayed", "check"].map((name) => [name, { type: "string" }]),
  );
  for (const name of ["json", "help", "version"]) options[name] = { type: "boolean" };
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new BadInput(error.message);
  }
}

/** The inputs from the flags or, without any, from standard input. */
function inputs(values) {
  const { json, ...flags } = values;
  if (Object.keys(flags).length === 0) {
    if (process.stdin.isTTY) throw new BadInput(`Inputs are needed.\n\n${HELP}`);
    try {
      return JSON.parse(readFileSync(0, "utf8"));
    } catch (error) {
      throw new BadInput(`Standard input must be one JSON object: ${error.message}`);
    }
  }
  const found = {};
  for (const name of NUMBERS) {
    const text = values[kebab(name)];
    if (text === undefined) continue;
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) {
      throw new BadInput(`--${kebab(name)} must be a number such as 0.45; received ${JSON.stringify(text)}.`);
    }
    found[name] = Number(text);
  }
  if (values.displayed !== undefined) found.displayed = values.displayed;
  return found;
}

function apr(input, json) {
  const found = farm.apr(input);
  if (json) return printJson(found);
  return print(
    [
      `APR               ${percent(found.apr)}`,
      `weight            ${percent(found.weight)}`,
      `tokens a day      ${found.tokensPerDay}`,
      `USD a year        ${found.usdPerYear}`,
      `APY, daily        ${percent(farm.apy({ apr: found.apr, periodsPerYear: 365 }))}`,
    ].join("\n"),
  );
}

function verify(input, json) {
  const found = farm.verifyApr(input);
  const code = found.verdict === "matches" ? 0 : 1;
  if (json) return printJson(found, code);
  const lines = [
    `displayed  ${input.displayed}: ${percent(found.displayed.low)} up to ${percent(found.displayed.high)}`,
    `computed   ${percent(found.computed.apr)}`,
    ...(found.k ? [`K          ${found.k.low} up to ${found.k.high}`] : []),
    `verdict    ${verdicts[found.verdict]}`,
    ...found.causes.map((cause) => `           ${cause.says}`),
  ];
  return print(lines.join("\n"), code);
}

const verdicts = {
  matches: "it matches",
  explained: "it does not match; this would explain it:",
  notExplained: "it does not match; no known mistake explains it",
  paysNothing: "it does not match: the pool pays nothing",
};

function proof(input, json) {
  const found = farm.proof(input);
  return json ? printJson(found) : print(found.json);
}

/** Computes a stored record again: the same bytes prove that nothing was changed. */
function check(path) {
  let stored;
  let record;
  try {
    stored = readFileSync(path, "utf8").trimEnd();
    record = JSON.parse(stored);
  } catch (error) {
    throw new BadInput(`${path} must be a record in JSON: ${error.message}`);
  }
  if (!Array.isArray(record?.inputs)) throw new BadInput(`${path} holds no record of llamath.`);
  const input = Object.fromEntries(record.inputs.map(({ name, value }) => [name, value]));
  const origins = record.inputs
    .filter(({ origin }) => origin !== undefined)
    .map(({ name, origin, date }) => ({ field: name, origin, date }));
  const { json, sha256 } = farm.proof({ ...input, origins, displayed: record.check?.text });
  if (json === stored) return print(`The record is right: SHA-256 ${sha256}`);
  return print(`The record does not match: computed again, it is\n${json}`, 1);
}

const percent = (fraction) => `${Number((fraction * 100).toPrecision(10))} %`;

function print(text, code = 0) {
  console.log(text);
  return code;
}

function printJson(value, code) {
  return print(JSON.stringify(value, null, 2), code);
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof BadInput || error instanceof LlamathError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
