//! The options of `cargo bench --bench preview`.

use std::path::PathBuf;

use clap::Parser;

/// Measures how soon `bashu serve` shows a site and its edits in a real browser, and writes a table.
///
/// It needs Chromium and its driver (`chromedriver` in PATH).
#[derive(Parser)]
#[command(name = "cargo bench --bench preview --", bin_name = "cargo bench --bench preview --")]
pub(crate) struct Options {
    /// Initiatives of the corpus; there are twice as many articles
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(10..))]
    pub(crate) size: u32,
    /// Edits of an article in each series; of a style sheet and a template a quarter, for memory five times as many
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(4..))]
    pub(crate) edits: u32,
    /// Counted starts, with and without a cache
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) runs: u32,
    /// The Bashu to measure, instead of the one that cargo built for this
    #[arg(long, value_name = "PROGRAM", default_value = env!("CARGO_BIN_EXE_bashu"), hide_default_value = true)]
    pub(crate) bashu: PathBuf,
    /// Where preview.md is written
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/report"), hide_default_value = true)]
    pub(crate) report: PathBuf,
    /// Measure little with a small corpus, write nothing, and fail if the preview has become grossly slower
    #[arg(long, conflicts_with_all = ["size", "edits", "runs", "report"])]
    pub(crate) check: bool,
    /// Leave the site, to look at it
    #[arg(long)]
    pub(crate) keep: bool,
    /// What cargo passes to every benchmark
    #[arg(long, hide = true)]
    pub(crate) bench: bool,
}
