// One JSON-RPC endpoint: requests, one deadline for all of them, and a sentence for each way to fail.
import { createClient, http, type Client } from "viem";
import { ChainError } from "./error";
import type { Snapshot } from "./types";

export interface Endpoint {
  request(method: string, params: unknown[]): Promise<unknown>;
  /** The same, sent together with its neighbours as one JSON-RPC batch. */
  requestBatched(method: string, params: unknown[]): Promise<unknown>;
}

/** The endpoint's own refusal of a request, before a ChainError is made of it. */
export class Refusal extends ChainError {
  constructor(
    method: string,
    readonly rpcCode: number,
    readonly details: string,
  ) {
    super("rpc", "url", `The endpoint refused ${method} with "${details}" (code ${rpcCode}). Try again, or use another endpoint.`);
  }
}

export interface Limits {
  signal?: AbortSignal;
  timeoutMs?: number;
}

const BATCH_SIZE = 50;
/** The last second of the year 9999. */
const LAST_DATE_SECS = 253_402_300_799n;

/** Runs `work` with an endpoint that dies with the signal or at the deadline. */
export async function withEndpoint<T>(url: string, { signal, timeoutMs = 30_000 }: Limits, work: (endpoint: Endpoint) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(new ChainError("aborted", "url", "The reading was cancelled."));
  const timer = setTimeout(
    () => controller.abort(new ChainError("timeout", "url", `The endpoint did not finish its answers within ${timeoutMs / 1000} seconds. Try again, or use another endpoint.`)),
    timeoutMs,
  );
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);

  const page = watchPagePolicy();
  const connect = (batch: false | { batchSize: number }) => createClient({ transport: http(url, { batch, timeout: timeoutMs, retryCount: 2 }) });
  const send = async (client: Client, method: string, params: unknown[]): Promise<unknown> => {
    try {
      return await client.request({ method, params } as never, { signal: controller.signal });
    } catch (error) {
      throw controller.signal.aborted ? controller.signal.reason : await explain(error, url, method, page, controller.signal);
    }
  };
  const single = connect(false);
  const batched = connect({ batchSize: BATCH_SIZE });
  const cancelled = new Promise<never>((_, reject) => {
    const refuse = () => reject(controller.signal.reason);
    if (controller.signal.aborted) refuse();
    else controller.signal.addEventListener("abort", refuse);
  });
  try {
    return await Promise.race([
      cancelled,
      work({
        request: (method, params) => send(single, method, params),
        requestBatched: (method, params) => send(batched, method, params),
      }),
    ]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    page.stop();
  }
}

export async function readChainId(endpoint: Endpoint): Promise<number> {
  return Number(quantity(await endpoint.request("eth_chainId", []), "eth_chainId", BigInt(Number.MAX_SAFE_INTEGER)));
}

export async function readBlock(endpoint: Endpoint, block: "latest" | bigint): Promise<Snapshot> {
  const tag = block === "latest" ? block : (`0x${block.toString(16)}` as const);
  const header = await endpoint.request("eth_getBlockByNumber", [tag, false]);
  if (header === null) {
    throw new ChainError("rpc", "url", `The endpoint does not know block ${block}. Try again, or use another endpoint.`);
  }
  const { number, timestamp } = (header ?? {}) as { number?: unknown; timestamp?: unknown };
  const seconds = quantity(timestamp, "eth_getBlockByNumber", LAST_DATE_SECS);
  return {
    number: quantity(number, "eth_getBlockByNumber", BigInt(Number.MAX_SAFE_INTEGER)),
    timestamp: seconds,
    date: new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z"),
  };
}

export async function hasCode(endpoint: Endpoint, address: string, block: bigint): Promise<boolean> {
  return (await readCode(endpoint, address, block)) !== undefined;
}

/** A contract's code; undefined where there is no contract. */
export async function readCode(endpoint: Endpoint, address: string, block: bigint): Promise<string | undefined> {
  const code = await endpoint.request("eth_getCode", [address, `0x${block.toString(16)}`]);
  return typeof code === "string" && code.length > 2 ? code : undefined;
}

function quantity(value: unknown, method: string, most: bigint): bigint {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{1,64}$/.test(value) && BigInt(value) <= most) return BigInt(value);
  throw notJsonRpc(`Its answer to ${method} holds no number that makes sense.`);
}

function notJsonRpc(why: string): ChainError {
  return new ChainError("notJsonRpc", "url", `This address answers, but not as an Ethereum JSON-RPC endpoint. ${why}`);
}

async function explain(error: unknown, url: string, method: string, page: PagePolicy, signal: AbortSignal): Promise<ChainError> {
  const chain = causes(error);
  // viem marks what it does not know with -1: an answer of no known form, not a refusal.
  const rpc = chain.find((cause) => typeof cause.code === "number" && cause.code !== -1);
  if (rpc) return new Refusal(method, rpc.code as number, String(rpc.details ?? rpc.message));
  const status = chain.find((cause) => typeof cause.status === "number")?.status;
  if (status !== undefined) {
    return new ChainError("httpStatus", "url", `The server at this address refused the request with HTTP status ${status}. Check the address, and its key if it needs one.`);
  }
  if (chain.some((cause) => cause.name === "SyntaxError")) return notJsonRpc("Its answer is not JSON.");
  if (chain.some((cause) => cause.name === "ResponseBodyTooLargeError")) return notJsonRpc("Its answer is far too long.");
  if (chain.some((cause) => cause.name === "HttpRequestError")) return await explainSilence(url, page, signal);
  return notJsonRpc("Its answer is not of the form that JSON-RPC asks for.");
}

interface Cause {
  name?: string;
  message?: string;
  details?: string;
  code?: unknown;
  status?: number;
}

function causes(error: unknown): Cause[] {
  const found: Cause[] = [];
  for (let next = error; next instanceof Error && found.length < 10; next = next.cause) found.push(next as Cause);
  return found;
}

/** Browsers give one and the same error for an absent server, a server that allows no other site, and a page's own rule. */
async function explainSilence(url: string, page: PagePolicy, signal: AbortSignal): Promise<ChainError> {
  if (await page.forbids(url)) {
    return new ChainError("blockedByPage", "url", "The rules of this page (its content security policy) forbid requests to this address.");
  }
  if (globalThis.location?.protocol === "https:" && url.startsWith("http:") && !isLoopback(url)) {
    return new ChainError("blockedByPage", "url", "This page came over https, so the browser refuses requests to an http address on another machine. Use an endpoint that starts with https://.");
  }
  if (globalThis.location !== undefined && (await answersAtAll(url, signal))) {
    return new ChainError("blockedByCors", "url", "There is a server at this address, but it does not let other sites read its answers (it sends no CORS headers). Use another endpoint, or one that you run yourself with CORS allowed.");
  }
  return new ChainError("unreachable", "url", "Nothing answers at this address. Check the address and the connection, and whether the node is running.");
}

function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

async function answersAtAll(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    await fetch(url, { mode: "no-cors", signal });
    return true;
  } catch {
    return false;
  }
}

interface PagePolicy {
  forbids(url: string): Promise<boolean>;
  stop(): void;
}

function watchPagePolicy(): PagePolicy {
  const document = globalThis.document;
  if (document === undefined) return { forbids: async () => false, stop() {} };
  const blocked = new Set<string>();
  const note = (event: SecurityPolicyViolationEvent) => blocked.add(event.blockedURI);
  document.addEventListener("securitypolicyviolation", note);
  return {
    async forbids(url) {
      // The event is a task of its own and may come after the failed fetch.
      await new Promise((resolve) => setTimeout(resolve, 50));
      return [...blocked].some((uri) => url.startsWith(uri));
    },
    stop: () => document.removeEventListener("securitypolicyviolation", note),
  };
}
