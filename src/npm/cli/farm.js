// `llamath apr | verify | proof`: the inputs of a farm from flags, or as one JSON object.
import { readFileSync } from "node:fs";
import { farm } from "../index.js";
import { number } from "./flags.js";
import { BadInput, kebab, percent, print, printJson } from "./print.js";

const NUMBERS = [
  "allocPoint", "totalAllocPoint", "emission", "emissionSecs", "tokenPriceUsd", "stakedUsd", "yearSecs",
];
const POOL = NUMBERS.map(kebab);

export const apr = {
  texts: POOL,
  switches: ["json"],
  run(values) {
    const found = farm.apr(inputs(values));
    if (values.json) return printJson(found);
    return print(
      [
        `APR               ${percent(found.apr)}`,
        `weight            ${percent(found.weight)}`,
        `tokens a day      ${found.tokensPerDay}`,
        `USD a year        ${found.usdPerYear}`,
        `APY, daily        ${daily(found.apr)}`,
      ].join("\n"),
    );
  },
};

/** The APY of compounding daily: it leaves the range of a double long before the APR does. */
function daily(apr) {
  try {
    return percent(farm.apy({ apr, periodsPerYear: 365 }));
  } catch (error) {
    if (error.code !== "arithmetic") throw error;
    return "too large to be represented";
  }
}

export const verify = {
  texts: [...POOL, "displayed"],
  switches: ["json"],
  run(values) {
    const input = inputs(values);
    const found = farm.verifyApr(input);
    const code = found.verdict === "matches" ? 0 : 1;
    if (values.json) return printJson(found, code);
    const lines = [
      `displayed  ${input.displayed}: ${percent(found.displayed.low)} up to ${percent(found.displayed.high)}`,
      `computed   ${percent(found.computed.apr)}`,
      ...(found.k ? [`K          ${found.k.low} up to ${found.k.high}`] : []),
      `verdict    ${verdicts[found.verdict]}`,
      ...found.causes.map((cause) => `           ${cause.says}`),
    ];
    return print(lines.join("\n"), code);
  },
};

const verdicts = {
  matches: "it matches",
  explained: "it does not match; this would explain it:",
  notExplained: "it does not match; no known mistake explains it",
  paysNothing: "it does not match: the pool pays nothing",
};

export const proof = {
  texts: [...POOL, "displayed", "check"],
  switches: ["json"],
  run(values) {
    if (values.check !== undefined) return check(values.check);
    const found = farm.proof(inputs(values));
    return values.json ? printJson(found) : print(found.json);
  },
};

/** The inputs from the flags or, without any, from standard input. */
function inputs(values) {
  const { json, ...flags } = values;
  if (Object.keys(flags).length === 0) {
    if (process.stdin.isTTY) throw new BadInput("Inputs are needed, as flags or on standard input: see llamath --help.");
    try {
      return JSON.parse(readFileSync(0, "utf8"));
    } catch (error) {
      throw new BadInput(`Standard input must be one JSON object: ${error.message}`);
    }
  }
  const found = {};
  for (const name of NUMBERS) {
    if (values[kebab(name)] !== undefined) found[name] = number(values, kebab(name));
  }
  if (values.displayed !== undefined) found.displayed = values.displayed;
  return found;
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
  if (!Array.isArray(record?.inputs) || record.inputs.includes(null)) throw new BadInput(`${path} holds no record of llamath.`);
  const input = Object.fromEntries(record.inputs.map(({ name, value }) => [name, value]));
  const origins = record.inputs
    .filter(({ origin }) => origin !== undefined)
    .map(({ name, origin, date }) => ({ field: name, origin, date }));
  const { json, sha256 } = farm.proof({ ...input, origins, displayed: record.check?.text });
  if (json === stored) return print(`The record is right: SHA-256 ${sha256}`);
  return print(`The record does not match: computed again, it is\n${json}`, 1);
}
