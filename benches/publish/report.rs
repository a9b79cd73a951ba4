//! The report: what was measured, how it stands to each other, and the bounds.

use std::fmt::Write;

use crate::bound::Bound;
use crate::machine;
use crate::measured::{Measured, What};
use crate::servers::{Kind, PARALLEL};
use crate::units::{megabytes, seconds, times, whole};

/// The whole report.
pub(crate) fn report(measured: &Measured, bounds: &[Bound]) -> String {
    let output = measured.output.map_or_else(String::new, |amount| {
        format!(": {} files, {}", whole(amount.files), megabytes(amount.bytes as f64 / 1e6))
    });
    let mut text = format!(
        "# Publishing\n\n{}; {}.\n\n{}. {} × 2 articles{output}. Medians of {} runs in turn. MB are millions of bytes.\n\n",
        machine::name(),
        machine::files(),
        measured.programs.join(", "),
        whole(measured.initiatives),
        measured.runs,
    );
    text.push_str("Servers and programs share this machine. Bashu's times hold the look whether the site has to be built; the others find it built. Everybody sends equally many files at a time and deletes what is gone. `s3s-fs` leaves one request of each first `aws s3 sync` without an answer, which costs that 5 s.\n");
    for note in &measured.notes {
        _ = write!(text, "\n{note}.\n");
    }
    for kind in Kind::ALL {
        if !measured.rows.iter().any(|row| row.kind == kind) {
            continue;
        }
        _ = write!(text, "\n## {}, {} files at a time\n\n", kind.label(), PARALLEL);
        text.push_str(
            "| | | median | fastest to slowest | to Bashu | peak memory |\n|---|---|---:|---:|---:|---:|\n",
        );
        for what in What::ALL {
            for row in measured.rows.iter().filter(|row| row.kind == kind && row.what == what) {
                let (fastest, slowest) = row.runs.spread();
                let to_bashu = measured.ratio(kind, what, row.tool).map_or(f64::NAN, |ratio| 1.0 / ratio);
                _ = writeln!(
                    text,
                    "| {} | {} | {} | {} to {} | {} | {} |",
                    what.label(),
                    row.tool.label(),
                    seconds(row.runs.median()),
                    seconds(fastest),
                    seconds(slowest),
                    times(to_bashu),
                    megabytes(row.runs.memory() as f64 / 1e6),
                );
            }
        }
    }
    text.push_str("\n## Bounds\n\n| | measured | |\n|---|---:|---|\n");
    for bound in bounds {
        let met = if bound.met { "met" } else { "**not met**" };
        _ = writeln!(text, "| {} | {} | {met} |", bound.text, bound.measured);
    }
    text.push_str("\nMade by `cargo bench --bench publish`; `-- --help` says how. Times of different machines cannot be compared.\n");
    text
}
