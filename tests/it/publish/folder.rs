//! A plain folder.

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;

use super::scenes;
use super::site::{Site, tree};

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
}

impl scenes::Host for Folder {
    fn yaml(&self, _: u16) -> String {
        format!("{{folder: {{path: {}/site}}}}", self.0.path().display())
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.0.path().join("site"))
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.0.path().join("site").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn take(&self, path: &str) {
        fs::remove_file(self.0.path().join("site").join(path)).unwrap();
    }
}

#[test]
fn a_site_lives_in_a_folder() {
    scenes::life_of_a_site(&Folder::new());
    scenes::many_files(&Folder::new());
}

#[test]
fn two_at_once_leave_the_site_of_one() {
    scenes::two_at_once(&Folder::new());
}

#[test]
fn what_a_run_leaves_is_the_site_alone() {
    let site = Site::new("{folder: {path: public}}");
    site.published(&[]);
    let names = |dir: &str| {
        let mut names: Vec<_> = fs::read_dir(site.path().join(dir))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let hidden: Vec<String> = names("public").into_iter().filter(|name| name.starts_with(".bashu")).collect();
    assert_eq!(hidden, [".bashu-lock", ".bashu-manifest.json"]);
    // Folders that were emptied go.
    site.remove("static/数据/腿 六.txt");
    site.published(&[]);
    assert!(!names("public").contains(&"数据".to_owned()));
    // A dry run makes no folder.
    site.host("{folder: {path: elsewhere}}");
    site.published(&["--dry-run"]);
    assert!(!site.path().join("elsewhere").exists());
}

#[test]
fn a_site_is_not_put_over_its_own_files() {
    for path in [".", "..", "output", "content/new", "static", "new/../output/deep"] {
        let site = Site::new(&format!("{{folder: {{path: {path}}}}}"));
        let before = tree(site.path());
        let run = site.publish(&["--adopt"]);
        assert!(
            run.err.contains("error[invalid-value]") && run.err.contains("own files"),
            "{path}: {}",
            run.err
        );
        let mut after = tree(site.path());
        after.retain(|file, _| !file.starts_with("output/") && !file.starts_with(".bashu/"));
        assert_eq!(before, after, "{path}");
    }
}
