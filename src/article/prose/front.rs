//! The words in front matter, as blocks.
//!
//! Owns which keys hold words that a translator writes anew. It never reports a fault.

use super::super::front::split;
use super::{Block, Kind};
use crate::base::{ContentPath, Span};
use crate::diag::Diagnostics;
use crate::yaml::{self, Key, Node, Value};

/// The front matter of a file as a tree.
pub(super) fn tree(text: &str, file: &ContentPath) -> Option<Node> {
    let (range, _) = split(text).ok()?;
    yaml::parse(text.get(range.clone())?, range.start, file, &mut Diagnostics::new())
}

/// What a mapping holds under a key.
pub(super) fn child<'n>(node: &'n Node, key: &str) -> Option<&'n (Key, Node)> {
    match &node.value {
        Value::Map(entries) => entries.iter().find(|(k, _)| *k.name == *key),
        _ => None,
    }
}

/// The words of front matter, in the order of the file.
pub(super) fn blocks(tree: &Node, file: &str) -> Vec<Block> {
    let Value::Map(entries) = &tree.value else { return Vec::new() };
    let mut blocks = Vec::new();
    let mut take = |kind: Kind, node: Option<&Node>| {
        blocks.extend(node.and_then(|node| block(kind, node, file)));
    };
    let inside = |node, key| child(node, key).map(|(_, node)| node);
    for (key, node) in entries {
        match &*key.name {
            "title" => take(Kind::Title, Some(node)),
            "summary" => take(Kind::Summary, Some(node)),
            "source" => take(Kind::Source, inside(node, "title")),
            "cover" => {
                take(Kind::Cover, inside(node, "alt"));
                take(Kind::Cover, inside(node, "caption"));
            }
            "figures" => {
                let Value::Map(figures) = &node.value else { continue };
                for (name, figure) in figures {
                    take(Kind::Label(name.name.to_string()), inside(figure, "label"));
                }
            }
            _ => {}
        }
    }
    blocks
}

fn block(kind: Kind, node: &Node, file: &str) -> Option<Block> {
    let (Value::Text(text) | Value::Number(text)) = &node.value else { return None };
    if text.trim().is_empty() {
        return None;
    }
    let span = node.span.range();
    // Within quotation marks, as a rule, where it is not bare.
    let at = file.get(span.clone()).and_then(|written| written.find(&**text));
    let source = at.map_or(span.clone(), |at| span.start + at..span.start + at + text.len());
    let mut block = Block::new(kind, Span::new(span.start, span.end));
    block.push(text, source, file);
    Some(block)
}
