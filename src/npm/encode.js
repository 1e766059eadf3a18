// The checked reader: the only way a value of JavaScript enters the WebAssembly.
//
// It is strict where JavaScript is lax: plain objects only, own properties only, exact types,
// finite numbers, bounded lengths, no unknown fields. No coercion (`"2"`, `null`, `true` or
// `[3]` as a number) ever happens. What is allowed is what the package's TypeScript says.
// The values are laid out as 64-bit words; their table is in src/wasm/reader.rs.
import { LlamathError, missing, mustBe, unknown } from "./error.js";
import { numberOf } from "./states.js";

/** Longest list accepted (of numbers alone, and of anything), and longest text in UTF-16 code units. */
const MAX_NUMBERS = 1_000_000;
const MAX_LIST = 10_000;
const MAX_TEXT = 65_536;
const MAX_ROWS = 10_000_000;
const MAX_BYTES = 200_000_000;
const LIMIT = 1n << 256n;

/** Kinds of values that have a word of their own, by which the WebAssembly refuses them. */
const REFUSED_ALONE = ["number", "bigint", "digits", "list", "Float64Array", "Uint8Array"];

const idle = [];
const utf8 = new TextEncoder();

/**
 * The words and columns of an input, for as long as `use` runs; with `byNumber`, states that
 * the WebAssembly has written are named and not given.
 */
export function encode(shape, input, byNumber, use) {
  // A getter may call in again: each encoder is used by one call at a time.
  const encoder = idle.pop() ?? new Encoder();
  encoder.begin(byNumber);
  try {
    encoder.value(shape, input);
    return use(encoder.words.subarray(0, encoder.at), encoder.columns);
  } finally {
    encoder.columns = [];
    idle.push(encoder);
  }
}

/** The error of the value that begins at a word of an input, or of a row of it. */
export function refusedAt(shape, input, byNumber, { at, row, expected }) {
  const encoder = new Encoder();
  encoder.begin(byNumber);
  Object.assign(encoder, { watched: at, row, expected });
  try {
    encoder.value(shape, input);
  } catch (error) {
    if (error instanceof LlamathError) return error;
  }
  return mustBe([], undefined, expected, input);
}

class Encoder {
  constructor() {
    this.grow(256);
  }

  begin(byNumber) {
    this.at = 0;
    this.columns = [];
    this.path = [];
    this.index = undefined;
    this.byNumber = byNumber;
    this.watched = -1;
  }

  /** Makes room; what is there stays. */
  grow(length) {
    const words = new BigUint64Array(length);
    if (this.words) words.set(this.words);
    this.words = words;
    this.numbers = new Float64Array(words.buffer);
    this.halves = new Uint32Array(words.buffer);
    this.bytes = new Uint8Array(words.buffer);
  }

  reserve(count) {
    if (this.at + count > this.words.length) this.grow(2 * (this.at + count));
  }

  count(count) {
    this.reserve(1);
    this.halves[2 * this.at] = count;
    this.halves[2 * this.at + 1] = 0;
    this.at += 1;
  }

  refuse(expected, received) {
    throw mustBe(this.path, this.index, expected, received);
  }

  /** Refuses what the WebAssembly did: a value, or a row of it. */
  refuseWatched(value) {
    if (this.row === undefined) this.refuse(this.expected, value);
    // The entry of a list comes first: its own row is then told in words.
    if (this.index !== undefined) this.refuse(`${this.expected}, in row ${this.row}`, value[this.row]);
    throw mustBe(this.path, this.row, this.expected, value[this.row]);
  }

  value(shape, value) {
    if (this.at === this.watched && REFUSED_ALONE.includes(shape.kind)) this.refuseWatched(value);
    switch (shape.kind) {
      case "number":
        if (!Number.isFinite(value)) this.refuse("a finite number", value);
        return this.number(value);
      case "bigint":
        if (typeof value !== "bigint") this.refuse("a bigint from 0n to 2n ** 256n - 1n", value);
        return this.integer(value);
      case "digits":
        return this.digits(value);
      case "string":
        return this.text(value);
      case "boolean":
        if (typeof value !== "boolean") this.refuse("true or false", value);
        return this.count(value ? 1 : 0);
      case "words":
        if (!shape.words.includes(value)) this.refuse(shape.expected, value);
        return this.count(shape.words.indexOf(value));
      case "list":
        return this.list(shape, value);
      case "column":
        return this.column(value);
      case "Float64Array":
        if (!isArray(value, Float64Array)) this.refuse("a Float64Array", value);
        if (value.length > MAX_ROWS) this.refuse("a Float64Array of at most 10000000 numbers", value);
        return this.keep(value);
      case "Uint8Array":
        return this.file(value);
      case "state": {
        const number = this.byNumber ? numberOf(value) : 0;
        this.count(number);
        if (number === 0) this.record(shape.record, value);
        return undefined;
      }
      case "record":
        return this.record(shape, value);
      default:
        return this.oneOf(shape, value);
    }
  }

  number(value) {
    this.reserve(1);
    this.numbers[this.at] = value;
    this.at += 1;
  }

  integer(value) {
    const isNegative = value < 0n;
    let rest = isNegative ? -value : value;
    this.reserve(6);
    const header = this.at;
    let count = 0;
    // One limb more than fit tells the WebAssembly that it is too large.
    for (; rest !== 0n && count < 5; count += 1) {
      // Stored modulo 2^64.
      this.words[header + 1 + count] = rest;
      rest >>= 64n;
    }
    this.halves[2 * header] = count;
    this.halves[2 * header + 1] = isNegative ? 1 : 0;
    this.at = header + 1 + Math.min(count, 4);
  }

  digits(value) {
    const expected = "a text of digits up to 2 ** 256 - 1";
    if (typeof value !== "string" || !/^[0-9]{1,78}$/.test(value)) this.refuse(expected, value);
    const integer = BigInt(value);
    if (integer >= LIMIT) this.refuse(expected, value);
    this.integer(integer);
  }

  text(value) {
    if (typeof value !== "string") this.refuse("a text", value);
    if (value.length > MAX_TEXT) this.refuse("a text of at most 65536 characters", value);
    this.reserve(2 + Math.ceil((3 * value.length) / 8));
    const start = 8 * (this.at + 1);
    let written = 0;
    // Short names are the rule, and the encoder of the platform is slow to call.
    for (let code; written < value.length && (code = value.charCodeAt(written)) < 128; written += 1) {
      this.bytes[start + written] = code;
    }
    if (written < value.length) {
      // Half a surrogate pair is no character.
      if (/\p{Surrogate}/u.test(value)) this.refuse("a well-formed Unicode text", value);
      ({ written } = utf8.encodeInto(value, this.bytes.subarray(start)));
    }
    this.count(written);
    this.at += Math.ceil(written / 8);
  }

  list(shape, value) {
    if (!Array.isArray(value)) this.refuse("a list", value);
    const { length } = value;
    const most = ["number", "bigint"].includes(shape.entry.kind) ? MAX_NUMBERS : MAX_LIST;
    if (length > most) this.refuse(`a list of at most ${most} entries`, value);
    this.count(length);
    const isOutermost = this.index === undefined;
    for (let index = 0; index < length; index += 1) {
      if (isOutermost) this.index = index;
      this.value(shape.entry, value[index]);
    }
    if (isOutermost) this.index = undefined;
  }

  column(value) {
    if (typeof value === "number") {
      this.count(0);
      return this.number(value);
    }
    if (!isArray(value, Float64Array)) this.refuse("a number or a Float64Array", value);
    this.count(1);
    return this.keep(value);
  }

  /** Puts a column beside the words, and its place among them. */
  keep(column) {
    this.count(this.columns.length);
    this.columns.push(column);
  }

  /** The bytes of a file: their count, and a column that begins with them. */
  file(value) {
    if (!isArray(value, Uint8Array)) this.refuse("a Uint8Array, the bytes of a file", value);
    const { length } = value;
    if (length > MAX_BYTES) this.refuse("a Uint8Array of at most 200000000 bytes", value);
    this.count(length);
    const column = new Float64Array(Math.ceil(length / 8));
    new Uint8Array(column.buffer).set(value);
    return this.keep(column);
  }

  /** The values of an object's fields; `undefined` is absent. */
  fields(value, names) {
    const keys = isPlainObject(value) ? ownKeys(value) : undefined;
    if (keys === undefined) this.refuse("a plain object with named fields", value);
    let known = 0;
    const values = names.map((name) => {
      if (!keys.includes(name)) return undefined;
      known += 1;
      try {
        return value[name];
      } catch {
        throw mustBe([...this.path, name], this.index, "readable", undefined);
      }
    });
    if (keys.length !== known) throw unknown(keys.find((key) => !names.includes(key)), names);
    return values;
  }

  record(shape, value) {
    const before = this.columns.length;
    const values = this.fields(value, shape.names);
    this.each(shape, values);
    if (shape.hasColumns) this.checkColumns(shape, values, value, before);
  }

  each(shape, values) {
    for (let place = 0; place < values.length; place += 1) {
      const value = values[place];
      this.path.push(shape.names[place]);
      if (shape.optional[place]) this.count(value === undefined ? 0 : 1);
      else if (value === undefined) throw missing(this.path);
      if (value !== undefined) this.value(shape.shapes[place], value);
      this.path.pop();
    }
  }

  /** Columns of one object have one length. */
  checkColumns(shape, values, value, before) {
    const [first] = this.columns.slice(before);
    if (first === undefined) this.refuse("an object with at least one Float64Array", value);
    values.forEach((column, place) => {
      if (shape.shapes[place].kind !== "column" || typeof column !== "object") return;
      if (column.length !== first.length || column.length > MAX_ROWS) {
        const path = [...this.path, shape.names[place]];
        throw mustBe(path, this.index, "a column as long as the others, of at most 10000000 rows", column.length);
      }
    });
  }

  /** One of several kinds of object, told apart by one of their fields. */
  oneOf({ by, kinds, names, expected }, value) {
    const values = this.fields(value, names);
    const kind = values[names.indexOf(by)];
    this.path.push(by);
    if (kind === undefined) throw missing(this.path);
    const shape = typeof kind === "string" && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (shape === undefined) this.refuse(expected, kind);
    this.path.pop();
    const allowed = [by, ...shape.names];
    const surplus = names.find((name, place) => values[place] !== undefined && !allowed.includes(name));
    if (surplus !== undefined) throw unknown(surplus, allowed);
    this.count(Object.keys(kinds).indexOf(kind));
    this.each(shape, shape.names.map((name) => values[names.indexOf(name)]));
  }
}

/** Whether `value` is an array of numbers of a type, and not only says so. */
const isArray = (value, type) => ArrayBuffer.isView(value) && value instanceof type;

function ownKeys(value) {
  try {
    return Reflect.ownKeys(value);
  } catch {
    return undefined;
  }
}

/**
 * Whether `value` is an object literal (or has no prototype at all), of any realm.
 *
 * Anything else is refused before its keys are listed: the keys of a typed array or of a boxed
 * string can be a billion, and inherited fields are nobody's input.
 */
function isPlainObject(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  try {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
  } catch {
    return false;
  }
}
