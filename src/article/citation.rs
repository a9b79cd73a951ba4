//! What a component's arguments refer to: figures, by a text that is `figure:` and a name, and files,
//! by one that is `file:` and a path.
//!
//! Owns what counts as such a reference and the order in which they stand. It never knows which
//! figures and files there are.

use crate::base::Span;
use crate::yaml::{Node, Value};

/// The name of the figure that a text cites: `trips` or `freight-trains/trips`. A sentence that
/// begins with the word cites nothing.
pub fn cited(text: &str) -> Option<&str> {
    text.strip_prefix("figure:").filter(|name| !name.is_empty() && !name.contains(char::is_whitespace))
}

/// The path of the file that a text names: relative to the article's file, or below `static/` when it
/// begins with a slash.
pub fn file_named(text: &str) -> Option<&str> {
    text.strip_prefix("file:").filter(|path| !path.is_empty() && !path.starts_with(char::is_whitespace))
}

/// A file that an argument names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedFile<'n> {
    /// Its path, as written.
    pub path: &'n str,
    /// Where that stands.
    pub span: Span,
    /// Whether the mapping that it stands in says what a picture shows: has a key `alt`, or one that
    /// ends so.
    pub told: bool,
}

/// All files that the arguments of a call name, in their order.
pub fn named_files(arguments: &Node) -> Vec<NamedFile<'_>> {
    let mut found = Vec::new();
    collect_files(arguments, false, &mut found);
    found
}

/// Recursion is as deep as the YAML, which its reader limits.
fn collect_files<'n>(node: &'n Node, told: bool, found: &mut Vec<NamedFile<'n>>) {
    match &node.value {
        Value::Text(text) => {
            found.extend(file_named(text).map(|path| NamedFile { path, span: node.span, told }));
        }
        Value::List(list) => list.iter().for_each(|item| collect_files(item, told, found)),
        Value::Map(map) => {
            let alt = |name: &str| name == "alt" || name.ends_with("_alt") || name.ends_with("-alt");
            let told = map.iter().any(|(key, _)| alt(&key.name));
            map.iter().for_each(|(_, value)| collect_files(value, told, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
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

    #[test]
    fn files_are_named_by_paths_and_may_have_spaces_in_them() {
        for path in ["a.jpg", "/img/a b.png", "../四川.svg"] {
            assert_eq!(file_named(&format!("file:{path}")), Some(path));
        }
        for text in ["file:", "file: a sentence", "File:a.jpg", "a.jpg", "figure:a.jpg"] {
            assert_eq!(file_named(text), None, "{text}");
        }
    }
}
