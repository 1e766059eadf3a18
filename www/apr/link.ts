// The form as the fragment of a link: "#apr?v=1&allocPoint=10&…". Only what differs from
// a blank form is written. A link that says anything unknown is refused as a whole.

import { BLANK, CHOICES, type ChoiceName, FIELDS, type FieldName, type Form, type Origins, type Session } from "./form";

const VERSION = "1";
const LONGEST_TEXT = 100;
const NAMES = Object.keys(BLANK) as (FieldName | ChoiceName)[];

export type Opened = { session: Session } | { wrong: string };

export function toFragment(form: Form): string {
  const query = new URLSearchParams({ v: VERSION });
  for (const name of NAMES) if (form[name] !== BLANK[name]) query.set(name, form[name]);
  return `#apr?${query}`;
}

/** Undefined where the fragment is no link to a form at all. */
export function fromFragment(fragment: string): Opened | undefined {
  if (fragment === "" || fragment === "#") return undefined;
  const [section, query, ...rest] = fragment.slice(1).split("?");
  if (section !== "apr" || query === undefined || rest.length > 0) {
    return { wrong: `it does not start with “#apr?”, but with “${fragment.slice(0, 20)}”.` };
  }
  try {
    // URLSearchParams would turn broken escapes into other text without a word.
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
  const origins: Origins = {};
  for (const [name, text] of given) {
    if (name === "v" && given.getAll("v").length === 1) continue;
    if (Object.hasOwn(changes, name) || name === "v") return { wrong: `it names “${name}” twice.` };
    const wrong = refusal(name, text);
    if (wrong !== undefined) return { wrong };
    changes[name] = text;
    if (name in FIELDS) origins[name as FieldName] = { says: "from a link", noted: false };
  }
  return { session: { form: { ...BLANK, ...changes }, origins, source: "Opened from a link." } };
}

function refusal(name: string, text: string): string | undefined {
  if (Object.hasOwn(CHOICES, name)) {
    const allowed = Object.keys(CHOICES[name as ChoiceName]);
    return allowed.includes(text) ? undefined : `“${name}” is “${text.slice(0, 40)}”; it can be ${allowed.join(", ")}.`;
  }
  if (!Object.hasOwn(FIELDS, name)) return `it names “${name.slice(0, 40)}”, which is no input of this page.`;
  return text.length > LONGEST_TEXT ? `“${name}” is longer than ${LONGEST_TEXT} characters.` : undefined;
}
