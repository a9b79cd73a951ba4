//! A folder and what may be in it.

use std::sync::atomic::AtomicBool;

use super::*;

fn folder(root: &Path, run: &str) -> Folder {
    let stage = Mutex::default();
    Folder { root: root.to_owned(), run: run.to_owned(), parallel: 2, stage, number: AtomicUsize::new(0) }
}

fn delete(folder: &Folder, paths: &[&str], ignores_case: bool) -> Result<(), Trouble> {
    let paths: Vec<Box<str>> = paths.iter().map(|path| Box::from(*path)).collect();
    folder.remove(&paths, ignores_case, &Tally::new(&|_| {}, &AtomicBool::new(false)))
}

#[test]
fn writes_are_conditional_also_of_many_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let one = folder(dir.path(), "one");
    let first = one.write("m", b"1", &Expected::Absent).unwrap();
    assert_eq!(one.write("m", b"2", &Expected::Absent), Err(Trouble::Conflict));
    let second = one.write("m", b"2", &Expected::Is(first.clone())).unwrap();
    assert_eq!(one.write("m", b"3", &Expected::Is(first)), Err(Trouble::Conflict));
    assert_eq!(one.read("m").unwrap(), Some((b"2".to_vec(), second.clone())));
    let winners = std::thread::scope(|scope| {
        let write = |n: usize| {
            let (dir, expected) = (dir.path(), Expected::Is(second.clone()));
            scope.spawn(move || {
                folder(dir, &n.to_string()).write("m", n.to_string().as_bytes(), &expected).is_ok()
            })
        };
        let threads: Vec<_> = (10..30).map(write).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).filter(|won| *won).count()
    });
    assert_eq!(winners, 1);
}

#[test]
fn files_of_runs_that_were_killed_are_removed_and_those_of_others_at_work_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let new = dir.path().join(NEW);
    fs::create_dir_all(new.join("killed")).unwrap();
    fs::write(new.join("killed/7"), "half a pa").unwrap();
    fs::write(new.join("killed/alive"), "").unwrap();
    let at_work = folder(dir.path(), "at-work");
    let waiting = at_work.waiting().unwrap();
    fs::write(&waiting, "half a page").unwrap();
    let next = folder(dir.path(), "next");
    next.write("m", b"1", &Expected::Any).unwrap();
    assert!(!new.join("killed").exists());
    assert!(waiting.exists());
    assert_eq!(next.list().unwrap().len(), 1);
    drop((next, at_work));
    assert!(!new.exists());
}

#[test]
#[cfg(unix)]
fn no_link_is_followed() {
    let dir = tempfile::tempdir().unwrap();
    let (site, other) = (dir.path().join("site"), dir.path().join("other"));
    fs::create_dir_all(&site).unwrap();
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("a.txt"), "theirs").unwrap();
    std::os::unix::fs::symlink(&other, site.join("en")).unwrap();
    std::os::unix::fs::symlink(other.join("a.txt"), site.join("a.txt")).unwrap();
    let one = folder(&site, "one");
    let mut listed: Vec<_> = one.list().unwrap().into_iter().map(|file| file.path).collect();
    listed.sort();
    assert_eq!(listed, ["a.txt".into(), "en".into()]);
    assert!(matches!(one.write("en/a.txt", b"ours", &Expected::Any), Err(Trouble::Failed(_))));
    assert!(matches!(delete(&one, &["en/a.txt"], false), Err(Trouble::Failed(_))));
    // A link in the place of a file is replaced or removed itself.
    assert_eq!(one.read("a.txt").unwrap(), None);
    one.write("a.txt", b"ours", &Expected::Any).unwrap();
    assert_eq!(fs::read(site.join("a.txt")).unwrap(), b"ours");
    delete(&one, &["a.txt"], false).unwrap();
    assert_eq!(fs::read(other.join("a.txt")).unwrap(), b"theirs");
}

#[test]
fn where_case_is_ignored_the_new_name_of_a_file_is_not_deleted_with_the_old() {
    let dir = tempfile::tempdir().unwrap();
    let one = folder(dir.path(), "one");
    let entry = r#"["00000000000000000000000000000000",1]"#;
    let manifest = format!(
        r#"{{"bashu-manifest":1,"base_url":"https://a.example/","published":0,"files":{{"Map.svg":{entry}}}}}"#
    );
    assert!(Manifest::read(manifest.as_bytes()).is_some());
    one.write(MANIFEST, manifest.as_bytes(), &Expected::Any).unwrap();
    one.write("map.svg", b"x", &Expected::Any).unwrap();
    one.write("old/a.svg", b"x", &Expected::Any).unwrap();
    delete(&one, &["map.svg", "old/a.svg"], true).unwrap();
    assert!(dir.path().join("map.svg").exists() && !dir.path().join("old").exists());
    delete(&one, &["map.svg", "gone.svg", "gone/too.svg"], false).unwrap();
    assert!(!dir.path().join("map.svg").exists());
    assert!(dir.path().exists());
}
