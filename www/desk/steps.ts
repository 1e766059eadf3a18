// How far a computation is, by what its steps cost.

import type { Doing } from "./jobs";

/** Of a guess, in milliseconds: what was measured soon counts for more. */
const GUESSED_MS = 200;

export class Steps {
  private readonly began = performance.now();
  private done = 0;
  private doing = 0;

  /** `costs` are those of all steps, in milliseconds on a usual machine. */
  constructor(private readonly tell: (doing: Doing) => void, private readonly costs: Readonly<Record<string, number>>) {}

  /** Begins a step. */
  next(name: string, says: string): void {
    this.done += this.doing;
    this.doing = this.costs[name] ?? 0;
    const total = Object.values(this.costs).reduce((sum, cost) => sum + cost, 0);
    const slowness = (performance.now() - this.began + GUESSED_MS) / (this.done + GUESSED_MS);
    const left = Math.max(total - this.done, this.doing);
    this.tell({ says, share: this.done / Math.max(total, 1), secsLeft: (left * slowness) / 1000 });
  }
}

/** About how many rows a file has; a row takes 40 letters, a third of that packed. */
export const rowsIn = ({ name, size }: File): number => size / (name.endsWith(".gz") ? 13 : 40);
