//! What is known to stand at a host: from its manifest, from a run that did not end, or from its own
//! list of files.
//!
//! Owns how far each of these is believed. It never changes anything.

use std::collections::HashMap;

use super::keep::Keep;
use super::manifest::{BEAT, Beat, Files, MANIFEST, Manifest};
use super::place::{Listed, Place};
use super::plan::Standing;
use super::release::Release;
use super::trouble::Trouble;

impl Standing {
    /// What a manifest says. Of the files that a run was sending nobody knows the content.
    pub(super) fn of(manifest: &Manifest) -> Self {
        let mut standing = Self {
            ours: manifest.files.clone(),
            loose: manifest.loose.clone(),
            stale: manifest.stale.clone(),
            ..Self::default()
        };
        if let Some(pending) = &manifest.pending {
            standing.touched = pending.touched.clone();
            for (path, _) in &pending.files {
                standing.touched.insert(path.clone());
                // A stale asset is sent again in the second round, as a file that pages lead to.
                if standing.stale.remove(path).is_some() || standing.ours.contains_key(path) {
                    standing.ours.insert(path.clone(), None);
                } else {
                    standing.loose.insert(path.clone(), None);
                }
            }
        }
        standing
    }

    /// The same at a place where a run ended before its time: its files are looked for, and those
    /// that it said it had sent, or that are seen to be what it sent, are known.
    pub(super) fn after(manifest: &Manifest, place: &dyn Place, release: &Release) -> Result<Self, Trouble> {
        let mut standing = Self::of(manifest);
        let Some(pending) = manifest.pending.as_ref().filter(|pending| pending.round < 3) else {
            return Ok(standing);
        };
        let beat = place.read(BEAT)?.and_then(|(bytes, _)| Beat::read(&bytes));
        let done = beat.filter(|b| b.id == pending.id && b.round == pending.round).map_or(0, |b| b.done);
        let listed: HashMap<Box<str>, Option<[u8; 16]>> =
            place.list()?.into_iter().map(|file| (file.path, file.md5)).collect();
        for (number, (path, entry)) in pending.files.iter().enumerate() {
            // Bytes that were there before may have other headers, and an MD5 does not tell.
            let fresh = !manifest.files.contains_key(path)
                && !manifest.stale.contains_key(path)
                && !manifest.loose.contains_key(path);
            let fits = |md5: [u8; 16]| {
                let item = release.item(path).filter(|item| item.entry() == *entry);
                item.is_some_and(|item| item.md5().is_ok_and(|own| own == md5))
            };
            let seen = fresh && listed.get(path).copied().flatten().is_some_and(fits);
            if number < done || seen {
                let files =
                    if standing.ours.contains_key(path) { &mut standing.ours } else { &mut standing.loose };
                files.insert(path.clone(), Some(*entry));
            }
        }
        for (path, content) in standing.ours.iter_mut().filter(|(path, _)| !listed.contains_key(*path)) {
            *content = None;
            standing.missing.insert(path.clone());
        }
        standing.loose.retain(|path, _| listed.contains_key(path));
        standing.stale.retain(|path, _| listed.contains_key(path));
        Ok(standing)
    }

    /// What is made of files that no manifest speaks of, and those that are not ours: files of the
    /// release's paths become ours, and readers may be there. `sent_by_us` says that the manifest was
    /// lost, and the files are not of others.
    pub(super) fn adopted(
        listed: Vec<Listed>,
        release: &Release,
        keep: &Keep,
        sent_by_us: bool,
    ) -> (Self, Vec<Box<str>>) {
        let mut ours = Files::new();
        let mut foreign = Vec::new();
        for file in listed {
            if *file.path == *MANIFEST || *file.path == *BEAT || keep.fits(&file.path) {
                continue;
            }
            let Some(item) = release.item(&file.path) else {
                foreign.push(file.path);
                continue;
            };
            // Others may have given the same bytes other headers.
            let comparable = sent_by_us || !item.keys_headers();
            let same = |md5| comparable && item.md5().is_ok_and(|own| own == md5);
            let known = file.md5.is_some_and(same).then(|| item.entry());
            ours.insert(file.path, known);
        }
        foreign.sort_unstable();
        (Self { ours, ..Self::default() }, foreign)
    }

    /// Leaves out what the host keeps for itself.
    pub(super) fn without(mut self, keep: &Keep) -> Self {
        self.ours.retain(|path, _| !keep.fits(path));
        self.loose.retain(|path, _| !keep.fits(path));
        self.stale.retain(|path, _| !keep.fits(path));
        self
    }
}
