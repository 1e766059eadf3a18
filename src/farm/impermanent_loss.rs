//! What a liquidity provider has, against having held the same coins.
//!
//! Every function gives value(pool) / value(held) − 1: 0 or negative, before fees.

use libm::{expm1, log, pow};

use crate::error::{Error, Result, finite, positive};

/// Impermanent loss of a 50/50 pool when the relative price moved by `price_ratio`.
///
/// loss = 2√k / (1 + k) − 1 = −(√k − 1)² / (1 + k)
///
/// # Errors
/// `Invalid` on `price_ratio` unless above 0.
///
/// ```
/// let loss = llamath::farm::impermanent_loss(4.0)?;
/// assert!((loss + 0.2).abs() < 1e-15);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn impermanent_loss(price_ratio: f64) -> Result<f64> {
    let k = positive(&"price_ratio", price_ratio)?;
    // √k − 1 = (k − 1)/(√k + 1) keeps its digits near k = 1.
    let step = (k - 1.0) / (k.sqrt() + 1.0);
    // Halving both terms keeps the largest doubles in range.
    finite(&"impermanent_loss", -(step / (1.0 + k)) * step + 0.0)
}

/// Impermanent loss of a weighted pool; `weight` is that of the coin whose price moved.
///
/// loss = k^w / (w·k + 1 − w) − 1
///
/// # Errors
/// `Invalid` on `price_ratio` unless above 0, on `weight` unless between 0 and 1;
/// `Arithmetic` if k^w or its distance from 1 leaves the range of a double.
///
/// ```
/// let loss = llamath::farm::impermanent_loss_weighted(4.0, 0.8)?;
/// assert_eq!(format!("{loss:.6}"), "-0.108402");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn impermanent_loss_weighted(price_ratio: f64, weight: f64) -> Result<f64> {
    let k = positive(&"price_ratio", price_ratio)?;
    if !(weight > 0.0 && weight < 1.0) {
        return Err(Error::invalid(&"weight", &"a fraction between 0 and 1"));
    }
    let held = weight * k + (1.0 - weight);
    // Near k = 1 the two terms cancel: there their difference is taken first.
    let loss = if (0.5..=2.0).contains(&k) {
        (expm1(weight * log(k)) - weight * (k - 1.0)) / held
    } else {
        pow(k, weight) / held - 1.0
    };
    finite(&"impermanent_loss", loss)
}

/// Impermanent loss of a position between the prices `lower` and `upper`, entered at
/// price 1, against holding what was deposited.
///
/// With c = the price kept within the range: x = 1/√c − 1/√upper, y = √c − √lower;
/// loss = (x(k)·k + y(k)) / (x(1)·k + y(1)) − 1
///
/// # Errors
/// `Invalid` on the price that is not above 0, on `upper` unless above `lower`;
/// `Arithmetic` beyond the range of a double.
///
/// ```
/// let loss = llamath::farm::impermanent_loss_range(1.21, 0.64, 1.44)?;
/// assert_eq!(format!("{loss:.6}"), "-0.024896");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn impermanent_loss_range(price_ratio: f64, lower: f64, upper: f64) -> Result<f64> {
    let k = positive(&"price_ratio", price_ratio)?;
    positive(&"lower", lower)?;
    positive(&"upper", upper)?;
    if upper <= lower {
        return Err(Error::invalid(&"upper", &"above lower"));
    }
    // √to − √from, with its digits kept where the two are close.
    let root_step = |from: f64, to: f64| (to - from) / (to.sqrt() + from.sqrt());
    let [entry, now] = [1.0_f64, k].map(|price| price.max(lower).min(upper));
    let (root_in, step) = (entry.sqrt(), root_step(entry, now));
    // 1/√entry − 1/√upper and √entry − √lower
    let (x_in, y_in) =
        (root_step(entry, upper) / (root_in * upper.sqrt()), root_step(lower, entry));
    // x(k)·k + y(k) − x(1)·k − y(1), multiplied out: neither of the two terms can have the
    // sign of `step`.
    let lost = step * ((now - k) / (root_in * now.sqrt()) - step / root_in);
    finite(&"impermanent_loss", lost / (x_in * k + y_in) + 0.0)
}
