//! Editions are held to their promise: what a preview shows after any edit is what a clean build
//! makes of the same files; and with errors, of the same files with those at fault as they were.

mod faults;
mod model;
mod press;
mod proofs;
mod soak;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::dice::Dice;
use crate::rebuild::sequences;
use press::Press;

/// How many sequences of edits are tried ([`sequences`]).
const SEQUENCES: u64 = 16;

#[test]
fn editions_are_clean_builds() {
    let ended = sequences(SEQUENCES, sequence);
    let count = ended.len();
    if count < 10 {
        return;
    }
    // Every kind of case is part of it.
    let sum = |of: fn(&Tally) -> usize| ended.iter().map(of).sum::<usize>();
    let tallies = [sum(|t| t.clean), sum(|t| t.held), sum(|t| t.proofs), sum(|t| t.builds)];
    assert!(tallies.iter().all(|tally| *tally >= count / 2), "{tallies:?} of {count} sequences");
}

/// What came of a sequence.
#[derive(Debug, Default)]
struct Tally {
    /// Editions of a site without errors.
    clean: usize,
    /// Editions with something as it was before.
    held: usize,
    /// Proofs.
    proofs: usize,
    /// Builds between editions.
    builds: usize,
}

fn sequence(seed: u64) -> Result<Tally, String> {
    let mut dice = Dice::new(seed);
    let mut press = Press::new(&mut dice);
    let run = catch_unwind(AssertUnwindSafe(|| press.steps(&mut dice)));
    let found = run.unwrap_or_else(|_| Err("it panicked".to_owned()));
    found.map_err(|why| {
        let shop = &press.shop;
        format!("sequence {seed} (theme {}):\n  {}\n{why}", shop.site.theme, shop.log.join("\n  "))
    })
}
