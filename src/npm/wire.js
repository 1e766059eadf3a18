// One call: input → words → WebAssembly → words → answer or error.
import { open, reader } from "./decode.js";
import { encode, refusedAt } from "./encode.js";
import { refused } from "./error.js";
import { wiringOf } from "./shapes.js";

/** What the first word of an answer says. */
const [ANSWERED, WORD, FORGOTTEN] = [0, 1, 2];
const readNames = reader({ kind: "list", entry: { kind: "string" } });

/** How many arguments a function takes. */
export const takes = (name) => (wiringOf(name).write === undefined ? 0 : 1);

export function run(name, implementation, input) {
  return ask(wiringOf(name), implementation, input, true);
}

/** With `byNumber`, states that the WebAssembly has written are named and not given. */
function ask({ write, fields, read }, implementation, input, byNumber) {
  const words = write === undefined ? implementation() : call(implementation, encode(write, input, byNumber));
  // Columns come as they are.
  if (words instanceof Float64Array) return words;
  const answer = open(words);
  switch (answer.count()) {
    case ANSWERED:
      return read(answer);
    case FORGOTTEN:
      return ask({ write, fields, read }, implementation, input, false);
    case WORD: {
      const at = answer.count();
      const row = answer.count() === 0 ? undefined : answer.count();
      throw refusedAt(write, input, byNumber, { at, row, expected: answer.text() });
    }
    default: {
      const code = answer.text();
      const path = readNames(answer);
      const index = answer.count() === 0 ? undefined : answer.number();
      throw refused({ code, path, index, expected: answer.text() }, input, fields);
    }
  }
}

/** One entry of a function's answer, where that comes entry by entry. */
export function entryOf(name, words) {
  const answer = open(words);
  answer.count();
  return wiringOf(name).readEntry(answer);
}

function call(implementation, { words, columns }) {
  try {
    // A function without columns takes no second argument.
    return implementation(words, columns);
  } catch (thrown) {
    if (thrown instanceof BigUint64Array) return thrown;
    throw thrown;
  }
}
