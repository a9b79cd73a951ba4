//! The options of `cargo bench --bench compare`.

use std::path::PathBuf;

use clap::Parser;

/// Measures builds of the same corpus with Bashu and with Hugo, in turn, and writes a table and a chart.
///
/// Everything is made, built and measured in one run: nothing of an earlier one counts.
#[derive(Parser)]
#[command(name = "cargo bench --bench compare --", bin_name = "cargo bench --bench compare --")]
pub(crate) struct Options {
    /// Initiatives of each corpus; there are twice as many articles. The full run is 1000,10000,100000
    #[arg(long, value_name = "N,N", value_delimiter = ',', default_value = "1000,10000")]
    pub(crate) sizes: Vec<usize>,
    /// Counted runs of each build; one more warms up
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) runs: u32,
    /// The Bashu to measure, instead of the one that cargo built for this
    #[arg(long, value_name = "PROGRAM", default_value = env!("CARGO_BIN_EXE_bashu"), hide_default_value = true)]
    pub(crate) bashu: PathBuf,
    /// The Hugo to compare with (0.146 or later), or `none`
    #[arg(long, value_name = "PROGRAM", default_value = "hugo")]
    pub(crate) hugo: String,
    /// Where benchmark.md and benchmark.svg are written
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/report"), hide_default_value = true)]
    pub(crate) report: PathBuf,
    /// Measure Bashu at the smallest size against `cp -r` alone, write nothing, and fail if it has become grossly slower
    #[arg(long, conflicts_with_all = ["sizes", "report"])]
    pub(crate) check: bool,
    /// Leave sources and output, to look at them
    #[arg(long)]
    pub(crate) keep: bool,
    /// What cargo passes to every benchmark
    #[arg(long, hide = true)]
    pub(crate) bench: bool,
}
