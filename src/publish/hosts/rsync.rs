//! A server, or a folder, by the installed `rsync`.
//!
//! Owns how `rsync` is called and what becomes of its answers. It never leaves to `rsync` what is
//! sent or deleted: every call is given the names.
//!
//! `rsync` writes each file aside and renames it. It compares by checksum, and so sends nothing of a
//! phase that an earlier run had sent; sizes and times, by which it would compare otherwise, say
//! nothing of what a build wrote. It cannot write on a condition: the file is read before, and again
//! afterwards. Of two runs that begin in the same moment, one sees then that the other was last.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::above::{above, parent};
use super::ssh;
use crate::config::RsyncHost;
use crate::publish::again;
use crate::publish::open::Context;
use crate::publish::place::{Expected, Listed, Mark, Numbered, Place};
use crate::publish::program::{Ended, Program, Talk};
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;

/// What is named and not there is deleted at the other end.
const DELETE: &str = "--delete-missing-args";

/// A place that `rsync` leads to.
struct Rsync {
    site: PathBuf,
    /// The destination, with a slash at its end.
    to: String,
    /// What `ssh` is given.
    options: Vec<String>,
    /// The command by which a server is reached, and the connection that its calls share: a publish
    /// takes a dozen calls, and each would wait for the server to let it in.
    shell: OnceLock<(String, Mutex<Option<Talk>>)>,
    /// A folder of this run's own, for what is fetched and what is not on disk.
    own: PathBuf,
    /// The copy of what was fetched last: what has not changed is not fetched again.
    fetched: Mutex<PathBuf>,
    number: AtomicUsize,
}

/// The place of a host. Nothing is asked yet.
pub(super) fn open(context: &Context<'_>, host: &RsyncHost) -> Result<Box<dyn Place>, Trouble> {
    if host.to.starts_with("rsync://") {
        let why = "`rsync://` leads to a daemon, which does not encrypt".to_owned();
        return Err(Trouble::Unfit(why, "write `us@example.org:/srv/www` to go by ssh".to_owned()));
    }
    let own = std::env::temp_dir().join(format!("bashu-{}", context.id));
    let fetched = own.join("fetched");
    fs::create_dir(&own)
        .and_then(|()| fs::create_dir(&fetched))
        .and_then(|()| fs::create_dir(own.join("empty")))
        .map_err(|error| Trouble::Failed(format!("{}: {error}", own.display())))?;
    Ok(Box::new(Rsync {
        site: context.site.to_path_buf(),
        to: format!("{}/", host.to.trim_end_matches('/')),
        options: ssh::options(host.port, host.key.as_deref()),
        shell: OnceLock::new(),
        own,
        fetched: Mutex::new(fetched),
        number: AtomicUsize::new(0),
    }))
}

/// A word as `rsync` takes it apart again: in quotes, with a quote doubled.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "''"))
}

impl Rsync {
    fn connect(&self) -> (String, Mutex<Option<Talk>>) {
        let mut words = vec!["ssh".to_owned()];
        words.extend(self.options.iter().cloned());
        // As rsync tells a server from a folder: by a colon before any slash.
        let host = self.to.split_once(':').map(|(host, _)| host).filter(|host| !host.contains('/'));
        let socket = self.own.join("s");
        let ssh = || Program::new("ssh").apart().in_folder(&self.site).args(&self.options);
        let shared = host.and_then(|host| ssh::shared(ssh(), host, &socket));
        if shared.is_some() {
            words.extend(["-S".to_owned(), socket.to_string_lossy().into_owned()]);
        }
        (words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "), Mutex::new(shared))
    }

    /// `rsync`, with what holds for every call: names are read from standard input, and no shell at
    /// the other end sees any. Silence for ten minutes ends it.
    fn call(&self) -> Program {
        let (shell, _) = self.shell.get_or_init(|| self.connect());
        let program = Program::new("rsync").apart().in_folder(&self.site).env("RSYNC_RSH", shell);
        program.args(["-s", "-8", "--from0", "--timeout=600"])
    }

    /// Sends files that stand below `root` under their names.
    fn send<'n>(
        &self,
        root: &Path,
        names: impl Iterator<Item = &'n str>,
        options: &[&str],
        mut heard: impl FnMut(&str) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let root = self.site.join(root);
        // Readable for the web server, unless the umask at the other end says otherwise. Times are not
        // copied. Folders are not named: those that are missing are made, and a file or a link of
        // others where one should be is a fault, and would be deleted if they were.
        let call = self.call().args(["--checksum", "--files-from=-", "--no-implied-dirs", "--chmod=F644"]);
        // With `%b`, a name is told when its file has been sent, not before.
        let call = call.args(["--out-format=%b %n"]).args(options);
        let call = call.arg(root.join("")).arg(&self.to);
        let ended = call.follow(&input(names), |line| {
            // Before the name stands the count, or the word `deleting`.
            heard(line.split_once(' ').map_or(line, |(_, name)| name))
        })?;
        // That the folders of what is to be deleted are missing as well is told, and no fault.
        if ended.status == 24 && options.contains(&DELETE) { Ok(()) } else { checked(&ended) }
    }

    /// A folder of this run that is not in use.
    fn room(&self) -> PathBuf {
        self.own.join(self.number.fetch_add(1, Ordering::Relaxed).to_string())
    }

    fn send_made(&self, made: &[(&str, Vec<u8>)], options: &[&str]) -> Result<(), Trouble> {
        let room = self.room();
        for (name, bytes) in made {
            let path = room.join(name);
            let written =
                fs::create_dir_all(path.parent().unwrap_or(&room)).and_then(|()| fs::write(&path, bytes));
            written.map_err(|error| Trouble::Failed(format!("{}: {error}", path.display())))?;
        }
        let sent = self.send(&room, made.iter().map(|(name, _)| *name), options, |_| Ok(()));
        let _ = fs::remove_dir_all(room);
        sent
    }

    /// Sends the files of one folder, and says of each that it is there once all are.
    fn send_all(&self, root: &Path, files: &[Numbered<'_>], tally: &Tally<'_>) -> Result<(), Trouble> {
        let mut coming: HashMap<&str, u64> = files.iter().map(|(_, item)| (&*item.path, item.size)).collect();
        again::persist(tally, || {
            self.send(root, files.iter().map(|(_, item)| &*item.path), &[], |name| {
                tally.go_on()?;
                if let Some(size) = coming.remove(name) {
                    tally.tell(Heard::File(size));
                }
                Ok(())
            })
        })
        // Where a stop from the keyboard reaches `rsync` as well, that says only that it failed.
        .map_err(|trouble| tally.go_on().err().unwrap_or(trouble))?;
        for (number, item) in files {
            // What `rsync` read must have been what the plan knew.
            item.copy_to(&mut io::sink())?;
            match coming.contains_key(&*item.path) {
                true => tally.sent(*number, item.size),
                false => tally.done(*number),
            }
        }
        Ok(())
    }
}

/// Names as `rsync` reads them. With `./` none looks like an option or a remark.
fn input<'n>(names: impl Iterator<Item = &'n str>) -> Vec<u8> {
    names.flat_map(|name| [b"./", name.as_bytes(), b"\0"].concat()).collect()
}

/// What the statuses mean (`man rsync`, "EXIT VALUES").
fn checked(ended: &Ended) -> Result<(), Trouble> {
    let lines = || ended.err.lines().map(str::trim).filter(|line| !line.is_empty());
    // What it says in its own name says most.
    let own = || lines().find(|line| line.starts_with("rsync: ")).or(lines().next());
    let first = || own().unwrap_or("rsync failed and did not say why").to_owned();
    match ended.status {
        0 => Ok(()),
        // 12 is also what is made of the silence of an `ssh` that was not let in.
        10 | 12 | 30 | 35 | 255 => Err(ssh::trouble(&ended.err)),
        127 => Err(Trouble::Failed("there is no `rsync` at the other end".to_owned())),
        1 | 2 | 4 => {
            Err(Trouble::Failed(format!("{}; rsync 3.1 or newer is needed, here and there", first())))
        }
        _ => Err(Trouble::Failed(first())),
    }
}

/// Whether what failed is that the destination is not there yet.
fn is_absent(ended: &Ended) -> bool {
    // The status depends on which end found out first.
    ended.status != 0
        && ended.err.lines().any(|line| line.contains("change_dir") && line.contains("No such file"))
}

impl Place for Rsync {
    fn read(&self, name: &str) -> Result<Option<(Vec<u8>, Mark)>, Trouble> {
        let fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        let call = self.call().args(["--checksum", "--files-from=-", DELETE]);
        let ended = call.arg(&self.to).arg(fetched.join("")).run(&input(std::iter::once(name)))?;
        if is_absent(&ended) {
            return Ok(None);
        }
        checked(&ended)?;
        match fs::read(fetched.join(name)) {
            Ok(bytes) => Ok(Some((bytes.clone(), Mark::of(&bytes)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Trouble::Failed(format!("{}: {error}", fetched.display()))),
        }
    }

    fn write(&self, name: &str, bytes: &[u8], expected: &Expected) -> Result<Mark, Trouble> {
        let mark = Mark::of(bytes);
        let options: &[&str] = match expected {
            Expected::Any => &[],
            Expected::Absent => &["--ignore-existing"],
            Expected::Is(_) if !expected.holds(self.mark(name)?.as_ref()) => return Err(Trouble::Conflict),
            Expected::Is(_) => &[],
        };
        self.send_made(&[(name, bytes.to_vec())], options)?;
        if *expected != Expected::Any && self.mark(name)?.as_ref() != Some(&mark) {
            return Err(Trouble::Conflict);
        }
        Ok(mark)
    }

    fn list(&self) -> Result<Vec<Listed>, Trouble> {
        let call = self.call().args(["--recursive", "--links", "--list-only", "--no-human-readable"]);
        let ended = call.arg(&self.to).run(&[])?;
        if is_absent(&ended) {
            return Ok(Vec::new());
        }
        checked(&ended)?;
        Ok(String::from_utf8_lossy(&ended.out).lines().filter_map(listed).collect())
    }

    fn put(&self, files: &[Numbered<'_>], tally: &Tally<'_>) -> Result<(), Trouble> {
        let mut by_root: BTreeMap<PathBuf, Vec<Numbered<'_>>> = BTreeMap::new();
        let room = self.room();
        for &(number, item) in files {
            let root = match item.root() {
                Some(root) => root,
                None => {
                    let path = room.join(&*item.path);
                    let mut file = fs::create_dir_all(path.parent().unwrap_or(&room))
                        .and_then(|()| File::create(&path))
                        .map_err(|error| Trouble::Failed(format!("{}: {error}", path.display())))?;
                    item.copy_to(&mut file)?;
                    &room
                }
            };
            by_root.entry(root.to_path_buf()).or_default().push((number, item));
        }
        let sent = by_root.iter().try_for_each(|(root, files)| self.send_all(root, files, tally));
        let _ = fs::remove_dir_all(room);
        sent
    }

    fn delete(&self, paths: &[Box<str>], tally: &Tally<'_>) -> Result<(), Trouble> {
        let empty = self.own.join("empty");
        let delete = |names: &[&str]| {
            again::persist(tally, || {
                let mut gone = HashSet::new();
                self.send(&empty, names.iter().copied(), &[DELETE], |name| {
                    gone.insert(name.trim_end_matches('/').to_owned());
                    tally.go_on()
                })?;
                Ok(gone)
            })
        };
        let names: Vec<&str> = paths.iter().map(|path| &**path).collect();
        if names.is_empty() {
            return Ok(());
        }
        delete(&names)?;
        names.iter().for_each(|_| tally.tell(Heard::File(0)));
        // Folders that are empty now; others `rsync` leaves alone, and those above them are not tried.
        let mut kept: Vec<&str> = Vec::new();
        for level in above(paths) {
            let holds = |folder: &&str| kept.iter().any(|below| parent(below) == *folder);
            let (mut stay, tried): (Vec<&str>, Vec<&str>) = level.into_iter().partition(holds);
            if !tried.is_empty() {
                let gone = delete(&tried)?;
                stay.extend(tried.into_iter().filter(|folder| !gone.contains(*folder)));
            }
            kept.extend(stay);
        }
        Ok(())
    }
}

/// A line of a list: type and permissions, size, date, time, name. Folders are none.
fn listed(line: &str) -> Option<Listed> {
    let (permissions, rest) = line.split_once(' ')?;
    let (size, rest) = rest.trim_start().split_once(' ')?;
    let (_date, rest) = rest.split_once(' ')?;
    let (_time, name) = rest.split_once(' ')?;
    let name = match permissions.as_bytes().first()? {
        b'd' => return None,
        b'l' => name.split_once(" -> ").map_or(name, |(name, _)| name),
        _ => name,
    };
    Some(Listed { path: name.into(), size: size.parse().ok()?, md5: None })
}

impl Drop for Rsync {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let table = [
            ("drwxr-xr-x        4096 2026/11/25 23:01:26 a", None),
            ("-rw-r--r--        8893 2026/11/25 23:01:26 a/-d  é 中.txt", Some(("a/-d  é 中.txt", 8893))),
            ("lrwxrwxrwx           3 2026/11/25 23:01:26 link -> big", Some(("link", 3))),
            ("-rw-r--r--           0 2026/11/25 23:01:26  space first", Some((" space first", 0))),
            ("skipping non-regular file", None),
        ];
        for (line, expected) in table {
            let found = listed(line);
            let found = found.as_ref().map(|file| (&*file.path, file.size));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn words_survive_being_taken_apart() {
        assert_eq!(quoted("a key's file"), "'a key''s file'");
        assert_eq!(input(["-x", "#y"].into_iter()), b"./-x\0./#y\0");
    }
}
