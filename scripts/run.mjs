// `npm start`, `npm test`, `npm run build`, `npm run test:long`, `npm run coverage`, and the package
// that other commands run on: each alone is enough on a machine with Rust and Node. Whatever else is
// needed is installed here, or its absence is said and fails the run: nothing is skipped silently.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const [task] = process.argv.slice(2);
const began = Date.now();
// What runs on the package may print for programs: nothing of the build stands in between.
const stdio = ["inherit", task === "package" ? 2 : "inherit", "inherit"];

/** Runs a command and fails with it. */
function run(command, args, env = {}) {
  console.error(`\n$ ${[command, ...args].join(" ")}`);
  const { status, error } = spawnSync(command, args, { stdio, env: { ...process.env, ...env } });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** What a command prints, or nothing if it is not there. */
function output(command, ...args) {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function installNode() {
  const stamp = "node_modules/.package-lock.json";
  if (newest(stamp) >= newest("package-lock.json")) return;
  // Not `npm ci`: it refuses a lock file made where the optional packages of other platforms
  // cannot be had. This keeps to the locked versions too, and leaves the lock file alone.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]);
}

function installRust() {
  if (!output("cargo", "--version")) fail("Rust is missing: install it with rustup, see rustup.rs.");
  const target = "wasm32-unknown-unknown";
  const installed = output("rustup", "target", "list", "--installed");
  if (installed && !installed.split("\n").includes(target)) run("rustup", ["target", "add", target]);
}

/** Chromium and its driver, from Debian's packages where we may install them. */
function installBrowser() {
  const browser = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const driver = process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver";
  if (!existsSync(browser) || !existsSync(driver)) {
    const debian = process.getuid?.() === 0 && output("apt-get", "--version");
    if (!debian) fail("The tests need Chromium: install chromium and chromium-driver, or name them in CHROMIUM and CHROMEDRIVER.");
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"]);
  }
  process.env.CHROMIUM = browser;
  process.env.CHROMEDRIVER = driver;
}

function buildPackage() {
  const sources = [
    "src", "xtask", "scripts/build-package.mjs", "scripts/declared.mjs", "package.json", "package-lock.json",
    "Cargo.toml", "Cargo.lock", ".cargo", "rust-toolchain.toml",
  ];
  // The last file that a whole build writes.
  if (newest("pkg/sweep.d.ts") > Math.max(...sources.map(newest))) return;
  run(process.execPath, ["scripts/build-package.mjs"]);
}

function buildSite() {
  run(process.execPath, ["node_modules/webpack/bin/webpack.js", "--mode", "production"]);
}

function testInBrowser() {
  run("cargo", ["build", "--quiet", "--locked", "--package", "wasm-test-runner"]);
  const runner = join(process.env.CARGO_TARGET_DIR ?? "target", "debug/wasm-test-runner");
  const env = { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: runner };
  const web = ["test", "--locked", "--target", "wasm32-unknown-unknown", "--test", "web"];
  run("cargo", web, env);
  run("cargo", web, { ...env, WASM_BINDGEN_USE_BROWSER: "1" });
}

function testFiles(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".test.mjs"))
    .map((name) => join(folder, name));
}

const tasks = {
  package: buildPackage,

  build() {
    buildPackage();
    buildSite();
  },

  start() {
    buildPackage();
    const server = ["node_modules/webpack/bin/webpack.js", "serve", "--mode", "production"];
    run(process.execPath, server);
  },

  test() {
    installBrowser();
    run("cargo", ["fmt", "--check"]);
    run("cargo", ["clippy", "--locked", "--all-targets", "--", "-D", "warnings"]);
    run("cargo", ["clippy", "--locked", "--features", "calculator,risk", "--", "-D", "warnings"]);
    run("cargo", ["test", "--locked"]);
    tasks.build();
    run(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit", "--project", "www"]);
    run(process.execPath, ["scripts/vectors.mjs", "tests/vectors"]);
    testInBrowser();
    const folders = ["tests/js", "tests/consumers", "tests/chain", "tests/page"];
    const files = folders.filter(existsSync).flatMap(testFiles);
    run(process.execPath, ["--test", "--test-concurrency=1", ...files]);
  },

  /** The properties with 10,000 random cases each. */
  long() {
    const tests = ["--test", "properties", "--test", "lending_amm"];
    run("cargo", ["test", "--locked", "--release", ...tests], { PROPTEST_CASES: "10000" });
  },

  coverage() {
    if (!output("cargo", "llvm-cov", "--version")) run("cargo", ["install", "--locked", "cargo-llvm-cov"]);
    run("rustup", ["component", "add", "llvm-tools"]);
    run("cargo", ["llvm-cov", "--locked", "--summary-only", "--ignore-filename-regex", "xtask|wasm-test-runner"]);
  },
};

if (!Object.hasOwn(tasks, task)) fail(`Unknown task ${task}: ${Object.keys(tasks).join(", ")}.`);
installNode();
installRust();
tasks[task]();
console.error(`\n${task}: done in ${Math.round((Date.now() - began) / 1000)} s`);
