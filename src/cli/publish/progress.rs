//! How far a publish is: a bar on a terminal, elsewhere a line for each phase.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::super::console::Console;
use super::interrupt::Interrupt;
use super::plan::counted;
use crate::publish::{Heard, Plan, Release, bytes};

/// What is said while files are sent.
pub(super) struct Progress<'p> {
    console: &'p Console,
    bar: Option<ProgressBar>,
    start: Instant,
    /// All bytes that are to be sent.
    bytes: u64,
    files: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    phase: &'static str,
    bytes: u64,
    files: usize,
}

impl<'p> Progress<'p> {
    /// How often is looked whether the user wishes to stop.
    const LOOK: Duration = Duration::from_millis(100);

    pub(super) fn new(console: &'p Console, plan: &Plan, release: &Release) -> Self {
        let items = plan.send.iter().filter_map(|&position| release.items.get(position));
        let bytes = items.map(|item| item.size).sum();
        let files = plan.send.len() + plan.deleted.len() + plan.expired.len();
        let bar = console.has_bars().then(|| {
            let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{prefix} {wide_bar} {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self { console, bar, start: Instant::now(), bytes, files, state: Mutex::default() }
    }

    /// Takes what the run tells, from any thread.
    pub(super) fn hear(&self, heard: Heard) {
        // Nothing can panic while the lock is held.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match heard {
            Heard::Phase(name, files, size) => {
                state.phase = name;
                if self.bar.is_none() && files > 0 {
                    let size = if size > 0 { format!(", {}", bytes(size)) } else { String::new() };
                    self.console.progressed(&format!("{name}: {}{size}", counted(files, "file", "files")));
                }
            }
            Heard::File(size) => {
                state.files += 1;
                state.bytes += size;
            }
            Heard::Again => {
                self.aside(|| self.console.detail("something failed at the host, and is tried again"))
            }
            Heard::Waiting => {
                self.aside(|| {
                    self.console.note(
                        "another run published here and did not end; looking whether it is still at work",
                    )
                });
            }
        }
        if let Some(bar) = &self.bar {
            bar.set_position(state.files as u64);
            bar.set_prefix(state.phase);
            bar.set_message(self.line(&state, self.start.elapsed()));
        }
    }

    /// Files, bytes, rate and the time that is left.
    fn line(&self, state: &State, took: Duration) -> String {
        let files = format!("{}/{} files", HumanCount(state.files as u64), HumanCount(self.files as u64));
        let seconds = took.as_secs_f64();
        // What the first second says of the rate is not worth showing.
        if seconds < 1.0 || state.bytes == 0 {
            return format!("{files}, {} of {}", bytes(state.bytes), bytes(self.bytes));
        }
        let rate = state.bytes as f64 / seconds;
        let left = self.bytes.saturating_sub(state.bytes) as f64 / rate;
        let left = if left >= 90.0 { format!("{:.0} min", left / 60.0) } else { format!("{left:.0} s") };
        format!(
            "{files}, {} of {}, {}/s, {left} left",
            bytes(state.bytes),
            bytes(self.bytes),
            bytes(rate as u64)
        )
    }

    /// Says once that the wish to stop was heard; returns when the run has ended.
    pub(super) fn watch(&self, interrupt: &Interrupt, ended: Receiver<()>) {
        let mut told = false;
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(Self::LOOK) {
            if interrupt.stop().load(Ordering::Relaxed) && !told {
                told = true;
                let say = || {
                    self.console
                        .note("stopping, once the files under way are there; Ctrl-C again ends at once")
                };
                self.bar.as_ref().map_or_else(say, |bar| bar.suspend(say));
            }
        }
    }

    /// Says something beside the bar.
    fn aside(&self, say: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// Whether no file was sent or deleted yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).files == 0
    }

    /// Takes the bar away, so that what follows stands on a clean line.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
