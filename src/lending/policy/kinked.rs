//! What is particular to the curves of the first version.

use crate::fixed::{Uint, WAD};

/// above/((above − below)/10^18): refused where the curve would not rise, or where the
/// rounded divisor is 0.
pub(super) fn asymptote(above: Uint, below: Uint) -> Uint {
    above / ((above - below) / WAD)
}
