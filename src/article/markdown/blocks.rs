//! Events to HTML, whole blocks: headings, raw HTML, alerts, footnotes.
//!
//! Owns the blocks that are more than a tag around their content, but for fenced ones, which are
//! `code`'s; the others are `writer`'s.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, TagEnd};

use super::super::body::{Heading, SlotKind};
use super::footnotes::{Events, citation_id, note_id};
use super::slots::push_number;
use super::writer::Writer;
use super::{escape, slots};
use crate::base::Span;
use crate::config::HtmlPolicy;

impl<'e, 's> Writer<'e, 's> {
    fn text_slot(&mut self, key: &'static str, span: Span) {
        slots::open(&mut self.out, &mut self.slots, span, SlotKind::Text { key });
    }

    pub(super) fn alert(&mut self, kind: BlockQuoteKind, place: &Range<usize>) {
        let key = match kind {
            BlockQuoteKind::Note => "alert-note",
            BlockQuoteKind::Tip => "alert-tip",
            BlockQuoteKind::Important => "alert-important",
            BlockQuoteKind::Warning => "alert-warning",
            BlockQuoteKind::Caution => "alert-caution",
        };
        self.block("<div class=\"alert ");
        self.out.push_str(key);
        self.out.push_str("\" role=\"note\">\n<p class=\"alert-title\">");
        let span = self.block_span(place);
        self.text_slot(key, span);
        self.out.push_str("</p>\n");
    }

    pub(super) fn heading(
        &mut self,
        i: usize,
        level: u8,
        stated: Option<&str>,
        classes: &[CowStr<'_>],
        attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
        place: &Range<usize>,
    ) {
        self.block("<h");
        push_number(&mut self.out, level.into());
        let (text, html) = self.heading_text(i);
        let id = match stated {
            Some(stated) if !stated.is_empty() => self.ids.stated(stated),
            _ => match crate::base::slugify(&text) {
                slug if slug.is_empty() => self.ids.derived("section".to_owned()),
                slug => self.ids.derived(slug),
            },
        };
        self.out.push_str(" id=\"");
        escape::attribute(&mut self.out, &id);
        self.out.push('"');
        for (n, class) in classes.iter().enumerate() {
            self.out.push_str(if n == 0 { " class=\"" } else { " " });
            escape::attribute(&mut self.out, class);
        }
        if !classes.is_empty() {
            self.out.push('"');
        }
        // Any other attribute could be a handler or a style.
        for (name, value) in attributes {
            let value = value.as_deref().unwrap_or_default();
            let known = match name.as_ref() {
                "lang" => !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
                "dir" => matches!(value, "ltr" | "rtl" | "auto"),
                _ => false,
            };
            if known {
                self.out.push(' ');
                self.out.push_str(name);
                self.out.push_str("=\"");
                self.out.push_str(value);
                self.out.push('"');
            }
        }
        self.out.push('>');
        self.anchors.push(id.clone());
        self.headings.push(Heading { level, id, html, text, span: self.block_span(place) });
    }

    /// The events of the block that begins at event `i`, without its tags, and the event after it.
    pub(super) fn leaf(&self, i: usize, end: TagEnd) -> (&'e Events<'s>, usize) {
        let inner = &self.events[i + 1..];
        let len = inner.iter().position(|(event, _)| *event == Event::End(end)).unwrap_or(inner.len());
        (&inner[..len], (i + len + 2).min(self.events.len()))
    }

    pub(super) fn html_block(&mut self, i: usize, place: &Range<usize>) -> usize {
        let (inner, next) = self.leaf(i, TagEnd::HtmlBlock);
        if self.policy == HtmlPolicy::Escape {
            self.open_paragraph();
        } else if self.is_dropped(self.source.get(place.clone()).unwrap_or_default()) {
            return next;
        } else {
            self.block("");
        }
        for (event, range) in inner {
            self.inline(event, range);
        }
        if self.policy == HtmlPolicy::Escape {
            self.out.truncate(self.out.trim_end().len().max(self.paragraph));
            self.close_paragraph();
        } else if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        next
    }

    /// Whether raw HTML is nothing but a comment that cleaning would drop: an editor's aside
    /// must not cost the whole text a cleaning.
    pub(super) fn is_dropped(&self, html: &str) -> bool {
        self.policy == HtmlPolicy::Clean
            && html.trim().strip_prefix("<!--").is_some_and(|c| c.find("-->") == c.len().checked_sub(3))
    }

    /// The box of a task: its state in words for those who do not see it.
    pub(super) fn task_box(&mut self, done: bool, at: &Range<usize>) {
        self.out.push_str("<input type=\"checkbox\" disabled");
        self.out.push_str(if done { " checked aria-label=\"" } else { " aria-label=\"" });
        let span = self.span(at.clone());
        self.text_slot(if done { "task-done" } else { "task-open" }, span);
        self.out.push_str("\"> ");
    }

    /// Writes the notes that are cited, each with a link back to every citation.
    pub(super) fn footnotes(&mut self) {
        if self.notes.cited().is_empty() {
            return;
        }
        self.block("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        let end = self.source.len();
        let span = self.span(end..end);
        self.text_slot("footnotes", span);
        self.out.push_str("\">\n<ol>\n");
        for number in 1..=self.notes.cited().len() {
            let (events, citations) = {
                let note = &self.notes.cited()[number - 1];
                (note.events.clone(), note.citations)
            };
            let id = note_id(number);
            self.block("<li id=\"");
            self.out.push_str(&id);
            self.out.push_str("\">\n");
            self.anchors.push(id);
            self.range(events);
            // In the note's last paragraph, if it ends with one.
            if self.out.ends_with("</p>\n") {
                self.out.truncate(self.out.len() - "</p>\n".len());
            } else {
                self.block("<p>");
            }
            for nth in 1..=citations {
                self.out.push_str(if self.out.ends_with("<p>") { "<a href=\"#" } else { " <a href=\"#" });
                self.out.push_str(&citation_id(number, nth));
                self.out.push_str("\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"");
                self.text_slot("footnote-back", span);
                self.out.push_str("\">↩\u{FE0E}");
                if nth > 1 {
                    self.out.push_str("<sup>");
                    push_number(&mut self.out, nth);
                    self.out.push_str("</sup>");
                }
                self.out.push_str("</a>");
            }
            self.out.push_str("</p>\n</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}
