//! Shares: parts of a whole, each within the outline of the whole.
//!
//! Percentages are each of a whole of its own. Other parts are of one whole, and each begins where
//! the one above it ends: so the parts are told apart by their place and not by their colour.

use super::axis::Scale;
use super::canvas::Canvas;
use super::rows::{BAR, GAP, NEAR, foot, heading, periods_differ};
use super::{Chart, Facts, Fault, Point};
use crate::base::Decimal;

/// A hair's breadth: sums of floats are not exact.
const HAIR: f64 = 1e-9;

/// The whole, and whether the parts follow one another in it.
fn whole(points: &[&Facts], of: Option<&Decimal>) -> (f64, bool) {
    match of {
        Some(of) => (of.as_str().parse().unwrap_or_default(), true),
        None if points.iter().all(|p| p.unit.as_deref() == Some("percent")) => (100.0, false),
        None => (points.iter().map(|p| p.number()).sum(), true),
    }
}

pub(super) fn check(points: &[&Facts], of: Option<&Decimal>) -> Result<(), Fault> {
    let fault = |message: &str, help, at| Err(Fault { message: message.to_owned(), help, at });
    if let Some(at) = points.iter().position(|p| p.number() < 0.0) {
        return fault("a share cannot be negative", "show it by `kind: bars`", vec![at]);
    }
    let (whole, together) = whole(points, of);
    let parts = points.iter().map(|p| p.number());
    let most = if together { parts.sum() } else { parts.fold(0.0, f64::max) };
    if whole <= 0.0 {
        return fault(
            "the whole of a share is more than zero",
            "say by `of` what the figures are parts of",
            vec![],
        );
    }
    if most > whole * (1.0 + HAIR) {
        let at = (0..points.len()).filter(|&i| together || points[i].number() > whole).collect();
        let help = match of {
            Some(_) => "see whether `of` says what all of them are parts of",
            None => "say by `of` what they are parts of",
        };
        return fault("the parts are more than the whole", help, at);
    }
    if of.is_none() && together && points.len() == 1 {
        return fault("one part alone has no whole", "say by `of` what it is a part of", vec![0]);
    }
    Ok(())
}

pub(super) fn draw(canvas: &mut Canvas, chart: &Chart<'_>) {
    let points = chart.rows.iter().flatten();
    let facts: Vec<&Facts> = points.clone().map(|p| &p.facts).collect();
    let (whole, together) = whole(&facts, chart.whole);
    let scale = Scale::new((0.0, whole), (0.0, 100.0));
    let each = periods_differ(points.clone());
    let mut from = 0.0;
    for Point { facts, label, text, period, .. } in points.clone() {
        heading(canvas, label, text, if each { period } else { "" });
        canvas.y += NEAR;
        let value = facts.number();
        canvas.area("chart-track", 0.0, 100.0, canvas.y, BAR);
        if value > 0.0 {
            canvas.area("chart-bar", scale.at(from), scale.at(from + value), canvas.y, BAR);
        }
        if together {
            from += value;
        }
        canvas.y += BAR + GAP;
    }
    foot(canvas, points);
}
