// The settings as a link, "#sim?v=1&scanned=fee&…". Candles are in no link.

import { linkTo, notOneOf, readLink, tooLong, unknown } from "../link";
import { BLANK, CHOICES, type Form, OF_MACHINE } from "./form";

/** Of a list of values. */
const LONGEST_TEXT = 500;

export const toFragment = (form: Form): string => linkTo("sim", BLANK, { ...form, [OF_MACHINE]: BLANK[OF_MACHINE] });

/** Undefined where the fragment names the section alone. */
export function fromFragment(fragment: string): { form: Form } | { wrong: string } | undefined {
  if (fragment === "#sim") return undefined;
  const opened = readLink("sim", fragment, refusal);
  return "wrong" in opened ? opened : { form: { ...BLANK, ...opened.given } };
}

function refusal(name: string, text: string): string | undefined {
  if (!Object.hasOwn(BLANK, name) || name === OF_MACHINE) return unknown(name);
  const choices: Readonly<Record<string, string>> | undefined = CHOICES[name as keyof typeof CHOICES];
  return choices === undefined ? tooLong(name, text, LONGEST_TEXT) : notOneOf(Object.keys(choices), name, text);
}
