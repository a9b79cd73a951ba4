//! Proofs: an article's new words, shown before the next edition is made.
//!
//! Owns the question whether nothing but words changed (of the text, the title, the summary), which
//! is what most saves of an editor change. No list depends on words before it is rendered. Joining a large site again takes longer than a person waits; other words in the place of
//! some take no time. A proof never replaces an edition: that comes after it all the same, and knows
//! nothing of it.

use percent_encoding::percent_decode_str;

use crate::article::{self, Front, Name, Outline, Parsed, SlotKind, Text};
use crate::base::{ContentPath, Lang};
use crate::cache::FileRecord;
use crate::config::Config;
use crate::site::EntryId;
use crate::source::Source;

/// New words of an article.
pub struct Proof {
    pub(super) file: ContentPath,
    pub(super) at: (EntryId, Lang),
    pub(super) title: String,
    pub(super) summary: Option<String>,
    pub(super) outline: Outline,
    pub(super) text: Text,
}

impl Proof {
    /// What stands in a file now, if what its text asks of the site and its front matter but for
    /// title and summary are what they were, and it has no errors: with errors the next edition shows
    /// it as it was.
    pub(super) fn of(
        file: &ContentPath,
        at: (EntryId, Lang),
        known: &FileRecord,
        source: &Source,
        config: &Config,
    ) -> Option<Self> {
        let text = source.text(file).ok()?;
        let name = Name::of(file, config).ok()?;
        let Parsed { article, text, mut diagnostics } = article::parse(file, name, &text, config);
        diagnostics.regrade(|d| config.grade(d));
        let same = !diagnostics.has_errors()
            && article.front.says_same_but_words(&known.front)
            && asks_same(&article.outline, &known.outline);
        same.then(|| {
            let Front { title, summary, .. } = *article.front;
            Self { file: file.clone(), at, title, summary, outline: article.outline, text }
        })
    }
}

fn asks_same(now: &Outline, before: &Outline) -> bool {
    let (slots, known) = (&now.slots, &before.slots);
    let same = slots.len() == known.len() && slots.iter().zip(known).all(|(a, b)| a.kind.asks_same(&b.kind));
    // A heading that it links to itself may be gone, which may be an error.
    same && !slots.iter().any(|slot| {
        let SlotKind::Link { destination } = &slot.kind else { return false };
        let Some((_, anchor)) = destination.split_once('#') else { return false };
        let anchor = percent_decode_str(anchor).decode_utf8_lossy();
        let has = |outline: &Outline| outline.anchors.iter().any(|known| *known == anchor);
        has(before) && !has(now)
    })
}
