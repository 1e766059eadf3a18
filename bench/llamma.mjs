// LLAMMA through the package, against the same work in plain BigInt JavaScript and natively.
import { execFileSync } from "node:child_process";
import { llamma } from "llamath";
import { Amm, Controller, WAD } from "./llamma-bigint.mjs";
import { median, ratio } from "./measure.mjs";

const PERCENT = WAD / 100n;
const DISCOUNTS = { loanDiscount: 9n * PERCENT, liquidationDiscount: 6n * PERCENT };
const BASE = 3000n * WAD;
const [COLLATERAL, DEBT, BANDS] = [100n * WAD, 150_000n * WAD, 50];
const FEE = (6n * PERCENT) / 10n;
const OPENED = 1_700_000_000;
const [LATER, PRICE] = [600, 1850n * WAD];
const BANDS_OF_SWAP = 20;

const market = llamma.createMarket({
  generation: "v1", A: 100, basePrice: BASE, fee: FEE, ...DISCOUNTS,
  collateralDecimals: 18, borrowedDecimals: 18, now: OPENED, available: 10n ** 9n * WAD,
});
const opened = llamma.createLoan({ state: market, user: "me", collateral: COLLATERAL, debt: DEBT, bands: BANDS });
const state = llamma.setPrice({ state: opened, price: PRICE, secs: LATER });

/** The same market in plain JavaScript. */
function plainMarket() {
  const amm = new Amm(
    { generation: "v1", A: 100, basePrice0: BASE, fee: FEE, collateralDecimals: 18, borrowedDecimals: 18 },
    { now: OPENED },
  );
  return new Controller(amm, DISCOUNTS);
}
const CAP = { cap: 10n ** 9n * WAD };
const empty = plainMarket();
const unmoved = plainMarket();
const borrower = unmoved.createLoan(COLLATERAL, DEBT, BANDS);
const plain = plainMarket();
const user = plain.createLoan(COLLATERAL, DEBT, BANDS);
Object.assign(plain.amm, { oraclePrice: PRICE, now: OPENED + LATER });

/** What goes in to get through some bands, and a little of the next. */
function amountThrough(count) {
  const { bands } = llamma.bandComposition({ state });
  const amountOut = bands.slice(0, count).reduce((sum, { y }) => sum + y, 1n);
  return llamma.quote({ state, sell: "borrowed", amountOut }).amountIn;
}
const amountIn = amountThrough(BANDS_OF_SWAP);

const works = {
  healthy: {
    name: `x_down and health at ${BANDS} bands, the price above them`,
    package: () => llamma.health({ state: opened, user: "me" }),
    plain: () => unmoved.health(borrower),
  },
  health: {
    name: `x_down and health at ${BANDS} bands, the price among them`,
    package: () => llamma.health({ state, user: "me" }),
    plain: () => plain.health(user),
  },
  swap: {
    name: `a swap through ${BANDS_OF_SWAP} bands`,
    package: () => {
      const made = llamma.quote({ state, sell: "borrowed", amountIn });
      return [made.amountIn, made.amountOut];
    },
    plain: () => plain.amm.getDxDy(0, 1, amountIn),
  },
  previews: {
    name: "loanPreviews, 4 to 50 bands",
    package: () =>
      llamma.loanPreviews({ state: market, collateral: 10n * WAD, debt: 15_000n * WAD })
        .map(({ loan, maxBorrowable }) =>
          [loan.health, loan.healthFull, maxBorrowable, loan.minCollateral, loan.upper, loan.lower]),
    plain: () =>
      Array.from({ length: 47 }, (_, index) => {
        const [collateral, debt, count] = [10n * WAD, 15_000n * WAD, index + 4];
        const { maxBorrowable, minCollateral, userPrices } = empty.loanPreview(collateral, debt, count, CAP);
        // Its preview of health is the contracts', which is not the health that the loan then has.
        const made = plainMarket();
        const borrower = made.createLoan(collateral, debt, count, CAP);
        return [made.health(borrower), made.health(borrower, true), maxBorrowable, minCollateral, ...userPrices];
      }),
  },
};

/** All that the page draws anew when the oracle price is dragged by one stop. */
function redraw(price) {
  const { state: moved } = llamma.pricePath({ state: opened, user: "me", prices: [price], secs: 600 });
  llamma.loan({ state: moved, user: "me" });
  llamma.bandComposition({ state: moved, user: "me" });
  llamma.liquidationRange({ state: market, collateral: COLLATERAL, debt: DEBT, bands: BANDS });
  llamma.maxLtv({ state: market, collateral: COLLATERAL, bands: BANDS });
}

export function llammaResults() {
  const native = JSON.parse(
    execFileSync("cargo", ["run", "--quiet", "--release", "--locked", "--package", "llamath-bench"], { encoding: "utf8" }),
  );
  const results = {};
  for (const [key, work] of Object.entries(works)) {
    const agree = String(work.package()) === String(work.plain());
    if (!agree) throw new Error(`${work.name}: the two disagree`);
    results[`${work.name}, speed against BigInt in plain JavaScript`] = ratio(work.plain, work.package);
    results[`${work.name}, time in the package over native`] = (median(work.package) * 1e6) / native[key];
  }
  let step = 0n;
  const frame = median(() => {
    step = (step + 1n) % 40n;
    redraw(PRICE + step * WAD);
  });
  results[`frames of 16 ms that redrawing a loan of ${BANDS} bands takes`] = frame / 16;
  return results;
}
