//! Change over time: one quantity in several periods, as a line through them.

use super::axis::{Scale, around, ticks};
use super::canvas::{Anchor, Canvas, LINE};
use super::{Chart, Facts, Fault, Point, WIDTH, labels};
use crate::base::{PartialDate, Period};

/// The height of the plot, in em.
const HEIGHT: f64 = 10.0;

pub(super) fn check(points: &[&Facts]) -> Result<(), Fault> {
    let fault = |message: &str, help, at| Err(Fault { message: message.to_owned(), help, at });
    if points.len() < 2 {
        return fault("a change needs two figures or more", "show one figure by `{figures}`", vec![0]);
    }
    if let Some(at) = points.iter().position(|p| p.period.is_none()) {
        return fault("a figure without a period has no place in time", "state its `period`", vec![at]);
    }
    for (i, point) in points.iter().enumerate() {
        if let Some(other) = points[..i].iter().position(|p| p.period == point.period) {
            return fault(
                "two figures of a change have the same period",
                "compare them by `kind: bars`",
                vec![other, i],
            );
        }
    }
    Ok(())
}

/// The middle of a period, in months.
fn moment(period: Option<Period>) -> f64 {
    let month = |date: PartialDate, end: f64| {
        let [year, month, day] = date.numbers().map(f64::from);
        12.0 * year + month + (day - 1.0 + end) / 31.0
    };
    period.map_or(0.0, |p| (month(p.from.first_day(), 0.0) + month(p.to.last_day(), 1.0)) / 2.0)
}

pub(super) fn draw(canvas: &mut Canvas, chart: &Chart<'_>) {
    let mut points: Vec<&Point> = chart.rows.iter().flatten().collect();
    points.sort_by(|a, b| moment(a.facts.period).total_cmp(&moment(b.facts.period)));
    let marks = ticks(around(points.iter().map(|p| p.facts.number())), 5);
    let texts: Vec<String> = marks.iter().map(|(_, exact)| (chart.write)(exact)).collect();
    let (Some(low), Some(high)) = (marks.first(), marks.last()) else { return };
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
    // A number of dozens of digits has no room beside the plot.
    let fits = |text: &&String| labels::width(text) < WIDTH / 2.0;
    let widest = texts.iter().filter(fits).map(|text| labels::width(text)).fold(0.0, f64::max);
    let left = (widest + 0.8) / WIDTH * 100.0;
    let times = (moment(first.facts.period), moment(last.facts.period));
    let across = Scale::new(times, (left + 2.0, 98.0));
    let top = LINE + 0.3;
    let down = Scale::new((low.0, high.0), (top + HEIGHT, top));

    for ((value, _), text) in marks.iter().zip(&texts) {
        let y = down.at(*value);
        canvas.line(if *value == 0.0 { "chart-axis" } else { "chart-grid" }, (left, y), (100.0, y));
        if fits(&text) {
            canvas.text("chart-tick", left - 0.6 / WIDTH * 100.0, y - LINE / 2.0, Anchor::End, text);
        }
    }
    let places: Vec<(f64, f64)> =
        points.iter().map(|p| (across.at(moment(p.facts.period)), down.at(p.facts.number()))).collect();
    for pair in places.windows(2) {
        if let [from, to] = pair {
            canvas.line("chart-span", *from, *to);
        }
    }
    for &(x, y) in &places {
        canvas.dot(x, y);
    }
    let above = places.iter().map(|&(x, y)| (x, y - LINE - 0.35));
    let numbers: Vec<(&str, (f64, f64))> = points.iter().map(|p| p.short.as_str()).zip(above).collect();
    place(canvas, "chart-number", &numbers, left, &places);
    canvas.y = top + HEIGHT + 0.4;
    let y = canvas.y;
    let below = places.iter().map(|&(x, _)| (x, y));
    let periods: Vec<(&str, (f64, f64))> = points.iter().map(|p| p.period.as_str()).zip(below).collect();
    place(canvas, "chart-tick", &periods, 0.0, &[]);
    canvas.y += LINE + 0.2;
}

/// Writes as many of these texts as have room beside each other: the ends first, then the others
/// in turn. All of them stand in the table. `left`: where room begins, in per cent; `dots`: what
/// must not be written over.
fn place(canvas: &mut Canvas, class: &str, texts: &[(&str, (f64, f64))], left: f64, dots: &[(f64, f64)]) {
    let em = |x: f64| x / 100.0 * WIDTH;
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let ends = [texts.len() - 1, 0].into_iter().chain(1..texts.len().saturating_sub(1));
    for i in ends {
        let Some(&(text, (x, y))) = texts.get(i) else { continue };
        let width = 1.1 * labels::width(text);
        let (anchor, start) = if em(x) - width / 2.0 < em(left) {
            (Anchor::Start, em(x) - 0.3)
        } else if em(x) + width / 2.0 > WIDTH {
            (Anchor::End, em(x) + 0.3 - width)
        } else {
            (Anchor::Middle, em(x) - width / 2.0)
        };
        let touches = |&(from, to, line): &(f64, f64, f64)| {
            start < to + 0.4 && from < start + width + 0.4 && (y - line).abs() < LINE
        };
        let dotted = |&(dot, at): &(f64, f64)| {
            dot != x
                && em(dot) > start - 0.4
                && em(dot) < start + width + 0.4
                && at > y - 0.4
                && at < y + LINE + 0.4
        };
        if taken.iter().any(touches) || dots.iter().any(dotted) || start < -0.5 || start + width > WIDTH + 0.5
        {
            continue;
        }
        let shift = match anchor {
            Anchor::Start => -0.3,
            Anchor::Middle => 0.0,
            Anchor::End => 0.3,
        };
        canvas.text(class, x + shift / WIDTH * 100.0, y, anchor, text);
        taken.push((start, start + width, y));
    }
}
