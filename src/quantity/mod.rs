//! Numbers with what they count, as a language states them in prose: written, and read back.
//!
//! Owns the exact value of a number in words or digits, its unit and its bound, in the scripts of
//! every language that it knows. It never rounds, never looks at Markdown, and never decides
//! whether two texts agree.

mod exact;
mod read;
mod told;
mod write;

use std::ops::Range;

pub use exact::Exact;
pub use read::{base_unit, read};
pub use told::{Slip, told};
pub use write::{Manner, Quantity, STYLES, Say, Style, bound_key, unit_key, unit_of_key, write};

/// A number that a text states.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Where it stands in the text, in bytes, with its unit and its bound.
    pub range: Range<usize>,
    /// The value in plain terms of [`Reading::unit`]: 370.97 billion is 370970000000.
    pub value: Exact,
    /// The upper end, where the text states a range: `3 to 5 days`, `三至五天`.
    pub to: Option<Exact>,
    /// What is counted or measured, as far as the text says.
    pub unit: Unit,
    /// Whether the text calls it a bound.
    pub bound: Option<Bound>,
    /// Whether it may be mere idiom, which another language need not say: `one of them`, 一个,
    /// `first`. It can answer for a number of another text, and is not missed there itself.
    pub weak: bool,
}

/// Whether a value is exact or a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Bound {
    /// More than the value.
    Over,
    /// Less than the value.
    Under,
    /// Near the value.
    About,
}

impl Bound {
    /// The word in front matter.
    pub fn as_str(self) -> &'static str {
        match self {
            Bound::Over => "over",
            Bound::Under => "under",
            Bound::About => "about",
        }
    }
}

/// What a reading counts or measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A plain number, or a number of things that have no unit of measure: 22 groups, 22个专项组.
    Count,
    /// The place in a row: the seventh, 第七.
    Ordinal,
    /// Per cent, 百分之; 成 is ten of them.
    Percent,
    /// Percentage points, 个百分点.
    PercentagePoint,
    /// So many times: 1.5 times, 1.5倍.
    Times,
    /// A part of a whole: a third, 三分之一.
    Fraction,
    /// Money, by its ISO 4217 code.
    Money(&'static str),
    /// A unit of measure, in its base: `kg`, `m`, `mu`, `minute`, `month`, …; the value is
    /// converted exactly. A year is twelve months, a day 1440 minutes; the two are not joined.
    Measure(&'static str),
    /// A date or a part of one. The value is the first part that the text states: the year, or else
    /// the month, or else the day; the upper end likewise, where the date is a stretch of time.
    Date(Dates),
    /// A time of day, in minutes after midnight.
    Time,
}

/// A date as far as a text states it: `June` has no year, `the 26th` no month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year.
    pub year: Option<u16>,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31.
    pub day: Option<u8>,
}

/// A stretch of time, or one date twice: `the first three quarters` are months 1 to 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dates {
    /// When it begins.
    pub from: Date,
    /// When it ends.
    pub to: Date,
}
