//! The reader against tables of texts.
//!
//! Owns how a reading is written in a table.

mod chinese;
mod content;
mod english;
mod hostile;
mod pairs;
mod spelled;

use super::read;
use crate::quantity::{Bound, Date, Dates, Reading, Unit};

/// A reading in a few words: `over 15000000 CNY`, `2023-01/2023-09`, `1..2 (weak)`.
pub(super) fn written(reading: &Reading) -> String {
    let bound = match reading.bound {
        Some(Bound::Over) => ">",
        Some(Bound::Under) => "<",
        Some(Bound::About) => "~",
        None => "",
    };
    let value = match reading.to {
        Some(to) => format!("{}..{to}", reading.value),
        None => reading.value.to_string(),
    };
    let text = match reading.unit {
        Unit::Count => value,
        Unit::Ordinal => format!("#{value}"),
        Unit::Percent => format!("{value}%"),
        Unit::PercentagePoint => format!("{value}pp"),
        Unit::Times => format!("{value}x"),
        Unit::Fraction => format!("{value} part"),
        Unit::Money(unit) | Unit::Measure(unit) => format!("{value} {unit}"),
        Unit::Date(dates) => period(dates),
        Unit::Time => format!("{value} time"),
    };
    format!("{bound}{text}{}", if reading.weak { "?" } else { "" })
}

fn period(Dates { from, to }: Dates) -> String {
    if from == to { day(from) } else { format!("{}/{}", day(from), day(to)) }
}

fn day(date: Date) -> String {
    let year = date.year.map_or("-".to_owned(), |y| format!("{y:04}"));
    let month = date.month.map_or(String::new(), |m| format!("-{m:02}"));
    let gap = if date.month.is_none() && date.day.is_some() { "-" } else { "" };
    let day = date.day.map_or(String::new(), |d| format!("{gap}-{d:02}"));
    format!("{year}{month}{day}")
}

/// All readings of a text, with semicolons between.
pub(super) fn all(text: &str, language: &str) -> String {
    read(text, language).iter().map(written).collect::<Vec<_>>().join("; ")
}

/// Compares a table, and names every row that differs.
pub(super) fn check(table: &[(&str, &str)], language: &str) {
    let faults: Vec<String> = table
        .iter()
        .map(|(text, wanted)| (text, wanted, all(text, language)))
        .filter(|(_, wanted, found)| found != *wanted)
        .map(|(text, wanted, found)| format!("{text}\n   wanted {wanted}\n   found  {found}"))
        .collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), table.len(), faults.join("\n"));
}
