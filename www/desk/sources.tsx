import { Fold } from "../fold";
import { minute } from "../dates";
import type { Provenance } from "./jobs";

/** The files behind an answer, so that anybody can tell whether they have the same ones. */
export function Sources({ sources }: { sources: readonly Provenance[] }) {
  return (
    <dl class="provenance">
      {sources.map(({ role, file, sha256, rows, fromSecs, toSecs, options, quality }, index) => (
        <div key={index}>
          <dt>{file} <span class="note">{role}</span></dt>
          <dd>{rows.toLocaleString("en")} rows, {minute(fromSecs)} to {minute(toSecs)} UTC; {options}{quality !== undefined && `; ${quality}`}</dd>
          <dd class="hash">SHA-256 {sha256}</dd>
        </div>
      ))}
    </dl>
  );
}

export function SourcesFold({ sources }: { sources: readonly Provenance[] }) {
  const says = sources.length === 1 ? "1, with its SHA-256" : `${sources.length}, with their SHA-256`;
  return <Fold title="Files" says={says}><Sources sources={sources} /></Fold>;
}
