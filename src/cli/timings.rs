//! How long each stage of a build took.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::console::Console;

/// The stages so far, each with its beginning.
pub(super) struct Timings(Mutex<Vec<(&'static str, Instant)>>);

impl Timings {
    /// Begins with what the program does before the first stage.
    pub(super) fn new(start: Instant) -> Self {
        Self(Mutex::new(vec![("start", start)]))
    }

    /// A stage begins, and with it the one before ends.
    pub(super) fn begin(&self, stage: &'static str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((stage, Instant::now()));
    }

    /// A line a stage: milliseconds and share.
    pub(super) fn tell(&self, console: &Console) {
        let stages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let end = Instant::now();
        let ends = stages.iter().skip(1).map(|(_, begin)| *begin).chain([end]);
        let all = stages.first().map_or(Duration::ZERO, |(_, start)| end - *start);
        for ((stage, begin), end) in stages.iter().zip(ends) {
            let took = end - *begin;
            let share = 100.0 * took.as_secs_f64() / all.as_secs_f64().max(1e-9);
            let milliseconds = took.as_secs_f64() * 1000.0;
            let data = serde_json::json!({ "stage": stage, "milliseconds": milliseconds });
            console.done(&format!("{milliseconds:>9.1} ms  {share:>3.0} %  {stage}"), &data);
        }
    }
}
