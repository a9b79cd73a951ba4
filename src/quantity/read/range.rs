//! Ranges: two numbers that stand for all between them.
//!
//! Owns what joins them and what one end takes from the other.

use super::amount::Found;
use super::dates::{date, first_part, joined, whole};
use super::text::Text;
use crate::quantity::{Dates, Exact, Unit};

/// What joins the ends.
#[derive(Clone, Copy, PartialEq)]
enum Joint {
    /// `to`, a dash, 至.
    Range,
    /// `two or three`: only of neighbours.
    Or,
    /// `between three and five`.
    Between,
}

impl Text<'_> {
    /// What stands here, with the upper end of a range.
    pub(super) fn ranged(&self, floor: usize, at: usize) -> Option<Found> {
        let first = self.single(floor, at)?;
        let Some((start, joint)) = self.joint(floor, at, first.end) else { return self.settled(first) };
        let second = self.single(start, start);
        match second.and_then(|second| self.join(&first, &second, joint)) {
            Some(both) => Some(both),
            None => self.settled(first),
        }
    }

    /// A number alone: words that count nothing are no number.
    fn settled(&self, found: Found) -> Option<Found> {
        (!found.needs).then_some(found)
    }

    fn joint(&self, floor: usize, at: usize, end: usize) -> Option<(usize, Joint)> {
        if let Some(dash) = self.any(end, &['-', '–', '—', '－', '~', '～', '〜']) {
            let doubled = self.any(dash, &['-', '–', '—', '－']).is_some();
            return (!doubled).then_some((dash, Joint::Range));
        }
        if self.han
            && let Some(next) = self.any(end, &['至', '到'])
        {
            return Some((next, Joint::Range));
        }
        let gap = self.space(end).filter(|gap| *gap > end)?;
        let spaced = |mark: usize| self.space(mark).filter(|next| *next > mark);
        if let Some(dash) = self.any(gap, &['–', '—', '~']) {
            return Some((spaced(dash)?, Joint::Range));
        }
        if !self.english {
            return None;
        }
        if let Some(to) = self.phrase(gap, "to").or_else(|| self.phrase(gap, "through")) {
            return Some((spaced(to)?, Joint::Range));
        }
        if let Some(or) = self.phrase(gap, "or") {
            return Some((spaced(or)?, Joint::Or));
        }
        let between = self.word_before(floor, at).eq_ignore_ascii_case("between");
        let and = self.phrase(gap, "and").filter(|_| between)?;
        Some((spaced(and)?, Joint::Between))
    }

    fn join(&self, a: &Found, b: &Found, joint: Joint) -> Option<Found> {
        if a.to.is_some() && !matches!(a.unit, Unit::Date(_))
            || b.to.is_some() && !matches!(b.unit, Unit::Date(_))
        {
            return None;
        }
        if let Some(dates) = self.join_dates(a, b) {
            let (from, to) = (first_part(dates.from), first_part(dates.to));
            let whole = |n: u16| Exact::whole(n.into());
            return Some(Found {
                unit: Unit::Date(dates),
                value: whole(from),
                to: Some(whole(to)),
                weak: false,
                needs: false,
                ..*b
            });
        }
        let dated = |unit: Unit| matches!(unit, Unit::Date(_));
        if dated(a.unit) || dated(b.unit) {
            return None;
        }
        let (mut value, mut to, unit) = match (a.open, b.open) {
            // 3 to 5 days.
            (true, false) if !matches!(b.unit, Unit::Ordinal | Unit::Time) => {
                (a.raw.times(b.factor)?, b.value, b.unit)
            }
            // 百分之三至五, $3–5 million, 第3至5.
            (false, true) if a.before || a.unit == Unit::Ordinal => (a.value, b.raw.times(a.factor)?, a.unit),
            _ if a.unit == b.unit => (a.value, b.value, a.unit),
            _ => return None,
        };
        // 3 to 5 million: the scale is of both.
        let one = Exact::whole(1);
        let coefficient = b.raw.over(b.scale)?;
        if a.scale == one && b.scale != one && a.raw.below(coefficient) && (a.open || a.before) {
            value = value.times(b.scale)?;
        }
        if joint == Joint::Or && a.raw.plus(one) != Some(b.raw) {
            return None;
        }
        if to.below(value) && unit != Unit::Time {
            return None;
        }
        if value == to {
            to = value;
        }
        let weak = a.weak && b.weak;
        let needs = a.needs && b.needs && b.open;
        let bound = b.bound.or(a.bound);
        Some(Found { value, to: Some(to), unit, weak, needs, bound, ..*b })
    }

    /// Two dates, or a number and a date that it is a part of: 1至11月, `22–25 December`, `2021–25`.
    fn join_dates(&self, a: &Found, b: &Found) -> Option<Dates> {
        let small = |f: &Found| f.raw.to_integer().and_then(|n| u16::try_from(n).ok()).filter(|_| f.open);
        match (a.unit, b.unit) {
            (Unit::Date(from), Unit::Date(to)) => joined(from, to),
            (_, Unit::Date(to)) => {
                let n = small(a)?;
                let from = match (to.from.month, to.from.day, to.from.year) {
                    (_, Some(_), _) => date(0, 0, n)?,
                    (Some(_), ..) => date(0, n, 0)?,
                    (.., Some(_)) if n >= 1000 => date(n, 0, 0)?,
                    _ => return None,
                };
                joined(whole(from), to)
            }
            (Unit::Date(from), _) if from.from.day.is_some() => joined(from, whole(date(0, 0, small(b)?)?)),
            (Unit::Date(from), _) => {
                let year = from.from.year.filter(|_| from.from.month.is_none())?;
                let n = small(b).filter(|n| *n > year % 100 && *n < 100)?;
                joined(from, whole(date(year / 100 * 100 + n, 0, 0)?))
            }
            _ => None,
        }
    }

    /// Whether digits go on behind a mark, so that what stands here is a part of a name: 7+13, 1+N.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        self.any(at, &['+', '＋', '/', '_', '×', ':', '：']).is_some_and(|next| {
            self.has_digit(next) || self.next(next).is_some_and(|c| c.is_ascii_uppercase())
        })
    }
}
