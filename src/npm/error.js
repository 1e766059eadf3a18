/**
 * Every refusal of this package.
 *
 * `code` is stable and meant for programs: `invalid` (wrong type or out of range),
 * `missing`, `unknown` (no such field), `revert` (the contract refuses, in words of its own;
 * `field` is then which refusal, such as `debtTooHigh`), `arithmetic` (the result does not
 * exist: it leaves 256 bits or the range of a double, or the contract would revert without
 * words), `internal` (a defect of this package; the next call works on a fresh instance).
 */
export class LlamathError extends Error {
  constructor({ code, message, field, index, value }, options) {
    super(message, options);
    this.code = code;
    if (field !== undefined) this.field = field;
    if (index !== undefined) this.index = index;
    if (value !== undefined) this.value = value;
  }

  /** What survives `postMessage` and JSON; structured cloning would drop the fields. */
  toJSON() {
    const { name, code, message, field, index } = this;
    return { name, code, message, field, index };
  }
}
LlamathError.prototype.name = "LlamathError";

const subject = (path, index) =>
  (path.join(".") || "The input") + (index === undefined ? "" : ` (entry ${index})`);
const fieldOf = (path) => path.join(".") || undefined;

/** A field that has no default is absent. */
export const missing = (path) =>
  new LlamathError({ code: "missing", field: fieldOf(path), message: `${subject(path)} is missing.` });

/** A name that is no field of an input; `names` are those that are. */
export function unknown(key, names) {
  const name = String(key);
  const message = `${quote(name)} is not a field here; the fields are ${names.join(", ")}.`;
  return new LlamathError({ code: "unknown", field: name, message });
}

/** A value of the wrong type or outside its range. */
export function mustBe(path, index, expected, value) {
  const message = `${subject(path, index)} must be ${expected}; received ${describe(value)}.`;
  return new LlamathError({ code: "invalid", field: fieldOf(path), index, value, message });
}

/**
 * The error of what the core refuses, from the parts that the WebAssembly gives; `fields` are
 * those of the input.
 */
export function refused({ code, path, index, expected }, input, fields) {
  const names = path.map(camelCase);
  switch (code) {
    case "revert":
      return new LlamathError({ code, field: fieldOf(names), message: `The contract refuses: ${expected}.` });
    case "arithmetic": {
      const message = `${subject(names)} cannot be represented for these inputs.`;
      return new LlamathError({ code, field: fieldOf(names), message });
    }
    default: {
      const isField = names.length === 0 || fields.includes(names[0]);
      if (isField) return mustBe(names, index, camelCase(expected), lookUp(input, names, index));
      // What lies inside an input, such as a column of a file, is not here to be shown.
      const message = `${subject(names, index)} must be ${camelCase(expected)}.`;
      return new LlamathError({ code, field: fieldOf(names), index, message });
    }
  }
}

/** `staked_usd` → `stakedUsd`, anywhere in a text. */
function camelCase(text) {
  return text.replace(/(?<=[a-z0-9])_([a-z])/g, (_, first) => first.toUpperCase());
}

/** The value at a path of the input (a row of it, if it has rows); `undefined` if unreadable. */
function lookUp(input, names, index) {
  try {
    const value = names.reduce((object, name) => object[name], input);
    // Rows of a file are no rows of its bytes.
    const hasRows = typeof value === "object" && !(value instanceof Uint8Array);
    return index !== undefined && hasRows ? value[index] : value;
  } catch {
    return undefined;
  }
}

function quote(text) {
  return JSON.stringify(text.length > 60 ? text.slice(0, 60) + "…" : text);
}

/** Whether it is a list; a proxy that was revoked is nothing at all. */
export function isList(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** How many entries a list says it has: a proxy may say anything, or throw. */
function lengthOf(list) {
  try {
    const { length } = list;
    return Number.isInteger(length) ? ` of ${length}` : "";
  } catch {
    return "";
  }
}

/** A short rendering of any value that runs none of its code, but for the length of a list. */
function describe(value) {
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return quote(value);
    case "bigint": {
      // Writing out a huge integer takes time that grows with its square.
      const short = BigInt.asIntN(512, value) === value;
      return short ? `${value}n` : "a bigint of more than 512 bits";
    }
    case "object":
      if (value === null) return "null";
      if (isList(value)) return `a list${lengthOf(value)}`;
      return ArrayBuffer.isView(value) ? "an array of numbers" : "an object";
    case "function":
      return "a function";
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}
