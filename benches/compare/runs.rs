//! The runs of one row: their median, spread and memory.

use crate::process::Cost;

/// What each run cost.
#[derive(Default)]
pub(crate) struct Runs(pub(crate) Vec<Cost>);

impl Runs {
    pub(crate) fn median(&self) -> f64 {
        let sorted = self.sorted();
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => f64::NAN,
            n if n % 2 == 1 => sorted[middle],
            _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
        }
    }

    /// The fastest and the slowest run.
    pub(crate) fn spread(&self) -> (f64, f64) {
        let sorted = self.sorted();
        (sorted.first().copied().unwrap_or(f64::NAN), sorted.last().copied().unwrap_or(f64::NAN))
    }

    /// The most memory of any run, in bytes.
    pub(crate) fn memory(&self) -> u64 {
        self.0.iter().map(|cost| cost.memory).max().unwrap_or_default()
    }

    fn sorted(&self) -> Vec<f64> {
        let mut seconds: Vec<f64> = self.0.iter().map(|cost| cost.seconds).collect();
        seconds.sort_by(f64::total_cmp);
        seconds
    }
}
