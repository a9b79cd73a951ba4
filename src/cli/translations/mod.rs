//! `bashu translations`: the list of all versions, and the commands that stamp and begin them.

mod accept;
mod list;
mod report;
mod start;

use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::json;

use super::Status;
use super::console::Console;
use crate::base::{ContentPath, Lang};
use crate::build::{self, Loaded};
use crate::config::Config;
use crate::diag::{Diagnostics, did_you_mean};
use crate::source::Source;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    deed: Option<Deed>,
    #[command(flatten)]
    list: list::Arguments,
}

#[derive(Subcommand)]
enum Deed {
    /// Stamp translations as made from what their originals say now
    Accept(accept::Arguments),
    /// Write the file that a translation begins with: the original's text, to be overwritten
    Start(start::Arguments),
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: &Console) -> Status {
    let source = Source::disk(site);
    let loaded = match build::load(&source) {
        Ok(loaded) => loaded,
        Err(faults) => {
            report(&faults, &source, console);
            return Status::Errors;
        }
    };
    let run = Run { site, source, loaded: &loaded, console };
    match &arguments.deed {
        None => list::run(&arguments.list, &run),
        Some(Deed::Accept(arguments)) => accept::run(arguments, &run),
        Some(Deed::Start(arguments)) => start::run(arguments, &run),
    }
}

/// What each of the commands works with.
struct Run<'r> {
    site: &'r Path,
    source: Source,
    loaded: &'r Loaded,
    console: &'r Console,
}

impl Run<'_> {
    /// The language with a code, or a complaint.
    fn lang(&self, code: &str) -> Option<Lang> {
        let config: &Config = &self.loaded.config;
        let lang = config.lang_of_code(code);
        if lang.is_none() {
            let codes = config.languages.iter().map(|l| l.code.as_str());
            let help =
                did_you_mean(code, codes).unwrap_or_else(|| "site.yaml lists the languages".to_owned());
            self.console.fault(&format!("`{code}` is not a language of this site"), &help);
        }
        lang
    }

    /// Reports the errors in some files; whether there are any.
    fn faulty(&self, files: &[&ContentPath]) -> bool {
        let of_these = |d: &&crate::diag::Diagnostic| {
            d.labels.first().is_some_and(|label| files.contains(&&label.file))
                && d.severity == crate::diag::Severity::Error
        };
        let faults: Diagnostics = self.loaded.diagnostics.iter().filter(of_these).cloned().collect();
        report(&faults, &self.source, self.console);
        !faults.is_empty()
    }

    fn report(&self, diagnostics: &Diagnostics) {
        report(diagnostics, &self.source, self.console);
    }

    /// Says what was written, line by line, and to programs in which files.
    fn written(&self, lines: &str, files: &[&str]) {
        if !lines.is_empty() {
            self.console.done(lines, &json!({ "files": files }));
        }
    }

    /// Reports a file that could not be written.
    fn not_written(&self, file: &ContentPath, error: &std::io::Error) -> Status {
        let help = "check the folder's permissions and the disk";
        self.console.fault(&format!("{file} cannot be written: {error}"), help);
        Status::Errors
    }
}

fn report(diagnostics: &Diagnostics, source: &Source, console: &Console) {
    console.report(diagnostics, &|path| build::text_for_report(source, path), None);
}
