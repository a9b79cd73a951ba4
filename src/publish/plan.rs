//! What is to be done at a host: which files are new, changed, no longer of the site, and in which
//! order they are sent.
//!
//! Owns the comparison and the order. It never asks the host anything.
//!
//! The order, and why no reader meets a broken page: what is new is sent before anything that
//! leads to it. No page that stands there links to a new file, so new ones may go in any order;
//! only then come the pages that were there before and now lead to them. What is deleted goes last,
//! when no page leads to it any more.

use std::collections::BTreeMap;

use super::kind::Kind;
use super::manifest::Entry;
use super::release::Release;

/// What is known to stand at a host.
#[derive(Debug, Default, Clone)]
pub(super) struct Standing {
    /// Files that Bashu put there, or adopted; `None` where it is not known with which content.
    pub ours: BTreeMap<Box<str>, Option<Entry>>,
    /// Fingerprinted assets that wait for their end, and since when.
    pub stale: BTreeMap<Box<str>, (Entry, i64)>,
    /// Files that an earlier run meant to delete.
    pub doomed: Vec<Box<str>>,
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
    /// Fingerprinted assets whose time is over.
    pub expired: Vec<Box<str>>,
    /// How many fingerprinted assets that no page uses stay for a while.
    pub waiting: usize,
    /// How many of the site's files stood there before.
    pub(super) before: usize,
    /// The stale assets of the next manifest.
    pub(super) stale: BTreeMap<Box<str>, (Entry, i64)>,
    /// Whether the manifest has to be written although no file is sent or deleted.
    pub(super) mend: bool,
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
        let mut plan = Self { before: standing.ours.len(), ..Self::default() };
        let mut order: Vec<(usize, usize, usize)> = Vec::new();
        for (position, item) in release.items.iter().enumerate() {
            let there = match standing.ours.get(&item.path) {
                Some(known) => Some(*known),
                None => standing.stale.get(&item.path).map(|(entry, _)| Some(*entry)),
            };
            let count = match there {
                Some(Some(entry)) if entry == item.entry() => {
                    add(&mut plan.unchanged, item.size);
                    continue;
                }
                Some(_) => &mut plan.changed,
                None => &mut plan.new,
            };
            add(count, item.size);
            // Deep pages first: the fewer pages lead to one, the earlier it may come.
            let depth = item.path.matches('/').count();
            order.push((phase(item.kind, &item.path, there.is_some()), usize::MAX - depth, position));
        }
        order.sort_unstable();
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
        let is_of_site = |path: &str| release.items.binary_search_by(|item| (*item.path).cmp(path)).is_ok();
        for (path, known) in &standing.ours {
            match known {
                _ if is_of_site(path) => {}
                Some(entry) if crate::plan::is_fingerprinted(path) && grace > 0 => {
                    self.stale.insert(path.clone(), (*entry, now));
                    self.mend = true;
                }
                _ => self.deleted.push(path.clone()),
            }
        }
        for (path, (entry, since)) in &standing.stale {
            if is_of_site(path) || standing.ours.contains_key(path) {
                continue;
            }
            if now.saturating_sub(*since) >= i64::from(grace) * DAY {
                self.expired.push(path.clone());
            } else {
                self.stale.insert(path.clone(), (*entry, *since));
            }
        }
        let again =
            standing.doomed.iter().filter(|path| !is_of_site(path) && !self.stale.contains_key(*path));
        self.expired.extend(again.cloned());
        self.expired.sort_unstable();
        self.expired.dedup();
        self.waiting = self.stale.len();
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.send.is_empty() && self.deleted.is_empty() && self.expired.is_empty() && !self.mend
    }

    /// The URLs, below the base URL, that readers find changed: new, changed and deleted ones.
    pub fn changed_urls(&self, release: &Release) -> Vec<String> {
        let sent = self.send.iter().filter_map(|&position| Some(&*release.items.get(position)?.path));
        let paths = sent.chain(self.deleted.iter().map(|path| &**path));
        let url = |path: &str| {
            let folder = path.strip_suffix("index.html").filter(|f| f.is_empty() || f.ends_with('/'));
            crate::base::UrlPath::new(format!("/{}", folder.unwrap_or(path))).encoded().into_owned()
        };
        let mut urls: Vec<String> = paths.map(url).collect();
        urls.sort_unstable();
        urls
    }

    /// All paths that are deleted.
    pub(super) fn doomed(&self) -> Vec<Box<str>> {
        self.deleted.iter().chain(&self.expired).cloned().collect()
    }
}

/// The phases in their order. A phase ends before the next begins.
const PHASES: [&str; 7] = [
    "new assets and files",
    "new pages",
    "new indexes",
    "changed files",
    "changed pages",
    "changed indexes",
    "feeds and sitemaps",
];

fn phase(kind: Kind, path: &str, there: bool) -> usize {
    match (kind, there) {
        (Kind::Asset | Kind::File, false) => 0,
        // Where readers come in, on a host that they do not know yet.
        (_, false) if path == "index.html" => 5,
        (Kind::Page, false) => 1,
        (Kind::Index, false) => 2,
        (Kind::Asset | Kind::File, true) => 3,
        (Kind::Page, true) => 4,
        (Kind::Index, true) => 5,
        (Kind::Feed, _) => 6,
    }
}

fn add(count: &mut (usize, u64), size: u64) {
    count.0 += 1;
    count.1 += size;
}
