// "Read a real market": its bands and prices, and a loan in it.

import { useState } from "preact/hooks";
import type { ChainError, MarketField, MarketReading } from "../chain";
import { Choice, Field } from "../field";
import { Fold } from "../fold";
import { ReadButtons, ReadingSays, useReading } from "../use-reading";
import { useLoan } from "./context";
import { GENERATIONS, OWN, type Form, type Session } from "./form";
import { decimal, llamma } from "./llamma";

const TIME_LIMIT_SECS = 60;

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
  const reading = useReading(TIME_LIMIT_SECS);

  function read(): void {
    setProblem(undefined);
    void reading.read({
      ask: (chain, { onStep, ...how }) => chain.readMarket({ rpcUrl: url, controller, user, generation, multicall }, onStep, how),
      onFound: (market) => open(sessionOf(market, session)),
      onRefused: (error) => setProblem(error as ChainError<MarketField>),
    });
  }

  const errorOf = (name: MarketField) => (problem?.field === name ? problem.message : undefined);
  const typed = (name: MarketField, set: (text: string) => void) => (text: string) => {
    reading.stop();
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
      <ReadButtons reading={reading} onRead={read} />
      <div role="status">
        <ReadingSays state={reading.state} />
        {problem && !["url", "controller", "user", "generation", "multicall"].includes(problem.field) && <p class="error">{problem.message}</p>}
        {session.chain && reading.state.kind === "idle" && <Found reading={session.chain.market} />}
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
