//! What a host keeps for itself: paths that the site's `keep` names.
//!
//! Owns what follows: what fits one is no part of a release, and what stands there is not ours.

use super::pattern::Pattern;
use crate::config::Host;
use crate::diag::Diagnostic;

/// The patterns of a host.
#[derive(Debug)]
pub(super) struct Keep(Vec<Pattern>);

impl Keep {
    /// Reads them; an error if one cannot be read.
    pub(super) fn new(host: &Host) -> Result<Self, Diagnostic> {
        host.keep.iter().map(Pattern::read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a path is kept as it is.
    pub(super) fn fits(&self, path: &str) -> bool {
        self.0.iter().any(|pattern| pattern.fits(path))
    }
}
