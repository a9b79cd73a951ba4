//! When a change is complete, without a clock: what editors do when they save, storms, and streams.

use std::time::{Duration, Instant};

use super::super::gather::{Gather, What, What::*};
use crate::base::ContentPath;
use crate::source::{Source, Stamp};

const A: &str = "content/a.en.md";

/// A step: after so many milliseconds, this happened to that file.
type Step<'s> = (u64, &'s str, What);

/// What came of it: after how many milliseconds, which files, and whether more may come unheard.
type Told = (u64, Vec<String>, bool);

/// Feeds the steps, and asks whenever it is due. Git holds a lock until `git` milliseconds.
fn play(steps: &[Step<'_>], git: u64) -> Vec<Told> {
    let start = Instant::now();
    let mut gather = Gather::default();
    let mut told = Vec::new();
    let mut ask = |gather: &mut Gather, until: Option<Instant>| {
        while let Some(due) = gather.due().filter(|due| until.is_none_or(|until| *due <= until)) {
            let lock = (due < start + Duration::from_millis(git)).then(|| stamp(1));
            if let Some((batch, more)) = gather.ready(due, || lock) {
                let files = batch.files.iter().map(|file| file.as_str().to_owned()).collect();
                told.push(((due - start).as_millis().try_into().unwrap(), files, more));
            }
        }
    };
    for (after, file, what) in steps {
        let now = start + Duration::from_millis(*after);
        ask(&mut gather, Some(now));
        gather.file(ContentPath::new(*file), *what, now);
    }
    ask(&mut gather, None);
    told
}

/// Some stamp, of a file with so many bytes.
fn stamp(size: usize) -> Stamp {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("site.yaml"), "x".repeat(size)).unwrap();
    Source::disk(dir.path()).stamp(&ContentPath::new("site.yaml")).unwrap()
}

#[test]
fn a_save_is_told_once_and_at_once_however_the_editor_does_it() {
    let other = "content/a.en.md___jb_tmp___";
    let old = "content/a.en.md___jb_old___";
    let cases: [(&str, &[Step<'_>], u64); 12] = [
        ("one write (VS Code, nano)", &[(0, A, Writing), (0, A, Writing), (1, A, Written)], 6),
        ("rename over (gedit, Kate; their temporary file is hidden)", &[(0, A, Arrived)], 5),
        ("truncated, written later in two steps", &[(0, A, Writing), (60, A, Writing), (70, A, Written)], 75),
        (
            "emptied and closed, then opened and written",
            &[(0, A, Emptied), (40, A, Writing), (41, A, Written)],
            46,
        ),
        ("emptied for good", &[(0, A, Writing), (0, A, Emptied)], 100),
        (
            "Vim: away for a backup, written anew, mode",
            &[(0, A, Left), (1, A, Came), (2, A, Writing), (3, A, Written), (4, A, Touched)],
            9,
        ),
        (
            "Vim tries whether it may write",
            &[
                (0, "content/4913", Came),
                (0, "content/4913", Emptied),
                (1, "content/4913", Left),
                (2, A, Left),
                (3, A, Came),
                (4, A, Written),
            ],
            9,
        ),
        (
            "JetBrains: a new one beside it, the old one away, the new one in its place",
            &[
                (0, other, Came),
                (0, other, Writing),
                (1, other, Written),
                (2, A, Left),
                (2, old, Came),
                (3, other, Left),
                (3, A, Arrived),
                (4, old, Left),
            ],
            8,
        ),
        (
            "sed -i: a name that nothing tells from an article's",
            &[
                (0, "content/sedAbC", Came),
                (1, "content/sedAbC", Written),
                (2, "content/sedAbC", Touched),
                (2, "content/sedAbC", Left),
                (2, A, Arrived),
            ],
            7,
        ),
        ("removed", &[(0, A, Left)], 100),
        ("a new empty file", &[(0, A, Came), (0, A, Emptied)], 100),
        ("its mode", &[(0, A, Touched)], 5),
    ];
    for (name, steps, at) in cases {
        assert_eq!(play(steps, 0), [(at, vec![A.to_owned()], false)], "{name}");
    }
}

#[test]
fn what_came_and_went_was_never_there() {
    assert_eq!(play(&[(0, "content/4913", Came), (1, "content/4913", Left)], 0), []);
    // But what was there and is gone is told.
    let gone = [(0, A, Left), (1, A, Came), (2, A, Left)];
    assert_eq!(play(&gone, 0), [(102, vec![A.to_owned()], false)]);
}

#[test]
fn two_saves_are_two_changes_and_what_is_saved_together_is_one() {
    let b = "content/b.zh.md";
    let both = vec![A.to_owned(), b.to_owned()];
    assert_eq!(play(&[(0, b, Written), (3, A, Written)], 0), [(8, both, false)]);
    let told = play(&[(0, b, Written), (300, A, Written)], 0);
    assert_eq!(told.iter().map(|(at, ..)| *at).collect::<Vec<_>>(), [5, 305]);
}

#[test]
fn a_storm_is_one_change() {
    // A checkout: each file is removed and written, with pauses that a single save would not wait for.
    let names: Vec<String> = (0..5000).map(|n| format!("content/{n:04}.en.md")).collect();
    let mut steps = Vec::new();
    for (n, name) in (0_u64..).zip(&names) {
        let at = n / 10 + if n >= 2500 { 100 } else { 0 };
        steps.extend([(at, &**name, Left), (at, name, Came), (at, name, Writing), (at, name, Written)]);
    }
    let told = play(&steps, 0);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].0, told[0].1.len(), told[0].2), (849, 5000, true));
}

#[test]
fn git_is_waited_for_while_it_is_at_work() {
    // Its first file, a filter that takes its time, and the rest.
    let steps = [(0, A, Written), (900, "content/b.en.md", Written)];
    let told = play(&steps, 1200);
    assert_eq!(told.len(), 1);
    assert!((1200..1220).contains(&told[0].0), "{told:?}");
    assert_eq!(told[0].1.len(), 2);
}

#[test]
fn a_lock_that_stays_is_waited_for_once() {
    let told = play(&[(0, A, Written), (20_000, A, Written), (30_000, A, Written)], u64::MAX / 2_000_000);
    let took: Vec<u64> = told.iter().map(|(at, ..)| *at).collect();
    assert_eq!(took.len(), 3);
    assert!((5000..5020).contains(&took[0]), "{took:?}");
}

#[test]
fn a_stream_without_end_is_told_now_and_then() {
    // Files come all the time.
    let names: Vec<String> = (0..1000).map(|n| format!("static/{n}")).collect();
    let steps: Vec<Step<'_>> = (0_u64..).zip(&names).map(|(n, name)| (n * 10, &**name, Written)).collect();
    let told = play(&steps, 0);
    assert!((5..=20).contains(&told.len()), "{}", told.len());
    assert_eq!(told.iter().map(|(_, files, _)| files.len()).sum::<usize>(), 1000);
    // One file grows all the time, and somebody saves another.
    let mut steps: Vec<Step<'_>> = (0_u64..1000).map(|n| (n * 10, "static/film.webm", Writing)).collect();
    steps.insert(501, (5005, A, Written));
    let told = play(&steps, 0);
    let saved = told.iter().find(|(_, files, _)| files.contains(&A.to_owned())).unwrap();
    assert!(saved.0 < 6050, "{told:?}");
    assert!((10..=12).contains(&told.len()), "{told:?}");
}

#[test]
fn a_new_folder_is_given_time_and_looked_at_again() {
    let start = Instant::now();
    let mut gather = Gather::default();
    gather.folders(start);
    let due = gather.due().unwrap();
    assert_eq!(due - start, Duration::from_millis(50));
    let (batch, more) = gather.ready(due, || None).unwrap();
    assert!(batch.files.is_empty() && more);
    assert_eq!(batch.since, start);
    assert_eq!(gather.due(), None);
}

#[test]
fn nothing_is_told_before_it_is_due() {
    let start = Instant::now();
    let mut gather = Gather::default();
    assert!(gather.ready(start, || None).is_none());
    gather.unknown(start);
    assert!(gather.ready(start, || None).is_none());
    let (batch, more) = gather.ready(start + Duration::from_millis(5), || None).unwrap();
    assert!(batch.files.is_empty() && !more);
}
