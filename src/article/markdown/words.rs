//! How long a text is.
//!
//! Owns a rough count for reading times: words that stand apart by spaces (Korean ones as well), and
//! Chinese characters and Japanese kana. Exact segmentation is `locale`'s and too dear for every text.

use crate::article::body::Length;

/// Counts over the pieces of a text.
#[derive(Clone, Copy, Default)]
pub(super) struct Words {
    /// How many so far.
    pub length: Length,
    inside: bool,
}

impl Words {
    /// Counts a piece; a word may have begun in the piece before (`in**cred**ible`).
    ///
    /// Every byte of the site's text comes through here. Hence Han characters are told by their
    /// first byte, ASCII is taken many bytes at a time, and Unicode's tables, which are slow, are
    /// asked for what is left.
    pub(super) fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        // A copy, which stays in registers.
        let mut words = *self;
        let mut i = 0;
        while let Some(&byte) = bytes.get(i) {
            if is_han(byte) {
                words.inside = false;
                while bytes.get(i).is_some_and(|&byte| is_han(byte)) {
                    words.length.characters = words.length.characters.wrapping_add(1);
                    i += 3;
                }
            } else if byte.is_ascii() {
                i += words.add_ascii(&bytes[i..]);
            } else if is_mark(&bytes[i..]) {
                words.inside = false;
                i += 3;
            } else {
                // `i` is at a character's first byte.
                let Some(c) = text.get(i..).and_then(|rest| rest.chars().next()) else { break };
                words.add_other(c);
                i += c.len_utf8();
            }
        }
        *self = words;
    }

    /// Counts the ASCII that a text begins with, one byte at least; returns how many bytes.
    fn add_ascii(&mut self, text: &[u8]) -> usize {
        let mut i = 0;
        loop {
            // What is no prose is looked at byte by byte, and asked again whether it is at every sixteenth.
            for &byte in text[i..].iter().take(if i == 0 { 1 } else { 16 }) {
                if !byte.is_ascii() {
                    return i;
                }
                let step = STEPS[usize::from(self.inside)][usize::from(byte)];
                self.length.words = self.length.words.wrapping_add(u32::from(step & BEGINS != 0));
                self.inside = step & INSIDE != 0;
                i += 1;
            }
            // The byte before must show whether it is inside a word: it is, or it is a space.
            while self.inside == (text[i - 1] != b' ')
                && let Some(begins) = text[i - 1..].first_chunk().and_then(words_begun)
            {
                self.length.words = self.length.words.wrapping_add(begins);
                i += 16;
                self.inside = text[i - 1] != b' ';
            }
            if i == text.len() {
                return i;
            }
        }
    }

    fn add_other(&mut self, c: char) {
        if c == '’' {
            // Inside a word it is an apostrophe.
        } else if is_ideograph(c) {
            self.length.characters = self.length.characters.wrapping_add(1);
            self.inside = false;
        } else {
            let letter = c.is_alphanumeric();
            self.length.words = self.length.words.wrapping_add(u32::from(letter & !self.inside));
            self.inside = letter;
        }
    }

    /// Ends the word, as a line's or block's end does.
    pub(super) fn end(&mut self) {
        self.inside = false;
    }
}

/// What a byte of ASCII does outside and inside a word.
static STEPS: [[u8; 128]; 2] = {
    let mut steps = [[0; 128]; 2];
    let mut byte = 0u8;
    while byte.is_ascii() {
        let at = byte as usize;
        [steps[0][at], steps[1][at]] = match byte {
            _ if byte.is_ascii_alphanumeric() => [BEGINS | INSIDE, INSIDE],
            _ if byte.is_ascii_whitespace() => [0, 0],
            // Marks are inside words: "4,248", "first-rate".
            _ => [0, INSIDE],
        };
        byte += 1;
    }
    steps
};
/// It begins a word.
const BEGINS: u8 = 1;
/// What follows is inside a word.
const INSIDE: u8 = 2;

/// Whether a character's first byte is that of U+4000 to U+9FFF: the Han characters in common use, and
/// little else.
fn is_han(byte: u8) -> bool {
    matches!(byte, 0xE4..=0xE9)
}

/// How many words begin in sixteen bytes, of which the first is the byte before; `None` where that
/// does not show at each byte by itself.
///
/// It shows in prose: words stand apart by spaces alone, and the first after a space is a letter.
/// No branch depends on a byte, so that the compiler takes them all at once.
fn words_begun(bytes: &[u8; 17]) -> Option<u32> {
    let (mut begins, mut unclear) = (0u8, false);
    for (&before, &byte) in bytes.iter().zip(&bytes[1..]) {
        let letter = byte.is_ascii_alphanumeric();
        let apart = before == b' ';
        begins += u8::from(letter & apart);
        unclear |= (apart & !letter & (byte != b' ')) | (byte < b' ') | !byte.is_ascii();
    }
    (!unclear).then_some(u32::from(begins))
}

/// Whether a text begins with a mark of Chinese or of good typography, which is no letter: U+2000 to
/// U+203E but the apostrophe, U+3000 to U+3004, U+3008 to U+3020, U+FF00 to U+FF0F, U+FF1A to U+FF20.
fn is_mark(text: &[u8]) -> bool {
    matches!(
        text,
        [0xE2, 0x80, 0x80..=0x98 | 0x9A..=0xBE, ..]
            | [0xE3, 0x80, 0x80..=0x84 | 0x88..=0xA0, ..]
            | [0xEF, 0xBC, 0x80..=0x8F | 0x9A..=0xA0, ..]
    )
}

/// Han characters and kana, which are written without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Length {
        let mut words = Words::default();
        words.add(text);
        words.length
    }

    /// What is counted, without regard to time.
    fn defined(text: &str) -> Length {
        let (mut length, mut inside) = (Length::default(), false);
        for c in text.chars() {
            if is_ideograph(c) {
                length.characters += 1;
                inside = false;
            } else if c.is_alphanumeric() {
                length.words += u32::from(!inside);
                inside = true;
            } else if c.is_ascii_whitespace() || !c.is_ascii() && c != '’' {
                inside = false;
            }
        }
        length
    }

    #[test]
    fn words_and_characters_are_counted() {
        for (text, words, characters) in [
            ("In nine months, 4,248 first-rate trains — really.", 7, 0),
            ("前三季度，中欧班列（成渝）开行超4200列。", 1, 14),
            ("東京タワーへ行く。", 0, 8),
            ("서울은 한국의 수도입니다.", 3, 0),
            ("", 0, 0),
        ] {
            assert_eq!(count(text), Length { words, characters }, "{text}");
        }
    }

    #[test]
    fn every_character_counts_as_defined() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b {c} {c}{c}1");
            assert_eq!(count(&text), defined(&text), "{c:?}");
        }
    }

    #[test]
    fn quick_counts_are_as_defined() {
        let mut random = 1u64;
        let mut below = |n: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % n
        };
        let pieces =
            ["a", "Z", "0", "z", " ", " ", "-", "(", "'", "’", "\t", "\u{b}", "\u{7f}", "é", "重", "，"];
        for _ in 0..20_000 {
            let text: String = (0..below(40)).map(|_| pieces[below(pieces.len())]).collect();
            assert_eq!(count(&text), defined(&text), "{text:?}");
            // Cut anywhere, it is the same.
            let at = (0..=below(text.len() + 1)).rev().find(|&at| text.is_char_boundary(at)).unwrap();
            let mut words = Words::default();
            words.add(&text[..at]);
            words.add(&text[at..]);
            assert_eq!(words.length, defined(&text), "{text:?} {at}");
        }
    }
}
