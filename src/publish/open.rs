//! From a host in `site.yaml` to a session with it: what stands there, what is to be done, and the
//! doing of it.
//!
//! Owns what a caller may ask for and what is refused: foreign files, too many deletions.

use std::path::Path;
use std::time::Duration;

use super::amount::first;
use super::hosts::{self, Way};
use super::keep::Keep;
use super::manifest::{Files, MANIFEST, Manifest};
use super::place::Mark;
use super::plan::{Plan, Standing, stands_in_the_way};
use super::release::Release;
use super::steps::Run;
use super::tally::Tally;
use super::trouble::{Trouble, fault};
use crate::config::{BaseUrl, Host, HostKind};
use crate::diag::{Diagnostic, Diagnostics, code};

/// What a run is told.
#[derive(Debug, Clone, Copy)]
pub struct Context<'c> {
    /// The site's folder: relative paths begin there.
    pub site: &'c Path,
    /// The host.
    pub host: &'c Host,
    /// Where readers find the site there.
    pub base_url: &'c BaseUrl,
    /// The time, in seconds since 1970.
    pub now: i64,
    /// A name for this run that no other has.
    pub id: &'c str,
    /// Whether a host with files that Bashu did not put there is taken over.
    pub adopt: bool,
    /// Whether commits of others on a branch are overwritten.
    pub force: bool,
    /// How many files may be deleted.
    pub max_deletes: MaxDeletes,
    /// How often a sign of life is given.
    pub pace: Pace,
}

/// How many files a run may delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaxDeletes {
    /// So many of a hundred that stand there.
    Percent(u8),
    /// So many.
    Count(usize),
}

/// How often a run gives a sign of life, and how long another waits for one before it takes over.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two signs.
    pub beat: Duration,
    /// Without a sign.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { beat: Duration::from_secs(10), patience: Duration::from_secs(30) }
    }
}

/// A host that was asked what stands there.
pub struct Session<'c> {
    context: Context<'c>,
    way: Way,
    found: Found,
}

/// What a host said.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The manifest, if there is a sound one.
    pub manifest: Option<Manifest>,
    /// Its mark, also of a damaged one.
    pub mark: Option<Mark>,
    /// What is known of the files.
    pub standing: Standing,
    /// What a user should know.
    pub notes: Vec<String>,
}

/// Connects to a host and learns what stands there. A host with a sound manifest and no run under
/// way is asked once.
pub fn open<'c>(context: Context<'c>, release: &Release) -> Result<Session<'c>, Diagnostics> {
    let way = hosts::open(&context).map_err(|trouble| trouble.at(context.host))?;
    begin(context, way, release)
}

/// Learns what stands at a host that is connected to.
pub(super) fn begin<'c>(
    context: Context<'c>,
    mut way: Way,
    release: &Release,
) -> Result<Session<'c>, Diagnostics> {
    let keep = Keep::new(context.host)?;
    let found = find(&mut way, &context, release, &keep).map_err(|trouble| trouble.at(context.host))??;
    Ok(Session { context, way, found })
}

type Looked<T> = Result<Result<T, Diagnostic>, Trouble>;

fn find(way: &mut Way, context: &Context<'_>, release: &Release, keep: &Keep) -> Looked<Found> {
    let name = &context.host.name.value;
    let (bytes, mark) = match way {
        Way::Place(place) => place.read(MANIFEST)?.unzip(),
        Way::Whole(whole) => (whole.held()?.manifest, None),
    };
    let mut found = Found { mark, ..Found::default() };
    if let Some(manifest) = bytes.as_deref().and_then(Manifest::read) {
        let standing = match way {
            Way::Place(place) => Standing::after(&manifest, &**place, release)?,
            Way::Whole(_) => Standing::of(&manifest),
        };
        found.standing = standing.without(keep);
        let url = context.base_url.root();
        if manifest.base_url != url {
            let last = &manifest.base_url;
            found.notes.push(format!("the site at `{name}` was made for {last}, and this one is for {url}"));
        }
        if manifest.pending.is_some() {
            found.notes.push(format!("an earlier run at `{name}` has not ended; this one completes it"));
        }
        found.manifest = Some(manifest);
        return Ok(Ok(found));
    }
    if bytes.as_deref().is_some_and(Manifest::is_newer) {
        return Err(Trouble::Failed("a newer Bashu has published here; update this one".to_owned()));
    }
    let listed = match way {
        Way::Place(place) => place.list()?,
        Way::Whole(whole) => whole.list()?,
    };
    // A manifest that cannot be read is a sign that the files are ours all the same.
    let damaged = bytes.is_some();
    let (standing, foreign) = Standing::adopted(listed, release, keep, damaged);
    let is_empty = standing.ours.is_empty() && foreign.is_empty();
    if !(context.adopt || damaged || is_empty) {
        return Ok(Err(unknown_files(context.host, &standing.ours, &foreign)));
    }
    let folders = !matches!(context.host.kind, HostKind::S3(_) | HostKind::Azblob(_) | HostKind::Gcs(_));
    let mut clash = foreign.iter().filter(|path| folders && stands_in_the_way(path, release)).peekable();
    if clash.peek().is_some() {
        let paths = first(clash.map(|path| &**path));
        let message = format!(
            "files of others at `{name}` are where the site has folders, or in folders where it has files: {paths}"
        );
        let help = "name those otherwise, or the site's own: the host cannot hold both";
        return Ok(Err(fault(context.host, code::FOREIGN_HOST, message, help)));
    }
    if damaged {
        found.notes.push(format!(
            "`{MANIFEST}` at `{name}` was damaged and is made anew; files there that are not of the site are left alone"
        ));
    }
    found.standing = standing;
    Ok(Ok(found))
}

fn unknown_files(host: &Host, ours: &Files, foreign: &[Box<str>]) -> Diagnostic {
    let count = ours.len() + foreign.len();
    let message = format!(
        "`{}` holds {count} {} that Bashu did not put there: {}",
        host.name.value,
        if count == 1 { "file" } else { "files" },
        first(foreign.iter().chain(ours.keys()).map(|path| &**path)),
    );
    let help = "if it is the right place, publish with `--adopt`: files of the site's own paths are replaced, all others stay. `--dry-run --adopt` shows what would happen";
    fault(host, code::FOREIGN_HOST, message, help)
}

impl Session<'_> {
    /// What is to be done for a release to stand there.
    pub fn plan(&self, release: &Release) -> Result<Plan, Diagnostics> {
        let Context { host, now, max_deletes, .. } = self.context;
        let mut plan = Plan::new(release, &self.found.standing, host.grace, now);
        plan.notes.clone_from(&self.found.notes);
        let url = self.context.base_url.root();
        plan.mend |= self.found.manifest.as_ref().is_none_or(|m| m.pending.is_some() || m.base_url != url);
        let (count, before) = (plan.deleted.len(), plan.before);
        let (allowed, limit) = match max_deletes {
            MaxDeletes::Percent(percent) => (before * usize::from(percent) / 100, format!("{percent} %")),
            MaxDeletes::Count(allowed) => (allowed, allowed.to_string()),
        };
        if count > allowed {
            let message = format!(
                "{count} of the {before} files at `{}` would be deleted, and {limit} are allowed: {}",
                host.name.value,
                first(plan.deleted.iter().map(|path| &**path)),
            );
            let help = format!(
                "if that is meant, publish with `--max-deletes {count}`; with `--dry-run` as well it lists them"
            );
            return Err(fault(host, code::TOO_MANY_DELETES, message, help).into());
        }
        Ok(plan)
    }

    /// Does what the plan says.
    pub fn carry_out(mut self, release: &Release, plan: &Plan, tally: &Tally<'_>) -> Result<(), Diagnostics> {
        if plan.is_empty() {
            return Ok(());
        }
        let Self { context, way, found } = &mut self;
        let host = context.host;
        let mut next = Manifest::new(&context.base_url.root(), context.now);
        next.files = release.items.iter().map(|item| (item.path.clone(), Some(item.entry()))).collect();
        next.stale.clone_from(&plan.stale);
        let done = match way {
            Way::Place(place) => {
                Run { place: &**place, context, found, release, plan, tally }.carry_out(next)
            }
            Way::Whole(whole) => whole.switch(release, plan, &next, tally),
        };
        done.map_err(|trouble| trouble.at(host).into())
    }
}

/// Goes back to the release before the one that is live, at a host that keeps them; says which.
pub fn roll_back(context: &Context<'_>) -> Result<String, Diagnostics> {
    let host = context.host;
    let name = &host.name.value;
    let help = "take the site's files back to what they were, as with `git checkout`, and publish again";
    let keep = Keep::new(host)?;
    let way = hosts::open(context).map_err(|trouble| trouble.at(host))?;
    let Way::Whole(mut whole) = way else {
        let message = format!("`{name}` keeps no earlier release: it is of the kind `{}`", host.kind.name());
        return Err(fault(host, code::NO_RELEASE, message, help).into());
    };
    whole.held().map_err(|trouble| trouble.at(host))?;
    match whole.roll_back(&keep).map_err(|trouble| trouble.at(host))? {
        Some(release) => Ok(release),
        None => {
            let message = format!("`{name}` holds no release before the one that is live");
            Err(fault(host, code::NO_RELEASE, message, help).into())
        }
    }
}
