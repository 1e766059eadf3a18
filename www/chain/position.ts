// One user's loan: what is owed, and which shares of which bands stand behind it.
import { decodeAbiParameters } from "viem/utils";
import type { Answers } from "./answers";
import { MOST_BAND, type Band } from "./bands";
import type { Contracts } from "./contracts";
import type { Endpoint } from "./endpoint";
import { ChainError } from "./error";
import type { LoanState } from "./market-state";
import type { MarketField, Sources } from "./market-types";
import { chosenShares, type Held, type Scales, type Shares } from "./shares";
import { storedShares, type Position } from "./storage";
import type { Address, Snapshot } from "./types";

export function readPosition({ controller, amm }: Contracts, user: Address): Position {
  const debt = controller.needUint(`debt(${user})`);
  if (debt === 0n) {
    throw new ChainError<MarketField>("noLoan", "user", `The user ${user} has no loan in this market. Check the address, or leave the field empty to read the market alone.`);
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

export async function readShares(
  endpoint: Endpoint,
  block: Snapshot,
  amm: Answers,
  bands: Band[],
  position: Position,
  scales: Scales,
  sources: Sources,
): Promise<Shares[]> {
  const stored = await storedShares(endpoint, block, amm.contract, bands, position, scales);
  if (stored) {
    sources.shares = `Read from the storage of ${amm.contract} for the user's bands, and they explain get_xy(${position.user}) exactly. Those of other bands are derived: 1,000 for each wei of what is in it, as for a first deposit.`;
    return stored;
  }
  sources.shares = `Derived: contracts do not tell shares. They are chosen so that get_xy(${position.user}) and get_sum_xy(${position.user}) of ${amm.contract} come out, so health and all that rests on them is exact to within that rounding, not to the last wei.`;
  const byNumber = new Map(bands.map((band) => [band.n, band]));
  const own = position.held.map((_, i) => byNumber.get(position.n1 + i) ?? { x: 0n, y: 0n });
  const [x, y] = amm.words(`get_sum_xy(${position.user})`);
  return chosenShares(own, position.held, x === undefined || y === undefined ? undefined : { x, y }, scales);
}

export function readLoan(
  { controller, amm }: Contracts,
  { user, n1, n2 }: Position,
  shares: Shares[],
  marketDiscount: string,
  rateMul: bigint,
  sources: Sources,
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
    extraHealth: `${controller.orZero(`extra_health(${user})`, sources, "extraHealth")}`,
    approved: [],
  };
}
