//! Whether the words of a citation state the figure that they cite.
//!
//! Owns what counts as the same number. Words that state no number are taken on trust, and so are
//! those that round and say so: about 371 billion, over 370 billion.

use super::Figure;
use super::links::Lookup;
use crate::base::{Span, plain_text};
use crate::diag::{Diagnostic, code};
use crate::quantity::Bound::{self, About, Over, Under};
use crate::quantity::{self, Exact, Manner, Reading, Slip, Unit};

impl Lookup<'_> {
    /// Compares the words of a citation, as HTML, with the figure. It may be rounded as the
    /// citation asks.
    pub(super) fn verify(&mut self, html: &str, figure: &Figure, manner: Manner, span: Span) {
        let language = self.site.config.language(self.lang);
        let words = plain_text(html);
        let stated = quantity::read(&words, language.tag());
        // "One of them" is idiom, but `[one]` alone is a number.
        let counts = |r: &Reading| !r.weak || r.range == (0..words.len());
        let dated = |r: &Reading| matches!(r.unit, Unit::Date(_) | Unit::Time);
        let Some(wrong) = stated.iter().find(|r| counts(r) && !dated(r)) else { return };
        let shown = language.locale.quantity(&figure.value, false, manner.round);
        // Beyond 38 digits there is nothing to compare with.
        let Some(meant) = Meant::of(figure, &shown.value) else { return };
        if stated.iter().any(|reading| meant.agrees(reading)) {
            return;
        }
        let says = words.get(wrong.range.clone()).unwrap_or_default();
        let message = format!(
            "`{says}` says {}, and the figure `{}` is {}",
            wrong.told(),
            figure.id,
            quantity::told(meant.value, None, meant.unit, meant.bound),
        );
        let help = format!(
            "{}the number is written `{}`; with empty brackets Bashu writes the whole",
            meant.difference(wrong, figure),
            shown.text,
        );
        self.diags.push(
            Diagnostic::new(code::FIGURE_MISMATCH, message)
                .at(&self.version.file, span)
                .at_with(&figure.declared.0, figure.declared.1, "declared here")
                .help(help),
        );
    }
}

/// What a figure states, in the terms of readings.
struct Meant {
    /// In its own unit.
    plain: Exact,
    /// In the base of its unit.
    value: Exact,
    unit: Unit,
    bound: Option<Bound>,
}

impl Meant {
    fn of(figure: &Figure, value: &crate::base::Decimal) -> Option<Self> {
        let plain = Exact::of(value)?;
        let (unit, one) = figure.unit().map_or((Unit::Count, Exact::whole(1)), quantity::base_unit);
        Some(Self { plain, value: plain.times(one)?, unit, bound: figure.bound })
    }

    /// The value in the terms of a reading: a number that names no unit is in the figure's own.
    fn value_for(&self, reading: &Reading) -> Exact {
        if matches!(reading.unit, Unit::Count | Unit::Ordinal) { self.plain } else { self.value }
    }

    fn agrees(&self, reading: &Reading) -> bool {
        let value = self.value_for(reading);
        match (reading.unit, self.unit) {
            // The figure's unit is the site's own: nobody knows what it is to a measure.
            (Unit::Measure(_), Unit::Count) => return true,
            (Unit::Fraction, Unit::Percent) => {
                return reading.value.times(Exact::whole(100)) == Some(value);
            }
            _ => {}
        }
        let same = reading.value == value || reading.to == Some(value);
        self.has_unit(reading)
            && !self.is_opposite(reading)
            && (same || self.rounds_to(value, reading) == Some(true))
    }

    fn has_unit(&self, reading: &Reading) -> bool {
        matches!(reading.unit, Unit::Count | Unit::Ordinal)
            || self.unit == Unit::Count
            || reading.unit == self.unit
    }

    fn is_opposite(&self, reading: &Reading) -> bool {
        matches!((reading.bound, self.bound), (Some(Over), Some(Under)) | (Some(Under), Some(Over)))
    }

    /// How a reading that does not agree may have come about, as the beginning of a help.
    fn difference(&self, reading: &Reading, figure: &Figure) -> String {
        match (figure.unit(), self.bound) {
            (Some(unit), _) if !self.has_unit(reading) => format!("the figure's unit is `{unit}`: "),
            (_, Some(bound)) if self.is_opposite(reading) => {
                format!("the figure's bound is `{}`: ", bound.as_str())
            }
            _ => Slip::of(reading.value, self.value_for(reading))
                .map_or_else(String::new, |slip| format!("{}: ", slip.name())),
        }
    }

    /// Whether a text that calls its number a bound is true of an exact value, as far as its digits
    /// go: `over 370 billion` is for values below 380 billion.
    fn rounds_to(&self, value: Exact, reading: &Reading) -> Option<bool> {
        let bound = reading.bound.filter(|_| self.bound.is_none())?;
        let place = reading.value.last_place()?;
        let more = value.plus(reading.value.times(Exact::whole(-1))?)?;
        let less = more.times(Exact::whole(-1))?;
        let zero = Exact::whole(0);
        Some(match bound {
            Over => zero.below(more) && more.below(place),
            Under => zero.below(less) && less.below(place),
            About => {
                let half = place.over(Exact::whole(2))?;
                !half.below(more) && !half.below(less)
            }
        })
    }
}
