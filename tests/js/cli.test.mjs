// The command line, as a user runs it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { decimal, llamma } from "llamath";

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
  const huge = run(["apr", ...pool, "--staked-usd", "0.000001"].toSpliced(-4, 2));
  assert.equal(huge.status, 0, huge.stderr);
  assert.match(huge.stdout, /^APR +95217391300000 %\n.*^APY, daily +too large to be represented$/ms);
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
  for (const none of ["{}", '{"inputs":[null]}', '{"inputs":[1]}', '{"inputs":[{"name":"allocPoint","value":{}}]}']) {
    writeFileSync(path, none);
    const { status, stderr } = run(["proof", "--check", path]);
    assert.equal(status, 2, none);
    assert.doesNotMatch(stderr, /TypeError/);
  }
});

const wad = 10n ** 18n;
const market = [
  "--generation", "v1", "--A", "100", "--fee", "0.006", "--loan-discount", "0.09", "--liquidation-discount", "0.06",
  "--collateral-decimals", "18", "--borrowed-decimals", "18", "--price", "3000",
];
const bounds = ["--collateral", "1.5", "--bands", "10"];
const mine = [...market, ...bounds, "--debt", "3600"];
const empty = llamma.createMarket({
  generation: "v1", A: 100, basePrice: 3000n * wad, fee: 6n * wad / 1000n, loanDiscount: 9n * wad / 100n,
  liquidationDiscount: 6n * wad / 100n, collateralDecimals: 18, borrowedDecimals: 18, now: 1700000000,
});
const wanted = { collateral: 3n * wad / 2n, debt: 3600n * wad, bands: 10 };
const state = llamma.createLoan({ state: empty, user: "me", ...wanted });
const fallen = 2700n * wad;

/** What JSON keeps of an answer of the package. */
const plain = (answer) =>
  JSON.parse(JSON.stringify(answer, (_, part) => (typeof part === "bigint" ? `${part}` : part)));

/** A file that holds a value as JSON. */
function file(value) {
  const path = join(mkdtempSync(join(tmpdir(), "llamath-")), "state.json");
  writeFileSync(path, JSON.stringify(value));
  return path;
}

test("loan: exact figures, beside them those of the usual formulas", () => {
  const { status, stdout } = run(["loan", ...mine]);
  assert.equal(status, 0);
  for (const line of [
    /^debt +3600$/m,
    /^LTV +80 %$/m,
    /^max LTV +85\.7018244467647237 % +~ 86 % by the explainer, ~ 85\.70182445 % in closed form$/m,
    /^liquidation from +2796\.196043720970198 +~ 2790\.697674 by the explainer$/m,
    /^health +4\.1936233390292121 %$/m,
    /^full health +12\.6854548506554538 %$/m,
    /^state +healthy$/m,
    /^bands +7 to 16, 10 of them$/m,
  ]) assert.match(stdout, line);
});

test("loan: as JSON it is what the package answers, integers as texts", () => {
  const { status, stdout } = run(["loan", ...mine, "--json"]);
  assert.equal(status, 0);
  const { loan, maxLtv, maxBorrowable, liquidationRange, state: made, ...rest } = JSON.parse(stdout);
  const { collateral, debt, bands } = wanted;
  assert.deepEqual(loan, plain(llamma.loan({ state, user: "me" })));
  assert.deepEqual(maxLtv, plain(llamma.maxLtv({ state: empty, collateral, bands })));
  assert.deepEqual(maxBorrowable, plain(llamma.maxBorrowable({ state: empty, collateral, bands })));
  assert.deepEqual(liquidationRange, plain(llamma.liquidationRange({ state: empty, collateral, debt, bands })));
  assert.deepEqual(rest, { priceOracle: `${3000n * wad}`, user: "new", bands: 10 });
  assert.equal(llamma.health({ state: made, user: "new" }), llamma.health({ state, user: "me" }), "a state to go on with");
});

test("loan: of a stored state; 1 if it is liquidatable", () => {
  const path = file(state);
  const { status, stdout } = run(["loan", "--state", path, "--user", "me", "--json"]);
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(stdout).loan, plain(llamma.loan({ state, user: "me" })));
  const there = run(["loan", "--state", path, "--user", "me", "--json", "--oracle-price", "2700"]);
  const [{ health, healthFull }] = llamma.healthAlong({ state, user: "me", prices: [fallen] });
  const { loan } = JSON.parse(there.stdout);
  assert.deepEqual([loan.health, loan.healthFull], [`${health}`, `${healthFull}`]);
  assert.ok(healthFull > 0n);
  assert.equal(there.status, 0);
  const deep = run(["loan", "--state", path, "--user", "me", "--oracle-price", "2400"]);
  assert.equal(deep.status, 1);
  assert.match(deep.stdout, /^state +liquidatable/m);
  const second = run(["loan", "--state", path, ...bounds, "--debt", "3600", "--json"]);
  assert.deepEqual(JSON.parse(second.stdout).state.loans.map(({ user }) => user), ["me", "new"]);
});

test("loan: the largest debt passes, a unit more does not", () => {
  const { loan } = JSON.parse(run(["loan", ...market, ...bounds, "--max", "--json"]).stdout);
  assert.equal(loan.debt, `${llamma.maxBorrowable({ state: empty, collateral: wanted.collateral, bands: 10 }).largest}`);
  const text = loan.debt.replace(/(?=\d{18}$)/, ".");
  assert.equal(run(["loan", ...market, ...bounds, "--debt", text]).status, 0);
  const { status, stderr } = run(["loan", ...market, ...bounds, "--debt", text.replace(/\d$/, (last) => String(Number(last) + 1))]);
  assert.equal(status, 2);
  assert.ok(stderr.startsWith(`--debt must be at most ${text}; received`), stderr);
});

test("loan: presets by name, with the chain where the name alone is not enough", () => {
  const presets = llamma.presets().map((preset) => ({ ...preset, full: `${preset.chain}:${preset.name}` }));
  assert.equal(new Set(presets.map(({ full }) => full)).size, presets.length);
  const oneOfEach = new Map(presets.map((preset) => [preset.generation, preset]));
  for (const { full, generation } of oneOfEach.values()) {
    const { status, stdout, stderr } = run(["loan", "--preset", full, "--price", "2", "--collateral", "1000", "--bands", "4", "--max", "--json"]);
    assert.equal(status, 0, stderr);
    assert.equal(JSON.parse(stdout).state.market.generation, generation);
  }
  assert.equal(run(["loan", "--preset", "tBTC", "--price", "90000", "--collateral", "1", "--bands", "4", "--max"]).status, 0);
});

test("bands: what each holds, as a table, CSV and JSON", () => {
  const table = run(["bands", ...mine]);
  assert.equal(table.status, 0);
  const [head, first, ...others] = table.stdout.trimEnd().split("\n");
  assert.match(head, /^band +from +to +borrowed +collateral +holds$/);
  assert.match(first, /^ +7 +2796\.196044 +2768\.234083 +0 +0\.15 +collateral$/);
  assert.equal(others.length, 9);
  const csv = run(["bands", ...mine, "--csv"]).stdout.split("\n");
  assert.equal(csv[0], "band,from,to,borrowed,collateral,holds,active");
  const [{ pOracleUp, pOracleDown }] = llamma.bandComposition({ state, user: "me" }).bands;
  const [from, to] = [pOracleUp, pOracleDown].map((raw) => decimal.fromRaw({ raw, decimals: 18 }));
  assert.equal(csv[1], `7,${from},${to},0,0.15,collateral,`);
  const { user, bands } = JSON.parse(run(["bands", ...mine, "--json"]).stdout);
  assert.equal(user, "new");
  assert.deepEqual(bands, plain(llamma.bandComposition({ state, user: "me" }).bands));
});

test("bands: at a price, of one user or of all", () => {
  const path = file(llamma.createLoan({ state, user: "you", ...wanted }));
  const at = ["--oracle-price", "2700", "--json"];
  const all = JSON.parse(run(["bands", "--state", path, ...at]).stdout);
  const one = JSON.parse(run(["bands", "--state", path, "--user", "you", ...at]).stdout);
  assert.equal(all.bands.length, 10);
  const { state: traded } = llamma.arbitrage({ state: llamma.setPrice({ state: JSON.parse(readFileSync(path, "utf8")), price: fallen, secs: 600 }) });
  assert.deepEqual(all.bands, plain(llamma.bandComposition({ state: traded }).bands));
  assert.deepEqual(one.bands, plain(llamma.bandComposition({ state: traded, user: "you" }).bands));
  assert.deepEqual([...new Set(all.bands.map(({ holds }) => holds))], ["borrowed", "both", "collateral"]);
});

test("bad flags of loans name themselves", () => {
  const path = file(state);
  const broken = file({ ...state, now: -1 });
  const changed = (flag, value) => mine.with(mine.indexOf(flag) + 1, value);
  const cases = [
    [[], /^A market is needed: --preset and --price/],
    [market, /^A loan is needed: --collateral/],
    [[...market, ...bounds], /^--debt is missing; --max instead/],
    [mine.slice(2), /^--generation is missing\./],
    [changed("--generation", "v9"), /^--generation must be "m2023", .*; received "v9"\./],
    [changed("--A", "1"), /^--A must be from 2 to 10000; received "1"\./],
    [changed("--A", "1.5"), /^--A must be a whole number such as 10; received "1\.5"\./],
    [changed("--fee", "2"), /^--fee must be from 0\.000000000001 to 0\.1; received "2"\./],
    [changed("--loan-discount", "0.01"), /^--loan-discount must be above --liquidation-discount; received "0\.01"\./],
    [changed("--liquidation-discount", "6%"), /^--liquidation-discount must be a number such as 1\.5 .*; received "6%"\./],
    [changed("--collateral-decimals", "19"), /^--collateral-decimals must be a whole number from 0 to 18; received "19"\./],
    [changed("--price", "0"), /^--price must be above 0; received "0"\./],
    [changed("--collateral", "0.0000000000000000001"), /^--collateral must be .* with at most 18 digits after its point/],
    [changed("--collateral", "0"), /^--collateral must be above 0; received "0"\./],
    [changed("--collateral", "0.00000000000000001"), /^--collateral must be enough for the debt and for each band/],
    [changed("--debt", "1e3"), /^--debt must be a number such as 1\.5 .*; received "1e3"\./],
    [changed("--debt", "9".repeat(70)), /^--debt must be below 2\^256 of the smallest units/],
    [changed("--bands", "51"), /^--bands must be from 4 to 50; received "51"\./],
    [[...mine, "--max"], /^--debt does not go with --max\./],
    [[...mine, "--preset", "tBTC"], /^--generation does not go with --preset\./],
    [[...mine, "--state", path], /^--generation does not go with --state\./],
    [[...mine, "--oracle-price", "-"], /^--oracle-price must be a number such as 1\.5 .*; received "-"\./],
    [["--preset", "WETH", "--price", "1"], /^--preset must be one of ethereum:WETH, optimism:WETH, arbitrum:WETH; received "WETH"\./],
    [["--preset", "tBTC", ...bounds, "--max"], /^--price is missing\./],
    [[...market, "--user", "me"], /^--user goes with --state\./],
    [["--state", path, "--user", "you"], /^--user must be one of "me"; received "you"\./],
    [["--state", path, "--user", "me", ...bounds], /^--collateral does not go with --user\./],
    [["--state", file(empty), "--user", "me"], /^--user must be absent, as nobody has a loan; received "me"\./],
    [["--state", broken, "--user", "me"], /^--state must be .* said: state\.now must be a whole number of at least 0; received -1\./],
    [["--state", "nowhere.json"], /^--state must be a file that holds a state as JSON; received "nowhere\.json"/],
    [[...mine, "--csv"], /^--csv goes with bands, sweep\./],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = run(["loan", ...args]);
    assert.match(stderr, message);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
  }
  assert.match(run(["bands", ...mine, "--csv", "--json"]).stderr, /^--csv does not go with --json\./);
});

test("a flag that takes one value is given once", () => {
  const { status, stderr } = run(["apr", ...pool, "--staked-usd", "1"]);
  assert.equal(status, 2);
  assert.equal(stderr, "--staked-usd is given twice.\n");
});

test("every command has help, which tells the exit codes", () => {
  for (const command of ["apr", "verify", "proof", "loan", "bands", "candles", "sweep", "ceiling", "oracles", "report"]) {
    const { status, stdout } = run([command, "--help"]);
    assert.equal(status, 0, command);
    assert.match(stdout, /exit code: 0 fine, 1 does not match or is liquidatable, 2 bad input, 3 a defect of llamath\n$/);
  }
});

test("a defect is neither bad input nor a figure that does not match", () => {
  const script = new URL("../../pkg/cli.js", import.meta.url).pathname;
  // Nothing that is printed can be: as if a part of this program were wrong.
  const args = ["--import", "data:text/javascript,console.log=()=>{throw new TypeError('mine')}", script, "apr", ...pool];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(status, 3);
  assert.match(stderr, /TypeError: mine/);
});

test("bad flags name themselves", () => {
  const cases = [
    [["apr", "--emission", "12abc"], /--emission must be a number such as 0\.45; received "12abc"\./],
    [["apr", "--nonsense", "1"], /nonsense/],
    [["apr", ...pool.slice(2)], /allocPoint is missing\./],
    [["apr", ...pool.slice(0, -2), "--staked-usd=-1"], /stakedUsd must be a finite number above 0; received -1\./],
    [["fly"], /One of apr, verify, proof, loan, bands, candles, sweep, ceiling, oracles, report is needed\./],
    [["apr", "--check", "x"], /--check goes with proof\./],
    [["apr", ...pool, "--collateral", "1"], /--collateral goes with loan, bands, report\./],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = run(args);
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, message);
  }
  assert.match(run(["--help"]).stdout, /usage: llamath/);
  assert.match(run(["--version"]).stdout, /^\d+\.\d+\.\d+\n$/);
});
