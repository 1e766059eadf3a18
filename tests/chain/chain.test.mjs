// The chain reader against contracts of our own on a local chain: every value equals what they hold.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { toFunctionSelector } from "viem";
import { CANONICAL_MULTICALL, startAnvil } from "./anvil.mjs";
import { BLOCK_SECS, deployFarms } from "./deploy.mjs";
import { proxy, serve } from "./proxy.mjs";
import { loadReader } from "./reader.mjs";

const E18 = 10n ** 18n;
let chain, farms, readFarm, originText, ChainError;

before(async () => {
  chain = await startAnvil();
  farms = await deployFarms(chain);
  ({ readFarm, originText, ChainError } = await loadReader());
  await farms.installMulticall();
});
after(() => chain?.stop());

const ask = (farm, poolId, more = {}) => ({ url: chain.url, farm: farms[farm].address, poolId, ...more });
const problems = (reading) => reading.problems.map(({ code, field }) => `${field}: ${code}`);
const notices = (reading) => reading.notices.map(({ code, field }) => `${field}: ${code}`);
const refused = (request, code, field, message, options) =>
  assert.rejects(readFarm(request, options), (error) => {
    assert.ok(error instanceof ChainError && error instanceof Error, String(error?.stack ?? error));
    assert.equal(error.name, "ChainError");
    assert.deepEqual([error.code, error.field], [code, field]);
    assert.match(error.message, message);
    assert.match(error.message, /^[A-Z"].*\.$/, "a full sentence");
    return true;
  });

describe("a farm that pays per block", () => {
  test("every value equals what the contracts hold", async () => {
    const reading = await readFarm(ask("perBlock", "0"));
    const { perBlock, pair, cake, usd } = farms;
    const [lpToken, allocPoint] = await perBlock.read.poolInfo([0n]);
    assert.deepEqual(problems(reading), []);
    assert.deepEqual(notices(reading), []);
    assert.equal(reading.chainId, await chain.client.getChainId());
    assert.equal(reading.farm, perBlock.address);
    assert.equal(reading.poolId, 0n);
    assert.equal(reading.allocPoint.value, allocPoint);
    assert.equal(reading.allocPoint.value, 10n);
    assert.equal(reading.totalAllocPoint.value, await perBlock.read.totalAllocPoint());
    assert.equal(reading.totalAllocPoint.value, 92n);
    assert.equal(reading.emission.value, await perBlock.read.cakePerBlock());
    assert.equal(reading.emission.value, E18 / 2n);
    assert.equal(reading.emission.per, "block");
    assert.deepEqual([reading.rewardToken.address.value, reading.rewardToken.symbol.value, reading.rewardToken.decimals.value], [cake.address, "CAKE", 18]);
    assert.deepEqual([reading.stakedToken.address.value, reading.stakedToken.symbol.value, reading.stakedToken.decimals.value], [lpToken, "LP", 18]);
    assert.equal(reading.staked.value, await pair.read.balanceOf([perBlock.address]));
    assert.equal(reading.staked.value, 750n * E18);
    const [reserve0, reserve1] = await pair.read.getReserves();
    assert.deepEqual([reading.pair.reserve0.value, reading.pair.reserve1.value], [reserve0, reserve1]);
    assert.deepEqual([reserve0, reserve1], [40_000n * E18, 100_000n * 10n ** 6n]);
    assert.equal(reading.pair.totalSupply.value, await pair.read.totalSupply());
    assert.equal(reading.pair.token0.address.value, cake.address);
    assert.deepEqual([reading.pair.token1.address.value, reading.pair.token1.symbol.value, reading.pair.token1.decimals.value], [usd.address, "USDX", 6]);
    assert.equal(reading.pair.rewardSide, 0);
    assert.equal(reading.pair.ratio.value, 2.5);
    assert.equal(reading.pair.ratio.says, "1 CAKE = 2.5 USDX in this pair's reserves.");
  });

  test("every value says where it came from", async () => {
    const reading = await readFarm(ask("perBlock", "0"));
    const block = await chain.client.getBlock();
    const date = new Date(Number(block.timestamp) * 1000).toISOString().replace(".000", "");
    assert.deepEqual(reading.block, { number: block.number, timestamp: block.timestamp, date });
    const at = { blockNumber: block.number, timestamp: block.timestamp, date };
    const { perBlock, pair, cake } = farms;
    const from = (contract, method) => ({ contract: contract.address, method, ...at });
    assert.deepEqual(reading.allocPoint.origin, from(perBlock, "poolInfo(0).allocPoint"));
    assert.deepEqual(reading.totalAllocPoint.origin, from(perBlock, "totalAllocPoint()"));
    assert.deepEqual(reading.emission.origin, from(perBlock, "cakePerBlock()"));
    assert.deepEqual(reading.rewardToken.address.origin, from(perBlock, "cake()"));
    assert.deepEqual(reading.rewardToken.decimals.origin, from(cake, "decimals()"));
    assert.deepEqual(reading.stakedToken.address.origin, from(perBlock, "poolInfo(0).lpToken"));
    assert.deepEqual(reading.staked.origin, from(pair, `balanceOf(${perBlock.address})`));
    assert.deepEqual(reading.pair.reserve1.origin, from(pair, "getReserves()[1]"));
    assert.deepEqual(reading.pair.totalSupply.origin, from(pair, "totalSupply()"));
    assert.deepEqual(reading.pair.token1.address.origin, from(pair, "token1()"));
    assert.equal(
      originText(reading.allocPoint.origin),
      `poolInfo(0).allocPoint of ${perBlock.address}, at block ${block.number} (${date.replace("T", " ").replace("Z", " UTC")})`,
    );
  });

  test("the block time is measured over the blocks asked for, or over those there are", async () => {
    const last = await chain.client.getBlock();
    for (const [blockDistance, blocks] of [[undefined, 1000n], ["200", 200n], ["1000000", last.number - 1n]]) {
      const { blockSecs } = await readFarm(ask("perBlock", "0", { blockDistance }));
      const first = await chain.client.getBlock({ blockNumber: last.number - blocks });
      assert.equal(blockSecs.blocks, blocks);
      assert.equal(blockSecs.seconds, last.timestamp - first.timestamp);
      assert.equal(blockSecs.value, Number(last.timestamp - first.timestamp) / Number(blocks));
      assert.equal(blockSecs.origin.method, `${blockSecs.seconds} s between the timestamps of blocks ${first.number} and ${last.number}`);
      assert.equal(blockSecs.origin.contract, undefined);
    }
    assert.equal((await readFarm(ask("perBlock", "0"))).blockSecs.value, BLOCK_SECS);
  });

  test("the reward token staked alone", async () => {
    const reading = await readFarm(ask("perBlock", "1"));
    assert.deepEqual(problems(reading), []);
    assert.deepEqual(notices(reading), ["staked: stakedIsReward"]);
    assert.equal(reading.pair, undefined);
    assert.equal(reading.allocPoint.value, 82n);
    assert.equal(reading.stakedToken.address.value, farms.cake.address);
    assert.equal(reading.staked.value, 123n * E18);
  });

  test("a paused pool is read, and said to pay nothing; an old token's symbol is 32 bytes", async () => {
    const reading = await readFarm(ask("perBlock", "2"));
    assert.deepEqual(problems(reading), []);
    assert.deepEqual(notices(reading), ["allocPoint: paysNothing"]);
    assert.match(reading.notices[0].message, /^Pool 2 has 0 points: it is paused or ended, and pays nothing\.$/);
    assert.equal(reading.allocPoint.value, 0n);
    assert.equal(reading.stakedToken.symbol.value, "OLD");
    assert.equal(reading.stakedToken.decimals.value, 8);
    assert.equal(reading.staked.value, 5n * 10n ** 8n);
  });

  test("a factor on the emission is applied and said; a farm that has ended pays nothing", async () => {
    const { perBlock } = farms;
    try {
      await perBlock.send.setMultiplier(40n);
      const boosted = await readFarm(ask("perBlock", "0"));
      assert.equal(boosted.emission.value, 20n * E18);
      assert.deepEqual(notices(boosted), ["emission: multiplier"]);
      const number = boosted.block.number;
      assert.equal(boosted.emission.origin.method, `cakePerBlock() × getMultiplier(${number}, ${number + 1n})`);
      await perBlock.send.setMultiplier(0n);
      const ended = await readFarm(ask("perBlock", "0"));
      assert.equal(ended.emission.value, 0n);
      assert.deepEqual(notices(ended), ["emission: multiplier", "emission: paysNothing"]);
    } finally {
      await perBlock.send.setMultiplier(1n);
    }
  });

  test("what changes on the chain changes the next reading", async () => {
    const { perBlock } = farms;
    await perBlock.send.set(0n, 20n);
    await perBlock.send.setEmission(3n * E18);
    const reading = await readFarm(ask("perBlock", "0"));
    assert.deepEqual([reading.allocPoint.value, reading.totalAllocPoint.value, reading.emission.value], [20n, 102n, 3n * E18]);
    await perBlock.send.set(0n, 10n);
    await perBlock.send.setEmission(E18 / 2n);
  });
});

describe("a farm that pays per second", () => {
  test("every value equals what the contracts hold, and no block time is measured", async () => {
    const reading = await readFarm(ask("perSecond", "0"));
    const { perSecond, pair, cake } = farms;
    assert.deepEqual(problems(reading), []);
    assert.deepEqual(notices(reading), []);
    assert.equal(reading.allocPoint.value, (await perSecond.read.poolInfo([0n]))[2]);
    assert.deepEqual([reading.allocPoint.value, reading.totalAllocPoint.value], [30n, 100n]);
    assert.equal(reading.emission.value, await perSecond.read.sushiPerSecond());
    assert.equal(reading.emission.per, "second");
    assert.equal(reading.emission.origin.method, "sushiPerSecond()");
    assert.equal(reading.blockSecs, undefined);
    assert.equal(reading.rewardToken.address.value, cake.address);
    assert.equal(reading.rewardToken.address.origin.method, "SUSHI()");
    assert.equal(reading.stakedToken.address.value, pair.address);
    assert.equal(reading.stakedToken.address.origin.method, "lpToken(0)");
    assert.equal(reading.staked.value, 1_000n * E18);
    assert.equal(reading.pair.totalSupply.value, 2_000n * E18);
  });

  test("a pool that nobody has used yet, whose struct reads two ways, without a pair", async () => {
    const unsure = await readFarm(ask("perSecond", "1"));
    assert.deepEqual(problems(unsure), ["allocPoint: ambiguousMethod", "staked: zeroStaked"]);
    assert.match(unsure.problems[0].message, /\(allocPoint 70\); .*\(allocPoint 0\)/);
    const reading = await readFarm(ask("perSecond", "1", { methods: { poolInfo: "poolInfo(uint256) returns (uint128 acc, uint64 last, uint64 allocPoint)" } }));
    assert.equal(reading.allocPoint.value, 70n);
    assert.equal(reading.stakedToken.address.value, farms.old.address);
    assert.equal(reading.pair, undefined);
    assert.deepEqual(problems(reading), ["staked: zeroStaked"]);
  });
});

describe("a farm of unusual names", () => {
  const methods = {
    emission: "drip(bool true)",
    emissionPer: "second",
    totalAllocPoint: "allHeat",
    poolInfo: "lanes(uint256) returns (uint256 allocPoint, uint256 since, bool open, address lpToken)",
    rewardToken: "prize()",
  };

  test("without its names: each lacking value is a problem with the names tried, and the rest stands", async () => {
    const reading = await readFarm(ask("unusual", "0"));
    assert.deepEqual(problems(reading), [
      "totalAllocPoint: missingMethod",
      "emission: missingMethod",
      "rewardToken: missingMethod",
      "allocPoint: missingMethod",
      "stakedToken: missingMethod",
    ]);
    const [total, emission] = reading.problems;
    assert.ok(total.tried.includes("totalAllocPoint"));
    for (const name of ["cakePerBlock", "sushiPerBlock", "rewardPerBlock", "tokenPerBlock", "emissionPerBlock", "perBlock", "rewardPerSecond", "sushiPerSecond", "tokenPerSecond", "joePerSec"]) {
      assert.ok(emission.tried.includes(name), name);
    }
    assert.equal(new Set(emission.tried).size, emission.tried.length);
    for (const { message } of reading.problems) assert.match(message, /^The farm .*\.$/);
    assert.equal(reading.farm, farms.unusual.address);
  });

  test("with its names: everything is read", async () => {
    const reading = await readFarm(ask("unusual", "1", { methods }));
    assert.deepEqual(problems(reading), ["staked: zeroStaked"]);
    assert.deepEqual([reading.allocPoint.value, reading.totalAllocPoint.value], [15n, 20n]);
    assert.equal(reading.allocPoint.origin.method, "lanes(1).allocPoint");
    assert.deepEqual([reading.emission.value, reading.emission.per], [3n * 10n ** 17n, "second"]);
    assert.equal(reading.emission.origin.method, "drip(true)");
    assert.equal(reading.rewardToken.address.value, farms.cake.address);
    assert.equal(reading.stakedToken.address.value, farms.old.address);
    assert.equal(reading.stakedToken.address.origin.method, "lanes(1).lpToken");
  });

  test("a named parameter gets the pool id, a written value stays", async () => {
    for (const [text, says] of [["lanes(uint256 lane)", "lanes(1)"], ["lanes(uint lane 0)", "lanes(0)"], ["function lanes(uint256) external view", "lanes(1)"], ["lanes", "lanes(1)"]]) {
      const returns = " returns (uint256 allocPoint)";
      const reading = await readFarm(ask("unusual", "1", { methods: { ...methods, poolInfo: text.includes("(") ? text + returns : text } }));
      assert.match(reading.allocPoint?.origin.method ?? reading.problems.find(({ field }) => field === "allocPoint").message, new RegExp(says.replace(/[()]/g, "\\$&")));
    }
  });

  test("the reward token by its address", async () => {
    const reading = await readFarm(ask("unusual", "0", { methods, rewardToken: farms.usd.address.toLowerCase() }));
    assert.deepEqual([reading.rewardToken.address.value, reading.rewardToken.decimals.value], [farms.usd.address, 6]);
    assert.equal(reading.rewardToken.address.origin.method, "the address that you gave");
  });

  test("own names that cannot be used are refused with their field", async () => {
    const own = (name, text) => ask("unusual", "0", { methods: { ...methods, [name]: text } });
    await refused(own("emission", "2fast"), "invalidSignature", "methods.emission", /is not a method/);
    await refused(own("emission", "drip(bool)"), "invalidSignature", "methods.emission", /"bool" has no value/);
    await refused(own("emission", "drip(uint256 0x5)"), "invalidSignature", "methods.emission", /has no value/);
    await refused(own("emission", "drip(uint8 256)"), "invalidSignature", "methods.emission", /too large for its type/);
    await refused(own("emission", "drip(uint7)"), "invalidSignature", "methods.emission", /has no value that can be used/);
    await refused(own("totalAllocPoint", "sum(uint256[])"), "invalidSignature", "methods.totalAllocPoint", /has no value/);
    await refused(own("poolInfo", "lanes(uint256) returns (uint256 a, address b)"), "invalidSignature", "methods.poolInfo", /named allocPoint/);
    await refused(own("poolInfo", "lanes(uint256) returns (uint256[4] allocPoint)"), "invalidSignature", "methods.poolInfo", /cannot be placed/);
    await refused(own("emissionPer", ""), "emissionPerNeeded", "methods.emissionPer", /The name drip does not say/);
  });

  test("an own name that the farm lacks, or that answers too little", async () => {
    const lacking = await readFarm(ask("perBlock", "0", { methods: { emission: "ghostPerBlock" } }));
    assert.deepEqual(problems(lacking), ["emission: missingMethod"]);
    assert.deepEqual(lacking.problems[0].tried, ["ghostPerBlock"]);
    const short = await readFarm(ask("unusual", "0", { methods: { ...methods, poolInfo: "lanes(uint256) returns (uint256 a, uint256 b, bool c, address d, uint256 allocPoint)" } }));
    assert.deepEqual(problems(short), ["allocPoint: badValue", "stakedToken: missingMethod"]);
  });
});

describe("nothing is guessed", () => {
  test("two methods with two answers, and a struct that reads two ways", async () => {
    const reading = await readFarm(ask("unclear", "0"));
    assert.deepEqual(problems(reading), ["emission: ambiguousMethod", "rewardToken: ambiguousMethod", "allocPoint: ambiguousMethod", "staked: zeroStaked"]);
    assert.deepEqual(reading.problems[0].tried, ["rewardPerBlock", "tokenPerBlock"]);
    assert.match(reading.problems[0].message, /rewardPerBlock\(\) = 5; tokenPerBlock\(\) = 6/);
    for (const field of ["emission", "rewardToken", "allocPoint", "blockSecs"]) assert.equal(reading[field], undefined);
  });

  test("the user's word decides", async () => {
    const reading = await readFarm(
      ask("unclear", "0", { methods: { emission: "tokenPerBlock", rewardToken: "rewardToken", poolInfo: "poolInfo(uint256) returns (uint256 allocPoint, uint256 last, uint256 acc)" } }),
    );
    assert.deepEqual(problems(reading), ["staked: zeroStaked"]);
    assert.deepEqual([reading.emission.value, reading.allocPoint.value], [6n, 10n]);
  });

  test("a struct of no known order", async () => {
    const reading = await readFarm(ask("unclear", "1"));
    assert.ok(problems(reading).includes("allocPoint: badValue"));
    assert.equal(reading.allocPoint, undefined);
  });

  test("more points than all pools together", async () => {
    const reading = await readFarm(ask("perBlock", "0", { methods: { totalAllocPoint: "multiplier" } }));
    assert.deepEqual(problems(reading), ["allocPoint: badValue", "stakedToken: missingMethod"]);
    const named = await readFarm(ask("perBlock", "0", { methods: { totalAllocPoint: "multiplier", poolInfo: "poolInfo(uint256) returns (address lpToken, uint256 allocPoint)" } }));
    assert.deepEqual(problems(named), ["allocPoint: badValue"]);
    assert.match(named.problems[0].message, /more than all pools together \(1\)/);
  });
});

describe("the orders in which farms write a pool", () => {
  const lp = () => BigInt(farms.pair.address);
  const [last, acc, big] = [1_700_000_000n, 7n * 10n ** 24n, 123_456n * E18];
  // Each with the method that names the staked token, where it stands outside the struct.
  const orders = [
    ["lpToken, allocPoint, last, acc", () => [lp(), 40n, last, acc]],
    ["lpToken, allocPoint, last, acc, more", () => [lp(), 40n, last, acc, big, 300n]],
    ["lpToken, allocPoint, last, acc of a paused pool", () => [lp(), 0n, last, acc], undefined, 0n],
    ["lpToken, amount, allocPoint, last, acc", () => [lp(), big, 40n, last, acc]],
    ["acc, last, allocPoint", () => [acc, last, 40n], "lpToken(uint256)"],
    ["acc, last, allocPoint of a paused pool", () => [acc, last, 0n], "lpToken(uint256)", 0n],
    ["acc, last, allocPoint, boosted, regular", () => [acc * 10n ** 10n, last, 40n, big, 1n], "lpToken(uint256)"],
    ["allocPoint, last, acc", () => [40n, last, acc], "lpTokens(uint256)"],
  ];
  let parrot;
  const bytes = (...words) => `0x${words.map((word) => word.toString(16).padStart(64, "0")).join("")}`;
  const teach = (signature, data, refuse = false) => parrot.send.teach(toFunctionSelector(signature), data, refuse);

  before(async () => {
    parrot = await chain.deploy("Parrot");
    await teach("totalAllocPoint()", bytes(100n));
    await teach("rewardPerSecond()", bytes(E18));
    await teach("rewardToken()", bytes(BigInt(farms.cake.address)));
  });

  for (const [name, words, tokenMethod, points = 40n] of orders) {
    test(name, async () => {
      await teach("poolInfo(uint256)", bytes(...words()));
      if (tokenMethod) await teach(tokenMethod, bytes(lp()));
      const reading = await readFarm({ ...ask("perBlock", "0"), farm: parrot.address });
      if (tokenMethod) await teach(tokenMethod, "0x");
      assert.deepEqual(problems(reading), ["staked: zeroStaked"]);
      assert.equal(reading.allocPoint.value, points);
      assert.equal(reading.stakedToken.address.value, farms.pair.address);
    });
  }

  test("where the points of all pools are unknown, no order is guessed, but the staked token still tells", async () => {
    await teach("totalAllocPoint()", "0x");
    const read = async (...words) => {
      await teach("poolInfo(uint256)", bytes(...words));
      return await readFarm({ ...ask("perBlock", "0"), farm: parrot.address });
    };
    const outside = await read(acc, last, 40n, big, 1n);
    assert.deepEqual(problems(outside), ["totalAllocPoint: missingMethod", "allocPoint: ambiguousMethod", "stakedToken: missingMethod"]);
    assert.deepEqual(outside.problems[1].tried, ["accPerShare, lastReward, allocPoint, … (allocPoint 40)", `allocPoint, lastReward, accPerShare, … (allocPoint ${acc})`]);
    await teach("lpToken(uint256)", bytes(lp()));
    const twice = await read(lp(), 40n, last, acc);
    assert.deepEqual(problems(twice), ["totalAllocPoint: missingMethod", "staked: zeroStaked"]);
    assert.equal(twice.allocPoint.value, 40n);
    await teach("lpToken(uint256)", "0x");
    await teach("totalAllocPoint()", bytes(100n));
  });

  test("a pool of nothing but zeros is no pool", async () => {
    await teach("poolInfo(uint256)", bytes(0n, 0n, 0n, 0n));
    await refused({ ...ask("perBlock", "0"), farm: parrot.address }, "poolOutOfRange", "poolId", /has no pool 0/);
  });

  test("what a refusal says is no answer", async () => {
    await teach("poolInfo(uint256)", bytes(lp(), 40n, last, acc));
    await teach("sushiPerSecond()", bytes(12n), true);
    for (const multicall of ["", farms.multicall.address]) {
      const reading = await readFarm({ ...ask("perBlock", "0"), farm: parrot.address, multicall });
      assert.equal(reading.emission.value, E18);
    }
  });
});

describe("values that allow no APR", () => {
  test("zero points in total", async () => {
    const reading = await readFarm(ask("noPoints", "0"));
    assert.deepEqual(problems(reading), ["totalAllocPoint: zeroTotalPoints", "staked: zeroStaked"]);
    assert.deepEqual(notices(reading), ["allocPoint: paysNothing"]);
    assert.equal(reading.totalAllocPoint.value, 0n);
  });

  test("a pair without supply", async () => {
    const reading = await readFarm(ask("perBlock", "3"));
    assert.deepEqual(problems(reading), ["staked: zeroStaked", "totalSupply: zeroSupply"]);
    assert.equal(reading.pair.totalSupply.value, 0n);
  });
});

describe("one snapshot", () => {
  test("every call of a reading names the same block, whatever is mined meanwhile", async () => {
    const { perBlock } = farms;
    const tags = [];
    let meddled = false;
    const middle = await proxy(chain.url, async (request) => {
      if (request.method === "eth_call") tags.push(request.params[1]);
      if (request.method === "eth_getCode" && !meddled) {
        meddled = true;
        await perBlock.send.set(0n, 77n);
        await farms.pair.send.mint(perBlock.address, E18);
      }
    });
    try {
      const before = await chain.client.getBlockNumber();
      const reading = await readFarm({ ...ask("perBlock", "0"), url: middle.url });
      assert.ok(meddled);
      assert.ok((await chain.client.getBlockNumber()) > before);
      assert.equal(reading.block.number, before);
      assert.deepEqual([...new Set(tags)], [`0x${before.toString(16)}`]);
      assert.deepEqual([reading.allocPoint.value, reading.totalAllocPoint.value, reading.staked.value], [10n, 92n, 750n * E18]);
    } finally {
      await middle.stop();
      await perBlock.send.set(0n, 10n);
    }
  });

  test("multicall and batch give the same values, and say which was used", async () => {
    const counts = { single: 0, batch: 0 };
    const middle = await proxy(chain.url, (request) => void counts[Array.isArray(request) ? "batch" : "single"]++);
    const request = { ...ask("perBlock", "0"), url: middle.url };
    try {
      const through = await readFarm(request);
      assert.deepEqual([through.via.kind, through.via.address], ["multicall", CANONICAL_MULTICALL]);
      assert.equal(counts.batch, 0);
      assert.ok(counts.single <= 12, `${counts.single} requests`);
      await farms.removeMulticall();
      const batched = await readFarm(request);
      assert.deepEqual([batched.via.kind, batched.via.address], ["batch", undefined]);
      assert.ok(counts.batch > 0);
      assert.deepEqual(notices(batched), ["allocPoint: noMulticall"]);
      const values = ({ via, notices, ...rest }) => rest;
      assert.deepEqual(values(batched), values(through));
      const own = await readFarm({ ...request, multicall: farms.multicall.address });
      assert.deepEqual([own.via.kind, own.via.address], ["multicall", farms.multicall.address]);
      assert.match(own.via.says, new RegExp(`Read through the multicall contract ${farms.multicall.address}, all at block ${own.block.number}\\.`));
      assert.deepEqual(values(own), values(through));
    } finally {
      await farms.installMulticall();
      await middle.stop();
    }
  });

  test("a multicall address that is none", async () => {
    await refused(ask("perBlock", "0", { multicall: "0x00000000000000000000000000000000000000aa" }), "noCode", "multicall", /no contract at 0x0+aA/i);
    await refused(ask("perBlock", "0", { multicall: farms.cake.address }), "notMulticall", "multicall", /does not answer aggregate3/);
  });

  test("contracts that count other blocks: no block time is claimed", async () => {
    const reading = await readFarm(ask("perBlock", "0", { multicall: farms.foreignBlocks.address }));
    assert.deepEqual(problems(reading), ["blockSecs: blockNumberDiffers"]);
    assert.equal(reading.blockSecs, undefined);
    assert.equal(reading.allocPoint.value, 10n);
    assert.deepEqual(problems(await readFarm(ask("perSecond", "0", { multicall: farms.foreignBlocks.address }))), []);
  });
});

describe("wrong inputs", () => {
  test("the URL", async () => {
    const url = (text) => ({ ...ask("perBlock", "0"), url: text });
    await refused(url(" "), "required", "url", /Enter the address/);
    await refused(url("localhost"), "invalidUrl", "url", /is not a web address/);
    await refused(url("ws://127.0.0.1:8545"), "invalidUrl", "url", /not with ws:/);
  });

  test("the farm's address", async () => {
    const farm = (text) => ({ ...ask("perBlock", "0"), farm: text });
    await refused(farm(""), "required", "farm", /Enter the address of the farm/);
    await refused(farm("0x1234"), "invalidAddress", "farm", /40 hexadecimal digits/);
    const { address } = farms.perBlock;
    const at = [...address].findIndex((letter, i) => i > 1 && /[a-fA-F]/.test(letter));
    const flipped = address.slice(0, at) + (address[at] === address[at].toUpperCase() ? address[at].toLowerCase() : address[at].toUpperCase()) + address.slice(at + 1);
    await refused(farm(flipped), "checksum", "farm", /do not fit its checksum/);
    assert.equal((await readFarm(farm(address.toLowerCase()))).farm, address);
    await refused(farm("0x00000000000000000000000000000000000000aa"), "noCode", "farm", /There is no contract at .* \(chain id 31337\)/);
  });

  test("the pool id", async () => {
    await refused(ask("perBlock", ""), "required", "poolId", /Enter the pool's number/);
    for (const text of ["-1", "1.5", "abc", "0x1", "1e3", (2n ** 256n).toString()]) {
      await refused(ask("perBlock", text), "invalidPoolId", "poolId", /is not a pool id/);
    }
    await refused(ask("perBlock", "4"), "poolOutOfRange", "poolId", /^The farm has no pool 4\. Its pools are 0 to 3\.$/);
    await refused(ask("perSecond", "2"), "poolOutOfRange", "poolId", /^The farm has no pool 2\. Pool 0 exists; try a smaller number\.$/);
  });

  test("the distance of blocks", async () => {
    for (const blockDistance of ["9", "0", "-5", "1.5", "many", "10000001"]) {
      await refused(ask("perBlock", "0", { blockDistance }), "invalidDistance", "blockDistance", /from 10 to 10000000/);
    }
  });

  test("a contract that is no farm", async () => {
    const reading = await readFarm({ ...ask("perBlock", "0"), farm: farms.cake.address });
    assert.deepEqual(new Set(reading.problems.map(({ code }) => code)), new Set(["missingMethod"]));
    assert.deepEqual(problems(reading).map((text) => text.split(":")[0]), ["totalAllocPoint", "emission", "rewardToken", "allocPoint", "stakedToken"]);
  });

  test("a staked token that is no contract", async () => {
    const reading = await readFarm(ask("perBlock", "0", { methods: { lpToken: `cake()`, poolInfo: "poolInfo(uint256) returns (address a, uint256 allocPoint)" }, rewardToken: "0x00000000000000000000000000000000000000aa" }));
    assert.deepEqual(problems(reading), ["rewardToken: missingMethod"]);
    assert.deepEqual(reading.problems[0].tried, ["decimals"]);
  });
});

describe("endpoints that fail", () => {
  const at = (url, options, code, message, field = "url") => refused({ ...ask("perBlock", "0"), url }, code, field, message, options);
  const withServer = async (answer, check) => {
    const server = await serve(answer);
    try {
      await check(server.url);
    } finally {
      await server.stop();
    }
  };

  test("nobody listens", async () => {
    const server = await serve(() => ({}));
    await server.stop();
    await at(server.url, {}, "unreachable", /Nothing answers at this address/);
  });

  test("answers that are not JSON-RPC", async () => {
    await withServer(() => ({ type: "text/html", body: "<h1>hello</h1>" }), (url) => at(url, {}, "notJsonRpc", /not JSON/));
    for (const body of ['{"hello":1}', "null", "[]", '"text"', "{}", '{"jsonrpc":"2.0","id":1,"result":12}', '{"error":"no"}', '{"result":"0x' + "f".repeat(64) + '"}']) {
      await withServer(() => ({ body }), (url) => at(url, {}, "notJsonRpc", /not as an Ethereum JSON-RPC endpoint/));
    }
  });

  test("a status of refusal", async () => {
    await withServer(() => ({ status: 404, type: "text/plain", body: "not found" }), (url) => at(url, {}, "httpStatus", /HTTP status 404/));
    await withServer(() => ({ status: 401, body: "{}" }), (url) => at(url, {}, "httpStatus", /HTTP status 401/));
  });

  test("a refusal in JSON-RPC's own words", async () => {
    await withServer(
      () => ({ body: '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"method not allowed on this plan"}}' }),
      (url) => at(url, {}, "rpc", /refused eth_\w+ with "method not allowed on this plan" \(code -32601\)/),
    );
  });

  test("a busy endpoint is asked again", async () => {
    let asked = 0;
    await withServer(
      async (body) => (++asked <= 2 ? { status: 429, body: "{}" } : { body: await (await fetch(chain.url, { method: "POST", headers: { "Content-Type": "application/json" }, body })).text() }),
      async (url) => assert.equal((await readFarm({ ...ask("perBlock", "0"), url })).allocPoint.value, 10n),
    );
  });

  test("no answer in time, and the signal", async () => {
    await withServer(() => new Promise(() => {}), async (url) => {
      await at(url, { timeoutMs: 200 }, "timeout", /within 0\.2 seconds/);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      const started = performance.now();
      await at(url, { signal: controller.signal }, "aborted", /cancelled/);
      assert.ok(performance.now() - started < 2_000);
      await at(url, { signal: AbortSignal.abort() }, "aborted", /cancelled/);
    });
  });

  test("a node that takes no batches, on a chain without multicall", async () => {
    const middle = await proxy(chain.url, (request) => (Array.isArray(request) ? { jsonrpc: "2.0", id: null, error: { code: -32600, message: "batches are off" } } : undefined));
    try {
      await farms.removeMulticall();
      await at(middle.url, {}, "rpc", /takes no batches of calls\. Name a multicall contract/, "multicall");
      const reading = await readFarm({ ...ask("perBlock", "0"), url: middle.url, multicall: farms.multicall.address });
      assert.equal(reading.allocPoint.value, 10n);
    } finally {
      await farms.installMulticall();
      await middle.stop();
    }
  });

  test("blocks of one and the same second, and blocks that are gone: no block time, all else stands", async () => {
    const { timestamp } = await chain.client.getBlock();
    const still = await proxy(chain.url, (request, answer) => {
      if (request.method === "eth_getBlockByNumber") answer.result.timestamp = `0x${timestamp.toString(16)}`;
    });
    const pruned = await proxy(chain.url, (request, answer) => {
      if (request.method === "eth_getBlockByNumber" && request.params[0] !== "latest") answer.result = null;
    });
    try {
      for (const [{ url }, code] of [[still, "noTimePassed"], [pruned, "rpc"]]) {
        const reading = await readFarm({ ...ask("perBlock", "0"), url });
        assert.deepEqual(problems(reading), [`blockSecs: ${code}`]);
        assert.match(reading.problems[0].message, /Enter the seconds per block yourself\.$/);
        assert.equal(reading.emission.value, E18 / 2n);
      }
    } finally {
      await still.stop();
      await pruned.stop();
    }
  });

  test("a chain with too few blocks", async () => {
    const young = await startAnvil();
    try {
      const cake = await young.deploy("Token", "CAKE", 18);
      const farm = await young.deploy("FarmPerBlock", cake.address, E18);
      await farm.send.add(cake.address, 1n);
      const reading = await readFarm({ url: young.url, farm: farm.address, poolId: "0" });
      assert.ok(problems(reading).includes("blockSecs: tooFewBlocks"));
      assert.match(reading.problems.find(({ field }) => field === "blockSecs").message, /This chain is at block 3: a block time needs at least 10 blocks/);
      assert.equal(reading.emission.value, E18);
      await young.client.mine({ blocks: 20, interval: 2 });
      const older = await readFarm({ url: young.url, farm: farm.address, poolId: "0" });
      assert.equal(older.blockSecs.blocks, 22n);
    } finally {
      young.stop();
    }
  });
});

test("the steps are told as they come", async () => {
  const steps = [];
  await readFarm(ask("perBlock", "0"), { onStep: (says) => steps.push(says) });
  assert.deepEqual(steps, ["Reading the latest block.", "Reading the farm.", "Reading the pool.", "Reading the tokens, and measuring the block time."]);
});
