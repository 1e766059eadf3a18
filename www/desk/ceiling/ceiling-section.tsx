// "Debt ceiling": the files and settings and, beside them, the answer.

import "../desk.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Choice, Segments } from "../../field";
import { Figure } from "../../figure";
import { format } from "../../format";
import { DeskField } from "../desk-field";
import { Drop } from "../drop";
import { Finding } from "../finding";
import type { CeilingAsked, CeilingFound } from "../jobs";
import { readSettings, toFragment } from "../settings";
import { Share } from "../share";
import { SourcesFold } from "../sources";
import { useJob } from "../use-job";
import { type Link, useSettings } from "../use-settings";
import { keep } from "../visit";
import { wordOf } from "../word";
import { WrongLink } from "../wrong-link";
import { averageSays } from "./average";
import { CeilingChart } from "./ceiling-chart";
import { Conventions } from "./conventions";
import { exampleFile } from "./example";
import { QualityReport } from "./quality";
import { CHOICES, SPECS, USUAL } from "./settings";

const UNIT = { usd: "USD", tokens: "tokens" };

export function CeilingSection({ link }: { link: Link }) {
  const { settings, change, wrongLink } = useSettings("ceiling", USUAL, CHOICES, link);
  const [{ files, isExample }, setFiles] = useState(() => ({ files: [exampleFile()], isExample: true }));
  const read = useMemo(
    () => readSettings(settings, SPECS, ["days", "share", "digits", "warmUp", "carryDays", ...(settings.unit === "tokens" ? ["priceUsd" as const] : [])]),
    [settings],
  );
  const asked = useMemo((): CeilingAsked | undefined => {
    if (files.length === 0 || read.errors.size > 0) return undefined;
    const { number } = read;
    return {
      files, days: number("days"), share: number("share"), digits: number("digits"), warmUp: number("warmUp"), carryDays: number("carryDays"),
      ...(settings.unit === "tokens" ? { priceUsd: number("priceUsd") } : {}), convention: CHOICES.convention.indexOf(settings.convention),
    };
  }, [files, read]);
  const answer = useJob("ceiling", asked);
  const { found, asked: answered, refused, doing } = answer;
  useEffect(() => keep("ceiling", found && answered && { found, asked: answered, isExample }), [found]);

  const besides = (name: string) => (refused?.beside === name ? refused.says : undefined);
  const fileErrors = new Map(files.flatMap((_, index) => (refused?.beside === `file:${index}` ? [[index, refused.says] as const] : [])));
  if (files.length === 0) fileErrors.set(0, "Drop a file, or open the example.");
  const field = (name: keyof typeof USUAL) => (
    <DeskField name={name} spec={SPECS[name]} typed={settings[name]} read={read} refused={besides(name)} onInput={(text) => change({ [name]: text })} />
  );
  return (
    <>
      <WrongLink says={wrongLink} />
      <div class="sheet desk ceiling">
        <form class="inputs" aria-label="Inputs" onSubmit={(event) => event.preventDefault()}>
          <section class="examples">
            <h2>Example</h2>
            <ul>
              <li><button type="button" class="quiet" onClick={() => { change(USUAL); setFiles({ files: [exampleFile()], isExample: true }); }}>Two made-up pools</button></li>
            </ul>
            <p class="note">{isExample ? "Made up, to show how it works." : "From your own files. They stay in this browser."}</p>
          </section>
          <section>
            <h2>Liquidity</h2>
            <Drop
              label="Files with liquidity" hint="CSV or JSON, also .gz: a time or date, perhaps the pool, and what one can swap the collateral for. One file or several."
              files={files} errors={fileErrors}
              onAdd={(added) => setFiles((old) => ({ files: [...(old.isExample ? [] : old.files), ...added], isExample: false }))}
              onRemove={(at) => setFiles((old) => ({ ...old, files: old.files.filter((_, index) => index !== at) }))}
            />
            <Segments label="The files count" options={UNIT} value={settings.unit as keyof typeof UNIT} onChange={(unit) => change({ unit })} />
            {settings.unit === "tokens" && field("priceUsd")}
            {field("carryDays")}
          </section>
          <section>
            <h2>Ceiling</h2>
            <div class="pair">{field("share")}{field("digits")}</div>
            <div class="pair">{field("days")}{field("warmUp")}</div>
            <Choice label="Reading of the average" value={settings.convention} error={besides("convention")} onChange={(convention) => change({ convention })}>
              {CHOICES.convention.map((key, index) => <option key={key} value={key}>{found?.conventions[index] === undefined ? `Reading ${key}` : averageSays(found.conventions[index].convention)}</option>)}
            </Choice>
          </section>
        </form>
        <div class="answer">
          <div class="headline" aria-live="polite">
            <p class="large">{found === undefined ? "–" : <><Figure value={found.chosen.roundedUsd} as="plain" /><span class="large-unit">USD</span></>}</p>
            <p class="word">{wordOf(found && "Debt ceiling", asked === undefined || refused !== undefined, doing)}</p>
          </div>
          <div class="gist">
            <Finding answer={answer} says={found && answered && says(found, answered)} missing="Files and settings are needed: what is missing stands beside it." />
            {found && answered && (
              <>
                <Formula found={found} asked={answered} />
                <CeilingChart found={found} asked={answered} />
                <Share
                  fragment={() => toFragment("ceiling", USUAL, settings)}
                  proof={() => ({ settings, sources: found.sources, quality: found.quality, daily: found.daily, conventions: found.conventions })}
                />
              </>
            )}
          </div>
          {found && answered && (
            <div class="details">
              <Conventions found={found} />
              <div class="folds">
                <QualityReport found={found} />
                <SourcesFold sources={found.sources} />
              </div>
            </div>
          )}
        </div>
      </div>
    </>
  );
}

function says({ chosen: { convention, minimum, minimumDate } }: CeilingFound, { priceUsd }: CeilingAsked): string {
  return `The average of the liquidity was least on ${minimumDate}: ${format(minimum, "plain")} ${priceUsd === undefined ? "USD" : "tokens"}. Averaged with a ${averageSays(convention)}.`;
}

function Formula({ found: { chosen }, asked }: { found: CeilingFound; asked: CeilingAsked }) {
  const unit = asked.priceUsd === undefined ? "USD" : "tokens";
  const steps = [
    ["Least average", `${averageSays(chosen.convention)}; on ${chosen.minimumDate}`, chosen.minimum, unit],
    ["Ceiling", `${format(asked.share, "percent")} · ${format(chosen.minimum, "plain")}`, chosen.ceiling, unit],
    ...(asked.priceUsd === undefined ? [] : [["In USD", `${format(chosen.ceiling, "plain")} · ${format(asked.priceUsd, "usd")}`, chosen.ceilingUsd, "USD"] as const]),
    ["Rounded down", `to ${asked.digits} ${asked.digits === 1 ? "digit" : "digits"}`, chosen.roundedUsd, "USD"],
  ] as const;
  return (
    <table class="formula">
      <caption>How it comes about</caption>
      <tbody>
        {steps.map(([name, substituted, value, of]) => (
          <tr key={name}><th scope="row">{name}</th><td class="substituted">{substituted}</td><td class="number"><Figure value={value} as="plain" unit={of} /></td></tr>
        ))}
      </tbody>
    </table>
  );
}
