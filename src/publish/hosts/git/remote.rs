//! The branch at the server: where it stands, what it holds, and its change.
//!
//! Owns every command that needs the network. A push says which commit it replaces, so that of two
//! at once one fails; and whatever a push ends with, the server is asked where the branch stands.

use std::time::Duration;

use super::repository::{Fault, Repository, TIP};
use super::words::{shown, trouble};
use crate::publish::program::Ended;
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;

/// Waits between attempts. What git cannot repeat itself is little: a request that failed.
const WAITS: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1_200)];

impl Repository {
    /// The commit at the end of the branch; `None` if there is no such branch.
    pub(super) fn tip(&self) -> Result<Option<String>, Fault> {
        let out =
            patiently(|| asked(self.git().args(["ls-remote", "--refs", "host", &self.branch]).run(&[])?))?;
        let out = String::from_utf8_lossy(&out);
        // The pattern fits longer names as well.
        let line =
            out.lines().filter_map(|line| line.split_once('\t')).find(|(_, name)| *name == self.branch);
        Ok(line.map(|(commit, _)| commit.to_owned()))
    }

    /// Fetches the last commit of the branch with its trees, and without the files where the
    /// server can do that. Gives the commit.
    pub(super) fn fetch(&self) -> Result<String, Fault> {
        self.fetch_to(&["--depth=1"])?;
        self.at(TIP)?.ok_or_else(|| Fault::Here("what was fetched is not there".to_owned()))
    }

    /// Fetches earlier commits: so many more, or all.
    pub(super) fn deepen(&self, more: Option<u32>) -> Result<(), Fault> {
        match more {
            Some(more) => self.fetch_to(&[&format!("--deepen={more}")]),
            None => self.fetch_to(&["--unshallow"]),
        }
    }

    fn fetch_to(&self, how: &[&str]) -> Result<(), Fault> {
        let refspec = format!("+{}:{TIP}", self.branch);
        patiently(|| {
            let git = self.git().args(["fetch", "--quiet", "--no-write-fetch-head", "--filter=blob:none"]);
            asked(git.args(how).args(["host", &refspec]).run(&[])?)
        })
        .map(drop)
    }

    /// The bytes of a file in a commit; `None` if it has none of this name. They may have to be
    /// fetched.
    pub(super) fn file(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, Fault> {
        let listed = self.run(self.git().args(["ls-tree", "-z", commit, "--", path]), &[])?;
        let listed = String::from_utf8_lossy(&listed);
        let Some((entry, _)) = listed.split_once('\t') else { return Ok(None) };
        let Some(blob) = entry.strip_prefix("100644 blob ") else { return Ok(None) };
        patiently(|| asked(self.git().args(["cat-file", "blob", blob]).run(&[])?)).map(Some)
    }

    /// Moves the branch from `expected`, where it must still stand, to `commit`.
    pub(super) fn push(&self, expected: Option<&str>, commit: &str, tally: &Tally<'_>) -> Result<(), Fault> {
        let lease = format!("--force-with-lease={}:{}", self.branch, expected.unwrap_or_default());
        let refspec = format!("{commit}:{}", self.branch);
        let mut waits = WAITS.iter();
        loop {
            tally.go_on()?;
            let git = self.git().args(["push", "--porcelain", "--no-verify", "--no-recurse-submodules"]);
            let ended = git.args([&lease, "host", &refspec]).run(&[])?;
            if ended.status == 0 {
                return Ok(());
            }
            let fault = rejected(&ended);
            // What the branch has become counts, whatever the push ended with: a stop from the
            // keyboard reaches `git` as well.
            match self.tip() {
                Ok(now) if now.as_deref() == Some(commit) => return Ok(()),
                Ok(now) if now.as_deref() != expected => return Err(Trouble::Conflict.into()),
                Ok(_) => tally.go_on()?,
                Err(_) => return Err(fault),
            }
            match (&fault, waits.next()) {
                (Fault::There(Trouble::Unreachable(_)), Some(wait)) => {
                    tally.tell(Heard::Again);
                    std::thread::sleep(*wait);
                }
                _ => return Err(fault),
            }
        }
    }
}

/// Why a push failed.
fn rejected(ended: &Ended) -> Fault {
    let out = String::from_utf8_lossy(&ended.out);
    // A line a reference: how it went, which it is, and in what words.
    let line = out.lines().find_map(|line| line.strip_prefix("!\t"));
    let words = line.and_then(|line| line.split_once('\t')).map(|(_, words)| words);
    match words {
        Some(words) if words.starts_with("[rejected]") => Trouble::Conflict.into(),
        Some(words) if words.starts_with("[remote rejected]") => {
            Trouble::Failed(shown(&format!("{words}\n{}", ended.err))).into()
        }
        _ => failed(&ended.err),
    }
}

fn failed(said: &str) -> Fault {
    trouble(said).map_or_else(|| Fault::Here(shown(said)), Fault::There)
}

/// What a program wrote that talks to the server.
fn asked(ended: Ended) -> Result<Vec<u8>, Fault> {
    if ended.status == 0 { Ok(ended.out) } else { Err(failed(&ended.err)) }
}

/// Does something again that failed because the server was not reached.
fn patiently<T>(mut work: impl FnMut() -> Result<T, Fault>) -> Result<T, Fault> {
    for wait in WAITS {
        match work() {
            Err(Fault::There(Trouble::Unreachable(_))) => std::thread::sleep(wait),
            other => return other,
        }
    }
    work()
}
