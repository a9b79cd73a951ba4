//! Text that was left in another language than its version's.
//!
//! Owns what gives a language away: the scripts it is written in, and sentences that stand in both
//! versions word for word. Names in brackets or quotation marks, code and abbreviations are at home
//! everywhere.

use std::ops::Range;

use super::findings::{Findings, Rule};
use super::pair::Pair;
use super::version::Version;
use crate::article::prose::{Block, MarkKind};

/// A stretch of a translation that is not translated.
#[derive(Clone, Debug)]
pub(super) struct Foreign {
    pub(super) block: usize,
    pub(super) range: Range<usize>,
}

/// What a letter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Han,
    Kana,
    Hangul,
    Latin,
    Cyrillic,
    Greek,
    Other,
}

fn script(c: char) -> Option<Script> {
    Some(match c {
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇' => {
            Script::Han
        }
        '\u{3040}'..='\u{30FF}' => Script::Kana,
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}' => Script::Hangul,
        'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' => Script::Latin,
        '\u{370}'..='\u{3FF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        c if c.is_alphabetic() => Script::Other,
        _ => return None,
    })
}

/// The scripts that a language is written in; none if that is not known here.
fn scripts(tag: &str) -> &'static [Script] {
    match tag.split('-').next().unwrap_or_default() {
        "zh" | "yue" | "lzh" => &[Script::Han],
        "ja" => &[Script::Han, Script::Kana],
        "ko" => &[Script::Hangul, Script::Han],
        "ru" | "uk" | "bg" | "be" | "mk" | "kk" | "mn" => &[Script::Cyrillic],
        "el" => &[Script::Greek],
        "en" | "fr" | "de" | "es" | "pt" | "it" | "nl" | "sv" | "da" | "nb" | "nn" | "no" | "fi" | "pl"
        | "cs" | "sk" | "sl" | "hr" | "hu" | "ro" | "tr" | "vi" | "id" | "ms" | "et" | "lv" | "lt" | "is"
        | "ga" | "ca" => &[Script::Latin],
        _ => &[],
    }
}

/// The stretches of a translation that are not translated.
pub(super) fn foreign(from: &Version<'_>, to: &Version<'_>) -> Vec<Foreign> {
    let own = scripts(to.tag);
    let mut found = Vec::new();
    for (at, block) in to.prose.blocks.iter().enumerate().filter(|(_, block)| block.is_prose()) {
        for range in block.sentences() {
            let words = visible(block, &range);
            if !own.is_empty() && is_foreign(&words, own) || is_copied(&words, from) {
                found.push(Foreign { block: at, range });
            }
        }
    }
    found
}

/// A sentence without code and without what stands in brackets or quotation marks.
fn visible(block: &Block, range: &Range<usize>) -> String {
    let hidden = |at: usize| block.marks.iter().any(|m| m.kind == MarkKind::Code && m.range.contains(&at));
    let mut out = String::new();
    let mut depth = 0usize;
    let sentence = block.text.get(range.clone()).unwrap_or_default();
    // A bracket that nothing closes hides nothing.
    let closed = |open: char, rest: &str| {
        let close = match open {
            '(' | '（' => [')', '）'],
            '“' => ['”', '”'],
            '《' => ['》', '》'],
            '「' => ['」', '」'],
            _ => return false,
        };
        rest.contains(close)
    };
    for (at, c) in sentence.char_indices() {
        let rest = &sentence[at + c.len_utf8()..];
        match c {
            '(' | '（' | '“' | '《' | '「' if closed(c, rest) => depth += 1,
            ')' | '）' | '”' | '》' | '」' => depth = depth.saturating_sub(1),
            c if depth == 0 && !hidden(range.start + at) => out.push(c),
            _ => {}
        }
    }
    // All of it in quotation marks is a sentence too.
    if out.chars().filter(|c| c.is_alphabetic()).count() == 0 { sentence.to_owned() } else { out }
}

/// Whether a stretch is long enough in foreign scripts to be a clause rather than a name.
fn is_foreign(words: &str, own: &[Script]) -> bool {
    let mut runs: Vec<(usize, usize)> = vec![(0, 0)];
    for word in words.split(|c: char| c.is_whitespace() || is_stop(c)) {
        let mut letters = word.chars().filter_map(script).peekable();
        if letters.peek().is_none() {
            continue;
        }
        let wide =
            word.chars().filter(|&c| matches!(script(c), Some(Script::Han | Script::Kana | Script::Hangul)));
        let wide = wide.count();
        let ours = word.chars().filter_map(script).any(|s| own.contains(&s));
        let lower = word.chars().next().is_some_and(char::is_lowercase);
        match (ours, wide) {
            // Han characters stand side by side; so many are more than a name.
            (false, n) if n > 0 => runs.push((0, n)),
            // A word of alphabets that a writer would begin small.
            (false, _) => {
                if let Some(run) = runs.last_mut() {
                    run.0 += usize::from(lower);
                }
            }
            (true, _) if wide > 0 || own == [Script::Latin] => {
                runs.push((0, if own == [Script::Latin] { wide } else { 0 }))
            }
            (true, _) => runs.push((0, 0)),
        }
    }
    runs.iter().any(|&(small, wide)| small >= 3 || wide >= 8)
}

fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | ',' | ';' | ':' | '!' | '?')
}

/// Whether a sentence of five words or more stands in the original just so.
fn is_copied(words: &str, from: &Version<'_>) -> bool {
    let letters = words.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic));
    if letters.filter(|w| w.chars().next().is_some_and(char::is_lowercase)).count() < 4 {
        return false;
    }
    from.prose.blocks.iter().any(|block| block.is_prose() && block.text.contains(words.trim()))
}

/// Reports them, those that follow one another as one.
pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let mut runs: Vec<(usize, Range<usize>, usize, usize)> = Vec::new();
    for foreign in &pair.foreign {
        match runs.last_mut() {
            Some((_, _, last, end)) if foreign.block == *last || foreign.block == *last + 1 => {
                (*last, *end) = (foreign.block, foreign.range.end);
            }
            _ => runs.push((foreign.block, foreign.range.clone(), foreign.block, foreign.range.end)),
        }
    }
    for (block, range, last, end) in runs {
        let start = pair.to.place(block, range).start;
        let span = crate::base::Span { start, end: pair.to.place(last, 0..end).end };
        let bead = pair.beads.iter().find(|b| b.to.contains(&block)).map_or(0..0, |b| b.from.clone());
        let diagnostic = Rule::LANGUAGE
            .says(format!("this text is not in {}", pair.to.name))
            .at(pair.to.file, span)
            .at_with(pair.from.file, pair.from.spans(&bead), "the original")
            .help("translate it; a name may stand in brackets");
        findings.add(Rule::LANGUAGE, diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_told_from_names() {
        for (words, tag, expected) in [
            ("The trains run every ten minutes", "zh", true),
            ("中欧班列由Chengdu Dayun Automobile Co., Ltd.运营", "zh", false),
            ("这里仍有 and the rest of the sentence was left", "zh", true),
            ("用Rust和GitHub Actions构建", "zh", false),
            ("iPhone和macOS", "zh", false),
            ("两地开行的班列统一了标识", "en", true),
            ("Wan is 万 and yi is 亿", "en", false),
            ("The trains share a logo两地开行的班列统一", "en", true),
            ("Москва", "ru", false),
            ("the quick brown fox jumps", "ru", true),
            ("the quick brown fox jumps", "fr", false),
            ("この電車は毎日走る", "ja", false),
        ] {
            assert_eq!(is_foreign(words, scripts(tag)), expected, "{words} in {tag}");
        }
    }
}
