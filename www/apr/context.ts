import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Answer } from "./answer";
import type { Form, Origin, Session } from "./form";

interface Sheet {
  session: Session;
  answer: Answer;
  change: (changes: Partial<Form>, origin?: Origin) => void;
  open: (session: Session) => void;
}

export const SheetContext = createContext<Sheet | undefined>(undefined);

export function useSheet(): Sheet {
  const sheet = useContext(SheetContext);
  if (sheet === undefined) throw new Error("This part of the page stands outside of its sheet.");
  return sheet;
}
