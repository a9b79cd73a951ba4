//! What a host keeps for itself: paths that the site's `keep` names.
//!
//! Owns the patterns. What fits one is no part of a release, and what stands there is not ours.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::trouble::fault;
use crate::config::Host;
use crate::diag::{Diagnostic, code};

/// The patterns of a host.
#[derive(Debug)]
pub(super) struct Keep(GlobSet);

impl Keep {
    /// Reads them: `*` stands for characters within a name, `**` for folders; one without a slash
    /// fits names in any folder. An error if one cannot be read.
    pub(super) fn new(host: &Host) -> Result<Self, Diagnostic> {
        let wrong = |why: globset::Error| {
            let message = format!("a pattern in `keep` of `{}` cannot be read: {why}", host.name.value);
            let help = "write a path from the site's root: `*` stands for characters within a name, `**` for folders";
            fault(host, code::INVALID_VALUE, message, help)
        };
        let mut set = GlobSetBuilder::new();
        for pattern in &host.keep {
            let path = pattern.trim_start_matches('/');
            let anywhere = if pattern.contains('/') { path.to_owned() } else { format!("**/{path}") };
            let glob = GlobBuilder::new(&anywhere).literal_separator(true).backslash_escape(true).build();
            set.add(glob.map_err(wrong)?);
        }
        set.build().map(Self).map_err(wrong)
    }

    /// Whether a path is kept as it is.
    pub(super) fn fits(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}
