//! Trees: a site's files beside those of others, without a work tree, so that no filter, line
//! ending or attribute of anybody's configuration touches a byte.
//!
//! Owns how a tree is made: of changed files that are streamed into it, or of files that the
//! repository knows already. It never makes a commit that stays.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::commits::paths;
use super::repository::{Fault, Repository, done};
use crate::publish::manifest::MANIFEST;
use crate::publish::plan::Plan;
use crate::publish::release::Release;
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;

impl Repository {
    /// The paths in a commit.
    pub(super) fn paths(&self, commit: &str) -> Result<BTreeSet<Box<str>>, Fault> {
        Ok(paths(&self.run(self.git().args(["ls-tree", "-r", "-z", "--name-only", commit]), &[])?))
    }

    /// Makes the tree of `from` with what the plan sends and deletes, and gives its name.
    pub(super) fn import(
        &self,
        from: Option<&str>,
        release: &Release,
        plan: &Plan,
        manifest: &[u8],
        tally: &Tally<'_>,
    ) -> Result<String, Fault> {
        let items = || plan.send.iter().filter_map(|&position| release.items.get(position));
        tally.tell(Heard::Phase("files", plan.send.len(), items().map(|item| item.size).sum()));
        let mut stopped: Option<Trouble> = None;
        let git = self.git().args(["fast-import", "--quiet", "--force", "--date-format=raw"]);
        let ended = git.feed(|pipe| {
            let mut pipe = io::BufWriter::new(pipe);
            // Of this commit only the tree is wanted. Without `done` at the end nothing is kept.
            pipe.write_all(b"feature done\ncommit refs/bashu/tree\ncommitter <> 0 +0000\ndata 0\n")?;
            if let Some(from) = from {
                writeln!(pipe, "from {from}")?;
            }
            // Before the files: a folder may take the place of a file.
            for path in plan.doomed() {
                writeln!(pipe, "D {}", quoted(path))?;
            }
            for (place, item) in items().enumerate() {
                match tally.go_on().and_then(|()| item.bytes()) {
                    Ok(bytes) => file(&mut pipe, &item.path, &bytes)?,
                    Err(trouble) => {
                        stopped = Some(trouble);
                        return Err(io::Error::other("stopped"));
                    }
                }
                tally.sent(place, item.size);
            }
            file(&mut pipe, MANIFEST, manifest)?;
            pipe.write_all(b"ls \"\"\ndone\n")?;
            pipe.flush()
        })?;
        if let Some(trouble) = stopped {
            return Err(trouble.into());
        }
        let out = done(ended)?;
        let tree = String::from_utf8_lossy(&out);
        let tree = tree.strip_prefix("040000 tree ").and_then(|rest| rest.split_whitespace().next());
        tree.map(str::to_owned).ok_or_else(|| Fault::Here("git made no tree".to_owned()))
    }

    /// Makes the tree of the commit `onto` without some paths, with some as they are in the commit
    /// `of`, and with a manifest.
    pub(super) fn graft<'p>(
        &self,
        onto: &str,
        without: impl Iterator<Item = &'p str>,
        of: &str,
        with: impl Iterator<Item = &'p str>,
        manifest: &[u8],
    ) -> Result<String, Fault> {
        let listed = self.run(self.git().args(["ls-tree", "-r", "-z", of]), &[])?;
        let listed = String::from_utf8_lossy(&listed);
        let known: BTreeMap<&str, &str> = listed
            .split('\0')
            .filter_map(|line| line.split_once('\t'))
            .map(|(entry, path)| (path, entry))
            .collect();
        let blob = self.word(self.git().args(["hash-object", "-w", "--stdin"]), manifest)?;
        let mut lines = String::new();
        for path in without {
            // A name of the right length that stands for no file.
            lines += &format!("0 {}\t{path}\0", "0".repeat(blob.len()));
        }
        for path in with {
            let entry = known.get(path).ok_or_else(|| Fault::Here(format!("{path} is not in {of}")))?;
            lines += &format!("{entry}\t{path}\0");
        }
        lines += &format!("100644 blob {blob}\t{MANIFEST}\0");
        self.run(self.git().args(["read-tree", onto]), &[])?;
        self.run(self.git().args(["update-index", "-z", "--replace", "--index-info"]), lines.as_bytes())?;
        // The files themselves may never have been fetched.
        self.word(self.git().args(["write-tree", "--missing-ok"]), &[])
    }
}

fn file(pipe: &mut dyn Write, path: &str, bytes: &[u8]) -> io::Result<()> {
    write!(pipe, "M 100644 inline {}\ndata {}\n", quoted(path), bytes.len())?;
    pipe.write_all(bytes)?;
    pipe.write_all(b"\n")
}

/// A path as `git fast-import` reads any.
fn quoted(path: &str) -> String {
    let escaped = path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}
