import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { format, formatFull, formatInteger, formatSpan, formatText } = await load("format.ts");
const { toCsv, toJson } = await load("table-text.ts");

test("figures have as many digits as mean something", () => {
  assert.equal(format(4.8043300622, "percent"), "480.4%");
  assert.equal(format(10.512, "percent"), "1,051.2%");
  assert.equal(format(10 / 92, "percent"), "10.87%");
  assert.equal(format(-0.0571909584, "percent"), "−5.719%");
  assert.equal(format(2.314e10, "percent"), "2.314 × 10¹²%");
  assert.equal(format(1480.433, "usd"), "1,480.43");
  assert.equal(format(0.00123, "usd"), "0.00123");
  assert.equal(format(2.5e-12, "usd"), "2.5 × 10⁻¹²");
  assert.equal(format(0, "tokens"), "0");
  assert.equal(format(4.2432917, "measured"), "4.243");
  assert.equal(format(12_345.67, "measured"), "12,346");
});

test("the full value keeps every digit", () => {
  assert.equal(formatFull(10 / 92, "percent"), "10.869565217391304%");
  assert.equal(formatFull(40277.80753853763, "usd"), "40,277.80753853763");
  assert.equal(formatFull(-0.5, "percent"), "-50%", "as machines read it");
  assert.equal(formatText("1234567.10"), "1,234,567.10");
  assert.equal(formatInteger(65217391304347826086n), "65,217,391,304,347,826,086");
});

test("a span of time is told in its two largest units", () => {
  assert.equal(formatSpan(2_628_000), "30 days 10 hours");
  assert.equal(formatSpan(86_400), "1 day");
  assert.equal(formatSpan(61), "1 minute 1 second");
  assert.equal(formatSpan(0.2), "less than a second");
});

const table = { names: ["what", "value"], rows: [["a, \"b\"", 0.1], ["c", undefined]] };

test("CSV quotes what needs quoting and keeps every digit", () => {
  assert.equal(toCsv(table), 'what,value\r\n"a, ""b""",0.1\r\nc,\r\n');
});

test("JSON has one object for each row", () => {
  assert.deepEqual(JSON.parse(toJson(table)), [{ what: 'a, "b"', value: 0.1 }, { what: "c", value: null }]);
});
