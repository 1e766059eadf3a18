// A reading from a chain: its steps, how long it may still take, and how it is stopped.

import { useEffect, useRef, useState } from "preact/hooks";
import type { ChainError } from "./chain";

type Chain = typeof import("./chain");

interface How {
  signal: AbortSignal;
  timeoutMs: number;
  onStep: (says: string) => void;
}

interface Asked<T> {
  ask: (chain: Chain, how: How) => Promise<T>;
  onFound: (found: T, chain: Chain) => void;
  onRefused: (error: ChainError) => void;
}

type State =
  | { kind: "idle" }
  | { kind: "reading"; step: string; secondsLeft: number }
  | { kind: "failed"; message: string };

export interface Reading {
  state: State;
  read: <T>(asked: Asked<T>) => Promise<void>;
  stop: () => void;
}

export function useReading(limitSecs: number): Reading {
  const [state, setState] = useState<State>({ kind: "idle" });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => {
    if (state.kind !== "reading") return;
    const tick = setTimeout(() => setState({ ...state, secondsLeft: Math.max(0, state.secondsLeft - 1) }), 1_000);
    return () => clearTimeout(tick);
  }, [state]);

  function stop(): void {
    if (state.kind !== "reading") return;
    running.current?.abort();
    setState({ kind: "idle" });
  }

  async function read<T>({ ask, onFound, onRefused }: Asked<T>): Promise<void> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const onStep = (step: string) => {
      if (signal.aborted) return;
      setState((old) => ({ kind: "reading", step, secondsLeft: old.kind === "reading" ? old.secondsLeft : limitSecs }));
    };
    onStep("Loading the reader.");
    try {
      // The reader is fetched with the first press of a button.
      const chain = await import(/* webpackChunkName: "chain" */ "./chain");
      try {
        const found = await ask(chain, { signal, timeoutMs: limitSecs * 1_000, onStep });
        if (signal.aborted) return;
        onFound(found, chain);
      } catch (thrown) {
        if (signal.aborted) return;
        if (!(thrown instanceof chain.ChainError)) throw thrown;
        onRefused(thrown);
      }
      setState({ kind: "idle" });
    } catch (thrown) {
      if (signal.aborted) return;
      setState({ kind: "failed", message: `The chain reader could not run: ${thrown instanceof Error ? thrown.message : String(thrown)}` });
    }
  }

  return { state, read, stop };
}

/** The buttons of a reading. */
export function ReadButtons({ reading: { state, stop }, onRead }: { reading: Reading; onRead: () => void }) {
  return (
    <p class="actions">
      <button type="button" class="main" onClick={onRead}>Read</button>
      {state.kind === "reading" && <button type="button" class="quiet" onClick={stop}>Cancel</button>}
    </p>
  );
}

/** How far a reading is, or why there is none. */
export function ReadingSays({ state }: Pick<Reading, "state">) {
  if (state.kind === "reading") return <p class="note">{state.step} At most {state.secondsLeft} s left.</p>;
  return state.kind === "failed" ? <p class="error">{state.message}</p> : null;
}
