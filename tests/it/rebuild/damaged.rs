//! A cache that is damaged, foreign, lost, copied or locked: the build takes longer, says so, and
//! makes the same site.

use std::fs;
use std::path::{Path, PathBuf};

use bashu::base::Digest;
use bashu::build::{self, Made, Options, Outcome};
use bashu::cache::Cache;
use bashu::output::{self, Folder, Memory};
use bashu::source::Source;
use tempfile::TempDir;

use super::reach::Files;
use super::workshop::{differing, tree};
use crate::dice::Dice;
use crate::fixture::{self, SITE, clock};

const CONTENT: &str = r#"== content/a/_index.en.md
---
title: All
---
== content/a/ants.en.md
---
title: Ants
date: 2023-05
---
Six legs, and [bees](bees.en.md).

> [!NOTE]
> A note.
== content/a/ants.zh.md
---
title: 蚂蚁
translated_from: en
---
六条腿。
== content/a/bees.en.md
---
title: Bees
date: 2023-06
extra: {a: [1, true]}
---
Two wings[^1], `code`.

[^1]: Or four.
== content/about.en.md
---
title: About
---
== themes/bare/theme.yaml
name: bare
== themes/bare/strings/en.ftl
alert-note = Note
footnotes = Notes
footnote-back = Back
redirect = Moved
== themes/bare/strings/zh.ftl
footnotes = 注释
== themes/bare/templates/article.html
{{ page.title }} {{ page.content }} {{ t(key="footnotes") }}
== themes/bare/templates/page.html
{{ page.title }} {{ page.content }}
== themes/bare/templates/section.html
{{ page.title }} {{ items }}
== themes/bare/templates/home.html
{{ page.title }} {{ items }}
== themes/bare/templates/landing.html
{{ page.title }}
== themes/bare/templates/404.html
{{ page.title }}
"#;

/// A small site on disk that was built once.
pub(super) struct Shelf {
    pub(super) dir: TempDir,
    pub(super) clean: Files,
}

impl Shelf {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let site = format!("== site.yaml\n{SITE}theme: bare\n{CONTENT}");
        fixture::write(&dir.path().join("site"), &site);
        let mut shelf = Self { dir, clean: Files::new() };
        let memory = Memory::new();
        let source = Source::disk(shelf.site());
        let outcome = build::build(&source, &mut Cache::memory(), &Options::new(clock()), |_| Ok(&memory));
        assert!(outcome.made.is_some());
        shelf.clean = memory.into_files();
        assert!(shelf.build().notes.is_empty());
        shelf
    }

    pub(super) fn site(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    fn cache(&self, name: &str) -> PathBuf {
        self.site().join(".bashu").join(name)
    }

    pub(super) fn build(&self) -> Outcome {
        build_in(self.dir.path(), false)
    }

    /// Builds after something was done to the cache: the same site, without messages.
    #[track_caller]
    fn mends(&self, what: &str) -> (Made, Vec<String>) {
        let Outcome { diagnostics, made, notes } = self.build();
        assert!(diagnostics.is_empty(), "{what}: {diagnostics:?}");
        self.is_clean(what);
        (made.unwrap(), notes)
    }

    #[track_caller]
    pub(super) fn is_clean(&self, what: &str) {
        let mut stands = tree(&self.dir.path().join("output"));
        stands.remove(".bashu-files");
        assert_eq!(differing(&stands, &self.clean), Vec::<&String>::new(), "{what}");
    }

    /// Puts a cache back as it was.
    fn restore(&self, files: &Files) {
        let folder = self.site().join(".bashu");
        let _ = fs::remove_dir_all(&folder);
        let _ = fs::remove_file(&folder);
        fs::create_dir(&folder).unwrap();
        for (path, bytes) in files {
            fs::write(folder.join(path), bytes).unwrap();
        }
    }
}

pub(super) fn build_in(dir: &Path, check_contents: bool) -> Outcome {
    let (site, out) = (dir.join("site"), dir.join("output"));
    let options = Options { output: output::identity(&out), check_contents, ..Options::new(clock()) };
    build::build(&Source::disk(&site), &mut Cache::open(&site, || {}), &options, |planned| {
        Folder::open(&out, Some(&site), planned.iter().copied())
    })
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn a_damaged_index_is_set_aside() {
    let shelf = Shelf::new();
    let whole = tree(&shelf.site().join(".bashu"));
    let index = &whole["index"];
    let mut dice = Dice::new(1);
    let cut = (0..index.len()).step_by(17).map(|len| (format!("cut at {len}"), index[..len].to_vec()));
    let flipped = (0..60).map(|_| {
        let (at, bit) = (dice.below(index.len()), dice.below(8));
        let mut bytes = index.clone();
        bytes[at] ^= 1 << bit;
        (format!("bit {bit} of byte {at}"), bytes)
    });
    let foreign = [
        ("foreign".to_owned(), b"SQLite format 3\0".to_vec()),
        ("longer".to_owned(), [index.as_slice(), b"x"].concat()),
    ];
    for (what, bytes) in cut.chain(flipped).chain(foreign).collect::<Vec<_>>() {
        shelf.restore(&whole);
        fs::write(shelf.cache("index"), &bytes).unwrap();
        let (made, notes) = shelf.mends(&what);
        assert!(notes.len() == 1 && notes[0].contains("is set aside and made anew"), "{what}: {notes:?}");
        assert_eq!(fs::read(shelf.cache("set-aside/index")).unwrap(), bytes, "{what}");
        assert!(made.parsed == 5 && made.made.len() == shelf.clean.len(), "{what}: {made:?}");
        let (made, notes) = shelf.mends(&what);
        assert!(notes.is_empty() && made.parsed == 0 && made.made.is_empty(), "{what}: {notes:?} {made:?}");
    }
}

#[test]
fn an_index_of_another_program_is_set_aside() {
    let shelf = Shelf::new();
    let mut index = fs::read(shelf.cache("index")).unwrap();
    // Behind the first line stands which program wrote it.
    let at = index.iter().position(|b| *b == b'\n').unwrap() + 1;
    index[at] = if index[at] == b'0' { b'1' } else { b'0' };
    fs::write(shelf.cache("index"), index).unwrap();
    let (_, notes) = shelf.mends("another program");
    assert!(notes[0].contains("was written by another version of Bashu"), "{notes:?}");
}

#[test]
fn a_damaged_store_is_made_anew() {
    let shelf = Shelf::new();
    let whole = tree(&shelf.site().join(".bashu"));
    let data = &whole["data-0"];
    let mut dice = Dice::new(2);
    for round in 0..60 {
        let mut bytes = data.clone();
        let (from, len) = (dice.below(data.len()), 1 + dice.below(64));
        let what = match round % 3 {
            0 => {
                bytes.truncate(from);
                format!("cut at {from}")
            }
            1 => {
                let end = (from + len).min(data.len());
                bytes[from..end].fill(0);
                format!("zeros from {from} to {end}")
            }
            _ => {
                bytes[from] ^= 1 << dice.below(8);
                format!("a bit of byte {from}")
            }
        };
        shelf.restore(&whole);
        fs::write(shelf.cache("data-0"), &bytes).unwrap();
        // The output went as well: then every text is needed.
        fs::remove_dir_all(shelf.dir.path().join("output")).unwrap();
        let (_, notes) = shelf.mends(&what);
        let harmless = bytes == *data;
        let said = notes.iter().any(|note| note.contains("damaged"));
        assert_eq!(said, !harmless, "{what}: {notes:?}");
        fs::remove_dir_all(shelf.dir.path().join("output")).unwrap();
        // The next build knows all, or reads it anew and says no more of it.
        let (_, notes) = shelf.mends(&what);
        assert!(notes.is_empty(), "{what}: {notes:?}");
        let (made, notes) = shelf.mends(&what);
        assert!(notes.is_empty() && made.parsed == 0, "{what}: {notes:?} {made:?}");
    }
}

#[test]
fn what_stands_in_a_caches_place_does_no_harm() {
    let shelf = Shelf::new();
    let whole = tree(&shelf.site().join(".bashu"));
    let file = |at: PathBuf| {
        let _ = fs::remove_dir_all(&at);
        let _ = fs::remove_file(&at);
        fs::write(at, "mine").unwrap();
    };
    let folder = |at: PathBuf| {
        let _ = fs::remove_file(&at);
        fs::create_dir_all(at.join("inner")).unwrap();
    };
    let deeds: [(&str, &dyn Fn(), bool); 6] = [
        (".bashu is a file", &|| file(shelf.site().join(".bashu")), false),
        ("the index is a folder", &|| folder(shelf.cache("index")), true),
        ("the store is a folder", &|| folder(shelf.cache("data-0")), true),
        ("the lock is a folder", &|| folder(shelf.cache("lock")), false),
        ("the store is gone", &|| fs::remove_file(shelf.cache("data-0")).unwrap(), true),
        (
            "nothing can be set aside",
            &|| {
                file(shelf.cache("set-aside"));
                file(shelf.cache("index"));
            },
            false,
        ),
    ];
    for (what, deed, mended) in deeds {
        shelf.restore(&whole);
        deed();
        let (_, notes) = shelf.mends(what);
        assert_eq!(notes.len(), 1, "{what}: {notes:?}");
        let (made, notes) = shelf.mends(what);
        assert_eq!(notes.is_empty(), mended, "{what}, again: {notes:?}");
        assert!(!mended || made.made.is_empty(), "{what}: {made:?}");
    }
    // What there is to write down cannot be written down, which is told as long as it is so.
    shelf.restore(&whole);
    folder(shelf.cache("index.new"));
    for _ in 0..2 {
        fs::remove_file(shelf.dir.path().join("output/robots.txt")).unwrap();
        assert_eq!(shelf.mends("index.new is a folder").1.len(), 1);
    }
    // A file of somebody else's in the place of a folder is left.
    shelf.restore(&whole);
    file(shelf.site().join(".bashu"));
    shelf.mends("somebody else's file");
    assert_eq!(fs::read_to_string(shelf.site().join(".bashu")).unwrap(), "mine");
}

#[test]
fn a_copied_cache_is_as_good() {
    let shelf = Shelf::new();
    let copies = tempfile::tempdir().unwrap();
    let (all, site) = (copies.path().join("all"), copies.path().join("site-alone"));
    copy(shelf.dir.path(), &all);
    copy(&shelf.site(), &site.join("site"));
    // Another place is another output folder, which no cache knows.
    let outcome = build_in(&site, false);
    let made = outcome.made.unwrap();
    assert!(outcome.notes.is_empty(), "{:?}", outcome.notes);
    assert_eq!((made.parsed, made.made.len()), (0, shelf.clean.len()));
    let made = build_in(&all, false).made.unwrap();
    assert_eq!((made.parsed, made.written.written), (0, 0));

    // In its old place nothing at all is to be done.
    let aside = copies.path().join("aside");
    fs::rename(shelf.dir.path(), &aside).unwrap();
    copy(&all, shelf.dir.path());
    let (made, notes) = shelf.mends("moved away and copied back");
    assert!(notes.is_empty() && made.parsed == 0 && made.made.is_empty(), "{notes:?} {made:?}");
}

#[test]
fn a_cache_does_not_grow_without_bound() {
    let shelf = Shelf::new();
    let size = |name: &str| fs::metadata(shelf.cache(name)).unwrap().len();
    let (needed, index) = (size("data-0"), size("index"));
    let path = shelf.site().join("content/a/ants.en.md");
    let mut most = (0, 0);
    for round in 0..300 {
        // Some 20 KB a text, so that what is no longer needed adds up to 6 MB.
        let text = format!("Text {round:05}.\n\n").repeat(1200);
        fs::write(&path, format!("---\ntitle: Ants\n---\n{text}")).unwrap();
        let outcome = shelf.build();
        assert!(outcome.notes.is_empty() && outcome.made.is_some(), "{:?}", outcome.notes);
        let stored: u64 = tree(&shelf.site().join(".bashu"))
            .iter()
            .filter(|(name, _)| name.starts_with("data-"))
            .map(|(_, bytes)| bytes.len() as u64)
            .sum();
        most = (most.0.max(stored), most.1.max(size("index")));
    }
    // `Cache::write`: it is written anew beyond 1 MiB and four times what is needed, which are the
    // first build's texts and the long one with its records. It may reach that bound and a build more.
    let text = 40 * 1024;
    let bound = (1 << 20) + 4 * (needed + text) + needed + text;
    assert!(most.0 > 1 << 20, "it never came to the bound: {most:?}");
    assert!(most.0 <= bound, "{} bytes, more than {bound}", most.0);
    assert!(most.1 <= index + 256, "the index grew from {index} to {} bytes", most.1);
}

/// What stands in a cache's `media/` is what a build puts into an output folder that is new, unless it is
/// damaged.
#[test]
fn finished_pictures_outlive_the_output() {
    let dir = tempfile::tempdir().unwrap();
    let article = "== content/a/ants.en.md\n---\ntitle: Ants\n---\n![An ant](/ant.png)\n";
    let picture = "== static/ant.png (picture 64x48)\n";
    fixture::write(&dir.path().join("site"), &format!("== site.yaml\n{SITE}{article}{picture}"));
    let built = || {
        let _ = fs::remove_dir_all(dir.path().join("output"));
        let outcome = build_in(dir.path(), false);
        assert!(outcome.made.is_some() && outcome.notes.is_empty());
        tree(&dir.path().join("output/media"))
    };
    let clean = built();
    assert_eq!(clean.len(), 2);
    let media = dir.path().join("site/.bashu/media");
    assert_eq!(tree(&media).len(), 2);
    let put = |bytes: &[u8]| {
        for name in tree(&media).keys() {
            fs::write(media.join(name), bytes).unwrap();
        }
    };
    put(&[b"kept", Digest::of(b"kept").hex().as_bytes()].concat());
    assert!(built().values().all(|bytes| bytes == b"kept"));
    for damaged in [&b""[..], b"kept", &[b"lost", Digest::of(b"kept").hex().as_bytes()].concat()] {
        put(damaged);
        assert_eq!(built(), clean);
    }
}
