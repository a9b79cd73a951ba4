//! What a host gets of a finished site.

use std::fs;

use super::*;
use crate::config;

const SITE: &str =
    "title: A\nbase_url: https://a.example/\nlanguages: [{code: en, tag: en, name: English}]\n";

/// The host of a `site.yaml` with these lines.
fn host(lines: &str) -> Host {
    let mut faults = Diagnostics::new();
    let config = config::resolve(&format!("{SITE}publish: {{live: {{{lines}}}}}\n"), None, &mut faults);
    assert!(faults.is_empty(), "{faults:?}");
    config.unwrap().publish.remove(0)
}

/// A finished site: a page and a stylesheet of some size, a small page, a picture.
fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let files = ["assets/main.0123456789.css", "en/index.html", "map.png", "zh/合作/index.html"];
    for (path, size) in files.iter().zip([3000, 5000, 9000, 100]) {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "ab ".repeat(size / 3)).unwrap();
    }
    fs::write(dir.path().join(".bashu-files"), format!("bashu-files 1\n{}\n", files.join("\n"))).unwrap();
    dir
}

fn read(dir: &tempfile::TempDir, lines: &str) -> Release {
    Release::read(dir.path(), &host(lines), Vec::new()).unwrap()
}

fn item<'r>(release: &'r Release, path: &str) -> &'r Item {
    release.items.iter().find(|item| &*item.path == path).unwrap()
}

#[test]
fn copies_stand_beside_text_and_are_what_they_are_copies_of() {
    let dir = site();
    let release = read(&dir, "folder: {path: p}, copies: [gzip, brotli], cache: {\"*.css\": no-cache}");
    let paths: Vec<&str> = release.items.iter().map(|item| &*item.path).collect();
    let expected = [
        "assets/main.0123456789.css",
        "assets/main.0123456789.css.br",
        "assets/main.0123456789.css.gz",
        "en/index.html",
        "en/index.html.br",
        "en/index.html.gz",
        "map.png",
        "zh/合作/index.html",
    ];
    assert_eq!(paths, expected);
    let copy = item(&release, "assets/main.0123456789.css.gz");
    assert_eq!((copy.kind, &*copy.headers.cache_control), (Kind::Asset, "no-cache"));
    assert_eq!(copy.headers.encoding, None);
    assert_eq!(item(&release, "en/index.html.br").kind, item(&release, "en/index.html").kind);
    let bytes = copy.bytes().unwrap();
    let mut plain = String::new();
    flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut plain).unwrap();
    assert_eq!(plain, "ab ".repeat(1000));
    let mut copied = Vec::new();
    copy.copy_to(&mut copied).unwrap();
    assert_eq!(copied, bytes);
    assert_eq!(copy.md5().unwrap(), md5(&*bytes).unwrap());
    // Three files of one content, and no two the same.
    let keys: Vec<_> =
        ["en/index.html", "en/index.html.gz", "en/index.html.br"].map(|path| item(&release, path).key).into();
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
}

#[test]
fn headers_count_where_they_are_kept() {
    let dir = site();
    let keys = |lines: &str| read(&dir, lines).items.iter().map(|item| item.key).collect::<Vec<_>>();
    let store = "s3: {bucket: b}";
    let rule = "cache: {\"*.html\": no-cache}";
    assert_eq!(keys("folder: {path: p}"), keys(&format!("folder: {{path: p}}, {rule}")));
    let (before, after) = (keys(store), keys(&format!("{store}, {rule}")));
    let same: Vec<bool> = before.iter().zip(&after).map(|(a, b)| a == b).collect();
    assert_eq!(same, [true, false, true, false], "a rule sends what it changes");
    assert_eq!(keys(store), keys(&format!("{store}, cache: {{\"*.pdf\": no-cache}}")));
}

#[test]
fn what_is_stored_compressed_says_so() {
    let dir = site();
    let release = read(&dir, "s3: {bucket: b}, encoding: brotli");
    let encodings: Vec<_> = release.items.iter().map(|item| item.headers.encoding).collect();
    let packed = Some(Compression::Brotli);
    assert_eq!(encodings, [packed, packed, None, None]);
    let page = item(&release, "en/index.html");
    assert_eq!(page.size, 4998);
    assert!(page.bytes().unwrap().len() < 100);
    let plain = read(&dir, "s3: {bucket: b}");
    assert_ne!(item(&plain, "en/index.html").key, page.key);
    assert_eq!(item(&plain, "map.png").key, item(&release, "map.png").key);
}

#[test]
fn faults_are_told_together_and_before_anything_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let host = host("folder: {path: p}, keep: [\"c]\"], cache: {\"a[\": no-cache, \"{b\": no-store}");
    let faults = Release::read(dir.path(), &host, Vec::new()).unwrap_err();
    let messages: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert!(messages[0].starts_with("`a[` is no pattern"), "{messages:?}");
    assert!(messages[1].starts_with("`{b` is no pattern"), "{messages:?}");
    assert!(messages[2].starts_with("`c]` is no pattern"), "{messages:?}");
    assert!(faults.iter().all(|fault| !fault.labels.is_empty()));
}

#[test]
fn a_site_that_is_not_there_or_changes_meanwhile_is_not_published() {
    let dir = tempfile::tempdir().unwrap();
    let none = Release::read(dir.path(), &host("folder: {path: p}"), vec![("_headers".into(), vec![])]);
    assert!(none.unwrap_err().iter().any(|fault| fault.message.contains("no finished site")));
    let dir = site();
    let release = read(&dir, "folder: {path: p}");
    fs::write(dir.path().join("map.png"), "other").unwrap();
    let changed = Trouble::Failed("map.png was changed while it was being published".to_owned());
    assert_eq!(item(&release, "map.png").bytes(), Err(changed.clone()));
    assert_eq!(item(&release, "map.png").copy_to(&mut io::sink()), Err(changed));
    fs::remove_file(dir.path().join("map.png")).unwrap();
    let gone = Release::read(dir.path(), &host("folder: {path: p}"), Vec::new()).unwrap_err();
    assert!(gone.iter().any(|fault| fault.message.contains("map.png of the finished site cannot be read")));
}

#[test]
fn made_files_take_the_place_of_the_sites() {
    let dir = site();
    let made = vec![("_headers".to_owned(), b"/*\n".to_vec()), ("map.png".to_owned(), b"new".to_vec())];
    let release = Release::read(dir.path(), &host("folder: {path: p}"), made).unwrap();
    assert_eq!(item(&release, "_headers").bytes().unwrap(), b"/*\n");
    assert_eq!(item(&release, "map.png").bytes().unwrap(), b"new");
    assert_eq!(release.items.len(), 5);
}
