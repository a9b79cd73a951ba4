//! Text made safe for HTML on its way out, and raw HTML kept from forging slot markers.
//!
//! Owns the escaping of everything the writer writes. It never decides what is written.
//! Why not [`crate::base::escape_html`]: this one appends without allocating, leaves quotation
//! marks in text as they are, and replaces NUL and the two noncharacters that mark slots.

use super::slots::{CLOSE, OPEN};

/// Appends text as the content of an element.
pub(super) fn text(out: &mut String, s: &str) {
    escape::<false>(out, s);
}

/// Appends text as a part of an attribute's value in double quotes.
pub(super) fn attribute(out: &mut String, s: &str) {
    escape::<true>(out, s);
}

fn escape<const QUOTES: bool>(out: &mut String, s: &str) {
    let bytes = s.as_bytes();
    let (mut from, mut i) = (0, 0);
    while let Some(plain) = special::<QUOTES>(&bytes[i..]) {
        i += plain;
        let (with, len) = match bytes[i] {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' if QUOTES => ("&quot;", 1),
            0 => ("\u{FFFD}", 1),
            // U+FDD0 and U+FDD1 are EF B7 90 and EF B7 91.
            0xEF if matches!(bytes[i + 1..], [0xB7, 0x90 | 0x91, ..]) => ("\u{FFFD}", 3),
            _ => {
                i += 1;
                continue;
            }
        };
        out.push_str(&s[from..i]);
        out.push_str(with);
        i += len;
        from = i;
    }
    out.push_str(&s[from..]);
}

/// Where the first byte stands that may have to be escaped.
///
/// Most texts have none. Hence many bytes are asked at once, which the compiler makes a few
/// instructions of, and only the last are looked up one by one.
fn special<const QUOTES: bool>(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while bytes[at..].first_chunk::<33>().is_some_and(|some| !any_special::<QUOTES, 33>(some)) {
        at += 32;
    }
    if bytes[at..].first_chunk::<17>().is_some_and(|some| !any_special::<QUOTES, 17>(some)) {
        at += 16;
    }
    bytes[at..].iter().position(|&b| SPECIAL[usize::from(b)]).map(|found| at + found)
}

/// Whether one of some bytes but the last may have to be escaped, without a branch for each.
fn any_special<const QUOTES: bool, const N: usize>(bytes: &[u8; N]) -> bool {
    bytes.iter().zip(&bytes[1..]).fold(false, |any, (&b, &next)| {
        // Of the characters that begin with EF B7 two are slot markers. EF alone would find the
        // full-width marks in every line of Chinese.
        let marker = (b == 0xEF) & (next == 0xB7);
        any | (b == b'&') | (b == b'<') | (b == b'>') | (QUOTES & (b == b'"')) | (b == 0) | marker
    })
}

/// The bytes that may have to be escaped.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let special = [b'&', b'<', b'>', b'"', 0, 0xEF];
    let mut i = 0;
    while i < special.len() {
        table[special[i] as usize] = true;
        i += 1;
    }
    table
};

/// Appends raw HTML. Neither the noncharacters that mark slots nor numeric references to them
/// pass: an HTML parser would decode the latter into the former.
pub(super) fn raw(out: &mut String, s: &str) {
    let mut rest = s;
    while let Some(at) = rest.find(['\0', OPEN, CLOSE, '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest.starts_with('&') { marker_reference(rest) } else { first_len(rest) };
        if taken > 0 {
            out.push('\u{FFFD}');
            rest = &rest[taken..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

fn first_len(s: &str) -> usize {
    s.chars().next().map_or(0, char::len_utf8)
}

/// The length of the numeric character reference that `s` begins with, if it means a marker; else 0.
fn marker_reference(s: &str) -> usize {
    numeric_reference(s).filter(|(c, _)| matches!(*c, OPEN | CLOSE)).map_or(0, |(_, len)| len)
}

/// The numeric character reference that `s` begins with: what it means, and its length.
pub(super) fn numeric_reference(s: &str) -> Option<(char, usize)> {
    let number = s.strip_prefix("&#")?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let meaning = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32)?;
    let len = s.len() - digits.len() + end;
    Some((meaning, len + usize::from(s[len..].starts_with(';'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(s: &str, f: fn(&mut String, &str)) -> String {
        let mut out = String::new();
        f(&mut out, s);
        out
    }

    #[test]
    fn text_is_escaped_and_full_width_marks_are_left_alone() {
        assert_eq!(
            escaped("a<b>&\"，！\0\u{FDD0}\u{FDD1}\u{FDD2}", text),
            "a&lt;b&gt;&amp;\"，！���\u{FDD2}"
        );
        assert_eq!(escaped("\"", attribute), "&quot;");
    }

    #[test]
    fn what_is_escaped_is_found_anywhere() {
        let all = "&<>\"\0\u{FDD0}\u{FDD1}\u{FDCF}，";
        for before in 0..40 {
            for c in all.chars() {
                let expected = match c {
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '"' => "&quot;",
                    '\0' | '\u{FDD0}' | '\u{FDD1}' => "\u{FFFD}",
                    _ => &c.to_string(),
                };
                let (before, after) = ("重".repeat(before / 3) + &"a".repeat(before % 3), "a".repeat(20));
                let written = escaped(&format!("{before}{c}{after}{c}"), attribute);
                assert_eq!(written, format!("{before}{expected}{after}{expected}"));
            }
        }
    }

    #[test]
    fn raw_html_cannot_spell_a_marker() {
        assert_eq!(escaped("<b>&amp;&#x4e2d;&#</b>", raw), "<b>&amp;&#x4e2d;&#</b>");
        assert_eq!(escaped("\u{FDD0}0\u{FDD1}\0", raw), "�0��");
        assert_eq!(escaped("&#xFDD0;0&#x00fdd1&#64976;&#064977", raw), "�0���");
    }
}
