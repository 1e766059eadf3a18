// Plain values of JavaScript from the words of an answer; their table is in src/wasm/reader.rs.
import { remember } from "./states.js";

const text = new TextDecoder();

/** Room for an answer, to be read by words, halves of words and numbers: made once, not for each answer. */
let room = roomFor(1024);

function roomFor(length) {
  const words = new BigUint64Array(length);
  return { words, numbers: new Float64Array(words.buffer), halves: new Uint32Array(words.buffer) };
}

/** Reads one answer; the next decoder's answer takes its place. */
export class Decoder {
  constructor(words) {
    if (words.length > room.words.length) room = roomFor(2 * words.length);
    room.words.set(words);
    this.words = room.words;
    this.numbers = room.numbers;
    this.halves = room.halves;
    this.at = 0;
  }

  count() {
    this.at += 1;
    return this.halves[2 * this.at - 2];
  }

  value(shape) {
    switch (shape.kind) {
      case "number":
        this.at += 1;
        return this.numbers[this.at - 1];
      case "bigint":
        return this.integer();
      case "digits":
        return String(this.integer());
      case "string":
      case "words":
        return this.text();
      case "boolean":
        return this.count() !== 0;
      case "Float64Array":
        return this.column();
      case "list":
        return Array.from({ length: this.count() }, () => this.value(shape.entry));
      case "state":
        return this.state(shape);
      case "record":
        return this.record(shape, {});
      case "contractAnswer":
        return this.contractAnswer(shape);
      default: {
        const kind = this.text();
        return this.record(shape.kinds[kind], { [shape.by]: kind });
      }
    }
  }

  integer() {
    const isNegative = this.halves[2 * this.at + 1] !== 0;
    const count = this.count();
    let magnitude = 0n;
    for (let place = count - 1; place >= 0; place -= 1) {
      magnitude = (magnitude << 64n) | this.words[this.at + place];
    }
    this.at += count;
    return isNegative ? -magnitude : magnitude;
  }

  text() {
    const length = this.count();
    const start = 8 * this.at;
    this.at += Math.ceil(length / 8);
    return text.decode(new Uint8Array(this.words.buffer, start, length));
  }

  column() {
    const length = this.count();
    this.at += length;
    return this.numbers.slice(this.at - length, this.at);
  }

  record({ names, shapes, optional }, object) {
    for (let place = 0; place < names.length; place += 1) {
      if (!optional[place] || this.count() !== 0) object[names[place]] = this.value(shapes[place]);
    }
    return object;
  }

  state(shape) {
    const number = this.count();
    return remember(freeze(this.record(shape.record, {})), number);
  }

  /** Nothing, a truth value, an integer in decimal digits, or several of these. */
  contractAnswer(shape) {
    switch (this.count()) {
      case 0:
        return undefined;
      case 1:
        return this.count() !== 0;
      case 2:
        return this.text();
      default:
        return Array.from({ length: this.count() }, () => this.contractAnswer(shape));
    }
  }
}

function freeze(value) {
  if (typeof value !== "object") return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
