//! Footnotes: which are cited, how often, and in which order.
//!
//! Owns the numbering. It never writes: the writer asks it for numbers and for the places of
//! definitions among the events.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// The events of a text, each with its place in the source.
pub(super) type Events<'s> = [(Event<'s>, Range<usize>)];

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Notes {
    /// The definitions' events, the tags included, ascending by their beginning.
    definitions: Vec<Range<usize>>,
    numbers: BTreeMap<String, usize>,
    /// Those that are cited, in the order of their first citations.
    cited: Vec<Note>,
}

/// A footnote that is cited.
pub(super) struct Note {
    /// The events of its definition, without the tags.
    pub events: Range<usize>,
    /// How often it is cited in all.
    pub citations: usize,
    /// How many citations have been written.
    pub written: usize,
}

impl Notes {
    /// Finds the footnotes; costs nothing in a text without definitions.
    pub(super) fn survey(events: &Events<'_>, definitions: bool) -> Self {
        let mut notes = Self::default();
        if !definitions {
            return notes;
        }
        let mut by_label: BTreeMap<String, Range<usize>> = BTreeMap::new();
        let mut open = Vec::new();
        for (i, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => open.push((i, label)),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((start, label)) = open.pop() {
                        notes.definitions.push(start..i + 1);
                        by_label.entry(key(label)).or_insert(start + 1..i);
                    }
                }
                _ => {}
            }
        }
        notes.definitions.sort_by_key(|d| d.start);
        notes.count(events, 0..events.len(), &by_label);
        // Notes cite notes; those further on in the list were found by earlier ones.
        let mut next = 0;
        while let Some(note) = notes.cited.get(next) {
            let range = note.events.clone();
            notes.count(events, range, &by_label);
            next += 1;
        }
        notes
    }

    fn count(&mut self, events: &Events<'_>, range: Range<usize>, by_label: &BTreeMap<String, Range<usize>>) {
        let mut i = range.start;
        while i < range.end {
            match &events[i].0 {
                Event::Start(Tag::FootnoteDefinition(_)) => {
                    i = self.end_of_definition(i);
                    continue;
                }
                Event::FootnoteReference(label) => {
                    let label = key(label);
                    if let Some(&number) = self.numbers.get(&label) {
                        self.cited[number - 1].citations += 1;
                    } else if let Some(definition) = by_label.get(&label) {
                        self.cited.push(Note { events: definition.clone(), citations: 1, written: 0 });
                        self.numbers.insert(label, self.cited.len());
                    }
                }
                _ => {}
            }
            i += 1;
        }
    }

    /// The event after a definition that begins at event `start`.
    pub(super) fn end_of_definition(&self, start: usize) -> usize {
        match self.definitions.binary_search_by_key(&start, |d| d.start) {
            Ok(i) => self.definitions[i].end,
            Err(_) => start + 1,
        }
    }

    /// The number of the footnote with a label, from 1, if it is defined.
    pub(super) fn number(&self, label: &str) -> Option<usize> {
        self.numbers.get(&key(label)).copied()
    }

    /// The cited footnotes in order.
    pub(super) fn cited(&self) -> &[Note] {
        &self.cited
    }

    /// Counts a citation of footnote `number` as written: which one it is, from 1.
    pub(super) fn cite(&mut self, number: usize) -> usize {
        self.cited.get_mut(number - 1).map_or(1, |note| {
            note.written += 1;
            note.written
        })
    }
}

/// Labels are the same whatever their case, as the parser has it.
fn key(label: &str) -> String {
    label.to_lowercase()
}

/// The id of a footnote.
pub(super) fn note_id(number: usize) -> String {
    format!("fn-{number}")
}

/// The id of the `nth` citation of a footnote.
pub(super) fn citation_id(number: usize, nth: usize) -> String {
    if nth == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{nth}") }
}
