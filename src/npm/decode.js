// Plain values of JavaScript from the words of an answer; their table is in src/wasm/reader.rs.
import { remember } from "./states.js";

const utf8 = new TextDecoder();

/** Answers of up to so many words are copied to one place, where they are read. */
const SHORT = 1024;
/** Texts of up to so many bytes, which are letters, digits and signs, are put together here: that is faster. */
const FEW = 24;

/** An answer that is read word after word, or half a word after the other. */
class Answer {
  constructor(words) {
    this.words = words;
    this.numbers = new Float64Array(words.buffer);
    this.halves = new Uint32Array(words.buffer);
    this.bytes = new Uint8Array(words.buffer);
    this.at = 0;
  }

  count() {
    this.at += 1;
    return this.halves[2 * this.at - 2];
  }

  number() {
    this.at += 1;
    return this.numbers[this.at - 1];
  }

  integer() {
    const isNegative = this.halves[2 * this.at + 1] !== 0;
    const count = this.count();
    if (count === 0) return 0n;
    this.at += count;
    let magnitude = this.words[this.at - 1];
    for (let place = 2; place <= count; place += 1) {
      magnitude = (magnitude << 64n) | this.words[this.at - place];
    }
    return isNegative ? -magnitude : magnitude;
  }

  text() {
    const length = this.count();
    let at = 8 * this.at;
    const end = at + length;
    this.at += Math.ceil(length / 8);
    let text = "";
    if (length <= FEW) {
      for (let code; at < end && (code = this.bytes[at]) < 128; at += 1) text += String.fromCharCode(code);
    }
    return at === end ? text : utf8.decode(this.bytes.subarray(end - length, end));
  }

  column() {
    const length = this.count();
    this.at += length;
    return this.numbers.slice(this.at - length, this.at);
  }
}

const short = new Answer(new BigUint64Array(SHORT));

/** A copy of an answer, before its memory is freed; the next short one takes its place. */
export function copied(words) {
  if (words.length > SHORT) return words.slice();
  short.words.set(words);
  return short.words;
}

/** Opens an answer that was copied, or is an array of its own. */
export function open(words) {
  const answer = words === short.words ? short : new Answer(words);
  answer.at = 0;
  return answer;
}

/** What reads the values of a shape from an answer: made once, as it is called for each value. */
export function reader(shape) {
  switch (shape.kind) {
    case "number":
      return (answer) => answer.number();
    case "bigint":
      return (answer) => answer.integer();
    case "digits":
      return (answer) => String(answer.integer());
    case "string":
    case "words":
      return (answer) => answer.text();
    case "boolean":
      return (answer) => answer.count() !== 0;
    case "Float64Array":
      return (answer) => answer.column();
    case "list":
      return listReader(reader(shape.entry));
    case "state":
      return stateReader(shape);
    case "record": {
      const read = fieldsReader(shape);
      return (answer) => read(answer, {});
    }
    case "contractAnswer":
      return contractAnswer;
    default:
      return kindsReader(shape);
  }
}

function listReader(read) {
  return (answer) => {
    const list = [];
    for (let left = answer.count(); left > 0; left -= 1) list.push(read(answer));
    return list;
  };
}

function fieldsReader({ names, shapes, optional }) {
  const readers = shapes.map(reader);
  return (answer, object) => {
    for (let place = 0; place < readers.length; place += 1) {
      if (!optional[place] || answer.count() !== 0) object[names[place]] = readers[place](answer);
    }
    return object;
  };
}

function stateReader({ record }) {
  const read = reader(record);
  return (answer) => {
    const number = answer.count();
    return remember(freeze(read(answer)), number);
  };
}

function kindsReader({ by, kinds }) {
  const readers = Object.fromEntries(Object.entries(kinds).map(([kind, record]) => [kind, fieldsReader(record)]));
  return (answer) => {
    const kind = answer.text();
    return readers[kind](answer, { [by]: kind });
  };
}

/** Nothing, a truth value, an integer in decimal digits, or several of these. */
function contractAnswer(answer) {
  switch (answer.count()) {
    case 0:
      return undefined;
    case 1:
      return answer.count() !== 0;
    case 2:
      return answer.text();
    default:
      return listReader(contractAnswer)(answer);
  }
}

function freeze(value) {
  if (typeof value !== "object") return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
