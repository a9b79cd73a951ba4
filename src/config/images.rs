//! The key `images` of `site.yaml`.
//!
//! Owns its defaults and its limits. It never looks at a picture.

use super::Images;
use super::fields::IMAGES;
use crate::yaml::{Key, Node, Reader, Value};

/// From phones to large screens of double density.
const WIDTHS: [u32; 5] = [400, 800, 1200, 1600, 2400];

/// The most that makes sense to a screen, and that every format can hold.
const WIDEST: i64 = 8192;

/// Where the eye sees no loss in photographs, and files are a third of the best.
const QUALITY: u8 = 80;

/// How pictures are offered; `None` as they are.
pub(super) fn read(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Option<Images> {
    let mut images = Images { widths: WIDTHS.to_vec(), quality: QUALITY, keep_metadata: false };
    match entry {
        None => {}
        Some((_, Node { value: Value::Bool(enabled), .. })) => return enabled.then_some(images),
        Some((_, node)) => {
            let Some(mut map) = reader.mapping(node, "`images`", IMAGES) else { return Some(images) };
            if let Some(widths) = widths(reader, map.take("widths")) {
                images.widths = widths;
            }
            let quality = reader.integer(map.take("quality"), 1..=100);
            images.quality = quality.and_then(|n| u8::try_from(n).ok()).unwrap_or(images.quality);
            let kept = reader.one_of(map.take("metadata"), &[("remove", false), ("keep", true)]);
            images.keep_metadata = kept.unwrap_or(images.keep_metadata);
        }
    }
    Some(images)
}

fn widths(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Option<Vec<u32>> {
    let (key, node) = entry?;
    let help = "write the widths in pixels, as in `widths: [400, 800, 1600]`; `images: false` makes none";
    let items = match node.value {
        Value::List(items) if !items.is_empty() => items,
        Value::List(_) => {
            reader.invalid(key.span, "`widths` names no width", help);
            return None;
        }
        _ => {
            reader.wrong_type(&node, "`widths`", "a list", help);
            return None;
        }
    };
    let count = items.len();
    let read = |item: Node| reader.integer(Some((key.clone(), item)), 16..=WIDEST);
    let mut widths: Vec<u32> =
        items.into_iter().filter_map(read).filter_map(|n| u32::try_from(n).ok()).collect();
    if widths.len() < count {
        return None;
    }
    widths.sort_unstable();
    widths.dedup();
    Some(widths)
}
