//! `cargo bench --bench preview`: how soon `bashu serve` shows a site, and what is edited of it.
//!
//! Writes a corpus into memory, starts the preview, opens a page in a real browser, edits, and
//! writes a table in Markdown. With `--check` it is what continuous integration asks: whether the
//! preview has become grossly slower.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program for the terminal")]

#[path = "../compare/bound.rs"]
mod bound;
mod bounds;
#[path = "../compare/corpus.rs"]
mod corpus;
mod edits;
#[path = "../compare/files.rs"]
#[allow(dead_code, reason = "no output is counted here")]
mod files;
#[path = "../compare/machine.rs"]
mod machine;
mod measured;
mod options;
#[path = "../compare/process.rs"]
#[allow(dead_code, reason = "no process is run to its end here, and Hugo takes no part")]
mod process;
mod report;
mod series;
mod server;
#[path = "../compare/sites.rs"]
#[allow(dead_code, reason = "nothing is built with Hugo here")]
mod sites;
mod trials;
#[path = "../compare/units.rs"]
#[allow(dead_code, reason = "nothing is so many times as much here")]
mod units;
#[path = "../../tests/it/webdriver.rs"]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "it is written for tests, and nothing goes on without it"
)]
mod webdriver;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use edits::Site;
use measured::Measured;
use options::Options;
use series::Kind;
use server::Server;
use webdriver::Browser;

/// Articles that change at once, where a corpus has so many initiatives.
const BURST: u32 = 5000;

/// What is measured.
struct Extent {
    size: u32,
    edits: u32,
    runs: u32,
}

/// What continuous integration has the time for.
const CHECK: Extent = Extent { size: 1000, edits: 16, runs: 2 };

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
    let extent = Extent { size: options.size, edits: options.edits, runs: options.runs };
    let (measured, programs) = hold(options, &extent)?;
    let report = report::report(&programs, &measured, &bounds::judge(&measured, 1.0));
    files::write(&options.report.join("preview.md"), &report)?;
    println!("{report}");
    Ok(())
}

/// Measures a little and refuses gross regressions.
fn check(options: &Options) -> Result<(), String> {
    let (measured, programs) = hold(options, &CHECK)?;
    let bounds = bounds::judge(&measured, bounds::GENEROUS);
    println!("{}", report::report(&programs, &measured, &bounds));
    let broken = bounds.iter().filter(|bound| !bound.met);
    let broken: Vec<_> = broken.map(|bound| format!("{}, but {}", bound.text, bound.measured)).collect();
    if broken.is_empty() {
        Ok(())
    } else {
        Err(format!("the preview has become slower: {}", broken.join("; ")))
    }
}

/// Measures in a folder that goes away, also after a failure; the programs that took part come with
/// the result.
fn hold(options: &Options, extent: &Extent) -> Result<(Measured, Vec<String>), String> {
    let program = process::program(&options.bashu);
    let version = process::version(&program, "--version")
        .ok_or_else(|| format!("{} is no program of Bashu", options.bashu.display()))?;
    let mut folder = tempfile::Builder::new()
        .prefix("bashu-preview-")
        .tempdir_in(machine::place())
        .map_err(|why| format!("there is no place for the corpus: {why}"))?;
    if options.keep {
        folder.disable_cleanup(true);
        eprintln!("kept: {}", folder.path().display());
    }
    // Before anything is measured, because without it there is no result.
    let browser = Browser::start()?;
    let agent = browser.text_of("return navigator.userAgent");
    let chromium = agent.split(' ').find_map(|part| part.split_once("Chrome/")).map(|(_, version)| version);
    let programs = vec![version.trim().to_owned(), format!("Chromium {}", chromium.unwrap_or("unknown"))];
    let measured = measure(&program, &browser, folder.path(), extent)?;
    Ok((measured, programs))
}

fn measure(program: &Path, browser: &Browser, folder: &Path, extent: &Extent) -> Result<Measured, String> {
    let initiatives = extent.size as usize;
    eprintln!("{initiatives} × 2 articles: writing the corpus");
    let site = Site::write(folder.join("site"), initiatives)?;
    let log = folder.join("log");
    let mut starts = Vec::new();
    for cached in [false, true] {
        eprintln!("starts {}", if cached { "with a cache" } else { "without a cache" });
        starts.push(trials::starts(program, &site, &log, cached, extent.runs)?);
    }
    // Every edit has a number of its own, from the first to the last of the whole run.
    let mut mark = 0;
    let mut server = Server::start(program, site.folder(), &log)?;
    server.wait_for("/en/", "</html>")?;
    server.rest(trials::QUIET)?;
    let mut series = Vec::new();
    for kind in Kind::ALL {
        eprintln!("edits: {}", kind.label());
        series.push(series::measure(&site, &server, browser, kind, extent.edits, &mut mark)?);
    }
    eprintln!("a burst of changes");
    let burst = trials::burst(&site, &server, browser, extent.size.min(BURST) as usize, &mut mark)?;
    drop(server);
    eprintln!("memory");
    let memory = trials::memory(program, &site, &log, extent.edits, initiatives, &mut mark)?;
    Ok(Measured { initiatives, starts, series, burst, memory })
}
