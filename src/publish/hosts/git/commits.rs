//! The commits of the branch: which are ours, which are of others, and how far back one must look.
//!
//! Owns the trailers by which Bashu knows its own commits again. `Bashu-Tree` names the tree that
//! Bashu made for a commit; it is ours as long as it still has that tree. One that somebody amended,
//! or made from ours by other means, has another tree, and is of others.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::repository::{Fault, Repository};
use super::words::shown;

/// A commit of the branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Commit {
    pub id: String,
    /// Whether Bashu made it.
    pub ours: bool,
    /// The commit whose release it took back to life, if it is a roll-back.
    pub back_to: Option<String>,
}

/// Who makes a commit, and when.
pub(super) struct Signature {
    /// `Name <address>`, as git writes it.
    pub author: String,
    /// The same, of who commits.
    pub committer: String,
    /// In seconds since 1970.
    pub time: i64,
}

/// How many more commits are asked for, step by step, before all are.
const DEEPER: [Option<u32>; 3] = [Some(16), Some(256), None];

const FORMAT: &str = "--format=%H%x1f%T%x1f%(trailers:key=Bashu-Tree,valueonly,unfold,separator=%x2C)%x1f%(trailers:key=Bashu-Rolled-Back-To,valueonly,unfold,separator=%x2C)";

impl Repository {
    /// The commits up to `tip`, later ones first, as far back as `enough` wants them, or all.
    pub(super) fn history(
        &self,
        tip: &str,
        enough: impl Fn(&[Commit]) -> bool,
    ) -> Result<Vec<Commit>, Fault> {
        let mut deeper = DEEPER.into_iter();
        loop {
            let git = self.git().args(["rev-list", "--topo-order", "--no-commit-header", FORMAT, tip]);
            let out = self.run(git, &[])?;
            let commits: Vec<Commit> = String::from_utf8_lossy(&out).lines().filter_map(read).collect();
            if enough(&commits) || !self.is_shallow() {
                return Ok(commits);
            }
            match deeper.next() {
                Some(more) => self.deepen(more)?,
                None => return Ok(commits),
            }
        }
    }

    /// The paths that differ between two commits or trees.
    pub(super) fn changed(&self, from: &str, to: &str) -> Result<BTreeSet<Box<str>>, Fault> {
        self.differing(&[], from, to)
    }

    /// Those of them that stand in the first.
    pub(super) fn replaced(&self, from: &str, to: &str) -> Result<BTreeSet<Box<str>>, Fault> {
        self.differing(&["--diff-filter=a"], from, to)
    }

    fn differing(&self, how: &[&str], from: &str, to: &str) -> Result<BTreeSet<Box<str>>, Fault> {
        let git = self.git().args(["diff-tree", "-r", "-z", "--name-only", "--no-renames"]);
        Ok(paths(&self.run(git.args(how).args([from, to]), &[])?))
    }

    /// The first few of some commits, for people.
    pub(super) fn described(&self, commits: &[&Commit]) -> Result<String, Fault> {
        let first = commits.iter().take(3).map(|commit| commit.id.as_str());
        let git = self.git().args(["rev-list", "--no-walk=unsorted", "--no-commit-header"]);
        let out = self.run(git.arg("--format=%h by %an (%s)").args(first), &[])?;
        let out = String::from_utf8_lossy(&out);
        let lines: Vec<String> = out.lines().map(|line| shown(line).chars().take(120).collect()).collect();
        Ok(lines.join(", ") + if commits.len() > lines.len() { ", …" } else { "" })
    }

    /// Makes a commit. The bytes are ours to the last, whatever the user has configured.
    pub(super) fn commit(
        &self,
        tree: &str,
        parent: Option<&str>,
        by: &Signature,
        message: &str,
    ) -> Result<String, Fault> {
        let Signature { author, committer, time } = by;
        let mut text = format!("tree {tree}\n");
        if let Some(parent) = parent {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "parent {parent}");
        }
        let _ = write!(text, "author {author} {time} +0000\ncommitter {committer} {time} +0000\n\n{message}");
        self.word(self.git().args(["hash-object", "-t", "commit", "-w", "--stdin"]), text.as_bytes())
    }
}

/// Texts that end with a zero byte.
pub(super) fn paths(out: &[u8]) -> BTreeSet<Box<str>> {
    let names = out.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into()).collect()
}

fn read(line: &str) -> Option<Commit> {
    let mut fields = line.split('\u{1f}');
    let (id, tree, made, back_to) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let ours = made == tree;
    let back_to = (ours && !back_to.is_empty()).then(|| back_to.to_owned());
    Some(Commit { id: id.to_owned(), ours, back_to })
}

/// The release before the one that is live, in a branch's commits, later ones first. A roll-back
/// makes an earlier release live again, so the one before it is the next to go back to, and not the
/// one that was left.
pub(super) fn release_before(commits: &[Commit]) -> Option<&Commit> {
    let ours: Vec<&Commit> = commits.iter().filter(|commit| commit.ours).collect();
    let at = |id: &str| ours.iter().position(|commit| commit.id == id);
    let release = |place: usize| match &ours.get(place)?.back_to {
        Some(id) => at(id),
        None => Some(place),
    };
    ours.get(release(release(0)? + 1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_never_goes_forth() {
        // Commits, earlier ones first: a number is a release, `<1` a roll-back to it, `x` of others.
        let table = [
            ("", None),
            ("x", None),
            ("1", None),
            ("1 2", Some("1")),
            ("1 x 2 x", Some("1")),
            ("1 2 3 <2", Some("1")),
            ("1 2 3 <2 <1", None),
            ("1 2 3 <2 4", Some("2")),
            ("1 2 3 <2 4 <2", Some("1")),
            ("1 2 <1 3 4", Some("3")),
            ("2 <1", None),
        ];
        for (text, expected) in table {
            let mut commits: Vec<Commit> = text
                .split_whitespace()
                .map(|word| Commit {
                    id: word.to_owned(),
                    ours: word != "x",
                    back_to: word.strip_prefix('<').map(str::to_owned),
                })
                .collect();
            commits.reverse();
            assert_eq!(release_before(&commits).map(|commit| commit.id.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn a_commit_is_ours_by_its_tree() {
        let table = [
            ("c\u{1f}t\u{1f}t\u{1f}", Some((true, None))),
            ("c\u{1f}t\u{1f}t\u{1f}b", Some((true, Some("b")))),
            ("c\u{1f}t\u{1f}u\u{1f}b", Some((false, None))),
            ("c\u{1f}t\u{1f}\u{1f}", Some((false, None))),
            ("c\u{1f}t\u{1f}t,t\u{1f}", Some((false, None))),
            ("nothing", None),
        ];
        for (line, expected) in table {
            let read = read(line);
            let read = read.as_ref().map(|commit| (commit.ours, commit.back_to.as_deref()));
            assert_eq!(read, expected, "{line:?}");
        }
    }
}
