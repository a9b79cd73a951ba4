//! Bytes that should be UTF-8 and are not: where, and what they probably are instead.
//!
//! Owns the guess at an encoding, for messages only. It never converts a file: a wrong guess
//! would publish wrong words, and the author's editor can do it under the author's eyes.

use std::string::FromUtf8Error;

use crate::base::{ContentPath, Span};
use crate::diag::{Diagnostic, code};

/// The report on a file that is not UTF-8, with a span at the first bad byte.
pub(super) fn not_utf8(path: &ContentPath, error: &FromUtf8Error) -> Diagnostic {
    let bytes = error.as_bytes();
    let fault = error.utf8_error();
    let start = fault.valid_up_to();
    // No length means that the file ends within a character.
    let end = fault.error_len().map_or(bytes.len(), |n| start + n);
    let (message, help) = match guess(bytes, start) {
        Guess::Utf16 => {
            ("this file is UTF-16, not UTF-8".to_owned(), "save it as UTF-8 (Notepad calls UTF-16 “Unicode”)")
        }
        Guess::Binary => (
            "this file is not text".to_owned(),
            "images and other files go beside an article or into `static/`, under a name of their own kind",
        ),
        Guess::Gb18030 => (
            "this file is not UTF-8; it looks like GB18030 (GBK, GB2312)".to_owned(),
            "open it with the encoding GB18030 and save it as UTF-8",
        ),
        Guess::Big5 => (
            "this file is not UTF-8; it looks like Big5".to_owned(),
            "open it with the encoding Big5 and save it as UTF-8",
        ),
        Guess::Damaged => (
            format!("the byte {:#04x} at this place is not UTF-8", bytes.get(start).copied().unwrap_or(0)),
            "type the damaged character again and save the file as UTF-8",
        ),
        Guess::Other => (
            format!("this file is not UTF-8: byte {:#04x}", bytes.get(start).copied().unwrap_or(0)),
            "open it with the encoding it was written in and save it as UTF-8",
        ),
    };
    Diagnostic::new(code::NOT_UTF8, message).at(path, Span::new(start, end)).help(help)
}

/// The text with one `?` for every byte that is not UTF-8.
pub(super) fn for_report(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let bytes = error.as_bytes();
        let mut out = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            out.push_str(chunk.valid());
            out.extend(chunk.invalid().iter().map(|_| '?'));
        }
        out
    })
}

#[derive(Debug, PartialEq)]
enum Guess {
    Utf16,
    Binary,
    Gb18030,
    Big5,
    /// UTF-8, but for this place.
    Damaged,
    /// Latin-1 or whatever else.
    Other,
}

fn guess(bytes: &[u8], first_bad: usize) -> Guess {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Guess::Utf16;
    }
    if bytes.contains(&0) {
        return Guess::Binary;
    }
    // Three-byte characters before the bad one do not come about by chance.
    let chars =
        |b: &[u8]| b.utf8_chunks().flat_map(|c| c.valid().chars()).filter(|c| *c >= '\u{800}').count();
    let (before, after) = bytes.split_at(first_bad);
    if chars(before) + chars(after.get(1..).unwrap_or_default()) >= 3 {
        return Guess::Damaged;
    }
    let tally = Pairs::of(bytes);
    match tally {
        // Frequent characters of GB2312 have both bytes in the upper half; Big5 puts 4 in 10 of
        // its second bytes into the lower.
        Some(Pairs { all, gb2312, .. }) if gb2312 * 10 >= all * 8 => Guess::Gb18030,
        Some(Pairs { all, big5, .. }) if big5 == all => Guess::Big5,
        Some(_) => Guess::Gb18030,
        None => Guess::Other,
    }
}

/// A text read as double bytes.
struct Pairs {
    all: usize,
    gb2312: usize,
    big5: usize,
}

impl Pairs {
    /// `None` where some byte beyond ASCII has no fitting second one, as in Latin-1's `café `,
    /// or for fewer than two pairs, which are no evidence.
    fn of(bytes: &[u8]) -> Option<Self> {
        let (mut all, mut gb2312, mut big5) = (0, 0, 0);
        let mut rest = bytes;
        while let Some((&lead, tail)) = rest.split_first() {
            if lead.is_ascii() {
                rest = tail;
                continue;
            }
            let (&trail, after) = tail.split_first()?;
            rest = after;
            match (lead, trail) {
                (0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe) => {}
                // The four-byte form of GB18030.
                (0x81..=0xfe, 0x30..=0x39) if matches!(after, [0x81..=0xfe, 0x30..=0x39, ..]) => {
                    rest = after.get(2..)?;
                }
                _ => return None,
            }
            all += 1;
            gb2312 += usize::from(matches!((lead, trail), (0xa1..=0xa9 | 0xb0..=0xf7, 0xa1..=0xfe)));
            big5 += usize::from(matches!((lead, trail), (0xa1..=0xf9, 0x40..=0x7e | 0xa1..=0xfe)));
        }
        (all >= 2).then_some(Self { all, gb2312, big5 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(bytes: &[u8]) -> Diagnostic {
        let error = String::from_utf8(bytes.to_vec()).unwrap_err();
        not_utf8(&ContentPath::new("content/a.zh.md"), &error)
    }

    #[test]
    fn encodings_are_recognised() {
        let of = |bytes: &[u8]| guess(bytes, std::str::from_utf8(bytes).unwrap_err().valid_up_to());
        assert_eq!(of(b"\xff\xfe-\0-\0"), Guess::Utf16);
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0"), Guess::Binary);
        // 标题: 川渝合作
        assert_eq!(of(b"\xb1\xea\xcc\xe2: \xb4\xa8\xd3\xe5\xba\xcf\xd7\xf7\n"), Guess::Gb18030);
        // 繁體中文 in Big5
        assert_eq!(of(b"\xc1c\xc5\xe9\xa4\xa4\xa4\xe5\n"), Guess::Big5);
        assert_eq!(of(b"a caf\xe9 here"), Guess::Other);
        assert_eq!(of("川渝合作\u{e9}".as_bytes().split_last().unwrap().1), Guess::Damaged);
    }

    #[test]
    fn the_first_bad_byte_is_pointed_at() {
        let d = report(b"title: a caf\xe9\n");
        assert_eq!(d.labels[0].span, Some(Span::new(12, 13)));
        assert_eq!(d.message, "this file is not UTF-8: byte 0xe9");
        // A file that ends within a character.
        let d = report(b"ab\xe5\xb7");
        assert_eq!(d.labels[0].span, Some(Span::new(2, 4)));
    }

    #[test]
    fn reports_keep_every_offset() {
        assert_eq!(for_report(b"a\xe9\xe9b \xe5\xb7\x9d \xe5\xb7".to_vec()), "a??b 川 ??");
    }
}
