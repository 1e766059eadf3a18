// Asking contracts, and writing down each answer with where it came from.
import type { Calls } from "./calls";
import { ChainError, type ChainErrorCode } from "./error";
import type { Method } from "./signature";
import type { Address, FarmReading, NoticeCode, Reading, ResultField } from "./types";
import type { Hex } from "viem";

export interface Answer {
  method: Method;
  /** Absent where the contract has no such method or refused. */
  data: Hex | undefined;
}

export class Questions {
  constructor(
    private readonly calls: Calls,
    private readonly result: FarmReading,
  ) {}

  /** Each list of methods asked of its contract, all in one go. */
  async ask<const Lists extends readonly (readonly [Address, Method[]])[]>(lists: Lists): Promise<{ [K in keyof Lists]: Answer[] }> {
    const answers = await this.calls.run(lists.flatMap(([target, methods]) => methods.map(({ data }) => ({ target, data }))));
    let next = 0;
    return lists.map(([, methods]) => methods.map((method) => ({ method, data: answers[next++] }))) as { [K in keyof Lists]: Answer[] };
  }

  reading<T>(value: T, contract: Address, method: string): Reading<T> {
    const { number, timestamp, date } = this.result.block;
    return { value, origin: { contract, method, blockNumber: number, timestamp, date } };
  }

  problem(code: ChainErrorCode, field: ResultField, message: string, tried?: string[]): void {
    this.result.problems.push(new ChainError(code, field, message, tried));
  }

  notice(code: NoticeCode, field: ResultField, message: string): void {
    this.result.notices.push({ code, field, message });
  }

  /** The one value that the methods which answer agree on; else a problem. */
  agreed<T extends bigint | Address>(
    field: ResultField,
    what: string,
    answers: Answer[],
    decode: (data: Hex | undefined) => T | undefined,
  ): { method: Method; value: T } | undefined {
    const found = answers.flatMap(({ method, data }) => {
      const value = decode(data);
      return value === undefined ? [] : [{ method, value }];
    });
    if (new Set(found.map(({ value }) => value)).size > 1) {
      const listed = found.map(({ method, value }) => `${method.says} = ${value}`).join("; ");
      this.problem(
        "ambiguousMethod",
        field,
        `The farm answers more than one method for ${what}, with different values: ${listed}. Name the right one.`,
        found.map(({ method }) => method.name),
      );
      return undefined;
    }
    if (!found[0]) {
      const tried = answers.map(({ method }) => method.name);
      this.problem("missingMethod", field, `The farm has no method for ${what} under the names tried (${shortened(tried)}). Name its own, or enter the value.`, tried);
    }
    return found[0];
  }
}

export function shortened(names: string[]): string {
  return names.length > 8 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
}
