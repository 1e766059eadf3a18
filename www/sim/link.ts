// The settings as the fragment of a link: "#sim?v=1&scanned=fee&…". Candles are in no link. One that says anything unknown is refused as a whole.

import { BLANK, CHOICES, type Form, OF_MACHINE } from "./form";

const VERSION = "1";
const LONGEST_TEXT = 500;

export function toFragment(form: Form): string {
  const query = new URLSearchParams({ v: VERSION });
  for (const name of Object.keys(BLANK) as (keyof Form)[]) {
    if (form[name] !== BLANK[name] && name !== OF_MACHINE) query.set(name, form[name]);
  }
  return `#sim?${query}`;
}

/** Undefined where the fragment names the section alone. */
export function fromFragment(fragment: string): { form: Form } | { wrong: string } | undefined {
  if (fragment === "#sim") return undefined;
  const [section, query, ...rest] = fragment.slice(1).split("?");
  if (section !== "sim" || query === undefined || rest.length > 0) {
    return { wrong: `it does not start with “#sim?”, but with “${fragment.slice(0, 20)}”.` };
  }
  try {
    decodeURIComponent(query.replaceAll("+", " "));
  } catch {
    return { wrong: "a “%” in it is not followed by two hexadecimal digits. It may have been cut off." };
  }
  const given = new URLSearchParams(query);
  const version = given.get("v");
  if (version !== VERSION) {
    return { wrong: version === null ? "it does not say its version (“v=1”)." : `its version is “${version}”; this page reads version ${VERSION}.` };
  }
  const changes: Record<string, string> = {};
  for (const [name, text] of given) {
    if (given.getAll(name).length > 1) return { wrong: `it names “${name.slice(0, 40)}” twice.` };
    if (name === "v") continue;
    const wrong = refusal(name, text);
    if (wrong !== undefined) return { wrong };
    changes[name] = text;
  }
  return { form: { ...BLANK, ...changes } };
}

function refusal(name: string, text: string): string | undefined {
  if (!Object.hasOwn(BLANK, name) || name === OF_MACHINE) return `it names “${name.slice(0, 40)}”, which is no setting of the simulator.`;
  const options: Readonly<Record<string, string>> | undefined = CHOICES[name as keyof typeof CHOICES];
  if (options !== undefined && !Object.hasOwn(options, text)) {
    return `“${name}” is “${text.slice(0, 40)}”; it can be ${Object.keys(options).join(", ")}.`;
  }
  return text.length > LONGEST_TEXT ? `“${name}” is longer than ${LONGEST_TEXT} characters.` : undefined;
}
