//! Ctrl-C while files are sent: the first ends the run in good order, the second at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// The status of a run that was stopped: what a shell makes of a program ended by Ctrl-C.
pub(in crate::cli) const STOPPED: u8 = 130;

/// Listens for the wish to stop.
pub(super) struct Interrupt {
    stop: Arc<AtomicBool>,
    at_once: Arc<AtomicBool>,
}

impl Interrupt {
    /// Begins to listen. Where that cannot be done, Ctrl-C ends the program as ever, and the next
    /// run completes what it began.
    pub(super) fn new() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let at_once = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds `at_once` false, and sets it for the second.
            let _ = flag::register_conditional_shutdown(signal, i32::from(STOPPED), at_once.clone());
            let _ = flag::register(signal, at_once.clone());
            let _ = flag::register(signal, stop.clone());
        }
        Self { stop, at_once }
    }

    /// What becomes true once the user wishes to stop.
    pub(super) fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// Nothing is left that would have to be ended in good order.
    pub(super) fn over(&self) {
        self.at_once.store(true, Ordering::SeqCst);
    }
}
