//! The site's own articles: what a citation of a figure says is one number, the same in both
//! languages.
//!
//! Owns the walk over `content/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::quantity::{Bound, Exact, read};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// What each citation of a text says, by its figure.
fn citations(text: &str, language: &str) -> BTreeMap<String, (Exact, Option<Bound>)> {
    let parts: Vec<&str> = text.split("](figure:").collect();
    let mut said = BTreeMap::new();
    for pair in parts.windows(2) {
        let cited = &pair[0][pair[0].rfind('[').unwrap() + 1..];
        let figure = pair[1].split(')').next().unwrap();
        let readings = read(cited, language);
        assert_eq!(readings.len(), 1, "{cited}: {readings:?}");
        said.insert(figure.to_owned(), (readings[0].value, readings[0].bound));
    }
    said
}

#[test]
fn citations_say_the_same_in_both_languages() {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &mut found);
    let mut count = 0;
    for english in found.iter().filter(|f| f.to_str().unwrap().ends_with(".en.md")) {
        let chinese = english.to_str().unwrap().replace(".en.md", ".zh.md");
        let said = citations(&fs::read_to_string(english).unwrap(), "en");
        let other = citations(&fs::read_to_string(chinese).unwrap(), "zh");
        for (figure, value) in said.iter().filter(|(figure, _)| other.contains_key(*figure)) {
            assert_eq!(Some(value), other.get(figure), "{}: {figure}", english.display());
            count += 1;
        }
    }
    assert!(count > 100, "{count} citations");
}
