//! The SVG's elements: places in per cent across and em down, mirrored where writing is.
//!
//! Colours are the theme's: every element has a class, and without a stylesheet the colour of the text.

use std::fmt::Write;

use super::labels;
use crate::base::escape_html;

/// The height of a line of text, in em.
pub(super) const LINE: f64 = 1.4;

/// From the top of a line to its letters' ground.
const GROUND: f64 = 1.05;

/// Which end of a text stands at its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// What has been drawn so far.
pub(super) struct Canvas {
    svg: String,
    rtl: bool,
    /// How far down it goes, in em.
    pub(super) y: f64,
}

impl Canvas {
    pub(super) fn new(rtl: bool) -> Self {
        Self { svg: String::new(), rtl, y: 0.0 }
    }

    fn across(&self, x: f64) -> String {
        number(if self.rtl { 100.0 - x } else { x })
    }

    /// A box between two places across; never thinner than a hair, so that what is tiny is seen.
    pub(super) fn area(&mut self, class: &str, from: f64, to: f64, y: f64, height: f64) {
        const HAIR: f64 = 0.4;
        let (low, high) = if from <= to { (from, to) } else { (to, from) };
        let width = (high - low).clamp(HAIR, 100.0);
        // What begins at zero grows from there, also to the left.
        let low = if from <= to { low.min(100.0 - width) } else { (high - width).max(0.0) };
        let x = if self.rtl { 100.0 - low - width } else { low };
        let (x, y, width, height) = (number(x), number(y), number(width), number(height));
        let _ = write!(
            self.svg,
            "<rect class=\"{class}\" x=\"{x}%\" y=\"{y}em\" width=\"{width}%\" height=\"{height}em\"{}/>",
            if class == "chart-track" { " fill=\"none\" stroke=\"currentColor\"" } else { "" }
        );
    }

    /// A line.
    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.svg,
            "<line class=\"{class}\" x1=\"{}%\" y1=\"{}em\" x2=\"{}%\" y2=\"{}em\" stroke=\"currentColor\"/>",
            self.across(from.0),
            number(from.1),
            self.across(to.0),
            number(to.1)
        );
    }

    /// A broken line with a head, for what goes on beyond what is known.
    pub(super) fn open(&mut self, from: (f64, f64), to: f64) {
        self.line("chart-span chart-open", from, (to, from.1));
        // The head's arms are as long as a letter, whatever the chart's width.
        let ahead = (to > from.0) != self.rtl;
        let (back, x, y) = (if ahead { "-0.5" } else { "0.5" }, self.across(to), number(from.1));
        let _ = write!(
            self.svg,
            "<svg x=\"{x}%\" y=\"{y}em\" overflow=\"visible\" stroke=\"currentColor\">\
             <line class=\"chart-span\" x1=\"{back}em\" y1=\"-0.4em\" x2=\"0\" y2=\"0\"/>\
             <line class=\"chart-span\" x1=\"{back}em\" y1=\"0.4em\" x2=\"0\" y2=\"0\"/></svg>"
        );
    }

    /// A dot.
    pub(super) fn dot(&mut self, x: f64, y: f64) {
        let (x, y) = (self.across(x), number(y));
        let _ = write!(self.svg, "<circle class=\"chart-dot\" cx=\"{x}%\" cy=\"{y}em\" r=\"0.32em\"/>");
    }

    /// A line of text, its upper edge at `y`.
    pub(super) fn text(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, text: &str) {
        // In writing from the right, a text's start is its right end.
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y) = (self.across(x), number(y + GROUND));
        let text = escape_html(text);
        let _ = write!(self.svg, "<text class=\"{class}\" x=\"{x}%\" y=\"{y}em\"{anchor}>{text}</text>");
    }

    /// Text over as many lines as it takes, from the start; goes down by them.
    pub(super) fn lines(&mut self, class: &str, text: &str) {
        for line in labels::lines(text, super::WIDTH) {
            self.text(class, 0.0, self.y, Anchor::Start, &line);
            self.y += LINE;
        }
    }

    /// The whole element. `named`: the ids of `words`, which say what it shows.
    pub(super) fn finish(self, named: &str, words: &str) -> String {
        let direction = if self.rtl { " direction=\"rtl\"" } else { "" };
        format!(
            "<svg class=\"chart-plot\" role=\"img\" aria-labelledby=\"{named}\" width=\"100%\" \
             height=\"{}em\" fill=\"currentColor\"{direction}>{words}{}</svg>",
            number(self.y),
            self.svg
        )
    }
}

/// A number with up to two digits after the point.
fn number(value: f64) -> String {
    // Adding zero takes the sign from it.
    let text = format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
