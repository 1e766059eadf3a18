// Where values stand in a drawing.

/** Widely spread values of one sign stand at even ratios, others at even distances. */
export function along(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) return () => (from + to) / 2;
  const place = low > 0 && high / low > 4 ? Math.log : (value: number) => value;
  return (value) => from + ((place(value) - place(low)) / (place(high) - place(low))) * (to - from);
}

const NEAT = [1, 2, 2.5, 5, 10];

/** Some round values between two. */
export function ticksOf(low: number, high: number, about: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (NEAT.find((neat) => neat * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step + 1e-9) - first + 1) }, (_, at) => (first + at) * step);
}

export const pointsOf = (places: readonly (readonly [number, number])[]): string => places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
