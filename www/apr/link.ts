// The form as a link, "#apr?v=1&allocPoint=10&…".

import { linkTo, notOneOf, readLink, tooLong, unknown } from "../link";
import { BLANK, CHOICES, type ChoiceName, FIELDS, type FieldName, type Form, type Origins, type Session } from "./form";

export type Opened = { session: Session } | { wrong: string };

export const toFragment = (form: Form): string => linkTo("apr", BLANK, form);

/** Undefined where the fragment is no link to a form at all. */
export function fromFragment(fragment: string): Opened | undefined {
  if (fragment === "" || fragment === "#apr") return undefined;
  const opened = readLink("apr", fragment, refusal);
  if ("wrong" in opened) return opened;
  const origins: Origins = {};
  for (const name of Object.keys(opened.given)) {
    if (name in FIELDS) origins[name as FieldName] = { says: "from a link", noted: false };
  }
  return { session: { form: { ...BLANK, ...opened.given }, origins, source: "Opened from a link." } };
}

function refusal(name: string, text: string): string | undefined {
  if (Object.hasOwn(CHOICES, name)) return notOneOf(Object.keys(CHOICES[name as ChoiceName]), name, text);
  return Object.hasOwn(FIELDS, name) ? tooLong(name, text) : unknown(name);
}
