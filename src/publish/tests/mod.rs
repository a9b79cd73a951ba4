//! Publishing to a place in memory: what is sent, in which order, and what readers see meanwhile.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use super::hosts::Way;
use super::open::{Context, MaxDeletes, Pace, Session, begin};
use super::plan::Plan;
use super::release::Release;
use super::tally::{Heard, Tally};
use crate::base::Span;
use crate::config::{BaseUrl, FolderHost, Host, HostKind, Require};
use crate::diag::Diagnostics;
use crate::yaml::Spanned;

#[path = "../../../tests/it/dice.rs"]
mod dice;
mod killed;
mod place;
mod reader;
mod runs;
mod site;
mod two;

use place::{End, Memory, World};

fn pattern(text: &str) -> Spanned<String> {
    Spanned { span: Span::new(0, 0), value: text.to_owned() }
}

/// A host that names nothing of its own.
fn host() -> Host {
    Host {
        name: Spanned { span: Span { start: 0, end: 0 }, value: "live".to_owned() },
        kind: HostKind::Folder(FolderHost { path: "live".to_owned() }),
        base_url: None,
        drafts: false,
        cache: Vec::new(),
        copies: Vec::new(),
        encoding: None,
        rules: Vec::new(),
        require: Require::default(),
        keep: Vec::new(),
        grace: 7,
        parallel: 4,
        after: Vec::new(),
    }
}

/// A release of these files. The build's list names them, and their bytes are made.
fn release(host: &Host, files: &BTreeMap<String, String>) -> Release {
    let output = tempfile::tempdir().unwrap();
    let list: String = files.keys().map(|path| format!("{path}\n")).collect();
    std::fs::write(output.path().join(".bashu-files"), format!("bashu-files 1\n{list}")).unwrap();
    let made = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    Release::read(output.path(), host, made).unwrap()
}

/// How a run is started.
#[derive(Clone, Copy)]
struct Start<'s> {
    world: &'s World,
    host: &'s Host,
    site: &'s Path,
    base_url: &'s str,
    /// Days since 1970.
    day: i64,
    adopt: bool,
    max_deletes: MaxDeletes,
    end: Option<End>,
    /// How long a run at work is watched, and a hundred times the interval of signs.
    patience: Duration,
}

impl<'s> Start<'s> {
    fn new(world: &'s World, host: &'s Host) -> Self {
        let site = Path::new("/nowhere");
        let base_url = "https://insects.example";
        let max_deletes = MaxDeletes::Percent(100);
        Self {
            world,
            host,
            site,
            base_url,
            day: 20_000,
            adopt: false,
            max_deletes,
            end: None,
            patience: Duration::ZERO,
        }
    }

    /// A run that ends before its time.
    fn ending(self, end: End) -> Self {
        Self { end: Some(end), ..self }
    }

    /// Plans, and gives the plan and the place to a closure that carries it out or not.
    fn with<T>(
        self,
        release: &Release,
        work: impl FnOnce(Session<'_>, &Plan, Memory) -> Result<T, Diagnostics>,
    ) -> Result<T, Diagnostics> {
        let base_url = BaseUrl { origin: self.base_url.to_owned(), path: "/".to_owned() };
        let memory = self.world.place(self.end);
        let context = Context {
            site: self.site,
            host: self.host,
            base_url: &base_url,
            now: self.day * 86_400,
            id: &self.world.id(),
            adopt: self.adopt,
            force: false,
            max_deletes: self.max_deletes,
            pace: Pace {
                beat: if self.patience.is_zero() { Duration::from_secs(3600) } else { self.patience / 100 },
                patience: self.patience,
            },
        };
        let session = begin(context, Way::Place(Box::new(memory.clone())), release)?;
        let plan = session.plan(release)?;
        work(session, &plan, memory)
    }

    /// A run to its end, with what was planned and what it asked of the host.
    fn run(self, release: &Release) -> Result<Ran, Diagnostics> {
        self.stopping(release, usize::MAX)
    }

    /// A run that is stopped after so many files.
    fn stopping(self, release: &Release, files: usize) -> Result<Ran, Diagnostics> {
        self.with(release, |session, plan, memory| {
            let (waited, stop, sent) = (AtomicBool::new(false), AtomicBool::new(false), AtomicUsize::new(0));
            let told = |heard| match heard {
                Heard::Waiting => waited.store(true, Ordering::SeqCst),
                Heard::File(_) => {
                    let sent = sent.fetch_add(1, Ordering::SeqCst) + 1;
                    stop.store(sent >= files, Ordering::SeqCst);
                }
                _ => {}
            };
            session.carry_out(release, plan, &Tally::new(&told, &stop))?;
            Ok(Ran {
                counts: [plan.new.0, plan.changed.0, plan.unchanged.0, plan.deleted.len()],
                waiting: plan.waiting,
                urls: plan.changed_urls(release),
                notes: plan.notes.clone(),
                changes: memory.changes(),
                reads: memory.reads(),
                waited: waited.into_inner(),
            })
        })
    }
}

/// What a run did.
#[derive(Debug)]
struct Ran {
    /// New, changed, unchanged, deleted.
    counts: [usize; 4],
    waiting: usize,
    urls: Vec<String>,
    notes: Vec<String>,
    changes: usize,
    reads: usize,
    waited: bool,
}

/// The only message's code.
fn code(failed: Result<Ran, Diagnostics>) -> &'static str {
    let diagnostics = failed.unwrap_err();
    let mut codes = diagnostics.iter().map(|diagnostic| diagnostic.code.name);
    let first = codes.next().unwrap();
    assert_eq!(codes.next(), None);
    first
}
