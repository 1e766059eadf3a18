// The checked reader: the only way a value of JavaScript enters the WebAssembly.
//
// It is strict where JavaScript is lax: plain objects only, own properties only, exact types,
// finite numbers, bounded lengths, no unknown fields. No coercion (`"2"`, `null`, `true` or
// `[3]` as a number) ever happens. What is allowed is what the package's TypeScript says.
// The values are laid out as 64-bit words; their table is in src/wasm/reader.rs.
import { isList, LlamathError, missing, mustBe, unknown } from "./error.js";
import { numberOf } from "./states.js";

/** Longest list accepted (of numbers alone, and of anything), and longest text in UTF-16 code units. */
const MAX_NUMBERS = 1_000_000;
const MAX_LIST = 10_000;
const MAX_TEXT = 65_536;
const MAX_ROWS = 10_000_000;
const MAX_BYTES = 200_000_000;
const LIMIT = 1n << 256n;

/** Room for more words than this is not kept for the next input. */
const KEPT = 65_536;

const utf8 = new TextEncoder();

/** What arrays of numbers are in truth: a class or an array of its own may say anything of itself. */
const TypedArray = Object.getPrototypeOf(Uint8Array.prototype);
const [typeOf, bufferOf, startOf, lengthOf] = [Symbol.toStringTag, "buffer", "byteOffset", "length"].map((name) => {
  const { get } = Object.getOwnPropertyDescriptor(TypedArray, name);
  return (array) => Reflect.apply(get, array, []);
});

/** The room that no call uses. */
let idle;

/** The words and columns of an input; the words are good until the next input is encoded. */
export function encode(write, input, byNumber) {
  // A getter may call in again: its input has room of its own.
  const room = idle ?? new Room();
  idle = undefined;
  room.begin(byNumber);
  fill(room, write, input);
  const at = room.changed();
  if (at !== undefined) throw refusedAt(write, input, byNumber, { at, expected: UNCHANGED });
  if (room.words.length <= KEPT) idle = room;
  return { words: room.written(), columns: room.handOver() };
}

const UNCHANGED = "an array that keeps its length while the input is read";

/** The error of the value that begins at a word of an input, or of a row of it. */
export function refusedAt(write, input, byNumber, { at, row, expected }) {
  const room = new Room();
  room.begin(byNumber);
  Object.assign(room, { watched: at, row, expected });
  try {
    fill(room, write, input);
  } catch (error) {
    if (error instanceof LlamathError) return error;
  }
  return mustBe([], undefined, expected, input);
}

function fill(room, write, input) {
  try {
    write(room, input);
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown.error(thrown.path, thrown.index) : thrown;
  }
}

/** A refusal on its way out of an input: each object adds the field, each list the entry that it came from. */
class Refusal {
  path = [];
  index = undefined;

  /** `error` makes the error of a path and an entry. */
  constructor(error) {
    this.error = error;
  }
}

function refuse(expected, received) {
  throw new Refusal((path, index) => mustBe(path, index, expected, received));
}

function inField(thrown, name) {
  if (thrown instanceof Refusal) thrown.path.unshift(name);
  return thrown;
}

/** Of lists in lists the outermost entry is told. */
function inEntry(thrown, index) {
  if (thrown instanceof Refusal) thrown.index = index;
  return thrown;
}

/** Where an input's words and columns are laid out. */
class Room {
  constructor() {
    this.grow(256);
  }

  /** With `byNumber`, states that the WebAssembly has written are named and not given. */
  begin(byNumber) {
    this.at = 0;
    this.columns = [];
    this.places = [];
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
    this.view = words;
  }

  reserve(count) {
    if (this.at + count > this.words.length) this.grow(2 * (this.at + count));
  }

  /** The words so far. Inputs of one function are mostly of one length: the view of the last one then serves. */
  written() {
    if (this.view.length !== this.at) this.view = this.words.subarray(0, this.at);
    return this.view;
  }

  handOver() {
    const { columns } = this;
    this.columns = undefined;
    return columns;
  }

  count(count) {
    this.reserve(1);
    this.halves[2 * this.at] = count;
    this.halves[2 * this.at + 1] = 0;
    this.at += 1;
  }

  number(number) {
    this.reserve(1);
    this.numbers[this.at] = number;
    this.at += 1;
  }

  integer(integer) {
    const isNegative = integer < 0n;
    let rest = isNegative ? -integer : integer;
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

  /** Puts a column beside the words, and its place among them. */
  keep(column) {
    this.places.push({ at: this.at, length: column.length });
    this.count(this.columns.length);
    this.columns.push(column);
  }

  /** The word of a column that a getter of a later field has detached or resized. */
  changed() {
    return this.places.find(({ length }, place) => this.columns[place].length !== length)?.at;
  }

  /** Refuses the value that is next if the WebAssembly did, or a row of it. */
  watch(value) {
    if (this.at !== this.watched) return;
    const { row, expected } = this;
    if (row === undefined) refuse(expected, value);
    // The entry of a list comes first: its own row is then told in words.
    throw new Refusal((path, index) =>
      index === undefined
        ? mustBe(path, row, expected, value[row])
        : mustBe(path, index, `${expected}, in row ${row}`, value[row]));
  }
}

/** What writes the values of a shape: made once, as it is called for each value. */
export function writer(shape) {
  switch (shape.kind) {
    case "number":
      return writeNumber;
    case "bigint":
      return writeBigint;
    case "digits":
      return writeDigits;
    case "string":
      return writeText;
    case "boolean":
      return writeBoolean;
    case "words":
      return wordWriter(shape);
    case "list":
      return listWriter(shape);
    case "column":
      return writeColumn;
    case "Float64Array":
      return writeNumbers;
    case "Uint8Array":
      return writeFile;
    case "state":
      return stateWriter(shape);
    case "record":
      return recordWriter(shape);
    default:
      return kindsWriter(shape);
  }
}

function writeNumber(room, value) {
  room.watch(value);
  if (!Number.isFinite(value)) refuse("a finite number", value);
  room.number(value);
}

function writeBigint(room, value) {
  room.watch(value);
  if (typeof value !== "bigint") refuse("a bigint from 0n to 2n ** 256n - 1n", value);
  room.integer(value);
}

function writeDigits(room, value) {
  room.watch(value);
  const expected = "a text of digits up to 2 ** 256 - 1";
  if (typeof value !== "string" || !/^[0-9]{1,78}$/.test(value)) refuse(expected, value);
  const integer = BigInt(value);
  if (integer >= LIMIT) refuse(expected, value);
  room.integer(integer);
}

function writeText(room, value) {
  if (typeof value !== "string") refuse("a text", value);
  if (value.length > MAX_TEXT) refuse("a text of at most 65536 characters", value);
  room.reserve(2 + Math.ceil((3 * value.length) / 8));
  const start = 8 * (room.at + 1);
  let written = 0;
  // Short names are the rule, and the encoder of the platform is slow to call.
  for (let code; written < value.length && (code = value.charCodeAt(written)) < 128; written += 1) {
    room.bytes[start + written] = code;
  }
  if (written < value.length) {
    // Half a surrogate pair is no character.
    if (/\p{Surrogate}/u.test(value)) refuse("a well-formed Unicode text", value);
    ({ written } = utf8.encodeInto(value, room.bytes.subarray(start)));
  }
  room.count(written);
  room.at += Math.ceil(written / 8);
}

function writeBoolean(room, value) {
  if (typeof value !== "boolean") refuse("true or false", value);
  room.count(value ? 1 : 0);
}

const wordWriter = ({ words, expected }) => (room, value) => {
  const place = words.indexOf(value);
  if (place < 0) refuse(expected, value);
  room.count(place);
};

function listWriter({ entry }) {
  const most = ["number", "bigint"].includes(entry.kind) ? MAX_NUMBERS : MAX_LIST;
  const write = writer(entry);
  return (room, value) => {
    room.watch(value);
    if (!isList(value)) refuse("a list", value);
    const length = readEntry(value, "length");
    if (!Number.isInteger(length) || length < 0) refuse("a list", value);
    if (length > most) refuse(`a list of at most ${most} entries`, value);
    room.count(length);
    let index = 0;
    try {
      for (; index < length; index += 1) write(room, readEntry(value, index));
    } catch (thrown) {
      throw inEntry(thrown, index);
    }
  };
}

/** Whether `value` is an array of numbers of a type, of any realm, and not only says so. */
const isArray = (value, type) => typeOf(value) === type;

/** The numbers of an array where they are, without what it says of itself. */
function view(array, Type, expected) {
  const length = lengthOf(array);
  try {
    return new Type(bufferOf(array), startOf(array), length);
  } catch {
    return refuse(`${expected} that is not detached`, array);
  }
}

function writeNumbers(room, value) {
  room.watch(value);
  if (!isArray(value, "Float64Array")) refuse("a Float64Array", value);
  if (lengthOf(value) > MAX_ROWS) refuse("a Float64Array of at most 10000000 numbers", value);
  const column = view(value, Float64Array, "a Float64Array");
  // An empty one may be detached at any time.
  room.keep(column.length > 0 ? column : new Float64Array(0));
}

/** A number that holds for all rows, or a number for each. */
function writeColumn(room, value) {
  const isNumber = typeof value === "number";
  if (!isNumber && !isArray(value, "Float64Array")) refuse("a number or a Float64Array", value);
  room.count(isNumber ? 0 : 1);
  if (isNumber) writeNumber(room, value);
  else writeNumbers(room, value);
}

/** The bytes of a file: their count, and a column that begins with them. */
function writeFile(room, value) {
  room.watch(value);
  if (!isArray(value, "Uint8Array")) refuse("a Uint8Array, the bytes of a file", value);
  const length = lengthOf(value);
  if (length > MAX_BYTES) refuse("a Uint8Array of at most 200000000 bytes", value);
  room.count(length);
  const column = new Float64Array(Math.ceil(length / 8));
  new Uint8Array(column.buffer).set(view(value, Uint8Array, "a Uint8Array"));
  room.keep(column);
}

function stateWriter({ record }) {
  const write = recordWriter(record);
  return (room, value) => {
    const number = room.byNumber ? numberOf(value) : 0;
    room.count(number);
    if (number === 0) write(room, value);
  };
}

function recordWriter(shape) {
  const { names, isTable } = shape;
  const writeAll = fieldsWriter(shape);
  return (room, value) => {
    const values = fields(value, names);
    writeAll(room, values);
    if (isTable) checkTable(value, names, values);
  };
}

/** Writes values of fields, of which `undefined` is absent. */
function fieldsWriter({ names, optional, shapes }) {
  const writers = shapes.map(writer);
  return (room, values) => {
    let place = 0;
    try {
      for (; place < writers.length; place += 1) {
        const value = values[place];
        if (optional[place]) room.count(value === undefined ? 0 : 1);
        else if (value === undefined) throw new Refusal(missing);
        if (value !== undefined) writers[place](room, value);
      }
    } catch (thrown) {
      throw inField(thrown, names[place]);
    }
  };
}

/** Columns of one object have one length. */
function checkTable(table, names, values) {
  const first = values.findIndex((column) => typeof column === "object");
  if (first < 0) refuse("an object with at least one Float64Array", table);
  const length = lengthOf(values[first]);
  const other = values.findIndex((column) => typeof column === "object" && lengthOf(column) !== length);
  if (other < 0) return;
  const expected = `a column as long as ${names[first]}, of ${length} rows`;
  throw new Refusal((path, index) => mustBe([...path, names[other]], index, expected, lengthOf(values[other])));
}

/** One of several kinds of object, told apart by one of their fields. */
function kindsWriter({ by, kinds, names, expected }) {
  const places = Object.keys(kinds);
  const writers = Object.values(kinds).map(fieldsWriter);
  return (room, value) => {
    const values = fields(value, names);
    const kind = values[names.indexOf(by)];
    const place = places.indexOf(kind);
    if (kind === undefined) throw inField(new Refusal(missing), by);
    if (place < 0) throw inField(new Refusal((path, index) => mustBe(path, index, expected, kind)), by);
    const own = kinds[kind].names;
    const allowed = [by, ...own];
    const surplus = names.find((name, place) => values[place] !== undefined && !allowed.includes(name));
    if (surplus !== undefined) throw new Refusal(() => unknown(surplus, allowed));
    room.count(place);
    writers[place](room, own.map((name) => values[names.indexOf(name)]));
  };
}

/** The values of an object's fields; `undefined` is absent. */
function fields(value, names) {
  const keys = keysOf(value);
  if (keys === undefined) refuse("a plain object with named fields", value);
  const values = [];
  let known = 0;
  for (let place = 0; place < names.length; place += 1) {
    const name = names[place];
    // Most often they come in the order in which they are declared.
    const isGiven = keys[place] === name || keys.includes(name);
    if (isGiven) known += 1;
    values[place] = isGiven ? read(value, name) : undefined;
  }
  if (keys.length !== known) {
    throw new Refusal(() => unknown(keys.find((key) => !names.includes(key)), names));
  }
  return values;
}

function read(value, name) {
  try {
    return value[name];
  } catch {
    throw inField(new Refusal((path, index) => mustBe(path, index, "readable", undefined)), name);
  }
}

function readEntry(list, index) {
  try {
    return list[index];
  } catch {
    return refuse("readable", undefined);
  }
}

/**
 * The own keys of an object literal (or of what has no prototype at all), of any realm.
 *
 * Anything else is refused before its keys are listed: the keys of a typed array or of a boxed
 * string can be a billion, and inherited fields are nobody's input.
 */
function keysOf(value) {
  if (typeof value !== "object" || value === null || isList(value)) return undefined;
  try {
    const prototype = Object.getPrototypeOf(value);
    const isPlain =
      prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
    if (!isPlain) return undefined;
    // One after the other they are listed faster than by Reflect.ownKeys.
    const [names, symbols] = [Object.getOwnPropertyNames(value), Object.getOwnPropertySymbols(value)];
    return symbols.length === 0 ? names : [...names, ...symbols];
  } catch {
    return undefined;
  }
}
