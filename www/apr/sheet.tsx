// "Check an APR": the inputs and, beside them, the answer.

import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { answer } from "./answer";
import { Apy } from "./apy";
import { ShownAgainstComputed } from "./bars";
import { Compare } from "./compare";
import { SheetContext } from "./context";
import { EXAMPLES, open as openExample } from "./examples";
import { edit, type Form, type Origin, type Session } from "./form";
import { Finding, Formula, Headline } from "./headline";
import { ImpermanentLoss } from "./impermanent-loss";
import { Inputs } from "./inputs";
import { fromFragment } from "./link";
import { Payout } from "./payout";
import { ProofRecord, Share } from "./proof";
import { BestCompounding, Returns } from "./returns";
import { Verdict } from "./verdict";

function firstSession(): Session {
  const [first] = EXAMPLES;
  if (first === undefined) throw new Error("There is no example to begin with.");
  return openExample(first);
}

export function Sheet() {
  const [session, setSession] = useState(firstSession);
  const [wrongLink, setWrongLink] = useState<string>();
  useEffect(() => {
    const follow = () => {
      const opened = fromFragment(location.hash);
      setWrongLink(opened !== undefined && "wrong" in opened ? opened.wrong : undefined);
      if (opened !== undefined && "session" in opened) setSession(opened.session);
    };
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const leaveLink = () => {
    setWrongLink(undefined);
    // From here on the address would name another form than the one on the page.
    if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
  };
  const change = useCallback((changes: Partial<Form>, origin?: Origin) => { leaveLink(); setSession((old) => edit(old, changes, origin)); }, []);
  const open = useCallback((next: Session) => { leaveLink(); setSession(next); }, []);
  const answered = useMemo(() => answer(session), [session]);
  return (
    <SheetContext.Provider value={{ session, answer: answered, change, open }}>
      {wrongLink !== undefined && <p class="wrong-link" role="alert">This link was not opened: {wrongLink} Nothing was changed.</p>}
      <div class="sheet">
        <Inputs />
        <div class="answer" id="answer">
          <Headline />
          <div class="gist">
            <Finding />
            <Formula />
            <ShownAgainstComputed />
            <Share />
          </div>
          <div class="details">
            <Verdict />
            <div class="folds">
              <Payout />
              <Apy />
              <Returns />
              <BestCompounding />
              <Compare />
              <ImpermanentLoss />
              <ProofRecord />
            </div>
          </div>
        </div>
      </div>
    </SheetContext.Provider>
  );
}
