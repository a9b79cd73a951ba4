//! The words for what can go wrong with an output folder.
//!
//! Owns messages and remedies only: nothing is decided and nothing touched here.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::base::OutputPath;
use crate::diag::{Diagnostic, Diagnostics, code};

/// How many files a report names; the rest are counted. A full disk fails every page alike.
const NAMED: usize = 10;

/// The first ten of many messages, by their order, and the number of the rest.
pub fn shortened(diagnostics: impl IntoIterator<Item = Diagnostic>) -> Diagnostics {
    let mut sorted: Diagnostics = diagnostics.into_iter().collect();
    sorted.sort();
    let all: Vec<_> = sorted.into_iter().collect();
    let rest = all.len().saturating_sub(NAMED);
    let code = all.get(NAMED).map(|d| d.code);
    let mut out: Diagnostics = all.into_iter().take(NAMED).collect();
    if let Some(code) = code {
        let files = if rest == 1 { "1 more file is".to_owned() } else { format!("{rest} more files are") };
        out.push(Diagnostic::new(code, format!("{files} affected in the same way")));
    }
    out
}

/// The system refused something.
pub(super) fn failed(path: &Path, error: &Error) -> Diagnostic {
    let help = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "free some space, or choose a folder on another disk with `--output`"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "make the folder writable for yourself, or choose another with `--output`"
        }
        ErrorKind::InvalidFilename => "give the page a shorter `slug`, or the output folder a shorter path",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "something that is not a folder stands in the way: move it, or choose another folder with `--output`"
        }
        _ => "choose another folder with `--output` if this one cannot be repaired",
    };
    Diagnostic::new(code::OUTPUT_FAILED, format!("`{}` cannot be written: {error}", path.display()))
        .help(help)
}

/// A whole folder that is not ours.
pub(super) fn foreign_folder(dir: &Path, names: &[String]) -> Diagnostic {
    const SHOWN: usize = 5;
    let mut list = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        list.push_str(&format!(" and {} more", names.len() - SHOWN));
    }
    Diagnostic::new(
        code::FOREIGN_OUTPUT,
        format!("the output folder `{}` holds files that Bashu did not write: {list}", dir.display()),
    )
    .help("choose another folder with `--output`, or empty this one")
}

/// One file of somebody else's where we need the place.
pub(super) fn foreign_file(dir: &Path, path: &str, found: &str) -> Diagnostic {
    let message = if found == path {
        format!("`{}` is in the way: Bashu did not write it", dir.join(path).display())
    } else {
        format!("`{}` is in the way of `{path}`: Bashu did not write it", dir.join(found).display())
    };
    Diagnostic::new(code::FOREIGN_OUTPUT, message).help(
        "move it away, or choose another folder with `--output`; a file for the site belongs in `static/`",
    )
}

/// A record that we cannot have written.
pub(super) fn bad_record(path: &Path) -> Diagnostic {
    Diagnostic::new(
        code::FOREIGN_OUTPUT,
        format!("`{}` was written by another version of Bashu, or damaged", path.display()),
    )
    .help("choose another folder with `--output`, or empty this one")
}

/// A folder that no site may be written to.
pub(super) fn bad_location(dir: &Path, why: &str) -> Diagnostic {
    Diagnostic::new(code::FOREIGN_OUTPUT, format!("the output folder `{}` {why}", dir.display()))
        .help("choose another folder with `--output`, such as `output` in the site's folder")
}

/// Another build is at work.
pub(super) fn busy(dir: &Path) -> Diagnostic {
    Diagnostic::new(
        code::OUTPUT_FAILED,
        format!("another run of Bashu is writing to the output folder `{}`", dir.display()),
    )
    .help("wait until it is done, or choose another folder with `--output`")
}

/// A path that no file may have. The plan finds these earlier, with the place in the text.
pub(super) fn bad_path(path: &str, why: &str) -> Diagnostic {
    Diagnostic::new(code::BAD_PATH, format!("`{path}` cannot be a file of the site: {why}"))
        .help("change the slug, alias or file name that it comes from")
}

/// A path that is a file to one page and a folder to another.
pub(super) fn file_and_folder(path: &str) -> Diagnostic {
    bad_path(path, "it is needed as a folder as well")
}

/// A mistake of the caller: the plan claims each path once, before the folder is opened.
pub(super) fn unannounced(path: &OutputPath) -> Diagnostic {
    Diagnostic::new(code::OUTPUT_FAILED, format!("`{path}` is written but was not planned"))
        .help("this is a fault in Bashu; please report it")
}

/// A mistake of the caller.
pub(super) fn twice(path: &OutputPath) -> Diagnostic {
    Diagnostic::new(code::OUTPUT_FAILED, format!("`{path}` is written twice"))
        .help("this is a fault in Bashu; please report it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_messages_become_ten_and_a_number() {
        let many = |n: usize| {
            shortened((0..n).map(|i| Diagnostic::new(code::OUTPUT_FAILED, format!("page {i:02}"))))
                .into_iter()
                .map(|d| d.message)
                .collect::<Vec<_>>()
        };
        assert_eq!(many(10).len(), 10);
        assert_eq!(many(11)[10], "1 more file is affected in the same way");
        assert_eq!(many(50)[10], "40 more files are affected in the same way");
    }
}
