// The same comparison of oracles in a browser: the built package in one module worker of Chromium.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium } from "playwright-core";
import { told } from "./feeds.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ROOT = new URL("../", import.meta.url);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const PAGE = "<!doctype html><title>bench</title>";
const MOST_MS = 120_000;

/** The repository's own files, and an empty page. */
async function serve() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    const isOurs = /^\/(pkg|bench)\/[\w-]+\.(js|mjs|wasm)$/.test(pathname);
    const body = pathname === "/" ? PAGE : isOurs ? await readFile(new URL(`.${pathname}`, ROOT)).catch(() => undefined) : undefined;
    response.writeHead(body === undefined ? 404 : 200, { "content-type": TYPES[extname(pathname)] ?? TYPES[".html"] }).end(body);
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export async function browserResults() {
  if (!existsSync(CHROMIUM)) throw new Error(`There is no Chromium at ${CHROMIUM}; name one in CHROMIUM.`);
  const site = await serve();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(MOST_MS);
    await page.goto(site.url);
    const found = await page.evaluate(() => new Promise((resolve, reject) => {
      const worker = new Worker("/bench/browser-worker.mjs", { type: "module" });
      worker.onmessage = ({ data }) => { resolve(data); };
      worker.onerror = ({ message }) => { reject(new Error(`The worker failed: ${message || "it could not be loaded."}`)); };
    }));
    return told(`in Chromium ${browser.version().split(".")[0]}`, found);
  } finally {
    await browser.close();
    site.close();
  }
}
