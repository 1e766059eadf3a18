import type { ComponentChildren } from "preact";
import { CopyButton } from "../copy-button";
import { version } from "../engine";

interface Props {
  fragment: () => string;
  /** What the proof holds beside the version. */
  proof?: () => object;
  /** Other things to do with the answer. */
  children?: ComponentChildren;
}

/** The link of the settings, and a record of files, settings and results. */
export function Share({ fragment, proof, children }: Props) {
  return (
    <div class="share">
      <p class="actions">
        <CopyButton label="Copy link" text={() => location.href.split("#")[0] + fragment()} />
        {proof && <CopyButton label="Copy proof" text={() => proofText(proof())} />}
        {children}
      </p>
      <p class="note">The link holds the settings, not the files.</p>
    </div>
  );
}

/** JSON has no columns and no integers of 256 bits: they become lists in which none is null, and texts of digits. */
function proofText(record: object): string {
  const plain = (_: string, part: unknown) => {
    if (typeof part === "bigint") return `${part}`;
    return part instanceof Float64Array ? Array.from(part, (row) => (Number.isNaN(row) ? null : row)) : part;
  };
  return `${JSON.stringify({ llamath: version, ...record }, plain, 2)}\n`;
}
