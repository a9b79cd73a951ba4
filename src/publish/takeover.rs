//! Two runs at one host: telling one that is at work from one that was killed.
//!
//! Owns the lock by which runs of one checkout know of each other (`.bashu/publish/NAME`), and the
//! watching of a host where a run of somebody else may be at work. No clocks are compared: what
//! changes while it is watched is alive.
//!
//! A run that is thought dead may wake up, as when a laptop is opened. It looks at the manifest
//! before every phase and with every sign of life, and ends before it does anything else. What
//! remains: an operation of that run that is under way at that moment, or within one interval of
//! signs after it, may still land, and replace a file of the run that took over. Where a host cannot
//! tie an upload to the state of another file, nothing can prevent that; the run that lost says so,
//! and makes the files that it may have touched known as unsure ([`super::steps`]).

use std::fs::{File, OpenOptions, TryLockError, create_dir_all};
use std::io::{Read, Seek, Write};

use super::life::Life;
use super::manifest::{BEAT, MANIFEST};
use super::open::Context;
use super::place::Mark;
use super::tally::Heard;
use super::trouble::Trouble;
use crate::source::CACHE;

/// The lock of one host in one checkout, held as long as this lives.
pub(super) struct Local {
    file: Option<File>,
    /// The last run that held it.
    last: String,
}

/// How often a host is looked at while it is watched.
const LOOKS: u32 = 10;

impl Local {
    /// Takes the lock. Without a cache folder that can be written there is none, and only the host
    /// itself tells of other runs.
    pub(super) fn take(context: &Context<'_>) -> Result<Self, Trouble> {
        let none = Self { file: None, last: String::new() };
        let cache = context.site.join(CACHE);
        let folder = cache.join("publish");
        if !cache.is_dir() || create_dir_all(&folder).is_err() {
            return Ok(none);
        }
        let path = folder.join(&context.host.name.value);
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let Ok(mut file) = open else { return Ok(none) };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Trouble::Busy),
            Err(TryLockError::Error(_)) => return Ok(none),
        }
        let mut last = String::new();
        // What cannot be read is no run's name.
        let _ = file.read_to_string(&mut last);
        Ok(Self { file: Some(file), last })
    }

    /// Whether this is a run of this checkout. Then it has ended: it held the lock.
    pub(super) fn had(&self, id: &str) -> bool {
        self.last == id
    }

    /// Notes which run holds it.
    pub(super) fn note(&mut self, id: &str) {
        if let Some(file) = &mut self.file {
            // Without the note the next run watches the host for a while.
            let _ = file.rewind().and_then(|()| file.set_len(0)).and_then(|()| file.write_all(id.as_bytes()));
        }
    }
}

/// Watches a host where a run was at work, for as long as the pace says. An error if it still is.
pub(super) fn watch(life: &Life<'_>, mark: Option<&Mark>) -> Result<(), Trouble> {
    life.tally.tell(Heard::Waiting);
    let sign = life.place.mark(BEAT)?;
    for _ in 0..LOOKS {
        std::thread::sleep(life.context.pace.patience / LOOKS);
        life.tally.go_on()?;
        if life.place.mark(MANIFEST)?.as_ref() != mark || life.place.mark(BEAT)? != sign {
            return Err(Trouble::Busy);
        }
    }
    Ok(())
}
