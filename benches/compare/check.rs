//! What continuous integration refuses: gross regressions, as ratios within one run.
//!
//! The bounds are wide on purpose. They have to hold on a machine that others use at the same
//! time, and find what has become slower by a multiple; what is lost by the per cent the report
//! shows. There is no bound in seconds, because there is no machine to state it for.

use crate::measured::{Measured, What};
use crate::units::times;

/// What is measured for it.
pub(crate) const ROWS: [What; 3] = [What::Clean, What::Copy, What::Nothing];

/// The initiatives of its corpus.
pub(crate) const INITIATIVES: usize = 1000;

/// A clean build takes at most so many times as long as copying its output: three times the 2.1
/// that it takes with two cores, of which `cp` uses one in any case; with one it is nearly 4.
const CLEAN_TO_COPY: f64 = 6.5;

/// With a cache, a build with nothing to do takes at most this part of a clean one. Both go through
/// the same files, so that at this size a good part of the time is what neither can save.
const NOTHING_TO_CLEAN: f64 = 0.5;

/// The regressions, each in a sentence.
pub(crate) fn regressions(measured: &Measured) -> Vec<String> {
    let mut found = Vec::new();
    let size = measured.initiatives;
    if let Some(ratio) = measured.ratio(What::Clean, What::Copy)
        && ratio > CLEAN_TO_COPY
    {
        found.push(format!(
            "a clean build of {size} × 2 articles takes {} as long as `cp -r` of its output; {} is the bound",
            times(ratio),
            times(CLEAN_TO_COPY)
        ));
    }
    // Without a cache it is a build like any other.
    if measured.cached
        && let Some(ratio) = measured.ratio(What::Nothing, What::Clean)
        && ratio > NOTHING_TO_CLEAN
    {
        found.push(format!(
            "a build of {size} × 2 articles with nothing changed takes {} as long as a clean one; {} is the bound",
            times(ratio),
            times(NOTHING_TO_CLEAN)
        ));
    }
    found
}
