// The package as others use it: packed, installed into a fresh project, built and run.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch } from "../page/browser.mjs";

const require = createRequire(import.meta.url);
const repository = process.cwd();
const project = mkdtempSync(join(tmpdir(), "llamath-consumer-"));
const run = (command, args, cwd = project) => execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });
const write = (name, text) => {
  mkdirSync(dirname(join(project, name)), { recursive: true });
  writeFileSync(join(project, name), text);
};
const input =
  "{ allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 3, tokenPriceUsd: 0.25, stakedUsd: 500000 }";
const use = `farm.apr(${input}).apr.toFixed(4) + " " + lending.baseRate({ apy: 0.12 })`;
const expected = "0.2857 3593629043";
const useRisk = `oracle.sqrtRatioAtTick({ tick: 0 }) + " " + oracle.quantile({ values: Float64Array.of(1, 2), part: 0.5 })`;
const expectedRisk = "79228162514264337593543950336 1.5";
/** Two workers find what one thread finds: the worst windows of candles that fall in their middle. */
const useSweep = `const rows = 400;
const column = (price) => Float64Array.from({ length: rows }, (_, row) => price(2000 - 2 * Math.max(0, Math.min(row - 150, 100)), row));
const candles = {
  timeSecs: column((_, row) => 60 * row), open: column((price) => price), close: column((price) => price),
  high: column((price, row) => price + row % 3), low: column((price, row) => price - row % 5),
};
const oracle = sim.averagePrices({ candles, prices: sim.middlePrices({ candles }), halfLifeSecs: 600 });
const series = { candles, oracle, windows: sim.windowsByRows({ rows, length: 100 }) };
const grid = [{ A: 50, bands: 4, fee: 0.002, feeModel: "v1" }];
const [found] = await sweep({ series: [series], grid, kept: 5 }, { workers: 2 });
const [alone] = sim.lossTails({ ...series, grid, kept: 5, search: "every" });
globalThis.answer = found.windows + " " + (alone.worst.loss[0] > 0 && found.worst.loss.join() === alone.worst.loss.join());
`;
const expectedSweep = "301 true";
/** The programs here, one for each entry, and what they say. */
const programs = { app: expected, web: expected, risk: expectedRisk, "risk-web": expectedRisk, sweep: expectedSweep };
let tarball;
let browser;
let server;
let address;

before(async () => {
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", project], repository));
  tarball = join(project, packed.filename);
  write("package.json", '{ "name": "consumer", "private": true, "type": "module" }');
  run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball]);
  write("app.mjs", `import { farm, lending } from "llamath";\nglobalThis.answer = ${use};\nconsole.log(globalThis.answer);\n`);
  write("web.mjs", `import init, { farm, lending } from "llamath/web";\nawait init();\nglobalThis.answer = ${use};\n`);
  write("risk.mjs", `import { oracle } from "llamath/risk";\nglobalThis.answer = ${useRisk};\nconsole.log(globalThis.answer);\n`);
  write("risk-web.mjs", `import init, { oracle } from "llamath/risk/web";\nawait init();\nglobalThis.answer = ${useRisk};\n`);
  write("sweep.mjs", `import { sim, sweep } from "llamath/risk/sweep";\n${useSweep}console.log(globalThis.answer);\n`);
  server = createServer((request, response) => {
    const path = join(project, new URL(request.url, "http://x").pathname);
    const types = { ".html": "text/html", ".wasm": "application/wasm" };
    try {
      const body = readFileSync(path);
      response.setHeader("content-type", types[extname(path)] ?? "text/javascript");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(project, { recursive: true });
});

/** What a module script gives in Chromium. */
async function inBrowser(script, extra = "") {
  write("page.html", `<!doctype html>${extra}<script type="module" src="${script}"></script>`);
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.goto(`${address}/page.html`);
  await page.waitForFunction(() => globalThis.answer, undefined, { timeout: 20_000 }).catch(() => {});
  const answer = await page.evaluate(() => globalThis.answer);
  await page.close();
  assert.deepEqual(errors, []);
  return answer;
}

test("only what users need is packed, and nothing is installed with it", () => {
  const files = readdirSync(join(project, "node_modules/llamath"), { recursive: true });
  assert.ok(!files.some((file) => /\.rs$|test|www|bench/.test(file)), files.join(" "));
  const manifest = JSON.parse(readFileSync(join(project, "node_modules/llamath/package.json"), "utf8"));
  assert.equal(manifest.dependencies, undefined);
  for (const hook of ["preinstall", "install", "postinstall", "prepare"]) assert.equal(manifest.scripts[hook], undefined);
  assert.deepEqual(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith(".")), ["llamath"]);
});

test("Node, ES modules", () => {
  for (const name of ["app", "risk", "sweep"]) assert.equal(run("node", [`${name}.mjs`]).trim(), programs[name]);
});

test("Node, CommonJS", () => {
  write("app.cjs", `const { farm, lending } = require("llamath");\nconsole.log(${use});\n`);
  assert.equal(run("node", ["app.cjs"]).trim(), expected);
  write("risk.cjs", `const { oracle } = require("llamath/risk");\nconsole.log(${useRisk});\n`);
  assert.equal(run("node", ["risk.cjs"]).trim(), expectedRisk);
});

test("the command line, installed", () => {
  assert.match(run("npx", ["--no-install", "llamath", "--version"]), /^\d/);
});

test("esbuild", async () => {
  const { build } = require("esbuild");
  for (const name of ["app", "risk"]) {
    const outfile = `esbuild-${name}.js`;
    await build({ entryPoints: [`${name}.mjs`], absWorkingDir: project, bundle: true, format: "esm", outfile, logLevel: "silent" });
    assert.equal(await inBrowser(`/${outfile}`), programs[name]);
  }
});

test("webpack, every entry", async () => {
  const webpack = require("webpack");
  for (const entry of Object.keys(programs)) {
    const stats = await new Promise((done, fail) =>
      webpack(
        {
          mode: "production", context: project, entry: `./${entry}.mjs`,
          output: { path: join(project, `webpack-${entry}`), filename: "out.js", publicPath: "auto" },
        },
        (error, stats) => (error ? fail(error) : done(stats)),
      ),
    );
    assert.ok(!stats.hasErrors(), stats.toString("errors-only"));
    assert.equal(await inBrowser(`/webpack-${entry}/out.js`), programs[entry], entry);
  }
});

test("Vite, every entry", async () => {
  const { build } = await import("vite");
  for (const entry of Object.keys(programs)) {
    write(`${entry}.html`, `<!doctype html><script type="module" src="./${entry}.mjs"></script>`);
    await build({
      root: project, base: "./", configFile: false, logLevel: "silent",
      build: { target: "esnext", outDir: `vite-${entry}`, rollupOptions: { input: join(project, `${entry}.html`) } },
    });
    const [, script] = /src="\.\/(assets\/[^"]+)"/.exec(readFileSync(join(project, `vite-${entry}/${entry}.html`), "utf8"));
    assert.equal(await inBrowser(`/vite-${entry}/${script}`), programs[entry], entry);
  }
});

test("Rollup", async () => {
  const { rollup } = await import("rollup");
  // Rollup resolves nothing by itself: the installed entry is named.
  const entries = { llamath: "index", "llamath/risk": "risk" };
  const resolveId = (id) => (entries[id] ? join(project, `node_modules/llamath/pkg/${entries[id]}.js`) : null);
  for (const name of ["app", "risk"]) {
    const bundle = await rollup({ input: join(project, `${name}.mjs`), plugins: [{ name: "resolve", resolveId }] });
    await bundle.write({ file: join(project, "rollup.mjs"), format: "es" });
    assert.equal(run("node", ["rollup.mjs"]).trim(), programs[name]);
  }
});

test("a plain module script, under a strict policy", async () => {
  write("map.js", "");
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'">`;
  const files = { app: ["llamath", "index"], web: ["llamath/web", "web"], risk: ["llamath/risk", "risk"], "risk-web": ["llamath/risk/web", "risk-web"], sweep: ["llamath/risk/sweep", "sweep"] };
  for (const [name, [entry, file]] of Object.entries(files)) {
    const program = readFileSync(join(project, `${name}.mjs`), "utf8");
    write(`plain-${name}.js`, program.replace(`"${entry}"`, `"./node_modules/llamath/pkg/${file}.js"`));
    assert.equal(await inBrowser(`/plain-${name}.js`, policy), programs[name], entry);
  }
});

test("TypeScript, strict, under each resolution", () => {
  const typed = `import { farm, lending, decimal, LlamathError, version } from "llamath";
const { apr }: { apr: number } = farm.apr(${input});
const rate: bigint = lending.baseRate({ apy: 0.12 });
const text: string = decimal.fromRaw({ raw: rate, decimals: 18 }) + version;
const { verdict } = farm.verifyApr({ ...${input}, displayed: "178%" });
const words: "matches" | "explained" | "notExplained" | "paysNothing" = verdict;
const column: Float64Array = farm.aprColumns({ ...${input}, stakedUsd: Float64Array.of(1, apr) });
// @ts-expect-error: a field is missing
farm.weight({ allocPoint: 1 });
// @ts-expect-error: a text is not a number
farm.apy({ apr: "1", periodsPerYear: 365 });
export const code = (error: unknown) => (error instanceof LlamathError ? error.code : words + text + column.length);
`;
  write("typed.mts", typed);
  write("typed.cts", typed);
  write("typed.ts", typed);
  const risk = `import { ceiling, market, oracle, unzip, LlamathError } from "llamath/risk";
const text: Uint8Array = await unzip(new Uint8Array(3));
const { times, values } = oracle.readPrices({ text });
const grid = oracle.commonGrid({ spans: [{ firstSecs: times[0]!, lastSecs: times.at(-1)! }] });
const spot = { name: "spot", values: oracle.carryForward({ times, values, grid }).values };
const oracles = oracle.compare({ grid, reference: spot, feeds: [spot], divisor: "count" });
const correlation: number | undefined = oracles.feeds[0]?.metrics.correlation;
const [convention] = ceiling.conventions({ days: 7 });
const estimate = ceiling.estimate({ times, liquidity: values, ema: convention!.ema, share: 0.2, digits: 2 });
const { markdown, maxLtv } = market.recommend({
  collateral: "WETH", chain: "Optimism", generation: "dfm", A: 72, fee: 0.002, loss: 0.03, price: 3000,
  collateralDecimals: 18, borrowedDecimals: 18, ceiling: estimate, oracles,
});
const exact: bigint | undefined = maxLtv[0]?.exact;
// @ts-expect-error: a list is not a column
oracle.runs({ feed: [1, 2] });
// @ts-expect-error: no such generation
market.recommend({ generation: "v9" });
export { LlamathError, markdown, exact, correlation };
`;
  write("typed-risk.mts", risk);
  write("typed-risk.ts", risk);
  write("typed-risk-web.mts", 'import init, { oracle } from "llamath/risk/web";\nconst ready: Promise<void> = init();\nexport { ready, oracle };\n');
  write("typed-sweep.mts", `import { sim, sweep, type SweepProgress } from "llamath/risk/sweep";
const column = new Float64Array(400);
const candles = { timeSecs: column, open: column, high: column, low: column, close: column };
const windows = sim.windowsByRows({ rows: 400, length: 100 });
const grid = [{ A: 50, bands: 4, fee: 0.002, feeModel: "v1" as const }];
const onProgress = ({ share, tails }: SweepProgress): boolean => share < 1 || tails[0] !== undefined;
const [tail] = await sweep({ series: [{ candles, oracle: column, windows }], grid, kept: 5 }, { workers: 2, onProgress });
export const loss: number | undefined = tail?.worst.loss[0];
// @ts-expect-error: no such search
await sweep({ series: [], grid, kept: 5, search: "some" });
`);
  write("typed-web.mts", 'import init, { farm } from "llamath/web";\nconst ready: Promise<void> = init();\nexport { ready, farm };\n');
  for (const [module, moduleResolution, files, ...libraries] of [
    ["node16", "node16", ["typed.mts", "typed.cts", "typed-web.mts", "typed-risk.mts", "typed-risk-web.mts"]],
    ["nodenext", "nodenext", ["typed.mts", "typed.cts", "typed-web.mts", "typed-risk.mts", "typed-risk-web.mts"]],
    // Its AbortSignal is that of the DOM, or of Node's types.
    ["nodenext", "nodenext", ["typed-sweep.mts"], "dom"],
    ["esnext", "bundler", ["typed-sweep.mts"], "dom"],
    ["esnext", "bundler", ["typed.ts", "typed-web.mts", "typed-risk.ts", "typed-risk-web.mts"]],
  ]) {
    const compilerOptions = {
      strict: true, skipLibCheck: false, noEmit: true, target: "es2022", lib: ["es2022", ...libraries], types: [],
      exactOptionalPropertyTypes: true, module, moduleResolution,
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
    try {
      run("node", [require.resolve("typescript/bin/tsc"), "--project", "."]);
    } catch (error) {
      assert.fail(`${moduleResolution}:\n${error.stdout}`);
    }
  }
});

test("publint and attw find nothing", () => {
  const bin = (name) => resolve(repository, "node_modules/.bin", name);
  run(bin("publint"), [tarball, "--strict"]);
  run(bin("attw"), [tarball, "--profile", "node16", "--entrypoints", ".", "./risk"]);
  // ES modules only: it loads while it arrives, which CommonJS cannot await.
  run(bin("attw"), [tarball, "--profile", "esm-only", "--entrypoints", "./web", "./risk/web", "./risk/sweep"]);
});
