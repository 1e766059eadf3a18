// "Oracles": the files and, beside them, how far each feed is from the market.

import "../desk.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Segments } from "../../field";
import { Figure } from "../../figure";
import { DeskField } from "../desk-field";
import { Drop } from "../drop";
import { Finding } from "../finding";
import type { OraclesAsked, OraclesFound, Slot } from "../jobs";
import { readSettings, toFragment } from "../settings";
import { Share } from "../share";
import { SourcesFold } from "../sources";
import { useJob } from "../use-job";
import { type Link, useSettings } from "../use-settings";
import { keep } from "../visit";
import { wordOf } from "../word";
import { WrongLink } from "../wrong-link";
import { exampleFiles } from "./example";
import { FeedCharts } from "./feed-charts";
import { StandsStill } from "./stands-still";
import { CHOICES, SPECS, USUAL } from "./settings";
import { Metrics, Rankings, Window } from "./tables";

const KIND = { candles: "candles", spot: "prices at their time" };
const DIVISOR = { countLessOne: "count less 1", count: "count" };
const BASE = { token0: "token0", token1: "token1" };
type Files = Partial<Record<Slot, File>>;

export function OraclesSection({ link }: { link: Link }) {
  const { settings, change, wrongLink } = useSettings("oracles", USUAL, CHOICES, link);
  const [{ files, isExample }, setFiles] = useState<{ files: Files; isExample: boolean }>(() => ({ files: exampleFiles(), isExample: true }));
  const read = useMemo(() => readSettings(settings, SPECS, [
    "lagSteps", ...(files.rounds ? ["decimals" as const] : []), ...(files.observations ? ["baseDecimals", "quoteDecimals", "twapSecs"] as const : []),
  ]), [settings, files]);
  const missing = { feed: files.rounds === undefined && files.observations === undefined, prices: files.prices === undefined };
  const asked = useMemo((): OraclesAsked | undefined => {
    if (missing.feed || missing.prices || read.errors.size > 0) return undefined;
    // What is not needed is not asked about, but must be a number.
    const number = (name: keyof typeof USUAL) => (read.readings.has(name) ? read.number(name) : 0);
    return {
      files, decimals: number("decimals"), baseDecimals: number("baseDecimals"), quoteDecimals: number("quoteDecimals"), twapSecs: number("twapSecs"),
      baseIsToken0: settings.base === "token0", kind: settings.kind as OraclesAsked["kind"], lagSteps: number("lagSteps"),
      divisor: settings.divisor as OraclesAsked["divisor"],
    };
  }, [files, read]);
  const answer = useJob("oracles", asked);
  const { found, refused, doing } = answer;
  useEffect(() => keep("oracles", found && { found, isExample }), [found]);

  const put = (slot: Slot, file: File) => setFiles((old) => ({ files: { ...(old.isExample ? {} : old.files), [slot]: file }, isExample: false }));
  const take = (slot: Slot) => setFiles(({ files: { [slot]: _, ...others }, ...old }) => ({ ...old, files: others }));
  const lacks: Partial<Record<Slot, string>> = {
    ...(missing.feed ? { rounds: "Rounds or observations are needed." } : {}), ...(missing.prices ? { prices: "A market's prices are needed." } : {}),
  };
  const drop = (slot: Slot, label: string, hint: string) => {
    const file = files[slot];
    const says = refused?.beside === `file:${slot}` ? refused.says : lacks[slot];
    return (
      <Drop
        label={label} hint={hint} single files={file === undefined ? [] : [file]} errors={new Map(says === undefined ? [] : [[0, says]])}
        onAdd={([first]) => first && put(slot, first)} onRemove={() => take(slot)}
      />
    );
  };
  const field = (name: keyof typeof USUAL) => (
    <DeskField
      name={name} spec={SPECS[name]} typed={settings[name]} read={read} refused={refused?.beside === name ? refused.says : undefined}
      onInput={(text) => change({ [name]: text })}
    />
  );
  return (
    <>
      <WrongLink says={wrongLink} />
      <div class="sheet desk oracles">
        <form class="inputs" aria-label="Inputs" onSubmit={(event) => event.preventDefault()}>
          <section class="examples">
            <h2>Example</h2>
            <ul>
              <li><button type="button" class="quiet" onClick={() => { change(USUAL); setFiles({ files: exampleFiles(), isExample: true }); }}>Two made-up days with a crash</button></li>
            </ul>
            <p class="note">{isExample ? "Made up, to show how it works. Your first own file takes the place of all three." : "From your own files. They stay in this browser."}</p>
          </section>
          <section>
            <h2>The market</h2>
            {drop("prices", "Prices of the market", "CSV or JSON, also .gz: candles of a minute, or times and prices.")}
            <Segments label="They are" options={KIND} value={settings.kind as keyof typeof KIND} onChange={(kind) => change({ kind })} />
            <p class="note">{settings.kind === "candles" ? "A candle is stamped with its opening; its close counts a minute later, when it is known." : "Each price counts at its stamp. With candles that is a minute before the close is known."}</p>
          </section>
          <section>
            <h2>Chainlink</h2>
            {drop("rounds", "Rounds of a feed", "CSV or JSON, also .gz: round id, answer and time; or times and prices.")}
            {field("decimals")}
          </section>
          <section>
            <h2>Uniswap v3</h2>
            {drop("observations", "Observations of a pool", "CSV or JSON, also .gz: time, cumulated ticks and seconds per liquidity.")}
            <div class="pair">{field("baseDecimals")}{field("quoteDecimals")}</div>
            <Segments label="The base is" options={BASE} value={settings.base as keyof typeof BASE} onChange={(base) => change({ base })} />
            {field("twapSecs")}
          </section>
          <section>
            <h2>Comparison</h2>
            {field("lagSteps")}
            <Segments label="Variances divide by" options={DIVISOR} value={settings.divisor as keyof typeof DIVISOR} onChange={(divisor) => change({ divisor })} />
          </section>
        </form>
        <div class="answer">
          <Headline found={found} word={wordOf(found && `${found.feeds.length} feeds`, asked === undefined || refused !== undefined, doing)} />
          <div class="gist">
            <Finding answer={answer} says={found && says(found)} missing="Files and settings are needed: what is missing stands beside them." />
            {found && (
              <>
                <Window comparison={found.comparison} />
                <FeedCharts found={found} />
                <Share
                  fragment={() => toFragment("oracles", USUAL, settings)}
                  proof={() => ({
                    settings, sources: found.sources, comparison: found.comparison, roundGaps: found.roundGaps, precision: found.precision,
                    standsStill: found.feeds.map(({ name, perRun, timeWeighted, yearlyVolatility }) => ({ name, perRun, timeWeighted, yearlyVolatility })),
                  })}
                />
              </>
            )}
          </div>
          {found && (
            <div class="details">
              <Metrics found={found} />
              <Rankings comparison={found.comparison} />
              <div class="folds">
                <StandsStill found={found} />
                <SourcesFold sources={found.sources} />
              </div>
            </div>
          )}
        </div>
      </div>
    </>
  );
}

function nearest({ comparison }: OraclesFound) {
  const places = comparison.rankings.find(({ measure }) => measure === "rmse")?.places;
  return comparison.feeds[places?.indexOf(1) ?? -1];
}

function Headline({ found, word }: { found: OraclesFound | undefined; word: string }) {
  const first = found && nearest(found);
  return (
    <div class="headline" aria-live="polite">
      <p class="large">{first === undefined ? "–" : <><Figure value={first.metrics.rmse} as="measured" /><span class="large-unit">least RMSE</span></>}</p>
      <p class="word">{word}</p>
    </div>
  );
}

function says(found: OraclesFound): string {
  return `“${nearest(found)?.name ?? ""}” has the least RMSE in this window. Another window, or another measure, can put the feeds in another order.`;
}
