//! Patterns of paths, as `cache` and `keep` have them in `site.yaml`.
//!
//! Owns what one fits: with a slash it is a path from the site's root, without one the name of a
//! file in any folder. `?` is a letter of any script, `*` any of a name, `**` any folders or all that
//! stands in one, `{a,b}` one of several. Written by hand, because the rules of servers have to say
//! the same in their own words ([`Pattern::regex`]), and because a letter may have several bytes.

use crate::base::ContentPath;
use crate::config;
use crate::diag::{Diagnostic, code};
use crate::yaml::Spanned;

/// A pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    /// One of these, without braces.
    choices: Vec<Vec<Part>>,
    /// As it is written.
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Letter(char),
    /// `?`
    One,
    /// `*`
    Some,
    /// `**/`: any number of folders.
    Folders,
    /// `**` at the end: whatever stands there.
    Rest,
}

/// How letters are counted by whoever reads a regular expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// As bytes of UTF-8.
    Bytes,
    /// As letters.
    Unicode,
}

impl Pattern {
    /// Reads one, or says why it is none.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        if let Some(odd) = text.chars().find(|c| "[]\\".contains(*c) || c.is_control()) {
            return Err(format!("it has {odd:?}"));
        }
        let rooted = text.trim_start_matches('/');
        if rooted.is_empty() {
            return Err("it is empty".to_owned());
        }
        let of_names = !text.contains('/');
        let choices = expanded(rooted)?.into_iter().map(|choice| parts(&choice, of_names)).collect();
        Ok(Self { choices, text: text.to_owned() })
    }

    /// Reads one of `site.yaml`.
    pub(super) fn read(text: &Spanned<String>) -> Result<Self, Diagnostic> {
        Self::new(&text.value).map_err(|why| {
            Diagnostic::new(code::INVALID_VALUE, format!("`{}` is no pattern: {why}", text.value))
                .at(&ContentPath::new(config::FILE_NAME), text.span)
                .help("write `*` for any letters of a name, `**` for any folders: `\"*.pdf\"`, `\"maps/**\"`")
        })
    }

    /// Whether it fits a path.
    pub(super) fn fits(&self, path: &str) -> bool {
        self.choices.iter().any(|parts| fit(parts, path))
    }

    /// A regular expression for what it fits, from beginning to end, behind a slash.
    pub(super) fn regex(&self, letters: Letters) -> String {
        let choices: Vec<String> = self.choices.iter().map(|parts| regex(parts, letters)).collect();
        match choices.as_slice() {
            [one] => format!("^/{one}$"),
            several => format!("^/(?:{})$", several.join("|")),
        }
    }

    /// As paths with one `*` at most, which may go over folders, for hosts that know no more;
    /// nothing where that cannot say the same.
    pub(super) fn splats(&self) -> Option<Vec<String>> {
        self.choices.iter().map(|parts| splat(parts)).collect()
    }
}

impl std::fmt::Display for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// A text without its braces: one for each choice.
fn expanded(text: &str) -> Result<Vec<String>, String> {
    let Some((before, rest)) = text.split_once('{') else {
        return if text.contains('}') {
            Err("a brace is not opened".to_owned())
        } else {
            Ok(vec![text.to_owned()])
        };
    };
    let (inside, after) = rest.split_once('}').ok_or("a brace is not closed")?;
    if before.contains('}') || inside.contains('{') {
        return Err("braces stand in one another".to_owned());
    }
    let after = expanded(after)?;
    let one = |choice: &str| after.iter().map(|after| format!("{before}{choice}{after}")).collect::<Vec<_>>();
    Ok(inside.split(',').flat_map(one).collect())
}

fn parts(text: &str, of_names: bool) -> Vec<Part> {
    let mut parts = if of_names { vec![Part::Folders] } else { Vec::new() };
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let begins = parts.is_empty() || parts.last() == Some(&Part::Letter('/'));
        let (part, length) = match letter {
            '*' if begins && rest.starts_with("**/") => (Part::Folders, 3),
            '*' if begins && rest == "**" => (Part::Rest, 2),
            '*' => (Part::Some, rest.len() - rest.trim_start_matches('*').len()),
            '?' => (Part::One, 1),
            letter => (Part::Letter(letter), letter.len_utf8()),
        };
        parts.push(part);
        rest = rest.get(length..).unwrap_or_default();
    }
    parts
}

fn fit(parts: &[Part], path: &str) -> bool {
    let Some((part, parts)) = parts.split_first() else { return path.is_empty() };
    let mut letters = path.chars();
    let first = letters.next();
    match part {
        Part::Letter(letter) => first == Some(*letter) && fit(parts, letters.as_str()),
        Part::One => first.is_some_and(|c| c != '/') && fit(parts, letters.as_str()),
        Part::Rest => first.is_some(),
        Part::Some => {
            fit(parts, path)
                || first.is_some_and(|c| c != '/') && fit(&[&[Part::Some], parts].concat(), letters.as_str())
        }
        Part::Folders => {
            let deeper = path.match_indices('/').filter_map(|(at, _)| path.get(at + 1..));
            std::iter::once(path).chain(deeper).any(|path| fit(parts, path))
        }
    }
}

fn regex(parts: &[Part], letters: Letters) -> String {
    let mut regex = String::new();
    for part in parts {
        match part {
            Part::Letter(c) if "\\.+*?()|[]{}^$".contains(*c) => regex.extend(['\\', *c]),
            Part::Letter(c) => regex.push(*c),
            Part::One if letters == Letters::Unicode => regex.push_str("[^/]"),
            Part::One => regex.push_str(r"(?:[^/\x80-\xFF]|[\xC2-\xF4][\x80-\xBF]{1,3})"),
            Part::Some => regex.push_str("[^/]*"),
            Part::Folders => regex.push_str("(?:.*/)?"),
            Part::Rest => regex.push_str(".+"),
        }
    }
    regex
}

fn splat(parts: &[Part]) -> Option<String> {
    let mut path = String::from("/");
    for (place, part) in parts.iter().enumerate() {
        let star = match part {
            Part::Letter(letter) => {
                path.push(*letter);
                continue;
            }
            // `*.pdf` in any folder: whatever stands before the dot, slashes as well.
            Part::Folders if parts.get(place + 1) == Some(&Part::Some) => continue,
            Part::Some if place == 1 && parts.first() == Some(&Part::Folders) => true,
            Part::Rest => true,
            _ => false,
        };
        if !star || path.contains('*') {
            return None;
        }
        path.push('*');
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_without_a_slash_is_of_names_and_another_of_paths() {
        for (pattern, path, fits) in [
            ("*.html", "zh/合作/index.html", true),
            ("*.html", "index.html", true),
            ("*.html", "index.html.gz", false),
            ("index.*", "zh/index.html", true),
            ("/*.html", "index.html", true),
            ("/*.html", "zh/index.html", false),
            ("/CNAME", "CNAME", true),
            ("CNAME", "zh/CNAME", true),
            ("CNAME", "zh/MYCNAME", false),
            ("maps/*", "maps/a.svg", true),
            ("maps/*", "maps/old/a.svg", false),
            ("maps/**", "maps/old/a.svg", true),
            ("maps/**", "maps/", false),
            ("**/maps/*", "zh/maps/a.svg", true),
            ("**/maps/*", "maps/a.svg", true),
            ("a/**/b", "a/b", true),
            ("a/**/b", "a/x/y/b", true),
            ("a/**/b", "a/xb", false),
            ("zh/合?/**", "zh/合作/index.html", true),
            ("zh/?/**", "zh/合作/index.html", false),
            ("*.{png,jpg}", "a/b.jpg", true),
            ("{en,zh}/*.{a,b}", "zh/x.b", true),
            ("{en,zh}/*.{a,b}", "de/x.b", false),
            ("*a*b*c*", "xxaxxbxxcxx", true),
            ("*a*b*c*", "xxaxxcxxbxx", false),
            ("a.c", "abc", false),
        ] {
            let read = Pattern::new(pattern).unwrap();
            assert_eq!(read.fits(path), fits, "{pattern} {path}");
        }
        for wrong in ["", "/", "a[b]", "{a", "a}", "{a,{b,c}}", "a}{b}", "a\\b", "a\n"] {
            assert!(Pattern::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn other_words_say_the_same_or_nothing() {
        for (pattern, regex, splats) in [
            ("*.pdf", r"^/(?:.*/)?[^/]*\.pdf$", Some("/*.pdf")),
            ("maps/**", "^/maps/.+$", Some("/maps/*")),
            ("/robots.txt", r"^/robots\.txt$", Some("/robots.txt")),
            ("maps/*", "^/maps/[^/]*$", None),
            ("CNAME", "^/(?:.*/)?CNAME$", None),
            ("zh/合?", "^/zh/合[^/]$", None),
            ("*.{png,jpg}", r"^/(?:(?:.*/)?[^/]*\.png|(?:.*/)?[^/]*\.jpg)$", Some("/*.png /*.jpg")),
            ("**/maps/**", "^/(?:.*/)?maps/.+$", None),
        ] {
            let read = Pattern::new(pattern).unwrap();
            assert_eq!(read.regex(Letters::Unicode), regex);
            assert_eq!(read.splats().map(|splats| splats.join(" ")).as_deref(), splats, "{pattern}");
        }
    }
}
