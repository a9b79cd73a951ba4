//! Dates and times of day in Han characters: 2023年12月26日, 前三季度, 上午10时30分; and the same marks
//! in Hangul, 년 월 일.
//!
//! Owns what stands between year, month and day. It never joins two dates.

use super::dates::{date, months, whole};
use super::text::{Text, digit};
use crate::quantity::Dates;

const YEAR: &[char] = &['年', '년'];
const MONTH: &[char] = &['月', '월'];
const DAY: &[char] = &['日', '号', '號', '일'];
/// Parts of the day: the hours that they add, and to which hours.
const HALVES: &[(&str, u16, u16)] = &[
    ("上午", 0, 12),
    ("凌晨", 0, 12),
    ("清晨", 0, 12),
    ("早上", 0, 12),
    ("早晨", 0, 12),
    ("午前", 0, 12),
    ("中午", 12, 4),
    ("下午", 12, 12),
    ("午後", 12, 12),
    ("傍晚", 12, 12),
    ("晚上", 12, 12),
    ("晚间", 12, 12),
    ("晚間", 12, 12),
    ("오전", 0, 12),
    ("오후", 12, 12),
    ("晚", 12, 12),
    ("早", 0, 12),
];

impl Text<'_> {
    /// A small whole number in digits or Han characters.
    fn part(&self, at: usize) -> Option<(usize, u16)> {
        let c = self.next(at)?;
        if digit(c).is_some() {
            return self.short(at, 4);
        }
        let num = self.han_number(at).filter(|n| n.to.is_none() && self.han)?;
        Some((num.end, num.small()?))
    }

    /// A Korean date has spaces before month and day.
    fn part_behind(&self, at: usize) -> Option<(usize, u16)> {
        self.part(at).or_else(|| self.part(self.space(at)?))
    }

    /// The date that begins here with a number.
    pub(super) fn han_date(&self, at: usize) -> Option<(usize, Dates)> {
        let (end, first) = self.part(at)?;
        if let Some(stop) = self.any(end, YEAR) {
            // 23年 is a duration, 2023年 a year; 1990年代 its decade.
            let year = (1000..=2999).contains(&first).then_some(first)?;
            if let Some(decade) = self.starts(stop, "代") {
                return Some((decade, whole(date(year, 0, 0)?)));
            }
            if let Some((end, months)) = self.han_period(stop, Some(year)) {
                return Some((end, months));
            }
            if let Some((end, month)) = self.part_behind(stop)
                && (1..=12).contains(&month)
            {
                if let Some(stop) = self.any(end, MONTH) {
                    return self.day_of(year, month, stop);
                }
                // 2023年1—9月: the first month has no 月.
                if let Some(dash) = self.any(end, &['-', '–', '—', '－', '至', '到', '~', '～'])
                    && let Some((end, last)) = self.part(dash).filter(|(_, last)| *last > month && *last < 13)
                    && let Some(end) = self.any(end, MONTH)
                {
                    return Some((end, months(Some(year), month as u8, last as u8)));
                }
            }
            return Some((stop, whole(date(year, 0, 0)?)));
        }
        if let Some(stop) = self.any(end, MONTH).filter(|_| (1..=12).contains(&first)) {
            return self.day_of(0, first, stop);
        }
        let stop = self.starts(end, "日").filter(|_| (1..=31).contains(&first))?;
        let word = self.any(stop, &['本', '元', '圆', '报', '均', '內', '内', '间']).is_some();
        (!word).then(|| Some((stop, whole(date(0, 0, first)?))))?
    }

    /// The day behind a month, if there is one.
    fn day_of(&self, year: u16, month: u16, at: usize) -> Option<(usize, Dates)> {
        let day = self.part_behind(at).and_then(|(end, day)| Some((self.any(end, DAY)?, day)));
        let whole_month = || Some((self.any(at, &['份']).unwrap_or(at), whole(date(year, month, 0)?)));
        match day.and_then(|(end, day)| Some((end, date(year, month, day).filter(|_| day > 0)?))) {
            Some((end, date)) => Some((end, whole(date))),
            None => whole_month(),
        }
    }

    /// 前三季度, 第一季度, 三季度, 上半年, 前11个月, where a year may stand before.
    pub(super) fn han_period(&self, at: usize, year: Option<u16>) -> Option<(usize, Dates)> {
        let quarter = |at: usize| self.first_of(at, &["个季度", "個季度", "季度", "季", "四半期"]);
        if let Some(end) = self.starts(at, "上半年") {
            return Some((end, months(year, 1, 6)));
        }
        if let Some(end) = self.starts(at, "下半年") {
            return Some((end, months(year, 7, 12)));
        }
        if let Some(start) = self.any(at, &['前', '头', '頭', '首']) {
            let (end, n) = self.part(start)?;
            let n = u8::try_from(n).ok()?;
            if let Some(end) = quarter(end).filter(|_| (1..=4).contains(&n)) {
                return Some((end, months(year, 1, n * 3)));
            }
            let end = self.first_of(end, &["个月", "個月", "か月"]).filter(|_| (2..=12).contains(&n))?;
            return Some((end, months(year, 1, n)));
        }
        let start = self.any(at, &['第']).unwrap_or(at);
        let (end, n) = self.part(start).filter(|(_, n)| (1..=4).contains(n))?;
        let end = self.first_of(end, &["季度", "四半期"])?;
        Some((end, months(year, n as u8 * 3 - 2, n as u8 * 3)))
    }

    /// 上午10时30分, 下午3点, 10点半, 10时30分, in minutes after midnight.
    pub(super) fn han_time(&self, at: usize) -> Option<(usize, u16)> {
        let half = HALVES.iter().find_map(|(name, add, below)| Some((self.starts(at, name)?, *add, *below)));
        let start = half.map_or(at, |(end, _, _)| self.space(end).unwrap_or(end));
        if let Some((end, minutes)) = half.and_then(|_| self.time(start)) {
            return Some((end, afternoon(minutes / 60, half) * 60 + minutes % 60));
        }
        let (end, hour) = self.part(start).filter(|(_, hour)| *hour < 25)?;
        let mut end = self.any(end, &['时', '時', '点', '點', '시'])?;
        let mut minute = None;
        if let Some(stop) = self.any(end, &['半']) {
            (end, minute) = (stop, Some(30));
        } else if let Some((stop, m)) = self.part_behind(end).filter(|(_, m)| *m < 60)
            && let Some(stop) =
                self.any(stop, &['分', '분']).filter(|s| self.any(*s, &['之', '钟', '鐘']).is_none())
        {
            (end, minute) = (stop, Some(m));
        } else if let Some(stop) = self.any(end, &['整', '钟', '鐘']) {
            (end, minute) = (stop, Some(0));
        }
        // 三点 alone are points.
        let hours = self.has_digit(start)
            && self.previous(end).is_some_and(|c| matches!(c, '时' | '時' | '시'))
            && self.any(end, &['间', '間', '期', '代', '候', '间']).is_none();
        (half.is_some() || minute.is_some() || hours)
            .then(|| (end, afternoon(hour, half) * 60 + minute.unwrap_or(0)))
    }

    /// What 上午 and its like begin with: where a time of day may start.
    pub(super) fn is_half_day(&self, at: usize) -> bool {
        HALVES.iter().any(|(name, _, _)| self.starts(at, name).is_some())
    }
}

fn afternoon(hour: u16, half: Option<(usize, u16, u16)>) -> u16 {
    match half {
        Some((_, add, below)) if hour < below => hour + add,
        _ => hour,
    }
}
