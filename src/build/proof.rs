//! Proofs: an article's new words, shown before the next edition is made.
//!
//! Owns the question whether nothing but words changed (of the text, the title, the summary), which
//! is what most saves of an editor change. No list depends on words before it is rendered. Joining a large site again takes longer than a person waits; other words in the place of
//! some take no time. A proof never replaces an edition: that comes after it all the same, and needs
//! it only where the file has got errors meanwhile.

use percent_encoding::percent_decode_str;

use super::forms::Form;
use crate::article::{self, Name, Outline, Parsed, SlotKind};
use crate::base::{ContentPath, Digest};
use crate::cache::FileRecord;
use crate::config::Config;
use crate::source::Source;

/// New words of an article.
#[derive(Clone)]
pub struct Proof {
    pub(super) file: ContentPath,
    pub(super) form: Form,
}

impl Proof {
    /// What stands in a file now; `None` if it has errors: then the next edition shows it as it was.
    pub(super) fn read(file: &ContentPath, source: &Source, config: &Config) -> Option<Self> {
        let text = source.text(file).ok()?;
        let name = Name::of(file, config).ok()?;
        let (content, dialect) = (Digest::of(text.as_bytes()), article::dialect(&name, config));
        let Parsed { article, text, mut diagnostics } = article::parse(file, name, &text, config);
        diagnostics.regrade(|d| config.grade(d));
        let record = FileRecord {
            path: file.as_str().into(),
            stamp: None,
            content,
            dialect,
            front: article.front,
            outline: article.outline,
        };
        let form = Form { record, text, faulty: !diagnostics.is_empty() };
        (!diagnostics.has_errors()).then(|| Self { file: file.clone(), form })
    }

    /// Whether what its text asks of the site, and its front matter but for title and summary, are
    /// what they were.
    pub(super) fn fits(&self, known: &FileRecord) -> bool {
        let FileRecord { front, outline, .. } = &self.form.record;
        front.says_same_but_words(&known.front) && asks_same(outline, &known.outline)
    }

    /// The file.
    pub fn file(&self) -> &ContentPath {
        &self.file
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
