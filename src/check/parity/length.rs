//! How long a translation usually is, and what is too short or too long to be one.
//!
//! Owns the ratio of lengths of each two languages, learnt from the site itself, and the messages
//! about text that has no counterpart. A ratio is taken as a logarithm, so that twice and half as long
//! are equally far from the usual.

use std::collections::BTreeMap;

use super::findings::{Findings, Rule};
use super::pair::{Pair, Side};
use super::threads::Alone;
use super::version::{Version, length};
use crate::base::Lang;

/// The usual ratio of lengths of two languages, as a logarithm, and how far texts stray from it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ratio {
    pub(super) median: f64,
    pub(super) spread: f64,
}

/// As many pairs as what is known beforehand counts for.
const PRIOR: f64 = 4.0;
/// How far whole texts stray, before anything is known.
const SPREAD: f64 = 0.1;
/// How much farther short texts stray: a word more or less is more of them.
const SHORT: f64 = 3.0;
/// A Han character says as much as this part of a letter's worth: e to the power of it, letters each.
const HAN: f64 = -1.05;
/// So many deviations from the usual are no chance any more.
const FAR: f64 = 3.6;

impl Ratio {
    /// How many standard deviations a translation's length is from the usual; negative: too short.
    pub(super) fn deviation(&self, from: usize, to: usize) -> f64 {
        let log = ((to as f64 + 1.0) / (from as f64 + 1.0)).ln() - self.median;
        // What the shorter script needs for the same.
        let letters = (from as f64).max(to as f64) + 1.0;
        log / (self.spread * self.spread + SHORT / letters).sqrt()
    }

    /// By how many per cent a length differs from the usual.
    fn per_cent(&self, from: usize, to: usize) -> i64 {
        let log = ((to as f64 + 1.0) / (from as f64 + 1.0)).ln() - self.median;
        ((log.exp() - 1.0) * 100.0).round() as i64
    }
}

/// The ratios of a site.
pub(super) struct Ratios(BTreeMap<(Lang, Lang), Ratio>);

impl Ratios {
    /// Learns what is usual: the median, and the median distance from it, which a few bad texts do
    /// not move.
    pub(super) fn learn<'v, 's: 'v>(pairs: impl Iterator<Item = (&'v Version<'s>, &'v Version<'s>)>) -> Self {
        let mut logs: BTreeMap<(Lang, Lang), (f64, Vec<f64>)> = BTreeMap::new();
        for (from, to) in pairs {
            let prior = script_weight(from) - script_weight(to);
            let entry = logs.entry((from.lang, to.lang)).or_insert_with(|| (prior, Vec::new()));
            let (a, b) = (body(from), body(to));
            // A text of a line says nothing about the language.
            if a.min(b) >= 60 {
                entry.1.push((b as f64 / a as f64).ln());
            }
        }
        Self(logs.into_iter().map(|(key, (prior, logs))| (key, learnt(prior, logs))).collect())
    }

    /// The ratio of two versions' languages.
    pub(super) fn of(&self, from: &Version<'_>, to: &Version<'_>) -> Ratio {
        self.0.get(&(from.lang, to.lang)).copied().unwrap_or(Ratio { median: 0.0, spread: SPREAD })
    }
}

fn learnt(prior: f64, mut logs: Vec<f64>) -> Ratio {
    let n = logs.len() as f64;
    let Some(middle) = median(&mut logs) else { return Ratio { median: prior, spread: SPREAD } };
    let mut distances: Vec<f64> = logs.iter().map(|log| (log - middle).abs()).collect();
    // Of a normal distribution, this makes the standard deviation of the median distance.
    let spread = 1.4826 * median(&mut distances).unwrap_or(SPREAD);
    Ratio {
        median: (PRIOR * prior + n * middle) / (PRIOR + n),
        spread: ((PRIOR * SPREAD * SPREAD + n * spread * spread) / (PRIOR + n)).sqrt(),
    }
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The logarithm of how much a character says, by what most characters of the text are.
fn script_weight(version: &Version<'_>) -> f64 {
    let prose = version.prose.blocks.iter().filter(|b| b.is_prose());
    let (mut wide, mut all) = (0, 1);
    for c in prose.flat_map(|b| b.text.chars()).filter(|c| c.is_alphabetic()) {
        wide += usize::from(matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'));
        all += 1;
    }
    if wide * 2 > all { -HAN } else { 0.0 }
}

/// The length of a version's prose.
fn body(version: &Version<'_>) -> usize {
    version.prose.blocks.iter().filter(|b| b.is_prose()).map(|b| length(&b.text)).sum()
}

/// Reports what stands in one version alone, and texts whose length is far from the usual.
pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let mut reported = false;
    for alone in pair.alone.iter().filter(|alone| alone.is_text) {
        reported = true;
        report(pair, alone, findings);
    }
    for bead in pair.beads.iter().filter(|b| !b.from.is_empty() && !b.to.is_empty()) {
        if pair.is_covered(bead) || pair.alone.iter().any(|alone| alone.bead == *bead) {
            continue;
        }
        let (from, to) = (pair.length(Side::From, &bead.from), pair.length(Side::To, &bead.to));
        let running = bead.from.clone().all(|at| pair.is_running(Side::From, at));
        if !running || pair.ratio.deviation(from, to).abs() < FAR {
            continue;
        }
        reported = true;
        let message = format!(
            "this text is {} than translations into {} usually are",
            more(pair, from, to),
            pair.to.name
        );
        let diagnostic = Rule::LENGTH
            .says(message)
            .at(pair.to.file, pair.to.spans(&bead.to))
            .at_with(pair.from.file, pair.from.spans(&bead.from), "translated from this")
            .help("see whether something is missing or was added");
        findings.add(Rule::LENGTH, diagnostic);
    }
    let (from, to) = (body(pair.from), body(pair.to));
    if !reported && !pair.has_foreign() && pair.ratio.deviation(from, to).abs() >= FAR {
        let message = format!(
            "this version is {} than translations into {} usually are",
            more(pair, from, to),
            pair.to.name
        );
        let diagnostic = Rule::LENGTH.says(message).in_file(pair.to.file).in_file(pair.from.file);
        findings.add(Rule::LENGTH, diagnostic.help("see whether something is missing or was added"));
    }
}

fn more(pair: &Pair<'_>, from: usize, to: usize) -> String {
    match pair.ratio.per_cent(from, to) {
        n if n < 0 => format!("{} % shorter", -n),
        n => format!("{n} % longer"),
    }
}

fn report(pair: &Pair<'_>, alone: &Alone, findings: &mut Findings) {
    let (here, there, verb) = match alone.side {
        Side::From => (pair.from, pair.to, "is missing from the translation"),
        Side::To => (pair.to, pair.from, "is not in the original"),
    };
    let what = if alone.whole { "this paragraph" } else { "this sentence" };
    let place = here.place(alone.block, alone.range.clone());
    let near = pair.near(alone);
    let message = format!("{what} {verb}");
    // The place to mend comes first: where a text is missing, that is where it belongs.
    let diagnostic = match alone.side {
        Side::From => {
            Rule::LENGTH.says(message).at_with(there.file, near, "belongs here").at(here.file, place)
        }
        Side::To => {
            Rule::LENGTH.says(message).at(here.file, place).at_with(there.file, near, "compared with this")
        }
    };
    let help = match alone.side {
        Side::From => "translate it",
        Side::To => "take it out, or add it to the original",
    };
    findings.add(Rule::LENGTH, diagnostic.help(help));
}
