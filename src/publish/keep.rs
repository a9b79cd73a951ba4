//! What a host keeps for itself: paths that the site's `keep` names.
//!
//! Owns what that means: what fits is no part of a release, and what stands there is not ours.

use super::pattern::Pattern;
use super::trouble::fault;
use crate::config::Host;
use crate::diag::{Diagnostic, code};

/// The patterns of a host.
#[derive(Debug)]
pub(super) struct Keep(Vec<Pattern>);

impl Keep {
    /// Reads them; an error if one cannot be read.
    pub(super) fn new(host: &Host) -> Result<Self, Diagnostic> {
        let read = |text: &String| {
            Pattern::new(text).map_err(|why| {
                let message = format!("`{text}` in `keep` of `{}` is no pattern: {why}", host.name.value);
                let help =
                    "write `*` for any letters of a name, `**` for any folders: `CNAME`, `\"maps/**\"`";
                fault(host, code::INVALID_VALUE, message, help)
            })
        };
        host.keep.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a path is kept as it is.
    pub(super) fn fits(&self, path: &str) -> bool {
        self.0.iter().any(|pattern| pattern.fits(path))
    }
}
