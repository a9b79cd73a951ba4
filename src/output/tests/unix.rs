//! Links, locks and permissions, as Unix has them.

use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

#[test]
fn two_builds_do_not_write_at_the_same_time() {
    let (_dir, out) = fixture(SITE);
    let first = put(&out, &[("index.html", "first")]).unwrap();
    assert_eq!(
        messages(build(&out, SITE), &out),
        ["output-failed: another run of Bashu is writing to the output folder `OUT`"]
    );
    first.commit().unwrap();
    assert_eq!(fs::read(out.join("index.html")).unwrap(), b"first");
}

#[test]
fn links_are_replaced_and_never_written_through() {
    let (dir, out) = fixture(SITE);
    let precious = dir.path().join("precious");
    fs::write(&precious, "home").unwrap();
    fs::remove_file(out.join("index.html")).unwrap();
    symlink(&precious, out.join("index.html")).unwrap();
    let before = tree(&out);
    put(&out, SITE).unwrap().rollback();
    assert_eq!(tree(&out), before);
    assert_eq!(build(&out, SITE).unwrap().written, 1);
    assert!(!out.join("index.html").is_symlink());
    assert_eq!(fs::read(&precious).unwrap(), b"home");

    // A folder of ours that became a link: neither written into nor cleared.
    let elsewhere = dir.path().join("elsewhere");
    fs::rename(out.join("en"), &elsewhere).unwrap();
    symlink(&elsewhere, out.join("en")).unwrap();
    assert_eq!(
        messages(build(&out, SITE), &out),
        [
            "foreign-output: `OUT/en` is in the way of `en/a/index.html`: Bashu did not write it",
            "foreign-output: `OUT/en` is in the way of `en/b/index.html`: Bashu did not write it"
        ]
    );
    assert_eq!(build(&out, &SITE[..1]).unwrap().removed, 1);
    assert!(elsewhere.join("a/index.html").exists() && out.join("en").is_symlink());
}

#[test]
fn the_folder_itself_may_be_a_link() {
    let (dir, out) = fixture(SITE);
    let link = dir.path().join("link");
    symlink(&out, &link).unwrap();
    assert_eq!(build(&link, SITE).unwrap().unchanged, 4);
}

#[test]
fn a_read_only_folder_is_reported_and_left() {
    let (_dir, out) = fixture(SITE);
    let mode = |mode| fs::set_permissions(out.join("en/a"), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let before = tree(&out);
    let is_root = fs::write(out.join("en/a/probe"), "").is_ok();
    if is_root {
        // Permissions do not bind root.
        return mode(0o755);
    }
    for site in [&[("index.html", "HOME"), ("en/a/new", "new")][..], &[("index.html", "HOME")]] {
        let faults = build(&out, site).unwrap_err();
        assert_eq!(faults.iter().next().unwrap().code, code::OUTPUT_FAILED);
        assert_eq!(tree(&out), before);
    }
    mode(0o755);
}
