// From readings to answers. Every figure comes out of the package.

import {
  type Apr, type AprInput, type BestCompounding, type Comparison, decimal, farm, LlamathError, type LpValue,
  type Proof, type ReturnRow, type Verification,
} from "../engine";
import { asking } from "./ask";
import { type FieldName, type Form, type Origins, PERIODS_PER_YEAR, type Session } from "./form";
import { type Errors, Readings } from "./read";
import { staked } from "./staked";

interface ApyRow {
  name: string;
  periodsPerYear: number | undefined;
  apy: number | undefined;
  /** Why there is none. */
  says?: string;
}

export interface Answer {
  readings: Readings;
  errors: Errors;
  /** What no field can be blamed for. */
  trouble: string[];
  input?: AprInput;
  apr?: Apr;
  lp?: LpValue;
  verification?: Verification;
  proof?: Proof;
  apys?: ApyRow[];
  returns?: ReturnRow[];
  growth?: { simple: ReturnRow[]; compounded?: ReturnRow[] };
  target?: { principalUsd: number; yield: number };
  best?: BestCompounding;
  comparison?: Comparison;
  reward?: bigint;
  impermanentLoss?: number;
}

const RETURN_DAYS = [1, 7, 30, 365, 1_825];
const GROWTH_DAYS = Array.from({ length: 74 }, (_, step) => step * 5);
const REWARD_DECIMALS = 18;

export function answer({ form, origins }: Session): Answer {
  const readings = new Readings(form);
  const result: Answer = { readings, errors: readings.errors, trouble: [] };
  const ask = asking(readings, result.trouble);
  const set = <K extends keyof Answer>(key: K, value: Answer[K] | undefined): void => {
    if (value !== undefined) result[key] = value;
  };

  set("impermanentLoss", ask(() => impermanentLoss(form, readings)));
  const points = readings.values("allocPoint", "totalAllocPoint");
  if (points !== undefined) ask(() => farm.weight(points));
  const stake = staked(form, readings, ask);
  set("lp", stake.lp);
  const input = aprInput(form, readings, stake.usd);
  const apr = input && ask(() => farm.apr(input));
  if (input === undefined || apr === undefined) return result;
  result.input = input;
  result.apr = apr;

  const shown = readings.text("displayed");
  const displayed = `${shown}%`;
  if (shown !== undefined) set("verification", ask(() => farm.verifyApr({ ...input, displayed })));
  const checked = result.verification === undefined ? {} : { displayed };
  set("proof", ask(() => farm.proof({ ...input, ...checked, origins: proofOrigins(form, origins) })));

  set("apys", apyRows(apr));
  const deposit = ask(() => depositTerms(apr, form, readings));
  const principalUsd = readings.value("principalUsd");
  if (deposit !== undefined && principalUsd !== undefined) {
    set("returns", ask(() => farm.returns({ ...deposit, principalUsd, days: RETURN_DAYS })));
    set("growth", result.returns && ask(() => growth(deposit, principalUsd)));
  }
  const targetGainUsd = readings.value("targetGainUsd");
  const targetDays = readings.value("targetDays");
  if (deposit !== undefined && targetGainUsd !== undefined && targetDays !== undefined) {
    const target = { ...deposit, days: targetDays };
    set("target", ask(
      () => ({ principalUsd: farm.principalFor({ ...target, targetGainUsd }), yield: farm.yieldAfterFees(target) }),
      { days: "targetDays" },
    ));
  }
  const costUsd = readings.value("costUsd");
  if (principalUsd !== undefined && costUsd !== undefined && apr.apr > 0) {
    set("best", ask(() => farm.bestCompounding({ apr: apr.apr, principalUsd, costUsd, days: 365, yearSecs: apr.yearSecs })));
  }
  set("comparison", ask(() => compare(input, readings)));
  set("reward", ask(() => reward(readings)));
  return result;
}

function aprInput(form: Form, readings: Readings, stakedUsd: number | undefined): AprInput | undefined {
  const given = readings.values("allocPoint", "totalAllocPoint", "emission", "tokenPriceUsd", "yearSecs");
  const emissionSecs = form.emissionPer === "second" ? 1 : readings.value("blockSecs");
  if (given === undefined || emissionSecs === undefined || stakedUsd === undefined) return undefined;
  return { ...given, emissionSecs, stakedUsd };
}

function proofOrigins(form: Form, origins: Origins) {
  const field = (name: FieldName, as: keyof AprInput) => {
    const origin = origins[name];
    if (origin === undefined) return [];
    return [{ field: as, origin: origin.says, ...(origin.date === undefined ? {} : { date: origin.date }) }];
  };
  const staked = { usd: "stakedUsd", tokens: "stakedTokens", lp: "lpStaked" } as const;
  return [
    ...field("allocPoint", "allocPoint"), ...field("totalAllocPoint", "totalAllocPoint"),
    ...field("emission", "emission"), ...(form.emissionPer === "block" ? field("blockSecs", "emissionSecs") : []),
    ...field("tokenPriceUsd", "tokenPriceUsd"), ...field(staked[form.stakedFrom], "stakedUsd"),
    ...field("yearSecs", "yearSecs"),
  ];
}

function apyRows(apr: Apr): ApyRow[] {
  const often: [string, number][] = [
    ["monthly", 12], ["weekly", 52], ["daily", 365], ["hourly", 8_760], ["at every emission", apr.emissionsPerYear],
  ];
  const row = (name: string, periodsPerYear: number | undefined, call: () => number): ApyRow => {
    try {
      return { name, periodsPerYear, apy: call() };
    } catch (thrown) {
      if (!(thrown instanceof LlamathError)) throw thrown;
      return { name, periodsPerYear, apy: undefined, says: "too large for a 64-bit number" };
    }
  };
  return [
    { name: "never (the APR)", periodsPerYear: 0, apy: apr.apr },
    ...often.map(([name, n]) => row(name, n, () => farm.apy({ apr: apr.apr, periodsPerYear: n }))),
    row("continuously", undefined, () => farm.apyContinuous({ apr: apr.apr })),
  ];
}

function depositTerms(apr: Apr, form: Form, readings: Readings) {
  const depositFee = readings.value("depositFee");
  const performanceFee = readings.value("performanceFee");
  if (readings.errors.has("depositFee") || readings.errors.has("performanceFee")) return undefined;
  return {
    apr: apr.apr,
    periodsPerYear: PERIODS_PER_YEAR[form.compounding],
    yearSecs: apr.yearSecs,
    ...(depositFee === undefined ? {} : { depositFee }),
    ...(performanceFee === undefined ? {} : { performanceFee, performanceFeeOn: form.performanceFeeOn }),
  };
}

function growth(deposit: NonNullable<ReturnType<typeof depositTerms>>, principalUsd: number): Answer["growth"] {
  const rows = (periodsPerYear: number) =>
    farm.returns({ ...deposit, periodsPerYear, principalUsd, days: GROWTH_DAYS });
  const simple = rows(0);
  return deposit.periodsPerYear === 0 ? { simple } : { simple, compounded: rows(deposit.periodsPerYear) };
}

/** Theirs is mine wherever nothing is typed. */
function compare(mine: AprInput, readings: Readings): Comparison | undefined {
  const typed: [keyof AprInput, FieldName][] = [
    ["allocPoint", "theirAllocPoint"], ["totalAllocPoint", "theirTotalAllocPoint"], ["emission", "theirEmission"],
    ["emissionSecs", "theirEmissionSecs"], ["tokenPriceUsd", "theirTokenPriceUsd"], ["stakedUsd", "theirStakedUsd"],
    ["yearSecs", "theirYearSecs"],
  ];
  if (typed.some(([, name]) => readings.errors.has(name))) return undefined;
  const theirs = { ...mine };
  for (const [as, name] of typed) {
    const value = readings.value(name);
    if (value !== undefined) theirs[as] = value;
  }
  if (typed.every(([, name]) => readings.value(name) === undefined)) return undefined;
  return farm.compareApr({ mine, theirs });
}

function reward(readings: Readings): bigint | undefined {
  const whole = (name: FieldName): bigint | undefined => {
    const text = readings.text(name);
    return text === undefined || !/^\d+$/.test(text) ? undefined : BigInt(text);
  };
  const text = readings.text("emission");
  const [blocks, allocPoint, totalAllocPoint] = [whole("rewardBlocks"), whole("allocPoint"), whole("totalAllocPoint")];
  if (text === undefined || allocPoint === undefined || totalAllocPoint === undefined) return undefined;
  if (readings.text("rewardBlocks") !== undefined && blocks === undefined) {
    readings.errors.set("rewardBlocks", "A contract counts whole blocks: type a whole number from 0.");
  }
  // An emission below the token's last digit has no exact payout; the estimate still stands.
  if (blocks === undefined || (text.split(".")[1] ?? "").length > REWARD_DECIMALS) return undefined;
  const perBlockRaw = decimal.toRaw({ text, decimals: REWARD_DECIMALS });
  return farm.reward({ blocks, perBlockRaw, allocPoint, totalAllocPoint });
}

function impermanentLoss(form: Form, readings: Readings): number | undefined {
  const priceRatio = readings.value("ilPriceRatio");
  const [weight, lower, upper] = [readings.value("ilWeight"), readings.value("ilLower"), readings.value("ilUpper")];
  if (priceRatio === undefined) return undefined;
  if (form.ilPool === "half") return farm.impermanentLoss({ priceRatio });
  if (form.ilPool === "weighted") {
    return weight === undefined ? undefined : farm.impermanentLossWeighted({ priceRatio, weight });
  }
  return lower === undefined || upper === undefined ? undefined : farm.impermanentLossRange({ priceRatio, lower, upper });
}
