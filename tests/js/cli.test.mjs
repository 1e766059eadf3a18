// The command line, as a user runs it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const run = (args, input = "") => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["pkg/cli.js", ...args], { input, encoding: "utf8" });
  return { status, stdout, stderr };
};
const pool = [
  "--alloc-point", "10", "--total-alloc-point", "92", "--emission", "0.5", "--emission-secs", "0.45",
  "--token-price-usd", "0.25", "--staked-usd", "500000",
];
const json = {
  allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 0.45, tokenPriceUsd: 0.25, stakedUsd: 500000,
};

test("apr: for people, and as JSON", () => {
  const { status, stdout } = run(["apr", ...pool]);
  assert.equal(status, 0);
  assert.match(stdout, /^APR +190\.4347826 %\n/);
  assert.equal(JSON.parse(run(["apr", "--json", ...pool]).stdout).emissionsPerYear, 70_080_000);
});

test("apr: one JSON object on standard input", () => {
  assert.match(run(["apr"], JSON.stringify(json)).stdout, /^APR +190\.4347826 %\n/);
  const { status, stderr } = run(["apr"], JSON.stringify({ ...json, surprise: 1 }));
  assert.equal(status, 2);
  assert.match(stderr, /"surprise" is not a field here/);
  assert.match(run(["apr"], "{").stderr, /Standard input must be one JSON object/);
});

test("verify: 0 if it matches, 1 if not", () => {
  assert.equal(run(["verify", ...pool, "--displayed", "190%"]).status, 0);
  const { status, stdout } = run(["verify", ...pool, "--displayed", "28.57%"]);
  assert.equal(status, 1);
  assert.match(stdout, /It counts blocks of 3 s, but they take 0\.45 s\./);
  assert.equal(run(["verify", ...pool, "--displayed", "lots"]).status, 2);
});

test("proof: a record that can be checked", () => {
  const record = run(["proof", ...pool, "--displayed", "28.57%"]);
  assert.equal(record.status, 0);
  const folder = mkdtempSync(join(tmpdir(), "llamath-"));
  const path = join(folder, "record.json");
  writeFileSync(path, record.stdout);
  assert.equal(run(["proof", "--check", path]).status, 0);
  writeFileSync(path, record.stdout.replace('"stakedUsd","unit":"USD","value":500000', '"stakedUsd","unit":"USD","value":500001'));
  const changed = run(["proof", "--check", path]);
  assert.equal(changed.status, 1);
  assert.match(changed.stdout, /does not match/);
  writeFileSync(path, "{}");
  assert.equal(run(["proof", "--check", path]).status, 2);
});

test("bad flags name themselves", () => {
  const cases = [
    [["apr", "--emission", "12abc"], /--emission must be a number such as 0\.45; received "12abc"\./],
    [["apr", "--nonsense", "1"], /nonsense/],
    [["apr", ...pool.slice(2)], /allocPoint is missing\./],
    [["apr", ...pool, "--staked-usd=-1"], /stakedUsd must be a finite number above 0; received -1\./],
    [["fly"], /One of apr, verify, proof is needed\./],
    [["apr", "--check", "x"], /--check goes with proof\./],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = run(args);
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, message);
  }
  assert.match(run(["--help"]).stdout, /usage: llamath/);
  assert.match(run(["--version"]).stdout, /^\d+\.\d+\.\d+\n$/);
});
