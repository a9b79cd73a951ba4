//! What a host keeps for itself: paths that the site's `keep` names.
//!
//! Owns what follows: what fits one is no part of a release, and what stands there is not ours.

use super::pattern::Pattern;
use crate::config::Host;
use crate::diag::Diagnostics;

/// The patterns of a host.
#[derive(Debug)]
pub(super) struct Keep(Vec<Pattern>);

impl Keep {
    /// Reads them; the faults of those that cannot be read.
    pub(super) fn new(host: &Host) -> Result<Self, Diagnostics> {
        let (mut patterns, mut faults) = (Vec::new(), Diagnostics::new());
        for text in &host.keep {
            match Pattern::read(text) {
                Ok(pattern) => patterns.push(pattern),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Self(patterns)) } else { Err(faults) }
    }

    /// Whether a path is kept as it is.
    pub(super) fn fits(&self, path: &str) -> bool {
        self.0.iter().any(|pattern| pattern.fits(path))
    }
}
