// Many contract calls at one block: through an aggregate3 contract where there is one, else as a batch.
import { decodeFunctionResult, encodeFunctionData, toFunctionSelector } from "viem/utils";
import type { Hex } from "viem";
import { hasCode, Refusal, type Endpoint } from "./endpoint";
import { ChainError } from "./error";
import type { Address, Snapshot, Via } from "./types";

export interface Call {
  target: Address;
  data: Hex;
}

export interface Calls {
  via: Via;
  /** The block number that contracts see, where the multicall contract can tell. */
  contractBlockNumber?: bigint;
  /** The returned bytes of each call in order; undefined where it was refused or nothing came back. */
  run(calls: Call[]): Promise<(Hex | undefined)[]>;
}

const CANONICAL: Address = "0xcA11bde05977b3631167028862bE2a173976CA11";

const AGGREGATE3 = [
  {
    type: "function",
    name: "aggregate3",
    stateMutability: "payable",
    inputs: [
      {
        name: "calls",
        type: "tuple[]",
        components: [
          { name: "target", type: "address" },
          { name: "allowFailure", type: "bool" },
          { name: "callData", type: "bytes" },
        ],
      },
    ],
    outputs: [
      {
        name: "returnData",
        type: "tuple[]",
        components: [
          { name: "success", type: "bool" },
          { name: "returnData", type: "bytes" },
        ],
      },
    ],
  },
] as const;

export async function openCalls(endpoint: Endpoint, block: Snapshot, own: Address | undefined): Promise<Calls> {
  const address = own ?? CANONICAL;
  const getBlockNumber = { target: address, data: toFunctionSelector("function getBlockNumber()") };
  const [code, probe] = await Promise.all([hasCode(endpoint, address, block.number), aggregate(endpoint, block, address, [getBlockNumber])]);
  if (own && !code) {
    throw new ChainError("noCode", "multicall", `There is no contract at ${own} on this chain. Check the address, or leave the field empty to read without it.`);
  }
  if (own && !probe) {
    throw new ChainError("notMulticall", "multicall", `The contract at ${own} does not answer aggregate3, so it cannot bundle calls. Name another one, or leave the field empty to read without it.`);
  }
  if (!probe) {
    return {
      via: {
        kind: "batch",
        says: `This chain has no multicall contract at the usual address: read by single calls sent in batches, all at block ${block.number}.`,
      },
      run: (calls) => batch(endpoint, block, calls),
    };
  }
  return {
    via: { kind: "multicall", address, says: `Read through the multicall contract ${address}, all at block ${block.number}.` },
    ...(probe[0]?.length === 66 ? { contractBlockNumber: BigInt(probe[0]) } : {}),
    async run(calls) {
      const results = calls.length ? await aggregate(endpoint, block, address, calls) : [];
      if (!results) throw new ChainError("notMulticall", "multicall", `The multicall contract ${address} refused the calls. Name another one in its field.`);
      return results;
    },
  };
}

async function aggregate(endpoint: Endpoint, block: Snapshot, address: Address, calls: Call[]): Promise<(Hex | undefined)[] | undefined> {
  const data = encodeFunctionData({
    abi: AGGREGATE3,
    args: [calls.map(({ target, data: callData }) => ({ target, allowFailure: true, callData }))],
  });
  const answer = await call(endpoint.request, block, { target: address, data });
  if (answer === undefined) return undefined;
  try {
    const results = decodeFunctionResult({ abi: AGGREGATE3, data: answer });
    if (results.length !== calls.length) return undefined;
    return results.map(({ success, returnData }) => (success && returnData !== "0x" ? returnData : undefined));
  } catch {
    return undefined;
  }
}

async function batch(endpoint: Endpoint, block: Snapshot, calls: Call[]): Promise<(Hex | undefined)[]> {
  try {
    return await Promise.all(calls.map((one) => call(endpoint.requestBatched, block, one)));
  } catch (error) {
    if (error instanceof ChainError && error.code === "notJsonRpc") {
      throw new ChainError("rpc", "multicall", "This chain has no multicall contract at the usual address, and the endpoint takes no batches of calls. Name a multicall contract, or use another endpoint.");
    }
    throw error;
  }
}

async function call(request: Endpoint["request"], block: Snapshot, { target, data }: Call): Promise<Hex | undefined> {
  try {
    const answer = await request("eth_call", [{ to: target, data }, `0x${block.number.toString(16)}`]);
    if (typeof answer === "string" && /^0x([0-9a-fA-F]{2})*$/.test(answer)) return answer === "0x" ? undefined : (answer as Hex);
    throw new ChainError("notJsonRpc", "url", "This address answers, but not as an Ethereum JSON-RPC endpoint. Its answer to eth_call holds no bytes.");
  } catch (error) {
    if (error instanceof Refusal && isRevert(error)) return undefined;
    throw error;
  }
}

/** Code 3 is the standard one; other nodes tell a contract's refusal only by their words. */
function isRevert({ rpcCode, details }: Refusal): boolean {
  return rpcCode === 3 || /revert|invalid opcode|bad instruction|bad jump|out of gas|stack (under|over)flow|\bE?VM (error|exception|execution)/i.test(details);
}
