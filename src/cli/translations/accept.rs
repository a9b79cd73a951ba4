//! `bashu translations accept`: the stamp in the files of translations.

use clap::Args;

use super::super::Status;
use super::Run;
use crate::article::{Article, TranslatedFrom};
use crate::base::{ContentPath, Lang};
use crate::diag::Diagnostics;
use crate::site::State;
use crate::translations::{Entry, Ledger, Refusal, replace, shown_id, stamp};

#[derive(Args)]
pub(super) struct Arguments {
    /// The ids, or files, of translations that are up to date
    #[arg(value_name = "ID", required_unless_present = "all")]
    ids: Vec<String>,
    /// Only the versions in these languages
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    to: Vec<String>,
    /// All translations that are stale or unmarked
    #[arg(long, conflicts_with = "ids")]
    all: bool,
}

/// A translation to be stamped.
struct Target<'s> {
    translation: &'s Article,
    original: &'s Article,
}

pub(super) fn run(arguments: &Arguments, run: &Run<'_>) -> Status {
    // Its faults are those of the files that are looked at one by one.
    let ledger = Ledger::of(run.loaded, &mut Diagnostics::new());
    let langs: Option<Vec<Lang>> = arguments.to.iter().map(|code| run.lang(code)).collect();
    let Some(langs) = langs else { return Status::Usage };
    let targets = if arguments.all { all(&ledger, &langs) } else { named(arguments, run, &ledger, &langs) };
    let Some(targets) = targets else { return Status::Usage };
    let files: Vec<&ContentPath> =
        targets.iter().flat_map(|t| [&t.translation.file, &t.original.file]).collect();
    if run.faulty(&files) {
        return Status::Errors;
    }
    let mut stamped = Vec::new();
    let mut refused = false;
    for target in &targets {
        match stamped_text(target, run, &ledger) {
            Some(text) => stamped.push((target, text)),
            None => refused = true,
        }
    }
    // All or none: else it would have to be found out which.
    if refused {
        return Status::Errors;
    }
    let mut written = Vec::new();
    let mut lines = Vec::new();
    for (target, (before, after, stamp)) in &stamped {
        let file = &target.translation.file;
        if before == after {
            lines.push(format!("{file} is stamped already: {stamp}"));
            continue;
        }
        if let Err(error) = replace(run.site, file, after) {
            // Those before it are stamped all the same.
            run.written(&lines.join("\n"), &written);
            return run.not_written(file, &error);
        }
        lines.push(format!("{file}: {stamp}"));
        written.push(file.as_str());
    }
    if lines.is_empty() {
        lines.push("nothing to stamp".to_owned());
    }
    run.written(&lines.join("\n"), &written);
    Status::Done
}

fn all<'s>(ledger: &Ledger<'s>, langs: &[Lang]) -> Option<Vec<Target<'s>>> {
    let mut targets = Vec::new();
    for entry in &ledger.entries {
        for lang in ledger.config.langs().filter(|lang| langs.is_empty() || langs.contains(lang)) {
            let waits = matches!(state(entry, lang), State::Stale | State::Unmarked);
            targets.extend(target(entry, lang).filter(|_| waits));
        }
    }
    Some(targets)
}

fn state(entry: &Entry<'_>, lang: Lang) -> State {
    entry.origins.get(lang.index()).map_or(State::Missing, |origin| origin.state)
}

fn target<'s>(entry: &Entry<'s>, lang: Lang) -> Option<Target<'s>> {
    Some(Target { translation: entry.version(lang)?, original: entry.source(lang)? })
}

fn named<'s>(
    arguments: &Arguments,
    run: &Run<'_>,
    ledger: &Ledger<'s>,
    langs: &[Lang],
) -> Option<Vec<Target<'s>>> {
    let mut targets: Vec<Target<'s>> = Vec::new();
    let mut complete = true;
    let mut complain = |message: String, help: &str| {
        run.console.fault(&message, help);
        complete = false;
    };
    for wanted in &arguments.ids {
        let (entry, lang) = match ledger.find(wanted) {
            Ok(found) => found,
            Err(help) => {
                complain(format!("there is no `{wanted}` in this site"), &help);
                continue;
            }
        };
        let id = shown_id(&entry.id);
        let asked: Vec<Lang> = if langs.is_empty() { lang.into_iter().collect() } else { langs.to_vec() };
        for &lang in &asked {
            let code = &ledger.config.language(lang).code;
            match (state(entry, lang), target(entry, lang)) {
                (State::Original, _) => complain(
                    format!("the version `{code}` of `{id}` is the original, and no translation"),
                    "name a translation: only those are stamped",
                ),
                (State::Missing, _) => complain(
                    format!("`{id}` has no version `{code}`"),
                    &format!("begin it with `bashu translations start {id} --to {code}`"),
                ),
                (_, Some(target)) => targets.push(target),
                (_, None) => complain(
                    format!("the version `{code}` of `{id}` names a version to come from that is not there"),
                    "correct `translated_from` in its front matter",
                ),
            }
        }
        if asked.is_empty() {
            let before = targets.len();
            targets.extend(ledger.config.langs().filter_map(|lang| target(entry, lang)));
            if targets.len() == before {
                complain(
                    format!("`{id}` has no translations"),
                    &format!("begin one with `bashu translations start {id} --to CODE`"),
                );
            }
        }
    }
    targets.sort_by(|a, b| a.translation.file.cmp(&b.translation.file));
    targets.dedup_by(|a, b| a.translation.file == b.translation.file);
    complete.then_some(targets)
}

/// A file's text before and after, and the stamp; `None` if it must not be stamped, which is said.
fn stamped_text(target: &Target<'_>, run: &Run<'_>, ledger: &Ledger<'_>) -> Option<(String, String, String)> {
    let Target { translation, original } = target;
    let (config, file) = (ledger.config, &translation.file);
    let origin = TranslatedFrom {
        code: config.language(original.name.lang).code.clone(),
        fingerprint: original.outline.fingerprint,
    };
    let shown = origin.to_string();
    let text = run.source.text(file).map_err(|fault| run.report(&fault.into())).ok()?;
    match stamp(file, &translation.name, &text, config, &origin) {
        Ok(after) => Some((text, after, shown)),
        Err(Refusal::Faults(faults)) => {
            run.report(&faults);
            None
        }
        Err(Refusal::Form) => {
            let message = format!("the front matter of {file} is not changed by a program as it is written");
            run.console.fault(&message, &format!("write `translated_from: {shown}` into it yourself"));
            None
        }
    }
}
