import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Simulator } from "./simulator";

export const SimContext = createContext<Simulator | undefined>(undefined);

export function useSim(): Simulator {
  const sim = useContext(SimContext);
  if (sim === undefined) throw new Error("This part of the page stands outside of its section.");
  return sim;
}
