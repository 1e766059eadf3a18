// The left column: the market and the loan.

import { Choice } from "../field";
import { Fold } from "../fold";
import { format } from "../format";
import { useLoan } from "./context";
import { EXAMPLES } from "./examples";
import { GENERATIONS, OWN, PARAMETERS } from "./form";
import { FormField } from "./form-field";
import { decimal } from "./llamma";
import { MarketPanel } from "./market-panel";
import { choiceOf, choices, formOf, sourceOf } from "./presets";

const LEAST_BANDS = 4;
const MOST_BANDS = 50;

export function Inputs() {
  return (
    <form class="inputs" aria-label="Inputs" onSubmit={(event) => event.preventDefault()}>
      <Examples />
      <MarketPanel />
      <Market />
      <section>
        <h2>Your loan</h2>
        <Loan />
      </section>
    </form>
  );
}

function Examples() {
  const { session, open } = useLoan();
  return (
    <section class="examples">
      <h2>Examples</h2>
      <ul>
        {EXAMPLES.map(({ title, session: example }) => (
          <li key={title}><button type="button" class="quiet" onClick={() => open(example())}>{title}</button></li>
        ))}
      </ul>
      <p class="note">{session.source}</p>
    </section>
  );
}

function Market() {
  const { session: { form, chain }, change, answer } = useLoan();
  const groups = [...new Set(choices().map(({ group }) => group))];
  const chosen = choiceOf(form.market);
  const choose = (key: string) => {
    const choice = choiceOf(key);
    change(choice === undefined ? { market: OWN } : formOf(choice));
  };
  const fee = answer.readings.of("fee");
  const feeSays = fee?.kind === "value" ? format(fee.value, "percent") : form.fee;
  return (
    <section>
      <h2>The market</h2>
      <Choice label="Collateral and protocol" value={form.market} onChange={choose}>
        <option value={OWN}>{chain === undefined ? "Own parameters" : "Read from a chain"}</option>
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {choices().filter((choice) => choice.group === group).map(({ key, title }) => <option key={key} value={key}>{title}</option>)}
          </optgroup>
        ))}
      </Choice>
      {chosen && <p class="note">{sourceOf(chosen)}</p>}
      <FormField
        name="oraclePrice" unit={form.borrowedName}
        note={chosen !== undefined && form.oraclePrice === formOf(chosen).oraclePrice ? "A round price for the example, not today's." : undefined}
      />
      <Fold title="Parameters" says={`A ${form.A}, fee ${feeSays}`} open={(form.market === OWN && chain === undefined) || PARAMETERS.some((name) => answer.errors.has(name))}>
        <Choice label="Contracts" value={form.generation} onChange={(generation) => change({ generation })}>
          {Object.entries(GENERATIONS).map(([key, title]) => <option key={key} value={key}>{title}</option>)}
        </Choice>
        <div class="pair">
          <FormField name="A" label="Amplification" />
          <FormField name="fee" />
        </div>
        <div class="pair">
          <FormField name="loanDiscount" />
          <FormField name="liquidationDiscount" label="Liq. discount" spoken="Liquidation discount" />
        </div>
        <FormField name="basePrice" unit={form.borrowedName} placeholder="the oracle price" />
        <div class="pair">
          <FormField name="collateralName" label="Collateral" spoken="Name of the collateral" />
          <FormField name="collateralDecimals" label="Decimals" spoken="Decimals of the collateral" />
        </div>
        <div class="pair">
          <FormField name="borrowedName" label="Borrowed coin" spoken="Name of the borrowed coin" />
          <FormField name="borrowedDecimals" label="Decimals" spoken="Decimals of the borrowed coin" />
        </div>
      </Fold>
    </section>
  );
}

function Loan() {
  const { session: { form, chain }, change, answer } = useLoan();
  const { most, readings } = answer;
  const bands = Number(form.bands);
  const fill = () => {
    const decimals = readings.integer("borrowedDecimals");
    if (most !== undefined && decimals !== undefined) change({ debt: decimal.fromRaw({ raw: most.largest, decimals }) });
  };
  return (
    <>
      {chain?.user !== undefined && <p class="note">What was read of {chain.user}. Change one of these, and a new loan of your own is put into the same market.</p>}
      <FormField name="collateral" unit={form.collateralName} />
      <FormField name="debt" unit={form.borrowedName} />
      <p class="fill"><button type="button" class="quiet" disabled={most === undefined} onClick={fill}>Largest debt that is sure to pass</button></p>
      <div class="slider">
        <FormField name="bands" />
        <input
          type="range" min={LEAST_BANDS} max={MOST_BANDS} value={Number.isInteger(bands) ? bands : LEAST_BANDS}
          aria-label="Number of bands" onInput={(event) => change({ bands: event.currentTarget.value })}
        />
        <p class="ends" aria-hidden="true"><span>more LTV</span><span>softer liquidation</span></p>
      </div>
    </>
  );
}
