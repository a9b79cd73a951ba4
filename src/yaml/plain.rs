//! Plain YAML to tree: what nearly every file holds, read in one go.
//!
//! Owns the judgement whether YAML is plain: mappings with texts as keys, lists, and scalars whose
//! type shows at first sight, without anchors, aliases, tags, merges, repeated keys or faults. It
//! decides nothing else and reports nothing: whatever it is not sure of, [`super::parse`] reads
//! again by way of Serde, which costs twice as much, and which says what is wrong.

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span as Place, StrInput};

use super::parse::span;
use super::{Key, Node, Value};

/// Far within the limits of [`super::parse`], so that none has to be counted.
const LONGEST: usize = 16_384;
const DEEPEST: usize = 16;

/// The tree of a text that is plain YAML and stands at `offset` in its file.
pub(super) fn read(text: &str, offset: usize) -> Option<Node> {
    if text.len() > LONGEST {
        return None;
    }
    let mut plain = Plain { text, offset, parser: Parser::new_from_str(text) };
    let (Event::StreamStart, _) = plain.next()? else { return None };
    let (Event::DocumentStart(_, None), _) = plain.next()? else { return None };
    let (event, place) = plain.next()?;
    let root = plain.node(event, &place, 0)?;
    let (Event::DocumentEnd, _) = plain.next()? else { return None };
    let (Event::StreamEnd, _) = plain.next()? else { return None };
    Some(root)
}

struct Plain<'t> {
    text: &'t str,
    offset: usize,
    parser: Parser<'t, StrInput<'t>>,
}

impl<'t> Plain<'t> {
    fn next(&mut self) -> Option<(Event<'t>, Place)> {
        self.parser.next_event()?.ok()
    }

    /// The node that begins with an event.
    fn node(&mut self, event: Event<'t>, place: &Place, depth: usize) -> Option<Node> {
        let span = self.span(place)?;
        let value = match event {
            Event::Scalar(text, ScalarStyle::Plain, 0, None) => match kind(&text)? {
                Kind::Null => Value::Null,
                Kind::Bool(b) => Value::Bool(b),
                Kind::Number => Value::Number(text.into()),
                Kind::Text => Value::Text(text.into()),
            },
            Event::Scalar(text, _, 0, None) => Value::Text(text.into()),
            Event::SequenceStart(_, 0, None) if depth < DEEPEST => {
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break Value::List(list),
                        (event, place) => list.push(self.node(event, &place, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(_, 0, None) if depth < DEEPEST => {
                let mut map: Vec<(Key, Node)> = Vec::with_capacity(8);
                loop {
                    let (event, place) = self.next()?;
                    let name: Box<str> = match event {
                        Event::MappingEnd => break Value::Map(map),
                        Event::Scalar(text, ScalarStyle::Plain, 0, None)
                            if matches!(kind(&text), Some(Kind::Text)) =>
                        {
                            text.into()
                        }
                        _ => return None,
                    };
                    if map.iter().any(|(key, _)| key.name == name) {
                        return None;
                    }
                    let key = Key { span: self.span(&place)?, name };
                    let (event, place) = self.next()?;
                    map.push((key, self.node(event, &place, depth + 1)?));
                }
            }
            _ => return None,
        };
        Some(Node { span, value })
    }

    fn span(&self, place: &Place) -> Option<crate::base::Span> {
        let (start, end) = (place.start.byte_offset()?, place.end.byte_offset()?);
        Some(span(self.text, self.offset, start, end.max(start)))
    }
}

/// What a scalar without quotation marks is.
#[derive(Debug)]
enum Kind {
    Null,
    Bool(bool),
    Number,
    Text,
}

/// What a scalar is, if it shows at first sight: a text begins with a letter, a solidus or a character
/// beyond ASCII, or is a date; a number is in plain decimal digits.
fn kind(text: &str) -> Option<Kind> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Kind::Null),
        "true" | "True" | "TRUE" => return Some(Kind::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Kind::Bool(false)),
        _ => {}
    }
    let digits = |s: &str| !s.is_empty() && s.len() <= 15 && s.bytes().all(|b| b.is_ascii_digit());
    match text.as_bytes().first()? {
        b'a'..=b'z' | b'A'..=b'Z' | b'/' | 0x80.. => Some(Kind::Text),
        b'-' | b'0'..=b'9' => {
            let unsigned = text.strip_prefix('-').unwrap_or(text);
            let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
            if digits(whole) && digits(part) && (whole == "0" || !whole.starts_with('0')) {
                return Some(Kind::Number);
            }
            let (year, rest) = text.split_once('-')?;
            (digits(year) && rest.split(['-', '/']).all(digits)).then_some(Kind::Text)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::careful;
    use super::*;
    use crate::base::ContentPath;
    use crate::diag::Diagnostics;

    /// Checks that what is read here is what is read with care; returns whether it was read here.
    fn same(text: &str) -> bool {
        let Some(node) = read(text, 7) else { return false };
        let mut diags = Diagnostics::new();
        let careful = careful(text, 7, &ContentPath::new("content/a.en.md"), &mut diags);
        assert_eq!(Some(node), careful, "{text:?}");
        assert!(diags.is_empty(), "{text:?}");
        true
    }

    #[test]
    fn front_matter_is_plain() {
        for text in [
            "title: \"Chongqing’s ants\"\nsummary: 'it''s'\ndate: 2023-12-26\ntopics: [rail, 铁路]\n",
            "title: 蚂蚁\nupdated: 2023-01\ndraft: true\nweight: -3\nsource:\n  title: Report\n  url: https://e.org/\n",
            "figures:\n  trips:\n    value: 4248\n    unit: trip\n    period: 2023-01/2023-09\n    bound: over\n",
            "extra:\n  a: ~\n  b:\n  c: 0.10\n  d: |\n    lines\n    of text\n  e: >-\n    folded\n    text\naliases:\n- /a/\n",
        ] {
            assert!(same(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_others() {
        for text in [
            "",
            "a: &x 1\nb: *x\n",
            "a: !!str 1\n",
            "a: 1\na: 2\n",
            "<<: {a: 1}\n",
            "1: a\n",
            "null: a\n",
            "a: 0x1F\n",
            "a: 007\n",
            "a: .inf\n",
            "a: [1\n",
            "a: 1\n---\nb: 2\n",
            "a: b: c\n",
        ] {
            assert!(!same(text), "{text:?}");
        }
        assert!(!same(&("[".repeat(20) + &"]".repeat(20))));
    }

    #[test]
    fn whatever_is_read_here_is_as_if_read_with_care() {
        let mut random = 1u64;
        let mut below = |n: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % n
        };
        let pieces = [
            "a: ",
            "b: ",
            "重: ",
            "a:\n",
            "- ",
            "  ",
            "\n",
            "\n",
            "\n  ",
            "\n- ",
            "x",
            "y z",
            "中",
            "1",
            "-5",
            "0",
            "0.10",
            "1.",
            "-0",
            "1e3",
            "2023-12",
            "2023-1/2",
            "1-2-e",
            "true",
            "no",
            "~",
            "null",
            "\"q\\n\"",
            "'s'",
            "\"",
            "'",
            "[",
            "]",
            "{",
            "}",
            ", ",
            ": ",
            ":",
            "#",
            " # c\n",
            "|\n  t\n",
            ">-\n t\n  u\n",
            "&a ",
            "*a",
            "!!int ",
            "! ",
            "? ",
            "<<: ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "\t",
            "\r\n",
            "\u{feff}",
            "+1",
            "inf",
            "nan",
            "999999999999999",
            "\u{a0}",
            "\u{2028}",
            "_",
            "1_0",
            "é",
        ];
        let mut read_here = 0;
        for _ in 0..40_000 {
            let text: String = (0..below(14)).map(|_| pieces[below(pieces.len())]).collect();
            read_here += usize::from(same(&text));
        }
        assert!(read_here > 2_000, "{read_here}");
    }
}
