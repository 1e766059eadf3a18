import type { RequestField, ResultField } from "./types";

export type ChainErrorCode =
  // the endpoint
  | "required" | "invalidUrl" | "unreachable" | "blockedByCors" | "blockedByPage"
  | "notJsonRpc" | "httpStatus" | "rpc" | "timeout" | "aborted"
  // addresses
  | "invalidAddress" | "checksum" | "noCode" | "notMulticall"
  // the other inputs
  | "invalidPoolId" | "poolOutOfRange" | "invalidDistance" | "invalidSignature" | "emissionPerNeeded"
  // what the contracts answer
  | "missingMethod" | "ambiguousMethod" | "badValue"
  | "zeroTotalPoints" | "zeroSupply" | "zeroStaked"
  // a lending market
  | "noLoan" | "tooManyBands"
  // the block time
  | "tooFewBlocks" | "noTimePassed" | "blockNumberDiffers";

/** A refusal with the field it concerns; its message is ready to stand beside that field. */
export class ChainError<Field extends string = RequestField | ResultField> extends Error {
  override readonly name = "ChainError";

  constructor(
    readonly code: ChainErrorCode,
    readonly field: Field,
    message: string,
    /** Names that were tried (missingMethod) or found (ambiguousMethod). */
    readonly tried?: string[],
  ) {
    super(message);
  }
}
