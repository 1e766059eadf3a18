// What the sections computed in this visit, for the report.

import { useEffect, useState } from "preact/hooks";
import type { CeilingAsked, CeilingFound, OraclesFound } from "./jobs";

export interface Visit {
  ceiling?: { found: CeilingFound; asked: CeilingAsked; isExample: boolean };
  oracles?: { found: OraclesFound; isExample: boolean };
  /** The worst-case loss at a chosen A and fee, as they are typed: percents. */
  simulated?: { A: string; fee: string; loss: string };
}

let visit: Visit = {};
const listeners = new Set<(visit: Visit) => void>();

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
