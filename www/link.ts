// Texts as the fragment of a link: "#apr?v=1&allocPoint=10&…". Only what differs from the usual is
// written. A link that says anything unknown is refused as a whole.

const VERSION = "1";

type Texts = Readonly<Record<string, string>>;

export function linkTo(section: string, usual: Texts, texts: Texts): string {
  const query = new URLSearchParams({ v: VERSION });
  for (const [name, text] of Object.entries(texts)) if (text !== usual[name]) query.set(name, text);
  return `#${section}?${query}`;
}

/** The texts that a link gives, unless `refusal` says of one what is wrong with it. */
export function readLink(section: string, fragment: string, refusal: (name: string, text: string) => string | undefined): { given: Texts } | { wrong: string } {
  const head = `#${section}?`;
  if (!fragment.startsWith(head)) return { wrong: `it does not start with “${head}”, but with “${fragment.slice(0, 20)}”.` };
  const query = fragment.slice(head.length);
  try {
    // URLSearchParams would turn broken escapes into other text without a word.
    decodeURIComponent(query.replaceAll("+", " "));
  } catch {
    return { wrong: "a “%” in it is not followed by two hexadecimal digits. It may have been cut off." };
  }
  const all = new URLSearchParams(query);
  const version = all.get("v");
  if (version !== VERSION) {
    return { wrong: version === null ? "it does not say its version (“v=1”)." : `its version is “${version.slice(0, 20)}”; this page reads version ${VERSION}.` };
  }
  const given: Record<string, string> = {};
  for (const [name, text] of all) {
    if (all.getAll(name).length > 1) return { wrong: `it names “${name.slice(0, 40)}” twice.` };
    if (name === "v") continue;
    const wrong = refusal(name, text);
    if (wrong !== undefined) return { wrong };
    given[name] = text;
  }
  return { given };
}

export const unknown = (name: string): string => `it names “${name.slice(0, 40)}”, which is no input of this page.`;

/** What is wrong with a text that must be one of some. */
export const notOneOf = (allowed: readonly string[], name: string, text: string): string | undefined =>
  allowed.includes(text) ? undefined : `“${name}” is “${text.slice(0, 40)}”; it can be ${allowed.join(", ")}.`;

/** What is wrong with a text that is typed. */
export const tooLong = (name: string, text: string, longest = 100): string | undefined =>
  text.length > longest ? `“${name}” is longer than ${longest} characters.` : undefined;
