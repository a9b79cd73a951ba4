//! From the tree to Rust's values: each reader reports its fault and carries on.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::{Key, Node, Value};
use crate::base::{ContentPath, Decimal, PartialDate, Period, Span};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean};

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
#[derive(Clone, Debug, PartialEq, Eq)]
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
        let field = self.fields.iter().find(|f| f.key == key);
        debug_assert!(field.is_some(), "`{key}` is not in the table of fields");
        let alias = field.map_or("", |f| f.alias);
        let at = self
            .entries
            .iter()
            .position(|(k, _)| *k.name == *key || (!alias.is_empty() && *k.name == *alias))?;
        let entry = self.entries.remove(at);
        (entry.1.value != Value::Null).then_some(entry)
    }
}

impl Reader<'_> {
    fn report(&mut self, code: code::Code, span: Span, message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(code, message).at(self.file, span);
        diagnostic.help = help;
        self.diags.push(diagnostic);
    }

    fn wrong_type(&mut self, node: &Node, what: &str, wanted: &str, help: Option<String>) {
        self.report(
            code::WRONG_TYPE,
            node.span,
            format!("`{what}` must be {wanted}, not {}", node.kind()),
            help,
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
                self.wrong_type(&node, what, "a mapping (`key: value` lines)", None);
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
                let help = did_you_mean(&key.name, fields.iter().map(|f| f.key));
                self.report(
                    code::UNKNOWN_KEY,
                    key.span,
                    format!("`{}` is not a key of {what}", key.name),
                    help,
                );
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
                self.wrong_type(&node, &key.name, "a mapping (`name: value` lines)", None);
                Vec::new()
            }
        }
    }

    /// Text. A number is taken as it was written, so that `title: 2023` is a title.
    pub fn text(&mut self, entry: Option<(Key, Node)>) -> Option<Spanned<String>> {
        let (key, node) = entry?;
        match node.value {
            Value::Text(ref text) | Value::Number(ref text) => {
                Some(Spanned { span: node.span, value: text.to_string() })
            }
            Value::Bool(_) => {
                self.wrong_type(&node, &key.name, "text", Some("put it in quotation marks".to_owned()));
                None
            }
            _ => {
                self.wrong_type(&node, &key.name, "text", None);
                None
            }
        }
    }

    /// Text that is not empty.
    pub fn some_text(&mut self, entry: Option<(Key, Node)>) -> Option<Spanned<String>> {
        let name = entry.as_ref().map(|(k, _)| k.name.clone());
        let text = self.text(entry)?;
        if text.value.trim().is_empty() {
            self.invalid(
                text.span,
                format!("`{}` is empty", name.unwrap_or_default()),
                "write it, or leave the key out",
            );
            return None;
        }
        Some(text)
    }

    /// A list of texts; one text alone is not a list, since `topics: a, b` would be one topic.
    pub fn texts(&mut self, entry: Option<(Key, Node)>) -> Option<Vec<Spanned<String>>> {
        let (key, node) = entry?;
        let Value::List(items) = node.value else {
            let example = match &node.value {
                Value::Text(t) => Some(format!("write `{}: [{t}]`", key.name)),
                _ => None,
            };
            self.wrong_type(&node, &key.name, "a list", example);
            return None;
        };
        Some(items.into_iter().filter_map(|item| self.text(Some((key.clone(), item)))).collect())
    }

    /// `true` or `false`.
    pub fn bool(&mut self, entry: Option<(Key, Node)>) -> Option<bool> {
        let (key, node) = entry?;
        if let Value::Bool(b) = node.value {
            return Some(b);
        }
        self.wrong_type(&node, &key.name, "`true` or `false`", None);
        None
    }

    /// A whole number between two bounds.
    pub fn integer(
        &mut self,
        entry: Option<(Key, Node)>,
        bounds: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let (key, node) = entry?;
        let Value::Number(ref text) = node.value else {
            self.wrong_type(&node, &key.name, "a whole number", None);
            return None;
        };
        match text.parse::<i64>() {
            Ok(n) if bounds.contains(&n) => Some(n),
            _ => {
                let range = format!("write a whole number from {} to {}", bounds.start(), bounds.end());
                self.invalid(node.span, format!("`{text}` does not do for `{}`", key.name), range);
                None
            }
        }
    }

    /// An exact decimal number, quoted or not.
    pub fn decimal(&mut self, entry: Option<(Key, Node)>) -> Option<Decimal> {
        let (key, node) = entry?;
        let (Value::Number(ref text) | Value::Text(ref text)) = node.value else {
            self.wrong_type(&node, &key.name, "a number", None);
            return None;
        };
        match Decimal::parse(text) {
            Ok(decimal) => Some(decimal),
            Err(why) => {
                self.invalid(node.span, why, "write plain digits, as in 4248, -3.5 or 370970000000");
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
            self.wrong_type(&node, &key.name, wanted, Some(help.to_owned()));
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
        let text = self.text(Some((key.clone(), node)))?;
        match words.iter().find(|(word, _)| *word == text.value) {
            Some((_, value)) => Some(*value),
            None => {
                let all: Vec<_> = words.iter().map(|(w, _)| format!("`{w}`")).collect();
                self.invalid(
                    text.span,
                    format!("`{}` does not do for `{}`", text.value, key.name),
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

/// The JSON Schema (draft 2020-12) of a mapping with these fields.
pub fn json_schema(title: &str, fields: &[Field], required: &[&str]) -> Json {
    let mut schema = object_schema(fields);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = title.into();
    schema["required"] = required.iter().copied().collect();
    schema
}

fn object_schema(fields: &[Field]) -> Json {
    let mut properties: HashMap<&str, Json> = HashMap::new();
    for field in fields {
        let mut schema = shape_schema(&field.shape);
        schema["description"] = field.about.into();
        if !field.alias.is_empty() {
            properties.insert(field.alias, schema.clone());
        }
        properties.insert(field.key, schema);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn shape_schema(shape: &Shape) -> Json {
    const DATE: &str = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?";
    match shape {
        Shape::Text => json!({ "type": ["string", "number"] }),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Number => json!({ "type": ["number", "string"] }),
        Shape::Date => json!({ "type": ["string", "integer"], "pattern": format!("^{DATE}$") }),
        Shape::Period => json!({ "type": ["string", "integer"], "pattern": format!("^{DATE}(/{DATE})?$") }),
        Shape::List(item) => json!({ "type": "array", "items": shape_schema(item) }),
        Shape::Map(fields) => object_schema(fields),
        Shape::Names(value) => json!({ "type": "object", "additionalProperties": shape_schema(value) }),
        Shape::PerLanguage => json!({
            "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "type": "string" } }]
        }),
        Shape::Any => json!({}),
        Shape::Either(a, b) => json!({ "anyOf": [shape_schema(a), shape_schema(b)] }),
    }
}
