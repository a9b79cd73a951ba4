//! What editors ask of a site beside building it: whether the versions of an article agree.
//!
//! Owns the rules of parity and their messages. It never changes a file, and never decides what a
//! number means: that is `quantity`'s.

mod parity;

pub use parity::{Lengths, Outcome, Selection, parity, parity_of};
