//! A server by SFTP, through the installed `ssh`.
//!
//! Owns how files get there whole: each is written under another name in its folder and renamed,
//! which readers see as one step. What a run that was killed left under such names, the next one
//! removes once the host is its own.
//!
//! A file that must not be there is written on that condition by the server itself. One that must
//! be as it was is read before, and again afterwards: of two runs that look in the same moment, the
//! one whose file did not stay sees so, at the latest when it writes its manifest.

mod packet;
mod wire;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use wire::{No, Wire};

use super::above::{above, parent};
use super::ssh;
use super::walk::{self, NEW, is_aside};
use crate::config::SftpHost;
use crate::publish::crew::Alone;
use crate::publish::open::Context;
use crate::publish::place::{Expected, Listed, Mark, Numbered, Place};
use crate::publish::program::Program;
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;
use crate::publish::{again, crew};

/// How long a server may say nothing while something is asked: one that `ssh` finds alive may have a
/// disk that is not.
const SILENCE: Duration = Duration::from_secs(120);

/// A folder of a server.
struct Sftp {
    site: PathBuf,
    host: SftpHost,
    /// Its path, without a slash at its end.
    root: String,
    parallel: usize,
    run: String,
    alone: Alone,
    number: AtomicUsize,
    wire: Mutex<Option<Arc<Wire>>>,
    /// Folders that are known to be there.
    folders: Mutex<BTreeSet<String>>,
    /// Files under names of the way that wait for nobody any more.
    left: Mutex<BTreeSet<String>>,
}

/// The place of a host. The connection is made when something is asked.
pub(super) fn open(context: &Context<'_>, host: &SftpHost) -> Result<Box<dyn Place>, Trouble> {
    Ok(Box::new(Sftp {
        site: context.site.to_path_buf(),
        host: host.clone(),
        root: host.path.trim_end_matches('/').to_owned(),
        parallel: context.host.parallel,
        run: context.id.to_owned(),
        alone: Alone::default(),
        number: AtomicUsize::new(0),
        wire: Mutex::default(),
        folders: Mutex::default(),
        left: Mutex::default(),
    }))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing can panic while one of these is held.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why a server refuses something. OpenSSH has one word for all that the protocol has no number for.
fn reason(why: &str) -> &str {
    match why {
        "" | "Failure" => "the server does not say why; its disk may be full or write-protected",
        why => why,
    }
}

/// What a refusal means for a path.
fn failed(path: &str) -> impl Fn(No) -> Trouble {
    move |no| match no {
        No::Missing => Trouble::Failed(format!("there is no {path}")),
        No::Said(why) => Trouble::Failed(format!("{path}: {}", reason(&why))),
        No::Trouble(trouble) => trouble,
    }
}

/// What is not there is none.
fn known<T>(path: &str, answer: Result<T, No>) -> Result<Option<T>, Trouble> {
    match answer {
        Err(No::Missing) => Ok(None),
        answer => answer.map(Some).map_err(failed(path)),
    }
}

impl Sftp {
    /// The connection; a new one if it broke.
    fn wire(&self) -> Result<Arc<Wire>, Trouble> {
        let mut wire = lock(&self.wire);
        match &*wire {
            Some(wire) if !wire.is_lost() => Ok(Arc::clone(wire)),
            _ => {
                let host = &self.host;
                let ssh = Program::new("ssh").apart().in_folder(&self.site);
                let ssh = ssh.args(ssh::options(host.port, host.key.as_deref()));
                // After `--` no name is an option.
                let ssh = ssh.args(["-s", "--", &host.host, "sftp"]);
                let new = Arc::new(Wire::new(ssh, SILENCE)?);
                *wire = Some(Arc::clone(&new));
                Ok(new)
            }
        }
    }

    fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    /// Makes a folder and those above it, unless they are there.
    fn make(&self, wire: &Wire, folder: &str) -> Result<(), Trouble> {
        if folder.is_empty() || lock(&self.folders).contains(folder) {
            return Ok(());
        }
        let made = match wire.make_folder(folder) {
            Err(No::Missing) => {
                self.make(wire, parent(folder))?;
                wire.make_folder(folder)
            }
            made => made,
        };
        match made {
            // Another thread, or anybody else, may have made it.
            Err(No::Said(why)) if !wire.is_folder(folder).map_err(failed(folder))? => {
                return Err(Trouble::Failed(format!("{folder} cannot be made: {}", reason(&why))));
            }
            Err(No::Said(_)) => {}
            made => made.map_err(failed(folder))?,
        }
        lock(&self.folders).insert(folder.to_owned());
        Ok(())
    }

    /// Writes a file aside, and gives it its name by `settle`.
    fn place(
        &self,
        wire: &Wire,
        name: &str,
        bytes: &[u8],
        lasting: bool,
        settle: impl FnOnce(&str, &str) -> Result<(), No>,
    ) -> Result<(), Trouble> {
        let path = self.at(name);
        let folder = parent(&path);
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let aside = format!("{folder}/{NEW}{}.{number}", self.run);
        let placed = match wire.create(&aside, bytes, lasting) {
            // Most folders are there: to ask first would be one question more for each file.
            Err(No::Missing) => {
                self.make(wire, folder)?;
                wire.create(&aside, bytes, lasting)
            }
            created => created,
        };
        let placed = placed.map_err(failed(&path)).and_then(|()| match settle(&aside, &path) {
            // Only a run that has taken the host over removes what is written aside.
            Err(No::Missing) => Err(Trouble::Conflict),
            settled => settled.map_err(failed(&path)),
        });
        placed.inspect_err(|_| {
            lock(&self.left).insert(aside);
        })
    }

    /// Removes what was left aside.
    fn clear(&self, wire: &Wire) -> Result<(), Trouble> {
        let left: Vec<String> = lock(&self.left).iter().cloned().collect();
        crew::each(&left, self.parallel, |path| known(path, wire.remove(path)).map(drop))?;
        lock(&self.left).retain(|path| !left.contains(path));
        Ok(())
    }
}

impl Place for Sftp {
    fn read(&self, name: &str) -> Result<Option<(Vec<u8>, Mark)>, Trouble> {
        let path = self.at(name);
        let bytes = known(&path, self.wire()?.read(&path))?;
        Ok(bytes.map(|bytes| {
            let mark = Mark::of(&bytes);
            (bytes, mark)
        }))
    }

    fn write(&self, name: &str, bytes: &[u8], expected: &Expected) -> Result<Mark, Trouble> {
        let wire = self.wire()?;
        let mark = Mark::of(bytes);
        if *expected != Expected::Any && !expected.holds(self.mark(name)?.as_ref()) {
            return Err(Trouble::Conflict);
        }
        if *expected == Expected::Absent {
            self.place(&wire, name, bytes, true, |from, to| wire.settle(from, to))
        } else {
            self.place(&wire, name, bytes, true, |from, to| wire.replace(from, to))
        }
        // Whatever the server's words for a name that is taken.
        .or_else(|trouble| match (expected, trouble) {
            (Expected::Absent, Trouble::Failed(_)) if self.mark(name)?.is_some() => Err(Trouble::Conflict),
            (_, trouble) => Err(trouble),
        })?;
        if *expected != Expected::Any && self.mark(name)?.as_ref() != Some(&mark) {
            return Err(Trouble::Conflict);
        }
        Ok(mark)
    }

    fn list(&self) -> Result<Vec<Listed>, Trouble> {
        let wire = self.wire()?;
        let files = walk::files("", self.parallel, |folder| {
            let path = self.at(folder);
            let path = path.trim_end_matches('/');
            let path = if path.is_empty() { "/" } else { path };
            Ok(known(path, wire.names(path))?.unwrap_or_default())
        })?;
        let mut listed = Vec::with_capacity(files.len());
        for (path, size) in files {
            if is_aside(&path) {
                lock(&self.left).insert(self.at(&path));
            } else {
                listed.push(Listed { path: path.into(), size, md5: None });
            }
        }
        Ok(listed)
    }

    fn put(&self, files: &[Numbered<'_>], tally: &Tally<'_>) -> Result<(), Trouble> {
        let done = Mutex::new(BTreeSet::new());
        again::persist(tally, || {
            let wire = self.wire()?;
            self.clear(&wire)?;
            let rest: Vec<Numbered<'_>> =
                files.iter().filter(|(number, _)| !lock(&done).contains(number)).copied().collect();
            crew::each(&rest, self.parallel, |(number, item)| {
                tally.go_on()?;
                let _alone = self.alone.hold(item.size);
                self.place(&wire, &item.path, &item.bytes()?, false, |from, to| wire.replace(from, to))?;
                lock(&done).insert(*number);
                tally.sent(*number, item.size);
                Ok(())
            })
        })
    }

    fn delete(&self, paths: &[Box<str>], tally: &Tally<'_>) -> Result<(), Trouble> {
        again::persist(tally, || {
            let wire = self.wire()?;
            self.clear(&wire)?;
            crew::each(paths, self.parallel, |path| {
                tally.go_on()?;
                known(path, wire.remove(&self.at(path)))?;
                tally.tell(Heard::File(0));
                Ok(())
            })?;
            // Folders that are empty now; servers delete no others.
            for level in above(paths) {
                crew::each(&level, self.parallel, |folder| match wire.remove_folder(&self.at(folder)) {
                    Err(No::Trouble(trouble)) => Err(trouble),
                    _ => Ok(()),
                })?;
            }
            Ok(())
        })
    }
}
