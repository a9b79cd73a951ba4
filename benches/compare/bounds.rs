//! The project's bounds, and whether this run meets them.
//!
//! They speak of 10,000 × 2 and 100,000 × 2 articles; what was not measured is not judged.

use crate::bound::Bound;
use crate::measured::{Measured, What};
use crate::units::{megabytes, seconds, times};

const CLEAN_TO_COPY: f64 = 1.6;
const HUGO_TO_CLEAN: f64 = 8.0;
const CLEAN_MEGABYTES: f64 = 160.0;
const PLAIN_TO_CLEAN: f64 = 2.0;
const EDIT_TO_STATUS: f64 = 3.0;
const EDIT_SECONDS: f64 = 0.25;
const NOTHING_TO_STATUS: f64 = 2.5;
const GROWTH_OF_TIME: f64 = 11.0;
const GROWTH_OF_MEMORY: f64 = 8.0;
const LARGE_MEGABYTES: f64 = 1000.0;

/// The bounds that this run can judge.
pub(crate) fn judge(all: &[Measured]) -> Vec<Bound> {
    let of = |size| all.iter().find(|measured| measured.initiatives == size);
    let (small, large) = (of(10_000), of(100_000));
    let mut bounds = small.map_or_else(Vec::new, at_ten_thousand);
    if let (Some(small), Some(large)) = (small, large) {
        bounds.extend(growth(small, large));
    }
    bounds
}

fn at_ten_thousand(measured: &Measured) -> Vec<Bound> {
    let mut bounds = Vec::new();
    let mut at_most = |what: &str, value: Option<f64>, limit: f64, say: fn(f64) -> String| {
        bounds.extend(value.map(|value| Bound {
            text: format!("10,000 × 2: {what} at most {}", say(limit)),
            measured: say(value),
            met: value <= limit,
        }));
    };
    let ratio = |what, to| measured.ratio(what, to);
    let time = |what| measured.row(what).map(|row| row.runs.median());
    at_most("clean build to `cp -r`", ratio(What::Clean, What::Copy), CLEAN_TO_COPY, times);
    // In the other direction than all others: Hugo has to be slower.
    let hugo = ratio(What::Hugo, What::Clean).map(|value| Bound {
        text: format!("10,000 × 2: Hugo to clean build at least {}", times(HUGO_TO_CLEAN)),
        measured: times(value),
        met: value >= HUGO_TO_CLEAN,
    });
    at_most("memory of a clean build", memory(measured), CLEAN_MEGABYTES, megabytes);
    at_most(
        "theme `plain` with all outputs to clean build",
        ratio(What::Plain, What::Clean),
        PLAIN_TO_CLEAN,
        times,
    );
    at_most("nothing changed to `git status`", ratio(What::Nothing, What::Status), NOTHING_TO_STATUS, times);
    for (what, name) in [(What::Text, "one text changed"), (What::Title, "one title changed")] {
        at_most(&format!("{name} to `git status`"), ratio(what, What::Status), EDIT_TO_STATUS, times);
        at_most(name, time(what), EDIT_SECONDS, seconds);
    }
    at_most("base template changed to clean build", ratio(What::Template, What::Clean), 1.0, times);
    bounds.splice(bounds.len().min(1)..bounds.len().min(1), hugo);
    bounds
}

fn growth(small: &Measured, large: &Measured) -> Vec<Bound> {
    let mut bounds = Vec::new();
    let mut at_most = |what: &str, value: Option<f64>, limit: f64, say: fn(f64) -> String| {
        bounds.extend(value.map(|value| Bound {
            text: format!("100,000 × 2: {what} at most {}", say(limit)),
            measured: say(value),
            met: value <= limit,
        }));
    };
    let grown = |of: fn(&Measured) -> Option<f64>| Some(of(large)? / of(small)?);
    let time = grown(|measured| measured.row(What::Clean).map(|row| row.runs.median()));
    at_most("time to that of 10,000 × 2", time, GROWTH_OF_TIME, times);
    at_most("memory to that of 10,000 × 2", grown(memory), GROWTH_OF_MEMORY, times);
    at_most("memory", memory(large), LARGE_MEGABYTES, megabytes);
    bounds
}

/// The memory of a clean build in megabytes.
fn memory(measured: &Measured) -> Option<f64> {
    measured.row(What::Clean).map(|row| row.runs.memory() as f64 / 1e6)
}
