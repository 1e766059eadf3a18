// "Read from a chain": a farm, as its contracts answer.

import { useRef, useState } from "preact/hooks";
import type { ChainError, FarmReading, FarmRequest, RequestField } from "../chain";
import { Choice, Field } from "../field";
import { Fold } from "../fold";
import { ReadButtons, ReadingSays, useReading } from "../use-reading";
import { fill, remedyFor } from "./chain-form";
import { useSheet } from "./context";

type Texts = Record<RequestField, string>;

const EMPTY: Texts = {
  url: "", farm: "", poolId: "", multicall: "", rewardToken: "", blockDistance: "", "methods.emission": "",
  "methods.emissionPer": "", "methods.totalAllocPoint": "", "methods.poolInfo": "", "methods.lpToken": "",
  "methods.rewardToken": "",
};
const TIME_LIMIT_SECS = 30;

export function ChainPanel() {
  return (
    <Fold title="Read from a chain" says="points, emission, stake">
      <Panel />
    </Fold>
  );
}

function Panel() {
  const { session, open } = useSheet();
  const [texts, setTexts] = useState(EMPTY);
  const [problems, setProblems] = useState<readonly ChainError[]>([]);
  const [found, setFound] = useState<FarmReading>();
  const reading = useReading(TIME_LIMIT_SECS);
  const latest = useRef(session);
  latest.current = session;

  function read(): void {
    setProblems([]);
    setFound(undefined);
    void reading.read({
      ask: (chain, how) => chain.readFarm(requestOf(texts), how),
      onFound: (farm, chain) => {
        open(fill(latest.current, farm, chain.originText));
        setProblems(farm.problems);
        setFound(farm);
      },
      onRefused: (error) => setProblems([error]),
    });
  }

  const errorOf = (name: RequestField) =>
    problems.filter((problem) => remedyFor(problem.field) === name).map(({ message }) => message).join(" ") || undefined;
  const type = (name: RequestField, text: string) => {
    reading.stop();
    setTexts({ ...texts, [name]: text });
    setProblems(problems.filter((problem) => remedyFor(problem.field) !== name));
  };
  const field = (name: RequestField, label: string, placeholder = "") => (
    <Field
      plain label={label} value={texts[name]} placeholder={placeholder}
      error={errorOf(name)} onInput={(text) => type(name, text)}
    />
  );
  return (
    <div class="chain">
      <p class="note">
        The request goes from your browser to the endpoint that you name, and to nobody else. What is read fills the
        fields below; you can overwrite each of them.
      </p>
      {field("url", "RPC endpoint", "https://…")}
      {field("farm", "Address of the farm", "0x…")}
      {field("poolId", "Pool id", "0")}
      <Fold title="Own names and addresses" open={problems.some(isInOwnNames)}>
        <p class="note">Only where the farm's names are not the usual ones.</p>
        {field("methods.emission", "Emission method", "rewardPerBlock")}
        <Choice
          label="It counts" value={texts["methods.emissionPer"]}
          error={errorOf("methods.emissionPer")} onChange={(per) => type("methods.emissionPer", per)}
        >
          <option value="">as its name says</option>
          <option value="block">per block</option>
          <option value="second">per second</option>
        </Choice>
        {field("methods.totalAllocPoint", "Total points method", "totalAllocPoint")}
        {field("methods.poolInfo", "Pool method", "poolInfo(uint256) returns (address lpToken, uint256 allocPoint)")}
        {field("methods.lpToken", "Staked token method", "lpToken(uint256)")}
        {field("methods.rewardToken", "Reward token method", "rewardToken")}
        {field("rewardToken", "Address of the reward token", "0x…")}
        {field("multicall", "Address of a multicall contract", "0x…")}
        {field("blockDistance", "Blocks back for the block time", "1000")}
      </Fold>
      <ReadButtons reading={reading} onRead={read} />
      <div role="status">
        <ReadingSays state={reading.state} />
        {found && <Found reading={found} />}
      </div>
    </div>
  );
}

function Found({ reading }: { reading: FarmReading }) {
  const { block, via, pair, stakedToken, notices } = reading;
  return (
    <div class="note">
      <p>Read at block {String(block.number)}, {block.date}. {via.says}</p>
      {pair && <p>Coin 0 is {pair.token0.symbol?.value ?? pair.token0.address.value}, coin 1 is {pair.token1.symbol?.value ?? pair.token1.address.value}. {pair.ratio?.says} Give their prices in USD below.</p>}
      {!pair && stakedToken && <p>What is staked is {stakedToken.symbol?.value ?? stakedToken.address.value}. Give its price in USD below.</p>}
      {notices.map(({ message }) => <p key={message}>{message}</p>)}
    </div>
  );
}

function isInOwnNames({ field }: ChainError): boolean {
  return !["url", "farm", "poolId"].includes(remedyFor(field));
}

function requestOf(texts: Texts): FarmRequest {
  const per = texts["methods.emissionPer"];
  return {
    url: texts.url, farm: texts.farm, poolId: texts.poolId, multicall: texts.multicall, rewardToken: texts.rewardToken,
    blockDistance: texts.blockDistance,
    methods: {
      emission: texts["methods.emission"], emissionPer: per === "block" || per === "second" ? per : "",
      totalAllocPoint: texts["methods.totalAllocPoint"], poolInfo: texts["methods.poolInfo"],
      lpToken: texts["methods.lpToken"], rewardToken: texts["methods.rewardToken"],
    },
  };
}
