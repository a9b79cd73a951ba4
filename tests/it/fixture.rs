//! A site in one string, built in memory.
//!
//! ```text
//! == content/ants.en.md
//! ---
//! title: Ants
//! ---
//! Text.
//! ```
//!
//! A line `== PATH` begins a file. In brackets after the path stand the things that text cannot
//! hold: `(bom)` puts a byte order mark first, `(crlf)` ends lines as Windows does, `(hex)` takes
//! the text for hexadecimal bytes, `(repeat N)` repeats it, `(latin1)` encodes it as such,
//! `(picture 64x48)` puts a picture of that size first, in the format of the path's extension. What
//! stands before the first file is a comment. A site without `site.yaml` gets [`SITE`], unless it
//! is marked `(absent)`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bashu::base::PartialDate;
use bashu::build::{self, Made, Options};
use bashu::cache::Cache;
use bashu::check::{self, Selection};
use bashu::diag::{Diagnostics, Report, human};
use bashu::output::Memory;
use bashu::site::Clock;
use bashu::source::Source;

/// The `site.yaml` of sites that do not bring one.
pub(crate) const SITE: &str = "title: {en: Ants, zh: 蚂蚁}
base_url: https://ants.example/
languages:
  - {code: en, tag: en, name: English}
  - {code: zh, tag: zh-Hans, name: 中文}
";

/// What a build in memory ends with.
pub(crate) struct Built {
    /// The messages, as people read them.
    pub(crate) report: String,
    /// The messages.
    pub(crate) diagnostics: Diagnostics,
    /// The finished files; `None` after an error.
    pub(crate) files: Option<BTreeMap<String, Vec<u8>>>,
    /// What was counted.
    pub(crate) made: Option<Made>,
}

impl Built {
    /// A finished file's text.
    pub(crate) fn text(&self, path: &str) -> &str {
        let files = self.files.as_ref().unwrap_or_else(|| panic!("the site was not built:\n{}", self.report));
        let bytes = files.get(path).unwrap_or_else(|| panic!("{path} is not in {:?}", files.keys()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The part of a page inside `<main>`, without indentation.
    pub(crate) fn main(&self, path: &str) -> String {
        let text = self.text(path);
        let start = text.find("<main").unwrap();
        let end = text.find("</main>").unwrap();
        text[start..end].lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The paths of the finished files.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.files.as_ref().map_or(Vec::new(), |files| files.keys().map(String::as_str).collect())
    }
}

/// The files of a fixture.
pub(crate) fn files(fixture: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut current: Option<(String, Vec<String>, String)> = None;
    let mut finish = |file: Option<(String, Vec<String>, String)>| {
        if let Some((path, marks, text)) = file
            && marks != ["absent"]
        {
            let bytes = encoded(&path, &text, &marks);
            files.insert(path, bytes);
        }
    };
    for line in fixture.split_inclusive('\n') {
        if let Some(header) = line.strip_prefix("== ") {
            finish(current.take());
            let mut parts = header.trim().split(" (");
            let path = parts.next().unwrap().to_owned();
            current =
                Some((path, parts.map(|m| m.trim_end_matches(')').to_owned()).collect(), String::new()));
        } else if let Some((_, _, text)) = &mut current {
            text.push_str(line);
        }
    }
    finish(current);
    files
}

/// Writes the files of a fixture into a folder.
pub(crate) fn write(dir: &Path, fixture: &str) {
    for (path, bytes) in files(fixture) {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn encoded(path: &str, text: &str, marks: &[String]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for mark in marks {
        match mark.split_once(' ').unwrap_or((mark, "")) {
            ("bom", _) => bytes.splice(0..0, "\u{feff}".bytes()).for_each(drop),
            ("crlf", _) => bytes = String::from_utf8(bytes).unwrap().replace('\n', "\r\n").into_bytes(),
            ("latin1", _) => bytes = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
            ("repeat", times) => bytes = bytes.repeat(times.parse().unwrap()),
            ("hex", _) => {
                let digits: String = text.split_whitespace().collect();
                bytes = (0..digits.len())
                    .step_by(2)
                    .map(|i| u8::from_str_radix(&digits[i..i + 2], 16).unwrap())
                    .collect();
            }
            ("picture", size) => {
                let (width, height) = size.split_once('x').unwrap();
                let picture = picture(path, width.parse().unwrap(), height.parse().unwrap(), 0);
                bytes.splice(0..0, picture).for_each(drop);
            }
            _ => panic!("what is ({mark})?"),
        }
    }
    bytes
}

/// A picture of soft colours, in the format of a path's extension; with another tint it is another.
pub(crate) fn picture(path: &str, width: u32, height: u32, tint: u8) -> Vec<u8> {
    let shade = |of: u32, all: u32| u8::try_from(of * 255 / all).unwrap();
    let pixels =
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([shade(x, width), shade(y, height), tint]));
    let mut bytes = Vec::new();
    let format = image::ImageFormat::from_path(path).unwrap();
    pixels.write_to(&mut std::io::Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// The clock of tests: the last day of 2023.
pub(crate) fn clock() -> Clock {
    Clock { today: PartialDate::parse("2023-12-31").unwrap(), drafts: false, any_day: false }
}

/// Builds a fixture in memory.
pub(crate) fn build(fixture: &str) -> Built {
    build_at(fixture, clock())
}

/// Compares the versions of a fixture's articles, which is a site without other faults.
pub(crate) fn check_parity(fixture: &str) -> Built {
    let mut files = files(fixture);
    files.entry("site.yaml".to_owned()).or_insert_with(|| SITE.as_bytes().to_vec());
    let source = Source::memory(files);
    let (site, faults) = build::site(&source, clock()).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    let diagnostics = check::parity(&source, &site, &Selection::default()).diagnostics;
    let text = |path: &_| build::text_for_report(&source, path);
    let report = human(&Report { diagnostics: &diagnostics, text: &text }, false);
    let files = (!diagnostics.has_errors()).then(BTreeMap::new);
    Built { report, diagnostics, files, made: None }
}

/// Builds a fixture in memory on a certain day.
pub(crate) fn build_at(fixture: &str, clock: Clock) -> Built {
    let mut files = files(fixture);
    if !fixture.contains("== site.yaml (absent)") && !files.contains_key("site.yaml") {
        files.insert("site.yaml".to_owned(), SITE.as_bytes().to_vec());
    }
    build_files(files, clock)
}

/// Builds files in memory.
pub(crate) fn build_files(files: BTreeMap<String, Vec<u8>>, clock: Clock) -> Built {
    let source = Source::memory(files);
    let memory = Memory::new();
    let outcome = build::build(&source, &mut Cache::memory(), &Options::new(clock), |_| Ok(&memory));
    let text = |path: &_| build::text_for_report(&source, path);
    let report = human(&Report { diagnostics: &outcome.diagnostics, text: &text }, false);
    let files = outcome.made.is_some().then(|| memory.into_files());
    Built { report, diagnostics: outcome.diagnostics, files, made: outcome.made }
}
