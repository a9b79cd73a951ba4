//! Numbers with what they count, as a language states them in prose: written, and read back.
//!
//! Owns the exact value of a number in words or digits, its unit and its bound, in the scripts of
//! every language that it knows. It never rounds, never looks at Markdown, and never decides
//! whether two texts agree.

mod exact;
mod read;
mod write;

use std::ops::Range;

use crate::base::Period;

pub use exact::Exact;
pub use read::read;
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A unit of measure, in its base: `kg`, `m`, `mu`, `minute`, …; the value is converted exactly.
    Measure(&'static str),
    /// A date or a part of one, and what the text says of it: a year, a month, a day.
    Date(Period),
    /// A time of day, in minutes after midnight.
    Time,
}
