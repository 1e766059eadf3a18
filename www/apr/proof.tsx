import { CopyButton } from "../copy-button";
import { version } from "../engine";
import { Fold } from "../fold";
import { Explained } from "../term";
import { useSheet } from "./context";
import { toFragment } from "./link";

export function Share() {
  const { session, answer } = useSheet();
  const { proof } = answer;
  return (
    <p class="actions">
      <CopyButton label="Copy link" text={() => new URL(toFragment(session.form), location.href).href} />
      {proof && <CopyButton label="Copy proof" text={() => proof.json} />}
    </p>
  );
}

export function ProofRecord() {
  const { proof } = useSheet().answer;
  if (proof === undefined) return null;
  return (
    <Fold title="Proof" says={`SHA-256 ${proof.sha256.slice(0, 8)}…`}>
      <p>
        <Explained term="proof">Record</Explained> of the computation as canonical JSON (RFC 8785), engine {version}; SHA-256 of its UTF-8 bytes:
      </p>
      <p class="hash">{proof.sha256}</p>
      <pre tabIndex={0} role="region" aria-label="Proof as JSON">{JSON.stringify(JSON.parse(proof.json), null, 2)}</pre>
    </Fold>
  );
}
