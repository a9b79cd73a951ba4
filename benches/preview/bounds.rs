//! The project's bounds for the preview, and whether this run meets them.

use crate::bound::Bound;
use crate::measured::Measured;
use crate::trials::median;
use crate::units::{megabytes, seconds};

const CACHED_START_SECONDS: f64 = 1.5;
const START_SECONDS: f64 = 3.0;
const SHOWN_MEDIAN: f64 = 0.1;
const SHOWN_MOSTLY: f64 = 0.25;
const MEGABYTES: f64 = 300.0;
/// Per cent from the early edits to the last.
const GROWTH: f64 = 10.0;
/// A checkout is one change: a line, and one of what came while it was made.
const LINES: usize = 2;

/// How much more CI allows: it has to hold on a machine that others use, and find what has become
/// slower by a multiple.
pub(crate) const GENEROUS: f64 = 3.0;

/// The bounds, each multiplied by a factor where a machine has a part in it.
pub(crate) fn judge(measured: &Measured, factor: f64) -> Vec<Bound> {
    let mut bounds = Vec::new();
    let mut at_most = |what: String, value: f64, limit: f64, say: fn(f64) -> String| {
        bounds.push(Bound {
            text: format!("{what} at most {}", say(limit)),
            measured: say(value),
            met: value <= limit,
        });
    };
    for starts in &measured.starts {
        let (what, limit) = match starts.cached {
            true => ("first page with a cache", CACHED_START_SECONDS),
            false => ("first page without a cache", START_SECONDS),
        };
        at_most(what.to_owned(), median(&starts.home), limit * factor, seconds);
    }
    for series in measured.series.iter().filter(|series| series.kind.is_article()) {
        let label = series.kind.label();
        at_most(format!("{label}: median"), series.percentile(50), SHOWN_MEDIAN * factor, seconds);
        at_most(format!("{label}: 95 of 100"), series.percentile(95), SHOWN_MOSTLY * factor, seconds);
    }
    let memory = &measured.memory;
    at_most(format!("memory after {} edits", memory.late.0), memory.late.1, MEGABYTES, megabytes);
    let growth = (memory.late.1 / memory.early.1 - 1.0) * 100.0;
    let what = format!("growth of memory from {} to {} edits", memory.early.0, memory.late.0);
    at_most(what, growth, GROWTH * factor, |growth| format!("{growth:.1} %"));
    let burst = &measured.burst;
    bounds.push(Bound {
        text: format!("lines on the terminal for {} changed files at most {LINES}", burst.files),
        measured: burst.lines.to_string(),
        met: burst.lines <= LINES,
    });
    bounds
}
