//! The text of a block that holds no other: its events put together, and where each part stands.
//!
//! Owns the way from a place in such a text to its place in the file: what stands before each line
//! (an indent, a `>`) and the first half of CRLF belong to the file alone.

use std::ops::Range;

use pulldown_cmark::Event;

use super::footnotes::Events;

/// The text of a block.
#[derive(Default)]
pub(super) struct Leaf {
    pub(super) text: String,
    /// Where each part begins in the text, and where it stands in the source.
    parts: Vec<(usize, Range<usize>)>,
}

impl Leaf {
    /// The text of a block from the events between its tags.
    pub(super) fn of(events: &Events<'_>) -> Self {
        let mut leaf = Self::default();
        for (event, range) in events {
            if let Event::Text(text) = event {
                leaf.parts.push((leaf.text.len(), range.clone()));
                leaf.text.push_str(text);
            }
        }
        leaf
    }

    /// Where a range of the text stands in the source. Its end belongs to the part of the byte
    /// before it: the next part stands further on.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let from = self.at(range.start);
        let to = if range.end > range.start { self.at(range.end - 1) + 1 } else { from };
        from..to
    }

    fn at(&self, offset: usize) -> usize {
        let i = self.parts.partition_point(|(at, _)| *at <= offset).saturating_sub(1);
        self.parts.get(i).map_or(0, |(at, range)| range.start + (offset - at).min(range.len()))
    }
}
