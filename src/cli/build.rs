//! `bashu build`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use serde_json::json;

use super::Status;
use super::console::Console;
use super::timings::Timings;
use crate::base::PartialDate;
use crate::build::{self, Made, Options, Outcome, Progress};
use crate::cache::Cache;
use crate::config;
use crate::output::{self, Folder};
use crate::site::{Clock, State};
use crate::source::Source;

#[derive(Args)]
pub(super) struct Arguments {
    /// Where the finished site goes [default: output/ in the site's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Publish drafts as well
    #[arg(long)]
    drafts: bool,
    /// Where the site will stand, instead of what site.yaml says
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The day that decides what is published yet and still [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<PartialDate>,
    /// Build without the cache in .bashu/, as if for the first time
    #[arg(long)]
    no_cache: bool,
    /// Read files to see whether they changed, instead of trusting their times
    #[arg(long)]
    check_contents: bool,
    /// Say for each file that was made why it was made
    #[arg(long)]
    explain: bool,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
}

pub(super) fn day(text: &str) -> Result<PartialDate, String> {
    match PartialDate::parse(text) {
        Ok(date) if date.day().is_some() => Ok(date),
        Ok(_) => Err("a whole date is needed, as in 2023-12-26".to_owned()),
        Err(why) => Err(why),
    }
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: &Console) -> Status {
    let start = Instant::now();
    if let Some(url) = &arguments.base_url
        && let Err(why) = config::base_url(url)
    {
        console.fault(&why, "write it as https://example.org/ or https://example.org/path/");
        return Status::Usage;
    }
    if !site.is_dir() {
        console.fault(
            &format!("there is no folder {}", site.display()),
            "name the site's folder with `--site DIR`",
        );
        return Status::Usage;
    }
    let source = Source::disk(site);
    let folder = output_folder(site, arguments.output.as_deref());
    let clock =
        Clock { today: arguments.today.unwrap_or_else(today), drafts: arguments.drafts, any_day: false };
    let drafts = if clock.drafts { ", drafts as well" } else { "" };
    console.detail(&format!(
        "from {} to {}, as of {}{drafts}",
        site.display(),
        folder.display(),
        clock.today
    ));
    let timings = Timings::new(start);
    let options = Options {
        clock,
        base_url: arguments.base_url.clone(),
        check_contents: arguments.check_contents,
        explain: arguments.explain,
        ..Options::new(clock)
    };
    let outcome = make(site, &source, &folder, options, !arguments.no_cache, console, &timings);
    let text = |path: &_| build::text_for_report(&source, path);
    let Outcome { diagnostics, made, .. } = outcome;
    let status = match made {
        Some(made) => {
            console.report(&diagnostics, &text, None);
            explain(&made, console);
            summarise(&made, start, console);
            Status::Done
        }
        None => {
            console.report(&diagnostics, &text, Some(&format!("{}/ is as it was", folder.display())));
            Status::Errors
        }
    };
    if arguments.timings {
        timings.tell(console);
    }
    status
}

/// Where a finished site goes, if nothing else is said: `output/` in the site's folder.
pub(super) fn output_folder(site: &Path, given: Option<&Path>) -> PathBuf {
    // `site.join` would make `./output` of it, which reads badly in messages.
    let usual = || if site == Path::new(".") { PathBuf::from("output") } else { site.join("output") };
    given.map_or_else(usual, Path::to_path_buf)
}

/// Builds a site into a folder, with a bar on a terminal; says the notes, and leaves the messages
/// to the caller.
pub(super) fn make(
    site: &Path,
    source: &Source,
    folder: &Path,
    options: Options<'_>,
    cached: bool,
    console: &Console,
    timings: &Timings,
) -> Outcome {
    let bar = console.progress();
    let progress = |progress| match progress {
        Progress::Stage(stage) => timings.begin(stage),
        progress => bar.tell(progress),
    };
    timings.begin("cache: open");
    // A folder that is no site's is left as it is.
    let mut cache = if !cached || !site.join(config::FILE_NAME).is_file() {
        Cache::memory()
    } else {
        Cache::open(site, || console.note("another run of Bashu is at work on this site; waiting for it"))
    };
    let options = Options { output: output::identity(folder), progress: &progress, ..options };
    let outcome = build::build(source, &mut cache, &options, |planned| {
        Folder::open(folder, Some(site), planned.iter().copied())
    });
    bar.finish();
    for note in &outcome.notes {
        console.note(note);
    }
    outcome
}

fn explain(made: &Made, console: &Console) {
    for (path, cause) in made.made.iter().zip(&made.causes) {
        console.done(&format!("{path}: {cause}"), &json!({ "made": path.as_str(), "because": cause }));
    }
}

pub(super) fn summarise(made: &Made, start: Instant, console: &Console) {
    let written = &made.written;
    let pages: Vec<String> = made.pages.iter().map(|(code, count)| format!("{count} {code}")).collect();
    let removed = if written.removed > 0 { format!(", {} removed", written.removed) } else { String::new() };
    let seconds = start.elapsed().as_secs_f64();
    let by_language: serde_json::Map<_, _> =
        made.pages.iter().map(|(code, n)| (code.clone(), json!(n))).collect();
    let states: serde_json::Map<_, _> = made
        .translations
        .iter()
        .map(|(code, counts)| {
            let counts =
                State::ALL.iter().zip(counts).map(|(state, n)| (state.as_str().to_owned(), json!(n)));
            (code.clone(), serde_json::Value::Object(counts.collect()))
        })
        .collect();
    let data = json!({
        "pages": by_language,
        "translations": states,
        "written": written.written,
        "unchanged": written.unchanged,
        "removed": written.removed,
        "bytes": written.bytes,
        "parsed": made.parsed,
        "made": made.made.len(),
        "seconds": seconds,
    });
    let translations = match translations(made) {
        said if said.is_empty() => said,
        said => format!(" translations: {said};"),
    };
    let line = format!(
        "pages: {};{translations} files: {} written, {} unchanged{removed}; {seconds:.2} s",
        pages.join(", "),
        written.written,
        written.unchanged
    );
    console.done(&line, &data);
}

/// How many translations of each language are in which state: `zh 40 current, 2 stale, fr 1 missing`.
fn translations(made: &Made) -> String {
    let of_language = |(code, counts): &(String, [usize; 5])| {
        let counts = State::ALL.iter().zip(counts).filter(|(state, n)| **state != State::Original && **n > 0);
        let counts: Vec<String> = counts.map(|(state, n)| format!("{n} {}", state.as_str())).collect();
        (!counts.is_empty()).then(|| format!("{code} {}", counts.join(", ")))
    };
    made.translations.iter().filter_map(of_language).collect::<Vec<_>>().join(", ")
}

/// The system's date; `--today` makes builds independent of it.
pub(super) fn today() -> PartialDate {
    let date = jiff::ZonedDateTime::now().date();
    let part = |n: i8| u16::try_from(n).unwrap_or(1);
    let year = u16::try_from(date.year()).unwrap_or(1);
    PartialDate::new(year, part(date.month()), part(date.day())).unwrap_or_else(|_| PartialDate::epoch())
}
