//! Trying again: what failed because a connection broke is tried a few times more, with longer and
//! longer waits.
//!
//! Owns how often and how long. It never repeats what a host refused: that would be refused again.

use std::time::Duration;

use super::tally::{Heard, Tally};
use super::trouble::Trouble;

/// The waits between attempts, in milliseconds.
const WAITS: [u64; 3] = [200, 800, 2_000];

/// Does something that may be done twice, again if the host was unreachable in the middle of it.
pub(super) fn persist<T>(
    tally: &Tally<'_>,
    mut work: impl FnMut() -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    for wait in WAITS {
        tally.go_on()?;
        match work() {
            Err(Trouble::Unreachable(_)) => tally.tell(Heard::Again),
            done => return done,
        }
        std::thread::sleep(Duration::from_millis(wait));
    }
    tally.go_on()?;
    work()
}
