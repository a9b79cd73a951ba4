//! From the tree to Rust's values: each reader reports its fault and carries on.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::help::{control_character, mapping_help, quoted, unknown_key_help};
use super::{Key, Node, Value};
use crate::base::{ContentPath, Decimal, PartialDate, Period, Span};
use crate::diag::{Diagnostic, Diagnostics, code};

/// A key that a mapping may hold: one table serves reading, suggestions, documentation and the
/// JSON Schema, so that they cannot disagree.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// Another name that is understood as well, or an empty string.
    pub alias: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// What it means, in a sentence.
    pub about: &'static str,
}

impl Field {
    /// A key without another name.
    pub const fn new(key: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { key, alias: "", shape, about }
    }
}

/// The form of a value, for the JSON Schema.
#[derive(Debug)]
pub enum Shape {
    /// Text (a number counts as its text).
    Text,
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number, exact.
    Number,
    /// A year, month or day.
    Date,
    /// A date or two with a solidus.
    Period,
    /// A list.
    List(&'static Shape),
    /// A mapping with known keys.
    Map(&'static [Field]),
    /// A mapping from names of the site's choice to values of one shape.
    Names(&'static Shape),
    /// Text, or a mapping from language codes to text.
    PerLanguage,
    /// Anything.
    Any,
    /// Either of two.
    Either(&'static Shape, &'static Shape),
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// Where.
    pub span: Span,
    /// What.
    pub value: T,
}

/// Reads values of one file and collects the faults.
pub struct Reader<'a> {
    /// The file that spans belong to.
    pub file: &'a ContentPath,
    /// Where faults go.
    pub diags: &'a mut Diagnostics,
}

/// A mapping whose keys are known to be known.
#[derive(Debug)]
pub struct Mapping {
    /// Where the mapping begins.
    pub span: Span,
    entries: Vec<(Key, Node)>,
    fields: &'static [Field],
}

impl Mapping {
    /// Takes a key's value out. An empty value counts as absent.
    ///
    /// In debug builds a key that is not in the table panics: the reader and the table differ.
    pub fn take(&mut self, key: &str) -> Option<(Key, Node)> {
        debug_assert!(self.fields.iter().any(|f| f.key == key), "`{key}` is not in the table of fields");
        // Most keys are asked for when all that were written have been taken.
        if self.entries.is_empty() {
            return None;
        }
        let alias = self.fields.iter().find(|f| f.key == key).map_or("", |f| f.alias);
        let at = self
            .entries
            .iter()
            .position(|(k, _)| *k.name == *key || (!alias.is_empty() && *k.name == *alias))?;
        let entry = self.entries.remove(at);
        (entry.1.value != Value::Null).then_some(entry)
    }
}

const PLAIN_DIGITS: &str = "write plain digits without commas, as in 4248, -3.5 or 370970000000";

impl Reader<'_> {
    fn report(&mut self, code: code::Code, span: Span, message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(code, message).at(self.file, span);
        diagnostic.help = help;
        self.diags.push(diagnostic);
    }

    /// A value of another type than `what` must have.
    pub fn wrong_type(&mut self, node: &Node, what: &str, wanted: &str, help: impl Into<String>) {
        self.report(
            code::WRONG_TYPE,
            node.span,
            format!("{what} must be {wanted}, not {}", node.kind()),
            Some(help.into()),
        );
    }

    /// A value that has the right type and makes no sense.
    pub fn invalid(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.report(code::INVALID_VALUE, span, message.into(), Some(help.into()));
    }

    /// A key that must be there and is not; points at where the mapping begins.
    pub fn missing(&mut self, span: Span, key: &str, help: impl Into<String>) {
        self.report(code::MISSING_KEY, span, format!("`{key}` is missing"), Some(help.into()));
    }

    /// A mapping; unknown keys are reported with a suggestion and dropped.
    pub fn mapping(&mut self, node: Node, what: &str, fields: &'static [Field]) -> Option<Mapping> {
        let span = node.span;
        let entries = match node.value {
            Value::Map(entries) => entries,
            Value::Null => Vec::new(),
            _ => {
                self.wrong_type(&node, what, "a mapping (`key: value` lines)", mapping_help(&node, fields));
                return None;
            }
        };
        let mut known = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            if let Some(field) =
                fields.iter().find(|f| *f.key == *key.name || (!f.alias.is_empty() && *f.alias == *key.name))
            {
                if known.iter().any(|(k, _): &(Key, Node)| *k.name == *field.key || *k.name == *field.alias) {
                    self.report(
                        code::DUPLICATE_KEY,
                        key.span,
                        format!("`{}` and `{}` are the same key", field.key, field.alias),
                        Some("keep one of the two".to_owned()),
                    );
                }
                known.push((key, value));
            } else {
                let help = unknown_key_help(&key, &value, fields);
                let message = format!("`{}` is not a key of {what}", key.name);
                self.report(code::UNKNOWN_KEY, key.span, message, help);
            }
        }
        Some(Mapping { span, entries: known, fields })
    }

    /// A mapping whose keys are the site's own names.
    pub fn names(&mut self, entry: Option<(Key, Node)>) -> Vec<(Key, Node)> {
        match entry {
            None => Vec::new(),
            Some((_, Node { value: Value::Map(entries), .. })) => entries,
            Some((key, node)) => {
                let help = "write one line for each below it, indented: `name: value`";
                self.wrong_type(&node, &quoted(&key), "a mapping (`name: value` lines)", help);
                Vec::new()
            }
        }
    }

    /// Text. A number is taken as it was written, so that `title: 2023` is a title.
    pub fn text(&mut self, entry: Option<(Key, Node)>) -> Option<Spanned<String>> {
        let (key, node) = entry?;
        self.text_of(&key, node)
    }

    fn text_of(&mut self, key: &Key, node: Node) -> Option<Spanned<String>> {
        if let Value::Text(text) = &node.value
            && let Some(c) = control_character(text)
        {
            let message = format!("{} holds the control character U+{:04X}", quoted(key), c as u32);
            let help =
                "take it out; in double quotes a backslash begins an escape, and `\\\\` is a backslash";
            self.invalid(node.span, message, help);
            return None;
        }
        match node.value {
            Value::Text(text) | Value::Number(text) => Some(Spanned { span: node.span, value: text.into() }),
            Value::Bool(_) => {
                self.wrong_type(&node, &quoted(key), "text", "put it in quotation marks");
                None
            }
            _ => {
                let help = "write the text after the colon; one that begins with `[`, `{` or `-` needs quotation marks";
                self.wrong_type(&node, &quoted(key), "text", help);
                None
            }
        }
    }

    /// Text that is not empty.
    pub fn some_text(&mut self, entry: Option<(Key, Node)>) -> Option<Spanned<String>> {
        let (key, node) = entry?;
        let text = self.text_of(&key, node)?;
        if text.value.trim().is_empty() {
            self.invalid(text.span, format!("{} is empty", quoted(&key)), "write it, or leave the key out");
            return None;
        }
        Some(text)
    }

    /// A list of texts; one text alone is not a list, since `topics: a, b` would be one topic.
    pub fn texts(&mut self, entry: Option<(Key, Node)>) -> Option<Vec<Spanned<String>>> {
        let (key, node) = entry?;
        let Value::List(items) = node.value else {
            let example = match &node.value {
                Value::Text(t) => format!("write `{}: [{t}]`", key.name),
                _ => format!("write it as `{}: […, …]`, or with one line `- …` for each item", key.name),
            };
            self.wrong_type(&node, &quoted(&key), "a list", example);
            return None;
        };
        Some(items.into_iter().filter_map(|item| self.item(&key, item)).collect())
    }

    fn item(&mut self, key: &Key, item: Node) -> Option<Spanned<String>> {
        match item.value {
            Value::Text(text) | Value::Number(text) => Some(Spanned { span: item.span, value: text.into() }),
            _ => {
                let what = format!("an item of {}", quoted(key));
                self.wrong_type(&item, &what, "text", "put it in quotation marks, or take it out");
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn bool(&mut self, entry: Option<(Key, Node)>) -> Option<bool> {
        let (key, node) = entry?;
        if let Value::Bool(b) = node.value {
            return Some(b);
        }
        let meant = match &node.value {
            Value::Text(t) | Value::Number(t) => match t.to_lowercase().as_str() {
                "yes" | "on" | "y" | "1" | "true" | "是" => Some("true"),
                "no" | "off" | "n" | "0" | "false" | "否" => Some("false"),
                _ => None,
            },
            _ => None,
        };
        let help = meant.map_or_else(
            || "write one of the two, without quotation marks".to_owned(),
            |word| format!("write `{}: {word}`", key.name),
        );
        self.wrong_type(&node, &quoted(&key), "`true` or `false`", help);
        None
    }

    /// A whole number between two bounds.
    pub fn integer(
        &mut self,
        entry: Option<(Key, Node)>,
        bounds: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let (key, node) = entry?;
        let range = format!("write a whole number from {} to {}", bounds.start(), bounds.end());
        let Value::Number(ref text) = node.value else {
            self.wrong_type(&node, &quoted(&key), "a whole number", range);
            return None;
        };
        match text.parse::<i64>() {
            Ok(n) if bounds.contains(&n) => Some(n),
            _ => {
                self.invalid(node.span, format!("`{}` cannot be `{text}`", key.name), range);
                None
            }
        }
    }

    /// An exact decimal number, quoted or not.
    pub fn decimal(&mut self, entry: Option<(Key, Node)>) -> Option<Decimal> {
        let (key, node) = entry?;
        let (Value::Number(ref text) | Value::Text(ref text)) = node.value else {
            self.wrong_type(&node, &quoted(&key), "a number", PLAIN_DIGITS);
            return None;
        };
        match Decimal::parse(text) {
            Ok(decimal) => Some(decimal),
            Err(why) => {
                self.invalid(node.span, why, PLAIN_DIGITS);
                None
            }
        }
    }

    /// A year, month or day.
    pub fn date(&mut self, entry: Option<(Key, Node)>) -> Option<Spanned<PartialDate>> {
        self.dated(
            entry,
            PartialDate::parse,
            "a date",
            "write a year, a month or a day: 2023, 2023-12 or 2023-12-26",
        )
    }

    /// A period.
    pub fn period(&mut self, entry: Option<(Key, Node)>) -> Option<Spanned<Period>> {
        self.dated(
            entry,
            Period::parse,
            "a period",
            "write a date or two with a slash: 2023, 2023-06 or 2023-01/2023-11",
        )
    }

    fn dated<T>(
        &mut self,
        entry: Option<(Key, Node)>,
        parse: fn(&str) -> Result<T, String>,
        wanted: &str,
        help: &str,
    ) -> Option<Spanned<T>> {
        let (key, node) = entry?;
        let (Value::Number(ref text) | Value::Text(ref text)) = node.value else {
            self.wrong_type(&node, &quoted(&key), wanted, help);
            return None;
        };
        match parse(text) {
            Ok(value) => Some(Spanned { span: node.span, value }),
            Err(why) => {
                self.report(code::INVALID_DATE, node.span, why, Some(help.to_owned()));
                None
            }
        }
    }

    /// One of a few words.
    pub fn one_of<T: Copy>(&mut self, entry: Option<(Key, Node)>, words: &[(&'static str, T)]) -> Option<T> {
        let (key, node) = entry?;
        let text = self.text_of(&key, node)?;
        match words.iter().find(|(word, _)| *word == text.value) {
            Some((_, value)) => Some(*value),
            None => {
                let all: Vec<_> = words.iter().map(|(w, _)| format!("`{w}`")).collect();
                self.invalid(
                    text.span,
                    format!("`{}` cannot be `{}`", key.name, text.value),
                    format!("write one of {}", all.join(", ")),
                );
                None
            }
        }
    }

    /// A value of any kind, as JSON; mappings only.
    pub fn json_map(&mut self, entry: Option<(Key, Node)>) -> serde_json::Map<String, Json> {
        self.names(entry).into_iter().map(|(key, node)| (key.name.to_string(), node.to_json())).collect()
    }
}
