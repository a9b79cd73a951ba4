//! The words that stand at a place of a file, as a reader sees them.
//!
//! Owns the way from a message's place in Markdown to words that can be looked for in the page.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::article::prose::{Block, Kind};
use crate::article::{Prose, prose};
use crate::base::{ContentPath, Span};

/// Longer passages are found by their beginning.
const MOST: usize = 1000;

/// Texts that messages point into.
#[derive(Default)]
pub(super) struct Passages(BTreeMap<String, Prose>);

impl Passages {
    /// Knows the text of a file as well.
    pub(super) fn add(&mut self, file: &ContentPath, text: &str) {
        self.0.insert(file.to_string(), prose(file, text));
    }

    /// Adds to each place of a message the words that stand there, under `words`, and what stands
    /// before and behind them in their blocks: a number alone stands in many places.
    pub(super) fn quote(&self, message: &mut Value) {
        for label in message["labels"].as_array_mut().into_iter().flatten() {
            let offset = |end: &str| label[end]["offset"].as_u64().and_then(|at| usize::try_from(at).ok());
            let place = offset("start").zip(offset("end")).map(|(start, end)| Span::new(start, end));
            let prose = label["file"].as_str().and_then(|file| self.0.get(file));
            if let Some(passage) = prose.zip(place).and_then(|(prose, place)| passage(prose, place)) {
                label["words"] = passage.words.into();
                label["before"] = passage.before.into();
                label["after"] = passage.after.into();
            }
        }
    }
}

/// Words, and what stands around them in the same blocks.
#[derive(Debug, Default)]
struct Passage {
    before: String,
    words: String,
    after: String,
}

/// What stands in a span of a text's file; where that is no words (an empty span, a link's
/// address), the block around it. `None` outside of all blocks.
fn passage(prose: &Prose, span: Span) -> Option<Passage> {
    let meets = |at: Span| at.start < span.end && span.start < at.end;
    let near = |block: &&Block| {
        let around = block.span.start <= span.start && span.end <= block.span.end;
        // A component's arguments are not what its readers see.
        (around || meets(block.span)) && !matches!(block.kind, Kind::Component(_))
    };
    let mut passage = Passage::default();
    let mut last = None;
    for block in prose.blocks.iter().filter(near) {
        last = Some(block);
        if passage.words.len() > MOST {
            break;
        }
        if !passage.words.is_empty() {
            passage.words.push('\n');
        }
        passage.after.clear();
        for (at, c) in block.text.char_indices() {
            match meets(block.place(at..at + c.len_utf8())) {
                true => {
                    passage.words.push_str(&std::mem::take(&mut passage.after));
                    passage.words.push(c);
                }
                false if passage.words.is_empty() => passage.before.push(c),
                false => passage.after.push(c),
            }
        }
    }
    if passage.words.is_empty() {
        passage = Passage { words: last?.text.clone(), ..Passage::default() };
    }
    Some(passage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_place_are_those_that_readers_see() {
        let text = "---\ntitle: Ants\n---\nThey *carry* [leaves](a.md), & seeds.\n\n- One\n- Two\n";
        let prose = prose(&ContentPath::new("content/a.en.md"), text);
        let said = |start: usize, end: usize| {
            let passage = passage(&prose, Span::new(start, end))?;
            Some(format!("{}[{}]{}", passage.before, passage.words, passage.after))
        };
        for (place, expected) in [
            ("Ants", "[Ants]"),
            ("They *carry* [leaves](a.md)", "[They carry leaves], & seeds."),
            ("*carry*", "They [carry] leaves, & seeds."),
            ("a.md", "[They carry leaves, & seeds.]"),
            ("seeds.\n\n- One", "They carry leaves, & [seeds.\nOne]"),
        ] {
            let start = text.find(place).unwrap();
            assert_eq!(said(start, start + place.len()).as_deref(), Some(expected), "{place}");
        }
        let start = text.find("arry").unwrap();
        assert_eq!(said(start, start).as_deref(), Some("[They carry leaves, & seeds.]"));
        assert_eq!(said(9000, 9001), None);
    }
}
