//! Places in a text: what stands at one, before it and behind it.
//!
//! Owns characters, words, gaps and digits. It never knows what a number means.

use crate::quantity::Exact;

/// A text and what its language allows.
pub(super) struct Text<'a> {
    text: &'a str,
    /// Whether number words and month names of English are read.
    pub(super) english: bool,
    /// Whether numbers in Han characters are read.
    pub(super) han: bool,
    /// Whether 兆 is 10¹², as in Traditional Chinese and in Japanese; elsewhere it is mega.
    pub(super) trillion: bool,
    /// Whether 元 and ¥ stand beside 円.
    pub(super) japanese: bool,
    /// Whether a comma begins the fraction and a full stop parts the thousands.
    comma: bool,
}

/// A number in digits.
#[derive(Clone, Copy)]
pub(super) struct Digits {
    pub(super) end: usize,
    /// `None` where it cannot be held, or is no number: a version, a telephone number.
    pub(super) value: Option<Exact>,
    /// How many digits, for a number without marks and fraction.
    pub(super) plain: Option<usize>,
}

/// Languages that write 3,5 for three and a half, as CLDR has them.
const COMMA: &[&str] = &[
    "af", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu",
    "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk",
    "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
];

/// A letter of an alphabet: words of such letters have spaces between them.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() && (c as u32) < 0x2E80
}

/// The value of a digit, ASCII or full-width.
pub(super) fn digit(c: char) -> Option<i128> {
    match c {
        '0'..='9' => Some(c as i128 - '0' as i128),
        '０'..='９' => Some(c as i128 - '０' as i128),
        _ => None,
    }
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str, language: &str) -> Self {
        let tag = language.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        let first = parts.next().unwrap_or_default();
        let japanese = first == "ja";
        let traditional = parts.any(|p| matches!(p, "hant" | "tw" | "hk" | "mo"));
        Self {
            text,
            english: first == "en",
            han: matches!(first, "zh" | "yue" | "ja"),
            trillion: japanese || first == "ko" || traditional || first == "yue",
            japanese,
            comma: COMMA.contains(&first),
        }
    }

    /// What begins at a place; nothing beyond the end.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// What ends at a place, back to another.
    pub(super) fn before(&self, floor: usize, at: usize) -> &'a str {
        self.text.get(floor..at).unwrap_or_default()
    }

    pub(super) fn next(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    pub(super) fn previous(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// Whether a digit stands here.
    pub(super) fn has_digit(&self, at: usize) -> bool {
        self.next(at).and_then(digit).is_some()
    }

    /// The place behind a character, if it is one of these.
    pub(super) fn any(&self, at: usize, wanted: &[char]) -> Option<usize> {
        self.next(at).filter(|c| wanted.contains(c)).map(|c| at + c.len_utf8())
    }

    /// The place behind a word of a script without spaces.
    pub(super) fn starts(&self, at: usize, wanted: &str) -> Option<usize> {
        self.rest(at).starts_with(wanted).then(|| at + wanted.len())
    }

    /// The place behind the first of these words that stands here.
    pub(super) fn first_of(&self, at: usize, wanted: &[&str]) -> Option<usize> {
        wanted.iter().find_map(|word| self.starts(at, word))
    }

    /// The letters that begin here. Nothing if a letter stands before.
    pub(super) fn word(&self, at: usize) -> &'a str {
        let rest = self.rest(at);
        let end = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The place behind white space that does not part paragraphs, or behind one hyphen.
    pub(super) fn gap(&self, at: usize) -> Option<usize> {
        if let Some(end) = self.any(at, &['-', '\u{2010}', '\u{2011}']) {
            return self.next(end).is_some_and(is_letter).then_some(end);
        }
        self.space(at).filter(|end| *end > at)
    }

    /// The place behind white space, or this one; `None` where a paragraph ends.
    pub(super) fn space(&self, at: usize) -> Option<usize> {
        let mut end = at;
        let mut lines = 0;
        // No writer puts more than this between a number and its unit.
        for c in self.rest(at).chars().take(8) {
            if !c.is_whitespace() {
                return Some(end);
            }
            lines += u32::from(c == '\n');
            if lines > 1 {
                return None;
            }
            end += c.len_utf8();
        }
        self.next(end).is_none_or(|c| !c.is_whitespace()).then_some(end)
    }

    /// The place behind words in any case with gaps between them.
    pub(super) fn phrase(&self, at: usize, wanted: &str) -> Option<usize> {
        self.words_of(at, wanted).filter(|end| !self.next(*end).is_some_and(is_letter))
    }

    /// Like [`Text::phrase`], with or without an `s` at its end.
    pub(super) fn plural(&self, at: usize, wanted: &str) -> Option<usize> {
        let end = self.words_of(at, wanted)?;
        let end = self.any(end, &['s', 'S']).unwrap_or(end);
        (!self.next(end).is_some_and(is_letter)).then_some(end)
    }

    fn words_of(&self, at: usize, wanted: &str) -> Option<usize> {
        let mut end = at;
        for (n, word) in wanted.split(' ').enumerate() {
            if n > 0 {
                end = self.gap(end)?;
            }
            self.rest(end).get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
            end += word.len();
        }
        Some(end)
    }

    /// The word before a place, without the white space between.
    pub(super) fn word_before(&self, floor: usize, at: usize) -> &'a str {
        let text = self.before(floor, at).trim_end();
        let start =
            text.char_indices().rev().take_while(|(_, c)| is_letter(*c)).last().map_or(text.len(), |c| c.0);
        text.get(start..).unwrap_or_default()
    }

    /// The place behind what has no white space and is ASCII: an address, an identifier.
    pub(super) fn run(&self, at: usize, more: impl Fn(char) -> bool) -> usize {
        let rest = self.rest(at);
        at + rest.find(|c: char| !more(c)).unwrap_or(rest.len())
    }

    /// The number in digits that begins here, with the marks of the language.
    pub(super) fn digits(&self, at: usize) -> Option<Digits> {
        self.next(at).and_then(digit)?;
        let (mut end, mut value) = self.digit_run(at, Some(0));
        let whole = self.before(at, end).chars().count();
        let leading_zero = whole > 1 && self.next(at).and_then(digit) == Some(0);
        let groups: &[char] = if self.comma {
            &['.', '\u{202f}', '\u{a0}', '\u{2009}', '’', '\'']
        } else {
            &[',', '\u{202f}', '\u{a0}', '\u{2009}']
        };
        let mut grouped = false;
        while let Some(next) = self.any(end, groups).filter(|_| whole <= 3 && !leading_zero) {
            let (stop, sum) = self.digit_run(next, value);
            if self.before(next, stop).chars().count() != 3 {
                break;
            }
            (end, value, grouped) = (stop, sum, true);
        }
        let mut fraction = None;
        let mark: &[char] = if self.comma { &[','] } else { &['.', '．'] };
        if let Some(next) = self.any(end, mark).filter(|n| self.has_digit(*n)) {
            let (stop, sum) = self.digit_run(next, value);
            fraction = Some(u32::try_from(self.before(next, stop).chars().count()).unwrap_or(u32::MAX));
            (end, value) = (stop, sum);
        }
        // 1.2.3 is a version, or a date, which is looked for before.
        if self.any(end, &['.']).is_some_and(|n| self.next(n).is_some_and(|c| c.is_ascii_digit())) {
            let end = self.run(end, |c| c.is_ascii_digit() || c == '.');
            return Some(Digits { end, value: None, plain: None });
        }
        let power = 10_i128.checked_pow(fraction.unwrap_or(0));
        let value = value.zip(power).and_then(|(v, p)| Exact::new(v, p));
        let plain = (!grouped && fraction.is_none()).then_some(whole);
        let real = !(leading_zero && plain.is_some());
        Some(Digits { end, value: value.filter(|_| real), plain })
    }

    /// Digits appended to a number; `None` where they are too many.
    fn digit_run(&self, at: usize, start: Option<i128>) -> (usize, Option<i128>) {
        let (mut end, mut value) = (at, start);
        for c in self.rest(at).chars() {
            let Some(d) = digit(c) else { break };
            value = value.and_then(|v| v.checked_mul(10)?.checked_add(d));
            end += c.len_utf8();
        }
        (end, value)
    }

    /// A small whole number of at most so many digits, with no digit behind it.
    pub(super) fn short(&self, at: usize, most: usize) -> Option<(usize, u16)> {
        let (end, value) = self.digit_run(at, Some(0));
        let count = self.before(at, end).chars().count();
        let value = u16::try_from(value?).ok()?;
        (count > 0 && count <= most).then_some((end, value))
    }
}
