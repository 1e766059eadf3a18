// "Simulator": candles and settings, and beside them the value to choose.

import "./sim.css";
import { useEffect, useState } from "preact/hooks";
import { SimContext } from "./context";
import { Curve } from "./curve-chart";
import { Formula, KeyFigures } from "./discounts";
import { Events } from "./events";
import { Finding, Headline, Strip } from "./headline";
import { Inputs } from "./inputs";
import type { Form } from "./form";
import { fromFragment } from "./link";
import { AFeeMap } from "./map-chart";
import { Share } from "./proof";
import { Quality } from "./quality";
import { useSimulator } from "./simulator";

export function SimSection({ link }: { link: { fragment: string } }) {
  const simulator = useSimulator();
  const [wrongLink, setWrongLink] = useState<string>();
  useEffect(() => simulator.openExample(), []);
  useEffect(() => {
    const opened = fromFragment(link.fragment);
    setWrongLink(opened !== undefined && "wrong" in opened ? opened.wrong : undefined);
    if (opened !== undefined && "form" in opened) simulator.openForm(opened.form);
  }, [link]);
  const change = (changes: Partial<Form>) => {
    setWrongLink(undefined);
    // From here on the address would name other settings than those on the page.
    if (location.hash !== "#sim") history.replaceState(null, "", "#sim");
    simulator.change(changes);
  };
  return (
    <SimContext.Provider value={{ ...simulator, change }}>
      {wrongLink !== undefined && <p class="wrong-link" role="alert">This link was not opened: {wrongLink} Nothing was changed.</p>}
      <div class="sheet sim">
        <Inputs />
        <div class="answer">
          <Headline />
          <div class="gist">
            <Finding />
            <Strip />
            <KeyFigures />
            <Curve />
            <AFeeMap />
            <Share />
          </div>
          <div class="details">
            <Formula />
            <div class="folds">
              <Quality />
              <Events />
            </div>
          </div>
        </div>
      </div>
    </SimContext.Provider>
  );
}
