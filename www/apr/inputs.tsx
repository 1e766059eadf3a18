// The left column: what is known about the pool and about you.

import { Choice, Segments } from "../field";
import { farm } from "../engine";
import { format } from "../format";
import { blockTimeLabel, originOf, presets } from "./block-time";
import { ChainPanel } from "./chain-panel";
import { useSheet } from "./context";
import { EXAMPLES, open as openExample } from "./examples";
import { CHOICES } from "./form";
import { FormField } from "./form-field";

export function Inputs() {
  const { session } = useSheet();
  const { form } = session;
  return (
    <form class="inputs" aria-label="Inputs" onSubmit={(event) => event.preventDefault()}>
      <Examples />
      <ChainPanel />
      <section>
        <h2>The pool</h2>
        <div class="pair">
          <FormField name="allocPoint" label="Points of pool" />
          <FormField name="totalAllocPoint" label="of all pools" spoken="Points of all pools" />
        </div>
        <FormField name="emission" />
        <Pick name="emissionPer" label="Emitted" />
        {form.emissionPer === "block" && <BlockTimeFields />}
        <FormField name="tokenPriceUsd" />
      </section>
      <section>
        <h2>What is staked</h2>
        <Pick name="stakedFrom" label="Given in" />
        <Staked />
      </section>
      <section>
        <h2>The figure to check</h2>
        <FormField name="displayed" placeholder="none: nothing is checked" />
      </section>
      <section>
        <h2>Your deposit</h2>
        <div class="pair">
          <FormField name="principalUsd" />
          <CompoundingChoice />
        </div>
        <div class="pair">
          <FormField name="depositFee" placeholder="none" />
          <FormField name="performanceFee" placeholder="none" />
        </div>
        {form.performanceFee.trim() !== "" && <Pick name="performanceFeeOn" label="Performance fee taken" />}
        <FormField name="costUsd" />
        <div class="pair">
          <FormField name="targetGainUsd" />
          <FormField name="targetDays" unit="days" />
        </div>
      </section>
      <section>
        <h2>The year</h2>
        <YearBasis />
      </section>
    </form>
  );
}

function Examples() {
  const { session, open } = useSheet();
  return (
    <section class="examples">
      <h2>Examples</h2>
      <ul>
        {EXAMPLES.map((example) => (
          <li key={example.title}>
            <button type="button" class="quiet" onClick={() => open(openExample(example))}>{example.title}</button>
          </li>
        ))}
      </ul>
      <p class="note">{session.source}</p>
    </section>
  );
}

type SegmentsName = "emissionPer" | "stakedFrom" | "performanceFeeOn";

function Pick({ name, label }: { name: SegmentsName; label: string }) {
  const { session, change } = useSheet();
  return <Segments<string> label={label} options={CHOICES[name]} value={session.form[name]} onChange={(key) => change({ [name]: key })} />;
}

function CompoundingChoice() {
  const { session, change } = useSheet();
  return (
    <Choice label="Compounded" value={session.form.compounding} onChange={(compounding) => change({ compounding })}>
      {Object.entries(CHOICES.compounding).map(([key, text]) => <option key={key} value={key}>{text}</option>)}
    </Choice>
  );
}

function BlockTimeFields() {
  const { session, change } = useSheet();
  const known = presets();
  const at = known.findIndex((preset) => originOf(preset).says === session.origins.blockSecs?.says);
  const chains = [...new Set(known.map(({ chain }) => chain))];
  const choose = (key: string) => {
    const preset = known[Number(key)];
    if (preset !== undefined) change({ blockSecs: `${preset.blockSecs}` }, originOf(preset));
  };
  return (
    <>
      <FormField name="blockSecs" />
      <Choice label="Block times by chain and date" value={at < 0 ? "own" : `${at}`} onChange={choose}>
        <option value="own">Own value</option>
        {chains.map((chain) => (
          <optgroup key={chain} label={chain}>
            {known.map((preset, index) => preset.chain === chain && <option key={index} value={`${index}`}>{blockTimeLabel(preset)}</option>)}
          </optgroup>
        ))}
      </Choice>
    </>
  );
}

function Staked() {
  const { session, answer } = useSheet();
  if (session.form.stakedFrom === "usd") return <FormField name="stakedUsd" />;
  if (session.form.stakedFrom === "tokens") {
    return <div class="pair"><FormField name="stakedTokens" /><FormField name="stakedPriceUsd" /></div>;
  }
  return (
    <>
      {([0, 1] as const).map((coin) => (
        <div class="trio" key={coin}>
          <FormField name={`reserve${coin}`} label={`Coin ${coin}`} spoken={`Reserve of coin ${coin}`} />
          <FormField name={`decimals${coin}`} spoken={`Decimals of coin ${coin}`} />
          <FormField name={`price${coin}Usd`} label="Price" spoken={`Price of coin ${coin}`} />
        </div>
      ))}
      <div class="pair">
        <FormField name="lpSupply" />
        <FormField name="lpStaked" label="of them in the farm" spoken="LP tokens in the farm" />
      </div>
      {answer.lp && (
        <p class="echo">
          {format(answer.lp.stakedShare, "percent")} of the pool's {format(answer.lp.poolUsd, "usd")} USD
          is staked: {format(answer.lp.stakedUsd, "usd")} USD.
        </p>
      )}
    </>
  );
}

function YearBasis() {
  const { session, change } = useSheet();
  const bases = farm.yearBases();
  const at = bases.findIndex(({ yearSecs }) => `${yearSecs}` === session.form.yearSecs.trim());
  const choose = (key: string) => {
    const basis = bases[Number(key)];
    if (basis !== undefined) change({ yearSecs: `${basis.yearSecs}` }, { says: `A year of ${basis.name}, used by ${basis.usedBy}.`, noted: false });
  };
  return (
    <>
      <Choice label="Year basis" value={at < 0 ? "own" : `${at}`} onChange={choose}>
        <option value="own">Own value</option>
        {bases.map(({ name, usedBy }, index) => <option key={name} value={`${index}`}>{name}, used by {usedBy}</option>)}
      </Choice>
      <FormField name="yearSecs" />
    </>
  );
}
