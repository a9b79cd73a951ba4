//! The lists of what is ours, which stand in the output folder itself.
//!
//! Owns their names and their form: a version line, then one path a line, sorted. It never
//! decides what becomes of a file that is or is not listed.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::fault;
use crate::base::OutputPath;
use crate::diag::Diagnostic;

/// Every file of the site as it stands.
pub(super) const RECORD: &str = ".bashu-files";

/// The files that a build at work may have added, so that a build that was killed leaves nothing
/// behind that the next one does not know. It stands beside the record rather than in its place:
/// taking a build back is then removing a file.
pub(super) const JOURNAL: &str = ".bashu-journal";

/// Files that wait for their place, and those whose place they took. One folder, so that what a
/// killed build left is found without a walk over the whole site.
pub(super) const STAGING: &str = ".bashu-new";

/// What may stand in an output folder that we have not written to yet: it is how an empty folder
/// is kept in git.
const KNOWN: [&str; 3] = [".git", ".gitignore", ".gitkeep"];

const FIRST_LINE: &str = "bashu-files 1";

/// Whether a name in the output folder itself is one that the build knows and leaves.
pub(super) fn known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// Whether a name in the output folder itself is that of our own bookkeeping.
pub(super) fn bookkeeping(name: &str) -> bool {
    matches!(name, RECORD | JOURNAL | STAGING)
}

/// A list as it stands in its file.
pub(super) fn write<'a>(paths: impl IntoIterator<Item = &'a str>) -> String {
    let mut paths: Vec<&str> = paths.into_iter().collect();
    paths.sort_unstable();
    let mut text = String::with_capacity(paths.iter().map(|p| p.len() + 1).sum::<usize>() + 32);
    text.push_str(FIRST_LINE);
    text.push('\n');
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The paths of a list that [`read`] has let pass.
pub(super) fn paths(text: &str) -> impl Iterator<Item = &str> {
    text.lines().skip(1)
}

/// Whether a text is a list of this version and names only what a list of ours can: these paths
/// will be removed one day, so none may lead out of the folder. Those that are `known` have been
/// looked at.
fn is_ours(text: &str, known: impl Fn(&str) -> bool) -> bool {
    text.lines().next() == Some(FIRST_LINE)
        && text.ends_with('\n')
        && paths(text).all(|path| known(path) || fault_of(path).is_none())
}

/// The text of a list in the output folder, if it is there.
pub(super) fn read(
    dir: &Path,
    name: &str,
    known: impl Fn(&str) -> bool,
) -> Result<Option<String>, Diagnostic> {
    let path = dir.join(name);
    match fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_file() => {}
        Ok(_) => return Err(fault::bad_record(&path)),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault::failed(&path, &error)),
    }
    let bytes = fs::read(&path).map_err(|error| fault::failed(&path, &error))?;
    match String::from_utf8(bytes) {
        Ok(text) if is_ours(&text, known) => Ok(Some(text)),
        _ => Err(fault::bad_record(&path)),
    }
}

/// The files of the site that stands in an output folder.
pub fn files(dir: &Path) -> Result<Vec<OutputPath>, Diagnostic> {
    let text = read(dir, RECORD, |_| false)?.unwrap_or_default();
    Ok(paths(&text).map(OutputPath::new).collect())
}

/// Why a path cannot be a file of a site. Names that begin like those of our bookkeeping are that of
/// hosts, or will be one day.
pub(super) fn fault_of(path: &str) -> Option<String> {
    let top = path.split('/').next().unwrap_or(path);
    if top.starts_with(".bashu-") || top == ".git" {
        return Some(format!("`{top}` is reserved"));
    }
    OutputPath::fault_of(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_sorted_and_comes_back() {
        let text = write(["zh/合作/index.html", "404.html"]);
        assert_eq!(text, "bashu-files 1\n404.html\nzh/合作/index.html\n");
        assert!(is_ours(&text, |_| false));
        assert_eq!(paths(&text).collect::<Vec<_>>(), ["404.html", "zh/合作/index.html"]);
        assert_eq!(paths(&write([])).count(), 0);
    }

    #[test]
    fn a_list_that_could_do_harm_is_none() {
        for bad in [
            "",
            "bashu-files 2\na\n",
            "bashu-files 1\n../a\n",
            "bashu-files 1\n/etc/passwd\n",
            "bashu-files 1\n.git/config\n",
            "bashu-files 1\n.bashu-manifest.json\n",
            "bashu-files 1\nen/ind",
        ] {
            assert!(!is_ours(bad, |_| false), "{bad:?}");
        }
    }
}
