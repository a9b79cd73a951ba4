//! Several at a time: the same work on many things, by a few threads.
//!
//! Owns when they end: at the first fault, after what is under way; and that of large files one is in
//! memory at a time. It never knows what the work is.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use super::trouble::Trouble;

/// From this size on, in bytes, a file is large.
pub(super) const LARGE: u64 = 8 * 1024 * 1024;

/// Sees to it that large files are sent one at a time, so that memory does not grow with what a site
/// offers for download.
#[derive(Default)]
pub(super) struct Alone(Mutex<()>);

impl Alone {
    /// Waits, before a file of this size, for another large one to be done. It is so until what this
    /// gives is dropped.
    pub(super) fn hold(&self, size: u64) -> Option<MutexGuard<'_, ()>> {
        // Nothing is behind this lock that a panic could leave half done.
        (size >= LARGE).then(|| self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Does `work` on all of them, `threads` at a time, in about their order. The first fault ends it.
pub(super) fn each<T: Sync>(
    things: &[T],
    threads: usize,
    work: impl Fn(&T) -> Result<(), Trouble> + Sync,
) -> Result<(), Trouble> {
    let (next, ended) = (AtomicUsize::new(0), AtomicBool::new(false));
    let one = || {
        while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed))
            && !ended.load(Ordering::Relaxed)
        {
            work(thing).inspect_err(|_| ended.store(true, Ordering::Relaxed))?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let crew: Vec<_> = (1..threads.min(things.len())).map(|_| scope.spawn(one)).collect();
        let own = one();
        // A panic of a thread is one of the whole.
        let others =
            crew.into_iter().map(|thread| thread.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
        others.fold(own, Result::and)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_done_once_or_the_first_fault_ends_it() {
        for threads in [1, 2, 7, 64] {
            let (numbers, sum): (Vec<usize>, _) = ((0..100).collect(), AtomicUsize::new(0));
            let add = |number: &usize| {
                sum.fetch_add(*number, Ordering::Relaxed);
                Ok(())
            };
            assert_eq!(each(&numbers, threads, add), Ok(()));
            assert_eq!(sum.into_inner(), 4950);
            let done = AtomicUsize::new(0);
            let fail = |_: &usize| {
                done.fetch_add(1, Ordering::Relaxed);
                Err(Trouble::Conflict)
            };
            assert_eq!(each(&numbers, threads, fail), Err(Trouble::Conflict));
            assert!(done.into_inner() <= threads);
        }
        assert_eq!(each(&[] as &[usize], 3, |_| Err(Trouble::Conflict)), Ok(()));
    }
}
