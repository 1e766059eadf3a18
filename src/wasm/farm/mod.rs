//! `farm` for JavaScript.

mod apr;
mod columns;
mod lp;
mod returns;
mod verify;
