//! Reports as people and programs read them.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Label, Severity};
use crate::base::ContentPath;

/// What a report needs beside the messages: the texts that they point into.
pub struct Report<'a> {
    /// The messages, sorted.
    pub diagnostics: &'a Diagnostics,
    /// A file's text, or `None` where it cannot be shown. Bytes that are not UTF-8 are replaced
    /// one for one by the caller, so that spans stay right.
    pub text: &'a dyn Fn(&ContentPath) -> Option<String>,
}

/// The report for people, in rustc's form; `color` adds terminal escapes.
pub fn human(report: &Report<'_>, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in report.diagnostics.iter() {
        out.push_str(&one(diagnostic, report.text, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(d: &Diagnostic, text: &dyn Fn(&ContentPath) -> Option<String>, renderer: &Renderer) -> String {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning | Severity::Allow => Level::WARNING,
    };
    let texts: Vec<_> =
        d.labels.iter().map(|label| (label, label.span.and_then(|_| text(&label.file)))).collect();
    let mut group = Group::with_title(level.primary_title(d.message.as_str()).id(d.code.name));
    for (i, (label, text)) in texts.iter().enumerate() {
        let kind = if i == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = match (label.span, text) {
            (Some(span), Some(text)) => {
                let window = Window::around(text, span.range());
                let mut annotation = kind.span(window.span);
                if !label.text.is_empty() {
                    annotation = annotation.label(label.text.as_str());
                }
                group.element(
                    Snippet::source(window.text)
                        .path(label.file.as_str())
                        .line_start(window.first_line)
                        .annotation(annotation),
                )
            }
            _ => group.element(Origin::path(label.file.as_str())),
        };
    }
    if let Some(help) = &d.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The line that a span begins in, cut to a readable length, and the span within it.
///
/// A snippet of the whole file would make the renderer split 50 MB into lines for one caret.
struct Window<'t> {
    text: std::borrow::Cow<'t, str>,
    span: std::ops::Range<usize>,
    first_line: usize,
}

impl<'t> Window<'t> {
    fn around(text: &'t str, span: std::ops::Range<usize>) -> Self {
        let start = floor_boundary(text, span.start.min(text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let line = text[line_start..line_end].trim_end_matches('\r');
        // A span may begin between the two bytes of a Windows line end.
        let start = start.min(line_start + line.len());
        let end = floor_boundary(text, span.end.clamp(start, line_start + line.len()));
        let first_line = 1 + text[..line_start].bytes().filter(|&b| b == b'\n').count();
        let (mut from, mut to) = (start - line_start, end - line_start);
        if from == to && to < line.len() {
            to += line[to..].chars().next().map_or(0, char::len_utf8);
        }
        // A tab is one column wide in the caret's line but not in the reader's terminal, and a BOM none.
        let text = if line.contains(['\t', '\u{feff}']) {
            let prefix: usize = line[..from].matches('\u{feff}').count() * '\u{feff}'.len_utf8();
            let inner: usize = line[from..to].matches('\u{feff}').count() * '\u{feff}'.len_utf8();
            from -= prefix;
            to -= prefix + inner;
            line.replace('\u{feff}', "").replace('\t', " ").into()
        } else {
            line.into()
        };
        Self { text, span: from..to.max(from), first_line }
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The report for programs: one JSON object a line, with 1-based lines and columns (columns in
/// characters) and byte offsets.
pub fn json(report: &Report<'_>) -> String {
    let lines = report.diagnostics.iter().map(|d| format!("{}\n", value(d, report.text)));
    lines.collect()
}

/// The messages as in [`json()`], each with what [`human`] says of it under `shown`.
pub fn values(report: &Report<'_>) -> Vec<Value> {
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
    let with_text = |d: &Diagnostic| {
        let mut value = value(d, report.text);
        value["shown"] = one(d, report.text, &renderer).into();
        value
    };
    report.diagnostics.iter().map(with_text).collect()
}

fn value(d: &Diagnostic, text: &dyn Fn(&ContentPath) -> Option<String>) -> Value {
    let labels: Vec<Value> = d.labels.iter().map(|label| json_label(label, text)).collect();
    json!({
        "code": d.code.name,
        "severity": if d.severity == Severity::Error { "error" } else { "warning" },
        "message": d.message,
        "labels": labels,
        "help": d.help,
    })
}

fn json_label(label: &Label, text: &dyn Fn(&ContentPath) -> Option<String>) -> Value {
    let mut object = json!({ "file": label.file.as_str(), "text": label.text });
    if let Some(span) = label.span
        && let Some(text) = text(&label.file)
    {
        let place = |offset: u32| {
            let offset = floor_boundary(&text, (offset as usize).min(text.len()));
            let line_start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
            let line = 1 + text[..line_start].bytes().filter(|&b| b == b'\n').count();
            json!({ "line": line, "column": 1 + text[line_start..offset].chars().count(), "offset": offset })
        };
        object["start"] = place(span.start);
        object["end"] = place(span.end);
    }
    object
}

#[cfg(test)]
mod tests {
    use super::super::code;
    use super::*;
    use crate::base::Span;

    #[test]
    fn carets_stand_under_wide_characters() {
        let file = ContentPath::new("content/蚂蚁.zh.md");
        let source = "---\ntopics: [工业, enginering]\n---\n";
        let start = source.find("enginering").unwrap();
        let d: Diagnostics = Diagnostic::new(code::UNKNOWN_TOPIC, "there is no topic `enginering`")
            .at(&file, Span::new(start, start + 10))
            .help("did you mean `engineering`?")
            .into();
        let text = |_: &ContentPath| Some(source.to_owned());
        insta::assert_snapshot!(human(&Report { diagnostics: &d, text: &text }, false), @r"
        error[unknown-topic]: there is no topic `enginering`
         --> content/蚂蚁.zh.md:2:14
          |
        2 | topics: [工业, enginering]
          |                ^^^^^^^^^^
          |
          = help: did you mean `engineering`?
        ");
    }
}
