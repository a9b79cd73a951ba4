//! Number words of English: cardinals, ordinals, fractions, and what multiplies digits.
//!
//! Owns the words and how they join. It never knows units.

use super::number::{Kind, Num};
use super::text::Text;
use crate::quantity::Exact;

const CARDINALS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: &[&str] = &[
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const ORDINAL_TENS: &[&str] =
    &["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"];
const SCALES: &[(&str, i128)] = &[
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];
/// What stands for a scale behind digits only.
const SHORT_SCALES: &[(&str, i128)] = &[
    ("bn", 1_000_000_000),
    ("mn", 1_000_000),
    ("mln", 1_000_000),
    ("tn", 1_000_000_000_000),
    ("trn", 1_000_000_000_000),
    ("hundred", 100),
    ("dozen", 12),
    // What English texts on China call 万 and 亿.
    ("wan", 10_000),
    ("yi", 100_000_000),
];

fn place(words: &[&str], word: &str) -> Option<i128> {
    let at = words.iter().position(|w| w.eq_ignore_ascii_case(word))?;
    i128::try_from(at).ok()
}

fn scale(word: &str) -> Option<i128> {
    SCALES.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, power)| *power)
}

pub(super) fn cardinal(word: &str) -> Option<i128> {
    place(CARDINALS, word).or_else(|| Some((place(TENS, word)? + 2) * 10))
}

/// The place in a row that a single word names.
pub(super) fn ordinal(word: &str) -> Option<i128> {
    place(ORDINALS, word).or_else(|| Some((place(ORDINAL_TENS, word)? + 2) * 10))
}

/// What may follow in a number.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    Tens,
    Unit,
    Power,
}

impl Text<'_> {
    /// The number in words that begins here: `seven`, `a hundred and five`, `twenty-first`.
    pub(super) fn english_words(&self, at: usize) -> Option<Num> {
        let (mut total, mut section, mut least) = (0_i128, 0_i128, i128::MAX);
        let (mut last, mut end, mut kind, mut factor) = (Last::Nothing, at, Kind::Cardinal, 1);
        let mut pos = at;
        let first = self.word(at);
        if ["a", "an"].iter().any(|a| a.eq_ignore_ascii_case(first)) {
            pos = self.gap(at + first.len())?;
            let next = self.word(pos);
            if scale(next).is_none() && !["hundred", "dozen"].iter().any(|w| w.eq_ignore_ascii_case(next)) {
                return None;
            }
            section = 1;
        } else if scale(first).is_some() && self.starts(at + first.len(), "-").is_some() {
            // `a trillion-yuan industry`: one of them.
            section = 1;
        }
        // The longest number in words that an `i128` of trillions needs has fewer.
        for _ in 0..32 {
            let word = self.word(pos);
            let fits = |n: i128| match last {
                Last::Nothing | Last::Power => true,
                Last::Tens => (1..10).contains(&n),
                Last::Unit => false,
            };
            if let Some(n) = cardinal(word) {
                if !fits(n) {
                    break;
                }
                section += n;
                factor = 1;
                last = if n >= 20 { Last::Tens } else { Last::Unit };
            } else if word.eq_ignore_ascii_case("hundred") && (1..100).contains(&section) {
                (section, factor, last) = (section * 100, 100, Last::Power);
            } else if word.eq_ignore_ascii_case("dozen") && section > 0 {
                (section, factor, last) = (section * 12, 12, Last::Unit);
            } else if let Some(power) = scale(word).filter(|power| section > 0 && *power < least) {
                total += section * power;
                factor *= power;
                (section, least, last) = (0, power, Last::Power);
            } else if let Some(n) = ordinal(word).filter(|n| fits(*n)) {
                section += n;
                kind = Kind::Ordinal;
                end = pos + word.len();
                break;
            } else {
                break;
            }
            end = pos + word.len();
            let Some(next) = self.gap(end) else { break };
            pos = next;
            if last == Last::Power
                && let Some(and) = self.phrase(next, "and")
            {
                match self.gap(and).filter(|p| {
                    cardinal(self.word(*p)).or_else(|| ordinal(self.word(*p))).is_some_and(|n| n > 0)
                }) {
                    Some(after) => pos = after,
                    None => break,
                }
            }
        }
        if end == at {
            return None;
        }
        let value = Exact::whole(total + section);
        let num = Num {
            end,
            value,
            to: None,
            scale: Exact::whole(factor),
            words: true,
            kind,
            plain: None,
            over: false,
        };
        if kind == Kind::Ordinal {
            return Some(num);
        }
        self.english_point(&num).or_else(|| self.english_denominator(&num)).or(Some(num))
    }

    /// `three point one four`, and a scale behind it.
    fn english_point(&self, num: &Num) -> Option<Num> {
        let mut end = self.phrase(self.gap(num.end)?, "point")?;
        let (mut digits, mut power) = (0_i128, 1_i128);
        while let Some(next) = self.gap(end).filter(|_| power < 1_000_000_000_000) {
            let word = self.word(next);
            let Some(n) = cardinal(word).filter(|n| *n < 10) else { break };
            (digits, power, end) = (digits * 10 + n, power * 10, next + word.len());
        }
        let value = num.value.plus(Exact::new(digits, power)?)?;
        (power > 1).then(|| self.english_scale(Num { end, value, ..*num }))
    }

    /// `two thirds`, `one half`, `three-quarters`.
    fn english_denominator(&self, num: &Num) -> Option<Num> {
        let start = self.gap(num.end)?;
        let word = self.word(start);
        let one = num.value == Exact::whole(1);
        let part = |word: &str| match word {
            "half" | "halve" => Some(2),
            "quarter" => Some(4),
            _ => ordinal(word).filter(|n| *n > 2),
        };
        let word = word.to_ascii_lowercase();
        let bottom = match word.strip_suffix('s') {
            Some(stem) if !one => part(stem)?,
            None if one => part(&word)?,
            _ => return None,
        };
        let value = num.value.over(Exact::whole(bottom))?;
        Some(Num { end: start + word.len(), value, kind: Kind::Fraction, ..*num })
    }

    /// The number with the scales behind it: `5.9 trillion`, `2 hundred thousand`, `5bn`, and with
    /// `and a half` before them.
    pub(super) fn english_scale(&self, mut num: Num) -> Num {
        let half = self.gap(num.end).and_then(|at| self.phrase(at, "and a half"));
        if let Some(end) = half
            && let Some(value) = Exact::new(1, 2).and_then(|half| num.value.plus(half))
        {
            num = Num { end, value, ..num };
        }
        for _ in 0..3 {
            let start = match self.gap(num.end) {
                Some(start) => start,
                None if num.words => return num,
                None => num.end,
            };
            let word = self.word(start);
            let short = SHORT_SCALES.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, p)| *p);
            let Some(power) = scale(word).or(short).map(Exact::whole) else { break };
            let Some((value, scale)) = num.value.times(power).zip(num.scale.times(power)) else { break };
            num = Num { end: start + word.len(), value, scale, plain: None, ..num };
        }
        num
    }

    /// A half, with what makes it a part of something: `half a million`, `half a dozen`, `half an
    /// hour`. The number behind `a` is halved; a unit is left to follow.
    pub(super) fn english_half(&self, at: usize) -> Option<Num> {
        let end = self.phrase(at, "half")?;
        let half = Exact::new(1, 2)?;
        let num = Num {
            end,
            value: half,
            to: None,
            scale: Exact::whole(1),
            words: true,
            kind: Kind::Fraction,
            plain: None,
            over: false,
        };
        let Some(article) = self.gap(end) else { return Some(num) };
        if let Some(full) = self.english_words(article).filter(|_| self.phrase(article, "a").is_some()) {
            return Some(Num { value: full.value.times(half)?, kind: Kind::Cardinal, ..full });
        }
        Some(num)
    }
}
