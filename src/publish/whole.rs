//! A whole: a host that changes from one site to the next in one step.
//!
//! Owns what such a host must be able to do. Readers see the old site or the new one; so there is
//! no order of files, and a run that is killed leaves the old one.

use super::keep::Keep;
use super::manifest::Manifest;
use super::place::Listed;
use super::plan::Plan;
use super::release::Release;
use super::tally::Tally;
use super::trouble::Trouble;

/// What a whole holds now.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Its manifest's bytes, if it has one.
    pub manifest: Option<Vec<u8>>,
}

/// A host that changes in one step.
pub(super) trait Whole {
    /// What it holds now: one request. What is seen here is what [`Whole::switch`] replaces, or it
    /// is a [`Trouble::Conflict`].
    fn held(&mut self) -> Result<Held, Trouble>;

    /// All files that it holds. Called after `held`.
    fn list(&mut self) -> Result<Vec<Listed>, Trouble>;

    /// Makes the site of the release the one that readers see, with this manifest in it. What
    /// stands there and is neither of the site nor in the plan's deletions is kept, stale assets
    /// of the manifest included.
    fn switch(
        &mut self,
        release: &Release,
        plan: &Plan,
        manifest: &Manifest,
        tally: &Tally<'_>,
    ) -> Result<(), Trouble>;

    /// Goes back to the release before the one that is live, and says which it is; `None` if there
    /// is none. What the host keeps is left as it is where a release is not a folder of its own.
    fn roll_back(&mut self, keep: &Keep) -> Result<Option<String>, Trouble>;
}
