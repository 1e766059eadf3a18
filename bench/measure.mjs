// Two things measured in turn in one run, so that the machine's speed and its drift cancel out.

const ROUNDS = 31;
/** Until both are compiled for speed: so many rounds at least, and for so long in milliseconds. */
const [WARM_ROUNDS, WARM_TIME] = [50, 1000];
/** What is timed at once lasts about so long in milliseconds: the clock is too coarse for one short call. */
const BATCH_TIME = 2;

/** Milliseconds of one of `count` rounds of a work. */
function time(work, count) {
  const began = performance.now();
  for (let round = 0; round < count; round += 1) work();
  return (performance.now() - began) / count;
}

const middle = (times) => times.sort((x, y) => x - y)[(ROUNDS - 1) / 2];
const rounds = (measure) => Array.from({ length: ROUNDS }, measure);

/** Repeats works in turn until they are warm, and tells how many rounds of each make up a batch. */
function warm(...works) {
  const began = performance.now();
  for (let round = 0; round < WARM_ROUNDS || performance.now() - began < WARM_TIME * works.length; round += 1) {
    for (const work of works) work();
  }
  return works.map((work) => Math.ceil(BATCH_TIME / time(work, 3)));
}

/** Median of the ratios time(a) / time(b), measured in turn. */
export function ratio(a, b) {
  const [manyA, manyB] = warm(a, b);
  return middle(rounds(() => time(a, manyA) / time(b, manyB)));
}

/** Median time in milliseconds. */
export function median(work) {
  const [many] = warm(work);
  return middle(rounds(() => time(work, many)));
}
