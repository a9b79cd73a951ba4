//! Change over time: one quantity in several periods, as a line through them.

use super::axis::{Scale, around, ticks};
use super::canvas::{Anchor, Canvas, LINE};
use super::{Chart, Facts, Fault, Point, WIDTH, labels};
use crate::base::{PartialDate, Period};

/// The height of the plot, in em.
const HEIGHT: f64 = 10.0;

/// How far a text at the edge reaches beyond its dot, in em.
const SHIFT: f64 = 0.3;

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
    let floor = top + HEIGHT + 0.4;
    let numbers: Vec<Wanted<'_>> = points
        .iter()
        .zip(&places)
        .map(|(p, &(x, y))| Wanted { text: &p.short, x, above: y - LINE - 0.35, below: Some(y + 0.35) })
        .collect();
    place(canvas, "chart-number", &numbers, left, &places, floor);
    let periods: Vec<Wanted<'_>> = points
        .iter()
        .zip(&places)
        .map(|(p, &(x, _))| Wanted { text: &p.period, x, above: floor, below: None })
        .collect();
    place(canvas, "chart-tick", &periods, 0.0, &[], floor + LINE);
    canvas.y = floor + LINE + 0.2;
}

/// A text beside its dot: the upper edge of the line above it, and of that below.
struct Wanted<'t> {
    text: &'t str,
    x: f64,
    above: f64,
    below: Option<f64>,
}

/// A text's box, in em.
struct Area {
    from: f64,
    to: f64,
    y: f64,
}

impl Area {
    fn touches(&self, other: &Area) -> bool {
        let gap = 0.4;
        self.from < other.to + gap && other.from < self.to + gap && (self.y - other.y).abs() < LINE
    }

    /// Whether a part of the curve, from dot to dot, runs through it.
    fn is_crossed(&self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> bool {
        let at = |x: f64| if x2 > x1 { y1 + (x - x1) / (x2 - x1) * (y2 - y1) } else { y1 };
        let (from, to) = (self.from.max(x1), self.to.min(x2));
        let (high, low) = (at(from).min(at(to)), at(from).max(at(to)));
        from <= to && low > self.y + 0.1 && high < self.y + LINE - 0.1
    }
}

/// Writes as many of these texts as have room beside each other: the ends first, then the others
/// in turn; above their dots, or below where the curve runs through. All of them stand in the
/// table. `left`: where room begins, in per cent; `floor`: where it ends, in em.
fn place(canvas: &mut Canvas, class: &str, texts: &[Wanted<'_>], left: f64, dots: &[(f64, f64)], floor: f64) {
    let em = |x: f64| x / 100.0 * WIDTH;
    let dots: Vec<(f64, f64)> = dots.iter().map(|&(x, y)| (em(x), y)).collect();
    let mut taken: Vec<Area> = Vec::new();
    let last = texts.len().saturating_sub(1);
    for i in [last, 0].into_iter().chain(1..last) {
        let Some(&Wanted { text, x, above, below }) = texts.get(i) else { continue };
        // Numbers are bold, and wider than others.
        let (middle, width) = (em(x), 1.1 * labels::width(text));
        let (anchor, from, shift) = if middle - width / 2.0 < em(left) {
            (Anchor::Start, middle - SHIFT, -SHIFT)
        } else if middle + width / 2.0 > WIDTH {
            (Anchor::End, middle + SHIFT - width, SHIFT)
        } else {
            (Anchor::Middle, middle - width / 2.0, 0.0)
        };
        let crossed =
            |area: &Area| dots.windows(2).any(|pair| matches!(pair, [a, b] if area.is_crossed(*a, *b)));
        let free = |area: &Area| {
            let inside = area.from >= -SHIFT && area.to <= WIDTH + SHIFT && area.y <= floor;
            inside && !taken.iter().any(|other| area.touches(other))
        };
        let area = |y: f64| Area { from, to: from + width, y };
        let below = below.map(area).filter(|area| area.y + LINE <= floor);
        let candidates: Vec<Area> = std::iter::once(area(above)).chain(below).filter(free).collect();
        let chosen = candidates.iter().position(|area| !crossed(area));
        // The ends are worth a crossing.
        let chosen = chosen.or((i == 0 || i == last).then_some(0));
        let Some(area) = chosen.and_then(|i| candidates.into_iter().nth(i)) else { continue };
        canvas.text(class, x + shift / WIDTH * 100.0, area.y, anchor, text);
        taken.push(area);
    }
}
