// The state of a lending market of Curve's kind, read at one block.
import type { FundsState, Generation, LoanState, State } from "llamath/web";
import { decodeAbiParameters } from "viem/utils";
import type { Answers } from "./answers";
import { readBands, type Band } from "./bands";
import { openCalls } from "./calls";
import { NOBODY, readContracts, type Contracts } from "./contracts";
import { readBlock, readChainId, readCode, withEndpoint, type Endpoint, type Limits } from "./endpoint";
import { ChainError } from "./error";
import { codeHolds, tellGeneration } from "./generation";
import { checkMarket, type CheckedMarket } from "./market-request";
import type { ContractSays, MarketField, MarketReading, MarketRequest } from "./market-types";
import { chosenShares, usualShares, type Held, type Scales, type Shares } from "./shares";
import { storedShares, type Position } from "./storage";
import type { Address, Snapshot } from "./types";

const WAD = 10n ** 18n;
const MOST_BAND = 1_000_000;

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
  const sources: Record<string, string> = { block: `Block ${block.number} (${block.date.replace("T", " ").replace("Z", " UTC")}): every value is of this block.` };
  const market = readParameters(contracts, code, request.generation, sources);
  const scales = { x: 10n ** BigInt(18 - market.borrowedDecimals), y: 10n ** BigInt(18 - market.collateralDecimals) };
  const { amm } = contracts;
  const [activeBand, minBand, maxBand] = ["active_band", "min_band", "max_band"].map((name) => {
    sources[camel(name)] = amm.source(`${name}()`);
    return amm.needNumber(`${name}()`, -MOST_BAND, MOST_BAND);
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
      x: `${optional(amm, "admin_fees_x()", sources, "adminFees.x")}`,
      y: `${optional(amm, "admin_fees_y()", sources, "adminFees.y")}`,
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

function readParameters({ controller, ammMethod, amm, collateral, borrowed, factory }: Contracts, code: string, chosen: Generation | undefined, sources: Record<string, string>): State["market"] {
  const told = tellGeneration({
    operator: ammMethod === "AMM()",
    borrowCap: controller.uint("borrow_cap()") !== undefined,
    extraHealth: controller.uint(`extra_health(${NOBODY})`) !== undefined,
    debtCeiling: factory?.uint(`debt_ceiling(${controller.contract})`) !== undefined,
    saveRate: codeHolds(code, "save_rate()"),
  });
  const generation = chosen ?? told.generation;
  const because = `The contract at ${controller.contract} is of generation ${told.generation}: ${told.why}.`;
  sources.generation = !chosen ? because : chosen === told.generation ? `You chose it. ${because}` : `You chose it, against what the contracts tell. ${because}`;

  const basePrice = readBasePrice(amm, sources);
  for (const [name, answers, method] of [
    ["A", amm, "A()"],
    ["fee", amm, "fee()"],
    ["loanDiscount", controller, "loan_discount()"],
    ["liquidationDiscount", controller, "liquidation_discount()"],
    ["collateralDecimals", collateral, "decimals()"],
    ["borrowedDecimals", borrowed, "decimals()"],
    ["collateralSymbol", collateral, "symbol()"],
    ["borrowedSymbol", borrowed, "symbol()"],
  ] as const) {
    sources[name] = answers.source(method);
  }
  return {
    generation,
    A: amm.needNumber("A()", 2, 10_000),
    basePrice,
    fee: `${amm.needUint("fee()")}`,
    adminFee: `${optional(amm, "admin_fee()", sources, "adminFee")}`,
    loanDiscount: `${controller.needUint("loan_discount()")}`,
    liquidationDiscount: `${controller.needUint("liquidation_discount()")}`,
    collateralDecimals: collateral.needNumber("decimals()", 0, 18),
    borrowedDecimals: borrowed.needNumber("decimals()", 0, 18),
  };
}

/** get_base_price() = ⌊base price · get_rate_mul() / 10^18⌋, and get_rate_mul() ≥ 10^18, so only one number fits. */
function readBasePrice(amm: Answers, sources: Record<string, string>): string {
  const [now, rateMul] = [amm.needPositive("get_base_price()"), amm.needPositive("get_rate_mul()")];
  const base = (now * WAD + rateMul - 1n) / rateMul;
  sources.basePrice = `Derived: get_base_price() · 10^18 / get_rate_mul() of ${amm.contract}, rounded up${
    (base * rateMul) / WAD === now ? "; no other base price gives what it answers" : ". It does not divide exactly, so band prices may be off in their last digits"
  }.`;
  return `${base}`;
}

function readPrices({ amm, oracle }: Contracts, block: Snapshot, rateMul: bigint, sources: Record<string, string>): Pick<State, "oraclePrice" | "limiter" | "interest"> {
  const price = amm.needPositive("price_oracle()");
  const raw = oracle?.uint("price()");
  sources.now = `The timestamp of block ${block.number}.`;
  sources.oraclePrice = amm.source("price_oracle()");
  if (raw !== undefined && raw !== price) sources.oraclePrice += `, which limits a sudden change; price() of ${oracle!.contract} answers ${raw}`;
  sources.limiter = "Assumed: contracts do not tell when the AMM last traded and at which oracle price. It is taken as if no price had jumped within the last two minutes.";
  sources.interest = `Derived: rate() and get_rate_mul() of ${amm.contract}, taken as if the rate had been saved at this block.`;
  return {
    oraclePrice: `${price}`,
    limiter: { oldPO: `${price}`, oldDfee: "0", prevPOTime: 0 },
    interest: { rate: `${amm.needUint("rate()")}`, rateTimeSecs: Number(block.timestamp), rateMul: `${rateMul}` },
  };
}

function readDebts(
  { controller, amm, borrowed, policy }: Contracts,
  generation: Generation,
  rateMul: bigint,
  sources: Record<string, string>,
): Pick<State, "loanCount" | "totalDebt" | "funds" | "policyRate"> {
  const totalDebt = controller.needUint("total_debt()");
  sources.loanCount = controller.source("n_loans()");
  sources.totalDebt = `${controller.source("total_debt()")}, which holds the interest up to this block`;

  const rateFor = `rate(${controller.contract})`;
  const method = [rateFor, "rate()"].find((says) => policy?.uint(says) !== undefined);
  sources.policyRate = method ? policy!.source(method) : `${amm.source("rate()")}, the rate in force: the monetary policy does not answer rate()`;
  return {
    loanCount: controller.needNumber("n_loans()", 0, Number.MAX_SAFE_INTEGER),
    totalDebt: { initial: `${totalDebt}`, rateMul: `${rateMul}` },
    funds: readFunds(controller, borrowed, generation, totalDebt, sources),
    policyRate: `${method ? policy!.needUint(method) : amm.needUint("rate()")}`,
  };
}

function readFunds(controller: Answers, borrowed: Answers, generation: Generation, totalDebt: bigint, sources: Record<string, string>): FundsState {
  if (generation === "v2") {
    sources.funds = controller.source("borrow_cap(), available_balance(), admin_percentage() and admin_fees()");
    return {
      kind: "vault",
      borrowCap: `${controller.needUint("borrow_cap()")}`,
      availableBalance: `${controller.needUint("available_balance()")}`,
      adminPercentage: `${controller.needUint("admin_percentage()")}`,
      adminFees: `${controller.needUint("admin_fees()")}`,
    };
  }
  const [minted, redeemed] = [controller.uint("minted()") ?? 0n, controller.uint("redeemed()") ?? 0n];
  if (generation === "dfm") {
    const ceiling = controller.needUint("debt_ceiling()");
    sources.funds = `Derived: debt_ceiling() less total_debt() of ${controller.contract}; the ceiling over all markets is not looked at.`;
    return { kind: "balance", tokens: `${ceiling > totalDebt ? ceiling - totalDebt : 0n}`, minted: `${minted}`, redeemed: `${redeemed}` };
  }
  const balanceOf = `balanceOf(${controller.contract})`;
  sources.funds = `${borrowed.source(balanceOf)}; minted() and redeemed() of ${controller.contract}`;
  return { kind: "balance", tokens: `${borrowed.needUint(balanceOf)}`, minted: `${minted}`, redeemed: `${redeemed}` };
}

function readPosition({ controller, amm }: Contracts, user: Address): Position {
  const debt = controller.needUint(`debt(${user})`);
  if (debt === 0n) {
    throw new ChainError<MarketField>("noLoan", "user", `${user} has no loan in this market. Check the address, or leave the field empty to read the market alone.`);
  }
  const [ticks, xy] = [`read_user_tick_numbers(${user})`, `get_xy(${user})`];
  const [n1, n2] = amm.words(ticks).map((word) => Number(BigInt.asIntN(256, word)));
  const held = decodeXY(amm.data(xy));
  amm.need(ticks, n2);
  amm.need(xy, held);
  const fits = n1! >= -MOST_BAND && n2! <= MOST_BAND && held!.length === n2! - n1! + 1;
  if (!fits) {
    throw new ChainError<MarketField>("badValue", "user", `The AMM ${amm.contract} names the bands ${n1} to ${n2} of ${user}, but amounts for ${held!.length} bands. The loan cannot be read.`);
  }
  return { user, n1: n1!, n2: n2!, held: held! };
}

function decodeXY(data: `0x${string}` | undefined): Held[] | undefined {
  if (!data) return undefined;
  try {
    const [[xs, ys]] = decodeAbiParameters([{ type: "uint256[][2]" }], data) as unknown as [[bigint[], bigint[]]];
    return xs.length === ys.length ? xs.map((x, i) => ({ x, y: ys[i]! })) : undefined;
  } catch {
    return undefined;
  }
}

async function readShares(
  endpoint: Endpoint,
  block: Snapshot,
  amm: Answers,
  bands: Band[],
  position: Position,
  scales: Scales,
  sources: Record<string, string>,
): Promise<Shares[]> {
  const stored = await storedShares(endpoint, block, amm.contract, bands, position, scales);
  if (stored) {
    sources.shares = `Read from the storage of ${amm.contract} for the user's bands, and they explain get_xy(${position.user}) exactly. Those of other bands are derived: 1,000 for each wei of what is in it, as for a first deposit.`;
    return stored;
  }
  sources.shares = `Derived: contracts do not tell shares. They are chosen so that get_xy(${position.user}) of ${amm.contract} comes out, so health and all that rests on them is exact to within that rounding, not to the last wei.`;
  const byNumber = new Map(bands.map((band) => [band.n, band]));
  return position.held.map((held, i) => chosenShares(byNumber.get(position.n1 + i) ?? { x: 0n, y: 0n }, held, scales));
}

function readLoan(
  { controller, amm }: Contracts,
  { user, n1, n2 }: Position,
  shares: Shares[],
  marketDiscount: string,
  rateMul: bigint,
  sources: Record<string, string>,
): LoanState {
  const discounts = `liquidation_discounts(${user})`;
  const discount = controller.uint(discounts);
  sources.loans = `${controller.source(`debt(${user})`)}, which holds the interest up to this block; ${amm.source(`read_user_tick_numbers(${user})`)}; ${
    discount === undefined ? "the market's liquidation discount, since the user's own is not told" : controller.source(discounts)
  }. Who else may act for the user is not read.`;
  return {
    user,
    position: { n1, n2, shares: shares.map((share) => `${share.user}`) },
    debt: { initial: `${controller.needUint(`debt(${user})`)}`, rateMul: `${rateMul}` },
    liquidationDiscount: `${discount ?? marketDiscount}`,
    extraHealth: `${optional(controller, `extra_health(${user})`, sources, "extraHealth")}`,
    approved: [],
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

/** A value that some generations do not have: 0 then. */
function optional(answers: Answers, says: string, sources: Record<string, string>, name: string): bigint {
  const value = answers.uint(says);
  sources[name] = value === undefined ? `0: ${answers.contract} does not answer ${says}` : answers.source(says);
  return value ?? 0n;
}

function symbolOf(token: Answers): string {
  return token.text("symbol()") || token.contract;
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
