// What the sections computed in this visit, for the report.

import { useEffect, useState } from "preact/hooks";
import type { CeilingAsked, CeilingFound, FileQuality, MarketScan, OraclesFound, Provenance } from "./jobs";

export interface Visit {
  ceiling?: { found: CeilingFound; asked: CeilingAsked; isExample: boolean };
  oracles?: { found: OraclesFound; isExample: boolean };
  simulated?: Simulated;
}

/** The best A and fee of the simulator, and what a position loses there. */
export interface Simulated {
  A: number;
  /** Fraction. */
  fee: number;
  /** Fraction. */
  loss: number;
  scans: MarketScan[];
  /** Where a better value may lie beyond what was scanned, in words. */
  edges: string | undefined;
  sources: Provenance[];
  quality: FileQuality[];
  isExample: boolean;
}

let visit: Visit = {};
const listeners = new Set<(visit: Visit) => void>();

/** What was handed over so far. */
export const kept = (): Visit => visit;

/** Takes over one part; undefined where there is no answer any more. */
export function keep<P extends keyof Visit>(part: P, value: Visit[P] | undefined): void {
  const { [part]: _, ...others } = visit;
  visit = value === undefined ? others : { ...visit, [part]: value };
  for (const listener of listeners) listener(visit);
}

export function useVisit(): Visit {
  const [shown, setShown] = useState(visit);
  useEffect(() => {
    setShown(visit);
    listeners.add(setShown);
    return () => { listeners.delete(setShown); };
  }, []);
  return shown;
}
