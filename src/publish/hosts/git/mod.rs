//! A branch of a git repository, through the installed `git`: what GitHub, GitLab, Codeberg and
//! others serve as pages.
//!
//! Owns what is asked of the branch and in which order. A branch changes in one step, so readers
//! see the old site or the new one. Files that others put there stay. What others changed of
//! Bashu's own files, and their commits where a branch is replaced by one commit, are given up only
//! if the user says so.

mod commits;
mod remote;
mod repository;
mod tree;
mod words;

use std::collections::BTreeSet;
use std::path::PathBuf;

use self::commits::{Commit, Signature, release_before};
use self::repository::{Fault, Repository, SOUND, TIP};
use super::Way;
use crate::config::GitHost;
use crate::plan::is_fingerprinted;
use crate::publish::amount::first;
use crate::publish::keep::Keep;
use crate::publish::manifest::{MANIFEST, Manifest};
use crate::publish::open::Context;
use crate::publish::place::Listed;
use crate::publish::plan::Plan;
use crate::publish::program::Program;
use crate::publish::release::Release;
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;
use crate::publish::whole::{Held, Whole};

/// Who makes commits where the user has told git no name.
const NOBODY: &str = "Bashu <bashu@localhost>";

/// A branch as a host.
struct Git {
    repository: Repository,
    site: PathBuf,
    /// Whether the branch keeps its earlier commits.
    history: bool,
    force: bool,
    now: i64,
    /// The commit that was seen at the end of the branch.
    tip: Option<String>,
}

/// Makes ready to ask a branch.
pub(super) fn open(context: &Context<'_>, host: &GitHost) -> Result<Way, Trouble> {
    Ok(Way::Whole(Box::new(Git {
        repository: Repository::open(context, host)?,
        site: context.site.to_owned(),
        history: host.history,
        force: context.force,
        now: context.now,
        tip: None,
    })))
}

impl Whole for Git {
    fn held(&mut self) -> Result<Held, Trouble> {
        self.in_sound_repository(Self::look)
    }

    fn list(&mut self) -> Result<Vec<Listed>, Trouble> {
        let Some(tip) = &self.tip else { return Ok(Vec::new()) };
        let paths = self.repository.paths(tip)?;
        // Sizes and sums would need the files themselves.
        Ok(paths.into_iter().map(|path| Listed { path, size: 0, md5: None }).collect())
    }

    fn switch(
        &mut self,
        release: &Release,
        plan: &Plan,
        manifest: &Manifest,
        tally: &Tally<'_>,
    ) -> Result<(), Trouble> {
        let bytes = manifest.write();
        let (new, changed, deleted) = (plan.new.0, plan.changed.0, plan.doomed().count());
        let subject = format!("Publish: {new} new, {changed} changed, {deleted} deleted");
        self.in_sound_repository(|git| {
            git.have_tip()?;
            git.lose_nothing()?;
            let tree = git.repository.import(git.tip.as_deref(), release, plan, &bytes, tally)?;
            let doomed: BTreeSet<&str> = plan.doomed().map(|path| &**path).collect();
            git.spare(&tree, |path, before| {
                doomed.contains(path) || before.map_or_else(|| release.has(path), |m| m.has(path))
            })?;
            git.finish(&tree, &subject, "", tally)
        })
    }

    fn roll_back(&mut self, keep: &Keep) -> Result<Option<String>, Trouble> {
        let stop = std::sync::atomic::AtomicBool::new(false);
        let tally = Tally::new(&|_| {}, &stop);
        self.in_sound_repository(|git| {
            git.have_tip()?;
            let Some(tip) = git.tip.clone().filter(|_| git.history) else { return Ok(None) };
            let repository = &git.repository;
            let commits = repository.history(&tip, |commits| release_before(commits).is_some())?;
            let Some(target) = release_before(&commits) else { return Ok(None) };
            let (Some(live), Some(mut next)) = (git.manifest(&tip)?, git.manifest(&target.id)?) else {
                return Err(Trouble::Failed("the manifest of a release is damaged".to_owned()).into());
            };
            next.files.retain(|path, _| !keep.fits(path));
            // Assets of the pages that readers have open stay for a while.
            let waits = |path: &str| is_fingerprinted(path);
            let left = live.files.iter().filter(|(path, _)| !next.files.contains_key(*path));
            let left = left.filter(|(path, _)| !keep.fits(path));
            next.stale =
                left.clone().filter(|(p, _)| waits(p)).map(|(p, e)| (p.clone(), (*e, git.now))).collect();
            let older = live.stale.iter().filter(|(path, _)| !next.files.contains_key(*path));
            next.stale.extend(older.map(|(path, waiting)| (path.clone(), *waiting)));
            let without = left.map(|(path, _)| &**path).filter(|path| !waits(path));
            let with = next.files.keys().map(|path| &**path);
            let tree = repository.graft(&tip, without, &target.id, with, &next.write())?;
            git.spare(&tree, |path, _| live.has(path))?;
            let release = repository.described(&[target])?;
            let trailer = format!("Bashu-Rolled-Back-To: {}\n", target.id);
            git.finish(&tree, &format!("Go back to {release}"), &trailer, &tally)?;
            Ok(Some(release))
        })
    }
}

impl Git {
    /// Does something; once more in a new repository, if this one cannot be used.
    fn in_sound_repository<T>(&mut self, work: impl Fn(&mut Self) -> Result<T, Fault>) -> Result<T, Trouble> {
        match work(self) {
            Err(Fault::Here(_)) => {
                self.repository.renew()?;
                Ok(work(self)?)
            }
            other => Ok(other?),
        }
    }

    fn look(&mut self) -> Result<Held, Fault> {
        self.tip = self.repository.tip()?;
        let Some(tip) = &self.tip else { return Ok(Held::default()) };
        if self.repository.at(TIP)?.as_ref() != Some(tip) {
            self.tip = Some(self.repository.fetch()?);
        }
        let Some(tip) = &self.tip else { return Ok(Held::default()) };
        let manifest = self.repository.file(tip, MANIFEST)?;
        if self.repository.at(SOUND)?.as_ref() == Some(tip) {
            return Ok(Held { manifest });
        }
        let touched = self.touched(tip, manifest.as_deref())?;
        if touched.is_empty() {
            self.repository.remember(&[SOUND], tip)?;
            return Ok(Held { manifest });
        }
        // What is there is not what the manifest says: these files are to be sent again.
        let Some(mut manifest) = manifest.as_deref().and_then(Manifest::read) else {
            return Ok(Held { manifest });
        };
        let there = self.repository.paths(tip)?;
        for path in touched {
            match manifest.files.get_mut(&path) {
                Some(content) if there.contains(&path) => *content = None,
                _ => _ = manifest.files.remove(&path),
            }
        }
        Ok(Held { manifest: Some(manifest.write()) })
    }

    /// Which of the files that Bashu put there others have changed; an error if there are any and
    /// nobody said that they may be overwritten.
    fn touched(&self, tip: &str, manifest: Option<&[u8]>) -> Result<BTreeSet<Box<str>>, Fault> {
        let ours = |commits: &[Commit]| commits.iter().any(|commit| commit.ours);
        let commits = self.repository.history(tip, ours)?;
        let last = commits.iter().find(|commit| commit.ours);
        let touched: BTreeSet<Box<str>> = match last {
            Some(last) if last.id == tip => return Ok(BTreeSet::new()),
            Some(last) => {
                let changed = self.repository.changed(&last.id, tip)?;
                let published = match manifest.and_then(Manifest::read) {
                    Some(manifest) if !changed.contains(MANIFEST) => Some(manifest),
                    _ => self.manifest(&last.id)?,
                };
                let files = published.map(|manifest| manifest.files).unwrap_or_default();
                changed.into_iter().filter(|path| files.contains_key(path)).collect()
            }
            // A manifest without a commit of ours: nobody knows what became of its files.
            None => {
                manifest.and_then(Manifest::read).map(|m| m.files.into_keys().collect()).unwrap_or_default()
            }
        };
        if touched.is_empty() || self.force {
            return Ok(touched);
        }
        let theirs: Vec<&Commit> = commits.iter().take_while(|commit| !commit.ours).collect();
        let files = first(touched.iter().map(|path| &**path));
        let who = self.repository.described(&theirs)?;
        Err(Trouble::Overwrites(format!("{who} touched {files}")).into())
    }

    /// Refuses to replace a branch that has commits of others, unless that is wanted.
    fn lose_nothing(&self) -> Result<(), Fault> {
        let Some(tip) = self.tip.as_ref().filter(|_| !self.history && !self.force) else { return Ok(()) };
        let commits = self.repository.history(tip, |_| false)?;
        let theirs: Vec<&Commit> = commits.iter().filter(|commit| !commit.ours).collect();
        if theirs.is_empty() {
            return Ok(());
        }
        let who = self.repository.described(&theirs)?;
        Err(Trouble::Overwrites(format!("without `history`, the branch would lose {who}")).into())
    }

    /// Refuses a tree that has something else in the place of files of others, unless that is wanted:
    /// git keeps no file where a folder comes, and no folder where a file does. `is_ours` is told
    /// what the manifest says that stands there.
    fn spare(&self, tree: &str, is_ours: impl Fn(&str, Option<&Manifest>) -> bool) -> Result<(), Fault> {
        let Some(tip) = self.tip.as_ref().filter(|_| !self.force) else { return Ok(()) };
        let (before, replaced) = (self.manifest(tip)?, self.repository.replaced(tip, tree)?);
        let theirs = |path: &&str| *path != MANIFEST && !is_ours(path, before.as_ref());
        let mut theirs = replaced.iter().map(|path| &**path).filter(theirs).peekable();
        if theirs.peek().is_none() {
            return Ok(());
        }
        Err(Trouble::Overwrites(format!("the site would take the place of {}", first(theirs))).into())
    }

    /// Sees to it that the repository has the commit that was seen.
    fn have_tip(&self) -> Result<(), Fault> {
        match &self.tip {
            Some(tip)
                if self.repository.at(TIP)?.as_ref() != Some(tip) && self.repository.fetch()? != *tip =>
            {
                Err(Trouble::Conflict.into())
            }
            _ => Ok(()),
        }
    }

    fn manifest(&self, commit: &str) -> Result<Option<Manifest>, Fault> {
        Ok(self.repository.file(commit, MANIFEST)?.as_deref().and_then(Manifest::read))
    }

    /// Makes the commit of a tree, and moves the branch to it.
    fn finish(&self, tree: &str, subject: &str, trailer: &str, tally: &Tally<'_>) -> Result<(), Fault> {
        let by = self.signature()?;
        let tip = self.tip.as_deref();
        let parent = tip.filter(|_| self.history);
        let message = format!("{subject}\n\nBashu-Tree: {tree}\n{trailer}");
        let commit = self.repository.commit(tree, parent, &by, &message)?;
        tally.tell(Heard::Phase("push", 0, 0));
        self.repository.push(tip, &commit, tally)?;
        // The site is there. What is not remembered is asked for again.
        if self.repository.remember(&[TIP, SOUND], &commit).is_ok() {
            self.repository.tidy();
        }
        Ok(())
    }

    /// Who commits: whom git knows in the site's folder.
    fn signature(&self) -> Result<Signature, Trouble> {
        let name = |variable: &str| -> Result<String, Trouble> {
            let git =
                Program::new("git").in_folder(&self.site).args(["-c", "user.useConfigOnly=true", "var"]);
            let ended = git.arg(variable).run(&[])?;
            let said = String::from_utf8_lossy(&ended.out);
            // The time stands behind it.
            let name = said.trim().rsplitn(3, ' ').nth(2).filter(|_| ended.status == 0);
            Ok(name.unwrap_or(NOBODY).to_owned())
        };
        Ok(Signature {
            author: name("GIT_AUTHOR_IDENT")?,
            committer: name("GIT_COMMITTER_IDENT")?,
            time: self.now,
        })
    }
}
