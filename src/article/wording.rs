//! The wording of a version: all that a translator translates, and nothing else, in one canonical form.
//!
//! Owns the form whose fingerprint stands in front matter as `translated_from: en@3f9c2a1b`. Those
//! fingerprints are in people's files for years, so the form is a format of its own, and what
//! changes it makes every translation everywhere look stale. It depends on the bytes of the file
//! and on what Markdown and YAML mean; never on settings, themes, dates or the version of Bashu.
//! What the Markdown contributes is `markdown::wording`'s. It never compares two wordings.
//!
//! Format 1. The wording is UTF-8: the word `wording-1`, then units. A unit is U+001E, a name,
//! U+001D, and its content. Content is text and marks; a mark stands between two U+001F.
//!
//! - The units of front matter, as far as they are there and not blank, in this order: `title`;
//!   `summary`; `label NAME` for each figure with a label, in the order of the names' code points;
//!   `source`, the source's title; `alt` and `caption` of the cover.
//! - Then a unit `text` for each block that holds no other block.
//! - In text, white space (Unicode's, and control characters) is one space between two characters
//!   that need it, and else nothing: at the ends of a unit, and beside a character of a script that
//!   is written without spaces or a mark that keeps its distance by itself ([`stands_alone`]). So
//!   the wrapping of lines does not show, in Chinese either. A mark is no character; one that
//!   opens something stands after the space before what it opens.
//! - Verbatim text (code) is as it stands, without CR, other control characters, and line ends at its end.
//!
//! The fingerprint is the first 32 bits of the wording's BLAKE3 hash.

#[cfg(test)]
mod tests;

use super::front::Front;
use crate::base::{BriefFingerprint, Fingerprint};

const FORMAT: &str = "wording-1";
const UNIT: char = '\u{1e}';
const NAME_END: char = '\u{1d}';
const MARK: char = '\u{1f}';

/// The wording of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording(String);

/// A piece of a wording: a field, or a block of the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// `title`, `summary`, `label NAME`, `source`, `alt`, `caption` or `text`.
    pub field: String,
    /// Its words, with what of Markdown is in them.
    pub text: String,
}

impl Wording {
    /// Its fingerprint.
    pub fn fingerprint(&self) -> BriefFingerprint {
        Fingerprint::of(self.0.as_bytes()).brief()
    }

    /// Its pieces in their order. Two wordings with the same pieces have the same fingerprint, but
    /// for text that looks like a mark of Markdown and is none.
    pub fn passages(&self) -> Vec<Passage> {
        let passage = |unit: &str| {
            let (field, text) = unit.split_once(NAME_END)?;
            Some(Passage { field: field.to_owned(), text: text.replace(MARK, "") })
        };
        self.0.split(UNIT).filter_map(passage).collect()
    }
}

/// A wording in the making.
pub(super) struct Writer {
    out: String,
    /// White space was passed since the last character.
    space: bool,
    /// The last character of the unit.
    last: Option<char>,
    /// Marks before a character that is yet to come: white space goes before them.
    opening: String,
}

impl Writer {
    /// Nothing but what front matter says in the language with a code; `room` is how long the text is
    /// about to be.
    pub(super) fn of(front: &Front, code: &str, room: usize) -> Self {
        let mut out = String::with_capacity(room + room / 8 + 256);
        out.push_str(FORMAT);
        let mut writer = Self { out, space: false, last: None, opening: String::new() };
        writer.field("title", Some(&front.title));
        writer.field("summary", front.summary.as_deref());
        let mut labels: Vec<(&str, &str)> = front
            .figures
            .iter()
            .filter_map(|f| Some((f.id.value.as_str(), f.label.as_ref()?.of(code)?)))
            .collect();
        labels.sort_unstable();
        for (name, label) in labels {
            writer.field(&format!("label {name}"), Some(label));
        }
        writer.field("source", front.source.as_ref().map(|s| s.title.as_str()));
        let cover = front.cover.as_ref();
        writer.field("alt", cover.and_then(|c| c.alt.as_deref()));
        writer.field("caption", cover.and_then(|c| c.caption.as_deref()));
        writer
    }

    fn field(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.unit(name);
            self.text(text);
        }
    }

    /// Begins a unit.
    pub(super) fn unit(&mut self, name: &str) {
        self.flush();
        self.out.push(UNIT);
        self.out.push_str(name);
        self.out.push(NAME_END);
        (self.space, self.last) = (false, None);
    }

    /// Adds a mark that belongs to what stands before it.
    pub(super) fn mark(&mut self, mark: &str) {
        if !self.opening.is_empty() && self.space && self.last.is_some_and(|last| !stands_alone(last)) {
            self.out.push(' ');
            self.space = false;
        }
        self.flush();
        push_mark(&mut self.out, mark);
    }

    /// Adds a mark that belongs to what comes next.
    pub(super) fn open(&mut self, mark: &str) {
        push_mark(&mut self.opening, mark);
    }

    fn flush(&mut self) {
        self.out.push_str(&self.opening);
        self.opening.clear();
    }

    /// Adds text, in which white space is no more than that words stand apart.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            // What stands before the first white space goes on with what was there.
            let (words, after) = rest.split_at(settled(rest));
            self.words(words);
            let mut after = after.chars();
            if after.next().is_none() {
                break;
            }
            self.space = true;
            rest = after.as_str();
        }
    }

    fn words(&mut self, words: &str) {
        let Some(first) = words.chars().next() else { return };
        let apart = self.space && self.last.is_some_and(|last| !stands_alone(last)) && !stands_alone(first);
        if apart {
            self.out.push(' ');
        }
        self.flush();
        self.out.push_str(words);
        self.space = false;
        self.last = words.chars().next_back();
    }

    /// Adds text as it stands.
    pub(super) fn verbatim(&mut self, text: &str) {
        let text = text.trim_end_matches(['\n', '\r']);
        self.out.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
    }

    /// The wording, when all is said.
    pub(super) fn finish(mut self) -> Wording {
        self.flush();
        Wording(self.out)
    }
}

fn push_mark(to: &mut String, mark: &str) {
    to.push(MARK);
    match mark.contains(char::is_control) {
        true => to.extend(mark.chars().filter(|c| !c.is_control())),
        false => to.push_str(mark),
    }
    to.push(MARK);
}

/// How much of a text, from its beginning, stands in a wording as it stands there: up to the first
/// white space or control character, single spaces between two characters of ASCII left aside.
///
/// Every byte of the site's text comes through here. Hence prose is taken many bytes at a time; what
/// is not settled so is looked at byte by byte, and asked again at every sixteenth.
fn settled(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut ask) = (0, 1);
    while let Some(&byte) = bytes.get(at) {
        if at >= ask {
            while bytes.get(at - 1..).and_then(<[u8]>::first_chunk).is_some_and(is_settled) {
                at += 16;
            }
            ask = at + 16;
        } else if !MAY_BE_BLANK[usize::from(byte)] {
            at += 1;
        } else {
            // `at` is at a character's first byte.
            at += match &bytes[at..] {
                [b' ', next, ..] if next.is_ascii_graphic() && at > 0 && bytes[at - 1].is_ascii_graphic() => {
                    1
                }
                // U+3000; the marks of Chinese stand beside it.
                [..=0x7F, ..] | [0xE3, 0x80, 0x80, ..] => break,
                [0xE3, ..] => 3,
                _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
                    Some(c) if !c.is_whitespace() && !c.is_control() => c.len_utf8(),
                    _ => break,
                },
            };
        }
    }
    at
}

/// Whether sixteen bytes stand in a wording as they stand in a text, as far as that shows at once; one
/// more before them and two behind. No branch depends on a byte, so that the compiler takes them all at once.
fn is_settled(bytes: &[u8; 19]) -> bool {
    let mut unclear = false;
    let around = bytes.iter().zip(&bytes[1..]).zip(bytes[2..].iter().zip(&bytes[3..]));
    for ((before, byte), (next, last)) in around {
        unclear |= (*byte < b' ')
            | matches!(byte, 0x7F | 0xC2 | 0xE1 | 0xE2)
            | ((*byte == 0xE3) & (*next == 0x80) & (*last == 0x80))
            | ((*byte == b' ') & !(before.is_ascii_graphic() & next.is_ascii_graphic()));
    }
    !unclear
}

/// Whether a byte can be the first of white space or of a control character: of those of ASCII, of
/// U+0080 to U+00BF, of U+1000 to U+3FFF.
static MAY_BE_BLANK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte, 0..=0x20 | 0x7F | 0xC2 | 0xE1..=0xE3);
        byte += 1;
    }
    table
};

/// Whether a space beside a character says nothing: Han, kana, bopomofo and Yi, the marks and wide
/// forms that go with them, and quotation marks, dashes and dots, which may end a line of Chinese.
/// Not Hangul, which is written with spaces. Part of format 1.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{2013}'..='\u{2014}' | '\u{2018}' | '\u{201c}'..='\u{201d}' | '\u{2026}'
        | '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{31ff}' | '\u{3220}'..='\u{325f}'
        | '\u{3280}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}
