// Examples with their sources. What a source does not say is marked as assumed.

import { blockTimeOrigin } from "./block-time";
import { BLANK, FIELDS, type FieldName, type Form, type Origin, type Origins, type Session } from "./form";

export interface Example {
  title: string;
  source: string;
  date: string;
  form: Partial<Form>;
  assumed?: FieldName[];
  /** Chain and name of the block time's preset. */
  blockTime?: readonly [chain: string, name: string];
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "Pickle polyJar, shown 178%",
    source: "pickle-finance/pickle-ui #145: the site showed 178%, the contracts paid 480%.",
    date: "2021-09-11",
    form: {
      allocPoint: "10", totalAllocPoint: "130", emission: "0.00769230769", emissionPer: "second",
      tokenPriceUsd: "10.37", stakedUsd: "40277.80753853763", displayed: "178%",
    },
  },
  {
    title: "LlamaSwap, LAMA pool",
    source: "LlamaSwap, “DeFi DEmystiFIed — 01”: 10 of 92 points, 0.5 LAMA per block of 3 s.",
    date: "2021-05-17",
    form: {
      allocPoint: "10", totalAllocPoint: "92", emission: "0.5", blockSecs: "3", tokenPriceUsd: "0.25",
      stakedUsd: "500000", theirEmission: "1",
    },
    assumed: ["tokenPriceUsd", "stakedUsd", "theirEmission"],
    blockTime: ["BNB Smart Chain", "Genesis"],
  },
  {
    title: "BSC farm, still on 3 s blocks",
    source: "PancakeSwap's own test figures: 1 token per block at 1 USD on 1,000,000 USD of stake, shown as with 3 s blocks.",
    date: "2026-01-14",
    form: {
      allocPoint: "1", totalAllocPoint: "1", emission: "1", blockSecs: "0.45", tokenPriceUsd: "1",
      stakedUsd: "1000000", displayed: "1051.2%", theirEmissionSecs: "3",
    },
    blockTime: ["BNB Smart Chain", "Fermi"],
  },
];

export function open(example: Example): Session {
  const own: Origin = { says: `example “${example.title}”`, date: example.date, noted: false };
  const assumed: Origin = { says: "Assumed for the example: its source does not say.", noted: true };
  const origins: Origins = {};
  for (const name of Object.keys(example.form)) {
    if (name in FIELDS) origins[name as FieldName] = own;
  }
  for (const name of example.assumed ?? []) origins[name] = assumed;
  if (example.blockTime !== undefined) origins.blockSecs = blockTimeOrigin(...example.blockTime);
  return { form: { ...BLANK, ...example.form }, origins, source: `${example.source} (${example.date})` };
}
