//! `bashu publish`.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use clap::Args;

use super::Status;
use super::build::today;
use super::console::Console;
use crate::build::{self, Options};
use crate::cache::Cache;
use crate::config::{self, Host};
use crate::diag::Diagnostics;
use crate::output::{self, Folder};
use crate::publish::{self, Context, MaxDeletes, Pace, Release, Tally};
use crate::site::Clock;
use crate::source::Source;

#[derive(Args)]
pub(super) struct Arguments {
    /// The host, as site.yaml names it [default: the only one]
    #[arg(value_name = "HOST")]
    host: Option<String>,
    /// Say what would be sent and deleted, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Take over a host that holds files which Bashu did not put there
    #[arg(long)]
    adopt: bool,
    /// Overwrite what others have published since
    #[arg(long)]
    force: bool,
    /// How many files may be deleted: a number, or per cent of those there
    #[arg(long, value_name = "N", default_value = "25%", value_parser = max_deletes)]
    max_deletes: MaxDeletes,
    /// Go back to the release before the one that is live
    #[arg(long)]
    rollback: bool,
}

fn max_deletes(text: &str) -> Result<MaxDeletes, String> {
    let wrong = |_| "a number is needed, or per cent as in 25%".to_owned();
    match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse().map(MaxDeletes::Percent).map_err(wrong),
        None => text.parse().map(MaxDeletes::Count).map_err(wrong),
    }
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: &Console) -> Status {
    let source = Source::disk(site);
    let text = |path: &_| build::text_for_report(&source, path);
    match publish(arguments, site, &source, console) {
        Ok(()) => Status::Done,
        Err(diagnostics) => {
            console.report(&diagnostics, &text, None);
            Status::Errors
        }
    }
}

fn publish(
    arguments: &Arguments,
    site: &Path,
    source: &Source,
    console: &Console,
) -> Result<(), Diagnostics> {
    let loaded = build::load(source)?;
    let config = loaded.config;
    let host: &Host = match &arguments.host {
        Some(name) => config.publish.iter().find(|host| host.name.value == *name),
        None => config.publish.first(),
    }
    .ok_or_else(|| {
        crate::diag::Diagnostic::new(crate::diag::code::UNKNOWN_HOST, "no such host")
            .in_file(&crate::base::ContentPath::new(config::FILE_NAME))
    })?;
    let folder = if site == Path::new(".") { PathBuf::from("output") } else { site.join("output") };
    let clock = Clock { today: today(), drafts: host.drafts, any_day: false };
    let options = Options { output: output::identity(&folder), ..Options::new(clock) };
    let mut cache =
        Cache::open(site, || console.note("another run of Bashu is at work on this site; waiting for it"));
    let outcome = build::build(source, &mut cache, &options, |planned| {
        Folder::open(&folder, Some(site), planned.iter().copied())
    });
    if outcome.made.is_none() {
        return Err(outcome.diagnostics);
    }
    let release = Release::read(&folder, host, Vec::new())?;
    let now = jiff::Timestamp::now();
    let id = format!("{:x}-{:x}", now.as_nanosecond(), std::process::id());
    let base_url = host.base_url.as_ref().unwrap_or(&config.base_url);
    let context = Context {
        site,
        host,
        base_url,
        now: now.as_second(),
        id: &id,
        adopt: arguments.adopt,
        force: arguments.force,
        max_deletes: arguments.max_deletes,
        pace: Pace::default(),
    };
    if arguments.rollback {
        let release = publish::roll_back(&context)?;
        console.done(&format!("back to {release}"), &serde_json::json!({ "release": release }));
        return Ok(());
    }
    let session = publish::open(context, &release)?;
    let plan = session.plan(&release)?;
    let line = format!(
        "{}: {} new, {} changed, {} unchanged, {} deleted",
        host.name.value,
        plan.new.0,
        plan.changed.0,
        plan.unchanged.0,
        plan.deleted.len()
    );
    let numbers = serde_json::json!({ "new": plan.new.0, "changed": plan.changed.0, "unchanged": plan.unchanged.0, "deleted": plan.deleted.len() });
    console.done(&line, &numbers);
    if arguments.dry_run {
        return Ok(());
    }
    let stop = AtomicBool::new(false);
    session.carry_out(&release, &plan, &Tally::new(&|_| {}, &stop))
}
