//! What Chinese and Japanese say around their numbers: 第七, 百分之三, 三分之一, 三成五, 翻一番, 半年.
//!
//! Owns these phrases. Dates have a file of their own.

use super::amount::Found;
use super::dates::{date, whole};
use super::number::Num;
use super::text::{Text, digit};
use crate::quantity::{Bound, Exact, Unit};

/// What follows 成 where it begins a word.
const CHENG: &[char] = &[
    '立', '功', '为', '為', '员', '員', '都', '熟', '长', '長', '果', '交', '就', '不', '绩', '績', '本',
    '效', '型', '品',
];

impl Text<'_> {
    /// A number that begins here with a Han character.
    pub(super) fn in_han(&self, at: usize, c: char) -> Option<Found> {
        if let Some(time) = self.is_half_day(at).then(|| self.han_time(at)).flatten() {
            return Some(Found::time(time));
        }
        match c {
            '第' | '前' | '头' | '頭' | '首' | '上' | '下' => {
                if let Some(date) = self.han_period(at, None) {
                    return Some(Found::dates(date));
                }
                if c != '第' {
                    return None;
                }
                let num = self.number(at + c.len_utf8()).filter(|n| n.to.is_none())?;
                let end = self.classifier(num.end).unwrap_or(num.end);
                let weak = num.words && num.value.below(Exact::whole(3));
                Some(Found { weak, ..Found::new(end, num.value, Unit::Ordinal) })
            }
            '负' | '負' | '零' if self.is_minus(at, c) => {
                let start = at + if c == '零' { "零下".len() } else { c.len_utf8() };
                self.negative(self.amount(self.number(start)?)?)
            }
            '百' | '千' | '万' | '萬' => self.per(at).or_else(|| self.han_cardinal(at)),
            '翻' => self.doubled(at + c.len_utf8()),
            '半' | '过' | '過' | '一' if self.half(at).is_some() => self.half(at),
            '十' if self.five_year_plan(at).is_some() => self.five_year_plan(at),
            _ => self.han_cardinal(at),
        }
    }

    fn is_minus(&self, at: usize, c: char) -> bool {
        let start = at + c.len_utf8();
        if c == '零' {
            self.starts(start, "下").is_some_and(|n| self.is_numeral(n))
        } else {
            self.next(start).and_then(digit).is_some()
        }
    }

    fn han_cardinal(&self, at: usize) -> Option<Found> {
        if !self.is_numeral(at) {
            return self.amount(self.number(at)?);
        }
        if let Some(time) = self.han_time(at) {
            return Some(Found::time(time));
        }
        if let Some(date) = self.han_period(at, None).or_else(|| self.han_date(at)) {
            return Some(Found::dates(date));
        }
        self.amount(self.number(at)?)
    }

    /// 百分之三点五, 千分之五, 万分之一.
    fn per(&self, at: usize) -> Option<Found> {
        let (start, top, bottom, unit) = [
            ("百分之", 1, 1, Unit::Percent),
            ("千分之", 1, 10, Unit::Percent),
            ("万分之", 1, 10_000, Unit::Fraction),
            ("萬分之", 1, 10_000, Unit::Fraction),
        ]
        .into_iter()
        .find_map(|(name, top, bottom, unit)| Some((self.starts(at, name)?, top, bottom, unit)))?;
        let factor = Exact::new(top, bottom)?;
        if let Some(end) = self.starts(start, "百") {
            return Some(Found { before: true, ..Found::new(end, factor.times(Exact::whole(100))?, unit) });
        }
        let mut num = self.number(start)?;
        self.more(&mut num);
        let to = match num.to {
            Some(to) => Some(to.times(factor)?),
            None => None,
        };
        let bound = num.over.then_some(Bound::Over);
        Some(Found {
            to,
            bound,
            raw: num.value,
            factor,
            before: true,
            ..Found::new(num.end, num.value.times(factor)?, unit)
        })
    }

    /// 翻一番, 翻了两番, 翻番, 翻倍.
    fn doubled(&self, at: usize) -> Option<Found> {
        let start = self.any(at, &['了']).unwrap_or(at);
        if let Some(end) = self.any(start, &['番', '倍']) {
            return Some(Found::new(end, Exact::whole(2), Unit::Times));
        }
        let num = self.number(start)?;
        let end = self.any(num.end, &['番'])?;
        let power = num.small().filter(|n| *n < 64)?;
        Some(Found::new(end, Exact::whole(1_i128 << power), Unit::Times))
    }

    /// 一半, 半数, 过半, 半年, 半个小时.
    fn half(&self, at: usize) -> Option<Found> {
        let half = Exact::new(1, 2)?;
        if let Some(end) = self.first_of(at, &["一半", "半数", "半數", "过半", "過半"]) {
            let over = self.any(at, &['过', '過']).map(|_| Bound::Over);
            let end = self.any(end, &['数', '數']).unwrap_or(end);
            return Some(Found { weak: true, bound: over, ..Found::new(end, half, Unit::Fraction) });
        }
        let start = self.any(at, &['半'])?;
        // 上半年 and its like are seen before; 大半天 is vague.
        if self
            .previous(at)
            .is_some_and(|c| matches!(c, '上' | '下' | '前' | '后' | '後' | '大' | '小' | '多'))
        {
            return None;
        }
        let (unit, factor, end) = self
            .unit(start)
            .filter(|(unit, ..)| matches!(unit, Unit::Measure("minute" | "month" | "kg" | "mu" | "m")))?;
        Some(Found::new(end, half.times(factor)?, unit))
    }

    /// “十四五”规划: the 14th plan of five years.
    fn five_year_plan(&self, at: usize) -> Option<Found> {
        const DIGITS: [char; 6] = ['一', '二', '三', '四', '五', '六'];
        let start = self.any(at, &['十'])?;
        let place = DIGITS.iter().position(|c| self.next(start) == Some(*c))?;
        let end = self.any(self.any(start, &DIGITS)?, &['五'])?;
        let behind = [
            "规划", "規劃", "时期", "時期", "期间", "期間", "计划", "計劃", "”", "」", "』", "\"", "以来",
            "末", "开局",
        ];
        self.first_of(end, &behind)?;
        let value = Exact::whole(i128::try_from(place).ok()? + 11);
        Some(Found { weak: true, ..Found::new(end, value, Unit::Ordinal) })
    }

    /// What Han characters behind a number make of it: 三分之一, 三成五, 一号, 21世纪, 两个半小时.
    pub(super) fn han_unit(&self, num: &Num) -> Option<Found> {
        if !self.han {
            return None;
        }
        let end = num.end;
        if let Some(start) = self.starts(end, "分之") {
            let top = self.number(start)?;
            return Some(Found::new(top.end, top.value.over(num.value)?, Unit::Fraction));
        }
        if let Some(start) = self.any(end, &['又']) {
            let bottom = self.number(start)?;
            let top = self.number(self.starts(bottom.end, "分之")?)?;
            return Some(Found::new(top.end, top.value.over(bottom.value)?.plus(num.value)?, Unit::Fraction));
        }
        let tenth = |c: &[char]| {
            self.any(end, c).filter(|e| self.any(*e, CHENG).is_none() && !Exact::whole(10).below(num.value))
        };
        if let Some(start) = tenth(&['成']).or_else(|| tenth(&['割']).filter(|_| self.japanese)) {
            return self.tenths(num, start);
        }
        if let Some(stop) = self.any(end, &['号', '號']).filter(|_| num.small().is_some()) {
            return Some(Found::new(stop, num.value, Unit::Ordinal));
        }
        if let Some(stop) = self.first_of(end, &["世纪", "世紀"]) {
            let century = num.small().filter(|n| (1..=30).contains(n))?;
            if let Some(decade) = self.number(stop).filter(|n| n.small().is_some_and(|d| d < 100))
                && let Some(stop) = self.starts(decade.end, "年代")
            {
                return Some(Found::dates((stop, whole(date((century - 1) * 100 + decade.small()?, 0, 0)?))));
            }
            return Some(Found::new(stop, num.value, Unit::Ordinal));
        }
        // 两个半小时, 3个多月.
        let half = self.first_of(end, &["个半", "個半"]);
        if let Some(start) = half.or_else(|| self.first_of(end, &["个多", "個多"])) {
            let raw = if half.is_some() { num.value.plus(Exact::new(1, 2)?)? } else { num.value };
            let bound = half.is_none().then_some(Bound::Over);
            let month = self.any(start, &['月']).map(|end| (Unit::Measure("month"), Exact::whole(1), end));
            let (unit, factor, stop) = month.or_else(|| self.unit(start))?;
            return Some(Found { raw, factor, bound, ..Found::new(stop, raw.times(factor)?, unit) });
        }
        None
    }

    /// 三成五 is 35 per cent.
    fn tenths(&self, num: &Num, start: usize) -> Option<Found> {
        let ten = Exact::whole(10);
        let (mut value, mut end) = (num.value.times(ten)?, start);
        let five = self.next(start).filter(|_| self.is_numeral(start)).and_then(|_| self.number(start));
        if let Some(five) = five.filter(|n| {
            n.value.below(ten)
                && n.to.is_none()
                && self.classifier(n.end).is_none()
                && self.unit(n.end).is_none()
        }) {
            (value, end) = (value.plus(five.value)?, self.any(five.end, &['分']).unwrap_or(five.end));
        } else if let Some(half) = self.any(start, &['半']) {
            (value, end) = (value.plus(Exact::whole(5))?, half);
        }
        let to = match num.to {
            Some(to) => Some(to.times(ten)?),
            None => None,
        };
        let more = self.more_behind(end);
        let bound = (num.over || more.is_some()).then_some(Bound::Over);
        let end = more.unwrap_or(end);
        Some(Found { to, bound, raw: num.value, factor: ten, ..Found::new(end, value, Unit::Percent) })
    }
}
