// What the border refuses, for every exported function: nothing is coerced, nothing traps,
// and after any refusal the next call works.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as llamath from "llamath";
import { inputs, optional } from "./inputs.mjs";

const { LlamathError, farm } = llamath;
const spaces = ["farm", "lending", "decimal"];
const call = (name, ...received) => {
  const [space, short] = name.split(".");
  return llamath[space][short](...received);
};
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

test("the table of inputs covers every export", () => {
  const exported = spaces.flatMap((space) => Object.keys(llamath[space]).map((name) => `${space}.${name}`));
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
  string: [1, 1n, null, true, ["1"], {}, "\ud800", "x".repeat(70_000), new String("1.5")],
  object: [null, 1, "x", [], new Float64Array(2), () => 1],
};

for (const [name, input] of Object.entries(inputs).filter(([, input]) => input)) {
  test(`${name}: each field is required, typed and known`, () => {
    for (const [field, value] of Object.entries(input)) {
      const { [field]: _, ...without } = input;
      if (optional[field]?.includes(name)) {
        assert.doesNotThrow(() => call(name, { ...without, ...(field === "performanceFeeOn" && { performanceFee: 0 }) }));
      } else {
        refused(name, without, "missing", field);
        refused(name, { ...input, [field]: undefined }, "missing", field);
      }
      const kind = Array.isArray(value) || ArrayBuffer.isView(value) ? "list" : typeof value;
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
