// The answer: the figure, one word, and the formula with the numbers put in.

import type { ProofStep, Verification } from "../engine";
import { Figure } from "../figure";
import { format, formatFull, formatText } from "../format";
import { Explained } from "../term";
import { useSheet } from "./context";

const WORD: Record<Verification["verdict"] | "unchecked" | "unanswered", string> = {
  matches: "Matches",
  explained: "Mismatch",
  notExplained: "Mismatch",
  paysNothing: "Mismatch",
  unchecked: "Unchecked",
  unanswered: "Incomplete",
};

export function Headline() {
  const { apr, verification } = useSheet().answer;
  const verdict = verification?.verdict ?? (apr === undefined ? "unanswered" : "unchecked");
  return (
    <div class="headline" role="status" aria-label="Answer">
      <p class="large">
        {apr === undefined ? "–" : <Figure value={apr.apr} as="percent" />}
        <span class="large-unit">APR</span>
      </p>
      <p class={WORD[verdict] === "Mismatch" ? "word differs" : "word"}>{WORD[verdict]}</p>
    </div>
  );
}

/** What the one word means here. */
export function Finding() {
  const { apr, verification, readings, errors, trouble } = useSheet().answer;
  if (apr === undefined) {
    const wrong = errors.size > 0 ? "Complete or correct the marked inputs; the answer appears as you type." : "There is no answer for these inputs.";
    return <p class="finding">{[wrong, ...trouble].join(" ")}</p>;
  }
  return (
    <p class="finding">
      {verification === undefined
        ? "Type the APR that the site shows, and it is checked against this figure."
        : says(verification, formatText(readings.text("displayed") ?? ""))}
      {trouble.map((one) => ` ${one}`)}
    </p>
  );
}

function says({ verdict, kMid, causes }: Verification, shown: string): string {
  if (verdict === "paysNothing") return `The site shows ${shown}%, but the pool pays nothing.`;
  if (verdict === "matches") return `The site shows ${shown}%: that is this figure, as far as its digits go.`;
  const times = kMid === undefined ? "" : `, ${format(kMid, "factor")} times the computed figure`;
  const [first] = causes;
  const alone = first?.names.length === 1 ? `This would explain it: ${first.says}` : "Two known mistakes together would explain it; see below.";
  const cause = verdict === "explained" ? alone : "No known mistake explains it.";
  return `The site shows ${shown}%${times}. ${cause}`;
}

const STEP: Record<string, string> = {
  weight: "Weight of the pool", tokensPerYear: "Tokens a year", usdPerYear: "USD a year", apr: "APR",
};
const STEP_PER = {
  block: { poolEmission: "Tokens a block", emissionsPerYear: "Blocks a year" },
  second: { poolEmission: "Tokens a second", emissionsPerYear: "Seconds a year" },
};

export function Formula() {
  const { answer: { proof }, session } = useSheet();
  if (proof === undefined) return null;
  const names: Record<string, string> = { ...STEP, ...STEP_PER[session.form.emissionPer] };
  return (
    // The phone's layout takes a table's own roles away, so they are spelled out.
    <table class="formula" role="table">
      <caption role="caption"><Explained term="apr">How the APR comes about</Explained></caption>
      <thead class="spoken" role="rowgroup">
        <tr role="row">{["Step", "Formula", "Numbers put in", "Value"].map((title) => <th key={title} scope="col" role="columnheader">{title}</th>)}</tr>
      </thead>
      <tbody role="rowgroup">
        {proof.steps.map((step) => (
          <tr key={step.name} role="row">
            <th scope="row" role="rowheader">{names[step.name] ?? step.name}</th>
            <td class="names" role="cell">{step.formula}</td>
            <td class="substituted" role="cell">{shorten(step)}</td>
            <td class="number" role="cell">= <Figure value={step.value} as={step.unit.startsWith("fraction") ? "percent" : "tokens"} tabStop={false} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The numbers of a formula at reading length; each keeps its full value. */
function shorten({ substituted }: ProofStep) {
  return substituted.split(/(\d+(?:\.\d+)?(?:e[+-]?\d+)?)/).map((part, at) => {
    if (at % 2 === 0) return part;
    const value = Number(part);
    return <data key={at} value={part} data-full={formatFull(value, "plain")} class="figure">{format(value, "tokens")}</data>;
  });
}
