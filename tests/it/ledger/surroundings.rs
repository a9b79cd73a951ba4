//! What may surround a history: moves, merges, rebases, shallow clones, folders, hooks.

use std::fs;

use bashu::site::State;
use bashu::translations::Lost;

use super::repository::{Repository, git, since_in, state, told};
use crate::program::bashu;

const TEXT: &str =
    "---\ntitle: Ants\n---\nAnts have six legs, and carry leaves home.\n\nThey live in the ground.\n";
const FROM: &str = "content/a/ants.en.md";
const TO: &str = "content/a/ants.zh.md";

/// A repository in whose site `a/ants` is stamped, committed, and then changed by a commit.
fn changed(folder: &'static str) -> Repository {
    let mut repository = stamped(folder);
    repository.write(FROM, &TEXT.replace("six legs", "eight legs"));
    repository.commit("Count anew");
    repository
}

fn stamped(folder: &'static str) -> Repository {
    let mut repository = Repository::new(folder);
    repository.write(FROM, TEXT);
    repository.write(TO, "---\ntitle: 蚂蚁\ntranslated_from: en\n---\n蚂蚁有六条腿。\n");
    repository.accept("a/ants", "zh");
    repository.commit("Begin");
    repository
}

#[track_caller]
fn assert_found(repository: &Repository, id: &str, commit: Option<&str>) {
    assert_eq!(repository.state(id, "zh"), State::Stale);
    let since = repository.since(id, "zh").unwrap();
    assert_eq!(since.commit.as_ref().map(|c| c.id.as_str()), commit);
    let told = told(&since);
    assert!(told[0].starts_with("text: Ants have [-six-]{+eight+} legs"), "{told:?}");
}

#[test]
fn a_moved_file_is_followed() {
    let mut repository = changed("");
    let commit = repository.head();
    repository.git(&["mv", "content/a", "content/b"]);
    repository.commit("Move the folder");
    assert_found(&repository, "b/ants", Some(&commit));
    // Into a folder of its own.
    fs::create_dir_all(repository.site().join("content/b/bees")).unwrap();
    for code in ["en", "zh"] {
        let (from, to) = (format!("content/b/ants.{code}.md"), format!("content/b/bees/index.{code}.md"));
        repository.git(&["mv", &from, &to]);
    }
    assert_eq!(repository.since("b/bees", "zh"), Err(Lost::Untracked));
    repository.commit("Give it a folder");
    assert_found(&repository, "b/bees", Some(&commit));
    // Moved and changed at once.
    repository.git(&["mv", "content/b/bees/index.en.md", "content/b/bees.en.md"]);
    repository.git(&["mv", "content/b/bees/index.zh.md", "content/b/bees.zh.md"]);
    repository
        .write("content/b/bees.en.md", &TEXT.replace("six legs", "eight legs").replace("ground", "soil"));
    repository.commit("Move and change");
    assert_found(&repository, "b/bees", Some(&commit));
}

#[test]
fn a_rebased_history_serves_as_well() {
    let mut repository = stamped("");
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.write(FROM, &TEXT.replace("six legs", "eight legs"));
    let before = repository.commit("Count anew");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("content/a/bees.en.md", "---\ntitle: Bees\n---\n");
    repository.commit("Write of bees");
    repository.git(&["rebase", "--quiet", "main", "work"]);
    let after = repository.head();
    assert_ne!(before, after);
    assert_found(&repository, "a/ants", Some(&after));
    // The commit that was translated is there no more, but for what was in it.
    repository.git(&["checkout", "--quiet", "--orphan", "new"]);
    repository.write(FROM, TEXT);
    repository.commit("All in one");
    assert_eq!(repository.state("a/ants", "zh"), State::Current);
    repository.write(FROM, &TEXT.replace("six legs", "eight legs"));
    let again = repository.commit("Count anew");
    assert_found(&repository, "a/ants", Some(&again));
}

#[test]
fn a_merge_that_changes_the_text_is_a_state_too() {
    let mut repository = stamped("");
    repository.git(&["checkout", "--quiet", "-b", "work"]);
    repository.write(FROM, &TEXT.replace("leaves", "seeds"));
    repository.commit("Seeds");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write(FROM, &TEXT.replace("ground", "soil"));
    repository.commit("Soil");
    repository.git(&["merge", "--quiet", "--no-commit", "--strategy", "ours", "work"]);
    repository.write(FROM, &TEXT.replace("leaves", "grains").replace("ground", "soil"));
    repository.accept("a/ants", "zh");
    repository.commit("Merge, and neither");
    let merged = TEXT.replace("leaves", "grains").replace("ground", "soil");
    repository.write(FROM, &merged.replace("six legs", "eight legs"));
    assert_found(&repository, "a/ants", None);
    let commit = repository.commit("Count anew");
    assert_found(&repository, "a/ants", Some(&commit));
}

#[test]
fn a_shallow_clone_says_so_and_is_stale_all_the_same() {
    let repository = changed("");
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.root.path().display());
    git(clone.path(), 0, &["clone", "--quiet", "--depth", "1", &url, "copy"]);
    let copy = clone.path().join("copy");
    assert_eq!(state(&copy, "a/ants", "zh"), State::Stale);
    assert_eq!(since_in(&copy, "a/ants", "zh"), Err(Lost::Shallow));
    let run = bashu(&copy, &["translations"]);
    assert!(run.out.contains("a/ants  zh  stale     since when is not known"), "{}", run.out);
    assert!(run.out.contains("git fetch --unshallow"), "{}", run.out);
    git(&copy, 0, &["fetch", "--quiet", "--unshallow"]);
    assert!(since_in(&copy, "a/ants", "zh").is_ok());
}

#[test]
fn what_is_not_committed_is_compared_as_well() {
    let repository = stamped("");
    repository.write(FROM, &TEXT.replace("six legs", "eight legs"));
    assert_found(&repository, "a/ants", None);
    repository.git(&["add", "--all", "."]);
    assert_found(&repository, "a/ants", None);
}

#[test]
fn without_a_history_it_is_stale_all_the_same() {
    let mut repository = stamped("");
    repository.write(FROM, &TEXT.replace("six legs", "eight legs"));
    repository.commit("Forget what was");
    // Never committed as it was translated.
    repository.write(FROM, &TEXT.replace("six", "ten"));
    repository.accept("a/ants", "zh");
    repository.write(FROM, TEXT);
    assert_eq!(repository.since("a/ants", "zh"), Err(Lost::Unknown));
    // Not in git.
    repository.write("content/a/bees.en.md", "---\ntitle: Bees\n---\n");
    repository.write("content/a/bees.zh.md", "---\ntitle: 蜜蜂\ntranslated_from: en@00000000\n---\n");
    assert_eq!(repository.state("a/bees", "zh"), State::Stale);
    assert_eq!(repository.since("a/bees", "zh"), Err(Lost::Untracked));
    fs::remove_dir_all(repository.site().join(".git")).unwrap();
    assert_eq!(repository.state("a/ants", "zh"), State::Stale);
    assert_eq!(repository.since("a/ants", "zh"), Err(Lost::NoRepository));
    git(&repository.site(), 0, &["init", "--quiet"]);
    assert_eq!(repository.since("a/ants", "zh"), Err(Lost::Untracked));
}

#[test]
fn the_site_may_be_a_folder_of_the_repository_and_speak_chinese() {
    let mut repository = changed("出版 物/site [1]");
    let commit = repository.head();
    assert_found(&repository, "a/ants", Some(&commit));
    repository.git(&["mv", "content/a/ants.en.md", "content/a/蚂蚁 *.en.md"]);
    repository.git(&["mv", "content/a/ants.zh.md", "content/a/蚂蚁 *.zh.md"]);
    repository.commit("Rename");
    assert_found(&repository, "a/蚂蚁 *", Some(&commit));
}

#[test]
fn line_ends_that_git_changes_do_not_matter() {
    let mut repository = stamped("");
    repository.git(&["config", "core.autocrlf", "true"]);
    repository.write(FROM, &TEXT.replace("six legs", "eight legs").replace('\n', "\r\n"));
    let commit = repository.commit("Count anew");
    assert_found(&repository, "a/ants", Some(&commit));
}

/// A hook's git names its repository to every git that it starts.
#[test]
fn another_repository_in_the_environment_is_not_taken_for_the_sites() {
    let repository = changed("");
    let other = tempfile::tempdir().unwrap();
    git(other.path(), 0, &["init", "--quiet"]);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_bashu"))
        .current_dir(repository.site())
        .args(["--color", "never", "translations"])
        .env("GIT_DIR", other.path().join(".git"))
        .env("GIT_WORK_TREE", other.path())
        .env("GIT_INDEX_FILE", other.path().join("index"))
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("[-six-]{+eight+}"), "{out}");
}

#[test]
fn a_machine_without_git_says_so() {
    let repository = changed("");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_bashu"))
        .current_dir(repository.site())
        .args(["--color", "never", "translations"])
        .env("PATH", repository.site())
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("stale") && out.contains("the program `git` is not installed"), "{out}");
}

#[test]
fn a_repository_of_somebody_else_is_refused_in_gits_words() {
    let repository = changed("");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_bashu"))
        .current_dir(repository.site())
        .args(["--color", "never", "translations"])
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        // Git's own tests make it believe so.
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("stale") && out.contains("git refuses: detected dubious ownership"), "{out}");
}

/// Looking up writes nothing, not even what git refreshes by the way.
#[test]
fn nothing_is_written() {
    let repository = changed("");
    let files = |dir: &std::path::Path| -> Vec<(std::path::PathBuf, std::time::SystemTime)> {
        let mut found = Vec::new();
        let mut folders = vec![dir.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                found.push((path.clone(), path.symlink_metadata().unwrap().modified().unwrap()));
                if path.is_dir() {
                    folders.push(path);
                }
            }
        }
        found.sort();
        found
    };
    let before = files(repository.root.path());
    let run = bashu(&repository.site(), &["translations"]);
    assert!(run.out.contains("[-six-]{+eight+}"), "{}", run.out);
    assert_eq!(files(repository.root.path()), before);
}
