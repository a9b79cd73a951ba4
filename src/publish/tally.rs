//! How far publishing is, told from many threads, and the wish to stop.
//!
//! Owns the count of what is done, by which a run that was killed is resumed. It never prints.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::trouble::Trouble;

/// What a caller hears while files are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// A phase begins: its name, how many files and bytes.
    Phase(&'static str, usize, u64),
    /// A file of so many bytes is at the host, or deleted there.
    File(u64),
    /// Something failed and is tried again.
    Again,
    /// Another run was at work; whether it still is, is being watched.
    Waiting,
}

/// How far publishing is.
pub struct Tally<'t> {
    told: &'t (dyn Fn(Heard) + Sync),
    stop: &'t AtomicBool,
    /// Somebody else took over.
    lost: AtomicBool,
    done: Mutex<Done>,
}

/// Which files of the order are done: all before `upto`, and some after it.
#[derive(Default)]
struct Done {
    upto: usize,
    beyond: std::collections::BTreeSet<usize>,
}

impl<'t> Tally<'t> {
    /// A tally that tells `told`, and ends early once `stop` is true.
    pub fn new(told: &'t (dyn Fn(Heard) + Sync), stop: &'t AtomicBool) -> Self {
        Self { told, stop, lost: AtomicBool::new(false), done: Mutex::default() }
    }

    /// Tells the caller something.
    pub(super) fn tell(&self, heard: Heard) {
        (self.told)(heard);
    }

    /// Why nothing more may be begun, if that is so. Asked before every operation at a host.
    pub(super) fn go_on(&self) -> Result<(), Trouble> {
        if self.lost.load(Ordering::Relaxed) {
            return Err(Trouble::Conflict);
        }
        if self.stop.load(Ordering::Relaxed) { Err(Trouble::Stopped) } else { Ok(()) }
    }

    /// Somebody else has taken the host over.
    pub(super) fn lose(&self) {
        self.lost.store(true, Ordering::Relaxed);
    }

    /// Whether somebody else has taken the host over.
    pub(super) fn lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// A file is where it should be: its place in the order of the pending ones, and its size.
    pub(super) fn sent(&self, place: usize, bytes: u64) {
        self.done(place);
        self.tell(Heard::File(bytes));
    }

    /// A file that the caller has heard of already is where it should be.
    pub(super) fn done(&self, place: usize) {
        // Nothing can panic while the lock is held.
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.beyond.insert(place);
        while done.beyond.first() == Some(&done.upto) {
            done.beyond.pop_first();
            done.upto += 1;
        }
    }

    /// How many files from the beginning of the order are done without a gap.
    pub(super) fn upto(&self) -> usize {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).upto
    }
}
