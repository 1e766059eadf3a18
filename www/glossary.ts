// One line for each word of the field, shared by all sections.

export const GLOSSARY = {
  points: "Allocation points (allocPoint, the “multiplier” 40x): this pool's share of the farm's emission is its points over those of all pools.",
  totalPoints: "totalAllocPoint: the points of all pools of the farm added up.",
  weight: "The part of the farm's emission that goes to this pool: its points over the points of all pools.",
  emission: "How many reward tokens the farm gives out, for all its pools together, in each block or second.",
  blockTime: "Seconds from one block to the next. Chains have become faster; a figure made with an old block time is wrong by that factor.",
  staked: "What all stakers together have in this pool. More stake means a lower APR for each.",
  reserves: "What the trading pool behind the LP token holds of each coin.",
  decimals: "How many digits after the point the token has on its chain, 18 for most.",
  lpSupply: "All LP tokens in existence. Only those held by the farm share its rewards.",
  displayed: "The figure on the farm's page, with the digits it shows: “178%” stands for anything from 177.5 % up to 178.5 %.",
  yearBasis: "The length of the year that the APR is per. Most farms use 365 days.",
  principal: "The amount that you would deposit, before any fee.",
  depositFee: "A part of your deposit that the farm keeps, once.",
  performanceFee: "A part of your rewards that the farm keeps.",
  compoundingCost: "What one claim and reinvestment costs you in network fees.",
  apr: "Annual percentage rate: the reward of one year without reinvesting, over the stake.",
  apy: "Annual percentage yield: the same with rewards reinvested. It holds only if price, stake and emission stay as they are.",
  k: "K = shown ÷ computed. 1 means that the shown figure matches; because the shown figure is rounded, K is an interval.",
  priceRatio: "The price of one coin in units of the other, now over then: 2 when it has doubled.",
  impermanentLoss: "What a liquidity provider has less than somebody who just kept the two coins.",
  proof: "A record of every input, step and result. Whoever repeats it gets the same bytes and the same SHA-256.",
} as const;

export type Term = keyof typeof GLOSSARY;
