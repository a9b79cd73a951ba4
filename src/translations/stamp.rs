//! The stamp: `translated_from` in a translation's file, with the fingerprint of what it says now.
//!
//! Owns the edit. One value changes, or one line is added; formatting, comments, line ends and a
//! byte order mark stay as they are. What comes out is read again before anybody writes it.

use crate::article::{self, Article, Name, Parsed, TranslatedFrom};
use crate::base::ContentPath;
use crate::config::Config;
use crate::diag::Diagnostics;

/// Why a file is not stamped.
#[derive(Debug)]
pub enum Refusal {
    /// It has faults, which come first.
    Faults(Diagnostics),
    /// Its front matter is written in a way that only a person should change.
    Form,
}

/// The text of a translation's file with the stamp.
pub fn stamp(
    file: &ContentPath,
    name: &Name,
    text: &str,
    config: &Config,
    origin: &TranslatedFrom,
) -> Result<String, Refusal> {
    let parse = |text: &str| article::parse(file, name.clone(), text, config);
    let wording = |text: &str| article::wording(file, name, text, config);
    let Parsed { article, diagnostics, .. } = parse(text);
    if diagnostics.has_errors() {
        return Err(Refusal::Faults(diagnostics));
    }
    let stamped = edited(text, &article, &origin.to_string()).ok_or(Refusal::Form)?;
    let Parsed { article: after, diagnostics, .. } = parse(&stamped);
    let said = after.front.translated_from.as_ref().map(|from| &from.value);
    let same = wording(text) == wording(&stamped);
    if diagnostics.has_errors() || said != Some(origin) || !same {
        return Err(Refusal::Form);
    }
    Ok(stamped)
}

fn edited(text: &str, article: &Article, value: &str) -> Option<String> {
    let Some(from) = &article.front.translated_from else {
        let (yaml, _) = article::front_matter(text)?;
        let before = text.get(..yaml.end)?;
        let end = if before.ends_with("\r\n") { "\r\n" } else { "\n" };
        return Some(format!("{before}translated_from: {value}{end}{}", text.get(yaml.end..)?));
    };
    let written = text.get(from.span.range())?;
    let mark = written.chars().next().filter(|c| matches!(c, '"' | '\'')).map_or(String::new(), String::from);
    let (start, end) = (from.span.range().start, from.span.range().end);
    Some([text.get(..start)?, &mark, value, &mark, text.get(end..)?].concat())
}
