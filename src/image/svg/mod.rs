//! SVG: its text, its size, and that it runs nothing and asks nobody.
//!
//! Owns the reading of SVG files. It draws none.

mod clean;
mod css;
#[cfg(test)]
mod tests;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::{Fault, Format};

pub(super) use clean::clean;

/// The text of an SVG file, without a mark of byte order.
///
/// # Errors
///
/// It is not UTF-8.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|_| Fault("it is not in UTF-8; save it as UTF-8".to_owned()))
}

/// Whether a file is SVG: a document whose first element is `svg`.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    text(bytes).ok().and_then(root).is_some_and(|root| root.local_name().as_ref() == "svg")
}

/// The size that an SVG has of itself, in CSS pixels: `width` and `height`, and what one of them or both
/// lack out of `viewBox`.
pub(super) fn size(text: &str) -> Option<(u32, u32)> {
    let root = root(text)?;
    let attribute = |name: &str| {
        let attribute = root.try_get_attribute(name).ok()??;
        Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    };
    let length = |name| attribute(name).and_then(|value| pixels(&value));
    let shape = attribute("viewBox").and_then(|value| view_box(&value));
    let (width, height) = match (length("width"), length("height"), shape) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(shape)) => shape,
        _ => return None,
    };
    // A float beyond the range becomes the end of the range.
    let whole = |side: f64| (side.round() as u32).max(1);
    Some((whole(width), whole(height)))
}

fn root(text: &str) -> Option<BytesStart<'_>> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => return Some(root),
            Event::Eof => return None,
            Event::Text(between) if !between.trim().is_empty() => return None,
            _ => {}
        }
    }
}

/// A length in CSS pixels; `None` if it is relative, or nothing.
fn pixels(value: &str) -> Option<f64> {
    let value = value.trim();
    let end = value.find(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E') || c == '%');
    let (number, unit) = value.split_at(end.unwrap_or(value.len()));
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "Q" => 96.0 / 101.6,
        _ => return None,
    };
    positive(number).map(|number| number * factor)
}

fn view_box(value: &str) -> Option<(f64, f64)> {
    let numbers = value.split([' ', ',', '\t', '\n', '\r']).filter(|number| !number.is_empty());
    match numbers.collect::<Vec<_>>()[..] {
        [_, _, width, height] => Some((positive(width)?, positive(height)?)),
        _ => None,
    }
}

fn positive(number: &str) -> Option<f64> {
    number.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

fn damaged(why: &dyn std::fmt::Display) -> Fault {
    Fault::damaged(Format::Svg, why)
}
