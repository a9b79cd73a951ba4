//! `bashu publish`: its arguments, and the order of things.

mod choice;
mod interrupt;
mod plan;
mod progress;
mod requirements;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::Status;
use super::build::{make, output_folder, summarise, today};
use super::console::Console;
use super::timings::Timings;
use crate::build::{self, Made, Options};
use crate::cache::Cache;
use crate::config::{Config, Host};
use crate::diag::{Diagnostics, code};
use crate::output;
use crate::publish::rules::{self, Extra, Facts, RulesFor};
use crate::publish::{self, Context, MaxDeletes, Pace, Plan, Release, Session, Tally};
use crate::site::Clock;
use crate::source::{CACHE, Source};
use interrupt::Interrupt;
pub(super) use interrupt::STOPPED;
use progress::Progress;

#[derive(Args)]
pub(super) struct Arguments {
    /// The host, as site.yaml names it [default: the only one]
    #[arg(value_name = "HOST")]
    host: Option<String>,
    /// Say what would be sent and deleted, and change nothing at the host
    #[arg(long)]
    dry_run: bool,
    /// Afterwards fetch some pages as a reader would, and compare; what is still the old page is
    /// asked for again, for so many seconds [default: 60]
    #[cfg(feature = "hosts")]
    #[arg(
        long,
        value_name = "SECONDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "60",
        value_parser = seconds,
        conflicts_with_all = ["dry_run", "print"]
    )]
    check: Option<u64>,
    /// Take over a host that holds files which Bashu did not put there
    #[arg(long)]
    adopt: bool,
    /// Overwrite what others have committed to the branch since, at hosts of the kind `git`
    #[arg(long)]
    force: bool,
    /// How many files may be deleted: a number, or per cent of those there
    #[arg(long, value_name = "N", default_value = "25%", value_parser = max_deletes)]
    max_deletes: MaxDeletes,
    /// Write the URLs that changed into a file, one a line
    #[arg(long, value_name = "FILE")]
    changed: Option<PathBuf>,
    /// Print what a server or service is to be told of redirects, cache lifetimes and pages for what
    /// is not found, and publish nothing
    #[arg(long, value_name = "RULES", conflicts_with_all = ["dry_run", "changed", "rollback"])]
    print: Option<Rules>,
    /// Where the finished site is built [default: output/ in the site's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Go back to the release before the one that is live, at hosts that keep some
    #[arg(long, conflicts_with_all = ["dry_run", "adopt", "changed", "output"])]
    rollback: bool,
}

/// Whose words rules are printed in.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rules {
    /// nginx: a file for its folder conf.d
    Nginx,
    /// Caddy: a Caddyfile
    Caddy,
    /// Vercel: vercel.json
    Vercel,
    /// Netlify and Cloudflare Pages: cache lifetimes
    #[value(name = "_headers")]
    Headers,
    /// Netlify, Cloudflare Pages and GitLab Pages: redirects
    #[value(name = "_redirects")]
    Redirects,
}

fn max_deletes(text: &str) -> Result<MaxDeletes, String> {
    let wrong = || "write a number of files, or per cent of those that are there, as in 25%".to_owned();
    match text.strip_suffix('%') {
        Some(percent) => match percent.trim_end().parse() {
            Ok(percent) if percent <= 100 => Ok(MaxDeletes::Percent(percent)),
            _ => Err(wrong()),
        },
        None => text.parse().map(MaxDeletes::Count).map_err(|_| wrong()),
    }
}

#[cfg(feature = "hosts")]
fn seconds(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "write a whole number of seconds, as in --check=120".to_owned())
}

impl Rules {
    fn whose(self) -> RulesFor {
        match self {
            Self::Nginx => RulesFor::Nginx,
            Self::Caddy => RulesFor::Caddy,
            Self::Vercel => RulesFor::Vercel,
            Self::Headers => RulesFor::Headers,
            Self::Redirects => RulesFor::Redirects,
        }
    }
}

/// How a site is built for a host.
fn options(host: Option<&Host>) -> Options<'static> {
    let clock = Clock { today: today(), drafts: host.is_some_and(|host| host.drafts), any_day: false };
    let base_url = host.and_then(|host| Some(host.base_url.as_ref()?.root()));
    Options { base_url, ..Options::new(clock) }
}

/// Why a run ends early: what is wrong, and what became of the host.
struct Ended {
    diagnostics: Diagnostics,
    kept: Option<&'static str>,
}

impl<F: Into<Diagnostics>> From<F> for Ended {
    fn from(faults: F) -> Self {
        Self { diagnostics: faults.into(), kept: Some("nothing was published") }
    }
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: &Console) -> Status {
    let source = Source::disk(site);
    let run = Run { arguments, site, source: &source, console, start: Instant::now() };
    match run.whole() {
        Ok(status) => status,
        Err(Ended { diagnostics, kept }) => {
            run.report(&diagnostics, kept);
            let stopped = diagnostics.iter().any(|d| d.code == code::PUBLISH_STOPPED);
            if stopped { Status::Stopped } else { Status::Errors }
        }
    }
}

struct Run<'r> {
    arguments: &'r Arguments,
    site: &'r Path,
    source: &'r Source,
    console: &'r Console,
    start: Instant,
}

impl Run<'_> {
    fn report(&self, diagnostics: &Diagnostics, kept: Option<&str>) {
        self.console.report(diagnostics, &|path| build::text_for_report(self.source, path), kept);
    }

    /// The whole run, in its order: the host, the build, what is in the way, the plan, the doing,
    /// what comes after it.
    fn whole(&self) -> Result<Status, Ended> {
        let Self { arguments, site, console, .. } = *self;
        // A fault of `site.yaml` is told together with all others, by the build.
        let config = match build::config(self.source) {
            Ok(config) => config,
            Err(faults) => return Err(self.build(None).err().unwrap_or_else(|| faults.into())),
        };
        let host = choice::host(&config.publish, arguments.host.as_deref())?;
        let base_url = host.base_url.as_ref().unwrap_or(&config.base_url);
        let now = jiff::Timestamp::now();
        let id = format!("{:x}-{:x}", now.as_nanosecond(), std::process::id());
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
            return self.roll_back(&context);
        }
        let (folder, made) = self.build(Some(host))?;
        if let Some(rules) = arguments.print {
            console.out(&rules::write(rules.whose(), &self.facts(&config, host, &folder)?));
            return Ok(Status::Done);
        }
        // Both want the list of the site's files, which hosts without rules can do without.
        let (extra, replaced) = if host.rules.is_empty() {
            (Extra::default(), Diagnostics::new())
        } else {
            let extra = rules::extra(host, &self.facts(&config, host, &folder)?);
            let replaced = publish::overwritten(host, &extra.made, &output::files(&folder)?);
            (extra, replaced)
        };
        let release = Release::read(&folder, host, extra.made)?.without(&extra.left_out);
        let mut faults = publish::preflight(&release, host, base_url, &config.base_url);
        faults.append(replaced);
        faults.append(requirements::unmet(self.source, site, host, &made));
        faults.regrade(|d| config.grade(d));
        faults.sort();
        if faults.has_errors() {
            return Err(faults.into());
        }
        self.report(&faults, None);
        let session = publish::open(context, &release)?;
        let plan = session.plan(&release)?;
        for note in &plan.notes {
            console.note(note);
        }
        let shown = plan::Shown { host, base_url, release: &release, plan: &plan };
        if !plan.is_empty() || arguments.dry_run {
            shown.tell(console, arguments.dry_run);
        }
        let urls = plan.changed_urls(&release);
        let start = Instant::now();
        if !arguments.dry_run && !plan.is_empty() {
            self.carry_out(session, host, &release, &plan)?;
        }
        shown.tell_end(console, arguments.dry_run, start.elapsed());
        let faults = self.afterwards(&context, &release, &plan, &urls);
        self.report(&faults, (!arguments.dry_run).then_some("the site is published"));
        shown.tell_programs(console, arguments.dry_run, self.start.elapsed());
        Ok(if faults.has_errors() { Status::Errors } else { Status::Done })
    }

    fn roll_back(&self, context: &Context<'_>) -> Result<Status, Ended> {
        let release = publish::roll_back(context)?;
        let host = &context.host.name.value;
        let line = format!("{host} shows the release {release} again");
        self.console.done(&line, &json!({ "event": "rolled_back", "host": host, "release": release }));
        if !context.host.after.is_empty() {
            self.console.note("programs in `after` are not run: which pages have changed is not known");
        }
        Ok(Status::Done)
    }

    /// Builds the site for a host, and says its warnings. A host with a base URL of its own, or
    /// with drafts, has a folder of its own, so that `output/` stays what `bashu build` makes.
    fn build(&self, host: Option<&Host>) -> Result<(PathBuf, Made), Ended> {
        let Self { arguments, site, source, console, .. } = *self;
        let own = host.filter(|host| host.base_url.is_some() || host.drafts);
        let own = own.map(|host| site.join(CACHE).join(output::HOSTS).join(&host.name.value));
        let folder = output_folder(site, arguments.output.as_deref().or(own.as_deref()));
        let start = Instant::now();
        let outcome = make(site, source, &folder, options(host), true, console, &Timings::new(start));
        let Some(made) = outcome.made else { return Err(outcome.diagnostics.into()) };
        self.report(&outcome.diagnostics, None);
        // What is printed goes into a file, and is all that may stand there.
        if arguments.print.is_none() {
            summarise(&made, start, console);
        }
        Ok((folder, made))
    }

    /// What there is to say in rules of a site that was built into a folder a moment ago.
    fn facts(&self, config: &Config, host: &Host, folder: &Path) -> Result<Facts, Diagnostics> {
        let cache = Cache::open(self.site, || {});
        let redirects = build::redirects(self.source, &cache, &options(Some(host)))?;
        Facts::new(config, host, self.site, folder, redirects)
    }

    /// Sends and deletes, until it is done or the user has had enough.
    fn carry_out(
        &self,
        session: Session<'_>,
        host: &Host,
        release: &Release,
        plan: &Plan,
    ) -> Result<(), Ended> {
        let interrupt = Interrupt::new();
        let progress = Progress::new(self.console, plan, release);
        let done = std::thread::scope(|scope| {
            let (end, ended) = std::sync::mpsc::channel::<()>();
            scope.spawn(|| progress.watch(&interrupt, ended));
            let told = |heard| progress.hear(heard);
            let done = session.carry_out(release, plan, &Tally::new(&told, interrupt.stop()));
            drop(end);
            done
        });
        progress.finish();
        interrupt.over();
        done.map_err(|diagnostics| {
            let has = |code| diagnostics.iter().any(|fault| fault.code == code);
            let kept = match host.kind.changes_at_once() {
                // The message says it.
                _ if has(code::PUBLISH_STOPPED) => None,
                // What a push became whose answer was lost, nobody knows.
                true if has(code::HOST_UNREACHABLE) => Some("the old site is there, or the new one"),
                false if !progress.is_at_start() => Some("the site there is whole, and partly the new one"),
                _ => Some("nothing was published"),
            };
            Ended { diagnostics, kept }
        })
    }

    /// What is done once the site is there: the list, the programs, the visit.
    fn afterwards(
        &self,
        context: &Context<'_>,
        release: &Release,
        plan: &Plan,
        urls: &[String],
    ) -> Diagnostics {
        let Self { arguments, console, .. } = *self;
        let mut faults = Diagnostics::new();
        if let Some(file) = &arguments.changed
            && let Err(fault) = publish::write_changed(file, context, urls)
        {
            faults.push(fault);
        }
        if !arguments.dry_run && !urls.is_empty() {
            faults.append(publish::after(context, urls, &mut |program, said| {
                said.lines().for_each(|line| console.detail(&format!("{program}: {line}")));
            }));
        }
        #[cfg(feature = "hosts")]
        if let Some(patience) = arguments.check {
            let waiting = |pages: usize| {
                let pages = if pages == 1 { "1 page is".to_owned() } else { format!("{pages} pages are") };
                console.note(&format!("{pages} not yet as published; asking again for up to {patience} s"));
            };
            match publish::visit(context, release, plan, patience, &waiting) {
                Ok(count) => console.tell(&format!("checked: {count} pages are as they were published")),
                Err(wrong) => faults.append(wrong),
            }
        }
        #[cfg(not(feature = "hosts"))]
        let _ = (release, plan);
        faults
    }
}
