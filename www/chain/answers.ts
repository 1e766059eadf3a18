// What one contract answered to a list of methods, by the way each call reads: "bands_x(7)".
import type { Hex } from "viem";
import type { Calls } from "./calls";
import { ChainError } from "./error";
import type { MarketField, Sources } from "./market-types";
import type { Method } from "./signature";
import type { Address } from "./types";
import { address, int, text, uint, words } from "./words";

export async function ask(calls: Calls, contract: Address, what: string, methods: Method[]): Promise<Answers> {
  const found = await calls.run(methods.map(({ data }) => ({ target: contract, data })));
  return new Answers(contract, what, new Map(methods.map(({ says }, i) => [says, found[i]])));
}

export class Answers {
  constructor(
    readonly contract: Address,
    private readonly what: string,
    private readonly found: ReadonlyMap<string, Hex | undefined>,
  ) {}

  data(says: string): Hex | undefined {
    return this.found.get(says);
  }

  uint(says: string): bigint | undefined {
    return uint(this.data(says));
  }

  address(says: string): Address | undefined {
    return address(this.data(says));
  }

  text(says: string): string | undefined {
    return text(this.data(says));
  }

  words(says: string): bigint[] {
    return words(this.data(says) ?? "0x");
  }

  int(says: string): bigint | undefined {
    return int(this.data(says));
  }

  needUint(says: string): bigint {
    return this.need(says, this.uint(says));
  }

  /** A value that some generations do not have: 0 then. */
  orZero(says: string, sources: Sources, name: string): bigint {
    const value = this.uint(says);
    sources[name] = value === undefined ? `0: ${this.contract} does not answer ${says}` : this.source(says);
    return value ?? 0n;
  }

  needPositive(says: string): bigint {
    const value = this.needUint(says);
    if (value > 0n) return value;
    throw this.senseless(says, value, "a number above 0 makes sense");
  }

  /** A number of a band, of an age or of things: one that JavaScript's numbers hold. */
  needNumber(says: string, least: number, most: number): number {
    const value = Number(this.need(says, this.int(says)));
    if (value >= least && value <= most) return value;
    throw this.senseless(says, value, `a number from ${least} to ${most} makes sense`);
  }

  need<T>(says: string, value: T | undefined): T {
    if (value !== undefined) return value;
    throw new ChainError<MarketField>(
      "missingMethod",
      "controller",
      `The ${this.what} ${this.contract} does not answer ${says}, without which its market cannot be read.`,
      [says],
    );
  }

  private senseless(says: string, value: number | bigint, but: string): ChainError<MarketField> {
    return new ChainError<MarketField>("badValue", "controller", `The ${this.what} ${this.contract} answers ${value} to ${says}, where only ${but}.`);
  }

  /** The sentence that stands beside a value. */
  source(says: string): string {
    return `${says} of ${this.contract}`;
  }
}
