//! Typewriter marks as the language of the text writes them: quotation marks, dashes, ellipses,
//! and the spaces of French.
//!
//! The parser finds them and writes them the English way, each as an event of its own; this gives
//! them the language's form, and tells closing single quotes from apostrophes. Marks that the
//! author typed as they are to be are never touched, nor are code, URLs and raw HTML.

use std::borrow::Cow;
use std::ops::Range;

use crate::locale::{Typography, is_wide};

/// The marks of one block.
pub(super) struct Marks<'q> {
    typography: Option<&'q Typography>,
    /// How many single quotes are open: a single mark that closes none is an apostrophe.
    open_singles: u32,
    /// Where an ellipsis of two characters ended: three dots more belong to it.
    ellipsis_end: Option<usize>,
}

impl<'q> Marks<'q> {
    /// The marks of a block's beginning.
    pub(super) fn new(typography: Option<&'q Typography>) -> Self {
        Self { typography, open_singles: 0, ellipsis_end: None }
    }

    /// Forgets what is open: no quotation runs over a block's end.
    pub(super) fn new_block(&mut self) {
        *self = Self::new(self.typography);
    }

    /// The text of a text event in the language's form; `range` is its place in `source`.
    pub(super) fn localise<'t>(&mut self, text: &'t str, range: &Range<usize>, source: &str) -> Cow<'t, str>
    where
        'q: 't,
    {
        let Some(typography) = self.typography else { return text.into() };
        // What the parser put in the place of ASCII begins otherwise than its source.
        let (Some(&written), Some(&typed)) = (text.as_bytes().first(), source.as_bytes().get(range.start))
        else {
            return text.into();
        };
        if written.is_ascii() || !typed.is_ascii() || typed == b'&' {
            return if typography.spaced { spaced(text) } else { text.into() };
        }
        let place = Place { range, source };
        match (typed, text) {
            // `quotations` has seen to them.
            (b'"' | b'\'', _) if typography.by_turns => text,
            (b'"', "“") => typography.double.0,
            (b'"', "”") => typography.double.1,
            (b'\'', "‘" | "’") => self.single(text, &place, typography),
            (b'-', _) if typography.doubled && is_dash(text) && place.is_beside_wide() => "——",
            (b'.', "…") if typography.doubled => self.ellipsis(text, &place),
            _ => text,
        }
        .into()
    }

    fn single<'t>(&mut self, text: &'t str, place: &Place<'_>, typography: &'q Typography) -> &'t str
    where
        'q: 't,
    {
        let (before, after) = (place.before(), place.after());
        match text {
            // ’90s
            "‘" if after.is_some_and(|c| c.is_ascii_digit()) => typography.apostrophe,
            "‘" => {
                self.open_singles += 1;
                typography.single.0
            }
            _ => {
                let inside_word =
                    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
                if inside_word || self.open_singles == 0 {
                    typography.apostrophe
                } else {
                    self.open_singles -= 1;
                    typography.single.1
                }
            }
        }
    }

    fn ellipsis<'t>(&mut self, text: &'t str, place: &Place<'_>) -> &'t str {
        if self.ellipsis_end.take() == Some(place.range.start) {
            ""
        } else if place.is_beside_wide() {
            self.ellipsis_end = Some(place.range.end);
            "……"
        } else {
            text
        }
    }
}

fn is_dash(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '–' | '—'))
}

/// Where a mark stands.
struct Place<'p> {
    range: &'p Range<usize>,
    source: &'p str,
}

impl Place<'_> {
    fn before(&self) -> Option<char> {
        self.source.get(..self.range.start)?.chars().next_back()
    }

    fn after(&self) -> Option<char> {
        self.source.get(self.range.end..)?.chars().next()
    }

    /// Whether the character before or after is an East Asian one, quotes and markup left aside.
    fn is_beside_wide(&self) -> bool {
        const FAR: usize = 8;
        let seen = |c: &char| !matches!(c, '"' | '\'' | '*' | '_' | '~' | '[' | ']' | '`');
        let (before, after) = (self.source.get(..self.range.start), self.source.get(self.range.end..));
        let before = before.and_then(|text| text.chars().rev().take(FAR).find(seen));
        // Three dots more are part of an ellipsis.
        let after = after.map(|rest| rest.strip_prefix("...").unwrap_or(rest));
        let after = after.and_then(|text| text.chars().take(FAR).find(seen));
        before.is_some_and(is_wide) || after.is_some_and(is_wide)
    }
}

/// A text with the spaces that French puts before tall marks and inside guillemets: narrow ones,
/// before the colon a wide one, and none that ends a line. Where no space was typed there is none.
fn spaced(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        let space = match (text[..at].chars().next_back(), text[at + 1..].chars().next()) {
            (_, Some(';' | '!' | '?' | '»')) | (Some('«'), _) => "\u{202f}",
            (_, Some(':')) => "\u{a0}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(space);
        from = at + 1;
    }
    if from == 0 {
        return text.into();
    }
    out.push_str(&text[from..]);
    out.into()
}
