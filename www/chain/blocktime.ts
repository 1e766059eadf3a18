// Seconds per block, measured between the snapshot and an earlier block.
import { readBlock, type Endpoint } from "./endpoint";
import { ChainError } from "./error";
import { MIN_BLOCK_DISTANCE } from "./input";
import type { FarmReading, Snapshot } from "./types";

const OTHERWISE = "Enter the seconds per block yourself.";

export async function measureBlockTime(
  endpoint: Endpoint,
  last: Snapshot,
  wanted: bigint,
  contractBlockNumber: bigint | undefined,
): Promise<NonNullable<FarmReading["blockSecs"]>> {
  if (contractBlockNumber !== undefined && contractBlockNumber !== last.number) {
    throw refuse(
      "blockNumberDiffers",
      `Contracts on this chain count blocks in their own way: they see block ${contractBlockNumber} where the chain is at ${last.number}. A farm that pays per block goes by the former, which cannot be measured here.`,
    );
  }
  // The timestamp of block 0 is whatever the chain's makers wrote there.
  const available = last.number - 1n;
  const blocks = wanted < available ? wanted : available;
  if (blocks < MIN_BLOCK_DISTANCE) {
    throw refuse("tooFewBlocks", `This chain is at block ${last.number}: a block time needs at least ${MIN_BLOCK_DISTANCE} blocks after block 1.`);
  }
  const first = await earlier(endpoint, last.number - blocks);
  const seconds = last.timestamp - first.timestamp;
  if (seconds <= 0n) {
    throw refuse("noTimePassed", `Blocks ${first.number} and ${last.number} bear the same time in seconds, so no block time can be measured between them.`);
  }
  return {
    value: Number(seconds) / Number(blocks),
    seconds,
    blocks,
    origin: {
      method: `${seconds} s between the timestamps of blocks ${first.number} and ${last.number}`,
      blockNumber: last.number,
      timestamp: last.timestamp,
      date: last.date,
    },
  };
}

async function earlier(endpoint: Endpoint, number: bigint): Promise<Snapshot> {
  try {
    return await readBlock(endpoint, number);
  } catch (error) {
    if (error instanceof ChainError && error.code === "rpc") {
      throw refuse("rpc", `The endpoint did not give block ${number}, which is needed to measure the block time. Measure over fewer blocks, or use another endpoint.`);
    }
    throw error;
  }
}

function refuse(code: "blockNumberDiffers" | "tooFewBlocks" | "noTimePassed" | "rpc", message: string): ChainError {
  return new ChainError(code, "blockSecs", `${message} ${OTHERWISE}`);
}
