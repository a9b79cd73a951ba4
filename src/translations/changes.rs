//! What changed between two wordings, word by word.
//!
//! Owns what is compared with what, and how much of what stayed is shown around it. Words are those
//! of the language, so that Chinese is compared by words as well.

use std::collections::BTreeSet;

use serde::Serialize;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use crate::article::{Passage, Wording};
use crate::locale::Locale;

/// A change in one field, or in neighbouring blocks of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `title`, `summary`, `label NAME`, `source`, `alt`, `caption` or `text`.
    pub field: String,
    /// What stayed, went and came, in the order of the text.
    pub parts: Vec<Part>,
}

/// A piece of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What became of it.
    pub kind: Kind,
    /// Its text; a line end stands between blocks.
    pub text: String,
}

/// What became of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It stayed.
    Same,
    /// It went.
    Removed,
    /// It came.
    Added,
    /// It stayed and is left out here.
    Gap,
}

/// How many words are shown before and after a change.
const AROUND: usize = 8;

/// Two texts with more words than these are not compared word by word: it would take longer than
/// to read them.
const MOST: usize = 20_000;

/// What changed from one wording to another, in the order of the new one.
pub fn changes(old: &Wording, new: &Wording, locale: &Locale) -> Vec<Change> {
    let (old, new) = (old.passages(), new.passages());
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let old = old.get(op.old_range()).unwrap_or_default();
        let new = new.get(op.new_range()).unwrap_or_default();
        let mut seen = BTreeSet::new();
        for field in new.iter().chain(old).map(|passage| &passage.field) {
            if seen.insert(field) {
                let words = |passages| words(passages, field, locale);
                changes.push(Change { field: field.clone(), parts: parts(&words(old), &words(new)) });
            }
        }
    }
    changes
}

/// The words of the passages of a field, with a line end between two of them.
fn words<'p>(passages: &'p [Passage], field: &str, locale: &Locale) -> Vec<&'p str> {
    let mut all = Vec::new();
    for passage in passages.iter().filter(|passage| passage.field == field) {
        if !all.is_empty() {
            all.push("\n");
        }
        all.extend(locale.words(&passage.text));
    }
    all
}

fn parts(old: &[&str], new: &[&str]) -> Vec<Part> {
    let whole = DiffOp::Replace { old_index: 0, old_len: old.len(), new_index: 0, new_len: new.len() };
    let large = old.len().max(new.len()) > MOST;
    let ops = if large { vec![whole] } else { joined(capture_diff_slices(Algorithm::Myers, old, new), old) };
    let mut parts = Vec::new();
    for (at, op) in ops.iter().enumerate() {
        let old = old.get(op.old_range()).unwrap_or_default();
        let new = new.get(op.new_range()).unwrap_or_default();
        if op.tag() == DiffTag::Equal {
            stayed(old, at > 0, at + 1 < ops.len(), &mut parts);
        } else {
            push(&mut parts, Kind::Removed, old);
            push(&mut parts, Kind::Added, new);
        }
    }
    parts
}

/// What is equal between two changes is part of them if it is white space or a mark alone: two
/// words replaced by two others are one change.
fn joined(ops: Vec<DiffOp>, old: &[&str]) -> Vec<DiffOp> {
    let mut joined: Vec<DiffOp> = Vec::with_capacity(ops.len());
    let last = ops.len().saturating_sub(1);
    for (at, op) in ops.into_iter().enumerate() {
        let text = old.get(op.old_range()).unwrap_or_default().concat();
        let slight = op.tag() == DiffTag::Equal
            && (1..last).contains(&at)
            && !text.chars().any(|c| c.is_alphanumeric() || c == '\n');
        let into = joined.last_mut().filter(|before| before.tag() != DiffTag::Equal);
        match into {
            Some(before) if slight || op.tag() != DiffTag::Equal => {
                let (o, n) = (before.old_range(), before.new_range());
                *before = DiffOp::Replace {
                    old_index: o.start,
                    old_len: op.old_range().end - o.start,
                    new_index: n.start,
                    new_len: op.new_range().end - n.start,
                };
            }
            _ => joined.push(op),
        }
    }
    joined
}

/// Adds what stayed, as far as it is beside a change.
fn stayed(words: &[&str], after: bool, before: bool, parts: &mut Vec<Part>) {
    // White space and marks are pieces too.
    let most = AROUND * 2;
    let head = if after { most.min(words.len()) } else { 0 };
    let tail = if before { most.min(words.len()) } else { 0 };
    if head + tail >= words.len() {
        return push(parts, Kind::Same, words);
    }
    // The next block says nothing of a change in this one.
    let (head, rest) = words.split_at(head);
    let head = head.iter().position(|word| *word == "\n").map_or(head, |end| &head[..end]);
    let tail = rest.get(rest.len() - tail..).unwrap_or_default();
    let tail = tail.iter().rposition(|word| *word == "\n").map_or(tail, |end| &tail[end + 1..]);
    push(parts, Kind::Same, head);
    parts.push(Part { kind: Kind::Gap, text: String::new() });
    push(parts, Kind::Same, tail);
}

fn push(parts: &mut Vec<Part>, kind: Kind, words: &[&str]) {
    if !words.is_empty() {
        parts.push(Part { kind, text: words.concat() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What changed between two texts of one field, as people read it.
    fn told(old: &str, new: &str, tag: &str) -> String {
        let locale = Locale::new(tag).unwrap();
        let words =
            |text: &str| -> Vec<String> { locale.words(text).into_iter().map(str::to_owned).collect() };
        let (old, new) = (words(old), words(new));
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        parts(&old, &new)
            .into_iter()
            .map(|part| match part.kind {
                Kind::Same => part.text,
                Kind::Removed => format!("[-{}-]", part.text),
                Kind::Added => format!("{{+{}+}}", part.text),
                Kind::Gap => "…".to_owned(),
            })
            .collect()
    }

    #[test]
    fn words_are_compared_as_the_language_has_them() {
        for (old, new, tag, expected) in [
            ("a b c", "a x c", "en", "a [-b-]{+x+} c"),
            ("a b c", "a x y", "en", "a [-b c-]{+x y+}"),
            ("a b", "a b c", "en", "a b{+ c+}"),
            ("a b c", "", "en", "[-a b c-]"),
            ("", "a", "en", "{+a+}"),
            ("It carries, leaves.", "It drops, seeds.", "en", "It [-carries, leaves-]{+drops, seeds+}."),
            ("合计投资3709.7亿元。", "合计投资3790.7亿元。", "zh-Hans", "合计投资[-3709.7-]{+3790.7+}亿元。"),
            ("两地开行的班列", "两地运行的班列", "zh-Hans", "两地[-开行-]{+运行+}的班列"),
        ] {
            assert_eq!(told(old, new, tag), expected, "{old} and {new}");
        }
    }

    #[test]
    fn what_stayed_is_shown_beside_changes_only() {
        let long = "w ".repeat(40);
        let told = told(&format!("{long}\na b {long}c {long}"), &format!("{long}\nx b {long}d {long}"), "en");
        let around = "w ".repeat(AROUND);
        assert_eq!(
            told,
            format!("…[-a-]{{+x+}} b {}w…{around}[-c-]{{+d+}} {}w…", "w ".repeat(6), "w ".repeat(7))
        );
    }

    #[test]
    fn a_text_that_is_another_is_shown_as_two() {
        let old = vec!["a"; MOST + 1];
        let told: Vec<Kind> = parts(&old, &["a", "b"]).into_iter().map(|part| part.kind).collect();
        assert_eq!(told, [Kind::Removed, Kind::Added]);
    }
}
