//! Minute candles as markets make them: volatility that comes in clusters, jumps, crashes.
//!
//! From a seed, the same on every platform; a module of the simulator's tests.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "a generator for tests, with numbers of its own"
)]

use llamath::sim::Candle;

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The next number in 0..1.
    pub fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// The next number from `low` to `high`, evenly distributed in its logarithm.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low * libm::pow(high / low, self.fraction())
    }

    /// The next of these.
    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[(self.fraction() * choices.len() as f64) as usize]
    }

    /// Nearly normal: twelve uniform numbers.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.fraction()).sum::<f64>() - 6.0
    }
}

/// Price moves within a minute.
const MOVES: u32 = 6;
/// 60 % a year.
const USUAL: f64 = 0.000_83;

/// `rows` minutes from a price of 2000.
pub fn candles(seed: u64, rows: u32) -> Vec<Candle> {
    let mut random = Random(seed);
    let mut price = 2000.0_f64;
    let mut heat = 0.0; // logarithm of the volatility over the usual one
    let (mut crash, mut drift) = (0_u32, 0.0);
    (0..rows)
        .map(|minute| {
            heat = 0.998 * heat + 0.035 * random.normal();
            if random.fraction() < 1.0 / 4320.0 {
                // News: a jump, and more trading after it.
                price *= libm::exp(0.012 * random.normal());
                heat += 0.7;
            }
            if crash == 0 && random.fraction() < 1.0 / 20_000.0 {
                crash = 20 + (random.fraction() * 200.0) as u32;
                drift = -random.between(0.04, 0.25) / f64::from(crash);
                heat += 1.2;
            }
            let trend = if crash > 0 { drift } else { 0.0 };
            crash = crash.saturating_sub(1);
            if crash == 0 && drift < 0.0 {
                // Some of it comes back.
                (crash, drift) = (60, -drift * random.fraction());
            }
            let scale = USUAL * libm::exp(heat) / f64::from(MOVES).sqrt();
            let open = price;
            let (mut high, mut low) = (open, open);
            for _ in 0..MOVES {
                price *= libm::exp(trend / f64::from(MOVES) + scale * random.normal());
                high = high.max(price);
                low = low.min(price);
            }
            Candle { time_secs: 60.0 * f64::from(minute), open, high, low, close: price }
        })
        .collect()
}

#[test]
fn the_candles_are_like_those_of_markets() {
    let candles = candles(1, 100_000);
    assert_eq!(candles, self::candles(1, 100_000), "the same from the same seed");
    assert_ne!(candles[1], self::candles(2, 2)[1], "others from another");
    let moves: Vec<f64> = candles.iter().map(|c| (c.close / c.open - 1.0).abs()).collect();
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
    let usual = mean(&moves);
    assert!((0.0003..0.003).contains(&usual), "{usual}");
    // Clusters: the hours differ more than an hour of equal minutes could.
    let hours: Vec<f64> = moves.chunks(60).map(mean).collect();
    assert!(hours.iter().any(|hour| *hour > 3.0 * usual), "no hour is wild");
    let mut random = Random(1);
    assert!((0..9).all(|_| [1, 2].contains(&random.one_of(&[1, 2]))));
    assert!((0..9).all(|_| (2.0..4.0).contains(&random.between(2.0, 4.0))));
    // Crashes: some hours lose what no usual hour does.
    let worst = candles.windows(120).map(|w| w[119].close / w[0].open - 1.0);
    let worst = worst.fold(0.0, f64::min);
    assert!((-0.6..-0.08).contains(&worst), "{worst}");
    assert!(candles.iter().all(|c| c.low <= c.open.min(c.close) && c.high >= c.open.max(c.close)));
}
