//! Fenced blocks that call a component: the name in the info string, the arguments in the body.
//!
//! Owns the syntax `{name}` and the way places in the YAML become places in the file, also
//! where the block is indented or quoted. It never knows which components there are.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::footnotes::Events;
use super::leaf::Leaf;
use crate::base::{ContentPath, Span};
use crate::diag::Diagnostics;
use crate::yaml::{self, Node, Value};

/// The component that an info string names.
pub(in crate::article) fn name(info: &str) -> Option<&str> {
    let name = info.trim().strip_prefix('{')?.strip_suffix('}')?;
    let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    (!name.is_empty() && name.bytes().all(known)).then_some(name)
}

/// The arguments are no YAML, which has been reported: nothing more can be said of the call.
pub(super) struct Broken;

/// A component's arguments from the text events of its block. `start` is where `source`, which
/// the events' ranges are counted in, stands in the file.
pub(super) fn arguments(
    events: &Events<'_>,
    source: &str,
    start: usize,
    file: &ContentPath,
    diags: &mut Diagnostics,
) -> Result<Option<Node>, Broken> {
    let pieces: Vec<(&CowStr<'_>, &Range<usize>)> = events
        .iter()
        .filter_map(|(event, range)| match event {
            Event::Text(text) => Some((text, range)),
            _ => None,
        })
        .collect();
    if pieces.iter().all(|(text, _)| text.trim().is_empty()) {
        return Ok(None);
    }
    let (Some((_, first)), Some((_, last))) = (pieces.first(), pieces.last()) else { return Ok(None) };
    let (first, last) = (first.start, last.end);
    let in_one_piece = pieces.iter().all(|(text, range)| source.get((*range).clone()) == Some(text))
        && pieces.windows(2).all(|pair| pair[0].1.end == pair[1].1.start);
    let node = if in_one_piece {
        yaml::parse(source.get(first..last).unwrap_or_default(), start + first, file, diags)
    } else {
        parse_leaf(&Leaf::of(events), start, file, diags)
    };
    let node = node.ok_or(Broken)?;
    Ok(Some(node).filter(|node| node.value != Value::Null))
}

/// Reads YAML that has something before each line (an indent, a `>`) or CRLF at its end: it is
/// put together, read, and every place in it then moved to where it stands in the file.
fn parse_leaf(leaf: &Leaf, start: usize, file: &ContentPath, diags: &mut Diagnostics) -> Option<Node> {
    let moved = |span: Span| {
        let place = leaf.place(span.range());
        Span::new(place.start, place.end).shifted(start)
    };
    let mut found = Diagnostics::new();
    let node = yaml::parse(&leaf.text, 0, file, &mut found);
    diags.extend(found.into_iter().map(|mut diagnostic| {
        for label in &mut diagnostic.labels {
            label.span = label.span.map(moved);
        }
        diagnostic
    }));
    node.map(|mut node| {
        move_node(&mut node, &moved);
        node
    })
}

/// Recursion is as deep as the YAML, which its reader limits.
fn move_node(node: &mut Node, moved: &impl Fn(Span) -> Span) {
    node.span = moved(node.span);
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|item| move_node(item, moved)),
        Value::Map(map) => {
            for (key, value) in map {
                key.span = moved(key.span);
                move_node(value, moved);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_braces_around_one_name_call_a_component() {
        assert_eq!(name("{chart}"), Some("chart"));
        assert_eq!(name(" {map.route-2_b} "), Some("map.route-2_b"));
        for info in ["", "{}", "{ chart }", "{chart} x", "chart", "{图}", "{{chart}}"] {
            assert_eq!(name(info), None, "{info}");
        }
    }
}
