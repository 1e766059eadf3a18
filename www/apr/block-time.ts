// The package's dated block times, in words.

import { type BlockTime, farm } from "../engine";
import type { Origin } from "./form";

export function presets(): BlockTime[] {
  return farm.blockTimes();
}

/** "0.45 s since 2026-01-14 (Fermi)" */
export function blockTimeLabel({ blockSecs, from, until, name }: BlockTime): string {
  const when = from === undefined ? `until ${until}` : until === undefined ? `since ${from}` : `${from} to ${until}`;
  return `${blockSecs} s ${when} (${name})`;
}

export function originOf(preset: BlockTime): Origin {
  const { from, until } = preset;
  const date = from ?? until;
  const says = `${preset.chain}: ${blockTimeLabel(preset)}. Source: ${preset.source}.`;
  return { says, ...(date === undefined ? {} : { date }), noted: true };
}

export function blockTimeOrigin(chain: string, name: string): Origin {
  const preset = presets().find((one) => one.chain === chain && one.name === name);
  if (preset === undefined) throw new Error(`The package knows no block time “${chain}, ${name}”.`);
  return originOf(preset);
}
