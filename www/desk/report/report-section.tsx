// "Market report": the parameters and, beside them, one page that prints.

import "../desk.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { CopyButton } from "../../copy-button";
import { Choice } from "../../field";
import { Figure } from "../../figure";
import { format } from "../../format";
import { DeskField } from "../desk-field";
import { download } from "../../download";
import { Finding } from "../finding";
import type { Generation, OraclesFound, ReportAsked, ReportFound, UpdateGaps } from "../jobs";
import { readSettings, toFragment } from "../settings";
import { Share } from "../share";
import { TextField } from "../text-field";
import { useJob } from "../use-job";
import { type Link, useSettings } from "../use-settings";
import { type Simulated, useVisit } from "../visit";
import { wordOf } from "../word";
import { WrongLink } from "../wrong-link";
import { ReportPage } from "./report-page";
import { CHOICES, EXAMPLES, GENERATIONS, NUMBERS, type Settings, SPECS, USUAL } from "./settings";

type Part = "ceiling" | "oracles";
const PARTS: Record<Part, string> = { ceiling: "Debt ceiling", oracles: "Oracles" };

export function ReportSection({ link }: { link: Link }) {
  const [source, setSource] = useState(EXAMPLES[0]?.says ?? "");
  const { settings, change, wrongLink } = useSettings("report", USUAL, CHOICES, link, () => setSource("Opened from a link."));
  const visit = useVisit();
  // Own files go in by themselves, an example only when it is asked for.
  const [wanted, setWanted] = useState<Partial<Record<Part, boolean>>>({});
  const isIn = (part: Part) => visit[part] !== undefined && (wanted[part] ?? !visit[part]?.isExample);
  const [ceiling, oracles] = [isIn("ceiling") ? visit.ceiling : undefined, isIn("oracles") ? visit.oracles : undefined];

  const take = (from: Simulated) => {
    setSource(from.isExample ? "From the simulator, on its made-up candles." : `From the simulator, on ${from.sources.map(({ file }) => file).join(", ")}.`);
    change(typed(from));
  };
  // What was handed over is taken at once.
  useEffect(() => { if (visit.simulated !== undefined) take(visit.simulated); }, [visit.simulated]);
  const simulated = visit.simulated !== undefined && isTyped(visit.simulated, settings) ? visit.simulated : undefined;

  const read = useMemo(() => readSettings(settings, SPECS, NUMBERS), [settings]);
  const unnamed = { collateral: settings.collateral.trim() === "", chain: settings.chain.trim() === "" };
  const asked = useMemo((): ReportAsked | undefined => {
    if (read.errors.size > 0 || unnamed.collateral || unnamed.chain) return undefined;
    const { number } = read;
    return {
      collateral: settings.collateral.trim(), chain: settings.chain.trim(), generation: settings.generation as Generation,
      A: number("A"), fee: number("fee"), loss: number("loss"), margin: number("margin"), price: number("price"),
      collateralDecimals: number("collateralDecimals"), borrowedDecimals: number("borrowedDecimals"),
      ...(simulated && { scans: simulated.scans }), ...(ceiling && { ceiling: ceiling.found.chosen }), ...(oracles && { oracles: oracles.found.comparison, updates: updatesOf(oracles.found) }),
      sources: [...(simulated?.sources ?? []), ...(ceiling?.found.sources ?? []), ...(oracles?.found.sources ?? [])],
    };
  }, [read, simulated, ceiling, oracles]);
  const answer = useJob("report", asked);
  const { found, refused, doing } = answer;

  const put = (changes: Partial<Settings>) => { setSource("Entered on the page."); change(changes); };
  const field = (name: keyof Settings, note?: string) => (
    <DeskField
      name={name} spec={SPECS[name]} typed={settings[name]} read={read} refused={refused?.beside === name ? refused.says : undefined}
      onInput={(text) => put({ [name]: text })} note={note}
    />
  );
  const name = (key: "collateral" | "chain", label: string) => (
    <TextField label={label} value={settings[key]} onInput={(text) => put({ [key]: text })} error={unnamed[key] ? "A name is needed." : undefined} />
  );
  const save = (kind: "json" | "md", text: string) => download(`${settings.collateral}-${settings.chain}.${kind}`.replaceAll(/[^\w.-]+/g, "-"), [text]);
  return (
    <>
      <WrongLink says={wrongLink} />
      <div class="sheet desk report">
        <form class="inputs" aria-label="Inputs" onSubmit={(event) => event.preventDefault()}>
          <section class="examples">
            <h2>Examples</h2>
            <ul>
              {EXAMPLES.map(({ title, settings: example, says }) => (
                <li key={title}><button type="button" class="quiet" onClick={() => { change(example); setSource(says); }}>{title}</button></li>
              ))}
            </ul>
            <p class="note">{source}</p>
          </section>
          <section>
            <h2>The market</h2>
            <div class="pair">{name("collateral", "Collateral")}{name("chain", "Chain")}</div>
            <Choice label="Contracts" value={settings.generation} onChange={(generation) => put({ generation })}>
              {Object.entries(GENERATIONS).map(([key, title]) => <option key={key} value={key}>{title}</option>)}
            </Choice>
            <div class="pair">{field("A")}{field("fee")}</div>
            <div class="pair">{field("loss")}{field("margin")}</div>
            {visit.simulated === undefined
              ? <p class="note">A, fee and loss can be simulated on your candles: <a href="#sim">open the Simulator</a>.</p>
              : simulated === undefined && <p class="fill"><button type="button" class="quiet" onClick={() => visit.simulated && take(visit.simulated)}>Take the simulator's: A {visit.simulated.A}, fee {typed(visit.simulated).fee}%, loss {format(visit.simulated.loss, "percent")}</button></p>}
            {field("price")}
            <div class="pair">{field("collateralDecimals")}{field("borrowedDecimals")}</div>
          </section>
          <section class="parts">
            <h2>From the other sections</h2>
            {(Object.entries(PARTS) as [Part, string][]).map(([part, title]) => (
              <div key={part}>
                <label class="check">
                  <input type="checkbox" checked={isIn(part)} disabled={visit[part] === undefined} onChange={(event) => setWanted({ ...wanted, [part]: event.currentTarget.checked })} />
                  {title}
                </label>
                <p class="note">{visit[part] === undefined
                  ? <>Nothing computed in this visit. <a href={`#${part}`}>Open the section</a>.</>
                  : visit[part].isExample ? "The example of that section: made up." : "From your own files."}</p>
              </div>
            ))}
          </section>
        </form>
        <div class="answer">
          <div class="headline" aria-live="polite">
            <p class="large">{found === undefined ? "–" : <><Figure value={found.liquidationDiscount} as="percent" /> / <Figure value={found.loanDiscount} as="percent" /><span class="large-unit">discounts</span></>}</p>
            <p class="word">{wordOf(found && "Recommended", asked === undefined || refused !== undefined, doing)}</p>
          </div>
          <div class="gist">
            <Finding answer={answer} says={found && says(found)} missing={asked === undefined ? "One of the inputs needs attention: what is wrong stands beside it." : "Computing."} />
            {found && (
              <Share fragment={() => toFragment("report", USUAL, settings)}>
                <CopyButton label="Copy JSON" text={() => found.json} />
                <CopyButton label="Copy Markdown" text={() => found.markdown} />
                <button type="button" class="quiet" onClick={() => save("json", found.json)}>Download JSON</button>
                <button type="button" class="quiet" onClick={() => save("md", found.markdown)}>Download Markdown</button>
                <button type="button" class="quiet" onClick={() => print()}>Print</button>
              </Share>
            )}
          </div>
          {found && <div class="details"><ReportPage found={found} ceiling={ceiling} oracles={oracles} simulated={simulated} /></div>}
        </div>
      </div>
    </>
  );
}

function says({ liquidationDiscount, loanDiscount, collateral, chain }: ReportFound): string {
  return `Liquidation discount ${format(liquidationDiscount, "percent")}, loan discount ${format(loanDiscount, "percent")} for ${collateral} on ${chain}.`;
}

/** How often the feeds change. */
const updatesOf = ({ feeds, roundGaps }: OraclesFound): UpdateGaps[] => [
  ...feeds.flatMap(({ name, perRun, timeWeighted }): UpdateGaps[] => [{ feed: name, of: "runs", lengths: perRun }, { feed: name, of: "time", lengths: timeWeighted }]),
  ...(roundGaps ? [{ feed: "Chainlink", of: "rounds" as const, lengths: roundGaps }] : []),
];

/** As a user would type them, in percents. */
function typed({ A, fee, loss }: Simulated): Pick<Settings, "A" | "fee" | "loss"> {
  const percents = (fraction: number) => `${Number((100 * fraction).toPrecision(12))}`;
  return { A: `${A}`, fee: percents(fee), loss: percents(loss) };
}

function isTyped(simulated: Simulated, settings: Settings): boolean {
  const { A, fee, loss } = typed(simulated);
  return settings.A === A && settings.fee === fee && settings.loss === loss;
}
