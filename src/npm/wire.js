// One call: input → words → WebAssembly → words → answer or error.
import { Decoder } from "./decode.js";
import { encode, refusedAt } from "./encode.js";
import { refused } from "./error.js";
import { shapesOf } from "./shapes.js";

/** What the first word of an answer says. */
const [ANSWERED, WORD, FORGOTTEN] = [0n, 1n, 2n];
const string = { kind: "string" };

/** How many arguments a function takes. */
export const takes = (name) => (shapesOf(name).input === undefined ? 0 : 1);

export function run(name, implementation, input) {
  const { input: shape, output } = shapesOf(name);
  if (shape === undefined) return decode(implementation(), output);
  const call = (stateByNumber) =>
    encode(shape, input, stateByNumber, (words, columns) => {
      try {
        // A function without columns takes no second argument.
        return implementation(words, columns);
      } catch (thrown) {
        if (thrown instanceof BigUint64Array) return thrown;
        throw thrown;
      }
    });
  let byNumber = true;
  let words = call(byNumber);
  if (words[0] === FORGOTTEN) {
    byNumber = false;
    words = call(byNumber);
  }
  if (words instanceof Float64Array || words[0] === ANSWERED) return decode(words, output);
  const reader = new Decoder(words);
  reader.count();
  if (words[0] === WORD) {
    const at = reader.count();
    const row = reader.count() === 0 ? undefined : reader.count();
    throw refusedAt(shape, input, byNumber, { at, row, expected: reader.text() });
  }
  const code = reader.text();
  const path = reader.value({ kind: "list", entry: string });
  const index = reader.count() === 0 ? undefined : reader.value({ kind: "number" });
  throw refused({ code, path, index, expected: reader.text() }, input, shape.names);
}

/** One entry of a function's answer, where that comes entry by entry. */
export const answerOf = (name, words) => decode(words, shapesOf(name).output.entry);

function decode(words, shape) {
  // Columns come as they are.
  if (words instanceof Float64Array) return words;
  const decoder = new Decoder(words);
  decoder.count();
  return decoder.value(shape);
}
