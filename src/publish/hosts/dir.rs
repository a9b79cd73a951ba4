//! A folder of releases, for a server's own disk: `releases/ID/` each with the whole site, and
//! `current`, a link to the one that is live.
//!
//! Owns how a release is made and how the link is switched. Releases are never written again once
//! they are made, which is why one may share its unchanged files with the one before by hard links;
//! and one is only removed if it has a manifest, so that Bashu made it.
//!
//! A release is made in `releases/.new-RUN/` and renamed when it is whole; then a link beside
//! `current` is renamed over it, which is one step for whoever looks. Whatever a run is killed at,
//! `current` leads to the old site or the new one, and the next run removes what was left.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::local::{self, failed, known};
use crate::base::days_in_month;
use crate::config::DirHost;
use crate::publish::crew;
use crate::publish::keep::Keep;
use crate::publish::manifest::{BEAT, MANIFEST, Manifest};
use crate::publish::open::Context;
use crate::publish::place::Listed;
use crate::publish::plan::Plan;
use crate::publish::release::{Item, Release};
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;
use crate::publish::whole::{Held, Whole};

mod link;

use link::Live;

const RELEASES: &str = "releases";
/// What a release is called before it is whole, and when it is being removed.
const UNFINISHED: &str = ".new-";

/// A folder of releases.
pub(super) struct Dir {
    root: PathBuf,
    /// How many are kept.
    keep: usize,
    parallel: usize,
    run: String,
    now: i64,
    /// What `current` led to when it was looked at.
    live: Live,
}

/// The folder of a host.
pub(super) fn open(context: &Context<'_>, host: &DirHost) -> Result<Box<dyn Whole>, Trouble> {
    if !cfg!(unix) {
        let why = "this system cannot replace a link in one step; publish to a `folder` instead";
        return Err(Trouble::Failed(why.to_owned()));
    }
    Ok(Box::new(Dir {
        root: local::root(context.site, &host.path)?,
        keep: host.releases,
        parallel: context.host.parallel,
        run: context.id.to_owned(),
        now: context.now,
        live: Live::Nothing,
    }))
}

impl Dir {
    fn releases(&self) -> PathBuf {
        self.root.join(RELEASES)
    }

    /// The names of all releases that Bashu made, in their order.
    fn names(&self) -> Result<Vec<String>, Trouble> {
        let releases = self.releases();
        let mut names = Vec::new();
        for entry in known(&releases, fs::read_dir(&releases))?.into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let manifest = || fs::read(entry.path().join(MANIFEST)).ok();
            if !name.starts_with('.') && manifest().and_then(|bytes| Manifest::read(&bytes)).is_some() {
                names.push(name);
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Does something while no other run may, if what is live is still what it was.
    fn alone<T>(&self, work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
        let lock = local::lock_file(&self.root)?;
        match lock.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Err(Trouble::Conflict),
            Err(fs::TryLockError::Error(error)) if error.kind() != ErrorKind::Unsupported => {
                return Err(failed(&self.root, &error));
            }
            _ => {}
        }
        if Live::look(&self.root)? != self.live {
            return Err(Trouble::Conflict);
        }
        work()
    }

    /// Removes what runs left that were killed.
    fn tidy(&self) -> Result<(), Trouble> {
        let releases = self.releases();
        fs::create_dir_all(&releases).map_err(|error| failed(&releases, &error))?;
        let entries = fs::read_dir(&releases).map_err(|error| failed(&releases, &error))?;
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                fs::remove_dir_all(entry.path()).map_err(|error| failed(&entry.path(), &error))?;
            }
        }
        link::tidy(&self.root);
        Ok(())
    }

    /// Makes the new release in a folder: what is the same as in the last one is linked, so that it
    /// takes no room, and what others put there is taken along.
    fn make(
        &self,
        new: &Path,
        release: &Release,
        plan: &Plan,
        manifest: &Manifest,
        tally: &Tally<'_>,
    ) -> Result<(), Trouble> {
        let old = self.live.folder(&self.root);
        let before = old.as_ref().and_then(|old| Manifest::read(&fs::read(old.join(MANIFEST)).ok()?));
        let sent = plan.send.iter().filter_map(|&position| release.items.get(position));
        let bytes = sent.clone().map(|item| item.size).sum();
        tally.tell(Heard::Phase("files", plan.send.len(), bytes));
        let sent: HashSet<&str> = sent.map(|item| &*item.path).collect();
        let put = |item: &Item| {
            tally.go_on()?;
            let to = room(new, &item.path)?;
            let known = before.as_ref().and_then(|before| before.files.get(&item.path));
            let linked = known == Some(&Some(item.entry()))
                && old.as_ref().is_some_and(|old| link_same(&old.join(&*item.path), &to, item.size));
            if !linked {
                let mut file = File::create_new(&to).map_err(|error| failed(&to, &error))?;
                item.copy_to(&mut file)?;
                // What the manifest says is there must be there, also after a power cut.
                file.sync_all().map_err(|error| failed(&to, &error))?;
            }
            if sent.contains(&*item.path) {
                tally.tell(Heard::File(item.size));
            }
            Ok(())
        };
        crew::each(&release.items, self.parallel, put)?;
        if let Some(old) = &old {
            take_along(old, new, release, plan)?;
        }
        let path = new.join(MANIFEST);
        let mut file = File::create_new(&path).map_err(|error| failed(&path, &error))?;
        file.write_all(&manifest.write())
            .and_then(|()| file.sync_all())
            .map_err(|error| failed(&path, &error))
    }

    /// Removes releases beyond those that are kept, and those that were gone back from: one does
    /// not go back to them again.
    fn prune(&self, live: &str, before: Option<&str>) -> Result<(), Trouble> {
        let (older, newer): (Vec<_>, Vec<_>) =
            self.names()?.into_iter().filter(|name| name != live).partition(|name| {
                // Without one before, all there are were made by nobody knows whom: they stay.
                before.is_none_or(|before| &**name <= before)
            });
        let surplus = (older.len() + 1).saturating_sub(self.keep).min(older.len());
        for name in older.iter().take(surplus).chain(&newer) {
            let (path, gone) = (self.releases().join(name), self.unfinished(name));
            // Under another name first, so that a half is never taken for a release.
            fs::rename(&path, &gone)
                .and_then(|()| fs::remove_dir_all(&gone))
                .map_err(|error| failed(&path, &error))?;
        }
        Ok(())
    }

    fn unfinished(&self, name: &str) -> PathBuf {
        self.releases().join(format!("{UNFINISHED}{name}"))
    }

    /// A name for a new release: by the time, and behind all others, whatever the clock says.
    fn next_name(&self) -> Result<String, Trouble> {
        let releases = self.releases();
        let entries = known(&releases, fs::read_dir(&releases))?.into_iter().flatten().flatten();
        let taken = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let last = taken.filter(|name| name.starts_with(|c: char| c.is_ascii_digit())).max();
        Ok(name_after(self.now, last.as_deref()))
    }
}

/// The name of a release made at a time, in seconds since 1970, that sorts behind `last`.
fn name_after(now: i64, last: Option<&str>) -> String {
    let name = timestamp(now);
    let Some(last) = last.filter(|last| **last >= *name) else { return name };
    let (base, number) = last.split_once('-').unwrap_or((last, ""));
    // Three digits, so that numbers sort as text; nobody publishes a thousand times a second.
    format!("{base}-{:03}", number.parse().unwrap_or(1_u32) + 1)
}

/// A time, in seconds since 1970, as `20261125T225433Z`.
fn timestamp(seconds: i64) -> String {
    // As far as four digits of a year go.
    let seconds = seconds.clamp(0, 253_402_300_799);
    let (mut day, second) = (seconds / 86_400, seconds % 86_400);
    let (mut year, mut month) = (1970, 1);
    loop {
        let days = i64::from(days_in_month(year, month));
        if day < days {
            break;
        }
        day -= days;
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{:02}T{hour:02}{minute:02}{second:02}Z", day + 1)
}

/// Where a file of a release stands, with its folder made.
fn room(release: &Path, path: &str) -> Result<PathBuf, Trouble> {
    let path = release.join(path);
    let folder = path.parent().unwrap_or(release);
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    Ok(path)
}

/// Takes along what of the last release is neither of the site nor to be deleted: files of others,
/// what the host keeps, and stale assets.
fn take_along(old: &Path, new: &Path, release: &Release, plan: &Plan) -> Result<(), Trouble> {
    let doomed: HashSet<&str> = plan.doomed().map(|path| &**path).collect();
    local::walk(old, "", &mut |name, from, meta| {
        if [MANIFEST, BEAT].contains(&&*name) || release.has(&name) || doomed.contains(&*name) {
            return Ok(());
        }
        let to = room(new, &name)?;
        let done = if meta.is_symlink() {
            fs::read_link(from).and_then(|target| link::make(&target, &to))
        } else {
            fs::hard_link(from, &to).or_else(|_| fs::copy(from, &to).map(drop))
        };
        done.map_err(|error| failed(from, &error))
    })
}

/// Links a file of the last release if it is one of this size. A file has so many links and no
/// more, and some file systems have none: then the file is copied.
fn link_same(old: &Path, new: &Path, size: u64) -> bool {
    let same = fs::symlink_metadata(old).is_ok_and(|meta| meta.is_file() && meta.len() == size);
    same && fs::hard_link(old, new).is_ok()
}

impl Whole for Dir {
    fn held(&mut self) -> Result<Held, Trouble> {
        self.live = Live::look(&self.root)?;
        let manifest = match self.live.folder(&self.root) {
            Some(folder) => {
                let path = folder.join(MANIFEST);
                known(&path, fs::read(&path))?
            }
            None => None,
        };
        Ok(Held { manifest })
    }

    fn list(&mut self) -> Result<Vec<Listed>, Trouble> {
        if let Some(folder) = self.live.folder(&self.root) {
            return local::list(&folder);
        }
        // What stands in the folder itself is beside the site, not in it. A run that began before
        // this one may be switching its link: that is nobody else's file.
        let mut found = local::list(&self.root)?;
        let own = [RELEASES, link::CURRENT, link::NEXT];
        let own = |path: &str| own.contains(&path.split('/').next().unwrap_or(path));
        found.retain(|file| !own(&file.path));
        found.iter_mut().for_each(|file| file.path = format!("../{}", file.path).into());
        Ok(found)
    }

    fn switch(
        &mut self,
        release: &Release,
        plan: &Plan,
        manifest: &Manifest,
        tally: &Tally<'_>,
    ) -> Result<(), Trouble> {
        self.alone(|| {
            self.tidy()?;
            let new = self.unfinished(&self.run);
            let name = self.next_name()?;
            let made = self.make(&new, release, plan, manifest, tally).and_then(|()| tally.go_on());
            if let Err(trouble) = made {
                let _ = fs::remove_dir_all(&new);
                return Err(trouble);
            }
            let whole = self.releases().join(&name);
            fs::rename(&new, &whole).map_err(|error| failed(&whole, &error))?;
            link::switch(&self.root, &self.live, &name)?;
            tally.tell(Heard::Phase("releases to remove", 0, 0));
            self.prune(&name, self.live.name())
        })
    }

    fn roll_back(&mut self, _: &Keep) -> Result<Option<String>, Trouble> {
        let Some(live) = self.live.name() else { return Ok(None) };
        self.alone(|| {
            let before = self.names()?.into_iter().rfind(|name| &**name < live);
            before
                .map(|name| {
                    link::switch(&self.root, &self.live, &name)?;
                    Ok(name)
                })
                .transpose()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_time_whatever_the_clock_says() {
        for (seconds, name) in [
            (0, "19700101T000000Z"),
            (951_782_400, "20000229T000000Z"),
            (1_709_251_199, "20240229T235959Z"),
            (4_107_542_400, "21000301T000000Z"),
        ] {
            assert_eq!(timestamp(seconds), name);
        }
        let mut last: Option<String> = None;
        for now in [100, 100, 100, 50, 101, 101, 7] {
            let name = name_after(now, last.as_deref());
            assert!(last.is_none_or(|last| last < name), "{name}");
            last = Some(name);
        }
    }
}
