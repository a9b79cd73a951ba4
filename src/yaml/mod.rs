//! YAML as a tree in which every key and value knows its place, and readers that name every fault.
//!
//! Owns the limits that YAML is read under and the way its values become Rust's. It never knows
//! which keys mean what: that is the business of the rooms that read front matter, `site.yaml`
//! and `theme.yaml`.
//!
//! Why a tree and not `#[derive(Deserialize)]` on the final types: Serde stops at the first fault,
//! and an editor who made three slips wants three messages. The tree costs one allocation a value.

mod fault;
mod help;
mod parse;
mod plain;
mod read;
mod schema;

pub use parse::parse;
pub use read::{Field, Mapping, Reader, Shape, Spanned};
pub use schema::json_schema;

use serde::{Deserialize, Serialize};

use crate::base::Span;

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The bytes of a scalar; the first byte or so of a list or mapping.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A value as YAML's core schema understands it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// `true` or `false` (and no other spelling: `no` is a word, and Norway a country).
    Bool(bool),
    /// A number, as it was written: 0.10 stays 0.10.
    Number(Box<str>),
    /// Text.
    Text(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the file; keys are unique.
    Map(Vec<(Key, Node)>),
}

/// A mapping's key and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// The key's bytes.
    pub span: Span,
    /// The key's text.
    pub name: Box<str>,
}

impl Node {
    /// Whether two nodes say the same, wherever they stand.
    pub fn says_same(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::List(own), Value::List(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(one, two)| one.says_same(two))
            }
            (Value::Map(own), Value::Map(others)) => {
                let same = |((key, one), (name, two)): (&(Key, Node), &(Key, Node))| {
                    key.name == name.name && one.says_same(two)
                };
                own.len() == others.len() && own.iter().zip(others).all(same)
            }
            (own, others) => own == others,
        }
    }

    /// What kind of value this is, in the words of a message.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The value as JSON, for templates (`extra`, component arguments, theme settings).
    /// Numbers that JSON's usual types cannot hold exactly become text.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => (*b).into(),
            Value::Number(n) => n
                .parse::<i64>()
                .map(Into::into)
                .ok()
                .or_else(|| n.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Into::into))
                .unwrap_or_else(|| n.as_ref().into()),
            Value::Text(t) => t.as_ref().into(),
            Value::List(list) => list.iter().map(Node::to_json).collect(),
            Value::Map(map) => serde_json::Value::Object(
                map.iter().map(|(k, v)| (k.name.to_string(), v.to_json())).collect(),
            ),
        }
    }
}
