// One pool of a farm, read at one block: which questions are asked, in which order.
import { measureBlockTime } from "./blocktime";
import { openCalls } from "./calls";
import { hasCode, readBlock, readChainId, withEndpoint, type Endpoint, type Limits } from "./endpoint";
import { ChainError } from "./error";
import * as names from "./methods";
import { readOwnPool, readPool, type PoolInfo } from "./pool";
import { Questions, shortened, type Answer } from "./questions";
import { checkRequest, type CheckedRequest } from "./request";
import { known, type Method } from "./signature";
import { readTokens } from "./tokens";
import type { Address, FarmReading, FarmRequest, Origin, Reading } from "./types";
import { address, uint } from "./words";

export interface ReadOptions extends Limits {
  /** Told at each step what is being read. */
  onStep?: (says: string) => void;
}

/**
 * Everything about one pool at ONE block. Throws a ChainError where nothing can be read at all (endpoint,
 * addresses, pool id, timeout, abort); else gives what was found, and says in `problems` what is lacking.
 */
export async function readFarm(request: FarmRequest, options: ReadOptions = {}): Promise<FarmReading> {
  const checked = checkRequest(request);
  return await withEndpoint(checked.url, options, (endpoint) => read(endpoint, checked, options.onStep ?? (() => {})));
}

/** The sentence that stands beside a value. */
export function originText({ contract, method, blockNumber, date }: Origin): string {
  const day = date.replace("T", " ").replace("Z", " UTC");
  return `${method}${contract ? ` of ${contract}` : ""}, at block ${blockNumber} (${day})`;
}

async function read(endpoint: Endpoint, request: CheckedRequest, onStep: (says: string) => void): Promise<FarmReading> {
  const { farm, poolId } = request;

  onStep("Reading the latest block.");
  const [chainId, block] = await Promise.all([readChainId(endpoint), readBlock(endpoint, "latest")]);
  const [farmHasCode, calls] = await Promise.all([hasCode(endpoint, farm, block.number), openCalls(endpoint, block, request.multicall)]);
  if (!farmHasCode) {
    throw new ChainError("noCode", "farm", `There is no contract at ${farm} on this chain (chain id ${chainId}). Check the address and whether the endpoint is of the right chain.`);
  }
  const result: FarmReading = { chainId, block, via: calls.via, farm, poolId, problems: [], notices: [] };
  const questions = new Questions(calls, result);
  if (calls.via.kind === "batch") questions.notice("noMulticall", "allocPoint", calls.via.says);

  onStep("Reading the farm.");
  const { poolLength, rewardToken } = await readWholeFarm(questions, request, result);

  onStep("Reading the pool.");
  const stakedToken = await readOnePool(questions, request, result, poolLength);

  const perBlock = result.emission?.per === "block";
  onStep(perBlock ? "Reading the tokens, and measuring the block time." : "Reading the tokens.");
  const blockTime = perBlock ? measureBlockTime(endpoint, block, request.blockDistance, calls.contractBlockNumber) : undefined;
  const [tokens] = await Promise.all([
    readTokens(questions, farm, rewardToken, stakedToken),
    blockTime?.then(
      (blockSecs) => void (result.blockSecs = blockSecs),
      (error: unknown) => {
        if (!(error instanceof ChainError && error.field === "blockSecs")) throw error;
        result.problems.push(error);
      },
    ),
  ]);
  return { ...result, ...tokens };
}

/** What holds for all pools: their number, their points, the emission and its token. */
async function readWholeFarm(questions: Questions, { farm, poolId, methods, rewardToken }: CheckedRequest, result: FarmReading) {
  const any = (list: string[]) => list.map((name) => known(name));
  const [lengths, totals, emissions, rewards] = await questions.ask([
    [farm, any(names.poolLengthNames)],
    [farm, ownOr(methods.totalAllocPoint, any(names.totalAllocPointNames))],
    [farm, ownOr(methods.emission, any(names.emissionNames))],
    [farm, rewardToken ? [] : ownOr(methods.rewardToken, any(names.rewardTokenNames))],
  ]);
  const poolLength = lengths.map(({ data }) => uint(data)).find((length) => length !== undefined);
  if (poolLength !== undefined && poolId >= poolLength) throw outOfRange(poolId, poolLength);

  const total = questions.agreed("totalAllocPoint", "the points of all pools", totals, uint);
  if (total) {
    result.totalAllocPoint = questions.reading(total.value, farm, total.method.says);
    if (total.value === 0n) {
      questions.problem("zeroTotalPoints", "totalAllocPoint", "The points of all pools add up to 0, so the farm pays no pool and no weight can be computed.");
    }
  }
  const emission = questions.agreed("emission", "the emission", emissions, uint);
  if (emission) {
    const per = methods.emissionPer ?? names.emissionPer(emission.method.name)!;
    result.emission = { ...questions.reading(emission.value, farm, emission.method.says), per };
  }
  const reward = rewardToken ? undefined : questions.agreed("rewardToken", "the reward token", rewards, address);
  return {
    poolLength,
    rewardToken: rewardToken
      ? questions.reading(rewardToken, rewardToken, "the address that you gave")
      : reward && questions.reading(reward.value, farm, reward.method.says),
  };
}

/** The pool's points and its token, and what multiplies the emission now. */
async function readOnePool(
  questions: Questions,
  { farm, poolId, methods }: CheckedRequest,
  result: FarmReading,
  poolLength: bigint | undefined,
): Promise<Reading<Address> | undefined> {
  const now = result.emission?.per === "second" ? result.block.timestamp : result.block.number;
  const [multipliers, pools, firstPools, lpTokens] = await questions.ask([
    [farm, [known("getMultiplier", now, now + 1n)]],
    [farm, ownOr(methods.poolInfo, names.poolInfoNames.map((name) => known(name, poolId)))],
    [farm, methods.poolInfo ? [] : names.poolInfoNames.map((name) => known(name, 0n))],
    [farm, ownOr(methods.lpToken, names.lpTokenNames.map((name) => known(name, poolId)))],
  ]);
  multiplyEmission(questions, result, multipliers[0]!);

  const answersToken = lpTokens.some(({ data }) => address(data) !== undefined);
  const lpToken = answersToken || methods.lpToken ? questions.agreed("stakedToken", "the staked token", lpTokens, address) : undefined;
  const pool = readPoolPoints();
  if (lpToken) return questions.reading(lpToken.value, farm, lpToken.method.says);
  if (pool?.lpToken) return questions.reading(pool.lpToken, farm, `${pool.says}.lpToken`);
  if (!answersToken && !methods.lpToken) {
    const tried = lpTokens.map(({ method }) => method.name);
    questions.problem("missingMethod", "stakedToken", `The farm does not say which token pool ${poolId} stakes (tried the pool's own values and ${shortened(tried)}). Name its method, or enter the staked value.`, tried);
  }
  return undefined;

  function readPoolPoints(): (PoolInfo & { says: string }) | undefined {
    const answered = pools.find(({ data }) => data !== undefined);
    if (!answered?.data) {
      if (firstPools.some(({ data }) => data !== undefined)) throw outOfRange(poolId, undefined);
      const tried = pools.map(({ method }) => method.name);
      questions.problem("missingMethod", "allocPoint", `The farm gives no pool ${poolId} under the names tried (${shortened(tried)}). Check the pool id, name the farm's own method, or enter the points.`, tried);
      return undefined;
    }
    const { says, name, returns } = answered.method;
    const total = result.totalAllocPoint?.value;
    const read = returns ? readOwnPool(answered.data, returns) : readPool(answered.data, lpToken?.value, total);
    switch (read.is) {
      case "empty":
        throw outOfRange(poolId, poolLength);
      case "short":
        questions.problem("badValue", "allocPoint", `${says} returned fewer values than its signature names. Check the signature.`);
        return undefined;
      case "unknown":
        questions.problem("badValue", "allocPoint", `${says} returned ${read.words} values in an order that is not known. Give its signature with names, for example: ${name}(uint256) returns (uint256 acc, uint256 allocPoint, address lpToken).`);
        return undefined;
      case "ambiguous":
        questions.problem("ambiguousMethod", "allocPoint", `The values of ${says} can be read in more than one way: ${read.says.join("; ")}. Give its signature with names.`, read.says);
        return undefined;
    }
    const { allocPoint } = read.pool;
    result.allocPoint = questions.reading(allocPoint, farm, `${says}.allocPoint`);
    if (allocPoint === 0n) {
      questions.notice("paysNothing", "allocPoint", `Pool ${poolId} has 0 points: it is paused or ended, and pays nothing.`);
    }
    if (total !== undefined && total > 0n && allocPoint > total) {
      questions.problem("badValue", "allocPoint", `Pool ${poolId} has ${allocPoint} points, more than all pools together (${total}). Give the farm's own methods, or enter the points.`);
    }
    return { ...read.pool, says };
  }
}

/** Many farms multiply their rate, and some set the factor to 0 when they end. */
function multiplyEmission(questions: Questions, result: FarmReading, { method, data }: Answer): void {
  const { emission } = result;
  if (!emission) return;
  const multiplier = uint(data) ?? 1n;
  if (multiplier !== 1n) {
    emission.value *= multiplier;
    emission.origin = { ...emission.origin, method: `${emission.origin.method} × ${method.says}` };
    questions.notice("multiplier", "emission", `The farm multiplies its emission by ${multiplier} at present (getMultiplier); the value includes it.`);
  }
  if (emission.value === 0n) questions.notice("paysNothing", "emission", "The farm emits nothing at present: every pool's APR is 0.");
}

function ownOr(method: Method | undefined, otherwise: Method[]): Method[] {
  return method ? [method] : otherwise;
}

function outOfRange(poolId: bigint, length: bigint | undefined): ChainError {
  const allowed = length === undefined ? "Pool 0 exists; try a smaller number." : length === 0n ? "It has no pools." : `Its pools are 0 to ${length - 1n}.`;
  return new ChainError("poolOutOfRange", "poolId", `The farm has no pool ${poolId}. ${allowed}`);
}
