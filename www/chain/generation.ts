// Which generation of the contracts a market is of. No method names it, but each generation has
// methods that those before it lack.
import { toFunctionSelector } from "viem/utils";
import type { Generation } from "./market-state";

/** What was found out about a controller. */
interface Marks {
  /** It answers AMM(). */
  operator: boolean;
  /** It answers borrow_cap(). */
  borrowCap: boolean;
  /** It answers extra_health(address). */
  extraHealth: boolean;
  /** Its factory answers debt_ceiling(controller). */
  debtCeiling: boolean;
  /** Its code holds save_rate(). */
  saveRate: boolean;
}

/** The first line that holds decides. */
const table: { generation: Generation; holds: (marks: Marks) => boolean; why: string }[] = [
  { generation: "dfm", holds: ({ operator }) => operator, why: "it answers AMM(), as the market operators of defi.money do" },
  { generation: "v2", holds: ({ borrowCap }) => borrowCap, why: "it answers borrow_cap(), which came with LlamaLend v2" },
  {
    generation: "v1mint",
    holds: ({ extraHealth, debtCeiling }) => extraHealth && debtCeiling,
    why: "it answers extra_health(address), which came in 2025, and its factory answers debt_ceiling(address), as only the factory of crvUSD mint markets does",
  },
  { generation: "v1", holds: ({ extraHealth }) => extraHealth, why: "it answers extra_health(address), which came in 2025, but not borrow_cap()" },
  { generation: "l2024", holds: ({ saveRate }) => saveRate, why: "its code holds save_rate(), which came after 2023, but it does not answer extra_health(address)" },
  { generation: "m2023", holds: () => true, why: "its code does not hold save_rate(), which all later ones have" },
];

export const generations: readonly Generation[] = ["m2023", "l2024", "v1", "v1mint", "v2", "dfm"];

export function tellGeneration(marks: Marks): { generation: Generation; why: string } {
  return table.find(({ holds }) => holds(marks))!;
}

/** Methods that change something cannot be asked; their selectors stand in the code. */
export function codeHolds(code: string, method: string): boolean {
  return code.toLowerCase().includes(toFunctionSelector(`function ${method}`).slice(2));
}
