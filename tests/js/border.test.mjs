// What the border refuses, for every exported function: nothing is coerced, nothing traps,
// and after any refusal the next call works.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as llamath from "llamath";
import { inputs, instead, optional, signed, state } from "./inputs.mjs";

const { LlamathError, farm, llamma } = llamath;
const spaces = ["farm", "lending", "llamma", "decimal"];
const call = (name, ...received) => name.split(".").reduce((space, part) => space[part], llamath)(...received);
/** The functions of a namespace and of those in it, by their full names. */
const functions = (space, members) =>
  Object.entries(members).flatMap(([name, member]) =>
    typeof member === "function" ? `${space}.${name}` : functions(`${space}.${name}`, member));
const good = { ...inputs["farm.apr"] };
const answer = farm.apr(good).apr;

/** Calls, expects a refusal, and that the next call works. */
function refused(name, input, code, field) {
  assert.throws(
    () => call(name, input),
    (error) => {
      assert.ok(error instanceof LlamathError, `${name}: ${error}`);
      assert.equal(error.code, code, error.message);
      assert.equal(error.field, field, error.message);
      assert.match(error.message, /^.+\.$/s);
      return true;
    },
  );
  assert.equal(farm.apr(good).apr, answer);
}

/** What a call throws. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail("accepted");
}

test("the table of inputs covers every export", () => {
  const exported = spaces.flatMap((space) => functions(space, llamath[space]));
  assert.deepEqual(Object.keys(inputs).sort(), exported.sort());
});

test("every valid input is accepted", () => {
  for (const [name, input] of Object.entries(inputs)) {
    assert.doesNotThrow(() => (input === undefined ? call(name) : call(name, input)), name);
  }
});

const wrong = {
  number: [NaN, Infinity, -Infinity, "12", null, true, [3], {}, 2n, () => 1, Symbol("s"), new Date()],
  bigint: [-1n, 2n ** 256n, 1, "1", null, true, [1n], {}, 2n ** 100_000n],
  signed: [-(2n ** 255n) - 1n, 2n ** 255n, 1, "1", null, true, [1n], {}, -(2n ** 100_000n)],
  string: [1, 1n, null, true, ["1"], {}, "\ud800", "x".repeat(70_000), new String("1.5")],
  object: [null, 1, "x", [], new Float64Array(2), () => 1],
};

for (const [name, input] of Object.entries(inputs).filter(([, input]) => input)) {
  test(`${name}: each field is required, typed and known`, () => {
    for (const [field, value] of Object.entries(input)) {
      const { [field]: _, ...without } = input;
      if (optional[field]?.includes(name)) {
        assert.doesNotThrow(() => call(name, { ...without, ...instead[field] }));
      } else {
        refused(name, without, "missing", field);
        refused(name, { ...input, [field]: undefined }, "missing", field);
      }
      const kind = Array.isArray(value) || ArrayBuffer.isView(value) ? "list"
        : signed[field]?.includes(name) ? "signed"
        : typeof value;
      for (const bad of wrong[kind] ?? [NaN, "12", null, {}, 1n]) {
        refused(name, { ...input, [field]: bad }, "invalid", field);
      }
    }
    refused(name, { ...input, surprise: 1 }, "unknown", "surprise");
    refused(name, { ...input, [Symbol("s")]: 1 }, "unknown", "Symbol(s)");
    for (const bad of [undefined, null, 1, "x", [input], new Map(), new (class Pool {})(), Object.create(input), () => input]) {
      refused(name, bad, "invalid", undefined);
    }
    const takesOne = /takes one object with named fields/;
    assert.throws(() => call(name), takesOne);
    assert.throws(() => call(name, input, input), takesOne);
  });
}

test("ranges name the field, the value and what is allowed", () => {
  assert.throws(() => farm.apr({ ...good, stakedUsd: 0 }), {
    name: "LlamathError", code: "invalid", field: "stakedUsd", value: 0,
    message: "stakedUsd must be a finite number above 0; received 0.",
  });
  assert.throws(() => farm.apr({ ...good, allocPoint: 93 }), {
    message: "allocPoint must be at most totalAllocPoint; received 93.",
  });
  assert.throws(() => farm.compareApr({ mine: good, theirs: { ...good, stakedUsd: -1 } }), {
    field: "theirs.stakedUsd", value: -1,
  });
  assert.throws(() => farm.returns({ ...inputs["farm.returns"], days: [1, -2] }), {
    field: "days", index: 1, value: -2,
    message: "days (entry 1) must be a finite number of at least 0; received -2.",
  });
  assert.throws(() => llamath.decimal.toRaw({ text: "1", decimals: 1.9 }), { field: "decimals", value: 1.9 });
  assert.throws(() => farm.yieldAfterFees({ ...inputs["farm.yieldAfterFees"], performanceFeeOn: "never" }), {
    message: 'performanceFeeOn must be "eachCompounding" or "finalYield"; received "never".',
  });
});

/** Every value of a nested object with its path; what lies in lists has the list's path. */
function* parts(value, path = []) {
  for (const [key, part] of Object.entries(value)) {
    yield [[...path, key], part];
    if (typeof part === "object") yield* parts(part, [...path, key]);
  }
}

/** A copy of a nested object in which the value at a path is another, or absent. */
function replaced(object, [key, ...rest], value) {
  const copy = Array.isArray(object) ? [...object] : { ...object };
  if (rest.length > 0) copy[key] = replaced(object[key], rest, value);
  else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

test("a state is plain JSON, and every part of it is required, typed and known", () => {
  const plain = JSON.parse(JSON.stringify(state));
  assert.deepEqual(llamma.overview({ state: plain }), llamma.overview({ state }));
  const everything = [...parts(plain)];
  assert.ok(everything.length > 80);
  for (const [path, value] of everything) {
    const field = ["state", ...path.filter((key) => !/^\d+$/.test(key))].join(".");
    const inList = /^\d+$/.test(path.at(-1));
    refused("llamma.overview", { state: replaced(plain, path) }, inList ? "invalid" : "missing", field);
    const kind = typeof value === "string" && /^\d+$/.test(value) ? "digits" : Array.isArray(value) ? "list" : typeof value;
    const digits = ["-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "", "\u0661", (2n ** 256n).toString(), "0".repeat(79), 1, 1n, null];
    for (const bad of { ...wrong, digits, list: [NaN, "12", null, {}, 1n, [undefined]] }[kind]) {
      refused("llamma.overview", { state: replaced(plain, path, bad) }, "invalid", field);
    }
    if (kind === "object") {
      refused("llamma.overview", { state: replaced(plain, [...path, "surprise"], 1) }, "unknown", "surprise");
    }
  }
});

test("a state that was given cannot be changed, and a changed copy is read anew", () => {
  for (const [path, value] of parts({ state })) assert.ok(Object.isFrozen(value), path.join("."));
  const dearer = replaced(state, ["oraclePrice"], "4000000000000000000000");
  assert.notDeepEqual(llamma.overview({ state: dearer }), llamma.overview({ state }));
  assert.ok(Object.isFrozen(state));
});

test("a state that contradicts itself is refused by the part at fault", () => {
  const [loan] = state.loans;
  const cases = [
    [["market", "A"], 1, { field: "state.market.A", value: 1 }],
    [["market", "collateralDecimals"], 19, { field: "state.market.collateralDecimals", value: 19 }],
    [["now"], state.interest.rateTimeSecs - 1, { field: "state.now" }],
    [["limiter", "prevPOTime"], state.now + 1, { field: "state.now" }],
    [["activeBand"], 1_000_001, { field: "state.activeBand", value: 1_000_001 }],
    [["bands"], [...state.bands].reverse(), { field: "state.bands", index: 1 }],
    [["bands"], [...state.bands, state.bands.at(-1)], { field: "state.bands", index: state.bands.length }],
    [["loans"], [loan, loan], { field: "state.loans", index: 1 }],
    [["loans", "0", "position", "n2"], loan.position.n2 + 1, { field: "state.loans", index: 0 }],
    [["loans", "0", "position", "shares"], loan.position.shares.slice(1), { field: "state.loans", index: 0 }],
    [["funds", "kind"], "vault", { code: "unknown", field: "tokens" }],
  ];
  for (const [path, value, error] of cases) {
    const call = () => llamma.overview({ state: replaced(state, path, value) });
    assert.throws(call, { name: "LlamathError", code: "invalid", ...error }, path.join("."));
  }
});

test("a refusal of the contract: which one, and its words", () => {
  const { debt, ...loan } = inputs["llamma.createLoan"];
  const me = { user: "me", caller: "me" };
  const fails = (name, input, field, message) =>
    assert.throws(() => call(name, input), { name: "LlamathError", code: "revert", field, message });
  fails("llamma.createLoan", { ...loan, debt: 3000n * 10n ** 18n }, "debtTooHigh", "The contract refuses: Debt too high.");
  fails("llamma.createLoan", { ...loan, debt, ...me }, "loanAlreadyCreated", "The contract refuses: Loan already created.");
  fails("llamma.liquidate", { ...inputs["llamma.liquidate"], state }, "notEnoughRekt", "The contract refuses: Not enough rekt.");
  fails("llamma.swap", { ...inputs["llamma.swap"], limit: 10n ** 18n }, "slippage", "The contract refuses: Slippage.");
  const { code, field } = JSON.parse(JSON.stringify(thrown(() => call("llamma.createLoan", { ...loan, debt, ...me }))));
  assert.deepEqual([code, field], ["revert", "loanAlreadyCreated"]);
});

test("an unknown field is told its neighbours", () => {
  const message = '"surprise" is not a field here; the fields are rate, rateTimeSecs, rateMul.';
  assert.throws(() => llamma.overview({ state: replaced(state, ["interest", "surprise"], 1) }), { message });
});

test("of amountIn and amountOut there is exactly one", () => {
  const { amountIn, ...without } = inputs["llamma.quote"];
  for (const name of ["llamma.quote", "llamma.swap"]) {
    refused(name, without, "invalid", "amountIn");
    refused(name, { ...without, amountIn, amountOut: 1n }, "invalid", "amountIn");
  }
  refused("llamma.quote", { ...without, amountIn, limit: 0n }, "unknown", "limit");
});

test("lists name their entry", () => {
  for (const name of ["llamma.healthAlong", "llamma.pricePath"]) {
    for (const bad of [wrong.bigint, undefined].flat()) {
      assert.throws(() => call(name, { ...inputs[name], prices: [1n, bad] }), { code: "invalid", field: "prices", index: 1 }, name);
    }
  }
});

test("minus zero is zero, and zero where it may not be is refused", () => {
  assert.ok(Object.is(farm.apr({ ...good, emission: -0 }).apr, 0));
  refused("farm.apr", { ...good, stakedUsd: -0 }, "invalid", "stakedUsd");
});

test("inherited and polluted fields are not read", () => {
  const { yearSecs, ...rest } = good;
  Object.prototype.yearSecs = 1;
  Object.prototype.stakedUsd = 1;
  try {
    assert.equal(farm.apr(rest).yearSecs, 31_536_000);
    const { stakedUsd, ...poor } = rest;
    assert.throws(() => farm.apr(poor), { code: "missing", field: "stakedUsd" });
  } finally {
    delete Object.prototype.yearSecs;
    delete Object.prototype.stakedUsd;
  }
  assert.doesNotThrow(() => farm.apr(Object.assign(Object.create(null), good)));
});

test("getters, proxies and cycles", () => {
  const throwing = { ...good, get stakedUsd() { throw new Error("mine"); } };
  refused("farm.apr", throwing, "invalid", "stakedUsd");
  assert.equal(farm.apr({ ...good, get stakedUsd() { return 500000; } }).apr, answer);
  assert.equal(farm.apr(new Proxy(good, {})).apr, answer);
  const hostile = new Proxy(good, { ownKeys() { throw new Error("mine"); } });
  refused("farm.apr", hostile, "invalid", undefined);
  const cycle = { ...good };
  cycle.stakedUsd = cycle;
  refused("farm.apr", cycle, "invalid", "stakedUsd");
  refused("farm.compareApr", { mine: good, get theirs() { return this; } }, "unknown", "mine");
  // A getter that calls in again.
  assert.equal(farm.apr({ ...good, get stakedUsd() { return farm.apr(good).apr && 500000; } }).apr, answer);
});

test("huge things are refused by their size, not by running out of memory", () => {
  refused("farm.returns", { ...inputs["farm.returns"], days: new Array(1e9) }, "invalid", "days");
  const many = new Float64Array(10_000_001);
  refused("farm.aprColumns", { ...good, stakedUsd: many }, "invalid", "stakedUsd");
  refused("farm.apr", { ...good, ["x".repeat(1e6)]: 1 }, "unknown", "x".repeat(1e6));
});

test("columns: the row of the error, and lengths", () => {
  const stakedUsd = new Float64Array(5000).fill(1000);
  stakedUsd[4321] = 0;
  assert.throws(() => farm.aprColumns({ ...good, stakedUsd }), { field: "stakedUsd", index: 4321, value: 0 });
  const allocPoint = new Float64Array(4999).fill(1);
  refused("farm.aprColumns", { ...good, stakedUsd: stakedUsd.fill(1), allocPoint }, "invalid", "stakedUsd");
  refused("farm.aprColumns", good, "invalid", undefined);
});

test("columns equal single calls bit for bit", () => {
  const length = 5000;
  const column = (least, most) => Float64Array.from({ length }, (_, i) => least + ((i * 7919) % 1009) / 1009 * (most - least));
  const columns = {
    allocPoint: column(0, 92), totalAllocPoint: 92, emission: column(0, 40), emissionSecs: column(0.25, 15),
    tokenPriceUsd: column(0.001, 5000), stakedUsd: column(1, 1e9), yearSecs: 31_536_000,
  };
  const aprs = farm.aprColumns(columns);
  assert.equal(aprs.length, length);
  for (let i = 0; i < length; i += 1) {
    const row = Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, value[i] ?? value]));
    assert.equal(aprs[i], farm.apr(row).apr, `row ${i}`);
  }
});

test("the edge of the stack: whatever breaks, the next call works", () => {
  let internal = 0;
  const dive = () => {
    try {
      dive();
    } catch {
      // Too deep to call from here: go up one frame and try again.
    }
    try {
      assert.equal(farm.apr(good).apr, answer);
    } catch (error) {
      if (error instanceof LlamathError) {
        assert.equal(error.code, "internal");
        internal += 1;
      }
    }
  };
  dive();
  assert.equal(farm.apr(good).apr, answer);
  assert.equal(farm.proof(good).sha256.length, 64);
});

test("100,000 refused calls leave memory flat", () => {
  const refuse = (times) => {
    for (let i = 0; i < times; i += 1) {
      try {
        farm.apr({ ...good, stakedUsd: "12" });
      } catch (error) {
        if (!(error instanceof LlamathError)) throw error;
      }
    }
  };
  refuse(10_000);
  globalThis.gc?.();
  const before = process.memoryUsage();
  refuse(100_000);
  globalThis.gc?.();
  const after = process.memoryUsage();
  const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 2 ** 20;
  assert.ok(megabytes < 20, `${megabytes.toFixed(1)} MB more`);
});
