//! Ends of lines that are no space: between two Chinese characters.
//!
//! Owns what becomes of a soft line break, as the segment break transformation rules of CSS Text
//! define it (Level 4, § 4.1.1). Browsers are to do the same and most do not; feeds, descriptions
//! and heading ids have no browser. It never looks at the source: markup between two characters
//! is no character.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::footnotes::Events;
use crate::config::HtmlPolicy;
use crate::locale::{is_ambiguous, is_emoji, is_hangul, is_punctuation, is_wide};

/// Makes an empty text of each soft break that is no space. `unspaced` says whether the language
/// is Chinese, Japanese or Yi.
pub(super) fn remove(events: &mut Events<'_>, unspaced: bool, policy: HtmlPolicy) {
    for i in 0..events.len() {
        if matches!(events[i].0, Event::SoftBreak)
            && let Some(before) = before(&events[..i], policy)
            && let Some(after) = after(&events[i + 1..], policy)
            && is_removed(before, after, unspaced)
        {
            events[i].0 = Event::Text(CowStr::Borrowed(""));
        }
    }
}

/// Whether a soft break between two characters is no space.
fn is_removed(before: char, after: char, unspaced: bool) -> bool {
    const ZERO_WIDTH_SPACE: char = '\u{200B}';
    // In an order in which most breaks of most languages are decided by two comparisons.
    if before == ZERO_WIDTH_SPACE || after == ZERO_WIDTH_SPACE {
        return true;
    }
    let (wide_before, wide_after) = (is_wide(before), is_wide(after));
    if !wide_before && !wide_after {
        return false;
    }
    if wide_before && wide_after && !is_hangul(before) && !is_hangul(after) {
        return true;
    }
    let takes_part = |c| is_punctuation(c) && (is_ambiguous(c) || is_emoji(c));
    let east_asian = |wide, c| wide && !is_hangul(c) && !is_emoji(c);
    unspaced
        && (takes_part(before) && east_asian(wide_after, after)
            || takes_part(after) && east_asian(wide_before, before))
}

/// The character that a reader sees at the end of some events.
fn before(events: &Events<'_>, policy: HtmlPolicy) -> Option<char> {
    for (i, (event, _)) in events.iter().enumerate().rev() {
        match event {
            // A selector is not seen.
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => {
                if let Some(c) = text.chars().rev().find(|&c| !is_selector(c)) {
                    return Some(c);
                }
            }
            // A figure's own form, which only the site knows.
            Event::End(TagEnd::Link) if matches!(events[..i].last(), Some((Event::Start(_), _))) => {
                return None;
            }
            event if is_unseen(event, policy) => {}
            _ => return None,
        }
    }
    None
}

/// The character that a reader sees at the beginning of some events.
fn after(events: &Events<'_>, policy: HtmlPolicy) -> Option<char> {
    for (i, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => {
                if let Some(c) = text.chars().next() {
                    return Some(c);
                }
            }
            Event::Start(Tag::Link { .. })
                if matches!(events.get(i + 1), Some((Event::End(TagEnd::Link), _))) =>
            {
                return None;
            }
            event if is_unseen(event, policy) => {}
            _ => return None,
        }
    }
    None
}

/// Whether an event stands between two characters without being one. A footnote's number hangs on
/// the word before it.
fn is_unseen(event: &Event<'_>, policy: HtmlPolicy) -> bool {
    match event {
        Event::FootnoteReference(_) => true,
        Event::InlineHtml(_) => policy != HtmlPolicy::Escape,
        event => is_inline_tag(event),
    }
}

/// Whether an event begins or ends markup within a line, images left aside.
pub(super) fn is_inline_tag(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
        ) | Event::End(
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
        )
    )
}

/// Whether a character only selects a form of the one before it.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}
