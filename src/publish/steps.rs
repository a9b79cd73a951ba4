//! The steps of publishing to a place: what is coming, the files in their order, what is there,
//! what goes.
//!
//! Owns the protocol between runs: conditional writes of the manifest, signs of life, taking over
//! from a run that was killed. Whatever step a run ends at, readers see whole pages and the next
//! run knows enough to complete it.

use std::sync::mpsc::{RecvTimeoutError, channel};

use super::manifest::{BEAT, Beat, MANIFEST, Manifest, Pending};
use super::open::{Context, Found, standing};
use super::place::{Expected, Mark, Numbered, Place};
use super::plan::{Plan, Standing};
use super::release::Release;
use super::tally::{Heard, Tally};
use super::trouble::Trouble;

/// What stands at a place where a run ended before its time: its files are looked for, and those
/// that it said it had sent are known.
pub(super) fn resume(place: &dyn Place, manifest: &Manifest) -> Result<Standing, Trouble> {
    let mut known = standing(manifest);
    let Some(pending) = &manifest.pending else { return Ok(known) };
    let beat = place.read(BEAT)?.and_then(|(bytes, _)| Beat::read(&bytes)).filter(|b| b.id == pending.id);
    let done = beat.map_or(0, |beat| beat.done);
    for (number, (path, entry)) in pending.files.iter().enumerate() {
        known.stale.remove(path);
        known.ours.insert(path.clone(), (number < done).then_some(*entry));
    }
    let listed: std::collections::BTreeSet<Box<str>> =
        place.list()?.into_iter().map(|file| file.path).collect();
    known.ours.retain(|path, _| listed.contains(path));
    known.stale.retain(|path, _| listed.contains(path));
    Ok(known)
}

/// Carries a plan out.
pub(super) fn carry_out(
    place: &dyn Place,
    context: &Context<'_>,
    found: &Found,
    release: &Release,
    plan: &Plan,
    mut next: Manifest,
    tally: &Tally<'_>,
) -> Result<(), Trouble> {
    let mut mark = found.mark.clone();
    tally.go_on()?;
    if !plan.send.is_empty() {
        mark = Some(announce(place, context, found, release, plan, mark.as_ref())?);
        let sent = with_beat(place, context, mark.as_ref(), tally, || send(place, release, plan, tally));
        sent?;
    }
    tally.go_on()?;
    next.doomed = plan.doomed();
    let mark = place.write(MANIFEST, &next.write(), &expected(mark.as_ref()))?;
    if !next.doomed.is_empty() {
        let doomed = std::mem::take(&mut next.doomed);
        tally.tell(Heard::Phase("deletions", doomed.len(), 0));
        place.delete(&doomed, tally)?;
        place.write(MANIFEST, &next.write(), &Expected::Is(mark))?;
    }
    // It says nothing any more; that it stays does no harm.
    let _ = place.delete(&[BEAT.into()], &Tally::new(&|_| {}, &std::sync::atomic::AtomicBool::new(false)));
    Ok(())
}

fn expected(mark: Option<&Mark>) -> Expected {
    mark.map_or(Expected::Absent, |mark| Expected::Is(mark.clone()))
}

/// Says what is coming.
fn announce(
    place: &dyn Place,
    context: &Context<'_>,
    found: &Found,
    release: &Release,
    plan: &Plan,
    mark: Option<&Mark>,
) -> Result<Mark, Trouble> {
    let mut manifest = Manifest::new(&context.base_url.root(), context.now);
    if let Some(last) = &found.manifest {
        manifest.published = last.published;
        manifest.base_url.clone_from(&last.base_url);
    }
    let known = found.standing.ours.iter().filter_map(|(path, entry)| Some((path.clone(), (*entry)?)));
    manifest.files = known.collect();
    manifest.stale.clone_from(&found.standing.stale);
    manifest.doomed.clone_from(&found.standing.doomed);
    // Files of which only the name is known are ours as well, and may be no part of the release.
    let unknown = found.standing.ours.iter().filter(|(_, entry)| entry.is_none()).map(|(path, _)| path);
    manifest.doomed.extend(unknown.filter(|path| plan.deleted.contains(path)).cloned());
    let items = plan.send.iter().map(|&position| &release.items[position]);
    let files = items.map(|item| (item.path.clone(), item.entry())).collect();
    manifest.pending = Some(Pending { id: context.id.to_owned(), files });
    place.write(MANIFEST, &manifest.write(), &expected(mark))
}

/// Sends the files, phase by phase.
fn send(place: &dyn Place, release: &Release, plan: &Plan, tally: &Tally<'_>) -> Result<(), Trouble> {
    for phase in &plan.phases {
        tally.go_on()?;
        let positions = plan.send.get(phase.from..phase.to).unwrap_or_default();
        let numbered: Vec<Numbered<'_>> = (phase.from..)
            .zip(positions)
            .filter_map(|(n, &position)| Some((n, release.items.get(position)?)))
            .collect();
        let bytes = numbered.iter().map(|(_, item)| item.size).sum();
        tally.tell(Heard::Phase(phase.name, numbered.len(), bytes));
        place.put(&numbered, tally)?;
    }
    Ok(())
}

/// Does something while a thread gives signs of life, and looks whether somebody took over.
fn with_beat(
    place: &dyn Place,
    context: &Context<'_>,
    mark: Option<&Mark>,
    tally: &Tally<'_>,
    work: impl FnOnce() -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    std::thread::scope(|scope| {
        let (end, ended) = channel::<()>();
        scope.spawn(move || {
            let mut beat = Beat { id: context.id.to_owned(), beat: 0, done: 0 };
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(context.pace.beat) {
                if place.mark(MANIFEST).is_ok_and(|now| now.as_ref() != mark) {
                    tally.lose();
                    return;
                }
                beat.beat += 1;
                beat.done = tally.upto();
                // The next one may come through.
                let _ = place.write(BEAT, &beat.write(), &Expected::Any);
            }
        });
        let done = work();
        drop(end);
        done
    })
}
