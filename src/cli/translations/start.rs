//! `bashu translations start`: the file that a translation begins with.

use std::io::ErrorKind;

use clap::Args;

use super::super::Status;
use super::Run;
use crate::diag::Diagnostics;
use crate::translations::{Ledger, beginning, create, file_of, shown_id};

#[derive(Args)]
pub(super) struct Arguments {
    /// The ids of what is to be translated
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    /// The language of the new version
    #[arg(long, value_name = "CODE")]
    to: String,
}

pub(super) fn run(arguments: &Arguments, run: &Run<'_>) -> Status {
    let ledger = Ledger::of(run.loaded, &mut Diagnostics::new());
    let Some(lang) = run.lang(&arguments.to) else { return Status::Usage };
    let code = &arguments.to;
    let mut begun = Vec::new();
    for wanted in &arguments.ids {
        let entry = match ledger.find(wanted) {
            Ok((entry, _)) => entry,
            Err(help) => {
                run.console.fault(&format!("there is no `{wanted}` in this site"), &help);
                return Status::Usage;
            }
        };
        let id = shown_id(&entry.id);
        if let Some(version) = entry.version(lang) {
            let message = format!("`{id}` has a version `{code}` already: {}", version.file);
            run.console.fault(&message, "edit that file; `bashu translations accept` stamps it");
            return Status::Usage;
        }
        // Of an id without a version in this language there is another, or it would have no entry.
        let Some(original) = entry.source(lang) else { continue };
        let file = file_of(original, code);
        if !begun.iter().any(|(_, other)| *other == file) {
            begun.push((original, file));
        }
    }
    let files: Vec<_> = begun.iter().map(|(original, _)| &original.file).collect();
    if run.faulty(&files) {
        return Status::Errors;
    }
    let mut written = Vec::new();
    for (original, file) in &begun {
        let text = match run.source.text(&original.file) {
            Ok(text) => text,
            Err(fault) => {
                run.report(&fault.into());
                return Status::Errors;
            }
        };
        if let Err(error) = create(run.site, file, &beginning(original, &text, &ledger, lang, file)) {
            // Those before it are begun all the same.
            run.written(&written.join("\n"), &written);
            if error.kind() == ErrorKind::AlreadyExists {
                run.console.fault(&format!("{file} is there already"), "edit that file, or move it away");
                return Status::Usage;
            }
            return run.not_written(file, &error);
        }
        written.push(file.as_str());
    }
    run.written(&written.join("\n"), &written);
    Status::Done
}
