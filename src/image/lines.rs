//! Where the lines of a text end that no browser breaks.
//!
//! Owns the rule: only where the language allows it, about equally long, and with an ellipsis where
//! there is no room for all. It knows no font but by how wide characters are.

use std::ops::Range;

use super::{Lines, Setting};
use crate::locale::{Locale, clusters};

/// How wide a character is, in multiples of the size.
type Advance<'a> = &'a dyn Fn(char) -> f64;

/// A text in lines.
pub(super) fn lines(locale: &Locale, text: &str, setting: Setting, advance: Advance<'_>) -> Lines {
    // In multiples of the size, as advances are.
    let room = setting.width / setting.size;
    let pieces = pieces(locale, text, room, advance);
    if pieces.is_empty() {
        return Lines { lines: Vec::new(), cut: false };
    }
    let mut broken = Broken::new(&pieces, room);
    let most = setting.most.max(1);
    if broken.0.len() <= most {
        if broken.0.len() > 1 {
            broken = balanced(&pieces, room, broken);
        }
        return Lines { lines: broken.texts(&pieces), cut: false };
    }
    broken.0.truncate(most);
    let last = broken.0.pop().map_or(0, |line| line.start);
    let mut lines = broken.texts(&pieces);
    lines.push(cut(pieces.get(last..).unwrap_or_default(), locale.ellipsis(), room, advance));
    Lines { lines, cut: true }
}

fn width(advance: Advance<'_>, text: &str) -> f64 {
    text.chars().map(advance).sum()
}

/// What no line may end within.
struct Piece<'t> {
    text: &'t str,
    width: f64,
    /// The width without the space at its end, which takes none at the end of a line.
    seen: f64,
}

fn pieces<'t>(locale: &Locale, text: &'t str, room: f64, advance: Advance<'_>) -> Vec<Piece<'t>> {
    let piece =
        |text: &'t str| Piece { text, width: width(advance, text), seen: width(advance, text.trim_end()) };
    let mut start = 0;
    let mut pieces = Vec::new();
    for end in locale.line_ends(text) {
        let Some(whole) = text.get(std::mem::replace(&mut start, end)..end).map(piece) else { continue };
        if whole.seen <= room {
            pieces.push(whole);
        } else {
            // A word wider than a line.
            pieces.extend(clusters(whole.text).map(piece));
        }
    }
    pieces
}

/// Lines, each by the positions of its pieces.
struct Broken(Vec<Range<usize>>);

impl Broken {
    /// As much in each line as fits into it.
    fn new(pieces: &[Piece<'_>], room: f64) -> Self {
        let mut lines = Vec::new();
        let (mut start, mut used) = (0, 0.0);
        for (at, piece) in pieces.iter().enumerate() {
            if used + piece.seen > room && at > start {
                lines.push(start..at);
                (start, used) = (at, 0.0);
            }
            used += piece.width;
        }
        lines.push(start..pieces.len());
        Self(lines)
    }

    fn texts(&self, pieces: &[Piece<'_>]) -> Vec<String> {
        let line = |line: &Range<usize>| {
            let pieces = pieces.get(line.clone()).unwrap_or_default();
            pieces.iter().map(|piece| piece.text).collect::<String>().trim().to_owned()
        };
        self.0.iter().map(line).collect()
    }
}

/// The same number of lines in the least width that has room for it.
fn balanced(pieces: &[Piece<'_>], room: f64, broken: Broken) -> Broken {
    let widest = pieces.iter().map(|piece| piece.seen).fold(0.0, f64::max);
    let (mut low, mut high, mut best) = (widest, room, broken);
    for _ in 0..12 {
        let tried = Broken::new(pieces, low.midpoint(high));
        if tried.0.len() <= best.0.len() {
            (high, best) = (low.midpoint(high), tried);
        } else {
            low = low.midpoint(high);
        }
    }
    best
}

/// The beginning of a text that fits into a line with an ellipsis behind it.
fn cut(pieces: &[Piece<'_>], ellipsis: &str, room: f64, advance: Advance<'_>) -> String {
    let room = room - width(advance, ellipsis);
    let mut kept = String::new();
    let mut used = 0.0;
    for piece in pieces {
        if used + piece.seen > room {
            // The first word of a line, if it is all that would stand there, is cut itself.
            let letters = clusters(piece.text).filter(|_| kept.is_empty());
            let mut fitting = 0.0;
            let fits = |letter: &&str| {
                fitting += width(advance, letter);
                fitting <= room
            };
            kept.extend(letters.take_while(fits).collect::<Vec<_>>());
            break;
        }
        used += piece.width;
        kept.push_str(piece.text);
    }
    let pause =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '，' | '、' | '；' | '：' | '—' | '–');
    [kept.trim_end_matches(pause), ellipsis].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text in letters that are one wide, and half as wide below U+0100.
    fn broken(tag: &str, text: &str, width: f64, most: usize) -> String {
        let locale = Locale::new(tag).unwrap();
        let setting = Setting { width, size: 1.0, weight: 400, most };
        let lines = lines(&locale, text, setting, &|c| if c < '\u{100}' { 0.5 } else { 1.0 });
        let cut = if lines.cut { "|more" } else { "" };
        lines.lines.join("|") + cut
    }

    #[test]
    fn lines_are_about_equally_long() {
        for (tag, text, width, expected) in [
            ("en", "One line", 10.0, "One line"),
            // Not `one two three four|five`.
            ("en", "one two three four five", 9.0, "one two three|four five"),
            ("en", "a  b\tc", 1.0, "a|b|c"),
            ("en", "well-known", 3.0, "well-|known"),
            // No word of it has room, and no cluster is cut.
            ("en", "abcde\u{301}f g", 1.0, "ab|cd|e\u{301}|f|g"),
            ("zh-Hans", "成渝地区双城经济圈建设", 7.0, "成渝地区双城|经济圈建设"),
            ("zh-Hans", "开行4248列。", 4.0, "开行|4248列。"),
            ("en", "", 5.0, ""),
            ("en", " ", 5.0, ""),
        ] {
            assert_eq!(broken(tag, text, width, 9), expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_room_is_cut_with_an_ellipsis() {
        for (tag, text, width, most, expected) in [
            ("en", "one two, three four", 5.0, 1, "one two…|more"),
            ("en", "one two three four", 4.0, 2, "one two|three…|more"),
            ("en", "abcdefgh ijk", 3.0, 1, "abcd…|more"),
            ("en", "ab", 0.25, 1, "…|more"),
            ("zh-Hans", "成都、重庆与四川", 5.5, 1, "成都……|more"),
            // The language takes none for nothing.
            ("en", "one two", 4.0, 0, "one two"),
        ] {
            assert_eq!(broken(tag, text, width, most), expected, "{text}");
        }
    }

    #[test]
    fn no_line_is_wider_than_it_may_be_and_none_is_lost() {
        let texts = [
            "The Chengdu-Chongqing economic circle: 248 projects, 370.97 billion yuan, and more!",
            "成渝地区双城经济圈（2023年）共建“248个”项目，完成投资3709.7亿元；详见《报告》。",
        ];
        for (tag, text) in ["en", "zh-Hans"].into_iter().zip(texts) {
            for width in 2..60 {
                let lines = broken(tag, text, f64::from(width), usize::MAX);
                let kept: String = lines.chars().filter(|c| !matches!(c, '|' | ' ')).collect();
                assert_eq!(kept, text.replace(' ', ""), "{width}");
                for line in lines.split('|') {
                    let wide: f64 = line.chars().map(|c| if c < '\u{100}' { 0.5 } else { 1.0 }).sum();
                    assert!(wide <= f64::from(width), "{width}: {line}");
                }
            }
        }
    }
}
