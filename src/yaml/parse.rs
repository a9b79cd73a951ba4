//! Text to tree, within limits.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Spanned};

use super::fault::fault;
use super::{Key, Node, Value, plain};
use crate::base::{ContentPath, Span};
use crate::diag::{Diagnostic, Diagnostics, code};

/// Reads one YAML document that stands at `offset` in `file`.
///
/// `None` means that the text is no YAML or goes beyond the limits (depth 32, 20,000 values,
/// 200 aliases); the fault is then in `diags`. Keys that stand twice are reported and the
/// first is kept, so that the rest of the file is still checked.
pub fn parse(text: &str, offset: usize, file: &ContentPath, diags: &mut Diagnostics) -> Option<Node> {
    // Half the cost for nearly every file, and twice the scanning for the others.
    plain::read(text, offset).or_else(|| careful(text, offset, file, diags))
}

/// Reads any YAML, or says what is wrong with it.
pub(super) fn careful(
    text: &str,
    offset: usize,
    file: &ContentPath,
    diags: &mut Diagnostics,
) -> Option<Node> {
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_depth: 32,
            max_nodes: 20_000,
            max_events: 60_000,
            max_aliases: 200,
            max_anchors: 200,
            max_documents: 1,
            flow_nesting_limit: 40,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        with_snippet: false,
    };
    match serde_yaml::from_str_with_options::<Spanned<Tree>>(text, options) {
        Ok(tree) => Some(Convert { text, offset, file, diags }.node(tree)),
        Err(error) => {
            diags.push(fault(&error, text, offset, file));
            None
        }
    }
}

/// The tree as Serde hands it over, before spans are moved to the file's offsets.
enum Tree {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Spanned<Tree>>),
    Map(Vec<(Spanned<String>, Spanned<Tree>)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TreeVisitor;
        impl<'de> Visitor<'de> for TreeVisitor {
            type Value = Tree;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_bool<E>(self, v: bool) -> Result<Tree, E> {
                Ok(Tree::Bool(v))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Tree, E> {
                Ok(Tree::Number(v.to_string()))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Tree, E> {
                Ok(Tree::Number(v.to_string()))
            }
            fn visit_i128<E>(self, v: i128) -> Result<Tree, E> {
                Ok(Tree::Number(v.to_string()))
            }
            fn visit_u128<E>(self, v: u128) -> Result<Tree, E> {
                Ok(Tree::Number(v.to_string()))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Tree, E> {
                Ok(Tree::Number(v.to_string()))
            }
            fn visit_str<E>(self, v: &str) -> Result<Tree, E> {
                Ok(Tree::Text(v.to_owned()))
            }
            fn visit_string<E>(self, v: String) -> Result<Tree, E> {
                Ok(Tree::Text(v))
            }
            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }
            fn visit_none<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Tree, D::Error> {
                Tree::deserialize(d)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Tree::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
                let mut map = Vec::new();
                while let Some(entry) = access.next_entry()? {
                    map.push(entry);
                }
                Ok(Tree::Map(map))
            }
        }
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct Convert<'a> {
    text: &'a str,
    offset: usize,
    file: &'a ContentPath,
    diags: &'a mut Diagnostics,
}

impl Convert<'_> {
    fn node(&mut self, tree: Spanned<Tree>) -> Node {
        let span = self.span(tree.defined);
        let value = match tree.value {
            Tree::Null => Value::Null,
            Tree::Bool(b) => Value::Bool(b),
            // What Serde hands over is a float's shortest form; what was written is in the text.
            Tree::Number(n) => Value::Number(self.written(span).unwrap_or(n).into()),
            Tree::Text(t) => Value::Text(t.into()),
            Tree::List(list) => Value::List(list.into_iter().map(|item| self.node(item)).collect()),
            Tree::Map(entries) => {
                let mut map: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    let key = Key { span: self.span(key.defined), name: key.value.into() };
                    let value = self.node(value);
                    match map.iter().find(|(k, _)| k.name == key.name) {
                        Some((first, _)) => self.diags.push(
                            Diagnostic::new(
                                code::DUPLICATE_KEY,
                                format!("the key `{}` stands twice", key.name),
                            )
                            .at(self.file, key.span)
                            .at_with(self.file, first.span, "first here")
                            .help("keep one of the two"),
                        ),
                        None => map.push((key, value)),
                    }
                }
                Value::Map(map)
            }
        };
        Node { span, value }
    }

    fn span(&self, location: serde_yaml::Location) -> Span {
        let span = location.span();
        match (span.byte_offset(), span.byte_len()) {
            (Some(start), Some(len)) => {
                self::span(self.text, self.offset, start as usize, (start + len) as usize)
            }
            _ => Span::new(self.offset, self.offset),
        }
    }

    fn written(&self, span: Span) -> Option<String> {
        let start = (span.start as usize).checked_sub(self.offset)?;
        let end = (span.end as usize).checked_sub(self.offset)?;
        self.text.get(start..end).filter(|t| t.bytes().any(|b| b.is_ascii_digit())).map(str::to_owned)
    }
}

/// The span in the file of bytes of a text that stands at `offset`.
pub(super) fn span(text: &str, offset: usize, start: usize, mut end: usize) -> Span {
    // A block scalar's span runs over its line's end.
    while end > start && text.as_bytes().get(end - 1).is_some_and(|b| b.is_ascii_whitespace()) {
        end -= 1;
    }
    Span::new(start, end).shifted(offset)
}
