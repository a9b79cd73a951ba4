//! Fonts of the system: the only files outside the site that a build may read.
//!
//! Owns the folders in which systems keep them. Which ones are wanted is its callers' to say.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Place, Source, Stamp};

/// Folders of fonts in folders, at most: `truetype/noto/`, and a few more.
const DEPTH: usize = 5;

/// A font's file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SystemFont {
    /// Its name without what follows the last full stop.
    pub stem: String,
    /// Where it is.
    pub path: PathBuf,
    /// What it was when it was found.
    pub stamp: Stamp,
}

impl Source {
    /// The fonts of the system whose files have a name that is wanted, the user's own first. For a
    /// site in memory there are none: it depends on nothing but what it holds.
    pub fn system_fonts(&self, wanted: impl Fn(&str) -> bool) -> Vec<SystemFont> {
        let mut found = Vec::new();
        if let Place::Disk(_) = self.0 {
            for folder in folders() {
                collect(&folder, DEPTH, &wanted, &mut found);
            }
        }
        found
    }

    /// A font's bytes; `None` if it cannot be read.
    pub fn system_font(&self, font: &SystemFont) -> Option<Vec<u8>> {
        fs::read(&font.path).ok()
    }
}

fn collect(folder: &Path, depth: usize, wanted: &impl Fn(&str) -> bool, found: &mut Vec<SystemFont>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort_unstable();
    for path in paths {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let is_font = ["otc", "otf", "ttc", "ttf"].iter().any(|known| extension.eq_ignore_ascii_case(known));
        let stem = path.file_stem().and_then(|stem| stem.to_str()).filter(|stem| is_font && wanted(stem));
        if let Some(stem) = stem.map(str::to_owned) {
            // Links are followed: some systems have nothing else in these folders.
            if let Ok(meta) = fs::metadata(&path).map(|meta| Stamp::of(&meta)) {
                found.push(SystemFont { stem, path, stamp: meta });
            }
        } else if extension.is_empty() && depth > 0 && path.is_dir() {
            collect(&path, depth - 1, wanted, found);
        }
    }
}

/// Where fonts are kept, the user's own first.
fn folders() -> Vec<PathBuf> {
    let home = |below: &str| std::env::home_dir().map(|home| home.join(below));
    let named = |variable: &str, below: &str| Some(PathBuf::from(std::env::var_os(variable)?).join(below));
    let folders = if cfg!(target_os = "macos") {
        vec![home("Library/Fonts"), Some("/Library/Fonts".into()), Some("/System/Library/Fonts".into())]
    } else if cfg!(windows) {
        vec![named("LOCALAPPDATA", "Microsoft\\Windows\\Fonts"), named("WINDIR", "Fonts")]
    } else {
        vec![
            named("XDG_DATA_HOME", "fonts").or_else(|| home(".local/share/fonts")),
            home(".fonts"),
            Some("/usr/local/share/fonts".into()),
            Some("/usr/share/fonts".into()),
        ]
    };
    folders.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_found_by_their_names_alone() {
        let dir = tempfile::tempdir().unwrap();
        for path in
            ["b/One-Bold.TTF", "a/One.otf", "One.txt", "Two.otf", "c/d/e/f/g/h/One.ttc", "c/d/One.ttc"]
        {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "no font").unwrap();
        }
        let mut found = Vec::new();
        collect(dir.path(), 5, &|stem: &str| stem.starts_with("One"), &mut found);
        let found: Vec<&str> =
            found.iter().map(|font| font.path.strip_prefix(dir.path()).unwrap().to_str().unwrap()).collect();
        assert_eq!(found, ["a/One.otf", "b/One-Bold.TTF", "c/d/One.ttc"]);
        let mut none = Vec::new();
        collect(&dir.path().join("nowhere"), 5, &|_: &str| true, &mut none);
        assert!(none.is_empty());
    }
}
