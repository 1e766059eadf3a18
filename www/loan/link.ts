// The loan as a link, "#loan?v=1&A=100&…".

import { linkTo, notOneOf, readLink, tooLong, unknown } from "../link";
import { BLANK, FIELDS, GENERATIONS, OWN, type Session } from "./form";
import { choiceOf } from "./presets";

/** More turns do not go into a link. */
export const MOST_TURNS = 100;
/** A longer way would make the page stand still. */
const LONGEST_WAY = 10_000;

const OF_A_CHAIN = "It was made from a loan on a chain, and shows a new one with its numbers in an empty market: name an endpoint and press Read for the real one.";

export type Opened = { session: Session } | { wrong: string };

export function toFragment({ form, turns }: Session): string {
  const link = linkTo("loan", BLANK, form);
  return turns.length > 0 && turns.length <= MOST_TURNS ? `${link}&turns=${turns.join("_")}` : link;
}

/** Undefined where the fragment names the section alone. */
export function fromFragment(fragment: string): Opened | undefined {
  if (fragment === "#loan") return undefined;
  const opened = readLink("loan", fragment, refusal);
  if ("wrong" in opened) return opened;
  const { turns, ...changes } = opened.given;
  return {
    session: {
      form: { ...BLANK, ...changes },
      turns: turns === undefined ? [] : turnsOf(turns),
      source: `Opened from a link.${changes["user"] ? ` ${OF_A_CHAIN}` : ""}`,
    },
  };
}

const turnsOf = (text: string) => text.split("_").map(Number);

function refusal(name: string, text: string): string | undefined {
  if (name === "generation") return notOneOf(Object.keys(GENERATIONS), name, text);
  if (name === "market") return text === OWN || choiceOf(text) !== undefined ? undefined : `it names the market “${text.slice(0, 60)}”, which this page does not know.`;
  if (name === "turns") return wrongTurns(turnsOf(text));
  return name === "controller" || name === "user" || Object.hasOwn(FIELDS, name) ? tooLong(name, text) : unknown(name);
}

function wrongTurns(turns: number[]): string | undefined {
  if (turns.length > MOST_TURNS || !turns.every(Number.isInteger)) return `“turns” is not a list of at most ${MOST_TURNS} whole numbers.`;
  const way = turns.reduce((sum, stop, at) => sum + Math.abs(stop - (turns[at - 1] ?? 0)), 0);
  return way > LONGEST_WAY ? `its price moves by ${way} steps; at most ${LONGEST_WAY} are followed.` : undefined;
}
