//! The order of the house, held by a test: who may use whom, who reads, writes and prints, how
//! large a file may be, and that every room says what it owns.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of the pipeline: each may use those above it. Rooms on one line do not
/// know each other.
const ORDER: &[&[&str]] = &[
    &["base"],
    &["diag"],
    &["locale", "yaml", "source"],
    &["quantity"],
    &["config"],
    &["article"],
    &["image"],
    &["cache"],
    &["site"],
    &["plan"],
    &["theme"],
    &["render"],
    &["output"],
    &["build"],
    &["check", "translations"],
    &["publish", "serve"],
    &["cli"],
];

/// What `output` may use, though it stands low: it must not know what a file means.
const OUTPUT_USES: &[&str] = &["base", "diag", "source"];

/// Words that stand for a privilege, and the places that have it.
const PRIVILEGES: &[(&[&str], &[&str])] = &[
    (&["pulldown_cmark"], &["article"]),
    (&["ammonia"], &["article"]),
    (&["syntect", "two_face", "math_core"], &["article"]),
    (
        &["use image::", "imagesize", "fast_image_resize", "moxcms", "webp::", "resvg", "ttf_parser"],
        &["image"],
    ),
    (&["lightningcss"], &["theme"]),
    (&["serde_yaml"], &["yaml"]),
    (&["icu::", "fluent_bundle", "fixed_decimal"], &["locale"]),
    (&["tera::", "use tera"], &["theme", "render"]),
    (&["quick_xml"], &["image/svg", "render", "publish/hosts/webdav"]),
    (&["rayon"], &["site", "plan", "build", "publish"]),
    (&["annotate_snippets"], &["diag"]),
    (&["walkdir"], &["output"]),
    (&["postcard"], &["cache"]),
    (&["blake3", "sha2", "xxhash_rust"], &["base"]),
    (
        &["std::fs", "File::"],
        &[
            "source",
            "cache",
            "output",
            "publish",
            "cli/init.rs",
            "cli/init",
            "cli/new.rs",
            "translations/files.rs",
        ],
    ),
    (
        &["println!", "eprintln!", "print!", "stdout()", "stderr()", "clap::", "indicatif", "anstream"],
        &["cli"],
    ),
    (
        &["process::Command", "process::{Child"],
        &["translations/history.rs", "serve/editor.rs", "publish/program.rs"],
    ),
    (&["axum", "notify::", "http_range_header"], &["serve"]),
    (&["tokio"], &["serve", "publish"]),
    // `brotli` alone is also what site.yaml calls it.
    (&["opendal", "reqwest", "md5::", "brotli::"], &["publish"]),
    (&["flate2::"], &["image", "publish"]),
    (&["mime_guess"], &["plan"]),
    (&["signal_hook"], &["cli"]),
    (&["if_addrs", "gethostname"], &["serve/listen.rs"]),
    (&["opener::"], &["cli/serve.rs"]),
    (&["similar::"], &["translations"]),
    (&["jiff", "SystemTime::now"], &["cli"]),
    (&["Instant::now"], &["cli", "serve"]),
];

struct Source {
    /// The path below `src/`.
    path: String,
    /// The room: the first part of it.
    room: String,
    text: String,
}

impl Source {
    /// The text without comments and what stands behind `#[cfg(test)]`.
    fn code(&self) -> String {
        let shipped = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        shipped.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }

    fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("/hostile.rs")
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let read = |file: PathBuf| {
        let path = file.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let room = path.split(['/', '.']).next().unwrap().to_owned();
        Source { room, text: fs::read_to_string(&file).unwrap(), path }
    };
    files(&src, "rs").into_iter().map(read).collect()
}

/// The rooms that a text names as `crate::room`, also in braces.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').map(str::trim).collect::<Vec<_>>(),
            None => vec![rest],
        };
        for name in names {
            let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
            used.insert(name[..end].to_owned());
        }
    }
    used
}

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn rooms_use_those_above_them_and_no_others() {
    let floor = |room: &str| ORDER.iter().position(|rooms| rooms.contains(&room));
    let mut faults = Vec::new();
    for source in sources() {
        let Some(own) = floor(&source.room) else { continue };
        for other in used(&source.code()) {
            let Some(theirs) = floor(&other) else {
                faults.push(format!("{} uses `crate::{other}`, which is no room", source.path));
                continue;
            };
            let foreign = source.room == "output" && !OUTPUT_USES.contains(&other.as_str());
            if other != source.room && (theirs >= own || foreign) {
                faults.push(format!("{} uses `{other}`, which is not above `{}`", source.path, source.room));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn every_room_stands_in_the_order() {
    let known: BTreeSet<&str> = ORDER.iter().flat_map(|rooms| rooms.iter().copied()).collect();
    let found: BTreeSet<String> = sources().into_iter().map(|s| s.room).collect();
    let found: BTreeSet<&str> =
        found.iter().map(String::as_str).filter(|r| !matches!(*r, "lib" | "main")).collect();
    assert_eq!(found, known);
}

#[test]
fn privileges_are_kept() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        let code = source.code();
        for (words, holders) in PRIVILEGES {
            let holds =
                holders.iter().any(|h| source.path == *h || source.path.starts_with(&format!("{h}/")));
            if let Some(word) = words.iter().find(|word| code.contains(**word))
                && !holds
            {
                faults.push(format!("{} has `{word}`, which is for {}", source.path, holders.join(", ")));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn files_have_one_subject_and_say_which() {
    let mut faults = Vec::new();
    for folder in ["src", "tests"] {
        for file in files(&root().join(folder), "rs") {
            let text = fs::read_to_string(&file).unwrap();
            let name = file.strip_prefix(root()).unwrap().display();
            let lines = text.lines().count();
            if lines > 400 {
                faults.push(format!("{name} has {lines} lines: two subjects"));
            }
            if !text.starts_with("//! ") {
                faults.push(format!("{name} does not say what it owns"));
            }
            let stem = file.file_stem().unwrap().to_str().unwrap();
            if ["utils", "util", "helpers", "helper", "common", "manager", "misc"].contains(&stem) {
                faults.push(format!("{name} says nothing by its name"));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn what_may_panic_says_why_it_does_not() {
    let words = [".unwrap()", ".expect(", "panic!(", "unreachable!("];
    let never =
        ["todo!", "unimplemented!", "dbg!", concat!("FIX", "ME"), concat!("TO", "DO"), concat!("XX", "X")];
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        let shipped = source.text.split("#[cfg(test)]").next().unwrap();
        let lines: Vec<&str> = shipped.lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let comment = line.trim_start().starts_with("//");
            let explained = line.contains(" // ") || i > 0 && lines[i - 1].trim_start().starts_with("//");
            if never.iter().any(|word| line.contains(word)) {
                faults.push(format!("{}:{}: is unfinished: {}", source.path, i + 1, line.trim()));
            }
            if !comment && !explained && words.iter().any(|word| line.contains(word)) {
                faults.push(format!("{}:{}: {}", source.path, i + 1, line.trim()));
            }
        }
    }
    assert_none(faults);
}

#[test]
fn nothing_names_a_place_outside_the_repository() {
    // In two parts, so that this file does not name them either.
    let words = [concat!("/wo", "rk/"), concat!("../sha", "red")];
    let mut faults = Vec::new();
    let mut found: Vec<PathBuf> = fs::read_dir(root()).unwrap().map(|e| e.unwrap().path()).collect();
    while let Some(path) = found.pop() {
        let name = path.file_name().unwrap();
        // Not the repository's: git's own files, what is built, and what a clone has beside it.
        let foreign = [".git", "target", "output", "node_modules", ".venv"].iter().any(|f| name == *f);
        if path.is_dir() && !foreign {
            found.extend(fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
        } else if path.is_file() && !foreign {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            if let Some(word) = words.iter().find(|word| text.contains(**word)) {
                faults.push(format!("{} names {word}", path.display()));
            }
        }
    }
    assert_none(faults);
}
