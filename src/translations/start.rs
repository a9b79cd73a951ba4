//! The file that a translation begins with: the original's text, to be overwritten in place.
//!
//! Owns what of the original is carried over: everything that a translator translates, links led to
//! the versions in the new language, and figures left for the language to write. It is a draft, so
//! that half a translation is never published by accident.

use std::ops::Range;

use super::ledger::Ledger;
use crate::article::{self, Article, Label, SlotKind, TranslatedFrom};
use crate::base::{ContentPath, Lang};
use crate::diag::Diagnostics;
use crate::yaml::{self, Value};

/// Where the version of an article in a language goes.
pub fn file_of(original: &Article, code: &str) -> ContentPath {
    let stem = original.file.file_name().split('.').next().unwrap_or_default();
    ContentPath::new(format!("{}/{stem}.{code}.md", original.file.folder()))
}

/// The text of a new translation of `original`, whose own file says `text`, into `file`.
pub fn beginning(
    original: &Article,
    text: &str,
    ledger: &Ledger<'_>,
    to: Lang,
    file: &ContentPath,
) -> String {
    let front = &original.front;
    let origin = TranslatedFrom {
        code: ledger.config.language(original.name.lang).code.clone(),
        fingerprint: original.outline.fingerprint,
    };
    let mut out = String::from("---\n");
    field(&mut out, "", "title", &front.title);
    if let Some(summary) = &front.summary {
        field(&mut out, "", "summary", summary);
    }
    field(&mut out, "", "translated_from", &origin.to_string());
    out.push_str("draft: true # until it is translated\n");
    // A label that the original has in both languages is inherited.
    let own = &ledger.config.language(to).code;
    let labels = front.figures.iter().filter_map(|figure| {
        let label = figure.label.as_ref()?;
        let missing = matches!(label, Label::Own(_)) || label.of(own).is_none();
        Some((figure.id.value.as_str(), label.of(&origin.code).filter(|_| missing)?))
    });
    let labels: Vec<(&str, &str)> = labels.collect();
    if !labels.is_empty() {
        out.push_str("figures:\n");
    }
    for (name, label) in labels {
        out.push_str(&format!("  {}:\n", scalar(name)));
        field(&mut out, "    ", "label", label);
    }
    if let Some(source) = &front.source {
        out.push_str("source:\n");
        field(&mut out, "  ", "title", &source.title);
    }
    if let Some(cover) = &front.cover
        && (cover.alt.is_some() || cover.caption.is_some())
    {
        out.push_str("cover:\n");
        for (key, text) in [("alt", &cover.alt), ("caption", &cover.caption)] {
            if let Some(text) = text {
                field(&mut out, "  ", key, text);
            }
        }
    }
    out.push_str("---\n");
    let body = article::front_matter(text).map_or(text.len(), |(_, body)| body);
    let crlf = text.get(..body).is_some_and(|front| front.contains("\r\n"));
    let mut out = if crlf { out.replace('\n', "\r\n") } else { out };
    let mut at = body;
    for (range, new) in edits(original, text, ledger, to, file) {
        if range.start >= at {
            out.push_str(text.get(at..range.start).unwrap_or_default());
            out.push_str(&new);
            at = range.end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

fn field(out: &mut String, indent: &str, key: &str, text: &str) {
    out.push_str(&format!("{indent}{key}: {}\n", scalar(text)));
}

/// A text as a YAML scalar: plain where it reads as that very text, else in quotation marks. JSON's
/// are YAML's.
fn scalar(text: &str) -> String {
    let line = format!("{text}: {text}");
    let read = yaml::parse(&line, 0, &ContentPath::new(""), &mut Diagnostics::new());
    let plain = match read.map(|node| node.value) {
        Some(Value::Map(map)) => matches!(map.as_slice(), [(key, value)]
            if *key.name == *text && value.value == Value::Text(text.into())),
        _ => false,
    };
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// What is written otherwise than in the original, in the order of its text.
fn edits(
    original: &Article,
    text: &str,
    ledger: &Ledger<'_>,
    to: Lang,
    file: &ContentPath,
) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    for slot in &original.outline.slots {
        let place = slot.span.range();
        match &slot.kind {
            // Where it does not stand as it reads, it is written in a way of its own, and leads to
            // the version in the reader's language all the same.
            SlotKind::Link { destination } if text.get(place.clone()) == Some(destination) => {
                if let Some(own) = led_to(destination, original, ledger, to, file) {
                    edits.push((place, own));
                }
            }
            SlotKind::Figure { text: Some(words), .. } if words.chars().any(char::is_numeric) => {
                edits.extend(words_before(text, place.start).map(|range| (range, String::new())));
            }
            _ => {}
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    edits
}

/// A link's destination in the new language, if there is such a version with such a heading.
fn led_to(
    destination: &str,
    original: &Article,
    ledger: &Ledger<'_>,
    to: Lang,
    file: &ContentPath,
) -> Option<String> {
    let (path, anchor) = destination.split_once('#').map_or((destination, None), |(p, a)| (p, Some(a)));
    let linked = original.file.join(path).filter(|_| path.ends_with(".md"))?;
    let (entry, _) = ledger.find(linked.as_str()).ok()?;
    let own = entry.version(to)?;
    let reference = own.file.reference_from(file);
    match anchor {
        None => Some(reference),
        Some(anchor) => {
            own.outline.anchors.iter().any(|a| a == anchor).then(|| format!("{reference}#{anchor}"))
        }
    }
}

/// The text of the link whose destination begins at a byte, if it is nothing but text.
fn words_before(text: &str, destination: usize) -> Option<Range<usize>> {
    let end = destination.checked_sub("](".len())?;
    let start = text.get(..end)?.rfind('[')? + 1;
    let plain =
        text.get(end..destination) == Some("](") && !text.get(start..end)?.contains([']', '\\', '`', '<']);
    plain.then_some(start..end)
}
