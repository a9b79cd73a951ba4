//! Inline content as plain words: the descriptions of images, and headings for the contents.
//!
//! Owns what is left of it there, and reports citations whose number would be missing.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::destination::{Destination, classify};
use super::writer::Writer;
use super::{escape, math};
use crate::config::HtmlPolicy;
use crate::diag::{Diagnostic, code};

/// Where nothing but words can stand.
#[derive(Clone, Copy)]
enum Plain {
    Heading,
    Alternative,
}

impl<'e> Writer<'e, '_> {
    /// The alternative text of the image that begins at event `i`, the event that ends it, and
    /// where in the source the text ends.
    pub(super) fn alternative(&mut self, i: usize, start: usize) -> (String, usize, usize) {
        let mut alt = String::new();
        let (mut depth, mut seen, mut at) = (1, start, i + 1);
        while let Some((event, place)) = self.events.get(at) {
            match event {
                Event::Start(Tag::Link { .. }) => self.cannot_cite(at, Plain::Alternative),
                Event::Start(Tag::Image { .. }) => {
                    depth += 1;
                    self.cannot_cite(at, Plain::Alternative);
                }
                Event::End(TagEnd::Image) => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Event::FootnoteReference(label) => self.deferred.extend(self.notes.number(label)),
                event => self.plain(event, place, &mut alt),
            }
            seen = if matches!(event, Event::Start(_)) { place.start } else { place.end };
            at += 1;
        }
        (alt, at, seen)
    }

    /// Reports the link or image that begins at event `at` if it cites a figure where nothing but
    /// words can stand: the number would be missing there.
    fn cannot_cite(&mut self, at: usize, within: Plain) {
        let Some((
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }),
            place,
        )) = self.events.get(at)
        else {
            return;
        };
        let ends = matches!(self.events.get(at + 1), Some((Event::End(TagEnd::Link | TagEnd::Image), _)));
        let (message, help) = match within {
            Plain::Alternative => {
                ("the description of an image cannot cite a figure", "write the number itself")
            }
            Plain::Heading if ends || *link_type == LinkType::Autolink => (
                "in a heading a citation needs words of its own, for the contents and the address",
                "write the number between the brackets: `[4,248](figure:trips)`",
            ),
            Plain::Heading => return,
        };
        if matches!(classify(dest_url), Destination::Figure(_)) {
            let span = self.span(place.clone());
            self.diags.push(Diagnostic::new(code::BAD_CITATION, message).at(self.file, span).help(help));
        }
    }

    /// Appends what an event reads as without markup.
    fn plain(&mut self, event: &'e Event<'_>, place: &Range<usize>, out: &mut String) {
        match event {
            Event::Text(text) => out.push_str(&self.marks.localise(text, place, self.source)),
            Event::Code(code) | Event::InlineMath(code) => out.push_str(code),
            Event::InlineHtml(html) if self.policy == HtmlPolicy::Escape => out.push_str(html),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }

    /// The content of the heading that begins at event `i`, as text and as HTML with code and formulas.
    pub(super) fn heading_text(&mut self, i: usize) -> (String, String) {
        let (mut text, mut html) = (String::new(), String::new());
        for (at, (event, place)) in self.events.iter().enumerate().skip(i + 1) {
            let from = text.len();
            match event {
                Event::End(TagEnd::Heading(_)) => break,
                Event::Start(_) => self.cannot_cite(at, Plain::Heading),
                event => self.plain(event, place, &mut text),
            }
            if let Event::InlineMath(latex) = event
                && let Some(mathml) = math::in_contents(latex)
            {
                html.push_str(&mathml);
            } else if matches!(event, Event::Code(_) | Event::InlineMath(_)) {
                html.push_str("<code>");
                escape::text(&mut html, &text[from..]);
                html.push_str("</code>");
            } else {
                escape::text(&mut html, &text[from..]);
            }
        }
        self.marks.new_block();
        for s in [&mut text, &mut html] {
            s.truncate(s.trim_end().len());
        }
        text.drain(..text.len() - text.trim_start().len());
        (text, html)
    }
}
