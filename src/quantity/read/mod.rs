//! Numbers out of prose.
//!
//! Owns the way through a text: what is tried at a place, and what is passed over. The forms of
//! numbers, dates, units and bounds have files of their own.

mod amount;
mod bounds;
mod classifiers;
mod dates;
mod english;
mod english_forms;
mod han;
mod han_dates;
mod han_forms;
mod number;
mod range;
mod text;
mod units;

#[cfg(test)]
mod tests;

use self::amount::Found;
use self::dates::first_part;
use self::text::{Text, digit, is_letter};
use super::{Date, Dates, Exact, Reading, Unit};

pub use self::units::base_unit;

/// The numbers that a text states, in their order. `language` is a BCP 47 tag.
///
/// English, Chinese and Japanese are read in digits and words, Korean in digits with its
/// multipliers, every other language in digits. What has letters and digits in one (G20), versions,
/// addresses, and vague numbers (`dozens`, 几十) are no numbers. A number that an `Exact` cannot
/// hold is passed over.
pub fn read(text: &str, language: &str) -> Vec<Reading> {
    let text = Text::new(text, language);
    let mut readings = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while let Some(c) = text.next(at) {
        match text.ranged(floor, at) {
            Some(found) => {
                let mut reading = text.reading(floor, at, found);
                if let Some(last) = readings.last() {
                    text.go_on(last, &mut reading);
                }
                at = reading.range.end;
                floor = at;
                readings.push(reading);
            }
            None => at = text.passed_over(at, c),
        }
    }
    readings
}

impl Text<'_> {
    /// 12月22日和25日: the second day is of the month of the first.
    fn go_on(&self, last: &Reading, next: &mut Reading) {
        let between = self.before(last.range.end, next.range.start);
        if let (Unit::Date(Dates { to: first, .. }), Unit::Date(dates)) = (last.unit, next.unit)
            && matches!(between, "和" | "、" | "及" | "与" | "與" | "，")
            && dates.from == dates.to
            && (dates.from.month, dates.from.year) == (None, None)
            && first.day < dates.from.day
        {
            let date = Date { day: dates.from.day, ..first };
            next.unit = Unit::Date(Dates { from: date, to: date });
            next.value = Exact::whole(first_part(date).into());
        }
    }

    /// The place behind what begins here and is no number.
    fn passed_over(&self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        if is_letter(c) {
            return self.behind_word(at);
        }
        if digit(c).is_some() {
            let end = self.digits(at).map_or(end, |digits| digits.end);
            // 7+13, 24/7, 5G, 1.2.3-rc.4
            let joined =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '.' | ':' | '_' | '×');
            let stop = self.run(end, joined);
            // The end of a sentence, or of what stands in a range.
            return match self.before(end, stop).trim_end_matches(['.', ':', '-', '/', '+', '×']).len() {
                0 if self.is_numeral(end) => self.han_run(end),
                rest => end + rest,
            };
        }
        if self.han && self.is_numeral(at) { self.han_run(at).max(end) } else { end }
    }

    /// The place behind a word, with the digits of an identifier (G20, COVID-19), or behind an address.
    fn behind_word(&self, at: usize) -> usize {
        let ascii = |c: char| c.is_ascii_graphic();
        if ["http://", "https://", "www."].iter().any(|scheme| self.starts(at, scheme).is_some()) {
            return self.run(at, ascii);
        }
        let word = self.word(at);
        let end = at + word.len();
        let hyphen = self.any(end, &['-', '_']).filter(|_| word.contains(char::is_uppercase));
        let start = hyphen.unwrap_or(end);
        if !self.has_digit(start) {
            return end;
        }
        // GDP5.9万亿元 is a word with an amount behind it.
        if hyphen.is_none()
            && let Some(digits) = self.digits(start)
            && self.next(digits.end).is_some_and(|c| matches!(c, '万' | '萬' | '亿' | '億' | '%' | '元'))
        {
            return end;
        }
        let stop = self.run(start, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'));
        start + self.before(start, stop).trim_end_matches(['.', '-', '/']).len()
    }

    /// The reading of what was found, with its bound.
    fn reading(&self, floor: usize, start: usize, found: Found) -> Reading {
        let mut range = start..found.end;
        let mut bound = found.bound;
        if !matches!(found.unit, Unit::Date(_) | Unit::Time | Unit::Ordinal) {
            // 近三年 are the last three years.
            let lately = found.unit == Unit::Measure("month") && self.previous(start) == Some('近');
            if let Some((before, word)) = self.bound_before(floor, start).filter(|_| !lately) {
                range.start = before;
                bound = Some(word);
            }
            if let Some((behind, word)) = self.bound_behind(range.end) {
                range.end = behind;
                bound = bound.or(Some(word));
            }
        }
        Reading { range, value: found.value, to: found.to, unit: found.unit, bound, weak: found.weak }
    }
}
