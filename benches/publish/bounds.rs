//! The project's bounds for publishing, and whether this run meets them.
//!
//! All are ratios within one run: there is no machine to state seconds for.

use crate::bound::Bound;
use crate::measured::{Measured, What};
use crate::servers::Kind;
use crate::units::times;

/// A first publish is no slower than that of others: Bashu's time to theirs.
const FIRST: f64 = 1.0;

/// An unchanged site takes a tenth of their time.
const NOTHING: f64 = 0.1;

/// How much more CI allows, where the corpus is small, the machine busy, and the build no quick one.
pub(crate) const GENEROUS: f64 = 6.0;

/// The bounds that this run can judge, each multiplied by a factor.
pub(crate) fn judge(measured: &Measured, factor: f64) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for kind in Kind::ALL {
        for &tool in kind.tools().iter().skip(1) {
            for (what, limit) in [(What::First, FIRST), (What::Nothing, NOTHING)] {
                let Some(ratio) = measured.ratio(kind, what, tool) else { continue };
                bounds.push(Bound {
                    text: format!(
                        "{}, {}: Bashu to {} at most {}",
                        kind.label(),
                        what.label(),
                        tool.label(),
                        times(limit * factor)
                    ),
                    measured: times(ratio),
                    met: ratio <= limit * factor,
                });
            }
        }
    }
    bounds
}
