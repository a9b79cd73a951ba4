//! What is to be done at a host: which files are new, changed, no longer of the site, and in which
//! order they are sent.
//!
//! Owns the comparison and the order. It never asks the host anything.
//!
//! The order, and why no reader meets a broken page. What stands at a host is of two sorts: what
//! pages may lead to, and what none leads to ([`Standing::loose`]). The first sort leads to files of
//! the first sort alone. So what is new or loose may be sent in any order, as nobody comes there: the
//! first round. When all of it is there, it counts as of the first sort, which the manifest says;
//! only then come the pages that stood there before and now lead to it: the second round. What is
//! deleted goes last, when no page leads to it any more, and pages before the files that they show.
//!
//! A run that was killed in its first round leaves loose files, in its second one files of the first
//! sort; that is all that the next run has to know, whichever site it brings.

use std::collections::BTreeSet;

use super::kind::Kind;
use super::manifest::{Files, Stale};
use super::release::{Item, Release};
use crate::base::UrlPath;

/// What is known to stand at a host.
#[derive(Debug, Default, Clone)]
pub(super) struct Standing {
    /// Files that Bashu put there, or adopted, and that pages may lead to; `None` where it is not
    /// known with which content.
    pub ours: Files,
    /// Those of them that are surely not there, though pages may lead to them: they had to go for
    /// others, or somebody took them away.
    pub missing: BTreeSet<Box<str>>,
    /// Files that may be there, and that no page leads to.
    pub loose: Files,
    /// Fingerprinted assets that wait for their end, and since when.
    pub stale: Stale,
    /// What unfinished runs have sent or deleted.
    pub touched: BTreeSet<Box<str>>,
}

/// What is to be done at a host.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files to send, as positions in the release, in the order of sending.
    pub send: Vec<usize>,
    /// The parts of that order; one begins when all before it is done.
    pub phases: Vec<Phase>,
    /// How many files are new at the host, and their bytes.
    pub new: (usize, u64),
    /// How many are there with another content, and their bytes.
    pub changed: (usize, u64),
    /// How many are there already, and their bytes.
    pub unchanged: (usize, u64),
    /// What is deleted because it is no longer of the site.
    pub deleted: Vec<Box<str>>,
    /// What else is deleted: fingerprinted assets whose time is over, and what unfinished runs left.
    pub expired: Vec<Box<str>>,
    /// How many fingerprinted assets that no page uses stay for a while.
    pub waiting: usize,
    /// What a user should know of it, in whole sentences.
    pub notes: Vec<String>,
    /// Where the second round begins in `send`.
    pub(super) turn: usize,
    /// Those of the deletions that have to come first: a file where the site has a folder now, or a
    /// folder where it has a file.
    pub(super) cleared: Vec<Box<str>>,
    /// How many of the site's files stood there before.
    pub(super) before: usize,
    /// The stale assets of the next manifest.
    pub(super) stale: Stale,
    /// Whether the manifest has to be written although no file is sent or deleted.
    pub(super) mend: bool,
    /// What unfinished runs have sent or deleted.
    touched: BTreeSet<Box<str>>,
}

/// A part of the order of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// What is sent.
    pub name: &'static str,
    /// Where it begins in [`Plan::send`].
    pub from: usize,
    /// Where it ends there.
    pub to: usize,
}

const DAY: i64 = 86_400;

impl Plan {
    /// Compares a release with what stands at a host. `grace` is in days; `now` in seconds since 1970.
    pub(super) fn new(release: &Release, standing: &Standing, grace: u32, now: i64) -> Self {
        let mut plan =
            Self { before: standing.ours.len(), touched: standing.touched.clone(), ..Self::default() };
        let mut order: Vec<(usize, usize, usize)> = Vec::new();
        for (position, item) in release.items.iter().enumerate() {
            let ours = standing.ours.get(&item.path).copied();
            let there = ours.or_else(|| standing.stale.get(&item.path).map(|(entry, _)| *entry));
            let known = there.or_else(|| standing.loose.get(&item.path).copied()).flatten();
            if known == Some(item.entry()) {
                add(&mut plan.unchanged, item.size);
                // What is there and was no longer of the site is so again.
                plan.mend |= ours.is_none();
                continue;
            }
            add(if there.is_some() { &mut plan.changed } else { &mut plan.new }, item.size);
            // Deep pages first: the fewer pages lead to one, the earlier it may come.
            let depth = item.path.matches('/').count();
            order.push((phase(item.kind, &item.path, there.is_some()), usize::MAX - depth, position));
        }
        order.sort_unstable();
        plan.turn = order.partition_point(|(number, ..)| *number < TURN);
        for &(number, _, position) in &order {
            let name = PHASES[number];
            match plan.phases.last_mut() {
                Some(phase) if phase.name == name => phase.to += 1,
                _ => plan.phases.push(Phase { name, from: plan.send.len(), to: plan.send.len() + 1 }),
            }
            plan.send.push(position);
        }
        plan.leave(release, standing, grace, now);
        plan
    }

    /// Decides what becomes of files that are not of the release.
    fn leave(&mut self, release: &Release, standing: &Standing, grace: u32, now: i64) {
        for (path, known) in &standing.ours {
            if release.has(path) || standing.missing.contains(path) {
                continue;
            }
            let waits = grace > 0 && crate::plan::is_fingerprinted(path);
            if waits && !stands_in_the_way(path, release) {
                self.stale.insert(path.clone(), (*known, now));
                self.mend = true;
            } else {
                self.deleted.push(path.clone());
            }
        }
        for (path, (known, since)) in &standing.stale {
            if release.has(path) || standing.ours.contains_key(path) {
                continue;
            }
            let over = now.saturating_sub(*since) >= i64::from(grace) * DAY;
            if over || stands_in_the_way(path, release) {
                self.expired.push(path.clone());
            } else {
                self.stale.insert(path.clone(), (*known, *since));
            }
        }
        self.expired.extend(standing.loose.keys().filter(|path| !release.has(path)).cloned());
        self.expired.sort_unstable();
        self.waiting = self.stale.len();
        let first = self.doomed().filter(|path| stands_in_the_way(path, release));
        self.cleared = first.cloned().collect();
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.send.is_empty() && self.deleted.is_empty() && self.expired.is_empty() && !self.mend
    }

    /// The URL paths, from the site's root and percent-encoded, at which readers find something else
    /// than after the last run that came to its end: `/zh/` and not `/zh/index.html`. Sorted.
    pub fn changed_urls(&self, release: &Release) -> Vec<String> {
        let sent = self.sent(release, 0, self.send.len()).map(|item| &item.path);
        let paths = sent.chain(self.doomed()).chain(&self.touched);
        paths.map(|path| url(path)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// All paths that are deleted.
    pub(super) fn doomed(&self) -> impl Iterator<Item = &Box<str>> {
        self.deleted.iter().chain(&self.expired)
    }

    /// The items of a part of the order.
    pub(super) fn sent<'r>(
        &self,
        release: &'r Release,
        from: usize,
        to: usize,
    ) -> impl Iterator<Item = &'r Item> {
        let positions = self.send.get(from..to).unwrap_or_default();
        positions.iter().filter_map(|&position| release.items.get(position))
    }

    /// What was sent and deleted since the last run that came to its end, once the order is done up
    /// to here.
    pub(super) fn touched(&self, release: &Release, to: usize) -> BTreeSet<Box<str>> {
        let sent = self.sent(release, 0, to).map(|item| &item.path);
        self.touched.iter().chain(sent).chain(&self.cleared).cloned().collect()
    }
}

/// The phases in their order. A phase ends before the next begins.
const PHASES: [&str; 8] = [
    "new assets and files",
    "new pages",
    "new indexes and feeds",
    "changed files",
    "changed pages",
    "changed indexes",
    "front page",
    "feeds and sitemaps",
];

/// The phase that the second round begins with.
const TURN: usize = 3;

fn phase(kind: Kind, path: &str, there: bool) -> usize {
    match (kind, there) {
        (Kind::Asset | Kind::File, false) => 0,
        // Where readers come in, on a host that they do not know yet.
        (_, false) if path == "index.html" => 6,
        (Kind::Page, false) => 1,
        // Pages lead to it from the moment at which they are there.
        (Kind::Index | Kind::Feed, false) => 2,
        (Kind::Asset | Kind::File, true) => 3,
        (Kind::Page, true) => 4,
        (Kind::Index, true) => 5,
        (Kind::Feed, true) => 7,
    }
}

/// Whether the site has a folder where this file is, or a file where this one's folder is: hosts
/// with folders cannot hold both.
pub(super) fn stands_in_the_way(path: &str, release: &Release) -> bool {
    let below = format!("{path}/");
    let at = release.items.partition_point(|item| *item.path < *below);
    release.items.get(at).is_some_and(|item| item.path.starts_with(&below))
        || path.match_indices('/').any(|(slash, _)| release.has(&path[..slash]))
}

/// The URL path of a file, from the site's root and percent-encoded.
pub(super) fn url(path: &str) -> String {
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    UrlPath::new(format!("/{}", folder.unwrap_or(path))).encoded().into_owned()
}

fn add(count: &mut (usize, u64), size: u64) {
    count.0 += 1;
    count.1 += size;
}
