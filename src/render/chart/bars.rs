//! Bars: lengths from zero, one below the other, with their labels above them.

use super::axis::{Scale, from_zero};
use super::canvas::Canvas;
use super::rows::{BAR, GAP, NEAR, foot, heading, periods_differ};
use super::{Chart, Point};

pub(super) fn draw(canvas: &mut Canvas, chart: &Chart<'_>) {
    let points = chart.rows.iter().flatten();
    let scale = Scale::new(from_zero(points.clone().map(|p| p.facts.number())), (0.0, 100.0));
    let zero = scale.at(0.0);
    let each = periods_differ(points.clone());
    for Point { facts, label, text, period, .. } in points.clone() {
        heading(canvas, label, text, if each { period } else { "" });
        canvas.y += NEAR;
        let value = facts.number();
        if value != 0.0 {
            canvas.area("chart-bar", zero, scale.at(value), canvas.y, BAR);
        }
        canvas.line("chart-axis", (zero, canvas.y - 0.1), (zero, canvas.y + BAR + 0.1));
        canvas.y += BAR + GAP;
    }
    foot(canvas, points);
}
