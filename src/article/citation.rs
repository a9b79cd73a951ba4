//! Figures that a component's arguments cite: any text that is `figure:` and a name.
//!
//! Owns what counts as such a citation and the order in which they stand. It never knows which
//! figures there are.

use crate::base::Span;
use crate::yaml::{Node, Value};

/// The name of the figure that a text cites: `trips` or `freight-trains/trips`. A sentence that
/// begins with the word cites nothing.
pub fn cited(text: &str) -> Option<&str> {
    text.strip_prefix("figure:").filter(|name| !name.is_empty() && !name.contains(char::is_whitespace))
}

/// All citations in the arguments of a call, in their order.
pub fn citations(arguments: &Node) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    collect(arguments, &mut found);
    found
}

/// Recursion is as deep as the YAML, which its reader limits.
fn collect<'n>(node: &'n Node, found: &mut Vec<(&'n str, Span)>) {
    match &node.value {
        Value::Text(text) => found.extend(cited(text).map(|name| (name, node.span))),
        Value::List(list) => list.iter().for_each(|item| collect(item, found)),
        Value::Map(map) => map.iter().for_each(|(_, value)| collect(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_is_a_citation() {
        assert_eq!(cited("figure:air-routes/routes"), Some("air-routes/routes"));
        for text in ["figure:", "figure: a sentence", "figure:a sentence", "Figure:trips", "trips"] {
            assert_eq!(cited(text), None, "{text}");
        }
    }
}
