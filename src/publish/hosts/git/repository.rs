//! The repository without a work tree in which commits are made before they are pushed.
//!
//! Owns its folder and how git is run in it. It is a cache: whatever becomes of it between two
//! runs, the next one makes what it needs anew. It never talks to a server ([`super::remote`]).

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::words::shown;
use crate::config::GitHost;
use crate::publish::open::Context;
use crate::publish::program::{Ended, Program};
use crate::publish::trouble::Trouble;

/// Why something failed.
#[derive(Debug)]
pub(super) enum Fault {
    /// Here, perhaps because the repository is damaged: worth trying with a new one.
    Here(String),
    /// At the host.
    There(Trouble),
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::There(trouble)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Here(why) => Self::Failed(why),
            Fault::There(trouble) => trouble,
        }
    }
}

/// A repository, for one host and by one run at a time.
pub(super) struct Repository {
    dir: PathBuf,
    /// A folder that is removed when the run ends, if the site's own cannot be used.
    temporary: bool,
    /// Held as long as the repository in the site's folder is.
    _lock: Option<File>,
    id: String,
    /// Where relative addresses begin.
    site: PathBuf,
    /// What git runs as `ssh`, if Bashu has a say in it.
    ssh: Option<String>,
    pub(super) remote: String,
    /// The branch's full name.
    pub(super) branch: String,
}

/// The commit that the branch had when it was last looked at, with its trees and all earlier
/// commits that were needed.
pub(super) const TIP: &str = "refs/bashu/tip";

/// The commit that was last found to hold what Bashu published.
pub(super) const SOUND: &str = "refs/bashu/sound";

/// Variables that would lead git to another repository, and those that make it say more than is
/// fit to be shown.
const ASTRAY: [&str; 15] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_QUARANTINE_PATH",
    "GIT_NO_LAZY_FETCH",
    "GIT_TRACE",
    "GIT_TRACE_CURL",
    "GIT_TRACE_PACKET",
    "GIT_CURL_VERBOSE",
];

/// What of the user's configuration must not hold here: programs that would run or ask, other forms
/// of what is read, and what goes on after the run has ended.
const CONFIGURED: [&str; 13] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.splitIndex=false",
    "fetch.prune=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "push.gpgSign=false",
    "push.followTags=false",
    "fetch.recurseSubmodules=false",
    "i18n.logOutputEncoding=UTF-8",
    "trailer.separators=:",
    "remote.host.tagOpt=--no-tags",
    "advice.pushUpdateRejected=false",
];

impl Repository {
    /// Opens the repository of a host, or makes one.
    pub(super) fn open(context: &Context<'_>, host: &GitHost) -> Result<Self, Trouble> {
        let branch = format!("refs/heads/{}", host.branch);
        let sound = Program::new("git").arg("check-ref-format").arg(&branch).run(&[])?;
        if sound.status != 0 {
            return Err(Trouble::Failed(format!("`{}` is no name of a branch", host.branch)));
        }
        let mut repository = Self {
            dir: PathBuf::new(),
            temporary: false,
            _lock: None,
            id: context.id.to_owned(),
            site: context.site.to_owned(),
            ssh: ssh(context.site)?,
            remote: host.remote.clone(),
            branch,
        };
        if !repository.settle(&context.host.name.value) {
            repository.camp()?;
        }
        Ok(repository)
    }

    /// Takes the site's own repository for this host, if it can be had.
    fn settle(&mut self, name: &str) -> bool {
        let folder = self.site.join(crate::source::CACHE).join("publish");
        let Ok(folder) = fs::create_dir_all(&folder).and_then(|()| folder.canonicalize()) else {
            return false;
        };
        let lock = folder.join(format!("{name}.lock"));
        let Ok(lock) = File::options().write(true).create(true).truncate(false).open(lock) else {
            return false;
        };
        // Where the system knows no locks, two runs at once are told apart by what git says.
        if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
            return false;
        }
        self._lock = Some(lock);
        self.dir = folder.join(format!("{name}.git"));
        // Nobody else is at work here: what a run left locked that was killed, nobody will unlock.
        unlock(&self.dir);
        self.dir.join("HEAD").is_file() || self.make_anew().is_ok()
    }

    /// Takes a folder that goes away with the run.
    fn camp(&mut self) -> Result<(), Trouble> {
        let name: String = self.id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        self.dir = std::env::temp_dir().join(format!("bashu-publish-{name}.git"));
        self.temporary = true;
        // It must not be there: in a folder that all may write to, somebody could have made it.
        fs::create_dir(&self.dir)
            .map_err(|error| Trouble::Failed(format!("no folder to work in can be made: {error}")))?;
        Ok(self.make()?)
    }

    /// Makes the repository anew.
    pub(super) fn renew(&mut self) -> Result<(), Trouble> {
        match self.make_anew() {
            Err(_) if !self.temporary => self.camp(),
            made => Ok(made?),
        }
    }

    fn make_anew(&self) -> Result<(), Fault> {
        // What cannot be removed is in the way, and git says so.
        let _ = fs::remove_dir_all(&self.dir).or_else(|_| fs::remove_file(&self.dir));
        self.make()
    }

    fn make(&self) -> Result<(), Fault> {
        let made =
            self.run(self.git().args(["init", "--quiet", "--bare", "--template="]).arg(&self.dir), &[]);
        made.map(drop)
    }

    /// Git in this repository.
    pub(super) fn git(&self) -> Program {
        let mut git = Program::new("git").without(&ASTRAY).in_folder(&self.site);
        for setting in CONFIGURED {
            git = git.arg("-c").arg(setting);
        }
        // Given with each command and kept nowhere: the address may change from run to run.
        git = git.arg("-c").arg(format!("remote.host.url={}", self.remote));
        git = git.env("GIT_DIR", &self.dir).env("GIT_INDEX_FILE", self.dir.join("bashu-index"));
        git = git.env("GCM_INTERACTIVE", "never");
        for (name, value) in [
            // No window asks for a password.
            ("GIT_ASKPASS", ""),
            // A connection that is dead and does not say so.
            ("GIT_HTTP_LOW_SPEED_LIMIT", "1"),
            ("GIT_HTTP_LOW_SPEED_TIME", "120"),
        ] {
            if std::env::var_os(name).is_none() {
                git = git.env(name, value);
            }
        }
        match &self.ssh {
            Some(ssh) => git.env("GIT_SSH_COMMAND", ssh),
            None => git,
        }
    }

    /// Runs git where only this machine matters, and gives what it wrote.
    pub(super) fn run(&self, git: Program, input: &[u8]) -> Result<Vec<u8>, Fault> {
        done(git.run(input)?)
    }

    /// What git writes as one word.
    pub(super) fn word(&self, git: Program, input: &[u8]) -> Result<String, Fault> {
        let out = self.run(git, input)?;
        Ok(String::from_utf8_lossy(&out).trim().to_owned())
    }

    /// The commit that a reference stands for; `None` if there is none.
    pub(super) fn at(&self, reference: &str) -> Result<Option<String>, Fault> {
        let git = self.git().args(["rev-parse", "--quiet", "--verify", &format!("{reference}^{{commit}}")]);
        let ended = git.run(&[])?;
        let word = String::from_utf8_lossy(&ended.out).trim().to_owned();
        Ok((ended.status == 0 && !word.is_empty()).then_some(word))
    }

    /// Lets references stand for a commit.
    pub(super) fn remember(&self, references: &[&str], commit: &str) -> Result<(), Fault> {
        let lines: String = references.iter().map(|name| format!("update {name} {commit}\n")).collect();
        self.run(self.git().args(["update-ref", "--stdin"]), lines.as_bytes()).map(drop)
    }

    /// Whether earlier commits are missing.
    pub(super) fn is_shallow(&self) -> bool {
        fs::metadata(self.dir.join("shallow")).is_ok_and(|file| file.len() > 0)
    }

    /// Packs what has come together, if it is much. The repository serves as well if that fails.
    pub(super) fn tidy(&self) {
        let settings =
            ["-c", "gc.auto=2000", "-c", "gc.autoDetach=false", "-c", "maintenance.autoDetach=false"];
        let _ = self.git().args(settings).args(["gc", "--auto", "--quiet"]).run(&[]);
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        if self.temporary {
            // The system empties such folders in its own time.
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// What a program wrote that has succeeded.
pub(super) fn done(ended: Ended) -> Result<Vec<u8>, Fault> {
    if ended.status == 0 { Ok(ended.out) } else { Err(Fault::Here(shown(&ended.err))) }
}

/// Removes git's own locks below a folder. Objects have none.
fn unlock(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && entry.file_name() != "objects" => unlock(&path),
            Ok(kind) if kind.is_file() && path.extension().is_some_and(|end| end == "lock") => {
                // One that stays makes git fail, and the repository is made anew.
                let _ = fs::remove_file(&path);
            }
            _ => {}
        }
    }
}

/// What git is to run as `ssh`: what the user has set, in the site's repository as well, or one
/// that never asks and does not wait for ever. `None` if the environment says it already.
fn ssh(site: &Path) -> Result<Option<String>, Trouble> {
    if ["GIT_SSH_COMMAND", "GIT_SSH"].iter().any(|name| std::env::var_os(name).is_some()) {
        return Ok(None);
    }
    let set = Program::new("git").in_folder(site).args(["config", "--get", "core.sshCommand"]).run(&[])?;
    let set = String::from_utf8_lossy(&set.out).trim().to_owned();
    let own = "ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=20";
    Ok(Some(if set.is_empty() { own.to_owned() } else { set }))
}
