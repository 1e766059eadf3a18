// LLAMMA, Curve's lending AMM, in plain BigInt JavaScript: contract generations v1 and v2.
//
// Written from the specification alone. It serves as the benchmark's baseline and as an independent
// cross-check, so it shares nothing with the Rust sources.
//
// Conventions: amounts, prices, fees and rates are BigInt; band numbers, N, decimals and timestamps (seconds)
// are Numbers. Bands are kept at 18 decimals, arguments and results are in token units unless a name says `18`.
// A refusal of the contract is a `Revert` whose message is the contract's text ("revert" if it has none);
// a division by zero surfaces as JavaScript's own RangeError. Overflow beyond 256 bits is detected only where the
// vectors reach it (pOracleUp, getAmountForPrice).

/** 10^18, the fixed-point unit. */
export const WAD = 10n ** 18n;
const E36 = 10n ** 36n;
const MAX_TICKS = 50;
const MIN_TICKS = 4;
const MAX_SKIP_TICKS = 1024;
const MAX_P_BASE_BANDS = 5;
const PREV_P_O_DELAY = 120;
const MAX_P_O_CHG = 1_250_000_000_000_000_000n;
const MIN_P_O_RATIO = E36 / MAX_P_O_CHG;
const DEAD_SHARES = 1000n;
const MAX_SHARES = (1n << 128n) - 1n;
const UINT256_LIMIT = 1n << 256n;
const BIT_SMALLER = WAD - 10n ** 14n;
const NOT_STARTED = MAX_TICKS;

/** A refusal by the contract; `message` is its text, or "revert" when it gives none. */
export class Revert extends Error {}

const ensure = (condition, reason = "revert") => {
  if (!condition) throw new Revert(reason);
};
const max = (a, b) => (a > b ? a : b);
const min = (a, b) => (a < b ? a : b);

// --- Elementary functions ----------------------------------------------------------------------------------

/**
 * Floor integer square root.
 * @param {bigint} x non-negative
 * @returns {bigint}
 */
function isqrt(x) {
  if (x < 4503599627370496n) return BigInt(Math.floor(Math.sqrt(Number(x))));
  // The double is right to about 52 bits; each Newton step doubles that, from above after the first.
  let root = BigInt(Math.floor(Math.sqrt(Number(x))));
  root = (root + x / root) >> 1n;
  for (;;) {
    const next = (root + x / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

const TWO95 = 1n << 95n;
const LN2_96 = 54916777467707473351141471128n;
const EXP_OVERFLOW = 135305999368893231589n;
const EXP_UNDERFLOW_V1 = -41446531673892821376n;
const EXP_UNDERFLOW_V2 = -41446531673892822313n;
const EXP_P0 = 1346386616545796478920950773328n;
const EXP_P1 = 57155421227552351082224309758442n;
const EXP_P2 = 94201549194550492254356042504812n;
const EXP_P3 = 28719021644029726153956944680412240n;
const EXP_P4 = 4385272521454847904659076985693276n << 96n;
const EXP_Q0 = 2855989394907223263936484059900n;
const EXP_Q1 = 50020603652535783019961831881945n;
const EXP_Q2 = 533845033583426703283633433725380n;
const EXP_Q3 = 3604857256930695427073651918091429n;
const EXP_Q4 = 14423608567350463180887372962807573n;
const EXP_Q5 = 26449188498355588339934803723976023n;
const EXP_SCALE = 3822833074963236453042738258902158003155416615667n;

/** v / 2^96 truncated toward zero (shifts are cheaper than BigInt division). */
const div96 = (v) => (v < 0n ? -(-v >> 96n) : v >> 96n);

/**
 * e^x of generation v1: every scaling by 2^96 is a division that truncates toward zero.
 * @param {bigint} x exponent, 18 decimals
 * @returns {bigint} 18 decimals; 0 at and below -41.4465…
 */
export function expV1(x) {
  if (x <= EXP_UNDERFLOW_V1) return 0n;
  ensure(x < EXP_OVERFLOW, "exp overflow");
  let X = (x << 96n) / WAD;
  const k = div96((X << 96n) / LN2_96 + TWO95);
  X -= k * LN2_96;
  let y = X + EXP_P0;
  y = div96(y * X) + EXP_P1;
  let p = y + X - EXP_P2;
  p = div96(p * y) + EXP_P3;
  p = p * X + EXP_P4;
  let q = X - EXP_Q0;
  q = div96(q * X) + EXP_Q1;
  q = div96(q * X) - EXP_Q2;
  q = div96(q * X) + EXP_Q3;
  q = div96(q * X) - EXP_Q4;
  q = div96(q * X) + EXP_Q5;
  return ((p / q) * EXP_SCALE) >> (195n - k);
}

/**
 * e^x of generation v2: the same polynomials, scaled by arithmetic right shifts.
 * @param {bigint} x exponent, 18 decimals
 * @returns {bigint} 18 decimals; 0 at and below -41.4465…
 */
export function expV2(x) {
  if (x <= EXP_UNDERFLOW_V2) return 0n;
  ensure(x < EXP_OVERFLOW, "math: wad_exp overflow");
  let X = (x << 96n) / WAD;
  const k = ((X << 96n) / LN2_96 + TWO95) >> 96n;
  X -= k * LN2_96;
  let y = X + EXP_P0;
  y = ((y * X) >> 96n) + EXP_P1;
  let p = y + X - EXP_P2;
  p = ((p * y) >> 96n) + EXP_P3;
  p = p * X + EXP_P4;
  let q = X - EXP_Q0;
  q = ((q * X) >> 96n) + EXP_Q1;
  q = ((q * X) >> 96n) - EXP_Q2;
  q = ((q * X) >> 96n) + EXP_Q3;
  q = ((q * X) >> 96n) - EXP_Q4;
  q = ((q * X) >> 96n) + EXP_Q5;
  return ((p / q) * EXP_SCALE) >> (195n - k);
}

const EXPONENT_VIEW = new DataView(new ArrayBuffer(8));

/** floor(log2 x) for 0 < x < 2^1023: the double's exponent, one less where the conversion rounded up. */
function log2Floor(x) {
  EXPONENT_VIEW.setFloat64(0, Number(x));
  const exponent = BigInt((EXPONENT_VIEW.getUint16(0) >> 4) - 1023);
  return x >> exponent === 0n ? exponent - 1n : exponent;
}

const INT256_LIMIT = 1n << 255n;
const LN_P6 = 795164235651350426258249787498n << 96n;

/**
 * Natural logarithm, rational approximation (both generations' controllers, v2's AMM).
 * @param {bigint} x 18 decimals, 0 < x < 2^255 (refused otherwise)
 * @returns {bigint} 18 decimals, signed
 */
export function wadLn(x) {
  ensure(x > 0n && x < INT256_LIMIT);
  const k = log2Floor(x) - 96n;
  const v = k >= 0n ? x >> k : x << -k;
  let p = (((v + 3273285459638523848632254066296n) * v) >> 96n) + 24828157081833163892658089445524n;
  p = ((p * v) >> 96n) + 43456485725739037958740375743393n;
  p = ((p * v) >> 96n) - 11111509109440967052023855526967n;
  p = ((p * v) >> 96n) - 45023709667254063763336534515857n;
  p = ((p * v) >> 96n) - 14706773417378608786704636184526n;
  p = p * v - LN_P6;
  let q = (((v + 5573035233440673466300451813936n) * v) >> 96n) + 71694874799317883764090561454958n;
  q = ((q * v) >> 96n) + 283447036172924575727196451306956n;
  q = ((q * v) >> 96n) + 401686690394027663651624208769553n;
  q = ((q * v) >> 96n) + 204048457590392012362485061816622n;
  q = ((q * v) >> 96n) + 31853899698501571402653359427138n;
  q = ((q * v) >> 96n) + 909429971244387300277376558375n;
  return (
    ((p / q) * 1677202110996718588342820967067443963516166n +
      k * 16597577552685614221487285958193947469193820559219878177908093499208371n +
      600920179829731861736702779321621459595472258049074101567377883020018308n) >>
    174n
  );
}

/**
 * Natural logarithm by bisection of log2, as in the factory (the AMM's band logarithm in v1).
 * @param {bigint} x 18 decimals, at least 1
 * @returns {bigint} 18 decimals
 */
export function lnInt(x) {
  let log = 0n;
  for (let t = 128n; t > 0n; t >>= 1n) {
    if (x >= WAD << t) {
      x >>= t;
      log += t * WAD;
    }
  }
  let d = WAD;
  for (let i = 0; i < 59; i++) {
    if (x >= 2n * WAD) {
      log += d;
      x >>= 1n;
    }
    x = (x * x) / WAD;
    d >>= 1n;
  }
  return (log * WAD) / 1442695040888963328n;
}

// --- Per-A constants ---------------------------------------------------------------------------------------

/**
 * Everything that depends on A and the generation only.
 * @param {number|bigint} A amplification, 2 to 10000
 * @param {"v1"|"v2"} generation
 */
export function constantsOf(A, generation) {
  ensure(generation === "v1" || generation === "v2", `unknown generation ${generation}`);
  const a = BigInt(A);
  const Aminus1 = a - 1n;
  const ratio = (WAD * a) / Aminus1;
  let maxOracleDnPow = WAD;
  for (let i = 0; i < MAX_TICKS; i++) maxOracleDnPow = (maxOracleDnPow * a) / Aminus1;
  return Object.freeze({
    generation,
    isV2: generation === "v2",
    exp: generation === "v2" ? expV2 : expV1,
    A: a,
    Aminus1,
    A2: a * a,
    Aminus12: Aminus1 * Aminus1,
    A2x: 2n * a,
    A4x: 4n * a,
    /** isqrt of the band ratio: AMM's and controller's (they differ by 1 wei for some A). */
    sqrtBandRatio: isqrt(ratio * WAD),
    controllerSqrtBandRatio: isqrt((E36 * a) / Aminus1),
    /** ln of the band ratio: AMM's and controller's (different algorithms in v1). */
    logARatio: generation === "v2" ? wadLn(ratio) : lnInt(ratio),
    lognARatio: wadLn(ratio),
    maxOracleDnPow,
    minOracleDnPow: E36 / maxOracleDnPow,
  });
}

// --- Pure band arithmetic ----------------------------------------------------------------------------------

/**
 * Oracle limiter: caps the oracle's move since the last exchange and charges it a fading fee.
 * @param {bigint} price the oracle's price
 * @param {bigint} oldPriceOracle
 * @param {bigint} oldDynamicFee
 * @param {number} age seconds since the last exchange
 * @returns {{price: bigint, fee: bigint}}
 */
export function limitPriceOracle(price, oldPriceOracle, oldDynamicFee, age) {
  if (age >= PREV_P_O_DELAY) return { price, fee: 0n };
  const dt = BigInt(PREV_P_O_DELAY - age);
  let limited = price;
  let ratio;
  if (price > oldPriceOracle) {
    ratio = (oldPriceOracle * WAD) / price;
    if (ratio < MIN_P_O_RATIO) {
      limited = (oldPriceOracle * MAX_P_O_CHG) / WAD;
      ratio = MIN_P_O_RATIO;
    }
  } else {
    ratio = (price * WAD) / oldPriceOracle;
    if (ratio < MIN_P_O_RATIO) {
      limited = (oldPriceOracle * WAD) / MAX_P_O_CHG;
      ratio = MIN_P_O_RATIO;
    }
  }
  const fee = ((WAD + oldDynamicFee - (ratio * ratio * ratio) / E36) * dt) / BigInt(PREV_P_O_DELAY);
  return { price: limited, fee: min(fee, WAD - 1n) };
}

/**
 * Per-band fee: what the oracle has moved beyond the band's current prices, a quarter of it.
 * @param {ReturnType<typeof constantsOf>} c
 * @param {bigint} p limited oracle price
 * @param {bigint} up pOracleUp of the band
 */
export function bandFee(c, p, up) {
  const pCurrentDown = (((p * p) / up) * p) / up;
  if (p < pCurrentDown) return ((pCurrentDown - p) * (WAD / 4n)) / pCurrentDown;
  const pCurrentUp = (((pCurrentDown * c.A) / c.Aminus1) * c.A) / c.Aminus1;
  if (p > pCurrentUp) return ((p - pCurrentUp) * (WAD / 4n)) / p;
  return 0n;
}

/**
 * y0 of a band: the collateral it would hold at the top of its range.
 * @param {ReturnType<typeof constantsOf>} c
 * @param {bigint} x borrowed tokens, 18 decimals
 * @param {bigint} y collateral, 18 decimals
 * @param {bigint} p limited oracle price
 * @param {bigint} up pOracleUp of the band
 */
export function getY0(c, x, y, p, up) {
  let b = 0n;
  if (x !== 0n) b = (up * c.Aminus1 * x) / p;
  if (y !== 0n) b += (((c.A * p * p) / up) * y) / WAD;
  if (x === 0n || y === 0n) return (b * WAD) / (c.A * p);
  const D = b * b + ((c.A4x * p * y) / WAD) * x;
  return ((b + isqrt(D)) * WAD) / (c.A2x * p);
}

/**
 * The band's curve (f + x)(g + y) = inv.
 * @returns {{y0: bigint, f: bigint, g: bigint, inv: bigint}}
 */
function bandInvariant(c, x, y, p, up) {
  const y0 = getY0(c, x, y, p, up);
  const f = (((c.A * y0 * p) / up) * p) / WAD;
  const g = (c.Aminus1 * y0 * up) / p;
  return { y0, f, g, inv: (f + x) * (g + y) };
}

/**
 * Collateral that counts toward a loan over N bands, valued at the top of the first one.
 * @param {ReturnType<typeof constantsOf>} c
 * @param {bigint} collateral18 collateral, 18 decimals
 * @param {number} N bands
 * @param {bigint} discount 18 decimals
 * @returns {bigint} 18 decimals
 */
export function yEffective(c, collateral18, N, discount) {
  if (N === 0) return 0n;
  const n = BigInt(N);
  const effective = min(discount + (DEAD_SHARES * WAD) / max(collateral18 / n, DEAD_SHARES), WAD);
  let d = (collateral18 * (WAD - effective)) / (c.controllerSqrtBandRatio * n);
  let sum = d;
  for (let i = Math.min(N, MAX_TICKS); i > 1; i--) {
    d = (d * c.Aminus1) / c.A;
    sum += d;
  }
  return sum;
}

// --- AMM ---------------------------------------------------------------------------------------------------

/**
 * @typedef {{x: bigint, y: bigint, shares: bigint}} Band amounts and total shares, 18 decimals
 * @typedef {{n1: number, n2: number, shares: bigint[]}} Position a user's bands n1..n2, one share count per band
 * @typedef {Position & {loan: {initialDebt: bigint, rateMul: bigint}, liquidationDiscount: bigint}} User
 */

const EMPTY_BAND = Object.freeze({ x: 0n, y: 0n, shares: 0n });

/** The AMM: bands, prices, swaps, and the value of a position. */
export class Amm {
  /**
   * @param {object} params
   * @param {"v1"|"v2"} params.generation
   * @param {number|bigint} params.A
   * @param {bigint} params.basePrice0 base price at deployment
   * @param {bigint} params.fee
   * @param {bigint} [params.adminFee] share of the fee, v1 only
   * @param {number} params.collateralDecimals
   * @param {number} params.borrowedDecimals
   * @param {object} [state] any of: now, oraclePrice, oldPriceOracle, oldDynamicFee, prevPriceOracleTime, rate,
   *   rateTime, rateMul, activeBand, minBand, maxBand, bands (Map of band number to Band)
   */
  constructor(params, state = {}) {
    this.constants = constantsOf(params.A, params.generation);
    this.basePrice0 = params.basePrice0;
    this.fee = params.fee;
    this.adminFee = params.generation === "v1" ? (params.adminFee ?? 0n) : 0n;
    this.collateralPrecision = 10n ** BigInt(18 - params.collateralDecimals);
    this.borrowedPrecision = 10n ** BigInt(18 - params.borrowedDecimals);
    this.now = state.now ?? 0;
    this.oraclePrice = state.oraclePrice ?? params.basePrice0;
    this.oldPriceOracle = state.oldPriceOracle ?? this.oraclePrice;
    this.oldDynamicFee = state.oldDynamicFee ?? 0n;
    this.prevPriceOracleTime = state.prevPriceOracleTime ?? this.now;
    this.rate = state.rate ?? 0n;
    this.rateTime = state.rateTime ?? this.now;
    this.rateMul = state.rateMul ?? WAD;
    this.activeBand = state.activeBand ?? 0;
    this.minBand = state.minBand ?? 0;
    this.maxBand = state.maxBand ?? 0;
    /** @type {Map<number, Band>} */
    this.bands = state.bands ?? new Map();
    this.adminFeesX = 0n;
    this.adminFeesY = 0n;
  }

  /** The band's amounts; do not write to the result. */
  band(n) {
    return this.bands.get(n) ?? EMPTY_BAND;
  }

  #writableBand(n) {
    let band = this.bands.get(n);
    if (band === undefined) this.bands.set(n, (band = { x: 0n, y: 0n, shares: 0n }));
    return band;
  }

  /** Interest multiplier at `now`. */
  getRateMul() {
    const elapsed = BigInt(this.now - this.rateTime);
    return (this.rateMul * (WAD + this.rate * elapsed)) / WAD;
  }

  getBasePrice() {
    return (this.basePrice0 * this.getRateMul()) / WAD;
  }

  /** Oracle price at the top of band n. */
  pOracleUp(n) {
    const c = this.constants;
    const exponent = BigInt(-n) * c.logARatio;
    ensure(c.isV2 || exponent < EXP_OVERFLOW);
    const power = c.exp(exponent);
    ensure(power > 1000n);
    const scaled = this.getBasePrice() * power;
    ensure(scaled < UINT256_LIMIT);
    return scaled / WAD;
  }

  pOracleDown(n) {
    return this.pOracleUp(n + 1);
  }

  #pCurrent(b) {
    const p = this.priceOracle();
    const ratio = (p * p) / b;
    return (ratio * p) / b;
  }

  /** AMM price at the bottom of band n, at the current oracle price. */
  pCurrentDown(n) {
    return this.#pCurrent(this.pOracleUp(n));
  }

  pCurrentUp(n) {
    return this.#pCurrent(this.pOracleUp(n + 1));
  }

  /** @returns {{price: bigint, fee: bigint}} the limiter's view of the oracle at `now` */
  limited() {
    return limitPriceOracle(
      this.oraclePrice, this.oldPriceOracle, this.oldDynamicFee, this.now - this.prevPriceOracleTime);
  }

  /** The oracle price as the AMM uses it, limited. */
  priceOracle() {
    return this.limited().price;
  }

  dynamicFee() {
    return max(this.fee, this.limited().fee);
  }

  /** AMM price in the active band. */
  getP() {
    const { A, Aminus1 } = this.constants;
    const up = this.pOracleUp(this.activeBand);
    const p = this.priceOracle();
    const { x, y } = this.band(this.activeBand);
    if (x === 0n) {
      const down = (((p * p) / up) * p) / up;
      if (y !== 0n) return down;
      return ((((p * p) / up) * p) / up) * A / Aminus1;
    }
    if (y === 0n) {
      const pDown = (up * Aminus1) / A;
      return (((p * p) / pDown) * p) / pDown;
    }
    const y0 = getY0(this.constants, x, y, p, up);
    const f = ((A * y0 * p) / up) * p;
    const g = (Aminus1 * y0 * up) / p;
    return (f + x * WAD) / (g + y);
  }

  /** The active band, or the first non-empty one (in x) below it; activeBand - 1024 if there is none. */
  activeBandWithSkip() {
    let n = this.activeBand;
    for (let i = 0; i < MAX_SKIP_TICKS; i++) {
      if (this.band(n).x !== 0n) return n;
      if (--n < this.minBand) return this.activeBand - MAX_SKIP_TICKS;
    }
    return n;
  }

  /** Whether the active band can be moved to nEnd (exclusive) without passing liquidity; always checks itself. */
  canSkipBands(nEnd) {
    let n = this.activeBand;
    const step = nEnd > n ? 1 : -1;
    for (let i = 0; i < MAX_SKIP_TICKS; i++) {
      const band = this.band(n);
      if ((step > 0 ? band.y : band.x) !== 0n) return false;
      n += step;
      if (step > 0 ? n >= nEnd : n <= nEnd) return true;
    }
    ensure(!this.constants.isV2, "Too deep");
    return true;
  }

  /**
   * Walks the bands from the active one. Pump: borrowed tokens come in, collateral goes out.
   * The incoming side of a band is `a` (on curve offset fa), the outgoing side `c` (offset gc).
   */
  #swap(pump, exactIn, amount18, { price: p, fee: limiterFee }) {
    const k = this.constants;
    const baseFee = max(this.fee, limiterFee);
    const plainAntifee = E36 / (WAD - min(baseFee, WAD - 1n));
    const end = pump ? this.maxBand : this.minBand;
    const ticksIn = [];
    let n = this.activeBand;
    let n1 = n;
    let up = this.pOracleUp(n);
    let { x, y } = this.band(n);
    let j = NOT_STARTED;
    let left = amount18;
    let inAmount = 0n;
    let outAmount = 0n;
    let adminFee = 0n;
    let lastOut = 0n;
    for (let i = 0; ; i++) {
      const a = pump ? x : y;
      const c = pump ? y : x;
      let curve;
      if (x !== 0n || y !== 0n) {
        curve = bandInvariant(k, x, y, p, up);
        if (j === NOT_STARTED) {
          n1 = n;
          j = 0;
        }
      }
      if (j !== NOT_STARTED) ticksIn.push(a);
      if (c !== 0n) {
        const { f, g, inv } = curve;
        const fa = pump ? f : g;
        const gc = pump ? g : f;
        if (gc !== 0n) {
          const fee = bandFee(k, p, up);
          const antifee = fee > baseFee ? E36 / (WAD - min(fee, WAD - 1n)) : plainAntifee;
          let dest = inv / gc - fa - a; // what empties the band, before the fee
          let d = (dest * antifee) / WAD;
          let last = false;
          if (exactIn) {
            if (d >= left) {
              last = true;
              d = left;
              dest = (left * WAD) / antifee;
              lastOut = min(inv / (fa + a + dest) - gc + 1n, c);
              inAmount = amount18;
              outAmount += c - lastOut;
            } else {
              if (d === 0n) d = 1n;
              left -= d;
              inAmount += d;
              outAmount += c;
            }
          } else if (c >= left) {
            last = true;
            lastOut = c - left;
            dest = inv / (gc + lastOut) - fa - a;
            d = (dest * antifee) / WAD;
            inAmount += d;
            outAmount = amount18;
          } else {
            if (d === 0n) d = 1n;
            left -= c;
            inAmount += d;
            outAmount += c;
          }
          let tick = a + d;
          if (this.adminFee !== 0n) {
            const cut = ((d - dest) * this.adminFee) / WAD;
            adminFee += cut;
            tick -= cut;
          }
          ticksIn[j] = tick;
          if (last) break;
        }
      }
      if (i === MAX_TICKS + MAX_SKIP_TICKS - 1 || n === end || j === MAX_TICKS - 1) break;
      const ratio = (up * WAD) / p;
      if (pump) {
        if (ratio < k.minOracleDnPow) break;
        n++;
        up = (up * k.Aminus1) / k.A;
        x = 0n;
        y = this.band(n).y;
      } else {
        if (ratio > k.maxOracleDnPow) break;
        n--;
        up = (up * k.A) / k.Aminus1;
        x = this.band(n).x;
        y = 0n;
      }
      if (j !== NOT_STARTED) j++;
    }
    const inPrecision = pump ? this.borrowedPrecision : this.collateralPrecision;
    const outPrecision = pump ? this.collateralPrecision : this.borrowedPrecision;
    return {
      n1, n2: n, ticksIn, lastOut, adminFee,
      inAmount: (inAmount + inPrecision - 1n) / inPrecision,
      outAmount: outAmount / outPrecision,
    };
  }

  #pumpOf(i, j) {
    ensure((i === 0 && j === 1) || (i === 1 && j === 0), "Wrong index");
    return i === 0;
  }

  /**
   * Exact-in swap on the present bands, nothing written.
   * @param {boolean} pump true: borrowed tokens in, collateral out
   * @param {bigint} inAmount
   * @returns {{inAmount: bigint, outAmount: bigint, n1: number, n2: number, ticksIn: bigint[], lastOut: bigint,
   *   adminFee: bigint}} bands n1..n2 change; ticksIn and lastOut (band n2's outgoing side) have 18 decimals
   */
  calcSwapOut(pump, inAmount, limited = this.limited()) {
    return this.#swap(pump, true, inAmount * (pump ? this.borrowedPrecision : this.collateralPrecision), limited);
  }

  /** Exact-out swap on the present bands, nothing written; the result is calcSwapOut's. */
  calcSwapIn(pump, outAmount, limited = this.limited()) {
    return this.#swap(pump, false, outAmount * (pump ? this.collateralPrecision : this.borrowedPrecision), limited);
  }

  /** @returns {[bigint, bigint]} [in, out]; less than asked goes in when the liquidity ends */
  getDxDy(i, j, inAmount) {
    const pump = this.#pumpOf(i, j);
    if (inAmount === 0n) return [0n, 0n];
    const swap = this.calcSwapOut(pump, inAmount);
    return [swap.inAmount, swap.outAmount];
  }

  getDy(i, j, inAmount) {
    return this.getDxDy(i, j, inAmount)[1];
  }

  /** @returns {[bigint, bigint]} [out, in] */
  getDyDx(i, j, outAmount) {
    const pump = this.#pumpOf(i, j);
    if (outAmount === 0n) return [0n, 0n];
    const swap = this.calcSwapIn(pump, outAmount);
    return [swap.outAmount, swap.inAmount];
  }

  getDx(i, j, outAmount) {
    const [out, inAmount] = this.getDyDx(i, j, outAmount);
    ensure(out === outAmount);
    return inAmount;
  }

  #settle(pump, swap, limited) {
    this.oldPriceOracle = limited.price;
    this.oldDynamicFee = limited.fee;
    this.prevPriceOracleTime = this.now;
    if (swap === undefined || swap.inAmount === 0n || swap.outAmount === 0n) return [0n, 0n];
    const { n1, n2, ticksIn, lastOut } = swap;
    const step = n2 < n1 ? -1 : 1;
    for (let n = n1, k = 0; k < ticksIn.length; n += step, k++) {
      const band = this.#writableBand(n);
      const out = n === n2 ? lastOut : 0n;
      band.x = pump ? ticksIn[k] : out;
      band.y = pump ? out : ticksIn[k];
    }
    this.activeBand = n2;
    if (pump) this.adminFeesX += swap.adminFee / this.borrowedPrecision;
    else this.adminFeesY += swap.adminFee / this.collateralPrecision;
    return [swap.inAmount, swap.outAmount];
  }

  /**
   * Swaps exactly `inAmount` in (less if the liquidity ends) and writes the bands back.
   * @returns {[bigint, bigint]} [in, out], [0, 0] if either rounds to nothing
   */
  exchange(i, j, inAmount, minOut = 0n) {
    const pump = this.#pumpOf(i, j);
    const limited = this.limited();
    if (inAmount === 0n) return this.#settle(pump, undefined, limited);
    const swap = this.calcSwapOut(pump, inAmount, limited);
    ensure(swap.outAmount >= minOut, "Slippage");
    return this.#settle(pump, swap, limited);
  }

  /**
   * Swaps for exactly `outAmount` out (2^256-1: everything) and writes the bands back.
   * @returns {[bigint, bigint]} [in, out]
   */
  exchangeDy(i, j, outAmount, maxIn) {
    const pump = this.#pumpOf(i, j);
    const limited = this.limited();
    if (outAmount === 0n) return this.#settle(pump, undefined, limited);
    const all = outAmount === (1n << 256n) - 1n;
    const swap = all ? this.#swap(pump, false, outAmount, limited) : this.calcSwapIn(pump, outAmount, limited);
    ensure(swap.inAmount <= maxIn && (all || swap.outAmount === outAmount), "Slippage");
    return this.#settle(pump, swap, limited);
  }

  /**
   * Amount to swap in so that the AMM price becomes `price`.
   * @returns {[bigint, boolean]} [amount, pump]
   */
  getAmountForPrice(price) {
    const k = this.constants;
    const { price: p, fee: limiterFee } = this.limited();
    const baseFee = max(this.fee, limiterFee);
    const pump = price >= this.getP();
    const end = pump ? this.maxBand : this.minBand;
    let n = this.activeBand;
    let up = this.pOracleUp(n);
    let pDown = (((p * p) / up) * p) / up;
    let pUp = (pDown * k.A2) / k.Aminus12;
    let j = NOT_STARTED;
    let amount = 0n;
    for (let i = 0; i < MAX_TICKS + MAX_SKIP_TICKS; i++) {
      const { x, y } = this.band(n);
      const here = pDown <= price && price <= pUp;
      if (x !== 0n || y !== 0n) {
        const { f, g, inv } = bandInvariant(k, x, y, p, up);
        const antifee = E36 / (WAD - min(max(bandFee(k, p, up), baseFee), WAD - 1n));
        if (j === NOT_STARTED) j = 0;
        let d;
        if (here) {
          ensure(inv * WAD < UINT256_LIMIT);
          const yNew = max(isqrt((inv * WAD) / price), g) - g;
          const xNew = max(inv / (g + yNew), f) - f; // refused at 0/0, which matters even where y is asked for
          d = pump ? max(xNew, x) - x : max(yNew, y) - y;
        } else {
          d = pump ? inv / g - f - x : inv / f - g - y;
        }
        amount += (d * antifee) / WAD;
      }
      if (here || n === end || j === MAX_TICKS - 1) break;
      const ratio = (up * WAD) / p;
      if (pump) {
        if (ratio < k.minOracleDnPow) break;
        n++;
        up = (up * k.Aminus1) / k.A;
        pDown = pUp;
        pUp = (pUp * k.A2) / k.Aminus12;
      } else {
        if (ratio > k.maxOracleDnPow) break;
        n--;
        up = (up * k.A) / k.Aminus1;
        pUp = pDown;
        pDown = (pDown * k.Aminus12) / k.A2;
      }
      if (j !== NOT_STARTED) j++;
    }
    if (amount === 0n) return [0n, pump];
    const precision = pump ? this.borrowedPrecision : this.collateralPrecision;
    return [(amount - 1n) / precision + 1n, pump];
  }

  /** What the position would hold after an adiabatic move of the price through all of its bands. */
  #valueAcross(position, useY) {
    const { n1, n2, shares } = position;
    if (shares.length === 0 || shares[0] === 0n) return 0n;
    const k = this.constants;
    const sqrtRatio = k.sqrtBandRatio;
    const p = this.priceOracle();
    const active = this.activeBand;
    let down = this.pOracleUp(n1);
    let sum = 0n;
    for (let n = n1; n <= n2; n++) {
      const up = down;
      down = (down * k.Aminus1) / k.A;
      const band = this.bands.get(n);
      const share = shares[n - n1];
      if (band === undefined || band.shares === 0n || share === 0n) continue;
      const x = n <= active ? band.x : 0n;
      const y = n >= active ? band.y : 0n;
      if (x === 0n && y === 0n) continue;
      ensure(down !== 0n); // p^2/down is refused even where the result does not need it
      let xo = 0n;
      let yo = 0n;
      if (x === 0n || y === 0n) {
        if (p > up) yo = y !== 0n ? y : (x * WAD) / ((((p * p) / down) * p) / up);
        else if (p < down) xo = x !== 0n ? x : (y * ((((p * p) / down) * p) / up)) / WAD;
      }
      if (xo === 0n && yo === 0n) {
        const { y0, f, g, inv } = bandInvariant(k, x, y, p, up);
        if (p > up) {
          yo = f === 0n ? 0n : max(inv / f, g) - g;
        } else if (p < down) {
          xo = g === 0n ? 0n : max(inv / g, f) - f;
        } else {
          yo = (k.A * y0 * (p - down)) / p;
          xo = max(inv / (g + yo), f) - f;
        }
      }
      let value;
      if (useY) {
        if (p > up) value = yo;
        else if (p < down) value = (xo * sqrtRatio) / up;
        else value = yo + (xo * WAD) / isqrt(up * p);
      } else if (p > up) value = (yo * up) / sqrtRatio;
      else if (p < down) value = xo;
      else value = xo + (yo * isqrt(down * p)) / WAD;
      sum += (value * share) / (band.shares + DEAD_SHARES);
    }
    return sum / (useY ? this.collateralPrecision : this.borrowedPrecision);
  }

  /** Borrowed tokens the position would hold after the price falls through its bands. @param {Position} position */
  getXDown(position) {
    return this.#valueAcross(position, false);
  }

  /** Collateral the position would hold after the price rises through its bands. @param {Position} position */
  getYUp(position) {
    return this.#valueAcross(position, true);
  }

  /** @param {Position} position @returns {[bigint, bigint]} the position's [x, y] now */
  getSumXY({ n1, n2, shares }) {
    if (shares.length === 0 || shares[0] === 0n) return [0n, 0n];
    let sumX = 0n;
    let sumY = 0n;
    for (let n = n1; n <= n2; n++) {
      const band = this.band(n);
      const total = band.shares + DEAD_SHARES;
      const share = shares[n - n1];
      sumX += ((band.x + 1n) * share) / total;
      sumY += ((band.y + 1n) * share) / total;
    }
    return [sumX / this.borrowedPrecision, sumY / this.collateralPrecision];
  }

  /** Collateral (18 decimals) per band for a deposit: even, the remainder in the first band. */
  splitDeposit(amount, N) {
    const total = amount * this.collateralPrecision;
    const perBand = total / BigInt(N);
    ensure(perBand > 100n, "Amount too low");
    const split = new Array(N).fill(perBand);
    split[0] = total - perBand * BigInt(N - 1);
    return split;
  }

  /** Deposits collateral into bands n1..n2. @returns {Position} */
  depositRange(amount, n1, n2) {
    const split = this.splitDeposit(amount, n2 - n1 + 1);
    let active = this.activeBand;
    for (let i = 0; active >= n1; i++, active--) ensure(i < MAX_SKIP_TICKS && this.band(active).x === 0n);
    const shares = split.map((y, i) => {
      const band = this.band(n1 + i);
      ensure(band.x === 0n, "Band not empty");
      const ds = ((band.shares + DEAD_SHARES) * y) / (band.y + 1n);
      ensure(ds > 0n, "Amount too low");
      ensure(band.shares + ds <= MAX_SHARES);
      return ds;
    });
    shares.forEach((ds, i) => {
      const band = this.#writableBand(n1 + i);
      band.y += split[i];
      band.shares += ds;
    });
    this.activeBand = active;
    this.minBand = Math.min(this.minBand, n1);
    this.maxBand = Math.max(this.maxBand, n2);
    return { n1, n2, shares };
  }
}

// --- Controller --------------------------------------------------------------------------------------------

/** Loans on an AMM: how much can be borrowed, at which bands, and how healthy it is. */
export class Controller {
  /**
   * @param {Amm} amm
   * @param {{loanDiscount: bigint, liquidationDiscount: bigint, nLoans?: number}} params
   */
  constructor(amm, { loanDiscount, liquidationDiscount, nLoans = 0 }) {
    this.amm = amm;
    this.loanDiscount = loanDiscount;
    this.liquidationDiscount = liquidationDiscount;
    this.nLoans = nLoans;
  }

  /** The user's debt with interest. @param {User} user */
  debt({ loan }) {
    if (loan.initialDebt === 0n) return 0n;
    const grown = loan.initialDebt * this.amm.getRateMul();
    const roundUp = this.amm.constants.isV2 || this.nLoans > 1;
    return (roundUp ? grown + loan.rateMul - 1n : grown) / loan.rateMul;
  }

  /** First band for a loan over N bands: the deepest at which the debt is covered. */
  calculateDebtN1(collateral, debt, N, extraHealth = 0n) {
    const { amm } = this;
    const { constants: c } = amm;
    if (c.isV2) ensure(N >= MIN_TICKS && N <= MAX_TICKS);
    ensure(debt > 0n, c.isV2 ? "revert" : "No loan");
    const yEff = yEffective(c, collateral * amm.collateralPrecision, N, this.loanDiscount + extraHealth);
    const value = (yEff * amm.pOracleUp(amm.activeBand)) / (debt * amm.borrowedPrecision + 1n);
    ensure(value > 0n, c.isV2 ? "revert" : "Amount too low");
    const n1 = Math.min(this.#bandsOf(value), MAX_SKIP_TICKS - N) + amm.activeBand;
    if (n1 <= amm.activeBand) ensure(amm.canSkipBands(n1 - 1), "Debt too high");
    const up = amm.pOracleUp(n1);
    const p = amm.priceOracle();
    ensure(up < p || (c.isV2 && up === p), "Debt too high");
    return n1;
  }

  /** floor of ln(ratio) in bands. */
  #bandsOf(ratio) {
    const { lognARatio } = this.amm.constants;
    const ln = wadLn(ratio);
    return Number((ln < 0n ? ln - lognARatio + 1n : ln) / lognARatio);
  }

  /** The highest band top at which a new loan can start. */
  maxPBase() {
    const { amm } = this;
    const { A, Aminus1, isV2 } = amm.constants;
    const p = amm.priceOracle();
    const nMin = amm.activeBandWithSkip();
    let n1 = Math.max(this.#bandsOf((amm.getBasePrice() * WAD) / p) + MAX_P_BASE_BANDS, nMin + 1);
    let pBase = amm.pOracleUp(n1);
    for (let i = 0; i <= MAX_SKIP_TICKS; i++) {
      if (--n1 <= nMin) break;
      const previous = pBase;
      pBase = isV2 ? amm.pOracleUp(n1) : (pBase * A) / Aminus1;
      if (pBase > p) return previous;
    }
    return pBase;
  }

  /**
   * Most that can be borrowed against the collateral over N bands.
   * @param {bigint} collateral
   * @param {number} N
   * @param {object} [options]
   * @param {bigint} [options.cap] what the controller can lend; no cap if left out
   * @param {bigint} [options.currentDebt] v1: added to the cap
   * @param {User} [options.user] v2: an existing loan to extend; its collateral, N and debt are taken into account
   * @param {bigint} [options.extraHealth]
   */
  maxBorrowable(collateral, N, { cap, currentDebt = 0n, user, extraHealth = 0n } = {}) {
    const { amm } = this;
    const c = amm.constants;
    ensure(N >= MIN_TICKS && N <= MAX_TICKS);
    if (c.isV2 && user !== undefined && user.loan.initialDebt !== 0n) {
      const [x, y] = amm.getSumXY(user);
      if (x > 0n) return 0n;
      currentDebt = this.debt(user);
      collateral += y;
      N = user.n2 - user.n1 + 1;
    }
    const yEff = yEffective(c, collateral * amm.collateralPrecision, N, this.loanDiscount + extraHealth);
    let x = max((yEff * this.maxPBase()) / WAD, 1n) - 1n;
    x = (x * BIT_SMALLER) / (WAD * amm.borrowedPrecision);
    if (cap !== undefined) x = min(x, cap + currentDebt);
    return c.isV2 ? max(x - currentDebt, 0n) : x;
  }

  /** Least collateral that carries the debt over N bands. */
  minCollateral(debt, N, extraHealth = 0n) {
    const { amm } = this;
    ensure(N >= MIN_TICKS && N <= MAX_TICKS);
    const unit = yEffective(amm.constants, WAD, N, this.loanDiscount + extraHealth);
    const precision = amm.collateralPrecision;
    const needed = (((debt * WAD * amm.borrowedPrecision) / this.maxPBase()) * WAD) / unit;
    return (((needed + BigInt(N * (N + 2000)) + precision - 1n) / precision) * WAD) / BIT_SMALLER;
  }

  /**
   * Health of an open position: negative means it can be liquidated.
   * @param {User} user
   * @param {boolean} [full] also count how far the price is above the position's bands
   */
  health(user, full = false) {
    const { amm } = this;
    const debt = this.debt(user);
    ensure(debt > 0n, "Loan doesn't exist");
    let health = (amm.getXDown(user) * (WAD - user.liquidationDiscount)) / debt - WAD;
    if (full && user.n1 > amm.activeBand) {
      const p = amm.priceOracle();
      const up = amm.pOracleUp(user.n1);
      if (p > up) {
        const y = amm.getSumXY(user)[1];
        health += ((p - up) * y * amm.collateralPrecision) / (debt * amm.borrowedPrecision);
      }
    }
    return health;
  }

  /** @returns {[bigint, bigint]} [health, healthFull] that a new loan in bands from n1 would have */
  #newLoanHealths(collateral, debt, N, n1) {
    const { amm } = this;
    const c = amm.constants;
    const collateral18 = collateral * amm.collateralPrecision;
    const debt18 = debt * amm.borrowedPrecision;
    const pUp = amm.pOracleUp(n1);
    const value = yEffective(c, collateral18, N, 0n) * pUp;
    let health;
    if (c.isV2) {
      health = ((value / amm.borrowedPrecision / WAD) * (WAD - this.liquidationDiscount)) / debt - WAD;
    } else {
      health = value / debt18;
      health -= (health * this.liquidationDiscount) / WAD + WAD;
    }
    const p = amm.priceOracle();
    const above = p > pUp && (c.isV2 || n1 > amm.activeBandWithSkip());
    return [health, above ? health + ((p - pUp) * collateral18) / debt18 : health];
  }

  /**
   * The contract's health preview of a new loan (health_calculator in v1, create_loan_health_preview in v2).
   * @param {bigint} collateral
   * @param {bigint} debt
   * @param {number} N
   * @param {{full?: boolean, extraHealth?: bigint}} [options]
   */
  healthPreview(collateral, debt, N, { full = false, extraHealth = 0n } = {}) {
    ensure(debt > 0n, this.amm.constants.isV2 ? "debt==0" : "Non-positive debt");
    const n1 = this.calculateDebtN1(collateral, debt, N, extraHealth);
    return this.#newLoanHealths(collateral, debt, N, n1)[full ? 1 : 0];
  }

  #userPricesOrNull(n1, n2) {
    try {
      return [this.amm.pOracleUp(n1), this.amm.pOracleDown(n2)];
    } catch (error) {
      if (error instanceof Revert) return null;
      throw error;
    }
  }

  /**
   * Everything a borrower wants to see before opening a loan; throws a Revert where the contract would refuse.
   * @param {bigint} collateral
   * @param {bigint} debt
   * @param {number} N
   * @param {{cap?: bigint, extraHealth?: bigint}} [options] cap: what the controller can lend
   * @returns {{n1: number, n2: number, health: bigint, healthFull: bigint, maxBorrowable: bigint,
   *   minCollateral: bigint, userPrices: [bigint, bigint] | null, bands: {n: number, collateral18: bigint}[]}}
   *   userPrices: oracle price at the [top, bottom] of the position, null if it lies too deep for the AMM's exp
   */
  loanPreview(collateral, debt, N, { cap, extraHealth } = {}) {
    const { amm } = this;
    const n1 = this.calculateDebtN1(collateral, debt, N, extraHealth);
    const n2 = n1 + N - 1;
    const [health, healthFull] = this.#newLoanHealths(collateral, debt, N, n1);
    return {
      n1, n2, health, healthFull,
      maxBorrowable: this.maxBorrowable(collateral, N, { cap, extraHealth }),
      minCollateral: this.minCollateral(debt, N, extraHealth),
      userPrices: this.#userPricesOrNull(n1, n2),
      bands: amm.splitDeposit(collateral, N).map((collateral18, i) => ({ n: n1 + i, collateral18 })),
    };
  }

  /**
   * Opens a loan: deposits the collateral into its bands.
   * @param {bigint} collateral
   * @param {bigint} debt
   * @param {number} N
   * @param {{cap?: bigint, extraHealth?: bigint}} [options]
   * @returns {User}
   */
  createLoan(collateral, debt, N, { cap, extraHealth } = {}) {
    const { amm } = this;
    const { isV2 } = amm.constants;
    ensure(N >= MIN_TICKS, isV2 ? "revert" : "Need more ticks");
    ensure(N <= MAX_TICKS, isV2 ? "revert" : "Need less ticks");
    const n1 = this.calculateDebtN1(collateral, debt, N, extraHealth);
    const n2 = n1 + N - 1;
    amm.splitDeposit(collateral, N);
    if (cap !== undefined) ensure(debt <= cap);
    const { activeBand, minBand, maxBand } = amm;
    const before = [];
    for (let n = n1; n <= n2; n++) before.push([n, { ...amm.band(n) }]);
    const user = {
      ...amm.depositRange(collateral, n1, n2),
      loan: { initialDebt: debt, rateMul: amm.getRateMul() },
      liquidationDiscount: this.liquidationDiscount,
    };
    this.nLoans++;
    if (!isV2) return user;
    try {
      ensure(this.health(user) >= 0n, "The action ends with unhealthy state");
      return user;
    } catch (refusal) {
      Object.assign(amm, { activeBand, minBand, maxBand });
      for (const [n, band] of before) amm.bands.set(n, band);
      this.nLoans--;
      throw refusal;
    }
  }
}
