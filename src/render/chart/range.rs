//! Ranges: from one value to another on a common scale. A bound is open to one side.

use super::axis::{Scale, around, ticks};
use super::canvas::{Anchor, Canvas, LINE};
use super::rows::{BAR, GAP, NEAR, foot, heading, periods_differ};
use super::{Chart, Facts, Fault, Point, WIDTH, labels};
use crate::base::Decimal;
use crate::quantity::Bound;

pub(super) fn check(rows: &[Vec<&Facts>]) -> Result<(), Fault> {
    let mut at = 0;
    for row in rows {
        if let [low, high] = row.as_slice()
            && low.number() > high.number()
        {
            return Err(Fault {
                message: "this range ends below its beginning".to_owned(),
                help: "write the lower figure first",
                at: vec![at, at + 1],
            });
        }
        at += row.len();
    }
    Ok(())
}

pub(super) fn draw(canvas: &mut Canvas, chart: &Chart<'_>) {
    let points = chart.rows.iter().flatten();
    let marks = ticks(around(points.clone().map(|p| p.facts.number())), 5);
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return };
    let scale = Scale::new((first.0, last.0), (2.0, 98.0));
    let each = periods_differ(points.clone());
    let mut bars = Vec::new();
    for row in chart.rows {
        let Some(low) = row.first() else { continue };
        let high = row.get(1);
        let period = |point: &Point| if each { point.period.clone() } else { String::new() };
        match high {
            Some(high) if high.label == low.label && period(high) == period(low) => {
                heading(canvas, &low.label, &(chart.between)(&low.text, &high.text), &period(low));
            }
            _ => row.iter().for_each(|end| heading(canvas, &end.label, &end.text, &period(end))),
        }
        canvas.y += NEAR;
        let middle = canvas.y + BAR / 2.0;
        let (from, to) = (scale.at(low.facts.number()), scale.at(high.unwrap_or(low).facts.number()));
        // Where only a bound is known, a broken line goes on as far as the scale does.
        match (high, low.facts.bound) {
            (Some(_), _) => canvas.line("chart-span", (from, middle), (to, middle)),
            (None, Some(Bound::Over)) => canvas.open((from, middle), 100.0),
            (None, Some(Bound::Under)) => canvas.open((from, middle), 0.0),
            (None, _) => {}
        }
        canvas.dot(from, middle);
        if high.is_some() {
            canvas.dot(to, middle);
        }
        bars.push((canvas.y, canvas.y + BAR));
        canvas.y += BAR + GAP;
    }
    canvas.y -= GAP - 0.5;
    axis(canvas, chart, scale, &marks, &bars);
    canvas.y += GAP;
    foot(canvas, points);
}

/// The scale below the rows, and its marks beside each of them: they never cross a text.
fn axis(canvas: &mut Canvas, chart: &Chart<'_>, scale: Scale, marks: &[(f64, Decimal)], bars: &[(f64, f64)]) {
    canvas.line("chart-axis", (0.0, canvas.y), (100.0, canvas.y));
    let mut free = f64::NEG_INFINITY;
    for (i, (value, exact)) in marks.iter().enumerate() {
        let x = scale.at(*value);
        for &(top, bottom) in bars {
            canvas.line("chart-grid", (x, top), (x, bottom));
        }
        canvas.line("chart-axis", (x, canvas.y), (x, canvas.y + 0.3));
        let text = (chart.write)(exact);
        let (width, place) = (labels::width(&text), x / 100.0 * WIDTH);
        let (anchor, start) = match i {
            0 => (Anchor::Start, place),
            _ if i + 1 == marks.len() => (Anchor::End, place - width),
            _ => (Anchor::Middle, place - width / 2.0),
        };
        // The last one is the most wanted of those that would touch.
        let last = marks.last().filter(|_| i > 0 && i + 1 < marks.len());
        let room = last.map_or(f64::INFINITY, |(end, exact)| {
            scale.at(*end) / 100.0 * WIDTH - labels::width(&(chart.write)(exact)) - 1.0
        });
        if start >= free.max(0.0) && start + width <= room.min(WIDTH) {
            canvas.text("chart-tick", x, canvas.y + 0.2, anchor, &text);
            free = start + width + 1.0;
        }
    }
    canvas.y += LINE + 0.3;
}
