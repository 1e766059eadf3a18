// The contracts of a lending market, and what they are asked.
import { ask, type Answers } from "./answers";
import type { Calls } from "./calls";
import { ChainError } from "./error";
import type { MarketField } from "./market-types";
import { build, known, knownOf } from "./signature";
import type { Address } from "./types";

export interface Contracts {
  controller: Answers;
  /** `amm()` or `AMM()`: which of them the controller answers. */
  ammMethod: string;
  amm: Answers;
  collateral: Answers;
  borrowed: Answers;
  /** The monetary policy, the oracle and the factory, where the market names them. */
  policy: Answers | undefined;
  oracle: Answers | undefined;
  factory: Answers | undefined;
}

export const NOBODY: Address = "0x0000000000000000000000000000000000000000";

const ofController = [
  "amm", "AMM", "collateral_token", "borrowed_token", "COLLATERAL_TOKEN", "STABLECOIN", "monetary_policy", "factory",
  "loan_discount", "liquidation_discount", "n_loans", "total_debt", "minted", "redeemed", "debt_ceiling",
  "borrow_cap", "available_balance", "admin_percentage", "admin_fees",
  // Only vaults answer the first of these, and AMMs the others.
  "controller", "admin", "A",
];
const ofAmm = [
  "A", "fee", "admin_fee", "get_base_price", "get_rate_mul", "rate", "price_oracle", "price_oracle_contract", "get_p",
  "active_band", "min_band", "max_band", "admin_fees_x", "admin_fees_y",
];

export async function readContracts(calls: Calls, address: Address, user: Address | undefined): Promise<Contracts> {
  const controller = await ask(calls, address, "controller", [
    ...ofController.map((name) => known(name)),
    knownOf("extra_health", NOBODY),
    ...(user
      ? [
          ...["debt", "liquidation_discounts", "extra_health", "user_prices"].map((name) => knownOf(name, user)),
          ...[false, true].map((full) => build("health", ["address", "bool"], [user, full])),
        ]
      : []),
  ]);
  const ammMethod = controller.address("AMM()") ? "AMM()" : "amm()";
  const ammAddress = controller.address(ammMethod);
  if (!ammAddress) throw noController(controller);

  const amm = await ask(calls, ammAddress, "AMM", [
    ...ofAmm.map((name) => known(name)),
    known("coins", 0n),
    known("coins", 1n),
    ...(user ? ["read_user_tick_numbers", "get_xy", "get_sum_xy"].map((name) => knownOf(name, user)) : []),
  ]);
  const borrowed = amm.address("coins(0)") ?? controller.address("borrowed_token()") ?? controller.address("STABLECOIN()");
  const collateral = amm.address("coins(1)") ?? controller.address("collateral_token()") ?? controller.address("COLLATERAL_TOKEN()");
  const token = [known("symbol"), known("decimals")];
  const also = async (contract: Address | undefined, what: string, methods: Parameters<typeof ask>[3]) =>
    contract && (await ask(calls, contract, what, methods));
  const [ofBorrowed, ofCollateral, policy, oracle, factory] = await Promise.all([
    ask(calls, amm.need("coins(0)", borrowed), "borrowed token", [...token, knownOf("balanceOf", address)]),
    ask(calls, amm.need("coins(1)", collateral), "collateral token", token),
    also(controller.address("monetary_policy()"), "monetary policy", [knownOf("rate", address), known("rate")]),
    also(amm.address("price_oracle_contract()"), "price oracle", [known("price")]),
    also(controller.address("factory()"), "factory", [knownOf("debt_ceiling", address)]),
  ]);
  return { controller, ammMethod, amm, collateral: ofCollateral, borrowed: ofBorrowed, policy, oracle, factory };
}

/** Every market has three addresses that are easily taken for each other. */
function noController(answers: Answers): ChainError<MarketField> {
  const { contract } = answers;
  const refuse = (message: string) => new ChainError<MarketField>("missingMethod", "controller", message, ["amm", "AMM"]);
  const ofVault = answers.address("controller()");
  if (ofVault) return refuse(`The contract at ${contract} is no controller but a vault; the controller of its market is ${ofVault}. Enter that address.`);
  const ofAmm = answers.uint("A()") === undefined ? undefined : answers.address("admin()");
  if (ofAmm) return refuse(`The contract at ${contract} is no controller but an AMM; the controller of its market is ${ofAmm}. Enter that address.`);
  return refuse(`The contract at ${contract} does not answer amm(), so it is no controller of a lending market of Curve's kind. Check the address.`);
}
