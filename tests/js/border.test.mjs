// What the border refuses, for every exported function: nothing is coerced, nothing traps,
// and after any refusal the next call works.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as calculator from "llamath";
import * as risk from "llamath/risk";
import { innerOptional, innerSigned, riskInputs } from "./inputs-risk.mjs";
import { inputs, instead, optional, signed, state } from "./inputs.mjs";

const llamath = { ...calculator, ...risk };
const { LlamathError, ceiling, farm, llamma, market, oracle } = llamath;
const spaces = Object.keys(llamath).filter((name) => typeof llamath[name] === "object");
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
  assert.equal(oracle.sqrtRatioAtTick({ tick: 0 }), 2n ** 96n);
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
    if (typeof part === "object" && !ArrayBuffer.isView(part)) yield* parts(part, [...path, key]);
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

test("oracles, ceilings, markets: every part of an object inside an input is required, typed and known", () => {
  let checked = 0;
  for (const [name, input] of Object.entries(riskInputs)) {
    for (const [path, value] of parts(input)) {
      if (path.length === 1) continue;
      const field = path.filter((key) => !/^\d+$/.test(key)).join(".");
      const key = path.at(-1);
      const inList = /^\d+$/.test(key);
      if (innerOptional.includes(key)) assert.doesNotThrow(() => call(name, replaced(input, path)), `${name} ${field}`);
      else refused(name, replaced(input, path), inList ? "invalid" : "missing", field);
      const isList = Array.isArray(value) || ArrayBuffer.isView(value);
      const kind = isList ? "list" : innerSigned.includes(path.at(-2)) ? "signed" : typeof value;
      for (const bad of { ...wrong, list: [NaN, "12", null, {}, 1n] }[kind] ?? [NaN, "12", null, 1n]) {
        refused(name, replaced(input, path, bad), "invalid", field);
      }
      if (kind === "object") refused(name, replaced(input, [...path, "surprise"], 1), "unknown", "surprise");
      checked += 1;
    }
  }
  assert.ok(checked > 150, `${checked} parts`);
});

test("columns alone: their type, their rows, NaN where it means none", () => {
  const { feed, reference } = riskInputs["oracle.metrics"];
  for (const bad of [new Float32Array(5), new Int32Array(5), new BigInt64Array(5), [1, 2], Object.create(Float64Array.prototype)]) {
    refused("oracle.metrics", { feed: bad, reference }, "invalid", "feed");
  }
  refused("oracle.metrics", { feed, reference: feed.slice(1) }, "invalid", "reference");
  assert.throws(() => oracle.metrics({ feed: feed.with(3, -Infinity), reference }), {
    code: "invalid", field: "feed", index: 3, value: -Infinity,
    message: "feed (entry 3) must be a finite number, or NaN for none; received -Infinity.",
  });
  assert.equal(oracle.metrics({ feed: feed.with(3, NaN), reference }).count, 3);
  // Where a value has to be there NaN is none.
  const carry = riskInputs["oracle.carryForward"];
  assert.throws(() => oracle.carryForward({ ...carry, values: Float64Array.of(1, NaN) }), { field: "values", index: 1 });
  for (const time of [NaN, -1, 60.5, 2 ** 53, Infinity]) {
    assert.throws(() => oracle.carryForward({ ...carry, times: Float64Array.of(60, time) }), { field: "times", index: 1, value: time });
  }
  assert.throws(() => oracle.carryForward({ ...carry, times: Float64Array.of(60, 59) }), {
    message: "times (entry 1) must be not before the one above; received 59.",
  });
  assert.ok(Object.is(oracle.quantile({ values: Float64Array.of(-0), part: 0 }), 0), "minus zero is zero");
});

test("columns inside of objects and lists: the path, the entry and the row", () => {
  const compare = riskInputs["oracle.compare"];
  const [near] = compare.feeds;
  const far = { ...near, name: "far", values: Float64Array.of(1, 2, Infinity, 4, 5) };
  assert.throws(() => oracle.compare({ ...compare, feeds: [near, far] }), {
    field: "feeds.values", index: 1, value: Infinity,
    message: "feeds.values (entry 1) must be a finite number, or NaN for none, in row 2; received Infinity.",
  });
  assert.throws(() => oracle.compare({ ...compare, reference: far }), { field: "reference.values", index: 2 });
  refused("oracle.compare", { ...compare, feeds: [] }, "invalid", "feeds");
  refused("oracle.compare", { ...compare, feeds: [{ ...near, values: near.values.slice(1) }] }, "invalid", "feeds");
  refused("oracle.compare", { ...compare, maxLagSteps: 5 }, "invalid", "maxLagSteps");
  refused("oracle.compare", { ...compare, grid: { ...compare.grid, stepSecs: 0 } }, "invalid", "grid.stepSecs");
  refused("oracle.moments", { grid: { startSecs: 0, stepSecs: 1, count: 2 ** 24 + 1 } }, "invalid", "grid.count");

  const { rounds, decimals } = riskInputs["oracle.answers"];
  const answers = (change) => ["oracle.answers", { rounds: { ...rounds, ...change }, decimals }, "invalid"];
  refused(...answers({ ids: rounds.ids.slice(1) }), "rounds.answers");
  refused(...answers({ updatedAtSecs: Float64Array.of(1) }), "rounds.updatedAtSecs");
  refused(...answers({ ids: [1n, 3n] }), "rounds.ids");
  refused(...answers({ ids: [1n, 2n ** 128n] }), "rounds.ids");
  refused(...answers({ answers: [1n, 0n] }), "rounds.answers");
  refused(...answers({ updatedAtSecs: Float64Array.of(2, 1) }), "rounds.updatedAtSecs");
  assert.throws(() => oracle.answers({ rounds: { ...rounds, answers: [1n, -7n] }, decimals }), { field: "rounds.answers", index: 1, value: -7n });

  const pool = riskInputs["oracle.observe"];
  const observed = (change) => ["oracle.observe", { ...pool, observations: { ...pool.observations, ...change } }, "invalid"];
  refused(...observed({ timestamps: Float64Array.of(600, 0) }), "observations.timestamps");
  refused(...observed({ timestamps: Float64Array.of(0, 2 ** 32) }), "observations.timestamps");
  refused(...observed({ tickCumulatives: [0n, 2n ** 55n] }), "observations.tickCumulatives");
  refused(...observed({ tickCumulatives: [0n, 2n ** 63n] }), "observations.tickCumulatives");
  refused(...observed({ tickCumulatives: [0n] }), "observations.tickCumulatives");
  refused(...observed({ secondsPerLiquidityX128: [0n, 2n ** 160n] }), "observations.secondsPerLiquidityX128");
  refused("oracle.observe", { ...pool, liquidity: 2n ** 128n }, "invalid", "liquidity");
  refused("oracle.observe", { ...pool, tick: 887273 }, "invalid", "tick");
  refused("oracle.observe", { ...pool, tick: 2 ** 31 }, "invalid", "tick");
  refused("oracle.observe", { ...pool, secondsAgo: 3601 }, "invalid", "secondsAgo");
  refused("oracle.meanTick", { secondsAgo: 1, tickCumulatives: [1n] }, "invalid", "tickCumulatives");
  refused("oracle.twap", { ...riskInputs["oracle.twap"], grid: { startSecs: 3601, stepSecs: 60, count: 1 } }, "invalid", "grid");

  const { rows } = riskInputs["ceiling.quality"];
  const daily = (change) => ["ceiling.dailyLiquidity", { rows: { ...rows, ...change }, maxCarryDays: 0 }, "invalid"];
  refused(...daily({ pools: Float64Array.of(0, 1) }), "rows.times");
  refused(...daily({ values: Float64Array.of(1, 2, NaN, 4) }), "rows.values");
  refused(...daily({ times: Float64Array.of(9, 60, 8, 61) }), "rows.times");
  assert.deepEqual(Array.from(ceiling.quality({ rows: { ...rows, values: Float64Array.of(1, NaN, -1, 4) } }).invalid), [1, 2]);
  for (const [value, memory] of [[0, "halfLife"], [0.5, "span"], [1.1, "alpha"], [-1, "tauSecs"]]) {
    const { ema, ...rest } = riskInputs["ceiling.estimate"];
    refused("ceiling.estimate", { ...rest, ema: { memory, value, adjust: false } }, "invalid", "ema.value");
  }
  refused("ceiling.conventions", { days: 0.5 }, "invalid", "days");
});

test("files: bytes of a text, by the byte, the column and the row", () => {
  const read = (...bytes) => oracle.readPrices({ text: Uint8Array.from(bytes.flatMap((part) => typeof part === "string" ? [...Buffer.from(part)] : part)) });
  assert.throws(() => read("ts,close\n1,2", 0xff, "3"), {
    code: "invalid", field: "text", index: 12, value: 255, message: "text (entry 12) must be a text in UTF-8; received 255.",
  });
  // Cut off within a character, and a character in several bytes of which none is at fault.
  assert.throws(() => read("ts,close\n1,2\n€".slice(0, 13), 0xe2, 0x82), { field: "text", index: 13 });
  assert.equal(read("\ufeffts,close,€\n1,2,€uro").values[0], 2);
  assert.throws(() => read("ts,close\n1,2\n3,four"), { field: "price", index: 1, message: "price (entry 1) must be a finite number." });
  assert.throws(() => read("ts,high\n1,2"), { field: "price", message: "price must be a column of the table." });
  assert.throws(() => read("ts,close\n1,2\n3"), { field: "text", index: 1, message: /^text \(entry 1\) must be rows of as many cells as the first; received an array of numbers\.$/ });
  assert.throws(() => read(), { field: "text", message: /at least one row/ });
  // Views into a larger buffer, at any offset and of any length.
  const all = Buffer.from("xyzts,close\n60,1.5\n120,1.25\nxyz");
  for (const length of [all.length - 6, all.length - 7, all.length - 8]) {
    const { values } = oracle.readPrices({ text: all.subarray(3, 3 + length) });
    assert.equal(values.at(-1), { 0: 1.25, 1: 1.25, 2: 1.2 }[all.length - 6 - length]);
  }
  for (const bad of [new Int8Array(9), new ArrayBuffer(9), new DataView(new ArrayBuffer(9)), Object.create(Uint8Array.prototype)]) {
    refused("oracle.readPrices", { text: bad }, "invalid", "text");
  }
  refused("oracle.readPrices", { text: new Uint8Array(200_000_001) }, "invalid", "text");
  refused("oracle.metrics", { ...riskInputs["oracle.metrics"], feed: new Float64Array(10_000_001) }, "invalid", "feed");
  refused("oracle.curveEma", { ...riskInputs["oracle.curveEma"], prices: new Array(1_000_001) }, "invalid", "prices");
});

test("unzip: what is gzip is decompressed, what is damaged is refused", async () => {
  const { gzipSync } = await import("node:zlib");
  const text = new TextEncoder().encode("ts,close\n60,1.5\n".repeat(1000));
  const zipped = new Uint8Array(gzipSync(text));
  for (const file of [text, zipped, zipped.buffer.slice(0), new Blob([zipped]), new Response(zipped)]) {
    assert.deepEqual(await risk.unzip(file), text);
  }
  const damaged = zipped.with(20, zipped[20] ^ 1);
  for (const file of [zipped.slice(0, 30), damaged, "text", null, undefined, 7, { arrayBuffer() { throw new Error("gone"); } }]) {
    await assert.rejects(risk.unzip(file), (error) => {
      assert.ok(error instanceof LlamathError, `${error}`);
      assert.deepEqual([error.code, error.field], ["invalid", "file"]);
      assert.match(error.message, /^file must be .+\.$/);
      return true;
    });
  }
  // A small file that would fill the memory.
  const bomb = new Uint8Array(gzipSync(new Uint8Array(201_000_000)));
  await assert.rejects(risk.unzip(bomb), { code: "invalid", field: "file", message: /at most 200000000 bytes/ });
});

test("what was computed comes back as it was: a ceiling and a comparison in a recommendation", () => {
  const { markdown, json, ...found } = market.recommend(riskInputs["market.recommend"]);
  assert.deepEqual(found.ceiling, riskInputs["market.recommend"].ceiling);
  assert.deepEqual(found.oracles, riskInputs["market.recommend"].oracles);
  assert.ok(Number.isNaN(market.recommend({ ...riskInputs["market.recommend"], ceiling: { ...found.ceiling, ema: Float64Array.of(NaN) } }).ceiling.ema[0]));
  // The record holds all of it, under the same names.
  const plain = (value) =>
    value instanceof Float64Array ? Array.from(value, (x) => (Number.isNaN(x) ? null : x))
    : typeof value === "bigint" ? `${value}`
    : Array.isArray(value) ? value.map(plain)
    : typeof value === "object" ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, plain(value[key])]))
    : value;
  assert.equal(json, JSON.stringify(plain(found)), "canonical as RFC 8785 has it");
  assert.match(markdown, /^# WETH on Optimism\n/);
  const steep = { ...riskInputs["market.recommend"], loss: 0.9, ceiling: undefined };
  assert.throws(() => market.recommend(steep), { code: "revert", message: /^The contract refuses: / });
});

test("one name may stand for a type of its own in each module", () => {
  // Both have a CompareInput.
  assert.throws(() => farm.compareApr({}), { code: "missing", field: "mine" });
  assert.throws(() => oracle.compare({}), { code: "missing", field: "grid" });
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

test("arrays are what they are, whatever they say of themselves", () => {
  const { feed, reference } = riskInputs["oracle.metrics"];
  const found = oracle.metrics({ feed, reference });
  const saying = (length) => Object.defineProperty(feed.slice(), "length", length);
  for (const value of [1000, 2, -1, NaN, 2.5, null, 5n, "5"]) {
    assert.deepEqual(oracle.metrics({ feed: saying({ value }), reference }), found, `length ${String(value)}`);
  }
  assert.deepEqual(oracle.metrics({ feed: saying({ get() { throw new Error("mine"); } }), reference }), found);
  class Longer extends Float64Array { get length() { return 1000; } }
  assert.deepEqual(oracle.metrics({ feed: new Longer(feed.buffer), reference }), found);
  const strange = Object.setPrototypeOf(feed.slice(), new Proxy({}, { get() { throw new Error("mine"); } }));
  assert.deepEqual(oracle.metrics({ feed: strange, reference }), found);
  const text = Object.defineProperty(new TextEncoder().encode("ts,close\n1,2\n"), "length", { value: 4 });
  assert.deepEqual(Array.from(oracle.readPrices({ text }).values), [2]);
  // Of another realm, and in memory that is shared or may change its size.
  assert.deepEqual(oracle.metrics({ feed: runInNewContext("Float64Array").from(feed), reference }), found);
  for (const buffer of [new SharedArrayBuffer(40), new ArrayBuffer(40, { maxByteLength: 400 })]) {
    const column = new Float64Array(buffer);
    column.set(feed);
    assert.deepEqual(oracle.metrics({ feed: column, reference }), found);
  }
});

test("arrays that are detached, or change their size while the input is read", () => {
  const { feed, reference } = riskInputs["oracle.metrics"];
  const detached = (array) => (structuredClone(array.buffer, { transfer: [array.buffer] }), array);
  refused("oracle.metrics", { feed: detached(feed.slice()), reference }, "invalid", "feed");
  refused("oracle.readPrices", { text: detached(new Uint8Array(9)) }, "invalid", "text");
  const later = feed.slice();
  refused("oracle.metrics", { feed: later, get reference() { return detached(later) && reference; } }, "invalid", "feed");

  const resizable = (array) => {
    const column = new Float64Array(new ArrayBuffer(array.byteLength, { maxByteLength: 10 * array.byteLength }));
    column.set(array);
    return column;
  };
  const { tails: [tail] } = inputs["sim.mergeTails"];
  // Columns of an entry were of one length when the next entry is read.
  const shrinking = (change) => {
    const startSecs = resizable(tail.worst.startSecs);
    return { tails: [{ ...tail, worst: { ...tail.worst, startSecs } }, { ...tail, get kept() { change(startSecs); return 2; } }] };
  };
  const shrunk = shrinking(({ buffer }) => buffer.resize(8));
  assert.throws(() => call("sim.mergeTails", shrunk), {
    code: "invalid", field: "tails.worst.startSecs", index: 0,
    message: "tails.worst.startSecs (entry 0) must be an array that keeps its length while the input is read; received an array of numbers.",
  });
  refused("sim.mergeTails", shrinking(detached), "invalid", "tails.worst.startSecs");
  assert.equal(call("sim.mergeTails", { tails: [tail, tail] }).windows, 2 * tail.windows);
});

test("lists that throw, lie or are gone", () => {
  const days = (list) => ["farm.returns", { ...inputs["farm.returns"], days: list }, "invalid", "days"];
  const proxy = (get) => new Proxy([1, 2], { get });
  for (const length of [-1, NaN, 2.5, "2", null, {}, 5n, Symbol("length"), 1e9]) {
    refused(...days(proxy((list, key) => (key === "length" ? length : list[key]))));
  }
  refused(...days(proxy(() => { throw new Error("mine"); })));
  const entry = Object.defineProperty([1, 2], 1, { get() { throw new Error("mine"); } });
  assert.throws(() => call(...days(entry).slice(0, 2)), { field: "days", index: 1, message: "days (entry 1) must be readable; received nothing." });
  const gone = (target) => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  for (const target of [[], {}, new Float64Array(5), () => 1]) {
    refused(...days(gone(target)));
    refused("farm.apr", gone(target), "invalid", undefined);
    refused("farm.apr", { ...good, stakedUsd: gone(target) }, "invalid", "stakedUsd");
    refused("oracle.metrics", { ...riskInputs["oracle.metrics"], feed: gone(target) }, "invalid", "feed");
  }
  refused("farm.apr", { ...good, stakedUsd: proxy(() => { throw new Error("mine"); }) }, "invalid", "stakedUsd");
});

test("huge things are refused by their size, not by running out of memory", () => {
  refused("farm.returns", { ...inputs["farm.returns"], days: new Array(1e9) }, "invalid", "days");
  const many = new Float64Array(10_000_001);
  refused("farm.aprColumns", { ...good, stakedUsd: many }, "invalid", "stakedUsd");
  refused("farm.apr", { ...good, ["x".repeat(1e6)]: 1 }, "unknown", "x".repeat(1e6));
  // What could not be given on is not made.
  refused("sim.windowsByRows", { rows: 10_000_001, length: 1 }, "invalid", "rows");
  refused("sim.windowsSampled", { ...inputs["sim.windowsSampled"], count: 10_000_001 }, "invalid", "count");
  const { of } = inputs["sim.scan"];
  refused("sim.scan", { of, parameter: "fee", values: new Array(5001).fill(0.1) }, "invalid", "values");
  assert.equal(risk.sim.scan({ of, parameter: "fee", values: new Array(5000).fill(0.1) }).length, 10_000);
});

test("a shortfall beyond a level that is none", () => {
  for (const level of [-5, 1, 2]) {
    const statistic = { of: "shortfall", level };
    for (const name of ["sim.kept", "sim.curve"]) refused(name, { ...inputs[name], statistic }, "invalid", "statistic.level");
  }
});

test("columns: the row of the error, and lengths", () => {
  const stakedUsd = new Float64Array(5000).fill(1000);
  stakedUsd[4321] = 0;
  assert.throws(() => farm.aprColumns({ ...good, stakedUsd }), { field: "stakedUsd", index: 4321, value: 0 });
  const allocPoint = new Float64Array(4999).fill(1);
  refused("farm.aprColumns", { ...good, stakedUsd: stakedUsd.fill(1), allocPoint }, "invalid", "stakedUsd");
  refused("farm.aprColumns", good, "invalid", undefined);
});

test("tables: the columns of one object are of one length, wherever it is", () => {
  const isTable = (value) => {
    const columns = Object.values(value);
    return columns.length > 1 && columns.every((column) => column instanceof Float64Array);
  };
  const checked = new Set();
  for (const [name, input] of Object.entries(inputs).filter(([, input]) => input)) {
    for (const [path, table] of [...parts(input)].filter(([, part]) => typeof part === "object" && isTable(part))) {
      const names = Object.keys(table);
      for (const key of names) {
        for (const column of [table[key].slice(1), Float64Array.of(...table[key], 1)]) {
          // The first column is the measure of the others.
          const odd = key === names[0] ? names[1] : key;
          const field = [...path.filter((key) => !/^\d+$/.test(key)), odd].join(".");
          refused(name, replaced(input, [...path, key], column), "invalid", field);
        }
      }
      checked.add(`${name} ${path.at(-1)}`);
    }
  }
  for (const name of ["addReverse", "averagePrices", "largestFall", "loss", "lossAtVolatility", "lossTails", "middlePrices", "run", "thresholdPrices", "windowsByTime"]) {
    assert.ok(checked.has(`sim.${name} candles`), name);
  }
  for (const part of ["sim.lossTails windows", "sim.mergeTails worst", "sim.curve worst", "ceiling.dailyLiquidity rows"]) {
    assert.ok(checked.has(part), part);
  }
  const { candles } = inputs["sim.middlePrices"];
  const rows = candles.close.length;
  assert.throws(() => risk.sim.middlePrices({ candles: { ...candles, close: candles.close.slice(1) } }), {
    code: "invalid", field: "candles.close", value: rows - 1,
    message: `candles.close must be a column as long as timeSecs, of ${rows} rows; received ${rows - 1}.`,
  });
});

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

/** Megabytes that are held after all that can be freed is: buffers are freed beside this thread. */
async function held() {
  for (let round = 0; round < 3; round += 1) {
    gc();
    await setTimeout(20);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

test("long inputs and answers leave no memory behind them", async () => {
  const rows = 1_000_000;
  const input = {
    times: Float64Array.from({ length: rows }, (_, row) => row),
    prices: new Array(rows).fill(10n ** 18n), maExpTimeSecs: 600,
  };
  const grid = { startSecs: 0, stepSecs: 1, count: rows };
  const before = await held();
  assert.equal(oracle.carryForward({ times: input.times, values: input.times, grid }).values.length, rows);
  oracle.curveEma(input);
  const more = (await held()) - before;
  assert.ok(more < 5, `${more.toFixed(1)} MB more`);
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

test("100,000 refused calls leave memory flat", async () => {
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
  const before = await held();
  refuse(100_000);
  const more = (await held()) - before;
  assert.ok(more < 5, `${more.toFixed(1)} MB more`);
});
