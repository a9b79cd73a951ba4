//! A folder of releases: what readers see is the old site or the new one, whatever happens.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tempfile::TempDir;

use super::scenes;
use super::site::{Site, tree};

struct Dir(TempDir);

impl Dir {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn current(&self) -> PathBuf {
        self.0.path().join("www/current")
    }
}

impl scenes::Host for Dir {
    fn yaml(&self, _: u16) -> String {
        format!("{{dir: {{path: {}/www}}}}", self.0.path().display())
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.current())
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.current().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn take(&self, path: &str) {
        fs::remove_file(self.current().join(path)).unwrap();
    }
}

/// The names below `www/releases`, in order.
fn releases(site: &Site) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(site.path().join("www/releases"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The releases that are not whole.
fn unfinished(site: &Site) -> Vec<PathBuf> {
    let names = releases(site).into_iter().filter(|name| name.starts_with(".new-"));
    names.map(|name| site.path().join("www/releases").join(name)).collect()
}

fn current(site: &Site) -> PathBuf {
    site.path().join("www/current")
}

fn edit(site: &Site, words: &str) {
    let text = format!("---\ntitle: Bees\ndate: 2023-12-01\n---\n{words}\n");
    site.write("content/notes/bees.en.md", &text);
}

/// Whether the live site's page of bees has these words.
fn shows(site: &Site, words: &str) -> bool {
    fs::read_to_string(current(site).join("en/notes/bees/index.html")).unwrap().contains(words)
}

#[test]
fn a_site_lives_in_a_folder_of_releases() {
    scenes::life_of_a_site(&Dir::new());
    scenes::many_files(&Dir::new());
}

#[test]
fn two_at_once_leave_the_site_of_one() {
    for _ in 0..5 {
        scenes::two_at_once(&Dir::new());
    }
}

/// A first run is at work, or was killed there.
#[test]
fn a_link_that_is_about_to_be_switched_is_nobody_elses_file() {
    let site = Site::new("{dir: {path: www}}");
    fs::create_dir_all(site.path().join("www")).unwrap();
    std::os::unix::fs::symlink("releases/20000101T000000Z", site.path().join("www/.current-new")).unwrap();
    site.published(&[]);
    assert_eq!(tree(&current(&site)), site.output());
}

#[test]
fn releases_are_kept_gone_back_to_and_removed() {
    let site = Site::new("{dir: {path: www, releases: 3}}");
    fs::create_dir_all(site.path().join("www/releases/20000101T000000Z")).unwrap();
    site.write("www/releases/20000101T000000Z/mine.txt", "not Bashu's");
    for words in ["one", "two", "three", "four"] {
        edit(&site, words);
        site.published(&[]);
        assert!(shows(&site, words));
        assert_eq!(tree(&current(&site)), site.output());
    }
    // Three of ours, and one that somebody else made.
    assert_eq!(releases(&site).len(), 4);
    assert!(site.path().join("www/releases/20000101T000000Z/mine.txt").exists());
    let inode = |name: &str, file: &str| {
        fs::metadata(site.path().join("www/releases").join(name).join(file)).unwrap().ino()
    };
    let names = releases(&site);
    let [.., before, live] = names.as_slice() else { panic!() };
    assert_eq!(inode(before, "100%.txt"), inode(live, "100%.txt"), "unchanged files take no room");
    assert_ne!(inode(before, "en/notes/bees/index.html"), inode(live, "en/notes/bees/index.html"));

    for words in ["three", "two"] {
        assert_eq!(site.publish(&["--rollback"]).status, 0);
        assert!(shows(&site, words));
    }
    let run = site.publish(&["--rollback"]);
    assert!(run.err.contains("error[no-release]"), "{}", run.err);
    assert!(shows(&site, "two"));
    // Publishing goes on from there, and what was gone back from is gone.
    edit(&site, "five");
    site.published(&[]);
    assert!(shows(&site, "five"));
    assert_eq!(site.publish(&["--rollback"]).status, 0);
    assert!(shows(&site, "two"));
    assert_eq!(fs::read_link(current(&site)).unwrap().parent(), Some(Path::new("releases")));
}

#[test]
fn a_run_that_is_killed_leaves_the_old_site_or_the_new() {
    let site = Site::new("{dir: {path: www}}");
    for number in 0..100 {
        site.write(&format!("static/many/{number}.txt"), &number.to_string());
    }
    site.published(&[]);
    let mut old = site.output();
    let (mut killed, mut whole) = (0, 0);
    for made in (1..100).step_by(9) {
        edit(&site, &made.to_string());
        // Half of what was there changes.
        for number in (made % 2..100).step_by(2) {
            site.write(&format!("static/many/{number}.txt"), &format!("{number} {made}"));
        }
        let left: Vec<PathBuf> = unfinished(&site);
        let mut run = site.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // A folder of this run: that of the one before is still there until this one removes it.
        let count = || match unfinished(&site).iter().find(|folder| !left.contains(folder)) {
            Some(folder) => fs::read_dir(folder.join("many")).map_or(0, Iterator::count),
            None => 0,
        };
        while count() < made && run.try_wait().unwrap().is_none() {}
        run.kill().unwrap();
        killed += usize::from(!run.wait().unwrap().success());
        let (now, new) = (tree(&current(&site)), site.output());
        assert!(now == old || now == new, "after {made} files");
        whole += usize::from(now == new);
        if made % 3 == 0 {
            site.published(&[]);
            assert!(tree(&current(&site)) == new, "after {made} files");
            assert!(unfinished(&site).is_empty());
        }
        old = tree(&current(&site));
    }
    assert!(killed > 3, "{killed} were killed, {whole} were done");
}

#[test]
fn a_folder_that_is_there_is_taken_over_when_told() {
    let site = Site::new("{dir: {path: www}}");
    site.write("www/current/index.html", "old");
    site.write("www/current/uploads/report.pdf", "theirs");
    let run = site.publish(&[]);
    assert!(run.err.contains("error[foreign-host]") && run.err.contains("uploads/report.pdf"), "{}", run.err);
    site.published(&["--adopt"]);
    let mut expected = site.output();
    expected.insert("uploads/report.pdf".to_owned(), b"theirs".to_vec());
    assert_eq!(tree(&current(&site)), expected);
    assert!(fs::symlink_metadata(current(&site)).unwrap().is_symlink());
    // A folder with a site of another kind in it is no place for releases either, unless told.
    let site = Site::new("{dir: {path: www}}");
    site.write("www/index.html", "old");
    let run = site.publish(&[]);
    assert!(run.err.contains("error[foreign-host]"), "{}", run.err);
    site.published(&["--adopt"]);
    assert_eq!(tree(&current(&site)), site.output());
    assert_eq!(fs::read(site.path().join("www/index.html")).unwrap(), b"old");
}

#[test]
fn what_is_kept_from_now_on_stays() {
    let site = Site::new("{dir: {path: www}}");
    site.write("static/shop/a.txt", "ours, for now");
    site.published(&[]);
    site.host("{dir: {path: www}, keep: [\"shop/**\"]}");
    site.remove("static/shop/a.txt");
    edit(&site, "They hum.");
    assert_eq!(site.published(&[])[3], 0);
    assert_eq!(fs::read(current(&site).join("shop/a.txt")).unwrap(), b"ours, for now");
}
