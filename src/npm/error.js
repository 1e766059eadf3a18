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

/** The error that a refused call throws, from the parts that the WebAssembly gives. */
export function refused({ refusal: code, path, expected, index, received }, input) {
  const names = path.map(camelCase);
  const field = names.join(".") || undefined;
  const subject = (field ?? "The input") + (index === undefined ? "" : ` (entry ${index})`);
  switch (code) {
    case "missing":
      return new LlamathError({ code, field, message: `${subject} is missing.` });
    case "unknown": {
      const name = String(received);
      const message = `${quote(name)} is not a field here; the fields are ${names.join(", ")}.`;
      return new LlamathError({ code, field: name, message });
    }
    case "revert": {
      const message = `The contract refuses: ${expected}.`;
      return new LlamathError({ code, field, message });
    }
    case "arithmetic": {
      const message = `${subject} cannot be represented for these inputs.`;
      return new LlamathError({ code, field, message });
    }
    default: {
      const value = received === undefined ? lookUp(input, names, index) : received;
      const message = `${subject} must be ${camelCase(expected)}; received ${describe(value)}.`;
      return new LlamathError({ code, field, index, value, message });
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
    return index !== undefined && typeof value === "object" ? value[index] : value;
  } catch {
    return undefined;
  }
}

function quote(text) {
  return JSON.stringify(text.length > 60 ? text.slice(0, 60) + "…" : text);
}

/** A short rendering of any value that runs none of its code. */
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
      return Array.isArray(value) ? `a list of ${value.length}` : "an object";
    case "function":
      return "a function";
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}
