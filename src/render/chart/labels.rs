//! How wide a text is, roughly, and where it may be broken.
//!
//! The letters are those of the reader's system, so that nobody can know: the widths are on the
//! wide side.

use crate::locale::is_double;

/// The width of a text in em.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

fn letter(c: char) -> f64 {
    match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 't' | 'f' | 'r' => 0.36,
        'm' | 'w' | 'A'..='Z' | '%' => 0.78,
        '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' => 0.0,
        '“' | '”' | '‘' | '’' | '—' | '…' => 1.0,
        c if is_double(c) => 1.0,
        _ => 0.57,
    }
}

/// Closing marks never begin a line, opening ones never end one.
fn closes(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '”'
            | '’'
            | '—'
            | '…'
    )
}

fn opens(c: char) -> bool {
    matches!(c, '（' | '《' | '「' | '『' | '【' | '“' | '‘')
}

/// A text in lines of at most `limit` em: broken between words, and between wide characters; a
/// word that is longer than a line wherever the line ends.
pub(super) fn lines(text: &str, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(&line) + width(piece.trim_end()) > limit {
            lines.push(std::mem::take(&mut line));
        }
        if width(piece.trim_end()) <= limit {
            line.push_str(piece);
            continue;
        }
        for c in piece.chars() {
            if !line.is_empty() && width(&line) + letter(c) > limit {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.push(line);
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines.retain(|line| !line.is_empty());
    lines
}

/// What must not be parted: words with the space after them, wide characters with their marks.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may = before.is_some_and(|before| {
            let between = before == ' ' && c != ' ' || is_double(before) || is_double(c) && c != ' ';
            between && !closes(c) && !opens(before) && c != ' '
        });
        if may {
            pieces.extend(text.get(from..at));
            from = at;
        }
        before = Some(c);
    }
    pieces.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_where_their_script_allows() {
        for (text, limit, broken) in [
            ("", 9.0, vec![]),
            ("freight-train trips", 20.0, vec!["freight-train trips"]),
            ("rise of the share of national GDP", 10.0, vec!["rise of the share of", "national GDP"]),
            ("零部件本地配套率", 5.0, vec!["零部件本地", "配套率"]),
            // A mark stays with the character before it, and an opening one with the next.
            ("办理“一件事一次办”事项", 3.0, vec!["办理", "“一件", "事一次", "办”事", "项"]),
            ("2023年1月至9月", 4.0, vec!["2023年1", "月至9月"]),
            ("Donaudampfschifffahrt", 5.0, vec!["Donaudam", "pfschifffa", "hrt"]),
        ] {
            let found = lines(text, limit);
            assert_eq!(found, broken, "{text}");
            assert!(found.iter().all(|line| width(line) <= limit), "{text}");
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&found.concat()), bare(text));
        }
    }
}
