// Oracles through the package, against the same metrics in plain JavaScript.
import { oracle } from "llamath/risk";
import { compareFeeds, told } from "./feeds.mjs";

export const riskResults = () => told("in Node", compareFeeds(oracle));
