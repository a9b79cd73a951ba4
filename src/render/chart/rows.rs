//! What stands above a bar: its label, its number, and its period where they differ.

use super::canvas::{Anchor, Canvas, LINE};
use super::{Point, WIDTH, labels};

/// Between a label and the bar below it, the bar's own height, and the space after it; in em.
pub(super) const NEAR: f64 = 0.2;
pub(super) const BAR: f64 = 0.85;
pub(super) const GAP: f64 = 0.95;

/// The period of each row must be said unless it is the same in all.
pub(super) fn periods_differ<'p>(mut points: impl Iterator<Item = &'p Point>) -> bool {
    let first = points.next().map(|point| &point.period);
    points.any(|point| Some(&point.period) != first)
}

/// Writes the label at the start and the number at the end, on one line if they fit.
pub(super) fn heading(canvas: &mut Canvas, label: &str, number: &str, period: &str) {
    let lines = labels::lines(label, WIDTH);
    let last = lines.last().map_or(0.0, |line| labels::width(line));
    for line in &lines {
        canvas.text("chart-label", 0.0, canvas.y, Anchor::Start, line);
        canvas.y += LINE;
    }
    // Bold letters are wider.
    if !lines.is_empty() && last + 1.15 * labels::width(number) + 1.0 <= WIDTH {
        canvas.y -= LINE;
        canvas.text("chart-number", 100.0, canvas.y, Anchor::End, number);
        canvas.y += LINE;
    } else {
        canvas.lines("chart-number", number);
    }
    if !period.is_empty() {
        canvas.lines("chart-note", period);
    }
}

/// Ends the rows: with their period, if it is the same in all.
pub(super) fn foot<'p>(canvas: &mut Canvas, mut points: impl Iterator<Item = &'p Point> + Clone) {
    canvas.y -= GAP - 0.3;
    if !periods_differ(points.clone())
        && let Some(point) = points.next().filter(|point| !point.period.is_empty())
    {
        canvas.y += 0.2;
        canvas.lines("chart-note", &point.period);
    }
}
