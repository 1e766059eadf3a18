// The left column: the candles, what is scanned, and what is simulated.

import { Choice, Segments } from "../field";
import { Fold } from "../fold";
import { Explained } from "../term";
import { useSim } from "./context";
import { DataPanel } from "./data-panel";
import { AVERAGINGS, axesOf, BLANK, CHOICES, COUNTED, DIRECTIONS, FEE_MODELS, type Form, OF_AXIS, SCANNED, STATISTICS, TRADINGS } from "./form";
import { FormField, ListField } from "./form-field";
import { hidden } from "./read";

export function Inputs() {
  const { form, change, errors, readings } = useSim();
  const isHidden = (name: keyof Form) => hidden(form).includes(name);
  const more = ["averagingSecs", "externalFee", "dynamicFeeMultiplier", "poFeeDelay", "positionShift", "randomWindows", "randomSeeds", "workers"] as const;
  return (
    <form class="inputs" aria-label="Inputs" onSubmit={(event) => event.preventDefault()}>
      <DataPanel />
      <section>
        <h2>What is scanned</h2>
        <div class="scan-choice"><Segments label="What is scanned" options={SCANNED} value={form.scanned} onChange={(scanned) => change({ scanned })} hideLabel /></div>
        {axesOf(form.scanned).map((axis) => <ListField key={axis} name={OF_AXIS[axis].list} />)}
        {form.scanned === "time" && <AveragingMeans />}
        <p class="run"><RunButton /><span class="note">{readings.count} {readings.count === 1 ? "setting" : "settings"}, every window</span></p>
      </section>
      <section>
        <h2>The market and the position</h2>
        <div class="pair">
          {!isHidden("A") && <FormField name="A" />}
          {!isHidden("bands") && <FormField name="bands" />}
          {!isHidden("fee") && <FormField name="fee" />}
        </div>
        <h3>Window</h3>
        <div class="pair">
          <FormField name="days" />
          {!isHidden("longestGapSecs") && <FormField name="longestGapSecs" />}
        </div>
        <Segments label="How a window is counted" options={COUNTED} value={form.counted} onChange={(counted) => change({ counted })} hideLabel />
      </section>
      <section>
        <h2>What is read off</h2>
        <Choice label="Loss" value={form.statistic} onChange={(statistic) => change({ statistic })} error={errors.get("statistic")}>
          {Object.entries(STATISTICS).map(([key, title]) => <option key={key} value={key}>{title}</option>)}
        </Choice>
        {!isHidden("worst") && <FormField name="worst" />}
        <div class="pair">
          <FormField name="difference" />
          <FormField name="margin" />
        </div>
      </section>
      <Fold title="Model and method" says={moreSays(form)} open={more.some((name) => errors.has(name))}>
        <Segments label="Fee model" options={FEE_MODELS} value={form.feeModel} onChange={(feeModel) => change({ feeModel })} />
        <FormField name="externalFee" />
        {!isHidden("averagingSecs") && <><FormField name="averagingSecs" /><AveragingMeans /></>}
        <Segments label="Arbitrageurs trade" options={TRADINGS} value={form.trading} onChange={(trading) => change({ trading })} />
        <p class="note"><Explained term="pseudoTrade">As published</Explained></p>
        <div class="pair">
          {!isHidden("dynamicFeeMultiplier") && <FormField name="dynamicFeeMultiplier" placeholder={form.feeModel === "v1" ? "0" : "0.25"} />}
          {!isHidden("poFeeDelay") && <FormField name="poFeeDelay" placeholder="2" />}
        </div>
        <FormField name="positionShift" />
        <Segments label="Candles" options={DIRECTIONS} value={form.direction} onChange={(direction) => change({ direction })} />
        <div class="pair">
          <FormField name="randomWindows" />
          <FormField name="randomSeeds" />
        </div>
        <Workers />
      </Fold>
      <p class="actions"><button type="button" class="quiet" onClick={() => change({ ...BLANK, workers: form.workers })}>All settings as at first</button></p>
    </form>
  );
}

function AveragingMeans() {
  const { form, change } = useSim();
  return <Segments label="What the averaging time means" options={AVERAGINGS} value={form.averaging} onChange={(averaging) => change({ averaging })} hideLabel />;
}

function moreSays(form: Form): string {
  return `${CHOICES.feeModel[form.feeModel]}${form.scanned === "time" ? "" : `, ${form.averagingSecs} s`}`;
}

function Workers() {
  const { processors } = useSim();
  return <FormField name="workers" placeholder={`${processors}, as many as this machine has processors`} />;
}

export function RunButton() {
  const { run, cancel, running, readings: { setup }, errors, series, reading } = useSim();
  // That a figure was not kept is mended by a run.
  const isRight = [...errors.keys()].every((name) => name === "statistic");
  const isReady = setup !== undefined && isRight && series !== undefined && reading === undefined;
  // One button, so that the focus stays on it.
  return running === undefined
    ? <button key="run" type="button" class="main" disabled={!isReady} onClick={run}>Run</button>
    : <button key="run" type="button" class="main" onClick={cancel}>Cancel</button>;
}
