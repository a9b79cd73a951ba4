//! Pictures in raw HTML: their addresses become slots, so that they are looked up as those in Markdown are.
//!
//! Owns the finding of `img` in HTML that was cleaned, where it is written in one way alone. It never
//! resolves an address.

use super::super::body::{Slot, SlotKind};
use super::slots;
use crate::base::Span;

/// Opens a slot in each `img` in the place of its `src`. Markdown's own pictures are slots already.
/// `place` says where an address stands in the file.
pub(super) fn open_slots(html: &str, slots: &mut Vec<Slot>, mut place: impl FnMut(&str) -> Span) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // Neither texts nor values hold a bare `<` or `>`.
    while let Some((before, (tag, after))) =
        rest.split_once("<img ").and_then(|(before, rest)| Some((before, rest.split_once('>')?)))
    {
        out.push_str(before);
        out.push_str("<img");
        rest = after;
        let (mut source, mut told, mut sized) = (None, false, false);
        let mut others = String::new();
        let mut pieces = tag.split('"');
        while let (Some(name), Some(value)) = (pieces.next(), pieces.next()) {
            match name.trim_start() {
                // The marker of a slot may have been swallowed by what was left open before.
                "src=" if !value.contains(slots::OPEN) => {
                    source = Some(value);
                    continue;
                }
                "alt=" => told = true,
                "width=" | "height=" => sized = true,
                _ => {}
            }
            others.extend([" ", name.trim_start(), "\"", value, "\""]);
        }
        if let Some(source) = source.map(unescape) {
            let span = place(&source);
            slots::open(&mut out, slots, span, SlotKind::Source { source, told, sized });
        }
        out.push_str(&others);
        out.push('>');
    }
    out + rest
}

/// A value as it was before it was written as HTML (HTML, § 13.3, "escaping a string").
fn unescape(value: &str) -> String {
    let pairs = [("&nbsp;", "\u{a0}"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    pairs.iter().fold(value.to_owned(), |value, (escaped, plain)| value.replace(escaped, plain))
}
