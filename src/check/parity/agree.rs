//! When two numbers say the same.
//!
//! Owns what languages leave unsaid (a unit, a year, half of the day) or say in another way (three
//! tenths, 30 %, 三成), and how like two numbers are that differ.

use super::pair::Pair;
use crate::base::Decimal;
use crate::quantity::{Date, Exact, Reading, Slip, Unit};

/// How exactly two numbers must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// Value and unit.
    Strict,
    /// The value, in whatever way it is put.
    Lenient,
}

/// Whether two numbers, each with its block, say the same.
pub(super) fn agree(pair: &Pair<'_>, from: (usize, &Reading), to: (usize, &Reading), care: Care) -> bool {
    let (a, b) = (from.1, to.1);
    if a.to != b.to {
        return false;
    }
    if a.unit == b.unit && a.value == b.value {
        return true;
    }
    if care == Care::Strict {
        return false;
    }
    match (a.unit, b.unit) {
        (Unit::Date(_), Unit::Date(_)) => knows(a, b) || knows(b, a),
        (Unit::Time, Unit::Time) => half_day(a.value) == half_day(b.value),
        (Unit::Times, Unit::Times) => {
            // 增长了两倍 is three times as much.
            let more = |value: Exact| value.plus(Exact::whole(1));
            (grows(pair.from.words(from.0, 0..a.range.start)) && more(a.value) == Some(b.value))
                || (grows(pair.to.words(to.0, 0..b.range.start)) && more(b.value) == Some(a.value))
        }
        (Unit::Percent, Unit::Fraction | Unit::Times) => part_of(a.value, b.value),
        (Unit::Fraction | Unit::Times, Unit::Percent) => part_of(b.value, a.value),
        (Unit::Fraction, Unit::Times) | (Unit::Times, Unit::Fraction) => a.value == b.value,
        // Where one language names a unit, the other may say nothing of it: `19时` is 19:00, `94` may
        // be 94公里 in `from 94 to 61 kilometres`.
        (Unit::Count | Unit::Ordinal, other) => {
            let words = pair.to.words(to.0, b.range.clone());
            a.value == b.value || unsaid(a.value, other, b.value) || written(words) == Some(a.value)
        }
        (other, Unit::Count | Unit::Ordinal) => {
            let words = pair.from.words(from.0, a.range.clone());
            a.value == b.value || unsaid(b.value, other, a.value) || written(words) == Some(b.value)
        }
        _ => false,
    }
}

/// Whether a plain number says a time, or a length of time, whose unit goes without saying.
fn unsaid(plain: Exact, unit: Unit, value: Exact) -> bool {
    let times = |n: i128| plain.times(Exact::whole(n));
    match unit {
        Unit::Time => times(60).and_then(half_day) == half_day(value),
        Unit::Measure("month") => times(12) == Some(value),
        Unit::Measure("minute") => [60, 24 * 60, 7 * 24 * 60].into_iter().any(|n| times(n) == Some(value)),
        _ => false,
    }
}

/// The one number that stands in digits in these words, whatever follows it.
fn written(words: &str) -> Option<Exact> {
    let from = words.find(|c: char| c.is_ascii_digit())?;
    let rest = words.get(from..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let digits = rest.get(..end)?.trim_end_matches(['.', ',']).replace(',', "");
    let behind = rest.get(end..)?.trim_start();
    let scaled = SCALES.iter().any(|scale| behind.starts_with(scale));
    Decimal::parse(&digits).ok().filter(|_| !scaled).as_ref().and_then(Exact::of)
}

/// Words that make a number in digits another.
const SCALES: &[&str] = &[
    "thousand", "million", "billion", "trillion", "hundred", "dozen", "十", "百", "千", "万", "萬", "亿",
    "億", "兆",
];

/// Whether a number is small, or a bare magnitude, and in words. One language likes to say how many there are where the
/// other lists them, so that such a number is only missed where another stands in its place.
pub(super) fn is_casual(reading: &Reading, words: &str) -> bool {
    let in_words = !words.contains(|c: char| matches!(c, '0'..='9' | '\u{FF10}'..='\u{FF19}'));
    let plain = reading.value.to_string();
    let small = plain.parse::<f64>().is_ok_and(|value| value <= 12.0);
    // A hundred, 百万元: a magnitude more than a number.
    let round = plain.strip_prefix('1').is_some_and(|zeros| zeros.bytes().all(|b| b == b'0'));
    let casual = match reading.unit {
        Unit::Date(_) => false,
        Unit::Fraction | Unit::Time => true,
        _ => small || round,
    };
    in_words && casual
}

/// Whether so many per cent are that part of a whole, or that many times as much.
fn part_of(per_cent: Exact, part: Exact) -> bool {
    let share = per_cent.over(Exact::whole(100));
    share == Some(part) || share.and_then(|share| share.plus(Exact::whole(1))) == Some(part)
}

fn half_day(minutes: Exact) -> Option<i128> {
    minutes.to_string().parse::<i128>().ok().map(|minutes| minutes.rem_euclid(720))
}

/// Whether the words before a number say that something grew by it.
fn grows(before: &str) -> bool {
    let near: String = before.chars().rev().take(5).collect();
    near.chars().any(|c| matches!(c, '增' | '涨' | '升' | '翻'))
        || (near.contains('了') && near.chars().any(|c| matches!(c, '大' | '高' | '多' | '长')))
}

/// Whether one date says all that another says, but for the years and months that the other
/// states beside its finest part and this one may take for granted.
pub(super) fn knows(one: &Reading, other: &Reading) -> bool {
    let (Unit::Date(one), Unit::Date(other)) = (one.unit, other.unit) else { return false };
    let ends = [one.from, one.to];
    if other.from == other.to {
        ends.iter().any(|end| covers(*end, other.from))
    } else {
        covers(one.from, other.from) && covers(one.to, other.to)
    }
}

/// The years that a date names.
pub(super) fn years(reading: &Reading) -> Vec<u16> {
    match reading.unit {
        Unit::Date(dates) => [dates.from.year, dates.to.year].into_iter().flatten().collect(),
        _ => Vec::new(),
    }
}

fn covers(one: Date, other: Date) -> bool {
    fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
        one.is_none() || other.is_none() || one == other
    }
    let finest = match other {
        Date { day: Some(_), .. } => one.day == other.day,
        Date { month: Some(_), .. } => one.month == other.month,
        _ => one.year == other.year,
    };
    finest && same(one.year, other.year) && same(one.month, other.month) && same(one.day, other.day)
}

/// How like two numbers are that do not agree; `None` if nobody would take one for the other.
pub(super) fn likeness(a: &Reading, b: &Reading) -> Option<i64> {
    let slip = Slip::of(a.value, b.value).is_some();
    let same = i64::from(a.unit == b.unit);
    match (a.unit, b.unit) {
        (Unit::Date(_), Unit::Date(_)) => Some(2),
        (Unit::Date(_), Unit::Count | Unit::Ordinal) | (Unit::Count | Unit::Ordinal, Unit::Date(_)) => {
            Some(0)
        }
        (Unit::Date(_), _) | (_, Unit::Date(_)) => None,
        (Unit::Time, Unit::Time) => Some(3),
        (Unit::Time, _) | (_, Unit::Time) => None,
        _ => Some(1 + 4 * i64::from(slip) + 2 * same + i64::from(a.value == b.value)),
    }
}
