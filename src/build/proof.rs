//! Proofs: an article's new words, shown before the next edition is made.
//!
//! Owns the question whether nothing but words changed, which is what most saves of an editor
//! change. Joining a large site again takes longer than a person waits; other words in the place of
//! some take no time. A proof never replaces an edition: that comes after it all the same, and knows
//! nothing of it.

use crate::article::{self, Name, Outline, Parsed, Text};
use crate::base::{ContentPath, Lang};
use crate::cache::FileRecord;
use crate::config::Config;
use crate::site::EntryId;
use crate::source::Source;

/// New words of an article.
pub struct Proof {
    pub(super) file: ContentPath,
    pub(super) at: (EntryId, Lang),
    pub(super) outline: Outline,
    pub(super) text: Text,
}

impl Proof {
    /// What stands in a file now, if its front matter and what its text asks of the site are what
    /// they were, and nothing is wrong with it.
    pub(super) fn of(
        file: &ContentPath,
        at: (EntryId, Lang),
        known: &FileRecord,
        source: &Source,
        config: &Config,
    ) -> Option<Self> {
        let text = source.text(file).ok()?;
        let name = Name::of(file, config).ok()?;
        let Parsed { article, text, diagnostics } = article::parse(file, name, &text, config);
        let slots =
            |outline: &Outline| outline.slots.iter().map(|slot| slot.kind.clone()).collect::<Vec<_>>();
        let same = diagnostics.is_empty()
            && article.front == known.front
            && slots(&article.outline) == slots(&known.outline);
        same.then(|| Self { file: file.clone(), at, outline: article.outline, text })
    }
}
