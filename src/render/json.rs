//! JSON as text: the form of what programs read in a page.
//!
//! Owns what may stand in a script element. It knows no vocabulary.

use serde::Serialize;
use tera::Value;

use super::form::Data;
use crate::base::Digest;

/// JSON for a script element, in which nothing may look like the element's end, whatever a title says.
/// Nothing is empty text, and objects leave it out, as they do empty lists.
#[derive(Clone)]
pub(super) struct JsonText(pub(super) String);

impl JsonText {
    fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        // Nothing that views hold can fail to be JSON.
        let text = serde_json::to_string(value).unwrap_or_default();
        // The last is the first byte of ends of lines in JavaScript, which are none in JSON.
        if !text.bytes().any(|b| matches!(b, b'<' | b'>' | b'&' | 0xe2)) {
            return Self(text);
        }
        let mut out = String::with_capacity(text.len() + 16);
        for c in text.chars() {
            match c {
                '<' => out.push_str("\\u003c"),
                '>' => out.push_str("\\u003e"),
                '&' => out.push_str("\\u0026"),
                '\u{2028}' => out.push_str("\\u2028"),
                '\u{2029}' => out.push_str("\\u2029"),
                c => out.push(c),
            }
        }
        Self(out)
    }
}

impl Data for JsonText {
    fn none() -> Self {
        Self(String::new())
    }

    fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    fn flag(flag: bool) -> Self {
        Self::of(&flag)
    }

    fn number(number: usize) -> Self {
        Self::of(&number)
    }

    fn text(text: &str) -> Self {
        Self::of(text)
    }

    fn list(items: Vec<Self>) -> Self {
        let length: usize = items.iter().map(|item| item.0.len() + 1).sum();
        let mut out = String::with_capacity(length + 1);
        for item in items.iter().filter(|item| !item.is_none()) {
            out.push(if out.is_empty() { '[' } else { ',' });
            out.push_str(&item.0);
        }
        if out.is_empty() { Self::none() } else { Self(out + "]") }
    }

    fn object<const N: usize>(pairs: [(&'static str, Self); N]) -> Self {
        let length: usize = pairs.iter().map(|(name, value)| name.len() + value.0.len() + 4).sum();
        let mut out = String::with_capacity(length + 1);
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_none()) {
            out.push(if out.is_empty() { '{' } else { ',' });
            // Names are the code's, and hold nothing to escape.
            out.push('"');
            out.push_str(name);
            out.push_str("\":");
            out.push_str(&value.0);
        }
        if out.is_empty() { Self::none() } else { Self(out + "}") }
    }

    fn derived(_: impl FnOnce() -> Digest, make: impl FnOnce() -> Value) -> Self {
        Self::of(&make())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_and_cannot_end_its_element() {
        for text in ["", "川渝 “…” 😀", "</script><!-- & \u{2028}\u{2029} \u{1} \" \\ \n"] {
            let JsonText(json) = JsonText::text(text);
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
            assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{json}");
        }
    }

    #[test]
    fn what_is_nothing_is_left_out() {
        let some = || JsonText::list(vec![JsonText::none(), JsonText::number(1), JsonText::flag(true)]);
        let none = || JsonText::list(vec![JsonText::none()]);
        let object =
            JsonText::object([("a", none()), ("b", some()), ("c", none()), ("d", JsonText::text("e"))]);
        assert_eq!(object.0, r#"{"b":[1,true],"d":"e"}"#);
        assert!(JsonText::object([("a", none())]).is_none());
    }
}
