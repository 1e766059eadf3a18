// What is taken along: the settings as a link, and what was computed from which bytes.

import { version } from "../engine";
import { CopyButton } from "../copy-button";
import { useSim } from "./context";
import { toFragment } from "./link";
import { UseInReport } from "./to-report";

export function Share() {
  const { form, result, series, isExample, isStale } = useSim();
  const proof = () => {
    if (result === undefined || series === undefined) return "";
    const { judgement, setup, judging } = result;
    return `${JSON.stringify({
      what: "A scan of LLAMMA's parameters, simulated by llamath",
      version,
      candles: series.map(({ name, rows, quality, sha256 }) => ({ name: isExample ? "the page's example" : name, rows, sha256, quality })),
      setup, judging,
      result: judgement,
    }, null, 2)}\n`;
  };
  return (
    <div class="share">
      <p class="actions">
        <CopyButton label="Copy link" text={() => new URL(toFragment(form), location.href).href} />
        {result !== undefined && !result.isPartial && !isStale && <CopyButton label="Copy proof" text={proof} />}
        <UseInReport />
      </p>
      <p class="note">The link holds the settings, not the candles.</p>
    </div>
  );
}
