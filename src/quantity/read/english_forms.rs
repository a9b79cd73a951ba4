//! What English says around its number words: `No. 1`, `twice`, `a third of`, `half an hour`.
//!
//! Owns these phrases and when `one` is no number.

use super::amount::Found;
use super::english::ordinal;
use super::number::Kind;
use super::text::Text;
use crate::quantity::{Exact, Unit};

/// Words that multiply; `true` for those that also mean something vaguer.
const TIMES: &[(&str, i128, bool)] = &[
    ("twice", 2, false),
    ("thrice", 3, false),
    ("twofold", 2, false),
    ("threefold", 3, false),
    ("fourfold", 4, false),
    ("fivefold", 5, false),
    ("tenfold", 10, false),
    ("doubled", 2, true),
    ("doubling", 2, true),
    ("doubles", 2, true),
    ("tripled", 3, true),
    ("tripling", 3, true),
    ("quadrupled", 4, true),
];
/// Words after which `one` is a pronoun.
const PRONOUN: &[&str] = &["the", "this", "that", "which", "no", "any", "every", "another", "each"];
/// Words after which `a third` is a part, and not the next of a row.
const AFTER_PART: &[&str] = &[
    "of", "more", "less", "higher", "lower", "fewer", "larger", "smaller", "as", "to", "in", "on", "by",
    "from", "was", "is", "are", "were", "had", "have", "has", "and", "or",
];

impl Text<'_> {
    /// A number that begins here with a word.
    pub(super) fn in_english(&self, floor: usize, at: usize) -> Option<Found> {
        if let Some(date) = self.english_period(at).or_else(|| self.english_date(floor, at)) {
            return Some(Found::dates(date));
        }
        let word = self.word(at);
        let end = at + word.len();
        if let Some(start) = self.numero(word, end) {
            let num = self.number(start).filter(|n| n.plain.is_some())?;
            return Some(Found::new(num.end, num.value, Unit::Ordinal));
        }
        if let Some((_, n, weak)) = TIMES.iter().find(|(w, ..)| w.eq_ignore_ascii_case(word)) {
            return Some(Found { weak: *weak, ..Found::new(end, Exact::whole(*n), Unit::Times) });
        }
        if word.eq_ignore_ascii_case("minus") {
            let found = self.amount(self.number(self.gap(end)?)?)?;
            return self.negative(found);
        }
        if let Some(found) = self.article_part(at) {
            return Some(found);
        }
        let num = self.number(at)?;
        let one = num.value == Exact::whole(1) && num.kind == Kind::Cardinal;
        let found = self.amount(num)?;
        let before = self.word_before(floor, at);
        let pronoun = one && found.open && PRONOUN.iter().any(|w| w.eq_ignore_ascii_case(before));
        (!pronoun).then_some(found)
    }

    /// The place of the number behind `No. 1`, `No 1`, `Number 1`, `page 1`.
    fn numero(&self, word: &str, end: usize) -> Option<usize> {
        let stop = self.any(end, &['.']);
        let named = match word {
            "No" | "Nos" | "Number" => true,
            "no" | "nos" => stop.is_some(),
            _ => false,
        };
        // What counts its parts as 第12页 and 第三章 do.
        let part =
            ["page", "chapter", "article", "section", "volume"].iter().any(|w| w.eq_ignore_ascii_case(word));
        let start = self.space(stop.filter(|_| named).unwrap_or(end)).filter(|_| named || part)?;
        self.has_digit(start).then_some(start)
    }

    /// `a third of`, `a quarter`; not `a third option`.
    fn article_part(&self, at: usize) -> Option<Found> {
        let article = self.phrase(at, "a").or_else(|| self.phrase(at, "an"))?;
        // An hour and a half.
        if let Some((unit, factor, end)) = self.unit(article)
            && let (end, true) = self.and_a_half(end)
        {
            return Some(Found::new(end, factor.times(Exact::new(3, 2)?)?, unit));
        }
        let next = self.gap(article)?;
        let word = self.word(next);
        let end = next + word.len();
        let bottom = match word {
            "quarter" => 4,
            "half" => return None,
            _ => ordinal(word).filter(|n| *n > 2)?,
        };
        let behind = self.space(end).map_or("", |gap| self.word(gap));
        let part = behind.is_empty() || AFTER_PART.contains(&behind);
        part.then(|| Some(Found::new(end, Exact::new(1, bottom)?, Unit::Fraction)))?
    }
}
