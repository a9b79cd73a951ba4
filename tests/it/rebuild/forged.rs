//! Stamps that deceive: what they hide is found where they prove nothing, and by
//! `--check-contents`. No program can forge a stamp on disk, so they are forged in the cache.

use std::fs;

use bashu::base::Digest;
use bashu::build::{self, Options};
use bashu::cache::{Cache, FileRecord, Output, PageRecord, Table};
use bashu::output::{self, Folder};
use bashu::source::{Source, Stamp, modified};

use super::damaged::{Shelf, build_in};
use super::workshop::tree;
use crate::fixture::clock;

/// What was read before under other stamps counts as read under those that the files have now.
fn forge_files(shelf: &Shelf, cache: &mut Cache) {
    let units = cache.files().units(&["content/a/ants.en.md"]);
    let mut records: Vec<FileRecord> = cache.read(cache.files().chunk(&units[0]));
    assert_eq!(records.len(), 5);
    for record in &mut records {
        record.stamp = Some(Stamp::of(&fs::metadata(shelf.site().join(&*record.path)).unwrap()));
    }
    let records: Vec<&FileRecord> = records.iter().collect();
    let chunk = cache.keep_files(&records[0].path, &records);
    cache.set_files(Table::of([chunk]));
}

/// A file that was written in the same tick of the clock as the build began could be written again
/// with the same stamp: git calls it racily clean.
#[test]
fn a_stamp_of_the_same_tick_proves_nothing() {
    let shelf = Shelf::new();
    let path = shelf.site().join("content/a/ants.en.md");
    let text = fs::read_to_string(&path).unwrap().replace("Six", "6");
    let (source, out) = (Source::disk(shelf.site()), shelf.dir.path().join("output"));
    let options = Options { output: output::identity(&out), ..Options::new(clock()) };
    // The tick may end between writing the file and opening the cache; then it is tried again. A
    // clock that never shows the same moment twice has nothing to be tried.
    let racy = (0..10_000).find_map(|_| {
        fs::write(&path, &text).unwrap();
        let cache = Cache::open(&shelf.site(), || {});
        (modified(&fs::metadata(&path).unwrap()) == cache.since()).then_some(cache)
    });
    let Some(mut cache) = racy else { return };
    forge_files(&shelf, &mut cache);
    let outcome = build::build(&source, &mut cache, &options, |planned| {
        Folder::open(&out, Some(&shelf.site()), planned.iter().copied())
    });
    assert_eq!(outcome.made.unwrap().parsed, 1);
    drop(cache);
    // What was remembered of it proves nothing either, until it has been read once more.
    assert_eq!(shelf.build().made.unwrap().parsed, 0);
}

/// Forges what is remembered of the finished files; `forged` is told of each the stamp that it has now.
fn forge_output(shelf: &Shelf, forged: impl Fn(&mut PageRecord, Stamp)) {
    let output = shelf.dir.path().join("output");
    let mut cache = Cache::open(&shelf.site(), || {});
    let before: Output = cache.output(output::identity(&output)).unwrap().clone();
    let files = tree(&output);
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| *name != ".bashu-files").collect();
    let chunks = before.pages.units(&names).into_iter().filter_map(|unit| {
        let mut records: Vec<PageRecord> = cache.read(before.pages.chunk(&unit));
        for record in &mut records {
            let stamp = Stamp::of(&fs::metadata(output.join(&*record.path)).unwrap());
            forged(record, stamp);
        }
        records.first().map(|first| cache.keep_pages(&first.path, &records))
    });
    let pages = Table::of(chunks.collect::<Vec<_>>());
    cache.set_output(Output { pages, ..before });
    assert!(cache.save().is_empty());
}

/// A stamp proves something a tick of the clock later; until then files are read all the same.
fn settle(shelf: &Shelf, stamp: Stamp) {
    while !stamp.is_settled(Cache::open(&shelf.site(), || {}).since()) {
        std::thread::yield_now();
    }
}

#[test]
fn check_contents_reads_what_a_stamp_hides() {
    let shelf = Shelf::new();
    let path = "content/a/ants.en.md";
    let text = fs::read_to_string(shelf.site().join(path)).unwrap();
    fs::write(shelf.site().join(path), text.replace("Six", "6")).unwrap();
    let mut cache = Cache::open(&shelf.site(), || {});
    forge_files(&shelf, &mut cache);
    assert!(cache.save().is_empty());
    drop(cache);
    settle(&shelf, Stamp::of(&fs::metadata(shelf.site().join(path)).unwrap()));
    let trusting = build_in(shelf.dir.path(), false);
    assert_eq!(trusting.made.unwrap().parsed, 0, "the forged stamp is trusted");
    let reading = build_in(shelf.dir.path(), true);
    assert_eq!(reading.made.unwrap().parsed, 1);
    let page = fs::read_to_string(shelf.dir.path().join("output/en/a/ants/index.html")).unwrap();
    assert!(page.contains("6 legs"), "{page}");
}

#[test]
fn check_contents_reads_the_output() {
    let shelf = Shelf::new();
    let page = shelf.dir.path().join("output/en/about/index.html");
    fs::write(&page, "by hand").unwrap();
    forge_output(&shelf, |record, stamp| record.stamp = Some(stamp));
    assert_eq!(shelf.build().made.unwrap().made.len(), 0, "the forged stamp is trusted");
    let made = build_in(shelf.dir.path(), true).made.unwrap();
    assert_eq!((made.made.len(), made.written.written), (1, 1), "{made:?}");
    shelf.is_clean("read with --check-contents");
}

/// A file that is copied has no record of its own: its stamp is the key of what was made of it.
#[test]
fn check_contents_reads_files_that_are_copied() {
    let shelf = Shelf::new();
    let file = shelf.site().join("static/data.txt");
    fs::create_dir(shelf.site().join("static")).unwrap();
    fs::write(&file, "1\n").unwrap();
    assert!(shelf.build().made.is_some());
    fs::write(&file, "2\n").unwrap();
    let stamp = Stamp::of(&fs::metadata(&file).unwrap());
    settle(&shelf, stamp);
    let key = Digest::of_hash(&stamp);
    forge_output(&shelf, |record, _| {
        if &*record.path == "data.txt" {
            record.key = key;
        }
    });
    let copy = || fs::read_to_string(shelf.dir.path().join("output/data.txt")).unwrap();
    assert!(shelf.build().made.unwrap().made.is_empty() && copy() == "1\n", "the forged stamp is trusted");
    assert_eq!(build_in(shelf.dir.path(), true).made.unwrap().written.written, 1);
    assert_eq!(copy(), "2\n");
}
