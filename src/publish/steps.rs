//! The steps of publishing to a place: what is coming, the files in their order, what is there,
//! what goes.
//!
//! Owns the protocol between runs. Whatever step a run ends at, readers see whole pages and the next
//! run knows enough to complete it.
//!
//! | step | the manifest, before it | files |
//! |---|---|---|
//! | first round | what is new is pending | what stands in the way goes, what is new is sent |
//! | second round | what is new is there; what has changed is pending | what has changed is sent |
//! | end | the new site is there; what goes is loose | what goes is deleted |
//! | | the new site is there | |
//!
//! Steps without anything to do are left out. Each writing of the manifest is conditional on the one
//! before.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::life::Life;
use super::manifest::{BEAT, MANIFEST, Manifest, Pending};
use super::open::{Context, Found};
use super::place::{Expected, Mark, Numbered, Place};
use super::plan::Plan;
use super::release::Release;
use super::takeover::{self, Local};
use super::tally::{Heard, Tally};
use super::trouble::Trouble;

/// One run at a place.
pub(super) struct Run<'r> {
    pub place: &'r dyn Place,
    pub context: &'r Context<'r>,
    pub found: &'r Found,
    pub release: &'r Release,
    pub plan: &'r Plan,
    pub tally: &'r Tally<'r>,
}

impl Run<'_> {
    /// Carries the plan out. `next` is the manifest of the finished site.
    pub(super) fn carry_out(&self, mut next: Manifest) -> Result<(), Trouble> {
        let Self { place, context, found, plan, tally, .. } = *self;
        let life = Life { place, context, tally, signs: AtomicU64::new(0) };
        let mut local = Local::take(context)?;
        let earlier = found.manifest.as_ref().and_then(|manifest| manifest.pending.as_ref());
        if earlier.is_some_and(|pending| !local.had(&pending.id)) {
            takeover::watch(&life, found.mark.as_ref())?;
        }
        tally.go_on()?;
        local.note(context.id);
        let (turn, end) = (plan.turn, plan.send.len());
        let mut mark = found.mark.clone();
        if turn > 0 || !plan.cleared.is_empty() {
            let own = self.claim(&self.first_round(), mark.as_ref())?;
            life.during(1, 0, &own, || {
                self.delete(&plan.cleared)?;
                self.send(&life, 0, turn, &own)
            })?;
            mark = Some(own);
        }
        if turn < end {
            let own = self.claim(&self.second_round(), mark.as_ref())?;
            life.during(2, turn, &own, || self.send(&life, turn, end, &own))?;
            mark = Some(own);
        }
        let doomed: Vec<Box<str>> =
            plan.doomed().filter(|path| !plan.cleared.contains(path)).cloned().collect();
        if !doomed.is_empty() {
            next.loose = doomed.iter().map(|path| (path.clone(), None)).collect();
            next.pending = Some(self.pending(3, end, end));
            let own = self.claim(&next, mark.as_ref())?;
            life.during(3, end, &own, || self.delete(&doomed))?;
            mark = Some(own);
            next.loose.clear();
            next.pending = None;
        }
        self.claim(&next, mark.as_ref())?;
        if life.signs.load(Ordering::Relaxed) > 0 || earlier.is_some() {
            // It says nothing any more; that it stays does no harm.
            let _ = place.delete(&[BEAT.into()], &Tally::new(&|_| {}, &AtomicBool::new(false)));
        }
        Ok(())
    }

    /// Writes the manifest, if it is as it was left.
    fn claim(&self, manifest: &Manifest, last: Option<&Mark>) -> Result<Mark, Trouble> {
        self.tally.go_on()?;
        let bytes = manifest.write();
        let expected = last.map_or(Expected::Absent, |mark| Expected::Is(mark.clone()));
        match self.place.write(MANIFEST, &bytes, &expected) {
            // A request whose answer was lost is repeated, and then fails on itself.
            Err(Trouble::Conflict) => match self.place.read(MANIFEST)? {
                Some((there, mark)) if there == bytes => Ok(mark),
                _ => Err(Trouble::Conflict),
            },
            written => written,
        }
    }

    /// What stands there before anything is done, and what is pending in the first round.
    fn first_round(&self) -> Manifest {
        let Self { context, found, plan, .. } = *self;
        let mut manifest = Manifest::new(&context.base_url.root(), context.now);
        if let Some(last) = &found.manifest {
            manifest.published = last.published;
            manifest.base_url.clone_from(&last.base_url);
        }
        manifest.files.clone_from(&found.standing.ours);
        manifest.loose.clone_from(&found.standing.loose);
        manifest.stale.clone_from(&found.standing.stale);
        for path in &plan.cleared {
            // Pages lead to it until they are replaced: should the next run bring it back, then late.
            match manifest.files.get_mut(path) {
                Some(content) => *content = None,
                None => drop(manifest.loose.insert(path.clone(), None)),
            }
            manifest.stale.remove(path);
        }
        manifest.pending = Some(self.pending(1, 0, plan.turn));
        manifest
    }

    /// What stands there when all that is new does, and what is pending in the second round.
    fn second_round(&self) -> Manifest {
        let Self { release, plan, .. } = *self;
        let mut manifest = self.first_round();
        for path in &plan.cleared {
            manifest.loose.remove(path);
        }
        let pending = self.pending(2, plan.turn, plan.send.len());
        let mut changing: Vec<&str> = pending.files.iter().map(|(path, _)| &**path).collect();
        changing.sort_unstable();
        for item in release.items.iter().filter(|item| changing.binary_search(&&*item.path).is_err()) {
            manifest.files.insert(item.path.clone(), Some(item.entry()));
            manifest.loose.remove(&item.path);
            manifest.stale.remove(&item.path);
        }
        manifest.pending = Some(pending);
        manifest
    }

    fn pending(&self, round: u8, from: usize, to: usize) -> Pending {
        let sent = self.plan.sent(self.release, from, to);
        Pending {
            id: self.context.id.to_owned(),
            round,
            files: sent.map(|item| (item.path.clone(), item.entry())).collect(),
            touched: self.plan.touched(self.release, from),
        }
    }

    /// Sends the files of a round, phase by phase.
    fn send(&self, life: &Life<'_>, from: usize, to: usize, own: &Mark) -> Result<(), Trouble> {
        for phase in self.plan.phases.iter().filter(|phase| from <= phase.from && phase.to <= to) {
            self.tally.go_on()?;
            // The writing of the manifest has just shown that the host is ours.
            if phase.from > from {
                life.look(own)?;
            }
            let items = self.plan.sent(self.release, phase.from, phase.to);
            let numbered: Vec<Numbered<'_>> = (phase.from..).zip(items).collect();
            let bytes = numbered.iter().map(|(_, item)| item.size).sum();
            self.tally.tell(Heard::Phase(phase.name, numbered.len(), bytes));
            self.place.put(&numbered, self.tally)?;
        }
        Ok(())
    }

    /// Deletes files, pages before what they show.
    fn delete(&self, paths: &[Box<str>]) -> Result<(), Trouble> {
        if paths.is_empty() {
            return Ok(());
        }
        self.tally.tell(Heard::Phase("deletions", paths.len(), 0));
        let (pages, others): (Vec<Box<str>>, Vec<Box<str>>) =
            paths.iter().cloned().partition(|path| path.ends_with(".html"));
        for paths in [pages, others].iter().filter(|paths| !paths.is_empty()) {
            self.tally.go_on()?;
            self.place.delete(paths, self.tally)?;
        }
        Ok(())
    }
}
