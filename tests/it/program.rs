//! The program itself, run as its users run it.

use std::path::Path;
use std::process::Command;

/// What a run of the program ends with.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `bashu` in a folder.
pub(crate) fn bashu(dir: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_bashu"))
        .current_dir(dir)
        .args(["--color", "never"])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}
