// What goes in and out of each function, from the package's TypeScript.
import { reader } from "./decode.js";
import { writer } from "./encode.js";

/** The module that declares each function, by the function's full name. */
const modules = new Map();
const known = new Map();

/** Adds what a module declares; two modules may give one name to different types. */
export function declare(module) {
  for (const name of Object.keys(module.functions)) modules.set(name, module);
}

/** How a function's input is written (`undefined` if it takes none) and its output, or an entry of it, is read. */
export function wiringOf(name) {
  let wiring = known.get(name);
  if (wiring === undefined) {
    const { types, functions } = modules.get(name);
    const [input, output] = functions[name];
    const shape = shaper(types);
    const [given, answered] = [input === null ? undefined : shape(input), shape(output)];
    wiring = {
      write: given && writer(given),
      fields: given?.names,
      read: reader(answered),
      readEntry: answered.entry && reader(answered.entry),
    };
    known.set(name, wiring);
  }
  return wiring;
}

/** Makes shapes of types, of which some are known by name. */
function shaper(types) {
  function shape(type) {
    if (Array.isArray(type)) return typeof type[0] === "string" ? words(type) : kinds(type);
    if (typeof type === "object") return record(type);
    if (type.endsWith("[]")) return { kind: "list", entry: shape(type.slice(0, -2)) };
    if (type.includes("&")) return record(Object.assign({}, ...type.split("&").map((part) => types[part])));
    if (type === "State") return { kind: "state", record: record(types.State) };
    if (type === "Digits") return { kind: "digits" };
    return Object.hasOwn(types, type) ? shape(types[type]) : { kind: type };
  }

  function record(fields) {
    const shapes = Object.values(fields).map(shape);
    return {
      kind: "record",
      names: Object.keys(fields).map((name) => name.replace("?", "")),
      optional: Object.keys(fields).map((name) => name.endsWith("?")),
      shapes,
      // Nothing but columns: they have one length.
      isTable: shapes.length > 0 && shapes.every(({ kind }) => kind === "Float64Array" || kind === "column"),
    };
  }

  function kinds(list) {
    const [by] = Object.entries(list[0]).find(([, type]) => Array.isArray(type));
    const entries = list.map(({ [by]: [kind], ...fields }) => [kind, record(fields)]);
    return {
      kind: "kinds",
      by,
      kinds: Object.fromEntries(entries),
      names: [by, ...new Set(entries.flatMap(([, { names }]) => names))],
      expected: anyOf(entries.map(([kind]) => kind)),
    };
  }

  return shape;
}

/** `"a", "b" or "c"` */
const anyOf = (words) => words.map((word) => JSON.stringify(word)).join(", ").replace(/, ([^,]*)$/, " or $1");

const words = (list) => ({ kind: "words", words: list, expected: anyOf(list) });
