//! One number with what it counts: its unit, its money, its place in a row, its date.
//!
//! Owns the order in which the readings of a place are tried.

use super::dates::{date, first_part, whole};
use super::number::{Kind, Num};
use super::text::{Text, digit, is_letter};
use crate::quantity::{Bound, Date, Dates, Exact, Unit};

/// A number with its unit, before ranges and bounds.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) end: usize,
    pub(super) value: Exact,
    pub(super) to: Option<Exact>,
    pub(super) unit: Unit,
    pub(super) bound: Option<Bound>,
    pub(super) weak: bool,
    /// The value before its unit was converted.
    pub(super) raw: Exact,
    /// What the unit is in its base.
    pub(super) factor: Exact,
    /// What the last coefficient is multiplied by.
    pub(super) scale: Exact,
    /// Whether no unit and no measure word is written.
    pub(super) open: bool,
    /// Whether the unit stands before the number.
    pub(super) before: bool,
    /// Whether it needs a unit to be a number at all: a Han numeral of one character.
    pub(super) needs: bool,
}

impl Found {
    pub(super) fn new(end: usize, value: Exact, unit: Unit) -> Self {
        let one = Exact::whole(1);
        Self {
            end,
            value,
            to: None,
            unit,
            bound: None,
            weak: false,
            raw: value,
            factor: one,
            scale: one,
            open: false,
            before: false,
            needs: false,
        }
    }

    pub(super) fn dates((end, dates): (usize, Dates)) -> Self {
        let value = |date: Date| Exact::whole(first_part(date).into());
        let to = (dates.from != dates.to).then(|| value(dates.to));
        Self { to, ..Self::new(end, value(dates.from), Unit::Date(dates)) }
    }

    pub(super) fn time((end, minutes): (usize, u16)) -> Self {
        Self::new(end, Exact::whole(minutes.into()), Unit::Time)
    }
}

impl Text<'_> {
    /// The number that begins here, in any of its forms.
    pub(super) fn single(&self, floor: usize, at: usize) -> Option<Found> {
        let c = self.next(at)?;
        if let Some((unit, start)) = self.money_before(at)
            && let Some(num) = self.number(start).filter(|n| n.kind == Kind::Cardinal)
        {
            return self.money(num, unit);
        }
        if digit(c).is_some() {
            return self.in_digits(floor, at);
        }
        if is_letter(c) {
            return if self.english && !self.previous(at).is_some_and(|p| is_letter(p) || digit(p).is_some()) {
                self.in_english(floor, at)
            } else {
                None
            };
        }
        match c {
            '-' | '−' | '－' if !self.previous(at).is_some_and(|p| p.is_alphanumeric() || p == ')') => {
                let start = at + c.len_utf8();
                if !self.has_digit(start) {
                    return None;
                }
                self.negative(self.in_digits(floor, start)?)
            }
            '#' | '№' => {
                let num = self.number(at + c.len_utf8()).filter(|num| num.plain.is_some())?;
                Some(Found::new(num.end, num.value, Unit::Ordinal))
            }
            _ if self.han || matches!(c, '오') => self.in_han(at, c),
            _ => self.amount(self.number(at)?),
        }
    }

    pub(super) fn negative(&self, found: Found) -> Option<Found> {
        let minus = |v: Exact| v.times(Exact::whole(-1));
        let measured =
            !matches!(found.unit, Unit::Date(_) | Unit::Time | Unit::Ordinal) && found.to.is_none();
        measured.then(|| Some(Found { value: minus(found.value)?, raw: minus(found.raw)?, ..found }))?
    }

    fn in_digits(&self, floor: usize, at: usize) -> Option<Found> {
        if let Some(date) = self.numeric_date(at) {
            return Some(Found::dates(date));
        }
        if let Some(time) = self.time(at).or_else(|| self.han_time(at)) {
            return Some(Found::time(time));
        }
        if let Some(date) = self.han_date(at).or_else(|| self.han_period(at, None).filter(|_| self.han)) {
            return Some(Found::dates(date));
        }
        if self.english
            && let Some(date) = self.english_period(at).or_else(|| self.english_date(floor, at))
        {
            return Some(Found::dates(date));
        }
        let num = self.number(at)?;
        if let Some(day) = self.day_of_two(&num) {
            return Some(Found::dates((num.end, whole(day))));
        }
        if let Some(slash) = self.any(num.end, &['/']).filter(|_| num.plain.is_some()) {
            return self.slashed(&num, slash);
        }
        if self.goes_on(num.end) {
            return None;
        }
        let year = num.small().filter(|n| num.plain == Some(4) && (1000..=2999).contains(n));
        if let Some(end) = self.ordinal_suffix(num.end).filter(|_| self.english) {
            return Some(Found::new(end, num.value, Unit::Ordinal));
        }
        if let Some(end) = self.phrase(num.end, "s").filter(|_| self.english) {
            // The 1990s.
            return Some(Found::dates((end, whole(date(year?, 0, 0)?))));
        }
        let found = self.amount(num)?;
        let bare = found.open
            && (1900..=2100).contains(&year.unwrap_or(0))
            && (self.bound_before(floor, at).is_none()
                || self.space(found.end).is_some_and(|n| self.next(n).is_none_or(|c| !c.is_alphanumeric())));
        let is_year = bare && if self.english { self.is_year(floor, at, found.end) } else { self.han };
        match year {
            Some(year) if is_year => Some(Found {
                raw: found.raw,
                open: true,
                ..Found::dates((found.end, whole(date(year, 0, 0)?)))
            }),
            _ => Some(found),
        }
    }

    /// A fraction in digits; 24/7 is none.
    fn slashed(&self, num: &Num, slash: usize) -> Option<Found> {
        let bottom = self.digits(slash)?;
        let value = num.value.over(bottom.value?)?;
        let fits = bottom.plain.is_some() && num.value.below(bottom.value?) && !self.goes_on(bottom.end);
        let closed = !self.next(bottom.end).is_some_and(is_letter);
        (fits && closed).then(|| Found::new(bottom.end, value, Unit::Fraction))
    }

    /// A number with what follows it.
    pub(super) fn amount(&self, mut num: Num) -> Option<Found> {
        if num.kind == Kind::Ordinal {
            let weak = num.value.below(Exact::whole(3));
            return Some(Found { weak, ..Found::new(num.end, num.value, Unit::Ordinal) });
        }
        self.more(&mut num);
        if let Some(found) = self.han_unit(&num) {
            return Some(found);
        }
        let one = num.words && num.value == Exact::whole(1);
        let ten =
            num.words && num.scale == Exact::whole(1) && num.value.to_integer().is_some_and(|n| n <= 10);
        let bound = num.over.then_some(Bound::Over);
        if let Some((unit, factor, end)) = self.unit(num.end) {
            let found = Found::new(end, num.value.times(factor)?, unit);
            let to = match num.to {
                Some(to) => Some(to.times(factor)?),
                None => None,
            };
            let (end, half) = self.and_a_half(end);
            let value = if half { found.value.plus(factor.times(Exact::new(1, 2)?)?)? } else { found.value };
            let more = self.more_behind(end);
            let bound = more.map(|_| Bound::Over).or(bound);
            // A plan of five years is named for them.
            let named = self.gap(end).is_some_and(|n| self.phrase(n, "plan").is_some()) && num.words;
            return Some(Found {
                end: more.unwrap_or(end),
                value,
                to,
                bound,
                weak: one || named,
                raw: num.value,
                factor,
                scale: num.scale,
                ..found
            });
        }
        if self.next(num.end).is_some_and(|c| is_letter(c) || c == '_') && !num.words {
            return None;
        }
        let unit = if num.kind == Kind::Fraction { Unit::Fraction } else { Unit::Count };
        let classifier = self.classifier(num.end).filter(|_| self.han && unit == Unit::Count);
        let han = num.words && !self.english;
        let idiom = han && one && self.is_idiom(num.end);
        let needs = han && unit == Unit::Count && (ten && classifier.is_none() || idiom) && num.to.is_none();
        // 零部件: nothing is counted.
        if han && num.value == Exact::whole(0) {
            return None;
        }
        // A half is idiom, and three quarters may be of a year.
        let half = num.value == Exact::new(1, 2)?
            || num.value == Exact::new(3, 4)?
                && self.space(num.end).and_then(|n| self.phrase(n, "of")).is_none();
        let weak = match unit {
            Unit::Fraction => num.words && half,
            _ if han => {
                num.to.is_none() && !Exact::whole(2).below(num.value)
                    || ten && self.is_loose(num.end)
                    || classifier.is_none() && num.value.below(Exact::whole(100))
            }
            _ => ten,
        };
        let found = Found::new(classifier.unwrap_or(num.end), num.value, unit);
        Some(Found { to: num.to, bound, weak, scale: num.scale, open: classifier.is_none(), needs, ..found })
    }

    /// `an hour and a half`, 一年半, 两个月半.
    pub(super) fn and_a_half(&self, end: usize) -> (usize, bool) {
        let english = self.gap(end).and_then(|gap| self.phrase(gap, "and a half")).filter(|_| self.english);
        let han = self.any(end, &['半']).filter(|_| self.han);
        english.or(han).map_or((end, false), |end| (end, true))
    }

    /// An amount of money whose currency stands first.
    fn money(&self, mut num: Num, unit: Unit) -> Option<Found> {
        self.more(&mut num);
        let mut value = num.value;
        let mut scale = num.scale;
        let mut end = num.end;
        if let Some((short, power)) = [("m", 1_000_000), ("k", 1_000), ("b", 1_000_000_000)]
            .iter()
            .find_map(|(w, p)| Some((self.phrase(end, w)?, *p)))
        {
            (end, value, scale) =
                (short, value.times(Exact::whole(power))?, scale.times(Exact::whole(power))?);
        }
        // 人民币5亿元, US$5 dollars: said twice.
        if let Some((.., stop)) = self.unit(end).filter(|(again, ..)| matches!(again, Unit::Money(_))) {
            end = stop;
        }
        let bound = num.over.then_some(Bound::Over);
        Some(Found { bound, raw: value, scale, before: true, open: false, ..Found::new(end, value, unit) })
    }

    /// 多 or 余 behind a unit: 两年多, 九成多.
    pub(super) fn more_behind(&self, at: usize) -> Option<usize> {
        let end = self.any(at, &['多', '余', '餘']).filter(|_| self.han)?;
        self.first_of(end, &["种", "種", "项", "項", "个", "個", "次", "样", "樣"]).is_none().then_some(end)
    }

    /// 多, 余 behind a number, unless they begin a word.
    pub(super) fn more(&self, num: &mut Num) {
        let word = [
            "样", "樣", "元化", "边", "邊", "方", "式", "年来", "数", "數", "于", "於", "达", "達", "自",
            "额", "量",
        ];
        if let Some(end) = self
            .any(num.end, &['多', '余', '餘'])
            .filter(|end| self.han && self.first_of(*end, &word).is_none())
        {
            num.end = end;
            num.over = true;
            num.plain = None;
        }
    }
}
