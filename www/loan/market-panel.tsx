// "Read a real market". The reader is fetched with the first press of its button.

import { useEffect, useRef, useState } from "preact/hooks";
import type { ChainError, MarketField, MarketReading } from "../chain";
import { Choice, Field } from "../field";
import { Fold } from "../fold";
import { useLoan } from "./context";
import { GENERATIONS, OWN, type Form, type Session } from "./form";
import { decimal, llamma } from "./llamma";

const TIME_LIMIT_SECS = 60;

type State =
  | { kind: "idle" }
  | { kind: "reading"; step: string; secondsLeft: number }
  | { kind: "failed"; message: string };

export function MarketPanel() {
  return <Fold title="Read a real market" says="bands, prices, a loan"><Panel /></Fold>;
}

function Panel() {
  const { session, change, open } = useLoan();
  const { controller, user } = session.form;
  const [url, setUrl] = useState("");
  const [multicall, setMulticall] = useState("");
  const [generation, setGeneration] = useState<Form["generation"] | "">("");
  const [problem, setProblem] = useState<ChainError<MarketField>>();
  const [state, setState] = useState<State>({ kind: "idle" });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => {
    if (state.kind !== "reading") return;
    const tick = setTimeout(() => setState({ ...state, secondsLeft: Math.max(0, state.secondsLeft - 1) }), 1_000);
    return () => clearTimeout(tick);
  }, [state]);

  function stop(): void {
    running.current?.abort();
    setState({ kind: "idle" });
  }

  async function read(): Promise<void> {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setProblem(undefined);
    const reading = (step: string) =>
      setState((old) => ({ kind: "reading", step, secondsLeft: old.kind === "reading" ? old.secondsLeft : TIME_LIMIT_SECS }));
    reading("Loading the reader.");
    try {
      const chain = await import(/* webpackChunkName: "chain" */ "../chain");
      try {
        const market = await chain.readMarket({ rpcUrl: url, controller, user, generation, multicall }, reading, { signal: abort.signal, timeoutMs: TIME_LIMIT_SECS * 1_000 });
        if (abort.signal.aborted) return;
        open(sessionOf(market, session));
        setState({ kind: "idle" });
      } catch (thrown) {
        if (abort.signal.aborted) return;
        if (!(thrown instanceof chain.ChainError)) throw thrown;
        setProblem(thrown as ChainError<MarketField>);
        setState({ kind: "idle" });
      }
    } catch (thrown) {
      setState({ kind: "failed", message: `The chain reader could not run: ${thrown instanceof Error ? thrown.message : String(thrown)}` });
    }
  }

  const errorOf = (name: MarketField) => (problem?.field === name ? problem.message : undefined);
  const typed = (name: MarketField, set: (text: string) => void) => (text: string) => {
    if (state.kind === "reading") stop();
    if (problem?.field === name) setProblem(undefined);
    set(text);
  };
  return (
    <div class="chain">
      <p class="note">
        The request goes from your browser to the endpoint that you name, and to nobody else. The whole market is read at one
        block: parameters, prices, every band, and the loan of a user.
      </p>
      <Field plain label="RPC endpoint" placeholder="https://…" value={url} error={errorOf("url")} onInput={typed("url", setUrl)} />
      <Field plain label="Address of the controller" placeholder="0x…" value={controller} error={errorOf("controller")} onInput={typed("controller", (text) => change({ controller: text }))} />
      <Field plain label="Address of the borrower" placeholder="none: the market alone" value={user} error={errorOf("user")} onInput={typed("user", (text) => change({ user: text }))} />
      <Fold title="Own contracts" open={problem?.field === "multicall" || problem?.field === "generation"}>
        <Choice label="Contracts" value={generation} error={errorOf("generation")} onChange={(next) => { setProblem(undefined); setGeneration(next); }}>
          <option value="">as they answer</option>
          {Object.entries(GENERATIONS).map(([key, title]) => <option key={key} value={key}>{title}</option>)}
        </Choice>
        <Field plain label="Address of a multicall contract" placeholder="0x…" value={multicall} error={errorOf("multicall")} onInput={typed("multicall", setMulticall)} />
      </Fold>
      <p class="actions">
        <button type="button" class="main" onClick={read}>Read</button>
        {state.kind === "reading" && <button type="button" class="quiet" onClick={stop}>Cancel</button>}
      </p>
      <div role="status">
        {state.kind === "reading" && <p class="note">{state.step} At most {state.secondsLeft} s left.</p>}
        {state.kind === "failed" && <p class="error">{state.message}</p>}
        {problem && !["url", "controller", "user", "generation", "multicall"].includes(problem.field) && <p class="error">{problem.message}</p>}
        {session.chain && state.kind === "idle" && <Found reading={session.chain.market} />}
      </div>
    </div>
  );
}

function Found({ reading: { block, chainId, via, sources, user, state, contractSays } }: { reading: MarketReading }) {
  const computed = user === undefined ? undefined : llamma.loan({ state, user });
  const compared = computed === undefined ? [] : ([
    ["health(user, false)", contractSays.health, computed.health], ["health(user, true)", contractSays.healthFull, computed.healthFull],
  ] as const).filter(([, said]) => said !== undefined);
  return (
    <div class="note">
      <p>Read at block {String(block.number)} of chain {chainId}, {block.date.replace("T", " ").replace("Z", " UTC")}. {via.says}</p>
      {compared.map(([method, said, here]) => (
        <p key={method}>{method} of the contract {said === here ? "is what is computed here, to the last digit." : `answers ${said}; computed here: ${here}.`}</p>
      ))}
      <Fold title="Where each value comes from">
        <dl class="sources">{Object.entries(sources).map(([name, says]) => <div key={name}><dt>{name}</dt><dd>{says}</dd></div>)}</dl>
      </Fold>
    </div>
  );
}

/** The form shows the market's parameters, and the loan's numbers where one was read. */
function sessionOf(reading: MarketReading, { form }: Session): Session {
  const { state, user, block, collateralSymbol, borrowedSymbol } = reading;
  const { market } = state;
  const text = (raw: string | bigint, decimals: number) => decimal.fromRaw({ raw: BigInt(raw), decimals });
  const loan = user === undefined ? undefined : llamma.loan({ state, user });
  return {
    form: {
      ...form,
      market: OWN,
      generation: market.generation,
      A: `${market.A}`,
      fee: text(market.fee, 16),
      loanDiscount: text(market.loanDiscount, 16),
      liquidationDiscount: text(market.liquidationDiscount, 16),
      collateralDecimals: `${market.collateralDecimals}`,
      borrowedDecimals: `${market.borrowedDecimals}`,
      basePrice: text(market.basePrice, 18),
      oraclePrice: text(state.oraclePrice, 18),
      collateralName: collateralSymbol.slice(0, 20),
      borrowedName: borrowedSymbol.slice(0, 20),
      ...(loan === undefined ? { collateral: "", debt: "" } : {
        collateral: text(loan.collateral, market.collateralDecimals),
        debt: text(loan.debt, market.borrowedDecimals),
        bands: `${loan.n2 - loan.n1 + 1}`,
      }),
    },
    turns: [],
    chain: { market: reading, user },
    source: `Read at block ${block.number}, ${block.date.slice(0, 10)}. Change the market's values, and it is a market of your own.`,
  };
}
