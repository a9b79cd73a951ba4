//! Faults that need a disk, through the program itself: what it says, what it ends with, and that
//! the output is left as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::fixture::{self, write};
use crate::program::bashu;

const ANTS: &str = "== content/a/ants.en.md
---
title: Ants
---
Six legs.
";

/// A fixture on disk, with the usual `site.yaml` if it brings none.
fn site(fixture: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("site.yaml"), fixture::SITE).unwrap();
    write(dir.path(), fixture);
    dir
}

/// Every file below a folder: its bytes and when it was changed. A folder's own time is no part of
/// the site: staging files in it, and taking them back, changes it.
fn tree(dir: &Path) -> BTreeMap<PathBuf, (Vec<u8>, Option<SystemTime>)> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .map(Result::unwrap)
        .map(|entry| {
            let file = entry.file_type().is_file();
            let bytes = if file { fs::read(entry.path()).unwrap() } else { Vec::new() };
            let changed = file.then(|| entry.metadata().unwrap().modified().unwrap());
            (entry.into_path(), (bytes, changed))
        })
        .collect()
}

#[test]
fn each_kind_of_error_leaves_the_output_byte_for_byte() {
    let site = site(ANTS);
    let dir = site.path();
    fs::create_dir(dir.join("output")).unwrap();
    fs::write(dir.join("output/.gitignore"), "*\n!.gitignore\n").unwrap();
    let first = bashu(dir, &["build"]);
    assert_eq!((first.status, first.err.as_str()), (0, ""), "{}", first.out);
    let before = tree(&dir.join("output"));
    assert!(before.contains_key(&dir.join("output/en/a/ants/index.html")));
    let faults = [
        ("== site.yaml\ntitle: [\n", "yaml-syntax"),
        ("== content/a/ants.en.md\nNothing.\n", "no-front-matter"),
        ("== content/a/bees.en.md\n---\ntitle: Bees\n---\n[x](none.en.md)\n", "broken-link"),
        ("== content/a/bees.en.md\n---\ntitle: Bees\nslug: ants\n---\n", "duplicate-url"),
        ("== templates/article.html\n{{ page.title\n", "template-syntax"),
        ("== templates/article.html\n{{ page.nothing.more }}\n", "template-runtime"),
        ("== themes/own/theme.yaml\nparent: none\n", ""),
        ("== content/a/ants.en.md (latin1)\n---\ntitle: café\n---\n", "not-utf8"),
    ];
    for (fault, code) in faults {
        let original: Vec<_> = fixture::files(fault)
            .into_keys()
            .map(|path| (dir.join(&path), fs::read(dir.join(path)).ok()))
            .collect();
        write(dir, fault);
        let run = bashu(dir, &["build"]);
        if !code.is_empty() {
            assert_eq!(run.status, 1, "{fault}");
            assert!(run.err.contains(&format!("error[{code}]")), "{fault}\n{}", run.err);
            assert!(run.err.ends_with("1 error; output/ is as it was\n"), "{}", run.err);
        }
        assert!(tree(&dir.join("output")) == before, "{fault}");
        for (path, bytes) in original {
            match bytes {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
        }
    }
    let last = bashu(dir, &["build"]);
    assert_eq!(last.status, 0);
    assert!(last.out.contains(" 0 written, "), "{}", last.out);
    assert_eq!(fs::read_to_string(dir.join("output/.gitignore")).unwrap(), "*\n!.gitignore\n");
}

#[cfg(unix)]
#[test]
fn symbolic_links_that_leave_dangle_or_loop_are_reported() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret.en.md"), "---\ntitle: Secret\n---\n").unwrap();
    let site = site(ANTS);
    let content = site.path().join("content/a");
    symlink(elsewhere.path().join("secret.en.md"), content.join("secret.en.md")).unwrap();
    symlink(elsewhere.path(), content.join("folder")).unwrap();
    symlink("nowhere.en.md", content.join("dangling.en.md")).unwrap();
    symlink("../a", content.join("round")).unwrap();
    symlink("itself.en.md", content.join("itself.en.md")).unwrap();
    let run = bashu(site.path(), &["build"]);
    assert_eq!(run.status, 1);
    for message in [
        "error[link-leaves-site]: the link `content/a/secret.en.md` leaves the site",
        "error[link-leaves-site]: the link `content/a/folder` leaves the site",
        "error[unreadable]: the link `content/a/dangling.en.md` to `nowhere.en.md` leads nowhere",
        "error[unreadable]: the link `content/a/round` leads into a folder that it stands in",
        "error[unreadable]: the link `content/a/itself.en.md` to `itself.en.md` leads nowhere",
        "5 errors; output/ is as it was",
    ] {
        assert!(run.err.contains(message), "{message}\n{}", run.err);
    }
    assert!(!site.path().join("output").exists());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_reported() {
    let site = site(ANTS);
    // Permissions do not bind root; a pipe is no file for anybody, and must not be waited for.
    let pipe = site.path().join("content/a/pipe.en.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::create_dir(site.path().join("assets")).unwrap();
    fs::write(site.path().join("static"), "a file where a folder should be").unwrap();
    let run = bashu(site.path(), &["build"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("error[unreadable]: `content/a/pipe.en.md` is neither a file nor a folder"));
    assert!(run.err.contains("error[unreadable]: `static` must be a folder"), "{}", run.err);
}

#[test]
fn a_foreign_output_folder_is_refused_and_left() {
    let site = site(ANTS);
    let output = site.path().join("output");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("thesis.doc"), "mine").unwrap();
    let before = tree(&output);
    let run = bashu(site.path(), &["build"]);
    assert_eq!(run.status, 1);
    assert!(run.err.starts_with("error[foreign-output]: the output folder `output` holds files that Bashu did not write: `thesis.doc`\n"), "{}", run.err);
    assert!(run.err.contains("= help: choose another folder with `--output`, or empty this one"));
    assert!(tree(&output) == before);
    for place in [".", "content/new", ".."] {
        let run = bashu(site.path(), &["build", "--output", place]);
        assert_eq!(run.status, 1, "{place}");
        assert!(run.err.contains("error[foreign-output]"), "{place}\n{}", run.err);
    }
    assert!(!site.path().join("content/new").exists());
}

#[test]
fn somebody_elses_file_in_a_place_that_is_needed_is_left() {
    let site = site(ANTS);
    let output = site.path().join("output");
    assert_eq!(bashu(site.path(), &["build"]).status, 0);
    fs::create_dir_all(output.join("en/a/bees")).unwrap();
    fs::write(output.join("en/a/bees/index.html"), "mine").unwrap();
    let before = tree(&output);
    write(site.path(), "== content/a/bees.en.md\n---\ntitle: Bees\n---\n");
    let run = bashu(site.path(), &["build"]);
    assert_eq!(run.status, 1);
    assert!(
        run.err.contains("error[foreign-output]: `output/en/a/bees/index.html` is in the way"),
        "{}",
        run.err
    );
    assert!(tree(&output) == before);
}

/// A full disk takes a file system of 64 KiB, which only root may mount, and not everywhere.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported_and_left() {
    struct Small(PathBuf);
    impl Drop for Small {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(&self.0).status();
        }
    }
    let site = site(ANTS);
    let output = site.path().join("output");
    fs::create_dir(&output).unwrap();
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&output).output();
    if !mounted.is_ok_and(|run| run.status.success()) {
        // Mounting takes root. CI has it; a developer's machine may not.
        assert!(std::env::var_os("CI").is_none(), "CI must be able to mount a small file system");
        return;
    }
    let _small = Small(output.clone());
    fs::write(site.path().join("content/a/big.bin"), vec![7; 128 * 1024]).unwrap();
    let run = bashu(site.path(), &["build"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("error[output-failed]"), "{}", run.err);
    assert!(run.err.contains("free some space"), "{}", run.err);
    assert_eq!(fs::read_dir(&output).unwrap().count(), 0);
}

#[test]
fn messages_for_programs_are_lines_of_json() {
    let site =
        site("== content/a/ants.zh.md\n---\ntitle: 蚂蚁\nsumary: 六条腿\n---\n蚂蚁的[腿](none.zh.md)\n");
    let run = bashu(site.path(), &["build", "--message-format", "json"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    let messages: Vec<serde_json::Value> =
        run.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(messages.len(), 2);
    assert_eq!((&messages[0]["code"], &messages[0]["severity"]), (&"unknown-key".into(), &"error".into()));
    let start = &messages[1]["labels"][0]["start"];
    assert_eq!(messages[1]["labels"][0]["file"], "content/a/ants.zh.md");
    assert_eq!((start["line"].as_u64(), start["column"].as_u64()), (Some(5), Some(8)));
    assert!(messages.iter().all(|m| m["help"].is_string()));

    fs::remove_file(site.path().join("content/a/ants.zh.md")).unwrap();
    let run = bashu(site.path(), &["build", "--message-format", "json"]);
    let done: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(done["pages"]["en"].as_u64() > Some(0));
}

#[test]
fn a_folder_without_a_site_and_wrong_usage_end_with_1_and_2() {
    let empty = tempfile::tempdir().unwrap();
    let run = bashu(empty.path(), &["build"]);
    assert_eq!(run.status, 1);
    assert!(run.err.starts_with("error[no-site]: there is no site.yaml here\n"), "{}", run.err);
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
    for (arguments, word) in [
        (&["build", "--site", "nowhere"][..], "there is no folder nowhere"),
        (&["build", "--base-url", "example.org"], "`example.org` is not a whole URL"),
        (&["build", "--base-url", "ftp://example.org/"], "is not an http or https URL"),
        (&["build", "--today", "2023-02-29"], "2023-02 has 28 days, not 29"),
        (&["build", "--today", "2023"], "a whole date is needed"),
        (&["biuld"], "biuld"),
        (&["build", "--outptu", "x"], "--outptu"),
        (&["new"], "SECTION/ID"),
        (&[], "Usage"),
    ] {
        let run = bashu(empty.path(), arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.err);
        assert!(run.err.contains(word), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn init_and_new_write_over_nothing() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("thesis.doc"), "mine").unwrap();
    let run = bashu(dir.path(), &["init", "."]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("is not empty"), "{}", run.err);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let run = bashu(dir.path(), &["init", "thesis.doc"]);
    assert_eq!(run.status, 2, "{}", run.err);

    let site = site(ANTS);
    let before = tree(&site.path().join("content"));
    for id in [
        "../secret",
        "/etc/passwd/..",
        "a/../../x",
        "a/con",
        "a/x.en",
        "a/index",
        "a/_index",
        "",
        "a//b",
        "a/b:c",
    ] {
        let run = bashu(site.path(), &["new", id]);
        assert_eq!(run.status, 2, "{id}: {}", run.out);
        assert!(run.err.contains("cannot be an id"), "{id}: {}", run.err);
    }
    // One language's file is there, and none of the others is written.
    let run = bashu(site.path(), &["new", "a/ants"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("content/a/ants.en.md"), "{}", run.err);
    assert!(tree(&site.path().join("content")) == before);
    write(site.path(), "== content/a/bees.zh.md\n---\ntitle: 蜜蜂\n---\n");
    let before = tree(&site.path().join("content"));
    assert_eq!(bashu(site.path(), &["new", "a/bees"]).status, 2);
    assert!(tree(&site.path().join("content")) == before);
}
