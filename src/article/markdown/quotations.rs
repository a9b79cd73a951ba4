//! Straight quotes that open and close by turns, as those of Chinese do: `他说"好"了`.
//!
//! Owns which of them are pairs. In text with spaces the parser tells by the characters beside a
//! quote, and `punctuation` gives it the language's form; without spaces nothing but their order
//! tells. A quote without a partner in its block is no quotation mark: inches, an apostrophe.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::footnotes::Events;
use super::soft_breaks::is_inline_tag;
use crate::locale::{Typography, is_wide};

/// Gives all straight quotes the form that their order says they have.
pub(super) fn pair(events: &mut Events<'_>, source: &str, typography: &Typography) {
    // The event of the quote that is open.
    let (mut double, mut single) = (None, None);
    for i in 0..events.len() {
        let (event, place) = &events[i];
        let (open, forms, alone) = match event {
            Event::Text(text) if matches!(&**text, "“" | "”" | "‘" | "’") => {
                match source.as_bytes().get(place.start) {
                    Some(b'"') => (&mut double, typography.double, "\""),
                    Some(b'\'') if is_apostrophe(source, place, single.is_some()) => {
                        write(events, i, typography.apostrophe);
                        continue;
                    }
                    Some(b'\'') => (&mut single, typography.single, typography.apostrophe),
                    _ => continue,
                }
            }
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => continue,
            Event::Start(_) | Event::End(_) if !is_inline_tag(event) => {
                (double, single) = (None, None);
                continue;
            }
            _ => continue,
        };
        match open.take() {
            Some(opening) => {
                write(events, opening, forms.0);
                write(events, i, forms.1);
            }
            None => {
                *open = Some(i);
                write(events, i, alone);
            }
        }
    }
}

fn write(events: &mut Events<'_>, i: usize, form: &'static str) {
    if let Some((event, _)) = events.get_mut(i) {
        *event = Event::Text(CowStr::Borrowed(form));
    }
}

/// Whether a single quote stands in or at the end of a word of an alphabet, or before a year: `'90s`,
/// but not `'90后'`, `'5G'`, `'12345'`.
fn is_apostrophe(source: &str, place: &Range<usize>, open: bool) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && !is_wide(c);
    let before = source[..place.start].chars().next_back();
    let rest = &source[place.end..];
    let after = rest.chars().next();
    let follows_word = before.is_some_and(is_letter);
    follows_word && (!open || after.is_some_and(is_letter)) || !open && is_year(rest)
}

/// Whether a text begins with the two last digits of a year, or of its decade.
fn is_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    digits == 2 && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'')
}
