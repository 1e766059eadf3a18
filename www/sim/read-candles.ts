// The bytes of a file as candles. Only this function knows how the package takes them.

import type { CandleReading } from "llamath/risk";
import { sim } from "llamath/risk/sweep";

export const readCandles = (bytes: Uint8Array): CandleReading => sim.readCandles({ text: bytes });
