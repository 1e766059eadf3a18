// Farms with known numbers, on a chain of 3-second blocks.
import { CANONICAL_MULTICALL } from "./anvil.mjs";

export const BLOCK_SECS = 3;
const E18 = 10n ** 18n;

export async function deployFarms({ client, deploy, runtime }) {
  // Not the interval of `mine`: that one adds the seconds that mining itself takes.
  await client.setBlockTimestampInterval({ interval: BLOCK_SECS });
  const multicall = await deploy("Aggregate");
  const foreignBlocks = await deploy("ForeignBlocks");

  const cake = await deploy("Token", "CAKE", 18);
  const usd = await deploy("Token", "USDX", 6);
  const old = await deploy("OldToken");
  const pair = await deploy("Pair", cake.address, usd.address);
  const emptyPair = await deploy("Pair", cake.address, usd.address);
  await cake.send.mint(pair.address, 40_000n * E18);
  await usd.send.mint(pair.address, 100_000n * 10n ** 6n);
  await cake.send.mint(emptyPair.address, 1n);
  await usd.send.mint(emptyPair.address, 1n);

  // The worked example: 10 of 92 points, 0.5 tokens per block.
  const perBlock = await deploy("FarmPerBlock", cake.address, E18 / 2n);
  await perBlock.send.add(pair.address, 10n); //  0: the pair
  await perBlock.send.add(cake.address, 82n); //  1: the reward token alone
  await perBlock.send.add(old.address, 0n); //    2: paused, with an old token
  await perBlock.send.add(emptyPair.address, 0n); // 3: a pair without supply
  await pair.send.mint(perBlock.address, 750n * E18);
  await pair.send.mint(multicall.address, 250n * E18);
  await cake.send.mint(perBlock.address, 123n * E18);
  await old.send.mint(perBlock.address, 5n * 10n ** 8n);

  const perSecond = await deploy("FarmPerSecond", cake.address, 25n * 10n ** 16n);
  await perSecond.send.add(pair.address, 30n, 7n * 10n ** 24n);
  await perSecond.send.add(old.address, 70n, 0n);
  await pair.send.mint(perSecond.address, 1_000n * E18);

  const unusual = await deploy("FarmUnusual", cake.address);
  await unusual.send.add(pair.address, 5n);
  await unusual.send.add(old.address, 15n);

  const unclear = await deploy("FarmUnclear", cake.address, pair.address);
  const noPoints = await deploy("FarmPerBlock", cake.address, E18);
  await noPoints.send.add(pair.address, 0n);

  await client.mine({ blocks: 1_200 });
  const placeMulticall = (bytecode) => client.setCode({ address: CANONICAL_MULTICALL, bytecode });
  return {
    multicall, foreignBlocks, cake, usd, old, pair, emptyPair, perBlock, perSecond, unusual, unclear, noPoints,
    installMulticall: () => placeMulticall(runtime("Aggregate")),
    removeMulticall: () => placeMulticall("0x"),
  };
}
