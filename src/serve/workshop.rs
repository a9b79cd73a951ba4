//! The workshop: one change after the other becomes an edition, and tabs are told.
//!
//! Owns the order of that: first a proof of words that changed, since somebody waits for them; then
//! the edition; then what is wrong with it. It is the only thread that makes editions.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::live::Hub;
use super::now::Stage;
use super::press::Press;
use super::watch::Batch;
use super::{Event, Listener, Settings};
use crate::base::ContentPath;
use crate::build::{Editions, Issue, Options};
use crate::diag::{Diagnostics, Report, values};
use crate::site::Clock;

/// How long after a proof an edition is begun: joining a site takes all cores, and the browser needs
/// one to show the proof.
const PAUSE: Duration = Duration::from_millis(60);

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

impl Workshop {
    /// Makes the first edition, and one for every batch, until nobody sends any more.
    pub(super) fn run(&self, batches: &Receiver<Batch>) {
        let start = Instant::now();
        let mut editions = Editions::new(&self.settings.site);
        let mut reported = Diagnostics::new();
        self.edition(&mut editions, &mut reported);
        let pages = self.stage.now().press.as_ref().and_then(|press| press.ask_now(|e, _| e.pages()));
        (self.listener)(Event::Opened { pages: pages.unwrap_or(0), took: start.elapsed() });
        while let Ok(batch) = batches.recv() {
            let since = batch.since;
            let mut told = self.proofs(&batch);
            if !told.is_empty() {
                let proofed = Instant::now();
                while let Some(left) = PAUSE.checked_sub(proofed.elapsed()) {
                    match batches.recv_timeout(left) {
                        Ok(batch) => told.extend(self.proofs(&batch)),
                        Err(RecvTimeoutError::Timeout) => break,
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
            }
            let Some((files, pages)) = self.edition(&mut editions, &mut reported) else { continue };
            told.extend(pages);
            told.sort_unstable();
            told.dedup();
            (self.listener)(Event::Changed { files: &files, pages: &told, took: since.elapsed() });
        }
    }

    /// Shows words that changed; returns the addresses of pages that look different.
    fn proofs(&self, batch: &Batch) -> Vec<String> {
        let now = self.stage.now();
        let Some(press) = now.press.as_ref().filter(|_| batch.files.len() <= PROOFS) else {
            return Vec::new();
        };
        let files: Vec<ContentPath> = batch.files.clone();
        let proofs = press.ask_now(move |edition, _| {
            files.iter().filter_map(|file| edition.proof(file)).collect::<Vec<_>>()
        });
        let proofs = proofs.unwrap_or_default();
        if proofs.is_empty() || !press.revise(proofs) {
            return Vec::new();
        }
        self.hub.refresh(&self.stage.show(Some(press.clone()), now.faults.clone()))
    }

    /// Makes and shows an edition; returns the files that had changed, and the addresses of pages
    /// that look different. `None` if all files are as they were.
    fn edition(
        &self,
        editions: &mut Editions,
        reported: &mut Diagnostics,
    ) -> Option<(Vec<ContentPath>, Vec<String>)> {
        let clock = Clock { today: (self.settings.today)(), drafts: true, any_day: true };
        let options = Options { origin: Some(self.origin.clone()), ..Options::new(clock) };
        let waiting = || (self.listener)(Event::Note("a build is at work on this site; waiting for it"));
        let Issue { edition, changed, diagnostics, notes, .. } = editions.next(&options, waiting)?;
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
        let press = edition.map(Press::start).or_else(|| self.stage.now().press.clone());
        let pages = self.hub.refresh(&self.stage.show(press, faults));
        if !diagnostics.iter().eq(reported.iter()) {
            (self.listener)(Event::Faults { diagnostics: &diagnostics, text: &text });
            *reported = diagnostics;
        }
        Some((changed, pages))
    }
}
