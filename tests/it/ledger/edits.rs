//! A history of labelled edits: each of them makes the translation stale, or does not.

use std::collections::BTreeSet;

use bashu::base::{BriefFingerprint, ContentPath};
use bashu::site::State;
use bashu::source::Source;
use bashu::translations::History;

use super::cases::Edit::{self, Bom, Crlf, Put, Wrap};
use super::cases::{CHINESE, ENGLISH, IN_CHINESE, IN_ENGLISH};
use super::repository::{Repository, fingerprint, told};

/// A text after an edit; `None` if the edit has nothing to put.
fn edited(text: &str, edit: &Edit) -> Option<String> {
    match edit {
        Put(old, new) => (text.matches(old).count() == 1).then(|| text.replace(old, new)),
        Crlf => Some(text.replace('\n', "\r\n")),
        Bom => Some(format!("\u{feff}{text}")),
        Wrap(most) => {
            let (front, body) = text[4..].split_once("\n---\n").unwrap();
            let lines: Vec<String> = body.split('\n').map(|line| wrapped(line, *most)).collect();
            Some(format!("---\n{front}\n---\n{}", lines.join("\n")))
        }
    }
}

/// A line of prose in lines of so many characters, as an editor's command to fill paragraphs makes it.
fn wrapped(text: &str, most: usize) -> String {
    if !text.chars().next().is_some_and(char::is_alphabetic) || text.contains(": ") {
        return text.to_owned();
    }
    let mut out = String::new();
    let (mut line, mut brackets) = (0, 0);
    for c in text.chars() {
        brackets += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        line += 1;
        if line > most && c == ' ' && brackets == 0 {
            out.push('\n');
            line = 0;
            continue;
        }
        out.push(c);
        // Not within emphasis, whose stars must stay beside their words.
        if line > most && ('\u{3000}'..'\u{a000}').contains(&c) && out.matches("**").count().is_multiple_of(2)
        {
            out.push('\n');
            line = 0;
        }
    }
    out
}

/// Each edit by itself: the history goes back to the first state after each.
fn one_by_one(original: &str, translation: &str, text: &str, edits: &[(&str, bool, Edit)]) {
    let mut repository = Repository::new("");
    let (from, to) =
        (format!("content/a/trains.{original}.md"), format!("content/a/trains.{translation}.md"));
    repository.write(&from, text);
    repository.write(&to, &format!("---\ntitle: T\ntranslated_from: {original}\n---\nText.\n"));
    assert_eq!(repository.state("a/trains", translation), State::Unmarked);
    repository.accept("a/trains", translation);
    repository.commit("Begin");
    let mut wrong = Vec::new();
    for (label, stale, edit) in edits {
        let after =
            edited(text, edit).unwrap_or_else(|| panic!("{label}: the text to replace is not there once"));
        assert_ne!(after, text, "{label}");
        repository.write(&from, &after);
        let commit = repository.commit(label);
        let expected = if *stale { State::Stale } else { State::Current };
        let state = repository.state("a/trains", translation);
        if state != expected {
            wrong.push(format!("{label}: {}", state.as_str()));
        } else if *stale {
            let since = repository.since("a/trains", translation).unwrap();
            assert_eq!(since.commit.as_ref().map(|c| c.id.as_str()), Some(commit.as_str()), "{label}");
            assert!(
                told(&since).iter().any(|line| line.contains("-]") || line.contains("+}")),
                "{label}: {since:?}"
            );
        }
        repository.write(&from, text);
        repository.commit("Go back");
    }
    assert!(wrong.is_empty(), "of {} edits:\n{}", edits.len(), wrong.join("\n"));
}

#[test]
fn english_edits_are_told_apart_one_by_one() {
    assert!(IN_ENGLISH.len() + IN_CHINESE.len() >= 100);
    one_by_one("en", "zh", ENGLISH, IN_ENGLISH);
}

#[test]
fn chinese_edits_are_told_apart_one_by_one() {
    one_by_one("zh", "en", CHINESE, IN_CHINESE);
}

/// Edit upon edit, each accepted; in the end every state that was ever accepted is still found.
#[test]
fn edits_are_told_apart_in_a_long_history() {
    let mut repository = Repository::new("");
    let from = "content/a/trains.en.md";
    repository.write(from, ENGLISH);
    repository.write("content/a/trains.zh.md", "---\ntitle: T\ntranslated_from: en\n---\nText.\n");
    let mut text = ENGLISH.to_owned();
    let mut accepted: BTreeSet<BriefFingerprint> = BTreeSet::new();
    let mut done = 0;
    for (label, stale, edit) in IN_ENGLISH {
        repository.accept("a/trains", "zh");
        accepted.insert(fingerprint(from, &text));
        repository.commit("Accept");
        // Some have nothing left to put after those before them.
        let Some(after) = edited(&text, edit).filter(|_| matches!(edit, Put(..))) else { continue };
        text = after;
        repository.write(from, &text);
        repository.commit(label);
        let expected = if *stale { State::Stale } else { State::Current };
        assert_eq!(repository.state("a/trains", "zh"), expected, "{label}");
        done += 1;
    }
    assert!(done >= 75 && accepted.len() >= 40, "{done} edits, {} states", accepted.len());
    let (moved, site) = ("content/a/all-trains.en.md", repository.site());
    repository.git(&["mv", from, moved]);
    repository.commit("Move");
    let mut history = History::of(&site);
    assert!(Source::disk(&site).exists(&ContentPath::new(moved)));
    for wanted in accepted {
        let found =
            history.find(&ContentPath::new(moved), |text| (fingerprint(moved, text) == wanted).then_some(()));
        assert!(found.is_ok(), "{wanted}: {found:?}");
    }
}
