// Two things measured in turn in one run, so that the machine's speed and its drift cancel out.

const ROUNDS = 31;
/** Until both are compiled for speed. */
const WARM_UP = 50;

function time(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const middle = (times) => times.sort((x, y) => x - y)[(ROUNDS - 1) / 2];
const rounds = (measure) => Array.from({ length: ROUNDS }, measure);

/** Median of the ratios time(a) / time(b), measured in turn. */
export function ratio(a, b) {
  for (let i = 0; i < WARM_UP; i += 1) (a(), b());
  return middle(rounds(() => time(a) / time(b)));
}

/** Median time in milliseconds. */
export function median(work) {
  for (let i = 0; i < WARM_UP; i += 1) work();
  return middle(rounds(() => time(work)));
}
