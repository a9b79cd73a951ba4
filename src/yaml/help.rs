//! What to do about a key or a value that does not fit.
//!
//! Owns the slips that people are known to make; it reports nothing itself.

use super::{Field, Key, Node, Value};
use crate::diag::did_you_mean;

/// What other generators call the keys that we have.
const ELSEWHERE: &[(&str, &str)] = &[
    ("tags", "topics"),
    ("categories", "topics"),
    ("description", "summary"),
    ("layout", "template"),
    ("permalink", "slug"),
    ("image", "cover"),
    ("lastmod", "updated"),
    ("expirydate", "expires"),
    ("redirect_from", "aliases"),
    ("baseurl", "base_url"),
    ("params", "extra"),
    ("lang", "tag"),
    ("link", "url"),
];

/// What may have been meant by a key that is not in the table.
pub(super) fn unknown_key_help(key: &Key, value: &Node, fields: &[Field]) -> Option<String> {
    let known = fields.iter().map(|f| f.key);
    let near = did_you_mean(&key.name, known.clone());
    if near.as_ref().is_some_and(|help| help.ends_with('?')) {
        return near;
    }
    // `{value: 1,000}` and `{label: trips, all of them}`: no key is meant by what stands after the comma.
    if value.value == Value::Null && key.name.contains(|c: char| c == ' ' || c.is_ascii_digit()) {
        let help = "within braces a comma begins a new key: write numbers without, and put a text that holds one in quotation marks";
        return Some(help.to_owned());
    }
    let name = key.name.to_lowercase();
    let elsewhere = ELSEWHERE.iter().find(|(other, own)| *other == name && known.clone().any(|k| k == *own));
    elsewhere.map(|(_, own)| format!("here it is called `{own}`")).or(near)
}

/// How to write a mapping. Chinese keyboards write `：`, whoever types fast forgets the space, and
/// `yes` is a word like others.
pub(super) fn mapping_help(node: &Node, fields: &[Field]) -> String {
    match &node.value {
        Value::Text(t) if t.contains('：') => {
            "after a key stands a plain colon and a space, `: `, and not the full-width `：`".to_owned()
        }
        Value::Text(t) if ["yes", "no", "on", "off"].contains(&&**t) => {
            "in YAML yes is `true`, and no is `false`".to_owned()
        }
        Value::Text(t) if t.contains(':') && !t.contains("://") => {
            "write a space after the colon, as in `key: value`".to_owned()
        }
        _ => {
            let keys = fields.iter().take(3).map(|field| format!("{}: …", field.key));
            let keys = keys.collect::<Vec<_>>().join(", ");
            format!("write one key a line, as in `key: value`, or all in braces, as in `{{{keys}}}`")
        }
    }
}

/// A key as messages name it.
pub(super) fn quoted(key: &Key) -> String {
    format!("`{}`", key.name)
}

/// A character that has no place in a text: neither HTML nor XML can hold it.
pub(super) fn control_character(text: &str) -> Option<char> {
    // In UTF-8 they begin so, and few others do: all bytes are asked at once before the characters are.
    let any = text.bytes().fold(false, |any, b| any | (b < b' ') | (b == 0x7F) | (b == 0xC2));
    if !any {
        return None;
    }
    text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}
