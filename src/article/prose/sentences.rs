//! Where sentences end.
//!
//! Owns a rule for European and Chinese full stops that is the same on every machine. Abbreviations
//! are recognised where a mistake would be likely; the rule is for comparing, not for printing.

use std::ops::Range;

use crate::locale::{is_double, is_hangul};

/// Words that a full stop follows inside a sentence.
const ABBREVIATIONS: &[&str] = &[
    "no", "nos", "co", "corp", "inc", "ltd", "mr", "mrs", "ms", "dr", "prof", "st", "mt", "vs", "cf", "ca",
    "fig", "figs", "vol", "pp", "ed", "eds", "approx", "dept", "est", "jan", "feb", "aug", "sept", "oct",
    "nov", "dec",
];

/// The sentences of a text: ranges without white space at either end.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => ends_here(text, start, at, c),
            _ => false,
        };
        if !ends {
            continue;
        }
        // Marks that close what the sentence opened belong to it.
        let mut end = at + c.len_utf8();
        while let Some(&(_, c)) = chars.peek() {
            if !matches!(
                c,
                '”' | '’'
                    | '」'
                    | '』'
                    | '）'
                    | ')'
                    | '"'
                    | '\''
                    | ']'
                    | '。'
                    | '！'
                    | '？'
                    | '.'
                    | '!'
                    | '?'
                    | '…'
            ) {
                break;
            }
            end += c.len_utf8();
            chars.next();
        }
        push(text, start..end, &mut found);
        start = end;
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(slice) = text.get(range.clone()) else { return };
    let from = range.start + (slice.len() - slice.trim_start().len());
    let to = range.start + slice.trim_end().len();
    if from < to {
        found.push(from..to);
    }
}

/// Whether a stop of alphabets at byte `at` ends a sentence that began at byte `start`.
fn ends_here(text: &str, start: usize, at: usize, stop: char) -> bool {
    let (before, after) = (text.get(start..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    let closed = after.trim_start_matches(['”', '’', '"', '\'', ')', ']']);
    let next = closed.trim_start();
    if next.is_empty() {
        return true;
    }
    // A decimal point, an address, or the inside of an abbreviation.
    if !closed.starts_with(char::is_whitespace) {
        return next.starts_with(stands_close) && stop != '.';
    }
    if stop != '.' {
        return true;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && word != "I";
    let lower = word.to_lowercase();
    if initial || ABBREVIATIONS.contains(&lower.as_str()) {
        return false;
    }
    !next.starts_with(char::is_lowercase)
}

/// Whether no space stands beside a character: it is as wide as a Han character, and not Korean.
pub(super) fn stands_close(c: char) -> bool {
    is_double(c) && !is_hangul(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_pauses() {
        for (text, expected) in [
            ("One. Two! Three?", &["One.", "Two!", "Three?"][..]),
            ("It is 3.5 km. Then 4.", &["It is 3.5 km.", "Then 4."]),
            ("Dayun Co., Ltd. (大运) is here. It works.", &["Dayun Co., Ltd. (大运) is here.", "It works."]),
            ("No. 1 Project, J. Smith and e.g. this.", &["No. 1 Project, J. Smith and e.g. this."]),
            ("He said “go.” She went.", &["He said “go.”", "She went."]),
            ("一句。两句！“三句。”四句", &["一句。", "两句！", "“三句。”", "四句"]),
            ("见example.org。共3.5公里。", &["见example.org。", "共3.5公里。"]),
            ("  ", &[]),
            ("...", &["..."]),
        ] {
            let found: Vec<&str> = sentences(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
