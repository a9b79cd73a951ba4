//! What git remembers of a file: its earlier states, followed through renames.
//!
//! Owns the calls of the program `git`. They read and never write: no lock is taken, no file of the
//! repository is refreshed, nothing is fetched. States are looked up by what is in them and not by
//! commits, so that a rebased history serves as well as the one that was.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use crate::base::ContentPath;
use crate::source::MAX_TEXT;

/// The history that a site's folder has, if it has any.
pub struct History {
    folder: PathBuf,
    blobs: Option<Blobs>,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name, in full.
    pub id: String,
    /// The day on which it was written, by its author's clock: `2023-12-26`.
    pub date: String,
}

/// An earlier state of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// What was made of it.
    pub state: T,
    /// The first commit after it; `None` if what came after is not committed yet.
    pub since: Option<Commit>,
}

/// Why an earlier state was not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// There is no program `git`.
    NoGit,
    /// The site is in no repository.
    NoRepository,
    /// Git does not know the file.
    Untracked,
    /// The clone holds only the last commits.
    Shallow,
    /// No state in the history is it.
    Unknown,
    /// Git refuses, in its own words.
    Refused(String),
}

impl Lost {
    /// What is wrong, and what to do about it.
    pub fn explain(&self) -> (String, String) {
        let (what, remedy) = match self {
            Lost::NoGit => {
                ("the program `git` is not installed", "install it, and make sure that it is found")
            }
            Lost::NoRepository => {
                ("the site is not in a git repository", "keep it in one: then later changes can be shown")
            }
            Lost::Untracked => {
                ("git does not know the file it was translated from", "add that file and commit it")
            }
            Lost::Shallow => (
                "this clone holds only the last commits, and not the state it was translated from",
                "fetch the others with `git fetch --unshallow`",
            ),
            Lost::Unknown => (
                "no commit holds the state it was translated from",
                "compare the two texts by eye, and stamp the translation with `bashu translations accept`",
            ),
            Lost::Refused(why) => {
                return (
                    format!("git refuses: {why}"),
                    "see what `git log` says in the site's folder".to_owned(),
                );
            }
        };
        (what.to_owned(), remedy.to_owned())
    }
}

impl History {
    /// The history of the repository that a folder is in.
    pub fn of(folder: &Path) -> Self {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Self { folder: folder.to_owned(), blobs: None }
    }

    /// The latest committed state of a file that `wanted` makes something of.
    pub fn find<T>(
        &mut self,
        file: &ContentPath,
        mut wanted: impl FnMut(&str) -> Option<T>,
    ) -> Result<Found<T>, Lost> {
        let log = ["log", "--follow", "--raw", "--no-abbrev", "-z", "--format=%H %as", "--", file.as_str()];
        let log = run(self.git().args(log))?;
        if log.is_empty() {
            return Err(if self.is_shallow() { Lost::Shallow } else { Lost::Untracked });
        }
        // What is committed may be the work of a merge, which the log does not show by itself.
        let mut states = vec![(format!("HEAD:./{file}"), None)];
        states.extend(states_of(&log));
        let mut seen = String::new();
        for (name, since) in states {
            if name == seen {
                continue;
            }
            if let Some(state) = self.blob(&name)?.as_deref().and_then(&mut wanted) {
                return Ok(Found { state, since });
            }
            seen = name;
        }
        Err(if self.is_shallow() { Lost::Shallow } else { Lost::Unknown })
    }

    fn is_shallow(&self) -> bool {
        run(self.git().args(["rev-parse", "--is-shallow-repository"]))
            .is_ok_and(|out| out.starts_with("true"))
    }

    /// The text of a blob; `None` if there is no such blob, or it is no text.
    fn blob(&mut self, name: &str) -> Result<Option<String>, Lost> {
        if self.blobs.is_none() {
            self.blobs = Some(Blobs::start(self.git())?);
        }
        let Some(blobs) = &mut self.blobs else { return Ok(None) };
        blobs.text(name).map_err(|error| Lost::Refused(error.to_string()))
    }

    /// `git` in the site's folder, deaf to what a hook or a user's settings would make of it.
    fn git(&self) -> Command {
        let mut git = Command::new("git");
        git.arg("-C").arg(&self.folder);
        git.args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"]);
        for setting in
            ["log.showSignature=false", "log.diffMerges=off", "log.showRoot=true", "diff.relative=false"]
        {
            git.args(["-c", setting]);
        }
        // A hook's git sets these, and they would name the repository whatever the folder. Those that
        // carry settings stay: a build server may say in them that the folder is safe.
        for name in [
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_IMPLICIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_COMMON_DIR",
            "GIT_GRAFT_FILE",
            "GIT_SHALLOW_FILE",
            "GIT_REPLACE_REF_BASE",
            "GIT_NO_REPLACE_OBJECTS",
            "GIT_NAMESPACE",
            "GIT_PREFIX",
            "GIT_GLOB_PATHSPECS",
            "GIT_NOGLOB_PATHSPECS",
            "GIT_ICASE_PATHSPECS",
        ] {
            git.env_remove(name);
        }
        // Its messages are read, it must not ask for passwords, and a partial clone stays one.
        git.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1");
        git.stdin(Stdio::null());
        git
    }
}

/// What a command prints.
fn run(command: &mut Command) -> Result<String, Lost> {
    let Output { status, stdout, stderr } = command.output().map_err(|error| not_run(&error))?;
    if status.success() {
        return Ok(String::from_utf8_lossy(&stdout).into_owned());
    }
    let stderr = String::from_utf8_lossy(&stderr);
    Err(match stderr.trim() {
        why if why.contains("not a git repository") => Lost::NoRepository,
        why if why.contains("does not have any commits yet") => Lost::Untracked,
        why => {
            // Before it may stand warnings, or what `GIT_TRACE` asks for.
            let fatal = why.lines().find_map(|line| line.strip_prefix("fatal: "));
            Lost::Refused(fatal.or(why.lines().next()).unwrap_or_default().to_owned())
        }
    })
}

fn not_run(error: &std::io::Error) -> Lost {
    match error.kind() {
        ErrorKind::NotFound => Lost::NoGit,
        _ => Lost::Refused(error.to_string()),
    }
}

/// The blobs of a file from the latest to the first, each with the first commit after it, from
/// `git log --raw -z`: between NULs stand commits and, with a colon first, what they changed.
fn states_of(log: &str) -> Vec<(String, Option<Commit>)> {
    let mut states = Vec::new();
    let (mut after, mut commit): (Option<Commit>, Option<Commit>) = (None, None);
    for piece in log.split(['\0', '\n']) {
        if let Some(change) = piece.strip_prefix(':') {
            // Modes, then the blob before and the blob after.
            let mut words = change.split(' ').skip(2);
            let (old, new) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            states.push((new.to_owned(), after.clone()));
            states.push((old.to_owned(), commit.clone()));
            after.clone_from(&commit);
        } else if let Some((id, date)) = piece.split_once(' ')
            && is_id(id)
        {
            commit = Some(Commit { id: id.to_owned(), date: date.to_owned() });
        }
    }
    // The name of a folder may begin with a colon as well.
    states.retain(|(blob, _)| is_id(blob) && blob.bytes().any(|b| b != b'0'));
    states
}

/// Whether a word is the name of an object, in full.
fn is_id(word: &str) -> bool {
    word.len() >= 40 && word.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A `git cat-file` that answers until it is dropped.
struct Blobs {
    child: Child,
    ask: Option<ChildStdin>,
    answer: BufReader<ChildStdout>,
}

impl Blobs {
    fn start(mut git: Command) -> Result<Self, Lost> {
        git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = git.spawn().map_err(|error| not_run(&error))?;
        let ask = child.stdin.take();
        match child.stdout.take() {
            Some(stdout) => Ok(Self { child, ask, answer: BufReader::new(stdout) }),
            None => Err(Lost::Refused("it has no output".to_owned())),
        }
    }

    fn text(&mut self, name: &str) -> std::io::Result<Option<String>> {
        // A file's name with a line end would be two questions.
        if name.contains('\n') {
            return Ok(None);
        }
        let Some(ask) = &mut self.ask else { return Ok(None) };
        writeln!(ask, "{name}")?;
        ask.flush()?;
        let mut header = String::new();
        self.answer.read_line(&mut header)?;
        // `NAME blob SIZE`, or `NAME missing`; a name may hold spaces.
        let mut words = header.trim_end().rsplit(' ');
        let Some(size) = words.next().and_then(|size| size.parse::<u64>().ok()) else { return Ok(None) };
        let kind = words.next();
        if size > MAX_TEXT {
            std::io::copy(&mut (&mut self.answer).take(size + 1), &mut std::io::sink())?;
            return Ok(None);
        }
        let mut bytes = Vec::new();
        (&mut self.answer).take(size + 1).read_to_end(&mut bytes)?;
        // The line end after the blob.
        bytes.pop();
        Ok(String::from_utf8(bytes).ok().filter(|_| kind == Some("blob")))
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // At the end of its questions it ends by itself.
        drop(self.ask.take());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_read_from_the_latest_state_to_the_first() {
        let (zero, a, b) = ("0".repeat(40), "a".repeat(40), "b".repeat(40));
        let (one, two) = ("1".repeat(40), "2".repeat(40));
        let log = format!(
            "{two} 2023-02-01\0\n:100644 100644 {a} {b} R090\0old name.md\0new.md\0\
             {one} 2023-01-01\0\n:000000 100644 {zero} {a} A\0old name.md\0"
        );
        let commit = |id: &str, date: &str| Some(Commit { id: id.to_owned(), date: date.to_owned() });
        let second = commit(&two, "2023-02-01");
        assert_eq!(states_of(&log), [(b, None), (a.clone(), second.clone()), (a.clone(), second)]);
        assert_eq!(states_of(""), []);
        let log =
            format!("{one} 2023-01-01\0\n:000000 100644 {zero} {a} R100\0:a b HEAD main/x.md\0:y/x.md\0");
        assert_eq!(states_of(&log), [(a, None)], "folders whose names begin with a colon");
    }
}
