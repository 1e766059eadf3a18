//! The dynamic fee of both models, and what arbitrageurs aim at because of it.

use super::curve::Oracle;
use super::order::{larger, smaller};
use super::settings::{FeeModel, Settings};

/// What a move of the oracle adds to version 1's memory: 1 − (min/max)³.
pub(super) fn moved(last: f64, now: f64) -> f64 {
    let ratio = smaller(last, now) / larger(last, now);
    1.0 - ratio * ratio * ratio
}

/// The fee in a band whose AMM prices are from `down` to `up`, with the memory as it is.
#[inline(always)]
pub(super) fn fee(settings: &Settings, oracle: &Oracle, memory: f64, up: f64, down: f64) -> f64 {
    let fee = larger(settings.fee, memory);
    let multiplier = settings.dynamic_fee_multiplier;
    if multiplier == 0.0 {
        return fee;
    }
    let po = oracle.price;
    let distance = match settings.fee_model {
        FeeModel::V1 if po > up || po < down => {
            smaller((up - po).abs(), (po - down).abs()) * (0.5 * oracle.inverse)
        }
        FeeModel::V1 => return fee,
        FeeModel::V2 if po > up => (po - up) * oracle.inverse,
        FeeModel::V2 => (up - po) / up,
    };
    larger(fee, distance * multiplier)
}

/// What the price is pushed up to where others pay `price` and the fee of the band is `fee`.
#[inline(always)]
pub(super) fn aim_up(model: FeeModel, price: f64, fee: f64) -> f64 {
    match model {
        FeeModel::V1 => price / (1.0 + fee),
        FeeModel::V2 => price * (1.0 - fee),
    }
}

/// What the price is pushed down to where others ask for `price`.
#[inline(always)]
pub(super) fn aim_down(model: FeeModel, price: f64, fee: f64) -> f64 {
    match model {
        FeeModel::V1 => price / (1.0 - fee),
        FeeModel::V2 => price * (1.0 + fee),
    }
}
