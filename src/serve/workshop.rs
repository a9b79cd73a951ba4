//! The workshop: one change after the other becomes an edition, and tabs are told.
//!
//! Owns the order of that: first a proof of words that changed, since somebody waits for them; then
//! the edition; then what is wrong with it. Two threads: one makes editions, and alone does so; the
//! other goes on proving words meanwhile, since joining a large site takes longer than a word. A
//! fault of this program in one change ends neither: the next change may have none.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::live::Hub;
use super::now::Stage;
use super::press::Press;
use super::tab;
use super::watch::Batch;
use super::{Event, Listener, Settings};
use crate::base::ContentPath;
use crate::build::{Editions, Issue, Options, Proof};
use crate::diag::{Diagnostics, Report, values};
use crate::site::Clock;

/// How long nothing must have been saved after a proof until an edition is begun: joining a site takes
/// all cores, and somebody who types goes on.
const REST: Duration = Duration::from_millis(150);

/// How long an edition is put off at most for that.
const PUT_OFF: Duration = Duration::from_secs(2);

/// More files than a person saves at once; no proof is made of these.
const PROOFS: usize = 8;

pub(super) struct Workshop {
    pub(super) settings: Arc<Settings>,
    /// The preview's own origin, which stands in the pages: `http://127.0.0.1:8080`.
    pub(super) origin: String,
    pub(super) stage: Stage,
    pub(super) hub: Arc<Hub>,
    pub(super) listener: Listener,
}

/// What was saved since the edition that is being made was begun, which may lack it. Whoever shows
/// something holds it, so that it is shown in its order.
#[derive(Default)]
struct Late(Mutex<Saved>);

#[derive(Default)]
struct Saved {
    files: Vec<ContentPath>,
    /// What was shown of them, the last of each file.
    proofs: Vec<Proof>,
}

impl Saved {
    fn keep(&mut self, proofs: Vec<Proof>) {
        self.proofs.retain(|known| proofs.iter().all(|proof| proof.file() != known.file()));
        self.proofs.extend(proofs);
    }
}

impl Late {
    fn hold(&self) -> MutexGuard<'_, Saved> {
        // Lists are whole between two calls.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A batch whose words have been proved.
struct Proved {
    since: Instant,
    /// Nothing but words changed, and all of them are shown.
    complete: bool,
    /// The addresses of pages that look different.
    pages: Vec<String>,
}

impl Workshop {
    /// Makes the first edition, and one for what came together, until nobody sends any more.
    pub(super) fn run(&self, batches: Receiver<Batch>) {
        let late = Late::default();
        let (sender, proved) = channel();
        thread::scope(|threads| {
            // The sender goes with that thread, or the other one would wait for ever.
            threads.spawn({
                let late = &late;
                move || self.prove(batches, &sender, late)
            });
            self.make(&proved, &late);
        });
    }

    /// Proves every batch, and passes it on.
    fn prove(&self, batches: Receiver<Batch>, sender: &Sender<Proved>, late: &Late) {
        for batch in batches {
            let since = batch.since;
            let (complete, pages) = self.guarded(|| self.proofs(batch.files, late)).unwrap_or_default();
            if sender.send(Proved { since, complete, pages }).is_err() {
                return;
            }
        }
    }

    fn make(&self, proved: &Receiver<Proved>, late: &Late) {
        let start = Instant::now();
        let mut editions = Editions::new(&self.settings.site);
        let mut reported = Diagnostics::new();
        if self.guarded(|| self.edition(&mut editions, &mut reported, late)).is_none() {
            let _late = late.hold();
            // Whoever asked already waits for anything at all.
            self.hub.refresh(&self.stage.show(None, Arc::default()), &[]);
        }
        let pages = self.stage.now().press.as_ref().and_then(|press| press.ask_now(|e, _| e.pages()));
        (self.listener)(Event::Opened { pages: pages.unwrap_or(0), took: start.elapsed() });
        while let Ok(Proved { since, mut complete, pages: mut told }) = proved.recv() {
            let begun = Instant::now();
            let wait = |complete| if complete && begun.elapsed() < PUT_OFF { REST } else { Duration::ZERO };
            while let Ok(next) = proved.recv_timeout(wait(complete)) {
                complete &= next.complete;
                told.extend(next.pages);
            }
            let edition = self.guarded(|| self.edition(&mut editions, &mut reported, late));
            let Some((files, pages)) = edition.flatten() else { continue };
            told.extend(pages);
            told.sort_unstable();
            told.dedup();
            (self.listener)(Event::Changed { files: &files, pages: &told, took: since.elapsed() });
        }
    }

    /// Does what must not end the preview, whatever happens; `None` if it panicked. What it was
    /// doing is done anew for the next change, and nothing is left half done: editions take the
    /// place of others whole.
    fn guarded<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(work)).ok();
        if done.is_none() {
            (self.listener)(Event::Note(
                "a fault of Bashu kept it from showing the last change; what is shown is from before it, and \
                 the next change is tried again. Please report what stands above",
            ));
        }
        done
    }

    /// Shows words that changed; returns whether that is all that did, and the addresses of pages that
    /// look different.
    fn proofs(&self, files: Vec<ContentPath>, late: &Late) -> (bool, Vec<String>) {
        let mut late = late.hold();
        let now = self.stage.now();
        let Some(press) = now.press.as_ref().filter(|_| files.len() <= PROOFS) else {
            return (false, Vec::new());
        };
        late.files.extend(files.iter().cloned());
        let count = files.len();
        let proofs = proofs(press, files);
        match press.revise(proofs.clone()) {
            0 => (false, Vec::new()),
            revised => {
                late.keep(proofs);
                let shown = self.stage.show(Some(press.clone()), now.faults.clone());
                (revised == count, self.hub.refresh(&shown, &[]))
            }
        }
    }

    /// Makes and shows an edition; returns the files that had changed, and the addresses of pages
    /// that look different. `None` if all files are as they were.
    fn edition(
        &self,
        editions: &mut Editions,
        reported: &mut Diagnostics,
        late: &Late,
    ) -> Option<(Vec<ContentPath>, Vec<String>)> {
        let clock = Clock { today: (self.settings.today)(), drafts: true, any_day: true };
        let options = Options { origin: Some(self.origin.clone()), ..Options::new(clock) };
        // What is saved from now on may come too late for it.
        let shown = std::mem::take(&mut *late.hold()).proofs;
        let waiting = || (self.listener)(Event::Note("a build is at work on this site; waiting for it"));
        let Issue { edition, changed, diagnostics, notes } = editions.next(&options, shown, waiting)?;
        for note in &notes {
            (self.listener)(Event::Note(note));
        }
        // Many messages may point into one file.
        let texts: RefCell<Vec<(ContentPath, Option<String>)>> = RefCell::default();
        let source = editions.source();
        let text = |path: &ContentPath| {
            let mut texts = texts.borrow_mut();
            if let Some((_, text)) = texts.iter().find(|(known, _)| known == path) {
                return text.clone();
            }
            let text = crate::build::text_for_report(source, path);
            texts.push((path.clone(), text.clone()));
            text
        };
        let faults = Arc::new(values(&Report { diagnostics: &diagnostics, text: &text }));
        let press = edition.map(Press::start);
        let pages = {
            let mut late = late.hold();
            if let Some(press) = &press {
                // Or words that are shown already would go and come again, those as well that stand in
                // no file any more, because it was broken meanwhile.
                let proofs = proofs(press, late.files.clone());
                late.keep(proofs);
                press.revise(late.proofs.clone());
            }
            let press = press.or_else(|| self.stage.now().press.clone());
            let files = changed.clone();
            let files = press.as_ref().and_then(|it| it.ask_now(move |e, _| tab::addresses(e, &files)));
            self.hub.refresh(&self.stage.show(press, faults), &files.unwrap_or_default())
        };
        if !diagnostics.iter().eq(reported.iter()) {
            (self.listener)(Event::Faults { diagnostics: &diagnostics, text: &text });
            *reported = diagnostics;
        }
        Some((changed, pages))
    }
}

/// The words that stand in files now, where nothing else of what an edition has changed.
fn proofs(press: &Press, files: Vec<ContentPath>) -> Vec<Proof> {
    press
        .ask_now(move |edition, _| files.iter().filter_map(|file| edition.proof(file)).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::base::PartialDate;

    static FAILS: AtomicBool = AtomicBool::new(true);

    fn today() -> PartialDate {
        assert!(!FAILS.swap(false, Ordering::Relaxed), "a fault of the test");
        PartialDate::epoch()
    }

    #[test]
    fn a_fault_of_this_program_is_told_and_outlived() {
        let dir = tempfile::tempdir().unwrap();
        let site = "title: A\nbase_url: https://a.example/\nlanguages: [{code: en, tag: en, name: E}]\n";
        std::fs::write(dir.path().join("site.yaml"), site).unwrap();
        let (told, events) = channel();
        let settings = Settings {
            site: dir.path().to_path_buf(),
            host: std::net::Ipv4Addr::LOCALHOST.into(),
            port: None,
            names: Vec::new(),
            editor: None,
            poll: false,
            today,
        };
        let stage = Stage::new();
        let workshop = Workshop {
            settings: Arc::new(settings),
            origin: "http://127.0.0.1".to_owned(),
            stage: stage.clone(),
            hub: Arc::default(),
            listener: Arc::new(move |event| {
                let name = match event {
                    Event::Note(_) => "note",
                    Event::Opened { .. } => "opened",
                    Event::Changed { .. } => "changed",
                    _ => return,
                };
                let _ = told.send(name);
            }),
        };
        let (sender, batches) = channel();
        let running = thread::spawn(move || workshop.run(batches));
        assert_eq!([events.recv(), events.recv()], [Ok("note"), Ok("opened")]);
        let now = stage.now();
        assert!(now.number == 1 && now.press.is_none());
        sender.send(Batch { since: Instant::now(), files: Vec::new() }).unwrap();
        assert_eq!(events.recv(), Ok("changed"));
        assert!(stage.now().press.is_some());
        // It ends with whoever tells of changes.
        drop(sender);
        running.join().unwrap();
    }
}
