//! Small questions about text that have one answer everywhere.

use std::borrow::Cow;

/// Text made safe inside HTML elements and quoted attributes.
pub fn escape_html(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// HTML without its tags and notes, formulas as LaTeX, references resolved, with single spaces. Spaces that are more
/// than white space, as those of French that do not break, stay what they are.
pub fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (text, from) = rest.split_at(at);
        out.push_str(text);
        rest = if from.starts_with("<sup class=\"footnote-ref\"") {
            // A number that leads to a note, which is not here.
            from.split_once("</sup>").map_or("", |(_, after)| after)
        } else if from.starts_with("<math") {
            // What stands before the LaTeX is the same in signs that mean nothing in a row.
            from.split_once("<annotation").map_or("", |(_, annotation)| after_tag(annotation))
        } else if from.starts_with('<') {
            after_tag(from)
        } else {
            let known = REFERENCES.iter().find_map(|(name, is)| Some((*is, from.strip_prefix(name)?)));
            let (is, after) = known.unwrap_or_else(|| from.split_at('&'.len_utf8()));
            out.push_str(is);
            after
        };
    }
    out.push_str(rest);
    out.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The references that Bashu and the cleaner write.
const REFERENCES: [(&str, &str); 6] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}")];

/// What follows a tag, whose values may hold a `>`, or a comment.
fn after_tag(tag: &str) -> &str {
    if let Some(comment) = tag.strip_prefix("<!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let mut quote = None;
    let end = tag.find(|c| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            _ => {}
        }
        c == '>' && quote.is_none()
    });
    end.and_then(|end| tag.get(end + 1..)).unwrap_or_default()
}

/// A heading's or title's text as an id: letters and digits of every script are kept, lower-cased
/// where the script has case; everything between them becomes one hyphen. Chinese stays Chinese.
pub fn slugify(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c.to_ascii_lowercase());
        } else if matches!(c, '\u{4E00}'..='\u{9FFF}') {
            // Han characters are letters and have no case: Unicode's tables, which are slow, need
            // not be asked for them.
            out.push(c);
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if matches!(c, '\'' | '’') {
            // An apostrophe joins: "Chongqing's" is one word.
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_every_script() {
        assert_eq!(slugify("What the year's figures say"), "what-the-years-figures-say");
        assert_eq!(slugify("“7+13”重点规划体系：进展"), "7-13-重点规划体系-进展");
        assert_eq!(slugify("…"), "");
    }

    #[test]
    fn every_character_becomes_what_unicode_says() {
        for c in '\0'..=char::MAX {
            let expected = match c {
                '_' => "_".to_owned(),
                c if c.is_alphanumeric() => c.to_lowercase().collect(),
                _ => String::new(),
            };
            assert_eq!(slugify(&c.to_string()), expected, "{c:?}");
        }
    }

    #[test]
    fn html_is_escaped_once_and_only_where_needed() {
        assert!(matches!(escape_html("重庆 & 成都"), Cow::Owned(s) if s == "重庆 &amp; 成都"));
        assert!(matches!(escape_html("plain"), Cow::Borrowed(_)));
    }
}
