//! Sums of doubles that lose no digits on the way.

/// A sum that keeps what each addition rounds off (Knuth's two-sum).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    sum: f64,
    rest: f64,
}

impl Sum {
    pub(super) fn get(self) -> f64 {
        self.sum + self.rest
    }

    pub(super) fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        let added = sum - self.sum;
        self.rest += (self.sum - (sum - added)) + (value - added);
        self.sum = sum;
    }
}

/// A power of two that brings the largest of some numbers between ½ and 1, so that their
/// squares neither vanish nor overflow.
///
/// Multiplying by it rounds nothing; it takes two factors where one would overflow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    factors: [f64; 2],
    exponent: i32,
}

impl Scale {
    pub(super) fn of(largest: f64) -> Self {
        let (_, exponent) = libm::frexp(largest);
        let half = exponent.div_euclid(2);
        let factors = [half, exponent.saturating_sub(half)]
            .map(|part| libm::ldexp(1.0, part.saturating_neg()));
        Self { factors, exponent }
    }

    /// A number in this scale.
    pub(super) fn scaled(&self, number: f64) -> f64 {
        let [first, second] = self.factors;
        number * first * second
    }

    /// The number that a scaled one stands for.
    pub(super) fn back(&self, scaled: f64) -> f64 {
        libm::ldexp(scaled, self.exponent)
    }

    /// The square that a scaled square stands for.
    pub(super) fn square_back(&self, scaled: f64) -> f64 {
        libm::ldexp(scaled, self.exponent.saturating_mul(2))
    }
}

/// A number of rows, as a double.
#[expect(clippy::as_conversions, reason = "exact below 2^53, more than any memory holds")]
pub(super) const fn count_f64(count: usize) -> f64 {
    count as f64
}

/// A number of seconds, as a double.
#[expect(clippy::as_conversions, reason = "exact below 2^53, 285 million years")]
pub(super) const fn secs_f64(secs: u64) -> f64 {
    secs as f64
}
