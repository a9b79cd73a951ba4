//! What is put into a cache comes out of it, over builds, compactions and builds that were killed.

use std::fs;

use super::*;
use crate::article::Front;
use crate::source::Stamp;

/// A record of a file with its text, which is kept in the cache.
fn keep(cache: &Cache, path: &str, html: &str) -> FileRecord {
    let text = Text { html: html.to_owned(), headings: Vec::new() };
    let mut outline = Outline::default();
    cache.keep_texts([(&mut outline, &text)], &mut Vec::new());
    let front = Front { title: path.to_uppercase(), ..Front::default() };
    let none = Digest::default();
    FileRecord {
        path: path.into(),
        stamp: Some(Stamp::default()),
        content: none,
        dialect: none,
        front: Box::new(front),
        outline,
    }
}

/// Makes these the cache's files.
fn set(cache: &mut Cache, records: &[FileRecord]) {
    let chunks = records.chunks(2).map(|records| {
        let records: Vec<&FileRecord> = records.iter().collect();
        cache.keep_files(&records[0].path, &records)
    });
    let table = Table::of(chunks.collect::<Vec<_>>());
    cache.set_files(table);
}

/// The files that a cache knows, each with its text.
fn known(cache: &Cache) -> Vec<(String, String)> {
    let chunks = cache.files().chunks().iter();
    let records = chunks.flat_map(|chunk| cache.read::<FileRecord>(Some(chunk)));
    records.map(|record| (record.path.to_string(), cache.text(&record.outline.place).unwrap().html)).collect()
}

fn open(site: &tempfile::TempDir) -> Cache {
    Cache::open(site.path(), || panic!("nobody else is at work"))
}

fn data(site: &tempfile::TempDir) -> Vec<(String, u64)> {
    let entries = fs::read_dir(site.path().join(CACHE)).unwrap().map(Result::unwrap);
    let named = entries.map(|e| (e.file_name().into_string().unwrap(), e.metadata().unwrap().len()));
    named.filter(|(name, _)| name.starts_with("data-")).collect()
}

const TEXTS: [(&str, &str); 3] = [("a", "<p>四川</p>"), ("b", ""), ("c", "<p>Chongqing</p>")];

fn expected() -> Vec<(String, String)> {
    TEXTS.iter().map(|(path, html)| ((*path).to_owned(), (*html).to_owned())).collect()
}

fn saved() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let mut cache = open(&site);
    let records: Vec<FileRecord> = TEXTS.iter().map(|(path, html)| keep(&cache, path, html)).collect();
    set(&mut cache, &records);
    assert!(cache.save().is_empty());
    site
}

#[test]
fn what_was_saved_is_there() {
    let site = saved();
    assert_eq!(known(&open(&site)), expected());
    // Nothing is written by opening it, and nothing lost by saving it again.
    assert!(open(&site).save().is_empty());
    assert_eq!(known(&open(&site)), expected());
}

#[test]
fn what_was_not_saved_was_never_written() {
    let site = saved();
    let length = data(&site);
    for _ in 0..3 {
        let mut cache = open(&site);
        let other = keep(&cache, "d", &"lost ".repeat(100));
        set(&mut cache, &[other]);
        // Killed here.
        drop(cache);
        assert_eq!(known(&open(&site)), expected());
    }
    // What the next build adds takes the place of what the killed ones left.
    let mut cache = open(&site);
    let kept = keep(&cache, "e", "kept");
    let mut records: Vec<FileRecord> = TEXTS.iter().map(|(path, html)| keep(&cache, path, html)).collect();
    records.push(kept);
    set(&mut cache, &records);
    cache.save();
    drop(cache);
    let after = known(&open(&site));
    assert_eq!((after.len(), after[3].1.as_str()), (4, "kept"));
    assert_eq!(data(&site).len(), length.len());
}

#[test]
fn a_store_of_waste_is_written_anew() {
    let site = saved();
    let bound = (1 << 20) + 4 * data(&site)[0].1;
    let mut names = Vec::new();
    for _ in 0..40 {
        let mut cache = open(&site);
        keep(&cache, "waste", &"w".repeat(100_000));
        // Nothing refers to it.
        assert!(cache.save().is_empty());
        assert_eq!(known(&cache), expected(), "in the build that wrote it anew");
        drop(cache);
        let [(name, length)] = &data(&site)[..] else { panic!("{:?}", data(&site)) };
        assert!(*length <= bound, "{length}");
        names.push(name.clone());
        assert_eq!(known(&open(&site)), expected());
    }
    names.dedup();
    assert!(names.len() > 2, "{names:?}");
}

#[test]
fn a_store_that_was_being_written_anew_is_removed() {
    let site = saved();
    fs::write(site.path().join(CACHE).join("data-1"), "half of it").unwrap();
    fs::write(site.path().join(CACHE).join("index.new"), "half of it").unwrap();
    assert_eq!(known(&open(&site)), expected());
    assert_eq!(data(&site).len(), 1);
    assert!(open(&site).save().is_empty());
    assert!(!site.path().join(CACHE).join("index.new").exists());
}

#[test]
fn waste_is_left_behind_and_damage_with_it() {
    let site = saved();
    let path = site.path().join(CACHE).join("data-0");
    let mut bytes = fs::read(&path).unwrap();
    // The chunks of records stand at the end; the last one holds `c` alone.
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&path, bytes).unwrap();
    let mut cache = open(&site);
    keep(&cache, "waste", &"w".repeat(2_000_000));
    cache.save();
    drop(cache);
    assert_eq!(known(&open(&site)), expected()[..2]);
}

#[test]
fn the_last_output_folders_are_remembered() {
    let site = saved();
    let folder = |number: usize| Digest::of(&number.to_le_bytes());
    for number in 0..OUTPUTS + 2 {
        let mut cache = open(&site);
        // The first one is built into between all others.
        for folder in [folder(0), folder(number)] {
            cache.set_output(Output { folder, ..Output::default() });
        }
        cache.save();
    }
    let cache = open(&site);
    let there: Vec<usize> = (0..OUTPUTS + 2).filter(|&n| cache.output(folder(n)).is_some()).collect();
    assert_eq!(there.len(), OUTPUTS);
    assert!(there.contains(&0) && there.contains(&(OUTPUTS + 1)), "{there:?}");
}

#[test]
fn a_cache_in_memory_keeps_texts_for_one_build() {
    let cache = Cache::memory();
    let record = keep(&cache, "a", "text");
    assert_eq!(cache.text(&record.outline.place).unwrap().html, "text");
    let elsewhere = Place { at: 1, ..record.outline.place };
    assert!(cache.text(&elsewhere).is_none());
    assert_eq!(cache.now(), Moment::default(), "it proves nothing of any file");
    assert!(!Stamp::default().is_settled(cache.since()));
}
