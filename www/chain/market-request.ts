// A request to read a market, checked before anything is sent.
import { ChainError } from "./error";
import { generations } from "./generation";
import { readAddress, readUrl } from "./input";
import type { Generation } from "./market-state";
import type { MarketField, MarketRequest } from "./market-types";
import type { Address } from "./types";

export interface CheckedMarket {
  url: string;
  controller: Address;
  user: Address | undefined;
  generation: Generation | undefined;
  multicall: Address | undefined;
}

export function checkMarket({ rpcUrl, controller, user, generation, multicall }: MarketRequest): CheckedMarket {
  const optional = (field: MarketField, text: string | undefined, what: string) =>
    text?.trim() ? readAddress<MarketField>(field, text, what) : undefined;
  return {
    url: readUrl(rpcUrl),
    controller: readAddress<MarketField>("controller", controller, "the market's controller"),
    user: optional("user", user, "the user"),
    generation: readGeneration(generation),
    multicall: optional("multicall", multicall, "the multicall contract"),
  };
}

function readGeneration(text: string | undefined): Generation | undefined {
  const trimmed = text?.trim();
  if (!trimmed) return undefined;
  const known = generations.find((generation) => generation === trimmed);
  if (known) return known;
  throw new ChainError<MarketField>("badValue", "generation", `"${trimmed}" is no generation of the contracts. It is one of ${generations.join(", ")}, or empty to let the contracts tell.`);
}
