//! What a site asks for before anything is published (`require`).
//!
//! Owns what is known of it here: whether the site's files are committed. What other rooms know,
//! callers ask them, and report in the same form.

use std::path::Path;

use super::amount::first;
use super::program::Program;
use super::trouble::fault;
use crate::config::{self, Host};
use crate::diag::{Diagnostic, code};
use crate::source::FOLDERS;

/// Something that a host's `require` asks for, and that does not hold.
pub fn unmet(host: &Host, what: &str, message: &str, help: &str) -> Diagnostic {
    let message = format!("`{}` requires `{what}`, and {message}", host.name.value);
    fault(host, code::REQUIREMENT, message, help)
}

/// Whether all of the site's own files are committed to git; else what is in the way.
pub fn committed(site: &Path, host: &Host) -> Result<(), Diagnostic> {
    let unmet = |message: &str, help: &str| Err(unmet(host, "committed", message, help));
    let install =
        "install git, put the site into a repository with `git init`, or take `committed` out of `require`";
    let status = Program::new("git")
        .in_folder(site)
        .args([
            "status",
            "--porcelain",
            "-z",
            "--untracked-files=all",
            "--no-renames",
            "--",
            config::FILE_NAME,
        ])
        .args(FOLDERS)
        .run(b"");
    let ended = match status {
        Ok(ended) => ended,
        Err(_) => return unmet("git cannot be run", install),
    };
    if ended.status != 0 {
        return unmet("git knows nothing of this folder", install);
    }
    // Two letters and a space stand before each path.
    let said = String::from_utf8_lossy(&ended.out);
    let paths: Vec<&str> = said.split('\0').filter_map(|line| line.get(3..)).collect();
    if paths.is_empty() {
        return Ok(());
    }
    let count = if paths.len() == 1 { "1 file is".to_owned() } else { format!("{} files are", paths.len()) };
    let message = format!("{count} not committed: {}", first(paths.iter().copied()));
    unmet(&message, "commit them, or put them away with `git stash -u`; `git status` shows them")
}
