// "Loan": the inputs and, beside them, the answer.

import "./loan.css";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { nowOf, open as openLoan } from "./answer";
import { LoanContext } from "./context";
import { AllBands } from "./all-bands";
import { BandChart, MarketBands } from "./band-chart";
import { EXAMPLES } from "./examples";
import { edit, type Form, type Session } from "./form";
import { ExactFigures, Formula } from "./formula";
import { Finding, Headline } from "./headline";
import { Inputs } from "./inputs";
import { KeyFigures } from "./key-figures";
import { fromFragment } from "./link";
import { PathFold } from "./price-path";
import { Share } from "./proof";
import { moved } from "./walk";

function firstSession(): Session {
  const [first] = EXAMPLES;
  if (first === undefined) throw new Error("There is no example to begin with.");
  return first.session();
}

export function LoanSection({ link }: { link: { fragment: string } }) {
  const [session, setSession] = useState(firstSession);
  const [wrongLink, setWrongLink] = useState<string>();
  useEffect(() => {
    const opened = fromFragment(link.fragment);
    setWrongLink(opened !== undefined && "wrong" in opened ? opened.wrong : undefined);
    if (opened !== undefined && "session" in opened) setSession(opened.session);
  }, [link]);
  const leaveLink = () => {
    setWrongLink(undefined);
    // From here on the address would name another loan than the one on the page.
    if (location.hash !== "#loan") history.replaceState(null, "", "#loan");
  };
  const change = useCallback((changes: Partial<Form>) => { leaveLink(); setSession((old) => edit(old, changes)); }, []);
  const move = useCallback((stop: number) => { leaveLink(); setSession((old) => ({ ...old, turns: moved(old.turns, stop) })); }, []);
  const open = useCallback((next: Session) => { leaveLink(); setSession(next); }, []);
  const answer = useMemo(() => openLoan(session), [session.form]);
  const now = useMemo(() => answer.opening && nowOf(answer.opening, session.turns), [answer, session.turns]);
  const refused = typeof now === "string" ? now : undefined;
  const opened = useMemo(
    () => (answer.opening === undefined || now === undefined || typeof now === "string" ? undefined : { opening: answer.opening, now }),
    [answer, now],
  );
  return (
    <LoanContext.Provider value={{ session, answer, opened, refused, change, move, open }}>
      {wrongLink !== undefined && <p class="wrong-link" role="alert">This link was not opened: {wrongLink} Nothing was changed.</p>}
      <div class="sheet loan">
        <Inputs />
        <div class="answer">
          <Headline />
          <div class="gist">
            <Finding />
            <KeyFigures />
            <BandChart />
            <Share />
          </div>
          <div class="details">
            <Formula />
            <div class="folds">
              <MarketBands />
              <PathFold />
              <AllBands />
              <ExactFigures />
            </div>
          </div>
        </div>
      </div>
    </LoanContext.Provider>
  );
}
