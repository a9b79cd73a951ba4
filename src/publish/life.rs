//! Signs of life of a run at work, and looks whether it still has the host to itself.
//!
//! Owns the file of signs ([`BEAT`]). It never decides what becomes of another run
//! ([`super::takeover`] does).

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};

use super::manifest::{BEAT, Beat, MANIFEST};
use super::open::Context;
use super::place::{Expected, Mark, Place};
use super::tally::Tally;
use super::trouble::Trouble;

/// The life of one run.
pub(super) struct Life<'r> {
    pub place: &'r dyn Place,
    pub context: &'r Context<'r>,
    pub tally: &'r Tally<'r>,
    /// How many signs it has given.
    pub signs: AtomicU64,
    /// How many files of the order were sent when the host was last seen to be ours.
    pub sure: AtomicUsize,
}

impl Life<'_> {
    /// Looks whether the manifest is still the one that this run wrote. If not, somebody has taken
    /// the host over, and the run ends.
    pub(super) fn look(&self, own: &Mark) -> Result<(), Trouble> {
        let sent = self.tally.upto();
        if self.place.mark(MANIFEST)?.as_ref() == Some(own) {
            self.sure.fetch_max(sent, Ordering::Relaxed);
            return Ok(());
        }
        self.tally.lose();
        Err(Trouble::Conflict)
    }

    /// Gives a sign, if the host is still ours: `from` is where the round's files begin in the order
    /// of all.
    pub(super) fn sign(&self, round: u8, from: usize, own: &Mark) -> Result<(), Trouble> {
        self.look(own)?;
        let beat = self.signs.fetch_add(1, Ordering::Relaxed) + 1;
        let done = self.tally.upto().saturating_sub(from);
        let sign = Beat { id: self.context.id.to_owned(), round, beat, done };
        self.place.write(BEAT, &sign.write(), &Expected::Any).map(|_| ())
    }

    /// Does something while a thread gives signs. If it is stopped, a last sign says how far it came.
    pub(super) fn during(
        &self,
        round: u8,
        from: usize,
        own: &Mark,
        work: impl FnOnce() -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let done = std::thread::scope(|scope| {
            let (end, ended) = channel::<bool>();
            scope.spawn(move || {
                loop {
                    let more = match ended.recv_timeout(self.context.pace.beat) {
                        Err(RecvTimeoutError::Timeout) => true,
                        Ok(true) => false,
                        Ok(false) | Err(RecvTimeoutError::Disconnected) => return,
                    };
                    // A sign that does not come through may do so the next time.
                    let _ = self.sign(round, from, own);
                    if !more || self.tally.lost() {
                        return;
                    }
                }
            });
            let done = work();
            // A host that cannot be reached is not tried once more.
            let last = matches!(done, Err(Trouble::Stopped | Trouble::Failed(_) | Trouble::Refused(_)));
            // The thread listens until it is told to end, or has seen that the host is lost.
            let _ = end.send(last);
            done
        });
        // What fails at a host that is no longer ours fails for that reason.
        if done.is_err() && self.tally.lost() { Err(Trouble::Conflict) } else { done }
    }
}
