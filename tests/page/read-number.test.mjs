import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { readNumber, shift } = await load("read-number.ts");
const { readField, stepped } = await load("units.ts");

const number = (text, unit = "") => ({ kind: "number", text, unit });

test("what people paste is read as the number that it is", () => {
  const cases = {
    "10": number("10"),
    " 1,234.5 ": number("1234.5"),
    "1 234,5": number("1234.5"),
    "1\u00a0234,5": number("1234.5"),
    "1\u202f234\u202f567,25": number("1234567.25"),
    "1.234,5": number("1234.5"),
    "1,234,567": number("1234567"),
    "1.234.567": number("1234567"),
    "1'234.5": number("1234.5"),
    "1’234.5": number("1234.5"),
    "1_000": number("1000"),
    "0,5": number("0.5"),
    ",5": number("0.5"),
    ".5": number("0.5"),
    "5.": number("5"),
    "1,23": number("1.23"),
    "1,2345": number("1.2345"),
    "0,123": number("0.123"),
    "1234,567": number("1234.567"),
    "1.234": number("1.234"),
    "178%": number("178", "%"),
    "178.0 %": number("178.0", "%"),
    "0.5 ETH": number("0.5", "ETH"),
    "0.5 LAMA/block": number("0.5", "LAMA/block"),
    "$10.37": number("10.37"),
    "US$ 1,000": undefined,
    "1e-9": number("0.000000001"),
    "1.5E3": number("1500"),
    "2.50e+1": number("25.0"),
    "-3": number("-3"),
    "−3": number("-3"),
    "007": number("7"),
    "40.3K": number("40.3", "K"),
    "40277.80753853763": number("40277.80753853763"),
  };
  for (const [typed, expected] of Object.entries(cases)) {
    if (expected !== undefined) assert.deepEqual(readNumber(typed), expected, typed);
  }
});

test("a comma before three digits is asked about, not decided", () => {
  assert.deepEqual(readNumber("1,234"), { kind: "ambiguous", meanings: ["1234", "1.234"] });
  assert.deepEqual(readNumber("US$ 1,000"), { kind: "ambiguous", meanings: ["1000", "1.000"] });
  assert.deepEqual(readNumber("12,345 %"), { kind: "ambiguous", meanings: ["12345%", "12.345%"] });
  for (const meaning of ["1234", "1.234", "12345%", "12.345%"]) assert.equal(readNumber(meaning).kind, "number", meaning);
});

test("what is no number is refused with a sentence", () => {
  const refused = ["abc", "10 / 92", "0x10", "1,23,4", "1.2.3", "1 23", "12 34,5", "1,234.567.8", "1e9999", ".", "--1", "1e", "٣"];
  for (const typed of refused) {
    const read = readNumber(typed);
    // "1e" is the number 1 with a unit that no field knows.
    if (typed === "1e") assert.deepEqual(read, number("1", "e"));
    else assert.equal(read.kind, "unreadable", typed);
    if (read.kind === "unreadable") assert.match(read.says, /^.+\.$/);
  }
  assert.deepEqual(readNumber("  "), { kind: "empty" });
});

test("shifting the point loses no digit", () => {
  assert.equal(shift("178.0", -2), "1.780");
  assert.equal(shift("7692307690000000", -18), "0.007692307690000000");
  assert.equal(shift("-0.05", 3), "-50");
  assert.equal(shift("1", 20), `1${"0".repeat(20)}`);
});

test("a field reads its own units and refuses others", () => {
  assert.equal(readField("178%", "percent").value, 1.78);
  assert.equal(readField("4", "percent").value, 0.04);
  assert.equal(readField("450 ms", "seconds").value, 0.45);
  assert.equal(readField("10x", "points").value, 10);
  assert.equal(readField("40.3K", "usd").value, 40300);
  assert.equal(readField("7692307690000000 wei", "tokens").value, 0.00769230769);
  assert.equal(readField("0.5 ETH", "tokens").value, 0.5);
  assert.match(readField("0.5 ETH", "usd").says, /“ETH” is no unit of this field/);
  assert.match(readField("5%", "points").says, /“%” is no unit of this field/);
  assert.match(readField("5%", "tokens").says, /“%” is no unit of this field/);
  assert.match(readField("1e399", "usd").says, /beyond the range/);
  assert.match(readField("1e-399", "usd").says, /beyond the range/);
});

test("a step changes the last digit by one and stops at zero", () => {
  assert.equal(stepped("10", 1), "11");
  assert.equal(stepped("0.09", 1), "0.10");
  assert.equal(stepped("1.0", -1), "0.9");
  assert.equal(stepped("0", -1), "0");
});
