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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn what_broke_is_tried_again_and_what_was_refused_is_not() {
        let broke = || Trouble::Unreachable("gone".to_owned());
        let refused = || Trouble::Refused("no".to_owned());
        for (failures, expected, again) in
            [(vec![broke()], Ok(2), 1), (vec![refused()], Err(refused()), 0), (vec![], Ok(1), 0)]
        {
            let (heard, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
            let told = |what| heard.lock().unwrap().push(what);
            let (mut failures, mut tried) = (failures.into_iter(), 0);
            let ended = persist(&Tally::new(&told, &stop), || {
                tried += 1;
                failures.next().map_or(Ok(tried), Err)
            });
            assert_eq!(ended, expected);
            assert_eq!(heard.into_inner().unwrap(), vec![Heard::Again; again]);
        }
        // Nor once the user has had enough.
        let stop = AtomicBool::new(false);
        let told = |_| stop.store(true, Ordering::Relaxed);
        let ended: Result<(), _> = persist(&Tally::new(&told, &stop), || Err(broke()));
        assert_eq!(ended, Err(Trouble::Stopped));
    }
}
