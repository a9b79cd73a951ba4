//! A WebDAV server (RFC 4918).
//!
//! Owns how files get there whole: each is sent under another name in its folder and moved, since a
//! server may show what it has of a file before it has all. What a run that was killed left under
//! such names, the next one removes once the host is its own.
//!
//! By the standard (9.9.3), a server deletes the file that another is moved over first. Most do it in
//! one step all the same; Apache does not, but writes a file that is sent aside by itself, and so is
//! sent files under their own names.
//!
//! A file that must not be there is moved on that condition. One that must be as it was is read
//! before, and again afterwards: not every server knows `If`. This is not built on `opendal`: it
//! asks for folders before each file, and knows no conditions.

mod client;
mod multistatus;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use client::Client;
use multistatus::Found;

use super::above::{above, parent};
use super::walk::{self, NEW, is_aside};
use crate::config::WebdavHost;
use crate::publish::crew::Alone;
use crate::publish::open::Context;
use crate::publish::place::{Expected, Listed, Mark, Numbered, Place};
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;
use crate::publish::{again, crew};

/// A folder of a server.
struct Webdav {
    client: Client,
    /// The folder's path below the endpoint.
    prefix: String,
    parallel: usize,
    run: String,
    alone: Alone,
    number: AtomicUsize,
    /// Folders that are known to be there, from the endpoint.
    folders: Mutex<BTreeSet<String>>,
    /// Files under names of the way that wait for nobody any more.
    left: Mutex<BTreeSet<String>>,
}

/// The place of a host. Nothing is asked yet.
pub(super) fn open(context: &Context<'_>, host: &WebdavHost) -> Result<Box<dyn Place>, Trouble> {
    Ok(Box::new(Webdav {
        client: Client::new(host)?,
        prefix: if host.prefix.is_empty() { String::new() } else { format!("{}/", host.prefix) },
        parallel: context.host.parallel,
        run: context.id.to_owned(),
        alone: Alone::default(),
        number: AtomicUsize::new(0),
        folders: Mutex::default(),
        left: Mutex::default(),
    }))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing can panic while one of these is held.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Webdav {
    fn at(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Makes a folder and those above it, unless they are there.
    fn make(&self, folder: &str) -> Result<(), Trouble> {
        if folder.is_empty() || lock(&self.folders).contains(folder) {
            return Ok(());
        }
        let path = format!("{folder}/");
        let mut answer = self.client.ask("MKCOL", &path, &[], &[])?;
        if matches!(answer.status, 404 | 409) {
            self.make(parent(folder))?;
            answer = self.client.ask("MKCOL", &path, &[], &[])?;
        }
        // 405 is said of what is there (9.3.1).
        if !answer.is_success() && answer.status != 405 {
            return Err(answer.trouble(&path));
        }
        lock(&self.folders).insert(folder.to_owned());
        Ok(())
    }

    /// Sends a file, and makes its folder if there is none.
    fn send(&self, path: &str, bytes: &[u8], media_type: &str) -> Result<(), Trouble> {
        let headers = [("Content-Type", media_type)];
        let mut answer = self.client.ask("PUT", path, &headers, bytes)?;
        // Most folders are there: to ask first would be one question more for each file. By the
        // standard the answer is 409 (9.7.1), and some say 404.
        if matches!(answer.status, 404 | 409) {
            self.make(parent(path))?;
            answer = self.client.ask("PUT", path, &headers, bytes)?;
        }
        if answer.is_success() { Ok(()) } else { Err(answer.trouble(path)) }
    }

    /// Brings a file to its place; an answer other than success is one of the condition `new`, that
    /// there is none.
    fn place(&self, name: &str, bytes: &[u8], media_type: &str, new: bool) -> Result<(), Trouble> {
        let path = self.at(name);
        if !new && self.client.is_apache() {
            return self.send(&path, bytes, media_type);
        }
        // A folder in its place would be deleted with all that is in it (9.9.3). To ask for each file
        // would be one question more; no folder is called like a page or a picture.
        let is_like_a_folder = !path.rsplit('/').next().unwrap_or_default().contains('.');
        if is_like_a_folder && self.look(&path, "0")?.is_some_and(|found| found.is_folder) {
            return Err(Trouble::Failed(format!(
                "/{path} is a folder of others, and the site has a file there"
            )));
        }
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let folder = &path[..path.rfind('/').map_or(0, |slash| slash + 1)];
        let aside = format!("{folder}{NEW}{}.{number}", self.run);
        let moved = self.send(&aside, bytes, media_type).and_then(|()| {
            let to = self.client.url(&path);
            let headers = [("Destination", to.as_str()), ("Overwrite", if new { "F" } else { "T" })];
            let answer = self.client.ask("MOVE", &aside, &headers, &[])?;
            match answer.status {
                200..=299 => Ok(()),
                // Only a run that has taken the host over removes what was sent aside.
                404 | 412 => Err(Trouble::Conflict),
                _ => Err(answer.trouble(&path)),
            }
        });
        moved.inspect_err(|_| {
            lock(&self.left).insert(aside);
        })
    }

    /// What stands at a path, to a depth, or nothing if nothing does.
    fn look(&self, path: &str, depth: &str) -> Result<Option<Found>, Trouble> {
        let answer = self.client.propfind(path, depth)?;
        match answer.status {
            404 => Ok(None),
            207 => match multistatus::read(&answer.body, &self.client.url(path)) {
                Some(found) => Ok(Some(found)),
                None => {
                    let why =
                        "its list of files is not one of WebDAV, or has other addresses than `endpoint`";
                    Err(Trouble::Failed(why.to_owned()))
                }
            },
            _ => Err(answer.trouble(path)),
        }
    }

    /// Deletes a file. `DELETE` of a folder would delete all that is in it (9.6.1), and a folder of
    /// that name is somebody else's.
    fn remove(&self, path: &str) -> Result<(), Trouble> {
        let is_file = self.look(path, "0")?.is_some_and(|found| !found.is_folder);
        if is_file { self.client.delete(path) } else { Ok(()) }
    }

    /// Removes what was left aside.
    fn clear(&self) -> Result<(), Trouble> {
        let left: Vec<String> = lock(&self.left).iter().cloned().collect();
        crew::each(&left, self.parallel, |path| self.remove(path))?;
        lock(&self.left).retain(|path| !left.contains(path));
        Ok(())
    }
}

impl Place for Webdav {
    fn read(&self, name: &str) -> Result<Option<(Vec<u8>, Mark)>, Trouble> {
        let path = self.at(name);
        let answer = self.client.ask("GET", &path, &[("Cache-Control", "no-cache")], &[])?;
        match answer.status {
            404 => Ok(None),
            200 => {
                let mark = Mark::of(&answer.body);
                Ok(Some((answer.body, mark)))
            }
            _ => Err(answer.trouble(&path)),
        }
    }

    fn write(&self, name: &str, bytes: &[u8], expected: &Expected) -> Result<Mark, Trouble> {
        let mark = Mark::of(bytes);
        if *expected == Expected::Any {
            return self.place(name, bytes, "application/json", false).map(|()| mark);
        }
        if !expected.holds(self.mark(name)?.as_ref()) {
            return Err(Trouble::Conflict);
        }
        let placed = self.place(name, bytes, "application/json", *expected == Expected::Absent);
        // If only the answer was lost, what stands there is ours.
        match self.mark(name)? {
            now if now.as_ref() == Some(&mark) => Ok(mark),
            _ => placed.and(Err(Trouble::Conflict)),
        }
    }

    fn list(&self) -> Result<Vec<Listed>, Trouble> {
        // Many servers refuse to list all levels at once (9.1).
        let files = walk::files(&self.prefix, self.parallel, |folder| {
            Ok(self.look(folder, "1")?.map(|found| found.members).unwrap_or_default())
        })?;
        let mut listed = Vec::with_capacity(files.len());
        for (path, size) in files {
            if is_aside(&path) {
                lock(&self.left).insert(path);
            } else if let Some(name) = path.strip_prefix(&self.prefix) {
                listed.push(Listed { path: name.into(), size, md5: None });
            }
        }
        Ok(listed)
    }

    fn put(&self, files: &[Numbered<'_>], tally: &Tally<'_>) -> Result<(), Trouble> {
        let done = Mutex::new(BTreeSet::new());
        again::persist(tally, || {
            self.clear()?;
            let rest: Vec<Numbered<'_>> =
                files.iter().filter(|(number, _)| !lock(&done).contains(number)).copied().collect();
            crew::each(&rest, self.parallel, |(number, item)| {
                tally.go_on()?;
                let _alone = self.alone.hold(item.size);
                self.place(&item.path, &item.bytes()?, &item.headers.content_type, false)?;
                lock(&done).insert(*number);
                tally.sent(*number, item.size);
                Ok(())
            })
        })
    }

    fn delete(&self, paths: &[Box<str>], tally: &Tally<'_>) -> Result<(), Trouble> {
        again::persist(tally, || {
            self.clear()?;
            crew::each(paths, self.parallel, |path| {
                tally.go_on()?;
                self.remove(&self.at(path))?;
                tally.tell(Heard::File(0));
                Ok(())
            })?;
            // Folders that are empty now.
            for level in above(paths) {
                crew::each(&level, self.parallel, |folder| {
                    let path = format!("{}/", self.at(folder));
                    let is_empty = self.look(&path, "1")?.is_some_and(|found| found.is_alone);
                    if is_empty { self.client.delete(&path) } else { Ok(()) }
                })?;
            }
            Ok(())
        })
    }
}
