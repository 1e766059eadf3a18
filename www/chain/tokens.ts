// The tokens of a pool: what is staked, what the pair holds, how many decimals each has.
import type { Answer, Questions } from "./questions";
import { known, knownOf } from "./signature";
import type { Address, FarmReading, Pair, Reading, ResultField, Token } from "./types";
import { address, text, uint, words } from "./words";

const pairMethods = [known("token0"), known("token1"), known("getReserves"), known("totalSupply")];
const tokenMethods = [known("symbol"), known("decimals")];

type Tokens = Pick<FarmReading, "rewardToken" | "stakedToken" | "staked" | "pair">;

export async function readTokens(
  questions: Questions,
  farm: Address,
  reward: Reading<Address> | undefined,
  staked: Reading<Address> | undefined,
): Promise<Tokens> {
  const tokens: Tokens = {};
  if (!staked) {
    if (reward) tokens.rewardToken = describe(questions, reward, "rewardToken", (await questions.ask([[reward.value, tokenMethods]]))[0]);
    return tokens;
  }
  const [balance, pairAnswers] = await questions.ask([
    [staked.value, [knownOf("balanceOf", farm)]],
    [staked.value, pairMethods],
  ]);
  const found = findPair(questions, staked.value, pairAnswers);
  const wanted: [ResultField, Reading<Address>][] = [["stakedToken", staked]];
  if (reward) wanted.push(["rewardToken", reward]);
  if (found) wanted.push(["token0", found.address0], ["token1", found.address1]);
  const answers = await questions.ask(wanted.map(([, token]) => [token.value, tokenMethods] as const));
  const described = new Map(wanted.map(([field, token], i) => [field, describe(questions, token, field, answers[i]!)]));

  tokens.stakedToken = described.get("stakedToken")!;
  if (reward) tokens.rewardToken = described.get("rewardToken")!;
  const held = readStaked(questions, staked.value, balance[0]!, reward?.value);
  if (held) tokens.staked = held;
  if (found) {
    const pair = readPair(questions, staked.value, found, described.get("token0")!, described.get("token1")!, reward?.value);
    if (pair) tokens.pair = pair;
  }
  return tokens;
}

function readStaked(questions: Questions, token: Address, { method, data }: Answer, reward: Address | undefined): Reading<bigint> | undefined {
  const balance = uint(data);
  if (balance === undefined) {
    questions.problem("missingMethod", "staked", `The staked token ${token} does not answer balanceOf, so what is staked cannot be read. Enter the staked value.`, ["balanceOf"]);
    return undefined;
  }
  if (balance === 0n) {
    questions.problem("zeroStaked", "staked", "The farm holds none of the staked token: nothing is staked, or the farm keeps it elsewhere. An APR needs a staked value above 0.");
  }
  if (reward === token) {
    questions.notice("stakedIsReward", "staked", "The farm pays the same token that is staked: its balance may hold rewards that nobody staked.");
  }
  return questions.reading(balance, token, method.says);
}

interface FoundPair {
  address0: Reading<Address>;
  address1: Reading<Address>;
  reserves: [bigint, bigint];
  totalSupply: bigint | undefined;
}

/** A token is a pair if it names two tokens and their reserves; else it is staked alone. */
function findPair(questions: Questions, pair: Address, [token0, token1, getReserves, totalSupply]: Answer[]): FoundPair | undefined {
  const [side0, side1] = [address(token0?.data), address(token1?.data)];
  const [reserve0, reserve1] = words(getReserves?.data ?? "0x");
  if (!side0 || !side1 || reserve0 === undefined || reserve1 === undefined) return undefined;
  return {
    address0: questions.reading(side0, pair, "token0()"),
    address1: questions.reading(side1, pair, "token1()"),
    reserves: [reserve0, reserve1],
    totalSupply: uint(totalSupply?.data),
  };
}

function readPair(questions: Questions, address: Address, found: FoundPair, token0: Token, token1: Token, reward: Address | undefined): Pair | undefined {
  const { reserves, totalSupply } = found;
  if (totalSupply === undefined) {
    questions.problem("missingMethod", "totalSupply", `The pair ${address} does not answer totalSupply. Enter the staked value.`, ["totalSupply"]);
    return undefined;
  }
  if (totalSupply === 0n) {
    questions.problem("zeroSupply", "totalSupply", "The pair has issued no LP tokens (its supply is 0), so a staked share cannot be computed.");
  }
  const pair: Pair = {
    token0,
    token1,
    reserve0: questions.reading(reserves[0], address, "getReserves()[0]"),
    reserve1: questions.reading(reserves[1], address, "getReserves()[1]"),
    totalSupply: questions.reading(totalSupply, address, "totalSupply()"),
  };
  if (reward === token0.address.value) pair.rewardSide = 0;
  if (reward === token1.address.value) pair.rewardSide = 1;
  if (reserves.includes(0n)) {
    questions.problem("badValue", "reserves", "The pair holds none of one of its tokens, so it has no ratio and no value.");
    return pair;
  }
  const ratio = ratioOf(pair);
  if (ratio !== undefined) {
    pair.ratio = {
      ...questions.reading(ratio, address, "getReserves()"),
      says: `1 ${nameOf(token0)} = ${Number(ratio.toPrecision(6))} ${nameOf(token1)} in this pair's reserves.`,
    };
  }
  return pair;
}

function ratioOf({ token0, token1, reserve0, reserve1 }: Pair): number | undefined {
  if (!token0.decimals || !token1.decimals) return undefined;
  return (Number(reserve1.value) / Number(reserve0.value)) * 10 ** (token0.decimals.value - token1.decimals.value);
}

function nameOf({ symbol, address }: Token): string {
  return symbol?.value || address.value;
}

function describe(questions: Questions, address: Reading<Address>, field: ResultField, [symbol, decimals]: Answer[]): Token {
  const token: Token = { address };
  const name = text(symbol?.data);
  if (name !== undefined) token.symbol = questions.reading(name, address.value, "symbol()");
  const places = uint(decimals?.data);
  if (places === undefined) {
    questions.problem("missingMethod", field, `The contract ${address.value} does not answer decimals, so it is no usual token. Enter its values yourself.`, ["decimals"]);
  } else if (places > 77n) {
    questions.problem("badValue", field, `The token ${address.value} claims ${places} decimals; at most 77 make sense.`);
  } else {
    token.decimals = questions.reading(Number(places), address.value, "decimals()");
  }
  return token;
}
