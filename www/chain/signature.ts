// A method as a person writes it, "rate(uint256)" or "pools(uint256) returns (uint256 acc, uint256
// allocPoint)", turned into call data and the positions of the named answers.
import { encodeAbiParameters, toFunctionSelector } from "viem/utils";
import type { Hex } from "viem";
import { ChainError } from "./error";
import type { RequestField } from "./types";

export interface Method {
  name: string;
  /** "poolInfo(3)": how the call reads in an origin. */
  says: string;
  data: Hex;
  /** Names of the returned words in order, where the user gave them. */
  returns?: string[];
}

/** A method of a known name: its arguments are all whole numbers. */
export function known(name: string, ...args: bigint[]): Method {
  return build(name, args.map(() => "uint256"), args);
}

/** A method with one address as its argument. */
export function knownOf(name: string, address: string): Method {
  return build(name, ["address"], [address]);
}

const GRAMMAR = /^(?:function\s+)?([A-Za-z_$][\w$]*)\s*(?:\(([^()]*)\))?\s*(?:(?:external|public|view|pure)\s*)*(?:returns\s*\(([^()]*)\))?\s*;?$/;

const INTEGERS = new Set(Array.from({ length: 32 }, (_, i) => 8 * (i + 1)).flatMap((bits) => [`uint${bits}`, `int${bits}`]));

/** The user's own method; a whole-number parameter without a value gets the pool id. */
export function own(field: RequestField, text: string, poolId: bigint, bareTakesPoolId: boolean): Method {
  const match = GRAMMAR.exec(text.trim());
  if (!match) {
    throw invalid(field, `"${text.trim()}" is not a method. Write its name, such as myRate, or its signature, such as rate(uint256).`);
  }
  const name = match[1]!;
  const parameters = match[2] === undefined && bareTakesPoolId ? ["uint256"] : list(match[2]);
  const read = parameters.map((parameter) => readParameter(field, parameter, poolId));
  const method = buildOwn(field, text.trim(), name, read);
  return match[3] === undefined ? method : { ...method, returns: list(match[3]).map((word) => readWordName(field, word)) };
}

function readParameter(field: RequestField, text: string, poolId: bigint): { type: string; value: unknown } {
  const [written = "", ...rest] = text.split(/\s+/);
  const type = written.replace(/^u?int$/, "$&256");
  const word = rest.at(-1);
  const bare = word === undefined || /^[A-Za-z_$][\w$]*$/.test(word);
  if (INTEGERS.has(type) && (bare || /^-?\d+$/.test(word))) return { type, value: bare ? poolId : BigInt(word) };
  if (type === "bool" && (word === "true" || word === "false")) return { type, value: word === "true" };
  if (type === "address" && word !== undefined && /^0x[0-9a-fA-F]{40}$/.test(word)) return { type, value: word.toLowerCase() };
  throw invalid(
    field,
    `The parameter "${text}" has no value that can be used. Whole numbers get the pool id; write others with their value: bool true, uint256 7, or address 0x….`,
  );
}

/** Only types that fill one word each: then a name's place in the list is its place in the answer. */
function readWordName(field: RequestField, text: string): string {
  const parts = text.split(/\s+/);
  const type = parts[0] ?? "";
  if (!/^(u?int\d*|address|bool|bytes\d*|string|[\w.]+\[\])$/.test(type)) {
    throw invalid(field, `"${text}" cannot be placed: the returned values may be numbers, addresses, bool, bytes and string, written one by one.`);
  }
  return parts.length > 1 ? parts[parts.length - 1]! : "";
}

function buildOwn(field: RequestField, text: string, name: string, parameters: { type: string; value: unknown }[]): Method {
  try {
    return build(name, parameters.map(({ type }) => type), parameters.map(({ value }) => value));
  } catch {
    throw invalid(field, `"${text}" cannot be called: its name is no method's name, or a value is too large for its type.`);
  }
}

/** A method of a known name, with arguments of the given types. */
export function build(name: string, types: string[], values: unknown[]): Method {
  const selector = toFunctionSelector(`function ${name}(${types.join(",")})`);
  const data: Hex = `${selector}${encodeAbiParameters(types.map((type) => ({ type })), values).slice(2)}`;
  return { name, says: `${name}(${values.join(", ")})`, data };
}

function list(text: string | undefined): string[] {
  return text?.trim() ? text.split(",").map((part) => part.trim()) : [];
}

function invalid(field: RequestField, message: string): ChainError {
  return new ChainError("invalidSignature", field, message);
}
