//! The report in Markdown: a table for each corpus, growth, bounds.

use std::fmt::Write;

use crate::bounds::judge;
use crate::machine::files;
use crate::measured::{Measured, Row, What};
use crate::units::{megabytes, seconds, times, whole};

/// What the report says of the run as a whole.
pub(crate) struct About {
    /// The machine by its parts.
    pub(crate) machine: String,
    /// The programs with their versions.
    pub(crate) programs: Vec<String>,
    pub(crate) runs: u32,
    /// What could not be measured, and why.
    pub(crate) notes: Vec<String>,
}

/// The whole report.
pub(crate) fn report(about: &About, all: &[Measured]) -> String {
    let mut text = format!(
        "# Benchmark\n\n{}; {}.\n\n{}. Medians of runs in turn, {} of each after one that warmed up. MB are millions of bytes.\n",
        about.machine,
        files(),
        about.programs.join(", "),
        about.runs
    );
    for note in &about.notes {
        _ = write!(text, "\n{note}.\n");
    }
    for measured in all {
        table(&mut text, measured);
    }
    growth(&mut text, all);
    bounds(&mut text, all);
    text.push_str("\nMade by `cargo bench --bench compare`; `-- --help` says how. ");
    text.push_str("Every row of one size was measured in the same run, so that rows can be compared; times of different machines cannot.\n");
    text
}

fn table(text: &mut String, measured: &Measured) {
    _ = write!(text, "\n## {} × 2 articles\n\n", whole(measured.initiatives));
    text.push_str("| | median | fastest to slowest | to `cp -r` | to `git status` | to Bashu, clean | peak memory | output |\n");
    text.push_str("|---|---:|---:|---:|---:|---:|---:|---:|\n");
    for row in &measured.rows {
        let (fastest, slowest) = row.runs.spread();
        let to = |other| ratio(measured, row.what, other);
        let status =
            if row.what.is_warm() || row.what == What::Status { to(What::Status) } else { String::new() };
        let output = row.output.map_or_else(String::new, |amount| {
            format!("{} files, {}", whole(amount.files), megabytes(amount.bytes as f64 / 1e6))
        });
        _ = writeln!(
            text,
            "| {} | {} | {} to {} | {} | {status} | {} | {} | {output} |",
            row.what.label(),
            seconds(row.runs.median()),
            seconds(fastest),
            seconds(slowest),
            to(What::Copy),
            to(What::Clean),
            megabytes(row.runs.memory() as f64 / 1e6),
        );
    }
    for note in &measured.notes {
        _ = write!(text, "\n{note}.\n");
    }
}

fn ratio(measured: &Measured, what: What, to: What) -> String {
    if what == to {
        return "1".to_owned();
    }
    measured.ratio(what, to).map_or_else(String::new, times)
}

/// How much more ten times the articles take.
fn growth(text: &mut String, all: &[Measured]) {
    let pairs = all.iter().flat_map(|small| {
        all.iter()
            .filter(|large| large.initiatives == 10 * small.initiatives)
            .map(move |large| (small, large))
    });
    for (small, large) in pairs {
        let (from, to) = (whole(small.initiatives), whole(large.initiatives));
        _ = write!(
            text,
            "\n## From {from} × 2 to {to} × 2 articles\n\n| | time | peak memory |\n|---|---:|---:|\n"
        );
        let rows = large.rows.iter().filter_map(|row| Some((small.row(row.what)?, row)));
        for (small, large) in rows {
            let memory = |row: &Row| row.runs.memory() as f64;
            let (time, memory) = (large.runs.median() / small.runs.median(), memory(large) / memory(small));
            _ = writeln!(text, "| {} | {} | {} |", large.what.label(), times(time), times(memory));
        }
    }
}

fn bounds(text: &mut String, all: &[Measured]) {
    let bounds = judge(all);
    if bounds.is_empty() {
        text.push_str("\nThe project's bounds speak of larger corpora: add `--sizes 10000,100000`.\n");
        return;
    }
    text.push_str("\n## Bounds\n\n| | measured | |\n|---|---:|---|\n");
    for bound in bounds {
        let met = if bound.met { "met" } else { "**not met**" };
        _ = writeln!(text, "| {} | {} | {met} |", bound.text, bound.measured);
    }
}

/// The result of a check, on the terminal.
pub(crate) fn brief(measured: &Measured) -> String {
    let mut text = String::new();
    for row in &measured.rows {
        _ = write!(text, "{}: {}", row.what.label(), seconds(row.runs.median()));
        match measured.ratio(row.what, What::Copy) {
            Some(ratio) if row.what != What::Copy => _ = writeln!(text, ", {} as long", times(ratio)),
            _ => text.push('\n'),
        }
    }
    text
}
