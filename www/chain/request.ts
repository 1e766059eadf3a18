// The whole request, checked before anything is sent.
import { ChainError } from "./error";
import { readAddress, readBlockDistance, readPoolId, readUrl } from "./input";
import { emissionPer } from "./methods";
import { own, type Method } from "./signature";
import type { FarmRequest, OwnMethods } from "./types";

export type CheckedRequest = ReturnType<typeof checkRequest>;

export function checkRequest(request: FarmRequest) {
  const poolId = readPoolId(request.poolId);
  const method = (name: Exclude<keyof OwnMethods, "emissionPer">, bareTakesPoolId = false): Method | undefined => {
    const written = request.methods?.[name];
    return written?.trim() ? own(`methods.${name}`, written, poolId, bareTakesPoolId) : undefined;
  };
  const address = (field: "multicall" | "rewardToken", what: string) => {
    const written = request[field];
    return written?.trim() ? readAddress(field, written, what) : undefined;
  };
  const emission = method("emission");
  const per = emission && (request.methods?.emissionPer || emissionPer(emission.name));
  if (emission && !per) {
    throw new ChainError("emissionPerNeeded", "methods.emissionPer", `The name ${emission.name} does not say whether it pays per block or per second. Choose one.`);
  }
  const poolInfo = method("poolInfo", true);
  if (poolInfo?.returns && !poolInfo.returns.includes("allocPoint")) {
    throw new ChainError(
      "invalidSignature",
      "methods.poolInfo",
      "None of the returned values is named allocPoint. Name it so, for example: pools(uint256) returns (uint256 acc, uint256 allocPoint, address lpToken).",
    );
  }
  return {
    url: readUrl(request.url),
    farm: readAddress("farm", request.farm, "the farm"),
    poolId,
    multicall: address("multicall", "the multicall contract"),
    rewardToken: address("rewardToken", "the reward token"),
    blockDistance: readBlockDistance(request.blockDistance),
    methods: {
      emission,
      emissionPer: per,
      totalAllocPoint: method("totalAllocPoint"),
      poolInfo,
      lpToken: method("lpToken", true),
      rewardToken: method("rewardToken"),
    },
  };
}
