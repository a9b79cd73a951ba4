//! Dates as far as they are known, and periods between them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A year, a month or a day of the Gregorian calendar, as far as it is known.
///
/// Ordered by its first day, a coarser date before a finer one that begins with it.
/// Written as ISO 8601 writes reduced precision (§ 4.3.1): `2023`, `2023-12`, `2023-12-26`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    year: u16,
    month: u8,
    day: u8,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. The error says what is wrong, for a message.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = text.split('-');
        let mut number = |width: usize| -> Result<Option<u16>, String> {
            match parts.next() {
                None => Ok(None),
                Some(p) if p.len() == width && p.bytes().all(|b| b.is_ascii_digit()) => {
                    p.parse().map(Some).map_err(|_| format!("`{p}` is not a number"))
                }
                Some(_) => Err(format!("`{text}` is not a date")),
            }
        };
        let year = number(4)?.ok_or_else(|| format!("`{text}` is not a date"))?;
        let month = number(2)?;
        let day = number(2)?;
        // 0 stands for an unknown part in here, and is no way to write one.
        if month == Some(0) || day == Some(0) {
            return Err(format!("there is no {} 0", if month == Some(0) { "month" } else { "day" }));
        }
        if parts.next().is_some() {
            return Err(format!("`{text}` is not a date"));
        }
        Self::new(year, month.unwrap_or(0), day.unwrap_or(0))
    }

    /// A date from its parts; 0 stands for an unknown month or day.
    pub fn new(year: u16, month: u16, day: u16) -> Result<Self, String> {
        if year == 0 {
            return Err("there is no year 0".to_owned());
        }
        if month > 12 {
            return Err(format!("there is no month {month}"));
        }
        let days = days_in_month(year, month);
        if day > days {
            return Err(format!("{year}-{month:02} has {days} days, not {day}"));
        }
        // Both are at most 31 here.
        Ok(Self { year, month: month as u8, day: day as u8 })
    }

    /// 1 January 1970: what stands where a format demands a date and nothing has one. Today would
    /// do as well for readers, and would make every build differ from the last.
    pub fn epoch() -> Self {
        Self { year: 1970, month: 1, day: 1 }
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, if it is known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, if it is known.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// Year, month and day, 0 for what is not known.
    pub fn numbers(self) -> [u16; 3] {
        [self.year, self.month.into(), self.day.into()]
    }

    /// Its first day: `2023` begins on `2023-01-01`.
    pub fn first_day(self) -> Self {
        Self { year: self.year, month: self.month.max(1), day: self.day.max(1) }
    }

    /// Its last day: `2023-02` ends on `2023-02-28`.
    pub fn last_day(self) -> Self {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in_month(self.year, month.into()) as u8 } else { self.day };
        Self { year: self.year, month, day }
    }
}

/// How many days a month has; 31 for an unknown month, so that a day is only checked where it can be.
pub fn days_in_month(year: u16, month: u16) -> u16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// A stretch of time: one [`PartialDate`], or two with a solidus (ISO 8601 § 4.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// When it begins.
    pub from: PartialDate,
    /// When it ends; equal to `from` when only one date was written.
    pub to: PartialDate,
}

impl Period {
    /// Reads `2023`, `2023-06`, `2023-06-01` or `2023-01/2023-11`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (from, to) = match text.split_once('/') {
            Some((from, to)) => (PartialDate::parse(from)?, PartialDate::parse(to)?),
            None => {
                let date = PartialDate::parse(text)?;
                (date, date)
            }
        };
        if to.last_day() < from.first_day() {
            return Err(format!("the period ends ({to}) before it begins ({from})"));
        }
        Ok(Self { from, to })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to { self.from.fmt(f) } else { write!(f, "{}/{}", self.from, self.to) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_are_known() {
        for text in ["2023", "2023-12", "2023-12-26", "2024-02-29"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(PartialDate::parse("2023-02").unwrap().last_day().to_string(), "2023-02-28");
        assert_eq!(PartialDate::parse("2023").unwrap().last_day().to_string(), "2023-12-31");
    }

    #[test]
    fn impossible_dates_are_named() {
        assert_eq!(PartialDate::parse("2023-02-29"), Err("2023-02 has 28 days, not 29".to_owned()));
        assert_eq!(PartialDate::parse("2023-13"), Err("there is no month 13".to_owned()));
        for text in
            ["", "23", "2023-1", "2023-00", "2023-01-00", "2023-12-26T00:00", "二〇二三", "2023-12-26-1"]
        {
            assert!(PartialDate::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_coarse_date_comes_before_a_finer_one() {
        let d = |t| PartialDate::parse(t).unwrap();
        assert!(d("2023") < d("2023-01") && d("2023-01") < d("2023-01-01"));
        assert!(d("2023-12-31") < d("2024"));
    }

    #[test]
    fn periods_run_forward() {
        assert_eq!(Period::parse("2023-01/2023-11").unwrap().to_string(), "2023-01/2023-11");
        assert!(Period::parse("2023-11/2023-01").is_err());
        assert!(Period::parse("2023-06/2023").is_ok());
    }
}
