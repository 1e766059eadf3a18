// The state of a lending market of Curve's kind, read at one block.
import type { Answers } from "./answers";
import { MOST_BAND, readBands } from "./bands";
import { openCalls } from "./calls";
import { readContracts, type Contracts } from "./contracts";
import { readBlock, readChainId, readCode, withEndpoint, type Endpoint, type Limits } from "./endpoint";
import { ChainError } from "./error";
import { readDebts, readPrices } from "./market-money";
import { readParameters } from "./market-parameters";
import { checkMarket, type CheckedMarket } from "./market-request";
import type { State } from "./market-state";
import type { ContractSays, MarketField, MarketReading, MarketRequest, Sources } from "./market-types";
import { readLoan, readPosition, readShares } from "./position";
import { usualShares } from "./shares";
import type { Address } from "./types";

/** Everything about one market at ONE block, as `llamma` takes it; throws a ChainError where that cannot be had. */
export async function readMarket(request: MarketRequest, onProgress: (says: string) => void = () => {}, limits: Limits = {}): Promise<MarketReading> {
  const checked = checkMarket(request);
  return await withEndpoint(checked.url, { timeoutMs: 60_000, ...limits }, (endpoint) => read(endpoint, checked, onProgress));
}

async function read(endpoint: Endpoint, request: CheckedMarket, onProgress: (says: string) => void): Promise<MarketReading> {
  onProgress("Reading the latest block.");
  const [chainId, block] = await Promise.all([readChainId(endpoint), readBlock(endpoint, "latest")]);
  const [code, calls] = await Promise.all([readCode(endpoint, request.controller, block.number), openCalls(endpoint, block, request.multicall)]);
  if (code === undefined) {
    throw new ChainError<MarketField>("noCode", "controller", `There is no contract at ${request.controller} on this chain (chain id ${chainId}). Check the address and whether the endpoint is of the right chain.`);
  }

  onProgress("Reading the market.");
  const contracts = await readContracts(calls, request.controller, request.user);
  const sources: Sources = { block: `Block ${block.number} (${block.date.replace("T", " ").replace("Z", " UTC")}): every value is of this block.` };
  const market = readParameters(contracts, code, request.generation, sources);
  const scales = { x: 10n ** BigInt(18 - market.borrowedDecimals), y: 10n ** BigInt(18 - market.collateralDecimals) };
  const { amm } = contracts;
  const [activeBand, minBand, maxBand] = (["active", "min", "max"] as const).map((which) => {
    sources[`${which}Band`] = amm.source(`${which}_band()`);
    return amm.needNumber(`${which}_band()`, -MOST_BAND, MOST_BAND);
  }) as [number, number, number];
  const position = request.user && readPosition(contracts, request.user);
  const bands = await readBands(calls, amm.contract, minBand, maxBand, onProgress);
  sources.bands = amm.source("bands_x(n) and bands_y(n)");

  if (position) onProgress("Reading the user's shares.");
  const shares = position ? await readShares(endpoint, block, amm, bands, position, scales, sources) : [];
  if (!position) sources.shares = "Derived: contracts do not tell a band's shares. They are 1,000 for each wei of what is in it, as for a first deposit.";
  const owned = new Map(position ? shares.map(({ total }, i) => [position.n1 + i, total]) : []);
  const held = new Map(bands.map((band) => [band.n, band]));
  const numbers = [...new Set([...held.keys(), ...owned.keys()])].sort((a, b) => a - b);

  const rateMul = amm.needUint("get_rate_mul()");
  const state: State = {
    market,
    now: Number(block.timestamp),
    ...readPrices(contracts, block, rateMul, sources),
    activeBand,
    minBand,
    maxBand,
    bands: numbers.map((n) => {
      const { x, y } = held.get(n) ?? { x: 0n, y: 0n };
      return { n, x: `${x}`, y: `${y}`, shares: `${owned.get(n) ?? usualShares({ x, y })}` };
    }),
    adminFees: {
      x: `${amm.orZero("admin_fees_x()", sources, "adminFees.x")}`,
      y: `${amm.orZero("admin_fees_y()", sources, "adminFees.y")}`,
    },
    loans: position ? [readLoan(contracts, position, shares, market.liquidationDiscount, rateMul, sources)] : [],
    ...readDebts(contracts, market.generation, rateMul, sources),
  };
  return {
    state,
    ...(request.user ? { user: request.user } : {}),
    collateralSymbol: symbolOf(contracts.collateral),
    borrowedSymbol: symbolOf(contracts.borrowed),
    sources,
    chainId,
    block,
    via: calls.via,
    contractSays: readContractSays(contracts, request.user),
  };
}

function readContractSays({ controller, amm }: Contracts, user: Address | undefined): ContractSays {
  const [upper, lower] = controller.words(`user_prices(${user})`);
  const said: { [K in keyof ContractSays]-?: bigint | undefined } = {
    pAmm: amm.uint("get_p()"),
    health: controller.int(`health(${user}, false)`),
    healthFull: controller.int(`health(${user}, true)`),
    upper,
    lower,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function symbolOf(token: Answers): string {
  return token.text("symbol()") || token.contract;
}
