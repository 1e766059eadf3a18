import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Answer, Now, Opening } from "./answer";
import type { Form, Session } from "./form";

interface Loan {
  session: Session;
  answer: Answer;
  /** Both are there, or neither. */
  opened: { opening: Opening; now: Now } | undefined;
  /** Why the price cannot go where it was sent. */
  refused: string | undefined;
  change: (changes: Partial<Form>) => void;
  move: (stop: number) => void;
  open: (session: Session) => void;
}

export const LoanContext = createContext<Loan | undefined>(undefined);

export function useLoan(): Loan {
  const loan = useContext(LoanContext);
  if (loan === undefined) throw new Error("This part of the page stands outside of its section.");
  return loan;
}
