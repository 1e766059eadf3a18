//! `llamma` for JavaScript.

mod change;
mod internals;
mod loan;
mod market;
mod path;
mod preview;
mod state;
mod trade;

use tsify::Tsify;

use super::reader::inputs;
pub(super) use state::Made;
use state::StateField;

inputs! {
    /// A market.
    OfState for OfState {
        /// Its state.
        #[tsify(type = "State")]
        state: StateField,
    }

    /// A market and one of its users.
    OfUser for OfUser {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// The user.
        user: String,
    }
}
