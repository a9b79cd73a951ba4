//! Charts: a few numbers as an SVG that reads at any width and in any direction.
//!
//! Owns what each kind of chart takes and how it is drawn. It writes no number, unit or date of its
//! own (their texts come with the points), and knows neither templates nor where figures come from.
//! A number becomes a float only for its place on the page.
//!
//! Lengths across are per cent and lengths down are em, and there is no `viewBox`: a chart fills
//! whatever width it gets, and its letters keep the size of the text around it, on a phone as well.
//! Texts are broken for [`WIDTH`], the narrowest screen.

mod axis;
mod bars;
mod canvas;
mod change;
mod labels;
mod range;
mod rows;
mod share;
#[cfg(test)]
mod tests;

use crate::base::{Decimal, Period, escape_html};
use crate::quantity::Bound;
use canvas::Canvas;

/// The width in em that texts must fit into: a screen of 320 pixels less its margins.
const WIDTH: f64 = 20.0;

/// How a chart shows its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Lengths side by side.
    Bars,
    /// One quantity in several periods.
    Change,
    /// Parts of a whole.
    Share,
    /// From one value to another.
    Range,
}

/// The kinds by their names.
pub(super) const KINDS: [(&str, Kind); 4] =
    [("bars", Kind::Bars), ("change", Kind::Change), ("share", Kind::Share), ("range", Kind::Range)];

/// A number with its texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    /// The number.
    pub(super) facts: Facts,
    /// What it is.
    pub(super) label: String,
    /// The number in words, with its unit and its bound.
    pub(super) text: String,
    /// The same, short.
    pub(super) short: String,
    /// Its period in words; empty without one.
    pub(super) period: String,
}

/// What decides whether a number belongs into a chart.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) value: Decimal,
    pub(super) unit: Option<String>,
    pub(super) period: Option<Period>,
    pub(super) bound: Option<Bound>,
}

impl Default for Facts {
    fn default() -> Self {
        Self { value: Decimal::zero(), unit: None, period: None, bound: None }
    }
}

impl Facts {
    /// The number for its place on the page. 60 digits are within the range of floats.
    fn number(&self) -> f64 {
        self.value.as_str().parse().unwrap_or_default()
    }
}

/// Why numbers make no chart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: &'static str,
    /// The points at fault, counted through all rows.
    pub(super) at: Vec<usize>,
}

/// A chart to be drawn. A row has one point, or two in a range.
pub(super) struct Chart<'c> {
    pub(super) kind: Kind,
    /// Unique on the page.
    pub(super) id: &'c str,
    pub(super) title: &'c str,
    pub(super) description: &'c str,
    pub(super) rows: &'c [Vec<Point>],
    /// What shares are parts of, if it was said.
    pub(super) whole: Option<&'c Decimal>,
    pub(super) rtl: bool,
    /// Writes a number of an axis in the unit of the chart.
    pub(super) write: &'c dyn Fn(&Decimal) -> String,
    /// Joins the two ends of a range.
    pub(super) between: &'c dyn Fn(&str, &str) -> String,
}

/// Whether these rows make a chart of a kind.
pub(super) fn check(kind: Kind, rows: &[Vec<&Facts>], whole: Option<&Decimal>) -> Result<(), Fault> {
    let fault = |message: &str, help, at| Err(Fault { message: message.to_owned(), help, at });
    let all: Vec<&Facts> = rows.iter().flatten().copied().collect();
    let Some(first) = all.first() else {
        return fault("a chart needs figures", "name them: `figures: [figure:…, figure:…]`", Vec::new());
    };
    if let Some(other) = all.iter().position(|facts| facts.unit != first.unit) {
        let unit = |facts: &Facts| facts.unit.clone().unwrap_or_else(|| "no unit".to_owned());
        return Err(Fault {
            message: format!("a chart has one unit, not `{}` and `{}`", unit(first), unit(all[other])),
            help: "make a chart for each unit",
            at: vec![0, other],
        });
    }
    let mut at = 0;
    for row in rows {
        let most = if kind == Kind::Range { 2 } else { 1 };
        if row.is_empty() || row.len() > most {
            return match kind {
                Kind::Range => {
                    fault("a range has one or two ends", "write `[figure:LOW, figure:HIGH]`", vec![at])
                }
                _ => fault("only a range takes pairs of figures", "write `kind: range`", vec![at]),
            };
        }
        at += row.len();
    }
    match kind {
        Kind::Bars => Ok(()),
        Kind::Change => change::check(&all),
        Kind::Share => share::check(&all, whole),
        Kind::Range => range::check(rows),
    }
}

/// The SVG of a chart that [`check`] found right.
pub(super) fn draw(chart: &Chart<'_>) -> String {
    let mut canvas = Canvas::new(chart.rtl);
    match chart.kind {
        Kind::Bars => bars::draw(&mut canvas, chart),
        Kind::Change => change::draw(&mut canvas, chart),
        Kind::Share => share::draw(&mut canvas, chart),
        Kind::Range => range::draw(&mut canvas, chart),
    }
    let Chart { id, title, description, .. } = chart;
    let id = escape_html(id);
    let (mut named, mut words) = (format!("{id}-title"), String::new());
    words.push_str(&format!("<title id=\"{id}-title\">{}</title>", escape_html(title)));
    if !description.is_empty() {
        named.push_str(&format!(" {id}-description"));
        words.push_str(&format!("<desc id=\"{id}-description\">{}</desc>", escape_html(description)));
    }
    canvas.finish(&named, &words)
}
