import { LlamathError } from "./error.js";

/**
 * Wraps the functions of a namespace of the WebAssembly glue.
 *
 * A refusal becomes a `LlamathError`. Anything else that comes out of a call (a trap,
 * an exhausted stack or memory) leaves the instance in an unknown state: it is
 * discarded, and the next outermost call starts on a fresh one.
 */
export function makeGuard({ reset, takes, run }) {
  let depth = 0;
  let broken = false;

  function call(name, implementation, received) {
    const expected = takes(name);
    if (received.length !== expected) {
      const words = expected === 0 ? "no argument" : "one object with named fields";
      throw new LlamathError({
        code: "invalid",
        message: `${name} takes ${words}; received ${received.length} arguments.`,
      });
    }
    if (broken && depth === 0) {
      reset();
      broken = false;
    }
    if (broken) throw internal(name);
    depth += 1;
    try {
      return run(name, implementation, received[0]);
    } catch (thrown) {
      if (thrown instanceof LlamathError) throw thrown;
      broken = true;
      throw internal(name, thrown);
    } finally {
      depth -= 1;
    }
  }

  const guard = (space, functions) =>
    Object.freeze(
      Object.fromEntries(
        Object.entries(functions).map(([name, inner]) => {
          const full = `${space}.${name}`;
          return [name, typeof inner === "function" ? (...received) => call(full, inner, received) : guard(full, inner)];
        }),
      ),
    );
  return guard;
}

function internal(name, cause) {
  return new LlamathError(
    {
      code: "internal",
      message: `${name} failed inside; the next call starts on a fresh instance.`,
    },
    { cause },
  );
}
