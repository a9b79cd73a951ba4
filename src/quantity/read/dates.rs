//! Dates and times of day in digits and in English: `26 December 2023`, 2023-12-26, `10:30`, `the
//! first three quarters`.
//!
//! Owns what a date looks like, and the joining of two to a stretch of time. Han characters have a
//! file of their own.

use super::english::{cardinal, ordinal};
use super::number::Num;
use super::text::{Text, digit, is_letter};
use crate::quantity::{Date, Dates};

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_MONTHS: &[&str] =
    &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec", "Sep"];
/// Words after which a number of four digits is a year.
const BEFORE_TIME: &[&str] = &[
    "in",
    "of",
    "since",
    "from",
    "until",
    "till",
    "by",
    "to",
    "through",
    "throughout",
    "during",
    "before",
    "after",
    "between",
    "and",
    "year",
    "early",
    "late",
    "mid",
    "end",
    "spring",
    "summer",
    "autumn",
    "winter",
    "last",
    "next",
    "this",
    "for",
    "on",
    "as",
    "the",
];
/// Words after which `May` and `March` are months.
const BEFORE_MONTH: &[&str] = &[
    "in", "of", "since", "from", "until", "till", "by", "through", "during", "before", "after", "between",
    "early", "late", "mid", "last", "next", "this",
];
/// Words that go on after a year, as the noun of a number would not.
const AFTER_YEAR: &[&str] = &[
    "and", "the", "a", "an", "in", "of", "to", "was", "is", "were", "are", "had", "has", "have", "as", "at",
    "by", "for", "from", "on", "or", "with", "when", "that", "which", "it", "they", "we", "it's", "but",
    "list", "plan", "edition", "season", "report", "review", "budget",
];

/// A date with some parts known; 0 stands for what is not.
pub(super) fn date(year: u16, month: u16, day: u16) -> Option<Date> {
    let fits = month <= 12 && day <= 31 && year <= 2999 && (year, month, day) != (0, 0, 0);
    // A day that its month does not have is no date; a month without year may be a leap year's.
    let long = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year == 0 || year.is_multiple_of(4) => 29,
        2 => 28,
        _ => 31,
    };
    let part = |n: u16| u8::try_from(n).ok().filter(|n| *n > 0);
    (fits && day <= long).then(|| Date {
        year: Some(year).filter(|y| *y > 0),
        month: part(month),
        day: part(day),
    })
}

pub(super) fn whole(date: Date) -> Dates {
    Dates { from: date, to: date }
}

/// Two months of one year.
pub(super) fn months(year: Option<u16>, from: u8, to: u8) -> Dates {
    let month = |n| Date { year, month: Some(n), day: None };
    Dates { from: month(from), to: month(to) }
}

/// The first part that a date states.
pub(super) fn first_part(date: Date) -> u16 {
    date.year.or(date.month.map(u16::from)).or(date.day.map(u16::from)).unwrap_or_default()
}

/// One stretch of two dates: each has what only the other states, as far as its own words leave
/// it open (`January to November 2023`, 12月22日至25日).
pub(super) fn joined(from: Dates, to: Dates) -> Option<Dates> {
    let (mut a, mut b) = (from.from, to.to);
    if b.month.is_none() && b.year.is_none() {
        b.month = a.month;
    }
    if b.year.is_none() {
        b.year = a.year;
    }
    if a.month.is_none() && a.year.is_none() {
        a.month = b.month;
    }
    if a.year.is_none() {
        a.year = b.year;
    }
    let order = |d: Date| (d.year, d.month, d.day);
    let backwards = a.year.is_some() && order(a) > order(b);
    (!backwards).then_some(Dates { from: a, to: b })
}

impl Text<'_> {
    /// A year in digits: four, with no digit behind them.
    pub(super) fn year(&self, at: usize) -> Option<(usize, u16)> {
        let (end, year) = self.short(at, 4)?;
        ((1000..=2999).contains(&year) && end - at >= 4).then_some((end, year))
    }

    /// `10:30`, `10.30 a.m.`, `3 pm`, in minutes after midnight.
    pub(super) fn time(&self, at: usize) -> Option<(usize, u16)> {
        let (mut end, mut hour) = self.short(at, 2)?;
        let mut minute = 0;
        let mut colon = false;
        if let Some(next) = self.any(end, &[':', '：', '.'])
            && let Some((stop, m)) = self
                .short(next, 2)
                .filter(|(stop, m)| *m < 60 && self.before(next, *stop).chars().count() == 2)
        {
            colon = self.any(end, &['.']).is_none();
            (end, minute) = (stop, m);
            // 1:05:30 is a duration or a verse.
            if self.any(end, &[':', '：', '%', '/']).is_some() {
                return None;
            }
        }
        let half = self.space(end).and_then(|gap| {
            let found = |names: &[&str]| names.iter().find_map(|n| self.phrase(gap, n));
            found(&["a.m.", "am"])
                .map(|stop| (stop, 0))
                .or_else(|| found(&["p.m.", "pm"]).map(|stop| (stop, 12)))
        });
        let clock = self
            .space(end)
            .and_then(|gap| self.starts(gap, "o'clock").or_else(|| self.starts(gap, "o’clock")));
        if let Some(stop) = clock.filter(|_| hour < 13) {
            return Some((stop, hour * 60));
        }
        if let Some((stop, add)) = half.filter(|_| (1..=12).contains(&hour)) {
            hour = hour % 12 + add;
            return Some((stop, hour * 60 + minute));
        }
        (colon && hour < 25).then_some((end, hour * 60 + minute))
    }

    /// 2023-12-26, 2023/12/26, 2023.12.26, 2023-12, 26.12.2023.
    pub(super) fn numeric_date(&self, at: usize) -> Option<(usize, Dates)> {
        let closed = |end: usize| {
            !self.next(end).is_some_and(|c| digit(c).is_some() || is_letter(c) || c == '-' || c == '/')
        };
        if let Some((end, year)) = self.year(at) {
            let mark = self.next(end).filter(|c| matches!(c, '-' | '/' | '.'))?;
            let (middle, month) = self.short(end + 1, 2).filter(|(_, m)| *m > 0)?;
            if let Some(next) = self.any(middle, &[mark])
                && let Some((stop, day)) = self.short(next, 2).filter(|(stop, d)| *d > 0 && closed(*stop))
            {
                return Some((stop, whole(date(year, month, day)?)));
            }
            // 2023/24 and 2010-11 are left to the years; 2023-05 can be nothing else.
            let iso = mark == '-' && middle == end + 3 && closed(middle);
            return iso.then(|| Some((middle, whole(date(year, month, 0)?))))?;
        }
        let (end, day) = self.short(at, 2)?;
        let next = self.any(end, &['.'])?;
        let (end, month) = self.short(next, 2)?;
        let (end, year) = self.year(self.any(end, &['.'])?)?;
        closed(end).then(|| Some((end, whole(date(year, month, day)?))))?
    }

    /// Whether a number of four digits is a year where nothing says so: in `of 2023`, not in `2000
    /// people`.
    pub(super) fn is_year(&self, floor: usize, at: usize, end: usize) -> bool {
        let before = self.word_before(floor, at);
        let after = self.space(end).map_or("", |next| self.word(next));
        let named = |words: &[&str], word: &str| words.iter().any(|w| w.eq_ignore_ascii_case(word));
        after.is_empty()
            || named(BEFORE_TIME, before)
            || named(MONTHS, before)
            || named(AFTER_YEAR, after)
            || after.starts_with(char::is_uppercase)
    }

    /// The month that is named here, and whether the name is only that.
    fn month(&self, at: usize) -> Option<(usize, u16, bool)> {
        let word = self.word(at);
        if let Some(n) = MONTHS.iter().position(|m| *m == word) {
            return Some((at + word.len(), n as u16 + 1, !matches!(word, "May" | "March")));
        }
        let n = SHORT_MONTHS.iter().position(|m| *m == word)?;
        let end = at + word.len();
        Some((self.any(end, &['.']).unwrap_or(end), if n == 12 { 9 } else { n as u16 + 1 }, false))
    }

    /// A day of the month in digits: `26`, `26th`.
    fn day(&self, at: usize) -> Option<(usize, u16)> {
        let (end, day) = self.short(at, 2).filter(|(_, d)| (1..=31).contains(d))?;
        let end = self.ordinal_suffix(end).unwrap_or(end);
        (!self.next(end).is_some_and(|c| is_letter(c) || digit(c).is_some())).then_some((end, day))
    }

    /// The place behind the letters of `1st`, `22nd`, `7th`.
    pub(super) fn ordinal_suffix(&self, at: usize) -> Option<usize> {
        ["st", "nd", "rd", "th"].iter().find_map(|s| self.phrase(at, s))
    }

    /// A year behind a month or a quarter: ` 2023`, `, 2023`, ` of 2023`.
    fn year_behind(&self, at: usize) -> Option<(usize, u16)> {
        let at = self.any(at, &[',']).unwrap_or(at);
        let mut next = self.space(at).filter(|next| *next > at)?;
        if let Some(of) = self.phrase(next, "of").or_else(|| self.phrase(next, "in")) {
            next = self.space(of)?;
        }
        self.year(next).filter(|(end, _)| {
            !self
                .next(*end)
                .is_some_and(|c| is_letter(c) || matches!(c, ',' | '.') && self.has_digit(*end + 1))
        })
    }

    /// A date in English words that begins here with its day or its month.
    pub(super) fn english_date(&self, floor: usize, at: usize) -> Option<(usize, Dates)> {
        if let Some((end, day)) = self.day(at) {
            let gap = self.space(end)?;
            let gap = self.phrase(gap, "of").and_then(|of| self.space(of)).unwrap_or(gap);
            let (end, month, _) = self.month(gap)?;
            let (end, year) = self.year_behind(end).unwrap_or((end, 0));
            return Some((end, whole(date(year, month, day)?)));
        }
        let (end, month, sure) = self.month(at)?;
        let day = self.space(end).and_then(|gap| self.day(gap)).filter(|(_, _)| self.space(end) > Some(end));
        // `March 4,248 trains` has no day.
        let day = day.filter(|(stop, _)| !(self.any(*stop, &[',', '.']).is_some_and(|n| self.has_digit(n))));
        if let Some((stop, day)) = day
            && !matches!(self.next(stop), Some('%' | '％'))
            && self.space(stop).is_none_or(|next| self.sure_day(next))
        {
            let mut stop = stop;
            // `December 22–25, 2023`.
            let mut last = day;
            if let Some(dash) = self.any(stop, &['-', '–'])
                && let Some((end, other)) = self.day(dash).filter(|(_, other)| *other > day)
            {
                (stop, last) = (end, other);
            }
            let (stop, year) = self.year_behind(stop).unwrap_or((stop, 0));
            return Some((stop, Dates { from: date(year, month, day)?, to: date(year, month, last)? }));
        }
        if let Some((stop, year)) = self.year_behind(end) {
            return Some((stop, whole(date(year, month, 0)?)));
        }
        let before = self.word_before(floor, at);
        let known = sure || BEFORE_MONTH.iter().any(|w| w.eq_ignore_ascii_case(before));
        let range = self
            .space(end)
            .and_then(|next| self.phrase(next, "to"))
            .and_then(|next| self.month(self.space(next)?));
        (known || range.is_some()).then(|| Some((end, whole(date(0, month, 0)?))))?
    }

    /// The date of `22` in `22 and 25 December 2023`: the second states the rest of the first.
    pub(super) fn day_of_two(&self, num: &Num) -> Option<Date> {
        let day = num.small().filter(|d| self.english && num.plain.is_some() && (1..=31).contains(d))?;
        let and = self.space(num.end).and_then(|gap| self.phrase(gap, "and"))?;
        let (_, dates) = self.english_date(num.end, self.space(and)?)?;
        let second = dates.from;
        second.day.filter(|d| u16::from(*d) > day)?;
        date(second.year.unwrap_or(0), second.month?.into(), day)
    }

    /// Whether what follows a number after a month leaves it a day: not `in March 30 trains`.
    fn sure_day(&self, next: usize) -> bool {
        let word = self.word(next);
        word.is_empty()
            || AFTER_YEAR.iter().any(|w| w.eq_ignore_ascii_case(word))
            || word.starts_with(char::is_uppercase)
    }

    /// `the first three quarters of 2023`, `the first half of the year`, `the first 11 months`, `Q1`.
    pub(super) fn english_period(&self, at: usize) -> Option<(usize, Dates)> {
        if let Some(end) = self.any(at, &['Q'])
            && let Some((end, n)) = self.short(end, 1).filter(|(_, n)| (1..=4).contains(n))
            && !self.next(end).is_some_and(is_letter)
        {
            return Some(self.with_year(end, (n * 3 - 2) as u8, (n * 3) as u8));
        }
        let word = self.word(at);
        let (end, place) = match ordinal(word) {
            Some(n) => (at + word.len(), n),
            None => {
                let (end, n) = self.short(at, 1)?;
                (self.ordinal_suffix(end)?, i128::from(n))
            }
        };
        let place = u8::try_from(place).ok().filter(|n| (1..=4).contains(n))?;
        let next = self.gap(end)?;
        if let Some(end) = self.phrase(next, "quarter") {
            return Some(self.with_year(end, place * 3 - 2, place * 3));
        }
        if place < 3
            && let Some(half) = self.phrase(next, "half")
        {
            let of = self
                .gap(half)
                .and_then(|n| self.phrase(n, "of"))
                .and_then(|n| self.gap(n).or_else(|| self.space(n)))?;
            let known = self.year(of).is_some()
                || ["the year", "this year", "last year"].iter().any(|y| self.phrase(of, y).is_some());
            return known.then(|| self.with_year(half, place * 6 - 5, place * 6));
        }
        if place != 1 {
            return None;
        }
        let word = self.word(next);
        let spelled = || Some((next + word.len(), u16::try_from(cardinal(word)?).ok()?));
        let (end, count) = self.short(next, 2).or_else(spelled)?;
        let count = u8::try_from(count).ok().filter(|n| (2..=12).contains(n))?;
        let unit = self.gap(end)?;
        if let Some(end) = self.phrase(unit, "quarters").filter(|_| count < 5) {
            return Some(self.with_year(end, 1, count * 3));
        }
        self.phrase(unit, "months").map(|end| self.with_year(end, 1, count))
    }

    fn with_year(&self, end: usize, from: u8, to: u8) -> (usize, Dates) {
        let (end, year) = self.year_behind(end).map_or((end, None), |(end, year)| (end, Some(year)));
        (end, months(year, from, to))
    }
}
