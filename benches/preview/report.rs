//! The report in Markdown.

use std::fmt::Write;

use crate::bound::Bound;
use crate::machine;
use crate::measured::Measured;
use crate::trials::median;
use crate::units::{megabytes, seconds, whole};

/// The whole report; `programs` are those that took part, with their versions.
pub(crate) fn report(programs: &[String], measured: &Measured, bounds: &[Bound]) -> String {
    format!(
        "# Benchmark of the preview\n\n{}; {}.\n\n{}. {} × 2 articles, the theme `plain`. MB are millions of bytes.\n{}{}{}{}{}\nMade by `cargo bench --bench preview`; `-- --help` says how.\n",
        machine::name(),
        machine::files(),
        programs.join(", "),
        whole(measured.initiatives),
        starts(measured),
        series(measured),
        burst(measured),
        memory(measured),
        judged(bounds),
    )
}

fn starts(measured: &Measured) -> String {
    let mut text = "\n## From the start to a page\n\nFrom before `bashu serve` is started until a page has been received. Medians; fastest to slowest in brackets.\n\n| | the home page | then an article | runs |\n|---|---:|---:|---:|\n".to_owned();
    for starts in &measured.starts {
        let what = if starts.cached { "with a cache" } else { "without a cache" };
        let times = |times: &[f64]| {
            let fastest = times.iter().copied().fold(f64::INFINITY, f64::min);
            let slowest = times.iter().copied().fold(0.0, f64::max);
            format!("{} ({} to {})", seconds(median(times)), seconds(fastest), seconds(slowest))
        };
        let (home, article) = (times(&starts.home), times(&starts.article));
        _ = writeln!(text, "| {what} | {home} | {article} | {} |", starts.home.len());
    }
    text
}

fn series(measured: &Measured) -> String {
    let mut text = "\n## From saving to the browser showing it\n\nFrom before the file is written until the frame that shows the change has been painted, in Chromium with the page open. 300 ms pass between an edit that is shown and the next, but where it says otherwise.\n\n| what is edited | edits | median | 95 of 100 within | slowest |\n|---|---:|---:|---:|---:|\n".to_owned();
    for series in &measured.series {
        let [median, mostly, slowest] = [50, 95, 100].map(|part| seconds(series.percentile(part)));
        _ = writeln!(
            text,
            "| {} | {} | {median} | {mostly} | {slowest} |",
            series.kind.label(),
            series.count()
        );
    }
    text
}

fn burst(measured: &Measured) -> String {
    let burst = &measured.burst;
    let lines = if burst.lines == 1 { "line" } else { "lines" };
    format!(
        "\n## Many files at once\n\n{} articles are written in {}. The page of the last of them shows that {} later. The terminal has {} {lines} of it.\n",
        whole(burst.files),
        seconds(burst.wrote),
        seconds(burst.shown),
        burst.lines,
    )
}

fn memory(measured: &Measured) -> String {
    let memory = &measured.memory;
    format!(
        "\n## Memory\n\nEdits of articles in turn, each as soon as the page of the one before has it ({:.1} a second), every tenth of a title.\n\n| after the start | after {} edits | after {} edits | most at any time |\n|---:|---:|---:|---:|\n| {} | {} | {} | {} |\n",
        memory.pace,
        whole(memory.early.0 as usize),
        whole(memory.late.0 as usize),
        megabytes(memory.start),
        megabytes(memory.early.1),
        megabytes(memory.late.1),
        megabytes(memory.most),
    )
}

fn judged(bounds: &[Bound]) -> String {
    let mut text = "\n## Bounds\n\n| | measured | |\n|---|---:|---|\n".to_owned();
    for bound in bounds {
        let met = if bound.met { "met" } else { "**not met**" };
        _ = writeln!(text, "| {} | {} | {met} |", bound.text, bound.measured);
    }
    text
}
