//! `llamma.internals` for JavaScript.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::state::StateField;
use crate::fixed::{I256, U256};
use crate::llamma::{self, Amounts, Answer, Generation, Limiter, internals};
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::writer::{ToWords, outputs};
use crate::wasm::{ask, call, change};

#[wasm_bindgen(typescript_custom_section)]
const ANSWER: &str = r#"
/** What a contract answers: nothing, a truth value, an integer in decimal digits, or several. */
export type ContractAnswer = undefined | boolean | string | ContractAnswer[];
"#;

inputs! {
    /// A generation and its A.
    OfA for OfA {
        /// The generation of the contracts.
        #[tsify(type = "Generation")]
        generation: Generation,
        /// Amplification, 2 to 10000.
        #[serde(rename = "A")]
        A: u32,
    }

    /// A signed number.
    Signed for Signed {
        /// 18 decimals.
        #[tsify(type = "bigint")]
        x: I256,
    }

    /// A number.
    Unsigned for Unsigned {
        /// 18 decimals.
        x: bigint,
    }

    /// A band at a price.
    BandAt for BandAt {
        /// The generation of the contracts.
        #[tsify(type = "Generation")]
        generation: Generation,
        /// Amplification, 2 to 10000.
        #[serde(rename = "A")]
        A: u32,
        /// Borrowed coins, 18 decimals.
        #[tsify(optional)]
        x: bigint = U256::ZERO,
        /// Collateral, 18 decimals.
        #[tsify(optional)]
        y: bigint = U256::ZERO,
        /// The oracle price, 18 decimals.
        p_oracle: bigint,
        /// The band's upper edge, 18 decimals.
        p_oracle_up: bigint,
    }

    /// An oracle price after another.
    LimitPriceInput for LimitPriceInput {
        /// The generation of the contracts.
        #[tsify(type = "Generation")]
        generation: Generation,
        /// The limited price at the last trade, 18 decimals.
        old_p_o: bigint,
        /// The fee that came of it, 18 decimals.
        old_dfee: bigint,
        /// Seconds since then.
        age_secs: u64,
        /// What the oracle says now, 18 decimals.
        price: bigint,
    }

    /// Collateral in bands.
    YEffectiveInput for YEffectiveInput {
        /// The generation of the contracts.
        #[tsify(type = "Generation")]
        generation: Generation,
        /// Amplification, 2 to 10000.
        #[serde(rename = "A")]
        A: u32,
        /// Collateral, 18 decimals.
        collateral: bigint,
        /// Number of bands.
        bands: u32,
        /// The discount, 18 decimals.
        discount: bigint,
    }

    /// A part of a debt that is liquidated.
    FractionRemovedInput for FractionRemovedInput {
        /// The part, 18 decimals.
        fraction: bigint,
        /// The discount, 18 decimals.
        discount: bigint,
    }

    /// A question to the contracts.
    ViewInput for ViewInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// The function's own name, such as `"get_dy"`.
        name: String,
        /// Its arguments, as texts.
        #[tsify(type = "string[]")]
        args: Vec<String>,
    }

    /// A call of the contracts.
    ActInput for ActInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Who calls.
        caller: String,
        /// The function's own name, such as `"exchange_dy"`.
        name: String,
        /// Its arguments, as texts.
        #[tsify(type = "string[]")]
        args: Vec<String>,
    }
}

outputs! {
    /// What the contracts derive from A.
    MarketConstants for llamma::MarketConstants {
        /// √(A/(A − 1)) as the AMM has it, 18 decimals.
        sqrt_band_ratio: bigint,
        /// The logarithm of A/(A − 1) as the AMM has it, 18 decimals.
        #[tsify(type = "bigint")]
        log_a_ratio: I256,
        /// (A/(A − 1))^50, 18 decimals.
        max_oracle_dn_pow: bigint,
        /// √(A/(A − 1)) as the controller has it, 18 decimals.
        controller_sqrt_band_ratio: bigint,
        /// The logarithm of A/(A − 1) as the controller has it: base 2 in m2023.
        #[tsify(type = "bigint")]
        controller_log_a_ratio: I256,
    }

    /// A limited oracle price.
    LimitedPrice for llamma::LimitedPrice {
        /// The price that the AMM uses, 18 decimals.
        price: bigint,
        /// The least fee of a trade at it, 18 decimals.
        fee: bigint,
    }

    /// A call made.
    Acted {
        /// The market after it.
        #[tsify(type = "State")]
        state: StateField,
        /// What the contract answered.
        #[tsify(type = "ContractAnswer")]
        answer: Answer,
    }
}

/// Which of the four it is, then it.
impl ToWords for Answer {
    fn put(&self, out: &mut Vec<u64>) {
        match self {
            Self::Nothing => out.push(0),
            Self::Truth(truth) => {
                out.push(1);
                truth.put(out);
            }
            Self::Number(digits) => {
                out.push(2);
                digits.put(out);
            }
            Self::List(list) => {
                out.push(3);
                list.put(out);
            }
        }
    }
}

/// What a generation's contracts derive from A.
///
/// ```js
/// llamma.internals.constants({ generation: "v1", A: 100 }).logARatio // 10050335853501431n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], unchecked_return_type = "MarketConstants")]
pub fn constants(#[wasm_bindgen(unchecked_param_type = "OfA")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: OfA| llamma::market_constants(i.generation, i.A))
}

/// e^x as the first version has it: each step rounded toward zero.
///
/// ```js
/// llamma.internals.expTruncating({ x: 10n ** 18n }) // 2718281828459045235n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], js_name = expTruncating, unchecked_return_type = "bigint")]
pub fn exp_truncating(
    #[wasm_bindgen(unchecked_param_type = "Signed")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: Signed| internals::exp_truncating(i.x))
}

/// e^x as the second version has it: each step rounded down.
///
/// ```js
/// llamma.internals.expFlooring({ x: -(10n ** 18n) }) // 367879441171442321n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], js_name = expFlooring, unchecked_return_type = "bigint")]
pub fn exp_flooring(
    #[wasm_bindgen(unchecked_param_type = "Signed")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: Signed| internals::exp_flooring(i.x))
}

/// ln x by a rational approximation, as controllers have it.
///
/// ```js
/// llamma.internals.wadLn({ x: 2n * 10n ** 18n }) // 693147180559945309n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], js_name = wadLn, unchecked_return_type = "bigint")]
pub fn wad_ln(#[wasm_bindgen(unchecked_param_type = "Unsigned")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: Unsigned| internals::wad_ln(i.x))
}

/// ln x by bisections, as factories, vaults and the semilogarithmic policy have it.
///
/// ```js
/// llamma.internals.lnBisecting({ x: 2n * 10n ** 18n }) // 693147180559945347n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], js_name = lnBisecting, unchecked_return_type = "bigint")]
pub fn ln_bisecting(
    #[wasm_bindgen(unchecked_param_type = "Unsigned")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: Unsigned| internals::ln_bisecting(i.x))
}

/// The collateral that a band would hold if it were all collateral at the oracle price.
///
/// ```js
/// const wad = 10n ** 18n;
/// llamma.internals.y0({ generation: "v1", A: 100, y: wad, pOracle: 3000n * wad, pOracleUp: 3000n * wad }) // 1000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], unchecked_return_type = "bigint")]
pub fn y0(#[wasm_bindgen(unchecked_param_type = "BandAt")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: BandAt| {
        internals::y0(i.generation, i.A, Amounts { x: i.x, y: i.y }, i.p_oracle, i.p_oracle_up)
    })
}

/// The fee that a band asks for by its distance from the oracle price.
///
/// ```js
/// const wad = 10n ** 18n;
/// llamma.internals.bandFee({ generation: "v1", A: 100, pOracle: 3030n * wad, pOracleUp: 3000n * wad }) // 4925987648269777n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], js_name = bandFee, unchecked_return_type = "bigint")]
pub fn band_fee(#[wasm_bindgen(unchecked_param_type = "BandAt")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: BandAt| internals::band_fee(i.generation, i.A, i.p_oracle, i.p_oracle_up))
}

/// What the limiter makes of an oracle price.
///
/// ```js
/// const wad = 10n ** 18n;
/// llamma.internals.limitPrice({
///   generation: "v1", oldPO: 3000n * wad, oldDfee: 0n, ageSecs: 60, price: 2000n * wad,
/// }).price // 2400000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], js_name = limitPrice, unchecked_return_type = "LimitedPrice")]
pub fn limit_price(
    #[wasm_bindgen(unchecked_param_type = "LimitPriceInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: LimitPriceInput| {
        let limiter = Limiter { old_p_o: i.old_p_o, old_dfee: i.old_dfee, prev_p_o_time: 0 };
        internals::limit_price(i.generation, limiter, i.price, i.age_secs)
    })
}

/// Collateral with all discounts taken off, as if it all lay at the edge of its first band.
///
/// ```js
/// llamma.internals.yEffective({
///   generation: "v1", A: 100, collateral: 10n ** 18n, bands: 10, discount: 9n * 10n ** 16n,
/// }) // 865761570568818535n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], js_name = yEffective, unchecked_return_type = "bigint")]
pub fn y_effective(
    #[wasm_bindgen(unchecked_param_type = "YEffectiveInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: YEffectiveInput| {
        internals::y_effective(i.generation, i.A, i.collateral, i.bands, i.discount)
    })
}

/// The part of a position that a liquidation of a part of its debt takes.
///
/// ```js
/// llamma.internals.fractionRemoved({ fraction: 5n * 10n ** 17n, discount: 6n * 10n ** 16n }) // 492924528301886792n
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], js_name = fractionRemoved, unchecked_return_type = "bigint")]
pub fn fraction_removed(
    #[wasm_bindgen(unchecked_param_type = "FractionRemovedInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: FractionRemovedInput| internals::fraction_removed(i.fraction, i.discount))
}

/// What the contracts answer to a question, by the name of the function that answers it.
///
/// ```js
/// const state = llamma.createMarket({
///   generation: "v1", A: 100, basePrice: 3000n * 10n ** 18n, fee: 6n * 10n ** 15n,
///   loanDiscount: 9n * 10n ** 16n, liquidationDiscount: 6n * 10n ** 16n,
///   collateralDecimals: 18, borrowedDecimals: 18, now: 1700000000,
/// });
/// llamma.internals.view({ state, name: "p_oracle_up", args: ["1"] }) // "2970000000000000030000"
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], unchecked_return_type = "ContractAnswer")]
pub fn view(#[wasm_bindgen(unchecked_param_type = "ViewInput")] input: Box<[u64]>) -> Box<[u64]> {
    ask(input, |market, i: ViewInput| market.view(&i.name, &i.args))
}

/// Does what a function of the contracts does.
///
/// ```js
/// const market = llamma.createMarket({
///   generation: "v1", A: 100, basePrice: 3000n * 10n ** 18n, fee: 6n * 10n ** 15n,
///   loanDiscount: 9n * 10n ** 16n, liquidationDiscount: 6n * 10n ** 16n,
///   collateralDecimals: 18, borrowedDecimals: 18, now: 1700000000,
/// });
/// const { state } = llamma.internals.act({ state: market, caller: "admin", name: "set_fee", args: ["1000000"] });
/// state.market.fee // "1000000"
/// ```
#[wasm_bindgen(js_namespace = ["llamma", "internals"], unchecked_return_type = "Acted")]
pub fn act(#[wasm_bindgen(unchecked_param_type = "ActInput")] input: Box<[u64]>) -> Box<[u64]> {
    change(input, |next, i: ActInput| {
        let answer = next.act_as(&i.caller, &i.name, &i.args)?;
        Ok(Acted { state: StateField, answer })
    })
}
