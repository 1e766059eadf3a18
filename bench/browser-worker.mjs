import init, { oracle } from "../pkg/risk-web.js";
import { compareFeeds } from "./feeds.mjs";

await init();
postMessage(compareFeeds(oracle));
