//! `cargo bench --bench compare`: Bashu beside `cp -r`, Hugo and `git status`, in one run.
//!
//! Writes the same corpus for Bashu and for Hugo into memory, builds it in all ways in turn, and
//! writes a table in Markdown and a chart in SVG. With `--check` it is what continuous integration
//! asks: whether Bashu has become grossly slower.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program for the terminal")]

mod bound;
mod bounds;
mod chart;
mod check;
mod contest;
mod corpus;
mod files;
mod machine;
mod measured;
mod options;
mod process;
mod runs;
mod sites;
mod table;
mod units;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use contest::Contest;
use measured::{Measured, What};
use options::Options;
use process::{Hugo, version};
use table::About;

/// Hugo holds some 95 KB for each article; beyond this many it would need more memory than most
/// machines have to spare, and the corpus is in memory as well.
const HUGO_UP_TO: usize = 20_000;

fn main() -> ExitCode {
    let options = Options::parse();
    if !options.bench {
        // `cargo test --all-targets` runs the program without it, to see that it starts.
        println!("measuring is for `cargo bench`");
        return ExitCode::SUCCESS;
    }
    let done = if options.check { check(&options) } else { full(&options) };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Measures everything and writes the report.
fn full(options: &Options) -> Result<(), String> {
    let (program, bashu) = bashu(options)?;
    let (mut programs, mut notes) = (vec![bashu], Vec::new());
    let hugo = if options.hugo == "none" { None } else { Hugo::find(&options.hugo) };
    match &hugo {
        Some(hugo) => programs.push(hugo.version.clone()),
        None if options.hugo == "none" => notes.push("Hugo was left out".to_owned()),
        None => notes.push("Hugo is not installed here and was not measured".to_owned()),
    }
    let git = version(Path::new("git"), "--version");
    match &git {
        Some(version) => programs.push(version.trim().replace(" version", "")),
        None => notes.push("Git is not installed here: there is no `git status` to compare with".to_owned()),
    }
    let takes_part = |what: &What| match what {
        What::Hugo => hugo.is_some(),
        What::Status => git.is_some(),
        _ => true,
    };
    let mut rows: Vec<What> = What::ALL.into_iter().filter(takes_part).collect();
    let mut sizes = options.sizes.clone();
    sizes.sort_unstable();
    sizes.dedup();
    if hugo.is_some() && sizes.iter().any(|size| *size > HUGO_UP_TO) {
        notes.push(format!("Hugo was left out above {HUGO_UP_TO} × 2 articles, for want of memory"));
    }
    let about = About { machine: machine::name(), programs, runs: options.runs, notes };
    let (mut all, mut report) = (Vec::new(), String::new());
    for size in sizes {
        if size > HUGO_UP_TO {
            rows.retain(|row| *row != What::Hugo);
        }
        let contest = Contest { bashu: &program, hugo: hugo.as_ref(), rows: &rows, runs: options.runs };
        all.push(hold(&contest, size, options.keep)?);
        // After each size, so that a large one that fails does not cost the small ones.
        report = table::report(&about, &all);
        files::write(&options.report.join("benchmark.md"), &report)?;
        if let Some(chart) = chart::chart(&all, &about.machine) {
            files::write(&options.report.join("benchmark.svg"), &chart)?;
        }
    }
    println!("{report}");
    Ok(())
}

/// Measures the smallest size and refuses gross regressions.
fn check(options: &Options) -> Result<(), String> {
    let (program, _) = bashu(options)?;
    let contest = Contest { bashu: &program, hugo: None, rows: &check::ROWS, runs: options.runs };
    let measured = hold(&contest, check::INITIATIVES, options.keep)?;
    print!("{}", table::brief(&measured));
    let found = check::regressions(&measured);
    if found.is_empty() { Ok(()) } else { Err(format!("Bashu has become slower: {}", found.join("; "))) }
}

/// Measures one corpus in a folder that goes away, also after a failure.
fn hold(contest: &Contest<'_>, initiatives: usize, keep: bool) -> Result<Measured, String> {
    if initiatives == 0 {
        return Err("a corpus needs at least one initiative".to_owned());
    }
    let mut folder = tempfile::Builder::new()
        .prefix("bashu-compare-")
        .tempdir_in(machine::place())
        .map_err(|why| format!("there is no place for the corpus: {why}"))?;
    if keep {
        folder.disable_cleanup(true);
        eprintln!("kept: {}", folder.path().display());
    }
    contest.hold(initiatives, folder.path())
}

/// The Bashu that is measured, and its name with its version.
fn bashu(options: &Options) -> Result<(PathBuf, String), String> {
    let program = process::program(&options.bashu);
    match version(&program, "--version") {
        Some(said) => Ok((program, said.trim().to_owned())),
        None => Err(format!("{} is no program of Bashu", options.bashu.display())),
    }
}
