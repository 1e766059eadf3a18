// From a reading of the chain to changes of the form, each with its origin.

import type { FarmReading, Origin as ChainOrigin, RequestField, ResultField } from "../chain";
import { decimal } from "../engine";
import { BLANK, edit, type FieldName, type Form, type Origin, type Session, TYPED } from "./form";

type Filled = [name: FieldName, text: string, origin: ChainOrigin];

/** Values that were found replace those of the form. Of the rest only what the user typed stays. */
export function fill(session: Session, reading: FarmReading, originText: (origin: ChainOrigin) => string): Session {
  const { emission, pair } = reading;
  const filled = [...pool(reading), ...(pair === undefined ? coin(reading) : reserves(reading))];
  let next: Session = { ...ownValues(session), source: `Read from chain ${reading.chainId} at block ${reading.block.number}, ${reading.block.date}. Prices are yours to give.` };
  for (const [name, text, origin] of filled) {
    const said: Origin = { says: originText(origin), date: origin.date, noted: true };
    next = edit(next, { [name]: text }, said);
  }
  const choices: Partial<Form> = {
    ...(emission === undefined ? {} : { emissionPer: emission.per }),
    ...(pair !== undefined ? { stakedFrom: "lp" } : reading.staked !== undefined ? { stakedFrom: "tokens" } : {}),
  };
  return edit(next, choices);
}

/** The price of an example has no place beside the points of another farm. */
function ownValues({ form, origins, source }: Session): Session {
  const kept: Session = { form: { ...form }, origins: {}, source };
  for (const [name, origin] of Object.entries(origins) as [FieldName, Origin][]) {
    if (origin === TYPED || name === "yearSecs") kept.origins[name] = origin;
    else kept.form[name] = BLANK[name];
  }
  return kept;
}

function pool({ allocPoint, totalAllocPoint, emission, rewardToken, blockSecs }: FarmReading): Filled[] {
  const decimals = rewardToken?.decimals?.value;
  return [
    ...(allocPoint ? [filled("allocPoint", `${allocPoint.value}`, allocPoint.origin)] : []),
    ...(totalAllocPoint ? [filled("totalAllocPoint", `${totalAllocPoint.value}`, totalAllocPoint.origin)] : []),
    ...(emission && decimals !== undefined ? [filled("emission", amount(emission.value, decimals), emission.origin)] : []),
    ...(blockSecs ? [filled("blockSecs", `${blockSecs.value}`, blockSecs.origin)] : []),
  ];
}

function coin({ staked, stakedToken }: FarmReading): Filled[] {
  const decimals = stakedToken?.decimals?.value;
  return staked && decimals !== undefined ? [filled("stakedTokens", amount(staked.value, decimals), staked.origin)] : [];
}

function reserves({ pair, staked, stakedToken }: FarmReading): Filled[] {
  if (pair === undefined) return [];
  const lpDecimals = stakedToken?.decimals?.value;
  const side = (at: 0 | 1): Filled[] => {
    const token = at === 0 ? pair.token0 : pair.token1;
    const reserve = at === 0 ? pair.reserve0 : pair.reserve1;
    const decimals = token.decimals;
    return decimals === undefined ? [] : [
      filled(`reserve${at}`, amount(reserve.value, decimals.value), reserve.origin),
      filled(`decimals${at}`, `${decimals.value}`, decimals.origin),
    ];
  };
  return [
    ...side(0), ...side(1),
    ...(lpDecimals !== undefined ? [filled("lpSupply", amount(pair.totalSupply.value, lpDecimals), pair.totalSupply.origin)] : []),
    ...(staked && lpDecimals !== undefined ? [filled("lpStaked", amount(staked.value, lpDecimals), staked.origin)] : []),
  ];
}

const filled = (name: FieldName, text: string, origin: ChainOrigin): Filled => [name, text, origin];

const amount = (raw: bigint, decimals: number): string => decimal.fromRaw({ raw, decimals });

/** Where the user can name an own method or token for a value that was not found. */
export function remedyFor(field: RequestField | ResultField): RequestField {
  switch (field) {
    case "emission": return "methods.emission";
    case "totalAllocPoint": return "methods.totalAllocPoint";
    case "allocPoint": return "methods.poolInfo";
    case "blockSecs": return "blockDistance";
    case "stakedToken": case "staked": case "token0": case "token1": case "reserves": case "totalSupply":
      return "methods.lpToken";
    default: return field;
  }
}
