import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { fromFragment, toFragment } = await load("apr/link.ts");
const { BLANK } = await load("apr/form.ts");

test("a form survives the way through a link", () => {
  const form = { ...BLANK, allocPoint: "10", emission: "0.5 LAMA & more", displayed: "178%", emissionPer: "second", yearSecs: "" };
  const fragment = toFragment(form);
  assert.match(fragment, /^#apr\?v=1&/);
  assert.deepEqual(fromFragment(fragment).session.form, form);
});

test("a fragment that is no link is left alone", () => {
  assert.equal(fromFragment(""), undefined);
  assert.equal(fromFragment("#apr"), undefined);
});

test("a bad link says what is wrong", () => {
  const wrong = {
    "#loan?v=1": /does not start with “#apr\?”/,
    "#apr?allocPoint=1": /does not say its version/,
    "#apr?v=2&allocPoint=1": /its version is “2”/,
    "#apr?v=1&v=1": /names “v” twice/,
    "#apr?v=1&points=1": /names “points”, which is no input/,
    "#apr?v=1&__proto__=1": /names “__proto__”, which is no input/,
    "#apr?v=1&constructor=1": /names “constructor”, which is no input/,
    "#apr?v=1&allocPoint=1&allocPoint=2": /names “allocPoint” twice/,
    "#apr?v=1&emissionPer=hour": /“emissionPer” is “hour”; it can be block, second/,
    "#apr?v=1&allocPoint=%E0%A4%A": /not followed by two hexadecimal digits/,
    [`#apr?v=1&allocPoint=${"1".repeat(101)}`]: /longer than 100 characters/,
  };
  for (const [fragment, says] of Object.entries(wrong)) assert.match(fromFragment(fragment).wrong, says, fragment);
});
