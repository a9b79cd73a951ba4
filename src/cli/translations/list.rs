//! `bashu translations`: which versions are listed, and what the exit status says of them.

use clap::{Args, ValueEnum};

use super::super::Status;
use super::{Run, report};
use crate::base::Lang;
use crate::diag::{did_you_mean, did_you_mean_and, nearest};
use crate::site::State;
use crate::translations::{Entry, History, Ledger, Lost, Since, shown_id, since};

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Only these ids, or the ids of these files
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Only what is in these sections
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    section: Vec<String>,
    /// Only these languages
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    lang: Vec<String>,
    /// Only these states: original, current, stale, unmarked, missing [default: all but original]
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = state)]
    state: Vec<State>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Do not look up in git's history what changed
    #[arg(long)]
    brief: bool,
    /// End with status 1 if a version that is listed is in one of these states
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = state)]
    fail_on: Vec<State>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the words that changed
    Table,
    /// For programs: an array of objects, with the words that changed
    Json,
    /// For spreadsheets
    Csv,
}

fn state(text: &str) -> Result<State, String> {
    let found = State::ALL.into_iter().find(|state| state.as_str() == text);
    let names = || State::ALL.into_iter().map(State::as_str);
    found.ok_or_else(|| did_you_mean(text, names().collect::<Vec<_>>()).unwrap_or_default())
}

/// A version, or its absence, that is listed.
pub(super) struct Row<'r, 's> {
    pub(super) entry: &'r Entry<'s>,
    pub(super) lang: Lang,
    pub(super) state: State,
    /// What changed since it was made, if it is stale and that was asked for.
    pub(super) since: Option<Result<Since, Lost>>,
}

impl Row<'_, '_> {
    /// Whether the version says that it is not published yet.
    pub(super) fn is_draft(&self) -> bool {
        self.entry.version(self.lang).is_some_and(|version| version.front.draft == Some(true))
    }
}

pub(super) fn run(arguments: &Arguments, run: &Run<'_>) -> Status {
    let mut diagnostics = run.loaded.diagnostics.clone();
    let ledger = Ledger::of(run.loaded, &mut diagnostics);
    diagnostics.regrade(|d| ledger.config.grade(d));
    diagnostics.sort();
    let Some(mut rows) = rows(arguments, run, &ledger) else { return Status::Usage };
    run.report(&diagnostics);
    if !arguments.brief {
        let mut history = History::of(run.site);
        for row in rows.iter_mut().filter(|row| row.state == State::Stale) {
            row.since = looked_up(row, run, &ledger, &mut history);
        }
    }
    let text = match arguments.format {
        Format::Table => report::table(&rows, &ledger, run.console),
        Format::Json => report::json(&rows, &ledger),
        Format::Csv => report::csv(&rows, &ledger),
    };
    run.console.out(&text);
    let failing = rows.iter().filter(|row| arguments.fail_on.contains(&row.state)).count();
    if failing > 0 {
        let states: Vec<&str> = arguments.fail_on.iter().map(|state| state.as_str()).collect();
        let message = match failing {
            1 => format!("1 version is {}", states.join(" or ")),
            n => format!("{n} versions are {}", states.join(" or ")),
        };
        let help = "bring them up to date, and stamp them with `bashu translations accept ID`; \
                    `bashu translations start ID --to CODE` begins one";
        run.console.fault(&message, help);
    }
    if failing > 0 || diagnostics.has_errors() { Status::Errors } else { Status::Done }
}

/// What is listed, in the order of ids; `None` if what was asked for is not there.
fn rows<'r, 's>(arguments: &Arguments, run: &Run<'_>, ledger: &'r Ledger<'s>) -> Option<Vec<Row<'r, 's>>> {
    let langs: Option<Vec<Lang>> = arguments.lang.iter().map(|code| run.lang(code)).collect();
    let langs = langs?;
    let mut wanted = Vec::new();
    for id in &arguments.ids {
        match ledger.find(id) {
            Ok((entry, lang)) => wanted.push((&entry.id, lang)),
            Err(help) => {
                let deed = nearest(id, ["accept", "start"]);
                let help = deed.map_or(help, |deed| format!("did you mean `bashu translations {deed}`?"));
                run.console.fault(&format!("there is no `{id}` in this site"), &help);
                return None;
            }
        }
    }
    let mut sections = Vec::new();
    for section in &arguments.section {
        let section = section.trim_matches('/');
        let inside = format!("{section}/");
        if !ledger.entries.iter().any(|entry| entry.id.starts_with(&inside)) {
            let mut folders: Vec<&str> =
                ledger.entries.iter().filter_map(|e| Some(e.id.rsplit_once('/')?.0)).collect();
            folders.dedup();
            let help = did_you_mean_and(section, folders, "a section is a folder of content/");
            run.console.fault(&format!("there is no section `{section}`"), &help);
            return None;
        }
        sections.push((section, inside));
    }
    let mut rows = Vec::new();
    for entry in &ledger.entries {
        let inside =
            |(section, inside): &(&str, String)| *entry.id == **section || entry.id.starts_with(inside);
        if !sections.is_empty() && !sections.iter().any(inside) {
            continue;
        }
        for (lang, origin) in ledger.config.langs().zip(&entry.origins) {
            let asked = |(id, only): &(&std::sync::Arc<str>, Option<Lang>)| {
                **id == entry.id && only.is_none_or(|only| only == lang)
            };
            let state = origin.state;
            let listed = if arguments.state.is_empty() {
                state != State::Original
            } else {
                arguments.state.contains(&state)
            };
            if listed
                && (langs.is_empty() || langs.contains(&lang))
                && (wanted.is_empty() || wanted.iter().any(asked))
            {
                rows.push(Row { entry, lang, state, since: None });
            }
        }
    }
    Some(rows)
}

fn looked_up(
    row: &Row<'_, '_>,
    run: &Run<'_>,
    ledger: &Ledger<'_>,
    history: &mut History,
) -> Option<Result<Since, Lost>> {
    let original = row.entry.source(row.lang)?;
    let recorded = row.entry.recorded(row.lang)?;
    // One that cannot be read has been reported.
    let text = run.source.text(&original.file).ok()?;
    run.console.detail(&format!("looking up {} in git's history", shown_id(&row.entry.id)));
    Some(since(history, (&original.file, &original.name), &text, recorded, ledger.config))
}
