// The settings of a section, and the link that they can come from.

import { useEffect, useState } from "preact/hooks";
import { fromFragment } from "./settings";

export interface Link {
  fragment: string;
}

export function useSettings<S extends Record<string, string>>(
  section: string, usual: S, choices: Readonly<Record<string, readonly string[]>>, link: Link, onLink?: () => void,
) {
  const [settings, setSettings] = useState(usual);
  const [wrongLink, setWrongLink] = useState<string>();
  useEffect(() => {
    const opened = fromFragment(section, usual, choices, link.fragment);
    setWrongLink(opened !== undefined && "wrong" in opened ? opened.wrong : undefined);
    if (opened === undefined || "wrong" in opened) return;
    setSettings(opened.settings);
    onLink?.();
  }, [link]);
  const change = (changes: Partial<S>) => {
    setWrongLink(undefined);
    // From here on the address would name other settings than those on the page.
    if (location.hash.startsWith(`#${section}?`)) history.replaceState(null, "", `#${section}`);
    setSettings((old) => ({ ...old, ...changes }));
  };
  return { settings, change, wrongLink };
}
