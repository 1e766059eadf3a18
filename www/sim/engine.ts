// The worker as the page sees it: one promise for each question.

import type { Asked, Call, Calls, Progress, Refusal, Said } from "./protocol";

export class Refused extends Error {
  readonly code: string | undefined;
  readonly field: string | undefined;
  readonly index: number | undefined;

  constructor({ message, code, field, index }: Refusal) {
    super(message);
    ({ code: this.code, field: this.field, index: this.index } = { code, field, index });
  }
}

/** The user's own wish, and nothing to be explained. */
export class Cancelled extends Error {}

interface AskOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (reason: Error) => void;
  onProgress: ((progress: Progress) => void) | undefined;
}

export class Engine {
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url));
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  constructor() {
    this.worker.onmessage = ({ data }: MessageEvent<Said>) => this.settle(data);
    this.worker.onerror = ({ message }) => {
      const failed = new Refused({ message: `The simulator's worker failed: ${message || "it could not be loaded."} Reload the page.` });
      for (const { reject } of this.waiting.values()) reject(failed);
      this.waiting.clear();
    };
  }

  ask<C extends Call>(call: C, input: Calls[C]["input"], { signal, onProgress }: AskOptions = {}): Promise<Calls[C]["answer"]> {
    const id = (this.last += 1);
    const say = (asked: Asked) => this.worker.postMessage(asked);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject, onProgress });
      signal?.addEventListener("abort", () => say({ id, cancel: true }), { once: true });
      say({ id, call, input });
    });
  }

  private settle(said: Said): void {
    const waiting = this.waiting.get(said.id);
    if (waiting === undefined) return;
    if ("progress" in said) {
      waiting.onProgress?.(said.progress);
      return;
    }
    this.waiting.delete(said.id);
    if ("answer" in said) waiting.resolve(said.answer);
    else waiting.reject("cancelled" in said ? new Cancelled() : new Refused(said.refusal));
  }

  stop(): void {
    this.worker.terminate();
  }
}
