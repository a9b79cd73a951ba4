//! Builds that are killed: whatever was written until then, the next build leaves what a clean one
//! makes, and nothing else.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::workshop::{differing, tree};
use crate::dice::Dice;
use crate::fixture::SITE;
use crate::program::bashu;

const ARTICLES: usize = 150;

/// A site of some hundred small articles.
fn site() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: String, text: String| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.yaml".to_owned(), format!("{SITE}page_size: 10\ntheme: bare\n"));
    // What a page holds is of no matter here, and little of it is made fast.
    for kind in ["home", "section", "article", "landing", "404", "frame"] {
        let text = if kind == "frame" {
            "{{ page.title }}\n{{ page.content }}\n"
        } else {
            "{% include \"frame.html\" %}\n"
        };
        write(format!("themes/bare/templates/{kind}.html"), text.to_owned());
    }
    write("themes/bare/theme.yaml".to_owned(), "name: bare\n".to_owned());
    write("content/a/_index.en.md".to_owned(), "---\ntitle: All\n---\n".to_owned());
    write("static/data.txt".to_owned(), "1\n".to_owned());
    for i in 0..ARTICLES {
        let other = format!("[The next](a-{}.en.md)", (i + 1) % ARTICLES);
        write(
            format!("content/a/a-{i}.en.md"),
            format!("---\ntitle: Ants {i}\ndate: 2023-12\n---\n{other} Text.\n"),
        );
        if i % 3 == 0 {
            write(
                format!("content/a/a-{i}.zh.md"),
                format!("---\ntitle: 蚂蚁{i}\ntranslated_from: en\n---\n正文。\n"),
            );
        }
    }
    dir
}

fn start(site: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_bashu"))
        .current_dir(site)
        .args(["build", "--quiet", "--today", "2023-12-31"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a build has done so far, in a number that grows.
#[derive(Clone, Copy, Debug)]
enum Progress {
    /// The bytes in the cache's store.
    Stored,
    /// The entries of `output/en/a`, where new pages are put.
    Put,
    /// The files that wait in `output/.bashu-new`.
    Staged,
    /// Whether the index is a new one.
    Indexed,
}

impl Progress {
    fn now(self, site: &Path) -> u64 {
        let entries =
            |folder: &str| fs::read_dir(site.join(folder)).map_or(0, |entries| entries.count() as u64);
        let size = |file: &str| fs::metadata(site.join(file)).map_or(0, |meta| meta.len());
        match self {
            Progress::Stored => size(".bashu/data-0").max(size(".bashu/data-1")),
            Progress::Put => entries("output/en/a"),
            Progress::Staged => entries("output/.bashu-new"),
            Progress::Indexed => size(".bashu/index.new"),
        }
    }

    /// The most that is waited for; the build may end before.
    fn most(self) -> usize {
        match self {
            Progress::Stored => 60_000,
            Progress::Put => ARTICLES,
            Progress::Staged => ARTICLES + ARTICLES / 3,
            Progress::Indexed => 1,
        }
    }
}

/// Kills a build once it has done so much; whether that was in time.
fn kill(site: &Path, progress: Progress, until: u64) -> bool {
    let before = progress.now(site);
    let mut child = start(site);
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if progress.now(site).saturating_sub(before) > until {
            break;
        }
        std::thread::yield_now();
    }
    child.kill().unwrap();
    // A build that has just come to its end has a status.
    child.wait().unwrap().code().is_none()
}

/// A normal build after a killed one leaves what a clean build makes.
#[track_caller]
fn mends(site: &Path, what: &str) {
    let run = bashu(site, &["build", "--quiet", "--today", "2023-12-31"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{what}");
    let clean = tempfile::tempdir().unwrap();
    let out = clean.path().join("out");
    let arguments =
        ["build", "--no-cache", "--quiet", "--today", "2023-12-31", "--output", out.to_str().unwrap()];
    let run = bashu(site, &arguments);
    assert_eq!(run.status, 0, "{}", run.err);
    let (warm, clean) = (tree(&site.join("output")), tree(&out));
    assert_eq!(differing(&warm, &clean), Vec::<&String>::new(), "{what}");
    assert!(!site.join("output/.bashu-new").exists(), "{what}");
    let left: Vec<String> = tree(&site.join(".bashu")).into_keys().collect();
    let known = |name: &String| ["index", "lock", ".gitignore"].contains(&name.as_str());
    let data: Vec<&String> = left.iter().filter(|name| !known(name)).collect();
    assert!(data.len() == 1 && data[0].starts_with("data-"), "{what}: {left:?}");
}

const KINDS: [Progress; 4] = [Progress::Stored, Progress::Put, Progress::Staged, Progress::Indexed];

#[test]
fn a_first_build_may_be_killed() {
    let mut dice = Dice::new(1);
    let mut killed = 0;
    let site = site();
    for round in 0..10 {
        let _ = fs::remove_dir_all(site.path().join("output"));
        let _ = fs::remove_dir_all(site.path().join(".bashu"));
        let progress = KINDS[round % 2];
        let until = dice.below(progress.most()) as u64;
        killed += usize::from(kill(site.path(), progress, until));
        // Some are killed again at the next attempt.
        if dice.one_in(3) {
            killed += usize::from(kill(site.path(), progress, dice.below(progress.most()) as u64));
        }
        mends(site.path(), &format!("round {round}, {progress:?} until {until}"));
    }
    assert!(killed >= 4, "only {killed} were killed in time");
}

#[test]
fn a_build_that_changes_every_page_may_be_killed() {
    let mut dice = Dice::new(2);
    let mut killed = 0;
    let site = site();
    mends(site.path(), "the first build");
    for round in 0..12 {
        let template = format!("{{{{ page.title }}}} {round}\n{{{{ page.content }}}}\n");
        fs::write(site.path().join("themes/bare/templates/frame.html"), template).unwrap();
        // The texts change as well, so that the store grows.
        for i in (round..ARTICLES).step_by(7) {
            let text = format!("---\ntitle: Ants {i}, {round}\ndate: 2023-12\n---\nText {round}.\n");
            fs::write(site.path().join(format!("content/a/a-{i}.en.md")), text).unwrap();
        }
        let progress = [Progress::Stored, Progress::Staged, Progress::Staged, Progress::Indexed][round % 4];
        let most = if matches!(progress, Progress::Stored) { 8_000 } else { progress.most() };
        let until = dice.below(most) as u64;
        killed += usize::from(kill(site.path(), progress, until));
        mends(site.path(), &format!("round {round}, {progress:?} until {until}"));
    }
    assert!(killed >= 4, "only {killed} were killed in time");
}
