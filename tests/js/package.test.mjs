// What the package is: its names, its proofs, its sizes.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import * as llamath from "llamath";
import * as risk from "llamath/risk";
import { makeGuard } from "../../pkg/guard.js";
import { inputs } from "./inputs.mjs";

const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

test("the names of the package", () => {
  assert.deepEqual(Object.keys(llamath).sort(), ["LlamathError", "decimal", "farm", "lending", "llamma", "version"]);
  for (const space of ["decimal", "farm", "lending", "llamma"]) assert.ok(Object.isFrozen(llamath[space]));
  assert.ok(Object.isFrozen(llamath.llamma.internals));
  assert.deepEqual(Object.keys(risk).sort(), ["LlamathError", "ceiling", "market", "oracle", "sim", "unzip", "version"]);
  for (const space of ["ceiling", "market", "oracle", "sim"]) assert.ok(Object.isFrozen(risk[space]));
  assert.ok(Object.isFrozen(risk.oracle.chainlinkEma));
  assert.equal(risk.LlamathError, llamath.LlamathError);
  assert.equal(risk.version, llamath.version);
  assert.equal(llamath.version, JSON.parse(readFileSync("package.json", "utf8")).version);
});

test("a proof: same inputs, same bytes, whatever the order", () => {
  const input = inputs["farm.proof"];
  const { json, sha256, steps } = llamath.farm.proof(input);
  const reversed = Object.fromEntries(Object.entries(input).reverse());
  assert.equal(llamath.farm.proof(reversed).json, json);
  assert.equal(createHash("sha256").update(json).digest("hex"), sha256);
  const sorted = (value) =>
    Array.isArray(value) ? value.map(sorted)
    : value && typeof value === "object" ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
    : value;
  assert.equal(JSON.stringify(sorted(JSON.parse(json))), json, "canonical as RFC 8785 has it");
  assert.equal(steps.at(-1).value, llamath.farm.apr(inputs["farm.apr"]).apr);
  const strange = { ...input, origins: [{ field: "stakedUsd", origin: 'a "quoted"\n\u0001 π 🦙 text' }] };
  assert.equal(JSON.parse(llamath.farm.proof(strange).json).inputs[5].origin, 'a "quoted"\n\u0001 π 🦙 text');
});

test("errors survive JSON and structured cloning", () => {
  try {
    llamath.farm.apr({ ...inputs["farm.apr"], stakedUsd: 0 });
    assert.fail("accepted");
  } catch (error) {
    const { name, code, field, message } = JSON.parse(JSON.stringify(error));
    assert.deepEqual([name, code, field], ["LlamathError", "invalid", "stakedUsd"]);
    assert.equal(structuredClone(error).message, message);
  }
});

test("a trap discards the instance once; the next call starts on a fresh one", () => {
  let resets = 0;
  let broken = true;
  const guard = makeGuard({
    reset: () => (resets += 1), takes: () => 1, run: (_, implementation, input) => implementation(input),
  });
  const space = guard("space", {
    outer: (input) => input.then?.(),
    trap: (_) => {
      if (broken) throw new WebAssembly.RuntimeError("unreachable");
      return 7;
    },
  });
  const internal = { name: "LlamathError", code: "internal" };
  assert.throws(() => space.trap({}), internal);
  assert.equal(resets, 0, "not before it is needed");
  // Inside a call that is still running the old instance must not be replaced.
  const nested = () => {
    assert.throws(() => space.trap({}), internal);
    assert.throws(() => space.trap({}), internal);
    return 5;
  };
  assert.equal(space.outer({ then: nested }), 5);
  assert.equal(resets, 1);
  broken = false;
  assert.equal(space.trap({}), 7);
  assert.equal(resets, 2);
  assert.equal(space.trap({}), 7);
  assert.equal(resets, 2);
});

test("sizes", async () => {
  const wasm = gzip(readFileSync("pkg/llamath.wasm"));
  const risk = gzip(readFileSync("pkg/risk.wasm"));
  const bundle = await build({
    entryPoints: ["pkg/index.js"], bundle: true, minify: true, format: "esm", write: false, logLevel: "silent",
  });
  const entry = gzip(bundle.outputFiles[0].contents);
  console.log(`llamath.wasm ${wasm} bytes gzip (at most 110000), entry "." ${entry} (at most 165000)`);
  console.log(`risk.wasm ${risk} bytes gzip (at most 217000)`);
  assert.ok(wasm <= 110_000, `llamath.wasm is ${wasm} bytes gzip`);
  assert.ok(risk <= 217_000, `risk.wasm is ${risk} bytes gzip`);
  assert.ok(entry <= 165_000, `entry "." is ${entry} bytes gzip`);
});
