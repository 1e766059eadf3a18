// The loan as the fragment of a link: "#loan?v=1&A=100&…". A link that says anything unknown is refused as a whole.

import { BLANK, FIELDS, type Form, GENERATIONS, OWN, type Session } from "./form";
import { choiceOf } from "./presets";

const VERSION = "1";
const LONGEST_TEXT = 100;
/** More turns do not go into a link. */
export const MOST_TURNS = 100;
/** A longer way would make the page stand still. */
const LONGEST_WAY = 10_000;

const OF_A_CHAIN = "It was made from a loan on a chain, and shows a new one with its numbers in an empty market: name an endpoint and press Read for the real one.";

export type Opened = { session: Session } | { wrong: string };

export function toFragment({ form, turns }: Session): string {
  const query = new URLSearchParams({ v: VERSION });
  for (const name of Object.keys(BLANK) as (keyof Form)[]) if (form[name] !== BLANK[name]) query.set(name, form[name]);
  if (turns.length > 0 && turns.length <= MOST_TURNS) query.set("turns", turns.join("_"));
  return `#loan?${query}`;
}

/** Undefined where the fragment names the section alone. */
export function fromFragment(fragment: string): Opened | undefined {
  if (fragment === "#loan") return undefined;
  const [section, query, ...rest] = fragment.slice(1).split("?");
  if (section !== "loan" || query === undefined || rest.length > 0) {
    return { wrong: `it does not start with “#loan?” or “#apr?”, but with “${fragment.slice(0, 20)}”.` };
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
  let turns: number[] = [];
  for (const [name, text] of given) {
    if (name === "v" && given.getAll("v").length === 1) continue;
    if (given.getAll(name).length > 1) return { wrong: `it names “${name.slice(0, 40)}” twice.` };
    if (name === "turns") {
      turns = text.split("_").map(Number);
      if (turns.length > MOST_TURNS || !turns.every(Number.isInteger)) {
        return { wrong: `“turns” is not a list of at most ${MOST_TURNS} whole numbers.` };
      }
      const way = turns.reduce((sum, stop, at) => sum + Math.abs(stop - (turns[at - 1] ?? 0)), 0);
      if (way > LONGEST_WAY) return { wrong: `its price moves by ${way} steps; at most ${LONGEST_WAY} are followed.` };
      continue;
    }
    const wrong = refusal(name, text);
    if (wrong !== undefined) return { wrong };
    changes[name] = text;
  }
  return { session: { form: { ...BLANK, ...changes }, turns, source: `Opened from a link.${changes["user"] ? ` ${OF_A_CHAIN}` : ""}` } };
}

function refusal(name: string, text: string): string | undefined {
  if (name === "generation") {
    return Object.hasOwn(GENERATIONS, text) ? undefined : `“generation” is “${text.slice(0, 40)}”; it can be ${Object.keys(GENERATIONS).join(", ")}.`;
  }
  if (name === "market") return text === OWN || choiceOf(text) !== undefined ? undefined : `it names the market “${text.slice(0, 60)}”, which this page does not know.`;
  if (name !== "controller" && name !== "user" && !Object.hasOwn(FIELDS, name)) return `it names “${name.slice(0, 40)}”, which is no input of this page.`;
  return text.length > LONGEST_TEXT ? `“${name}” is longer than ${LONGEST_TEXT} characters.` : undefined;
}
