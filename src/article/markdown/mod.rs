//! Markdown to HTML with slots: CommonMark, GitHub's tables, notes, alerts and task lists, and
//! Bashu's figures and components.
//!
//! Owns what Markdown means and what HTML it becomes. It never knows another file, a URL, a
//! theme or a language's words: links, figures, components and interface strings stay slots
//! ([`super::body`]). The way through: the parser's events are collected and surveyed once
//! (footnotes, ids and the top level of headings must be known before the first is written),
//! written in one pass to one string with slot markers in it, cleaned if there was raw HTML,
//! and the markers taken out.

mod blocks;
mod clean;
mod code;
mod component;
mod destination;
mod escape;
pub(super) mod flanking;
mod footnotes;
mod highlight;
#[cfg(test)]
mod hostile;
mod ids;
mod inline;
mod leaf;
mod math;
mod plain;
mod punctuation;
mod quotations;
mod raw_images;
mod slots;
mod soft_breaks;
#[cfg(test)]
mod tests;
mod wording;
mod words;
mod writer;

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use super::body::Body;
use crate::base::{ContentPath, Span};
use crate::config::HtmlPolicy;
use crate::diag::Diagnostics;
use crate::locale::Typography;
use footnotes::{Notes, citation_id, note_id};
use ids::Ids;

pub(super) use component::name as component_name;
pub use destination::is_elsewhere;
pub(super) use destination::{Destination, classify};

/// What the Markdown writer must be told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Options<'a> {
    /// What typewriter marks become; `None` leaves quotes, dashes and dots as written.
    pub typography: Option<&'a Typography>,
    /// Whether the language is written without spaces between words, as Chinese is.
    pub unspaced: bool,
    /// What becomes of raw HTML.
    pub html: HtmlPolicy,
}

/// Turns the Markdown of a file, from byte `start` of its `text` on, into HTML with slots.
///
/// Adds what a translator translates of it to `wording`, where that is wanted.
///
/// Spans are the whole file's. Any text is accepted; what is reported are links that could run
/// code, and components whose arguments are no YAML.
pub(super) fn to_html(
    text: &str,
    start: usize,
    file: &ContentPath,
    options: &Options<'_>,
    wording: Option<&mut super::wording::Writer>,
    diags: &mut Diagnostics,
) -> Body {
    let source = text.get(start..).unwrap_or_default();
    let mut survey = Survey::default();
    let marked = flanking::mark(source);
    let mut events = events(source, marked.as_ref(), options);
    events.iter().for_each(|(event, _)| survey.see(event));
    let notes = Notes::survey(&events, survey.definitions);
    if let Some(wording) = wording {
        self::wording::write(&events, source, &notes, wording);
    }
    // From here on: a fingerprint takes a formula for the code that it is written as.
    math::mark(&mut events, source);
    if let Some(typography) = options.typography.filter(|typography| typography.by_turns) {
        quotations::pair(&mut events, source, typography);
    }
    soft_breaks::remove(&mut events, options.unspaced, options.html);
    let ids = survey.ids(&notes, options.html);
    let written = writer::Writer::new(source, start, file, options, &events, notes, ids, diags)
        .shift_headings(survey.top_level)
        .cleaned(options.html == HtmlPolicy::Clean && !survey.raw.is_empty())
        .run();

    let cleaned = written.raw && options.html == HtmlPolicy::Clean;
    let (mut html, mut slots) = (written.html, written.slots);
    if cleaned {
        let place = raw_places(&events, source, start);
        html = raw_images::open_slots(&clean::clean(&html), &mut slots, place);
    }
    let (html, slots) = slots::settle(html, slots, &written.formulas, cleaned);
    let mut anchors = written.anchors;
    if written.raw {
        let mut known: HashSet<String> = anchors.iter().cloned().collect();
        ids::ids_in(&html, |id| {
            if known.insert(id.to_owned()) {
                anchors.push(id.to_owned());
            }
        });
    }
    Body { html, slots, headings: written.headings, anchors, length: written.length }
}

/// Finds the places of addresses in raw HTML, one after the other. What is written otherwise there than it is
/// read (`&amp;`) is said to stand in all of the first raw HTML.
fn raw_places(events: &[(Event<'_>, Range<usize>)], source: &str, start: usize) -> impl FnMut(&str) -> Span {
    let is_raw = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    let raw = events.iter().filter(|(event, _)| is_raw(event)).map(|(_, place)| place.clone());
    let raw: Vec<Range<usize>> = raw.collect();
    let mut seen = 0;
    move |address| {
        let behind = |from: usize| {
            raw.iter().find_map(|place| {
                let from = place.start.max(from);
                let at = from + source.get(from..place.end)?.find(address)?;
                Some(at..at + address.len())
            })
        };
        // Footnotes are written last, wherever they stand.
        let found = behind(seen).or_else(|| behind(0)).or_else(|| raw.first().cloned()).unwrap_or_default();
        seen = found.end;
        Span::new(found.start, found.end).shifted(start)
    }
}

/// What the parser finds in a text; `marked` is what [`flanking::mark`] says of it.
pub(super) fn events<'s>(
    source: &'s str,
    marked: Option<&'s flanking::Marked>,
    options: &Options<'_>,
) -> Vec<(Event<'s>, Range<usize>)> {
    // Prose has an event for every twenty or thirty bytes. They are large: moving them because the
    // room was too small is dearer than room, and `extend` moves them less often than `push`.
    let mut events = Vec::with_capacity(source.len() / 16 + 8);
    let parser = |text| Parser::new_ext(text, syntax(options)).into_offset_iter();
    match marked {
        None => events.extend(parser(source)),
        Some(marked) => events.extend(parser(&marked.text).filter_map(|event| marked.unmark(event))),
    }
    events
}

/// The extensions of CommonMark that are understood.
fn syntax(options: &Options<'_>) -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Syntax;
    let mut syntax = Syntax::ENABLE_TABLES
        | Syntax::ENABLE_FOOTNOTES
        | Syntax::ENABLE_STRIKETHROUGH
        | Syntax::ENABLE_TASKLISTS
        | Syntax::ENABLE_HEADING_ATTRIBUTES
        | Syntax::ENABLE_GFM
        | Syntax::ENABLE_DEFINITION_LIST;
    if options.typography.is_some() {
        syntax |= Syntax::ENABLE_SMART_PUNCTUATION;
    }
    syntax
}

/// What must be known of the whole text before its first byte is written.
#[derive(Default)]
struct Survey {
    /// Whether there is a heading of the first level, which is the page's title's.
    top_level: bool,
    /// Whether there are footnote definitions.
    definitions: bool,
    /// The ids that headings state.
    stated: Vec<String>,
    /// The raw HTML in one piece: a tag may run over lines, and each line is an event.
    raw: String,
}

impl Survey {
    fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.top_level |= *level == HeadingLevel::H1;
                self.stated.extend(id.as_ref().filter(|id| !id.is_empty()).map(ToString::to_string));
            }
            Event::Start(Tag::FootnoteDefinition(_)) => self.definitions = true,
            Event::Html(html) | Event::InlineHtml(html) => self.raw.push_str(html),
            _ => {}
        }
    }

    /// The ids that no heading may get by chance: stated ones, those of footnotes and raw HTML.
    fn ids(&self, notes: &Notes, policy: HtmlPolicy) -> Ids {
        let mut ids = Ids::default();
        for id in &self.stated {
            ids.reserve(id);
        }
        if policy != HtmlPolicy::Escape {
            ids::ids_in(&self.raw, |id| ids.take(id.to_owned()));
        }
        for (i, note) in notes.cited().iter().enumerate() {
            ids.take(note_id(i + 1));
            for nth in 1..=note.citations {
                ids.take(citation_id(i + 1, nth));
            }
        }
        ids
    }
}
