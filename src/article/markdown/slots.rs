//! Slots in band: markers in the HTML while it is written, offsets once it is done.
//!
//! Why markers: footnotes are written last and stand elsewhere, figures are cut out of the text,
//! and cleaning parses and serialises the whole. A marker moves with its surroundings; an offset
//! does not. A marker is U+FDD0, the slot's index, U+FDD1; these noncharacters are for internal
//! use and `escape` lets none through. Where attributes go, it is the value of `data-slot`.

use crate::base::Span;

use super::super::body::{Slot, SlotKind};

/// Opens a marker.
pub(super) const OPEN: char = '\u{FDD0}';
/// Closes a marker.
pub(super) const CLOSE: char = '\u{FDD1}';
/// What stands before a marker where attributes go; a quotation mark stands behind it.
const ATTRIBUTE: &str = " data-slot=\"";

impl SlotKind {
    /// Whether its content is attributes, so that its place is inside a tag.
    fn is_attributes(&self) -> bool {
        matches!(self, Self::Link { .. } | Self::Source { .. })
    }

    /// Whether its content is elements, so that its place is never inside a tag.
    fn is_element(&self) -> bool {
        matches!(self, Self::Image { .. } | Self::Figure { .. } | Self::Component { .. })
    }
}

/// Opens a slot at the end of `out`. Its number in `slots` is returned.
pub(super) fn open(out: &mut String, slots: &mut Vec<Slot>, span: Span, kind: SlotKind) -> usize {
    let index = slots.len();
    let at = offset(out.len());
    push_marker(out, index, &kind);
    slots.push(Slot { at, span, kind });
    index
}

fn push_marker(out: &mut String, index: usize, kind: &SlotKind) {
    let attributes = kind.is_attributes();
    if attributes {
        out.push_str(ATTRIBUTE);
    }
    out.push(OPEN);
    push_number(out, index);
    out.push(CLOSE);
    if attributes {
        out.push('"');
    }
}

/// Keeps the place of a formula: the number stands behind an `m`.
pub(super) fn push_formula(out: &mut String, number: usize) {
    out.extend([OPEN, 'm']);
    push_number(out, number);
    out.push(CLOSE);
}

/// Appends a number without the machinery of `format!`.
pub(super) fn push_number(out: &mut String, n: usize) {
    if n >= 10 {
        push_number(out, n / 10);
    }
    // A digit is below 10.
    out.push(char::from(b'0' + (n % 10) as u8));
}

/// Takes the markers out of the HTML and gives every slot its place. Slots come as they were
/// opened, each with the place of its marker.
///
/// `cleaned` HTML is well formed, but its text need not be: raw HTML such as an unclosed
/// attribute can have swallowed what followed it. A slot that is not where its kind belongs is
/// dropped with the text around it, or its content would break out of the attribute it is in.
/// Formulas, which were not to be cleaned, come in on the way.
pub(super) fn settle(
    html: String,
    mut slots: Vec<Slot>,
    formulas: &[String],
    cleaned: bool,
) -> (String, Vec<Slot>) {
    if slots.is_empty() && formulas.is_empty() {
        return (html, slots);
    }
    if !cleaned
        && formulas.is_empty()
        && let Some(out) = without_markers(&html, &mut slots)
    {
        return (out, slots);
    }
    let mut out = String::with_capacity(html.len());
    let mut placed: Vec<(usize, usize)> = Vec::with_capacity(slots.len());
    let mut place = Place::Text;
    let mut rest = html.as_str();
    while let Some(at) = rest.find(OPEN) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if cleaned {
            place = place.after(before);
        }
        let after = &after[OPEN.len_utf8()..];
        let Some((number, after)) = after.split_once(CLOSE) else {
            rest = after;
            continue;
        };
        rest = after;
        if let Some(formula) = number.strip_prefix('m') {
            let formula = formula.parse().ok().and_then(|number: usize| formulas.get(number));
            out.push_str(formula.filter(|_| place == Place::Text).map_or("", String::as_str));
            continue;
        }
        let Some((index, slot)) = number.parse().ok().and_then(|i: usize| Some((i, slots.get(i)?))) else {
            continue;
        };
        let fits = if slot.kind.is_attributes() {
            let inside = out.ends_with(ATTRIBUTE) && rest.starts_with('"');
            if inside {
                out.truncate(out.len() - ATTRIBUTE.len());
                rest = &rest[1..];
            }
            let fits = inside && (!cleaned || place == Place::Value);
            place = if place == Place::Value { Place::Tag } else { place };
            fits
        } else {
            !cleaned || place == Place::Text || (place == Place::Value && !slot.kind.is_element())
        };
        if fits {
            placed.push((index, out.len()));
        }
    }
    out.push_str(rest);

    // Only cleaning loses, moves or repeats a slot (an `a` that HTML's rules split in two).
    if placed.len() == slots.len() && placed.iter().enumerate().all(|(i, &(index, _))| i == index) {
        for (slot, &(_, at)) in slots.iter_mut().zip(&placed) {
            slot.at = offset(at);
        }
        return (out, slots);
    }
    let placed = placed.into_iter().map(|(index, at)| Slot { at: offset(at), ..slots[index].clone() });
    let placed = placed.collect();
    (out, placed)
}

/// Takes the markers out where they were written, which spares looking for them: in Chinese, bytes
/// like a marker's are everywhere. `None` if one is not there; the slots' places mean nothing then.
fn without_markers(html: &str, slots: &mut [Slot]) -> Option<String> {
    let mut out = String::with_capacity(html.len());
    let mut marker = String::new();
    let mut from = 0;
    for (index, slot) in slots.iter_mut().enumerate() {
        marker.clear();
        push_marker(&mut marker, index, &slot.kind);
        let at = slot.at as usize;
        out.push_str(html.get(from..at)?);
        from = at + html.get(at..)?.starts_with(&marker).then_some(marker.len())?;
        slot.at = offset(out.len());
    }
    out.push_str(html.get(from..)?);
    Some(out)
}

/// A text file over 4 GiB is refused long before (`source`), and HTML is not a thousand times as long.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Where in serialised HTML a byte stands: text and values hold no bare `<` or `"`.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Tag,
    Value,
}

impl Place {
    fn after(self, html: &str) -> Self {
        html.bytes().fold(self, |place, b| match (place, b) {
            (Place::Text, b'<') => Place::Tag,
            (Place::Tag, b'"') => Place::Value,
            (Place::Tag, b'>') => Place::Text,
            (Place::Value, b'"') => Place::Tag,
            (place, _) => place,
        })
    }
}
