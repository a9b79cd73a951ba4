//! When a change is complete.
//!
//! Owns the waiting: an editor saves in several steps, a checkout changes thousands of files, and
//! somebody waits for the page. It knows no clock and no file; whoever feeds it says when things
//! happened.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::Batch;
use crate::base::ContentPath;
use crate::source::Stamp;

/// How long nothing must be heard after one file: editors set a file's mode and remove a backup
/// directly after they have written it.
const QUIET: Duration = Duration::from_millis(5);

/// How much longer for every further file, and the most.
const QUIET_FOR_EACH: Duration = Duration::from_micros(400);
const LONGEST_QUIET: Duration = Duration::from_millis(250);

/// How long something is waited for that should come: the end of a file that is being written, the
/// content of one that was emptied, the return of one that was moved away.
const HOLD: Duration = Duration::from_millis(100);

/// How long the files of a new folder are waited for.
const FOLDER: Duration = Duration::from_millis(50);

/// How long files are waited for that never come to an end, if nothing else has changed.
const LONGEST_HOLD: Duration = Duration::from_secs(1);

/// The longest that a change waits for others, if they never end.
const LONGEST: Duration = Duration::from_secs(2);

/// How much longer than the one before, each of several changes in a row waits: what changes without
/// end must not take all there is of the machine. They are in a row if one begins within [`IN_A_ROW`]
/// of the last, which is quicker than anybody types; the first [`FREE`] of them wait for nothing.
const PACE: Duration = Duration::from_millis(50);
const IN_A_ROW: Duration = Duration::from_millis(60);
const FREE: u32 = 10;
const MOST_IN_A_ROW: u32 = 30;

/// How long git is waited for, and how often it is looked whether it is done.
const PATIENCE: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_millis(10);

/// As many files at once are no person's doing.
const STORM: usize = 64;

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A new one came, and will be written.
    Came,
    /// It is being written.
    Writing,
    /// It was written to its end.
    Written,
    /// It was written to its end, and is empty: some editors empty a file before they write it.
    Emptied,
    /// It was put in place as a whole.
    Arrived,
    /// Its mode or owner changed.
    Touched,
    /// It was removed or moved away: some editors do so before they write it.
    Left,
}

#[derive(Debug)]
struct State {
    /// It was not there before.
    came: bool,
    /// Until when more is waited for.
    hold: Option<Instant>,
}

/// Changes that may belong together, and when they are complete.
#[derive(Debug, Default)]
pub(super) struct Gather {
    /// The first and the last that was heard; `None` if there is nothing.
    heard: Option<(Instant, Instant)>,
    files: BTreeMap<ContentPath, State>,
    /// Something else changed than files that are known by name; more is waited for until then.
    others: Option<Instant>,
    /// Among them are folders.
    folders: bool,
    /// When the last change was told, and how many in a row there were before it.
    told: Option<(Instant, u32)>,
    /// Git was at work; not before then.
    again: Option<Instant>,
    /// A lock that git has left behind, or holds for long.
    stale: Option<Stamp>,
}

impl Gather {
    /// Something happened to a file.
    pub(super) fn file(&mut self, path: ContentPath, what: What, now: Instant) {
        let storm = self.files.len() >= STORM;
        let state = match self.files.get_mut(&path) {
            // Nobody has seen it: a temporary file of an editor.
            Some(state) if state.came && what == What::Left => {
                self.files.remove(&path);
                if self.files.is_empty() && self.others.is_none() {
                    self.heard = None;
                }
                return;
            }
            Some(state) => state,
            None => self.files.entry(path).or_insert(State { came: what == What::Came, hold: None }),
        };
        // What is written without end keeps nobody else waiting.
        let goes_on = what == What::Writing && state.hold.is_some() && !storm;
        match what {
            What::Came | What::Writing | What::Emptied | What::Left => state.hold = Some(now + HOLD),
            What::Written | What::Arrived => state.hold = None,
            What::Touched => {}
        }
        let (first, last) = self.heard.unwrap_or((now, now));
        self.heard = Some((first, if goes_on { last } else { now }));
    }

    /// Folders or links changed; their files are not known by name.
    pub(super) fn folders(&mut self, now: Instant) {
        self.folders = true;
        self.other(now, now + FOLDER);
    }

    /// Something changed, and nobody knows what.
    pub(super) fn unknown(&mut self, now: Instant) {
        self.other(now, now);
    }

    fn other(&mut self, now: Instant, hold: Instant) {
        self.others = self.others.max(Some(hold));
        self.heard = Some((self.heard.map_or(now, |(first, _)| first), now));
    }

    /// When to ask whether it is complete; `None` if there is nothing.
    pub(super) fn due(&self) -> Option<Instant> {
        let (first, last) = self.heard?;
        let count = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        let quiet = last + QUIET.saturating_add(QUIET_FOR_EACH.saturating_mul(count)).min(LONGEST_QUIET);
        // In a storm the quiet is longer than what any of them is waited for.
        let held = self.files.values().filter(|_| self.files.len() < STORM);
        let held = held.filter_map(|state| state.hold).max();
        let done = self.files.values().any(|state| state.hold.is_none());
        let most = first + if done { HOLD } else { LONGEST_HOLD };
        let hold = held.map(|hold| hold.min(most)).max(self.others);
        let due = hold.map_or(quiet, |hold| hold.max(quiet)).min(first + LONGEST);
        let paced = self.told.map(|(told, _)| told + PACE * self.in_a_row(first).saturating_sub(FREE));
        [paced, self.again].into_iter().flatten().max().max(Some(due))
    }

    /// How many changes in a row one is that was first heard of at a moment.
    fn in_a_row(&self, first: Instant) -> u32 {
        let last = self.told.filter(|(told, _)| first < *told + IN_A_ROW);
        last.map_or(0, |(_, before)| (before + 1).min(MOST_IN_A_ROW))
    }

    /// What has changed, if it is complete, and whether more of it may come unheard. `lock` is the
    /// lock that git holds at the moment.
    pub(super) fn ready(
        &mut self,
        now: Instant,
        lock: impl FnOnce() -> Option<Stamp>,
    ) -> Option<(Batch, bool)> {
        let (since, _) = self.heard.filter(|_| self.due().is_some_and(|due| due <= now))?;
        if let Some(lock) = lock().filter(|lock| self.stale != Some(*lock)) {
            if now < since + PATIENCE {
                self.again = Some(now + STEP);
                return None;
            }
            self.stale = Some(lock);
        }
        let more = self.files.len() >= STORM || self.folders;
        let files = std::mem::take(&mut self.files).into_keys().collect();
        let told = Some((now, self.in_a_row(since)));
        *self = Self { stale: self.stale, told, ..Self::default() };
        Some((Batch { since, files }, more))
    }
}
