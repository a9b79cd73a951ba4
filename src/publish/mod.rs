//! Publishing: what a build made goes to a host, only what changed, in an order that never shows a
//! reader a broken page.
//!
//! Owns the manifest that stands at a host, the plan of what to send and delete, the order in which
//! that happens, and the hosts themselves. It never builds, never decides a URL, and never touches
//! what it did not put there. It does not print: [`Tally`] is how callers know how far it is.
//!
//! A host is of one of two ways. At a **place** files are put one by one while readers look on
//! (object stores, servers, a plain folder): the order of [`Phase`]s is what keeps links and
//! assets whole, and the manifest is written first to say what is coming and last to say what is
//! there. A **whole** changes in one step (a git branch, a link to a release).

mod address;
mod again;
mod amount;
mod compress;
mod crew;
mod headers;
mod hooks;
mod keep;
mod kind;
mod life;
mod manifest;
mod open;
mod pattern;
mod place;
mod plan;
mod preflight;
mod program;
mod release;
mod require;
pub mod rules;
#[cfg(feature = "hosts")]
mod sample;
mod service;
mod standing;
mod steps;
mod takeover;
mod tally;
mod trouble;
#[cfg(feature = "hosts")]
mod visit;
mod whole;

mod hosts;
#[cfg(test)]
mod tests;

pub use amount::bytes;
pub use hooks::{after, write_changed};
pub use kind::Kind;
pub use open::{Context, MaxDeletes, Pace, Session, open, roll_back};
pub use plan::{Phase, Plan};
pub use preflight::{overwritten, preflight};
pub use release::{Headers, Item, Release};
pub use require::{committed, unmet};
pub use tally::{Heard, Tally};
#[cfg(feature = "hosts")]
pub use visit::visit;
