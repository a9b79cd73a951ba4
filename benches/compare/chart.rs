//! The report's chart: bars on a logarithmic scale, as SVG without a script or a font of its own.
//!
//! It says the same on light and on dark ground: it has no ground of its own, and the colours of
//! text and lines follow the reader's scheme.

use std::fmt::Write;

use crate::measured::{Measured, What};
use crate::units::{seconds, whole};

/// The series, top to bottom: class in the style sheet, name.
const SERIES: [(What, &str, &str); 4] = [
    (What::Hugo, "hugo", "Hugo"),
    (What::Clean, "clean", "Bashu, clean build"),
    (What::Copy, "copy", "cp -r of the output"),
    (What::Text, "warm", "Bashu, one text changed"),
];

const STYLE: &str = "
text{font:13px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1f2328}
.title{font-size:16px;font-weight:600}.group{font-weight:600}.quiet{fill:#59636e}
.line{stroke:#d1d9e0;stroke-width:1}
.hugo{fill:#a35200}.clean{fill:#0969da}.copy{fill:#818b98}.warm{fill:#1a7f37}
@media (prefers-color-scheme:dark){
text{fill:#f0f6fc}.quiet{fill:#9198a1}.line{stroke:#3d444d}
.hugo{fill:#f0883e}.clean{fill:#4493f8}.copy{fill:#9198a1}.warm{fill:#3fb950}}
";

const WIDTH: f64 = 760.0;
/// Where names end.
const NAMES: f64 = 168.0;
/// Where bars begin. Times stand between names and bars, where no line and no bar crosses them.
const LEFT: f64 = 238.0;
/// What is left free for half the label of the last line.
const RIGHT: f64 = 24.0;
const BAR: f64 = 18.0;
const STEP: f64 = 24.0;
const TOP: f64 = 66.0;

/// The chart of a run; `None` if nothing was measured that it shows.
pub(crate) fn chart(all: &[Measured], machine: &str) -> Option<String> {
    let scale = Scale::of(all)?;
    let mut body = String::new();
    let mut y = TOP;
    for measured in all {
        _ = writeln!(
            body,
            "<text class=\"group\" x=\"0\" y=\"{:.0}\">{} articles in each of two languages</text>",
            y + 13.0,
            whole(measured.initiatives)
        );
        y += STEP;
        let shown: Vec<_> =
            SERIES.iter().filter_map(|s| Some((s, measured.row(s.0)?.runs.median()))).collect();
        scale.lines(&mut body, y - 3.0, y + STEP * shown.len() as f64 - 3.0);
        for ((_, class, name), time) in shown {
            bar(&mut body, &scale, y, (class, name, time));
            y += STEP;
        }
        y += STEP / 2.0;
    }
    scale.labels(&mut body, y + 4.0);
    let height = y + 14.0;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" \
         height=\"{height:.0}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">Time to build the same site</title>\n<desc id=\"desc\">{}</desc>\n\
         <style>{STYLE}</style>\n\
         <text class=\"title\" x=\"0\" y=\"18\">Time to build the same site (logarithmic scale, shorter is better)</text>\n\
         <text class=\"quiet\" x=\"0\" y=\"40\">{}</text>\n{body}</svg>\n",
        escaped(&description(all)),
        escaped(machine)
    ))
}

fn bar(body: &mut String, scale: &Scale, y: f64, (class, name, time): (&str, &str, f64)) {
    let baseline = y + 13.5;
    _ = writeln!(
        body,
        "<text x=\"{NAMES:.0}\" y=\"{baseline:.1}\" text-anchor=\"end\">{name}</text>\
         <text x=\"{:.0}\" y=\"{baseline:.1}\" text-anchor=\"end\">{}</text>\
         <rect class=\"{class}\" x=\"{LEFT:.0}\" y=\"{y:.0}\" width=\"{:.1}\" height=\"{BAR:.0}\" rx=\"2\"/>",
        LEFT - 8.0,
        seconds(time),
        scale.at(time) - LEFT
    );
}

/// What the chart shows, in words.
fn description(all: &[Measured]) -> String {
    let groups = all.iter().map(|measured| {
        let bars = SERIES.iter().filter_map(|(what, _, name)| {
            Some(format!("{name} {}", seconds(measured.row(*what)?.runs.median())))
        });
        format!("{} × 2 articles: {}.", whole(measured.initiatives), bars.collect::<Vec<_>>().join("; "))
    });
    groups.collect::<Vec<_>>().join(" ")
}

/// From seconds to places: from a power of ten below the shortest time to the longest.
struct Scale {
    first: i32,
    /// The logarithm of the longest time.
    last: f64,
}

impl Scale {
    fn of(all: &[Measured]) -> Option<Self> {
        let shown = all.iter().flat_map(|m| SERIES.iter().filter_map(|(what, ..)| m.row(*what)));
        let times: Vec<f64> = shown.map(|row| row.runs.median()).filter(|time| *time > 0.0).collect();
        let shortest = times.iter().copied().min_by(f64::total_cmp)?;
        let longest = times.iter().copied().max_by(f64::total_cmp)?;
        // A little below the shortest, so that it has a bar as well.
        let first = (shortest * 0.8).log10().floor() as i32;
        Some(Self { first, last: longest.log10().max(f64::from(first) + 1.0) })
    }

    fn at(&self, time: f64) -> f64 {
        let first = f64::from(self.first);
        LEFT + (time.log10() - first).max(0.0) / (self.last - first) * (WIDTH - LEFT - RIGHT)
    }

    /// The powers of ten, and where they are.
    fn powers(&self) -> impl Iterator<Item = (f64, f64)> {
        (self.first..=self.last.floor() as i32)
            .map(|power| 10_f64.powi(power))
            .map(|time| (time, self.at(time)))
    }

    fn lines(&self, body: &mut String, top: f64, bottom: f64) {
        for (_, x) in self.powers() {
            _ = writeln!(
                body,
                "<line class=\"line\" x1=\"{x:.1}\" y1=\"{top:.0}\" x2=\"{x:.1}\" y2=\"{bottom:.0}\"/>"
            );
        }
    }

    fn labels(&self, body: &mut String, y: f64) {
        for (time, x) in self.powers() {
            let label = if time < 0.5 { format!("{:.0} ms", time * 1000.0) } else { format!("{time:.0} s") };
            _ = writeln!(
                body,
                "<text class=\"quiet\" x=\"{x:.1}\" y=\"{y:.0}\" text-anchor=\"middle\">{label}</text>"
            );
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
