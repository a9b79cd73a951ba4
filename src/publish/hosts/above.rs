//! The folders above files, for hosts that have folders.
//!
//! Owns their order: the deepest first, so that one is empty when its turn comes.

use std::collections::{BTreeMap, BTreeSet};

/// The folder that a path stands in.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// All folders above some files, by their depth.
pub(super) fn above(paths: &[Box<str>]) -> Vec<Vec<&str>> {
    let mut levels: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for path in paths {
        let mut folder = parent(path);
        while !folder.is_empty() {
            levels.entry(folder.matches('/').count()).or_default().insert(folder);
            folder = parent(folder);
        }
    }
    levels.into_values().rev().map(|level| level.into_iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_after_those_in_them() {
        let paths = ["a/b/c/1", "a/b/2", "a/d/3", "4"].map(Into::into);
        assert_eq!(above(&paths), [vec!["a/b/c"], vec!["a/b", "a/d"], vec!["a"]]);
    }
}
