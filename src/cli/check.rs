//! `bashu check`.

use std::path::Path;

use clap::{Args, Subcommand};
use serde_json::json;

use super::Status;
use super::build::{day, today};
use super::console::Console;
use crate::base::PartialDate;
use crate::build;
use crate::check::{self, Outcome, Selection};
use crate::diag::did_you_mean;
use crate::site::{Clock, Site};
use crate::source::Source;
use crate::translations::shown_id;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Whether each translation says what the version says that it was made from
    Parity(Parity),
}

#[derive(Args)]
struct Parity {
    /// The ids, or files, of articles, such as initiatives/air-routes [default: all]
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Only translations into the language with this code
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// The day that decides what is published yet and still [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<PartialDate>,
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: &Console) -> Status {
    let What::Parity(arguments) = &arguments.what;
    parity(arguments, site, console)
}

/// Drafts are compared as well: before they are published is the time for it.
fn parity(arguments: &Parity, folder: &Path, console: &Console) -> Status {
    let source = Source::disk(folder);
    let clock = Clock { today: arguments.today.unwrap_or_else(today), drafts: true, any_day: false };
    let (site, mut diagnostics) = match build::site(&source, clock) {
        Ok((site, faults)) => (Some(site), faults),
        Err(faults) => (None, faults),
    };
    let mut counted = None;
    if let Some(site) = &site {
        let selection = match selection(arguments, site) {
            Ok(selection) => selection,
            Err((message, help)) => {
                console.fault(&message, &help);
                return Status::Usage;
            }
        };
        let Outcome { diagnostics: found, pairs, waived } = check::parity(&source, site, &selection);
        counted = Some((pairs, found.iter().count(), waived));
        diagnostics.append(found);
    }
    diagnostics.sort();
    console.report(&diagnostics, &|path| build::text_for_report(&source, path), None);
    if let Some((pairs, faults, waived)) = counted {
        let number = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        let waivers = if waived > 0 { format!(", {waived} waived") } else { String::new() };
        let line = format!("{} compared, {}{waivers}", number(pairs, "pair"), number(faults, "fault"));
        console.done(&line, &json!({ "pairs": pairs, "faults": faults, "waived": waived }));
    }
    if diagnostics.is_empty() { Status::Done } else { Status::Errors }
}

/// What the command names; else what is wrong with it and what to do about it.
fn selection(arguments: &Parity, site: &Site) -> Result<Selection, (String, String)> {
    let config = &site.config;
    let lang = match &arguments.lang {
        None => None,
        Some(code) => Some(config.lang_of_code(code).ok_or_else(|| {
            let codes = config.languages.iter().map(|l| l.code.as_str());
            let help =
                did_you_mean(code, codes).unwrap_or_else(|| "languages are declared in site.yaml".to_owned());
            (format!("the site has no language `{code}`"), help)
        })?),
    };
    let find = |wanted: &String| {
        let path = wanted.strip_prefix("./").unwrap_or(wanted);
        let id = path.trim_matches('/');
        let found = site.entries.iter().find(|entry| {
            let mut versions = entry.versions.iter().flatten();
            shown_id(&entry.id) == id || versions.any(|version| version.file.as_str() == path)
        });
        found.map(|entry| entry.id.to_string()).ok_or_else(|| {
            let ids = site.entries.iter().map(|entry| shown_id(&entry.id));
            let help = did_you_mean(id, ids).unwrap_or_else(|| {
                "an id is a file's path below content/ without language and extension".to_owned()
            });
            (format!("there is no article `{wanted}`"), help)
        })
    };
    let ids = arguments.ids.iter().map(find).collect::<Result<_, _>>()?;
    Ok(Selection { ids, lang })
}
