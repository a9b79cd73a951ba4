//! The guide in docs/guide shows what there is: it builds without a message, and every component
//! for writers and every setting of the built-in themes is in it, in English and in Chinese.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use bashu::build::{self, Options};
use bashu::cache::Cache;
use bashu::diag::{Report, human};
use bashu::output::Memory;
use bashu::source::Source;

use crate::fixture::clock;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder whose names end so, sorted.
fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(end) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn text(files: &[PathBuf]) -> String {
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// All that the guide says in a language.
fn guide(lang: &str) -> String {
    text(&files("docs/guide/content", &format!(".{lang}.md")))
}

#[test]
fn it_builds_without_a_message() {
    let source = Source::disk(root().join("docs/guide"));
    let memory = Memory::new();
    let options = Options::new(clock());
    let outcome = build::build(&source, &mut Cache::memory(), &options, |_| Ok(&memory));
    let text = |path: &_| build::text_for_report(&source, path);
    assert_eq!(human(&Report { diagnostics: &outcome.diagnostics, text: &text }, false), "");
    let files: BTreeMap<String, Vec<u8>> = memory.into_files();
    // It has every kind of page, and a language that is written from right to left.
    for page in [
        "",
        "text/",
        "text/math/",
        "topics/",
        "topics/words/",
        "about/",
        "a-z/",
        "by-date/",
        "figures/",
        "404.html",
    ] {
        for lang in ["en", "zh"] {
            let path = format!("{lang}/{page}");
            let path = if path.ends_with('/') { path + "index.html" } else { path };
            assert!(files.contains_key(&path), "{path} is missing");
        }
    }
    assert!(String::from_utf8_lossy(&files["ar/overview/index.html"]).contains("dir=\"rtl\""));
    // Readers learn of no place, and get no data within a page.
    for (path, bytes) in &files {
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(b"river-script"), "{path} has the metadata of gorge.jpg");
        let page = path.ends_with(".html");
        assert!(!(page && (holds(b" style=\"") || holds(b"\"data:") || holds(b"<style"))), "{path}");
    }
}

#[test]
fn every_component_for_writers_is_shown() {
    let templates = text(&files("themes", ".html"));
    let names = templates.split("{% component ").skip(1).filter_map(|rest| rest.split_once('('));
    let names: Vec<String> =
        names.map(|(name, _)| name.replace('_', "-")).filter(|name| !name.contains('.')).collect();
    assert!(names.len() >= 10, "components are no longer found: {names:?}");
    for lang in ["en", "zh"] {
        let guide = guide(lang);
        for name in &names {
            // Once as it is written, and once in use, or more.
            let uses = guide.matches(&format!("\n```{{{name}}}\n")).count();
            assert!(uses >= 2, "the guide does not show `{name}` with its source in {lang}");
        }
    }
}

#[test]
fn every_setting_of_the_built_in_themes_is_described() {
    for theme in ["plain", "jialing"] {
        let manifest = fs::read_to_string(root().join(format!("themes/{theme}/theme.yaml"))).unwrap();
        let (_, settings) = manifest.split_once("\nsettings:\n").unwrap();
        let names = settings.lines().filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
        let names: Vec<&str> = names.filter(|name| !name.starts_with(' ')).collect();
        assert!(!names.is_empty(), "{theme} has settings");
        for lang in ["en", "zh"] {
            let page = format!("docs/guide/content/themes/{theme}.{lang}.md");
            let page = fs::read_to_string(root().join(page)).unwrap();
            for name in &names {
                let row = page.lines().any(|line| line.starts_with(&format!("| `{name}` |")));
                assert!(row, "the guide has no row for `{name}` of {theme} in {lang}");
            }
        }
    }
}
