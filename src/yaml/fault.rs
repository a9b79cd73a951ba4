//! What is wrong with a text that is no YAML, in words for people who never heard of scanners.
//!
//! Owns the wording and the remedy of each fault of the parser behind us. It knows the parser's
//! messages by a word or two; one that it does not know is passed on as it is.

use crate::base::{ContentPath, Span};
use crate::diag::{Diagnostic, code};

/// The message for an error of the parser in `text`, which stands at `offset` in `file`.
pub(super) fn fault(error: &serde_yaml::Error, text: &str, offset: usize, file: &ContentPath) -> Diagnostic {
    // The scanner counts characters; carets need bytes.
    let start = error.location().map_or(0, |l| byte_of_char(text, l.span().offset() as usize));
    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    if ["budget", "recursion limit", "nesting", "recursive references"].iter().any(|w| message.contains(w)) {
        return Diagnostic::new(code::YAML_LIMIT, "this YAML is nested or repeated beyond reason")
            .at(file, Span::new(start, end).shifted(offset))
            .help("at most 20,000 values, 32 levels deep and with 200 aliases, are read");
    }
    let (start, message, help) = words(message, text, start);
    Diagnostic::new(code::YAML_SYNTAX, message).at(file, Span::new(start, end).shifted(offset)).help(help)
}

/// Where to point from, what is wrong, and what to do about it.
fn words(message: &str, text: &str, start: usize) -> (usize, String, String) {
    let has = |words: &str| message.contains(words);
    let here = text[start..].chars().next().unwrap_or(' ');
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let before = text[line_start..start].trim_start();
    let (start, message, help) = if has("mapping values are not allowed") && before.contains(": ") {
        let key = before.split(':').next().unwrap_or_default();
        let help = format!("put the text in quotation marks: `{key}: \"…\"`");
        let ends = text[start + 1..].split('\n').next().is_none_or(|rest| rest.trim().is_empty());
        let what = if ends { "that ends with a colon" } else { "with a colon and a space in it" };
        return (start, format!("a text {what} needs quotation marks"), help);
    } else if has("mapping values are not allowed") {
        let indent = text[line_start..].len() - text[line_start..].trim_start_matches(' ').len();
        (
            line_start + indent,
            "this line is indented deeper than the one that it follows",
            "begin it where the line above begins, or put a text that runs over lines in quotation marks",
        )
    } else if has("unknown anchor") {
        (
            start,
            "`*` at the beginning of a text refers to another value, and there is none of that name",
            "put the text in quotation marks",
        )
    } else if has("unexpected character") || (has("anchor") && matches!(here, '&' | '*')) {
        let message = format!("a text cannot begin with {}", quoted(here));
        return (start, message, "put the text in quotation marks".to_owned());
    } else if has("unclosed bracket") {
        let close = if here == '{' { '}' } else { ']' };
        let comment = text[start..].split('\n').next().is_some_and(|line| line.contains(" #"));
        let more =
            if comment { "; from ` #` on a line is a comment, unless it is in quotation marks" } else { "" };
        return (start, format!("this `{here}` is not closed"), format!("close it with `{close}`{more}"));
    } else if has("unclosed quote") {
        (
            start,
            "this quotation mark is not closed",
            "close it; a mark of the same kind within the text is written `\\\"` in double quotes and `''` in single ones",
        )
    } else if has("trailing content after") {
        (
            start,
            "something stands after the closing quotation mark",
            "put the whole text in quotation marks of the other kind, or write `\\\"` for one within double quotes and `''` within single ones",
        )
    } else if has("illegal placement of ':'") {
        (start, "a colon cannot stand here", "look above: a `[` or `{` is probably not closed")
    } else if has("simple key expected") {
        (
            start,
            "this line is neither `key: value` nor an item of a list",
            "write a colon and a space after a key, and `- ` before an item",
        )
    } else if has("did not find expected key") {
        (
            start,
            "this line's indentation fits none of the lines above",
            "indent lines that belong together by the same number of spaces",
        )
    } else if has("did not find expected '-'") {
        (start, "this line stands in a list and is no item", "begin it with `- `, or check its indentation")
    } else if has("block sequence entries are not allowed") {
        (
            start,
            "a list cannot begin on the line of its key",
            "begin it on the next line, or put a text that begins with `- ` in quotation marks",
        )
    } else if has("block scalar") {
        (
            start,
            "after `|` or `>` the text begins on the next line",
            "write it there, indented, or put a text that begins with such a mark in quotation marks",
        )
    } else if has("invalid ") && text[line_start..start].contains("!!") {
        (start, "this value is not what the tag before it says", "take the tag, which begins with `!!`, away")
    } else if has("tab") {
        (start, "YAML cannot be indented with tabs", "indent with spaces")
    } else if has("escape") {
        (
            start,
            "this backslash means nothing within double quotes",
            "write two of them for one that is meant as text, or use single quotes",
        )
    } else if has("document") {
        (start, "the YAML ends here, and something follows", "take the line `---` or `...` out")
    } else if has("expected") && has("string") {
        (start, "a key must be text", "put it in quotation marks if it is meant as text")
    } else {
        return (
            start,
            format!("this is not YAML: {message}"),
            "check the indentation, the colons and the quotation marks around this place".to_owned(),
        );
    };
    (start, message.to_owned(), help.to_owned())
}

fn quoted(c: char) -> String {
    if c == '`' { "a backtick".to_owned() } else { format!("`{}`", c.escape_debug()) }
}

fn byte_of_char(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(i, _)| i)
}
