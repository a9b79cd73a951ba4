//! `cargo bench --bench publish`: publishing the same site with Bashu, the AWS program and rclone.
//!
//! Writes a corpus into memory, builds it, starts servers on this machine, and lets all publish in
//! turn: for the first time, unchanged, after an edit. With `--check` it is what continuous
//! integration asks: whether publishing has become grossly slower.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program for the terminal")]

#[path = "../compare/bound.rs"]
mod bound;
mod bounds;
mod contest;
#[path = "../compare/corpus.rs"]
mod corpus;
#[path = "../compare/files.rs"]
mod files;
#[path = "../compare/machine.rs"]
mod machine;
mod measured;
mod options;
#[path = "../compare/process.rs"]
#[allow(dead_code, reason = "Hugo takes no part")]
mod process;
mod report;
#[path = "../compare/runs.rs"]
mod runs;
mod servers;
#[path = "../compare/sites.rs"]
#[allow(dead_code, reason = "nothing is built with Hugo here")]
mod sites;
mod tools;
#[path = "../compare/units.rs"]
mod units;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use contest::Contest;
use measured::Measured;
use options::Options;
use servers::{Kind, Server};
use tools::Tool;

/// What continuous integration has the time for: articles in each language, and runs.
const CHECK: (usize, u32) = (300, 1);

fn main() -> ExitCode {
    let options = Options::parse();
    if !options.bench {
        // `cargo test --all-targets` runs the program without it, to see that it starts.
        println!("measuring is for `cargo bench`");
        return ExitCode::SUCCESS;
    }
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let (size, runs) = if options.check { CHECK } else { (options.size as usize, options.runs) };
    let measured = hold(options, size, runs)?;
    let bounds = bounds::judge(&measured, if options.check { bounds::GENEROUS } else { 1.0 });
    let report = report::report(&measured, &bounds);
    println!("{report}");
    if !options.check {
        return files::write(&options.report.join("publish.md"), &report);
    }
    let broken = bounds.iter().filter(|bound| !bound.met);
    let broken: Vec<_> = broken.map(|bound| format!("{}, but {}", bound.text, bound.measured)).collect();
    if broken.is_empty() {
        Ok(())
    } else {
        Err(format!("publishing has become slower: {}", broken.join("; ")))
    }
}

/// Measures in a folder that goes away, also after a failure.
fn hold(options: &Options, initiatives: usize, runs: u32) -> Result<Measured, String> {
    let bashu = process::program(&options.bashu);
    let version = process::version(&bashu, "--version")
        .ok_or_else(|| format!("{} is no program of Bashu", options.bashu.display()))?;
    let mut folder = tempfile::Builder::new()
        .prefix("bashu-publish-")
        .tempdir_in(machine::place())
        .map_err(|why| format!("there is no place for the corpus: {why}"))?;
    if options.keep {
        folder.disable_cleanup(true);
        eprintln!("kept: {}", folder.path().display());
    }
    let mut measured =
        Measured { initiatives, runs, programs: vec![version.trim().to_owned()], ..Measured::default() };
    for kind in Kind::ALL {
        let at = folder.path().join(kind.name());
        let Some(server) = start(kind, &at, &mut measured)? else { continue };
        let mut tools = Vec::new();
        for tool in kind.tools() {
            match tool.version(&bashu) {
                Some(version) => {
                    if *tool != Tool::Bashu && !measured.programs.contains(&version) {
                        measured.programs.push(version);
                    }
                    tools.push(*tool);
                }
                None => measured.note(format!("{} is not installed here and was not measured", tool.label())),
            }
        }
        let contest = Contest { bashu: &bashu, server: &server, tools: &tools, folder: &at };
        contest.hold(&mut measured)?;
    }
    if measured.rows.is_empty() {
        return Err(format!("there is no server to publish to here: {}", measured.notes.join("; ")));
    }
    Ok(measured)
}

fn start(kind: Kind, at: &Path, measured: &mut Measured) -> Result<Option<Server>, String> {
    match Server::start(kind, at)? {
        Some(server) => {
            measured.programs.push(server.program.clone());
            Ok(Some(server))
        }
        None => {
            measured.note(format!(
                "{} is not installed here: nothing was published by {}",
                kind.program(),
                kind.label()
            ));
            Ok(None)
        }
    }
}
