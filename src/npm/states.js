// States that the WebAssembly wrote lately: it knows their working form by number, so that a
// state is not read again at each call. They are frozen, so what is known is what they say;
// nothing is lost if it has been forgotten, since any state can be read again.

let numbers = new WeakMap();

/** The number of a state, 0 if it has none. */
export const numberOf = (state) => (typeof state === "object" && state !== null && numbers.get(state)) || 0;

export function remember(state, number) {
  numbers.set(state, number);
  return state;
}

/** A fresh instance knows no states. */
export function forgetAll() {
  numbers = new WeakMap();
}
