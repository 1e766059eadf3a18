// The price, the interest, the debts, and what limits new ones.
import type { Answers } from "./answers";
import type { Contracts } from "./contracts";
import type { FundsState, Generation, State } from "./market-state";
import type { Sources } from "./market-types";
import type { Snapshot } from "./types";

export function readPrices({ amm, oracle }: Contracts, block: Snapshot, rateMul: bigint, sources: Sources): Pick<State, "oraclePrice" | "limiter" | "interest"> {
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

export function readDebts(
  { controller, amm, borrowed, policy }: Contracts,
  generation: Generation,
  rateMul: bigint,
  sources: Sources,
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

function readFunds(controller: Answers, borrowed: Answers, generation: Generation, totalDebt: bigint, sources: Sources): FundsState {
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
