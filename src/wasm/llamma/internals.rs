//! `llamma.internals` for JavaScript.
