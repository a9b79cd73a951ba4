//! Parity on texts with planted faults: how many are found, and how much is reported for nothing.
//!
//! `cargo test --test it parity -- --nocapture` prints the tables. The pairs are this site's own
//! articles and hand-written ones about invented places, of which the second half (`held-out`) was
//! not looked at while the rules were made.

mod plant;
mod score;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bashu::build::{self, Options};
use bashu::check::{self, Selection};
use bashu::diag::{Diagnostics, Report, human};
use bashu::source::Source;

use crate::fixture::{self, SITE, clock};
use score::Score;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What `check parity` says of a site; what is wrong with the site itself must not be.
pub(crate) fn check(files: Files) -> (Diagnostics, usize) {
    let source = Source::memory(files);
    let (site, _) = build::read(&source, &Options::new(clock()));
    let outcome = check::parity(&source, &site.unwrap(), &Selection::default());
    (outcome.diagnostics, outcome.pairs)
}

fn report(files: &Files, diagnostics: &Diagnostics) -> String {
    let source = Source::memory(files.clone());
    human(&Report { diagnostics, text: &|path: &_| build::text_for_report(&source, path) }, false)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// This site's own articles.
fn own() -> Files {
    let mut files = Files::new();
    let mut folders = vec![root().join("content")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files.insert("site.yaml".to_owned(), fs::read(root().join("site.yaml")).unwrap());
    files
}

/// Hand-written pairs.
fn written(name: &str) -> Files {
    let text = fs::read_to_string(root().join("tests/parity").join(name)).unwrap();
    let mut files = fixture::files(&text);
    files.insert("site.yaml".to_owned(), SITE.as_bytes().to_vec());
    files
}

#[test]
fn this_site_says_the_same_in_both_languages() {
    let files = own();
    let (diagnostics, pairs) = check(files.clone());
    assert!(pairs >= 30, "{pairs} pairs");
    assert!(diagnostics.is_empty(), "{}", report(&files, &diagnostics));
}

/// At least 200 pairs in all, 95 faults of a hundred found, and nine reports of ten for something.
#[test]
fn planted_faults_are_found_and_little_else() {
    let sets = [
        ("this site", own(), 6),
        ("hand-written, developed on", written("develop.site"), 12),
        ("hand-written, held out", written("held-out.site"), 12),
    ];
    let (mut all, mut short) = (Score::default(), Vec::new());
    for (name, files, rounds) in sets {
        let score = Score::of(&files, rounds);
        println!("\n{name}\n{score}");
        for (what, value, least) in [("recall", score.recall(), 0.95), ("precision", score.precision(), 0.90)]
        {
            if value < least {
                short.push(format!("{name}: {what} {value:.3}"));
            }
        }
        all.add(score);
    }
    println!("\nall\n{all}");
    assert!(all.pairs() >= 200);
    assert!(short.is_empty(), "{}", short.join(", "));
}
