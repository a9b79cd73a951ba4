//! What changed in a text since a translation of it was made.

use super::changes::{Change, changes};
use super::history::{Commit, Found, History, Lost};
use crate::article::{self, Name};
use crate::base::{BriefFingerprint, ContentPath};
use crate::config::Config;

/// What changed since, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// The first commit that changed the text; `None`: the change is not committed yet.
    pub commit: Option<Commit>,
    /// The changes, in the order of the text as it is now.
    pub changes: Vec<Change>,
}

/// Compares the version in a file, which says `text`, with what it was when its fingerprint was
/// `recorded`.
pub fn since(
    history: &mut History,
    (file, name): (&ContentPath, &Name),
    text: &str,
    recorded: BriefFingerprint,
    config: &Config,
) -> Result<Since, Lost> {
    let wording = |text: &str| article::wording(file, name, text, config);
    let Found { state: old, since: commit } =
        history.find(file, |text| wording(text).filter(|then| then.fingerprint() == recorded))?;
    let locale = &config.language(name.lang).locale;
    let changes = wording(text).map_or(Vec::new(), |new| changes(&old, &new, locale));
    Ok(Since { commit, changes })
}
