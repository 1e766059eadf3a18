// A local chain on a free port of this machine, with contracts of our own.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import { createTestClient, getAddress, getContract, http, publicActions, walletActions } from "viem";

const require = createRequire(import.meta.url);
// The platform's program itself: the package's wrapper would leave it running when killed.
const program = require.resolve(`@foundry-rs/anvil-${process.platform}-${{ x64: "amd64", arm64: "arm64" }[process.arch]}/bin/anvil`);

const GENESIS = 1_750_000_000;
export const CANONICAL_MULTICALL = "0xcA11bde05977b3631167028862bE2a173976CA11";

export async function startAnvil() {
  const contracts = compile();
  const child = spawn(program, ["--host", "127.0.0.1", "--port", "0", "--timestamp", String(GENESIS)], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  const url = await new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (chunk) => {
      const listening = /Listening on (127\.0\.0\.1:\d+)/.exec((out += chunk));
      if (listening) resolve(`http://${listening[1]}`);
    });
    child.once("exit", (code) => reject(new Error(`anvil ended with ${code}: ${out}`)));
    child.once("error", reject);
  });
  const client = createTestClient({ mode: "anvil", transport: http(url, { retryCount: 0 }), pollingInterval: 5 }).extend(publicActions).extend(walletActions);
  const [account] = await client.getAddresses();

  // Not viem's waitForTransactionReceipt: at times it waits for one more block, which never comes here.
  const receiptOf = async (hash) => {
    for (const deadline = Date.now() + 10_000; ; await setTimeout(1)) {
      const receipt = await client.request({ method: "eth_getTransactionReceipt", params: [hash] });
      if (receipt) return receipt;
      if (Date.now() > deadline) throw new Error(`the transaction ${hash} was not mined`);
    }
  };
  const attach = (name, address) => {
    const { abi } = contracts[name];
    const contract = getContract({ address, abi, client });
    const send = new Proxy({}, {
      get: (_, method) => async (...args) => {
        const hash = await client.writeContract({ address, abi, functionName: method, args, account, chain: null });
        const { status } = await receiptOf(hash);
        if (status !== "0x1") throw new Error(`${name}.${method} reverted`);
      },
    });
    return { address, read: contract.read, send };
  };
  const deploy = async (name, ...args) => {
    const { abi, bytecode } = contracts[name];
    const hash = await client.deployContract({ abi, bytecode, args, account, chain: null });
    const { contractAddress } = await receiptOf(hash);
    return attach(name, getAddress(contractAddress));
  };
  return { url, client, deploy, stop, runtime: (name) => contracts[name].runtime };
}

function compile() {
  const solc = require("solc");
  const files = ["Token", "Pair", "Aggregate", "Farms", "Market"].map((name) => `${name}.sol`);
  const { errors = [], contracts } = JSON.parse(
    solc.compile(
      JSON.stringify({
        language: "Solidity",
        sources: Object.fromEntries(files.map((file) => [file, { content: readFileSync(new URL(`contracts/${file}`, import.meta.url), "utf8") }])),
        settings: { outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } } },
      }),
    ),
  );
  if (errors.length) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return Object.fromEntries(
    Object.values(contracts).flatMap((file) =>
      Object.entries(file).map(([name, { abi, evm }]) => [
        name,
        { abi, bytecode: `0x${evm.bytecode.object}`, runtime: `0x${evm.deployedBytecode.object}` },
      ]),
    ),
  );
}
