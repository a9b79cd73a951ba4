//! The options of `cargo bench --bench publish`.

use std::path::PathBuf;

use clap::Parser;

/// Measures publishing the same site with Bashu and with others, in turn, and writes a table.
///
/// It needs `s3s-fs` for S3 and `sshd` for SFTP, and compares with `aws` and `rclone`; what is not
/// there is left out, and the report says so.
#[derive(Parser)]
#[command(name = "cargo bench --bench publish --", bin_name = "cargo bench --bench publish --")]
pub(crate) struct Options {
    /// Initiatives of the corpus; there are twice as many articles
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(10..))]
    pub(crate) size: u32,
    /// Counted runs of each
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) runs: u32,
    /// The Bashu to measure, instead of the one that cargo built for this
    #[arg(long, value_name = "PROGRAM", default_value = env!("CARGO_BIN_EXE_bashu"), hide_default_value = true)]
    pub(crate) bashu: PathBuf,
    /// Where publish.md is written
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/report"), hide_default_value = true)]
    pub(crate) report: PathBuf,
    /// Measure a small corpus once, write nothing, and fail if publishing has become grossly slower
    #[arg(long, conflicts_with_all = ["size", "runs", "report"])]
    pub(crate) check: bool,
    /// Leave the site and what was published, to look at it
    #[arg(long)]
    pub(crate) keep: bool,
    /// What cargo passes to every benchmark
    #[arg(long, hide = true)]
    pub(crate) bench: bool,
}
