//! The output folder against what can happen to it.

#[cfg(unix)]
mod unix;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::*;
use crate::diag::{Diagnostics, code};

type Files<'a> = &'a [(&'a str, &'a str)];

fn planned(files: Files<'_>) -> Vec<OutputPath> {
    files.iter().map(|(path, _)| OutputPath::new(*path)).collect()
}

/// A folder with these files put and not committed.
fn put(dir: &Path, files: Files<'_>) -> Result<Folder, Diagnostics> {
    let folder = Folder::open(dir, None, &planned(files))?;
    let faults: Vec<_> = files
        .iter()
        .filter_map(|(path, text)| folder.put(&OutputPath::new(*path), text.as_bytes()).err())
        .collect();
    if faults.is_empty() { Ok(folder) } else { Err(shortened(faults)) }
}

fn build(dir: &Path, files: Files<'_>) -> Result<Written, Diagnostics> {
    put(dir, files)?.commit().map(|done| done.written)
}

/// A build that ends without a word: nothing is taken back, but the system lets go of the lock.
fn kill(mut folder: Folder) {
    folder.lock = None;
    std::mem::forget(folder);
}

fn messages(result: Result<Written, Diagnostics>, dir: &Path) -> Vec<String> {
    let show =
        |d: Diagnostic| format!("{}: {}", d.code.name, d.message.replace(dir.to_str().unwrap(), "OUT"));
    result.err().into_iter().flatten().map(show).collect()
}

/// Everything below a folder: a file's bytes and time, a link's target, `None` for a folder.
fn tree(dir: &Path) -> BTreeMap<String, Option<(Vec<u8>, SystemTime)>> {
    walkdir::WalkDir::new(dir)
        .min_depth(1)
        .into_iter()
        .map(|entry| {
            let entry = entry.unwrap();
            let path = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
            let time = || entry.metadata().unwrap().modified().unwrap();
            let what = if entry.file_type().is_dir() {
                None
            } else if entry.path_is_symlink() {
                Some((fs::read_link(entry.path()).unwrap().to_str().unwrap().into(), SystemTime::UNIX_EPOCH))
            } else {
                Some((fs::read(entry.path()).unwrap(), time()))
            };
            (path, what)
        })
        .collect()
}

fn names(dir: &Path) -> Vec<String> {
    tree(dir).into_iter().filter(|(_, what)| what.is_some()).map(|(path, _)| path).collect()
}

/// Sets every file's time back, so that a rewritten one shows.
fn age(dir: &Path) {
    for path in names(dir) {
        let file = fs::File::options().write(true).open(dir.join(path)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    }
}

fn fixture(files: Files<'_>) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("output");
    if !files.is_empty() {
        build(&out, files).unwrap();
        age(&out);
    }
    (dir, out)
}

const SITE: Files<'static> = &[
    ("index.html", "home"),
    ("en/a/index.html", "a"),
    ("en/b/index.html", "b"),
    ("zh/合作/index.html", "合作"),
];

#[test]
fn memory_keeps_files_in_order_and_takes_each_once() {
    let memory = Memory::new();
    let put = |path: &str| (&memory).put(&OutputPath::new(path), path.as_bytes());
    assert!(put("b").is_ok() && put("a/x").is_ok());
    assert!(put("b").is_err());
    assert_eq!(memory.into_files().into_keys().collect::<Vec<_>>(), ["a/x", "b"]);
}

#[test]
fn a_first_build_writes_everything_and_a_record() {
    let (_dir, out) = fixture(&[]);
    let written = build(&out.join("deep/er"), SITE).unwrap();
    assert_eq!(written, Written { written: 4, unchanged: 0, removed: 0, bytes: 12 });
    assert_eq!(
        names(&out.join("deep/er")),
        [".bashu-files", "en/a/index.html", "en/b/index.html", "index.html", "zh/合作/index.html"]
    );
    assert_eq!(
        fs::read_to_string(out.join("deep/er/.bashu-files")).unwrap(),
        "bashu-files 1\nen/a/index.html\nen/b/index.html\nindex.html\nzh/合作/index.html\n"
    );
}

#[test]
fn the_same_build_again_touches_nothing() {
    let (_dir, out) = fixture(SITE);
    let before = tree(&out);
    assert_eq!(build(&out, SITE).unwrap(), Written { unchanged: 4, ..Written::default() });
    assert_eq!(tree(&out), before);
}

#[test]
fn a_change_touches_one_file() {
    let (_dir, out) = fixture(SITE);
    let before = tree(&out);
    let mut site = SITE.to_vec();
    site[1].1 = "A";
    assert_eq!(build(&out, &site).unwrap(), Written { written: 1, unchanged: 3, removed: 0, bytes: 1 });
    let after = tree(&out);
    assert_eq!(fs::read(out.join("en/a/index.html")).unwrap(), b"A");
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert_eq!(before.iter().filter(|(path, what)| after[*path] != **what).count(), 1);
}

#[test]
fn what_is_no_longer_built_goes_with_its_empty_folders() {
    let (_dir, out) = fixture(SITE);
    fs::write(out.join("en/CNAME"), "foreign").unwrap();
    assert_eq!(build(&out, &SITE[..1]).unwrap(), Written { unchanged: 1, removed: 3, ..Written::default() });
    assert_eq!(tree(&out).into_keys().collect::<Vec<_>>(), [".bashu-files", "en", "en/CNAME", "index.html"]);
}

#[test]
fn a_folder_of_somebody_elses_is_refused() {
    let (_dir, out) = fixture(&[]);
    fs::create_dir_all(out.join("photos")).unwrap();
    for name in ["a", "b", "c", "d", "e", ".gitignore"] {
        fs::write(out.join(name), "").unwrap();
    }
    let before = tree(&out);
    assert_eq!(
        messages(build(&out, SITE), &out),
        [
            "foreign-output: the output folder `OUT` holds files that Bashu did not write: `a`, `b`, `c`, `d`, `e` and 1 more"
        ]
    );
    assert_eq!(tree(&out), before);
}

#[test]
fn an_empty_folder_kept_in_git_is_not_foreign() {
    let (_dir, out) = fixture(&[]);
    fs::create_dir_all(out.join(".git")).unwrap();
    fs::write(out.join(".gitignore"), "*").unwrap();
    build(&out, SITE).unwrap();
    build(&out, &[]).unwrap();
    assert_eq!(names(&out), [".bashu-files", ".gitignore"]);
    assert_eq!(
        messages(build(&out, &[(".gitignore", "mine")]), &out),
        ["foreign-output: `OUT/.gitignore` is in the way: Bashu did not write it"]
    );
}

#[test]
fn foreign_files_in_our_folder_are_kept_and_never_overwritten() {
    let (_dir, out) = fixture(SITE);
    fs::write(out.join("CNAME"), "example.org").unwrap();
    fs::create_dir(out.join("new")).unwrap();
    fs::write(out.join("new/x"), "foreign").unwrap();
    let before = tree(&out);
    let mut site = SITE.to_vec();
    site.extend([("CNAME", "ours"), ("new", "a file"), ("CNAME/x", "y")]);
    site.pop();
    assert_eq!(
        messages(build(&out, &site), &out),
        [
            "foreign-output: `OUT/CNAME` is in the way: Bashu did not write it",
            "foreign-output: `OUT/new/x` is in the way of `new`: Bashu did not write it"
        ]
    );
    assert_eq!(
        messages(build(&out, &[("CNAME/index.html", "ours")]), &out),
        ["foreign-output: `OUT/CNAME` is in the way of `CNAME/index.html`: Bashu did not write it"]
    );
    assert_eq!(tree(&out), before);
    assert!(build(&out, SITE).is_ok());
    assert_eq!(fs::read(out.join("CNAME")).unwrap(), b"example.org");
}

#[test]
fn what_is_not_committed_is_taken_back() {
    let (_dir, out) = fixture(SITE);
    let before = tree(&out);
    let site: Files<'_> =
        &[("index.html", "HOME"), ("en/a", "file"), ("new/deep/x", "x"), ("zh/合作/index.html", "合作")];
    put(&out, site).unwrap().rollback();
    assert_eq!(tree(&out), before);
    drop(put(&out, site).unwrap());
    assert_eq!(tree(&out), before);

    let fresh = out.join("../x/y");
    put(&fresh, site).unwrap().rollback();
    assert!(!out.join("../x").exists());
}

#[test]
fn a_killed_build_leaves_nothing_that_the_next_one_does_not_know() {
    for earlier in [SITE, &[]] {
        let (_dir, out) = fixture(earlier);
        kill(
            put(&out, &[("index.html", "HOME"), ("new/deep/x", "x"), ("new/y", "y"), ("en/a", "file")])
                .unwrap_or_else(|faults| panic!("{faults:?}")),
        );
        assert!(out.join("new/deep/x").exists());
        // Taken back, the folder still knows what the killed build left.
        put(&out, SITE).unwrap().rollback();
        assert!(out.join(".bashu-journal").exists());
        build(&out, SITE).unwrap();
        let mut expected: Vec<_> = SITE.iter().map(|(path, _)| *path).collect();
        expected.push(".bashu-files");
        expected.sort_unstable();
        assert_eq!(names(&out), expected);
        assert!(!out.join("new").exists() && !out.join(".bashu-new").exists());
        assert_eq!(fs::read(out.join("index.html")).unwrap(), b"home");
    }
}

#[test]
fn a_build_killed_before_its_first_page_is_no_obstacle() {
    let (_dir, out) = fixture(&[]);
    kill(Folder::open(&out, None, &planned(SITE)).unwrap());
    fs::remove_file(out.join(".bashu-journal")).unwrap();
    assert!(build(&out, SITE).is_ok());
}

#[test]
fn files_and_folders_change_places() {
    let (_dir, out) = fixture(&[("a", "file"), ("b/index.html", "folder"), ("b/c/d", "deep")]);
    let swapped: Files<'_> = &[("a/index.html", "folder"), ("a/x/y", "deep"), ("b", "file")];
    let before = tree(&out);
    put(&out, swapped).unwrap().rollback();
    assert_eq!(tree(&out), before);
    assert_eq!(build(&out, swapped).unwrap(), Written { written: 3, unchanged: 0, removed: 3, bytes: 14 });
    assert_eq!(names(&out), [".bashu-files", "a/index.html", "a/x/y", "b"]);
}

#[test]
fn a_file_cannot_be_a_folder_at_the_same_time() {
    let (_dir, out) = fixture(&[]);
    assert_eq!(
        messages(build(&out, &[("a", "file"), ("a/b", "folder"), ("../x", ""), (".bashu-files", "")]), &out),
        [
            "bad-path: `../x` cannot be a file of the site: `..` is not a folder or file name",
            "bad-path: `.bashu-files` cannot be a file of the site: `.bashu-files` is reserved",
            "bad-path: `a` cannot be a file of the site: it is needed as a folder as well",
        ]
    );
    assert!(!out.exists());
}

#[test]
fn a_commit_that_fails_is_taken_back() {
    let (_dir, out) = fixture(&[("a", "file"), ("b", "b"), ("c/old", "old"), ("d/e", "e"), ("z", "z")]);
    let folder =
        put(&out, &[("a/index.html", "folder"), ("b", "B"), ("c/new", "new"), ("d", "file"), ("z", "Z")])
            .unwrap();
    // Somebody puts a file of theirs where ours is about to go.
    fs::write(out.join("d/foreign"), "foreign").unwrap();
    let mut before = tree(&out);
    before.retain(|path, _| !path.starts_with(".bashu-new") && path != ".bashu-journal" && path != "c/new");
    assert_eq!(
        messages(folder.commit().map(|done| done.written), &out),
        ["foreign-output: `OUT/d` is in the way: Bashu did not write it"]
    );
    assert_eq!(tree(&out), before);
}

#[test]
fn a_path_is_put_once_and_only_if_it_was_planned() {
    let (_dir, out) = fixture(&[]);
    let folder = put(&out, SITE).unwrap();
    for (path, message) in
        [("index.html", "`index.html` is written twice"), ("x", "`x` is written but was not planned")]
    {
        assert_eq!(folder.put(&OutputPath::new(path), b"").unwrap_err().message, message);
    }
}

#[test]
fn a_path_too_long_for_the_system_is_reported_and_taken_back() {
    let (_dir, out) = fixture(SITE);
    let before = tree(&out);
    // Every name is short enough, the whole is not: this fails for root as well.
    let long = vec!["x".repeat(200); 40].join("/");
    let result = build(&out, &[("new", "new"), ("index.html", "HOME"), (&long, "")]);
    let faults = result.unwrap_err();
    let fault = faults.iter().next().unwrap();
    assert_eq!(fault.code, code::OUTPUT_FAILED);
    assert!(fault.message.contains("cannot be written: "), "{}", fault.message);
    assert!(fault.help.as_deref().unwrap().contains("shorter `slug`"));
    assert_eq!(tree(&out), before);
}

#[test]
fn a_record_that_is_not_ours_is_refused() {
    let (_dir, out) = fixture(SITE);
    for text in ["bashu-files 99\n", "bashu-files 1\n../../x\n"] {
        fs::write(out.join(".bashu-files"), text).unwrap();
        let before = tree(&out);
        assert_eq!(
            messages(build(&out, SITE), &out),
            ["foreign-output: `OUT/.bashu-files` was written by another version of Bashu, or damaged"]
        );
        assert_eq!(tree(&out), before);
    }
}

#[test]
fn the_folder_can_be_a_file() {
    let (_dir, out) = fixture(&[]);
    fs::write(&out, "file").unwrap();
    for path in [out.clone(), out.join("x")] {
        let faults = build(&path, SITE).unwrap_err();
        assert_eq!(faults.iter().next().unwrap().code, code::OUTPUT_FAILED);
    }
    assert_eq!(fs::read(&out).unwrap(), b"file");
}

#[test]
fn many_threads_share_new_folders() {
    let (_dir, out) = fixture(&[]);
    let paths: Vec<_> = (0..400).map(|i| OutputPath::new(format!("a/b/{}/{i}.html", i % 7))).collect();
    for text in ["one", "two"] {
        let folder = Folder::open(&out, None, &paths).unwrap();
        std::thread::scope(|scope| {
            for part in paths.chunks(50) {
                let folder = &folder;
                scope
                    .spawn(move || part.iter().for_each(|p| assert!(folder.put(p, text.as_bytes()).is_ok())));
            }
        });
        if text == "one" {
            folder.rollback();
            assert!(!out.exists());
        } else {
            assert_eq!(folder.commit().unwrap().written.written, 400);
        }
    }
}
