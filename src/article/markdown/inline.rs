//! Events to HTML, inside blocks: text, code, links, images, figures, citations of footnotes.
//!
//! Owns which destinations become slots, which are written and which are refused. It never
//! resolves a destination.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::escape_href;

use super::super::body::SlotKind;
use super::destination::{Destination, classify};
use super::footnotes::{citation_id, note_id};
use super::slots::push_number;
use super::writer::Writer;
use super::{escape, slots};
use crate::base::Span;
use crate::config::HtmlPolicy;
use crate::diag::{Diagnostic, code};

/// A link that is open.
pub(super) struct Link<'e> {
    kind: Kind<'e>,
    link_type: LinkType,
    destination: &'e str,
}

enum Kind<'e> {
    /// The slot of its `href`.
    Slot(usize),
    /// Written with its `href`.
    Plain,
    /// Only its text is written.
    Refused,
    /// Its text begins at this byte of `out` and goes into a slot.
    Figure { target: &'e str, from: usize },
    /// Inside another link, where HTML allows none.
    Nested,
}

/// An image's tag.
pub(super) struct Image<'e, 'r> {
    pub link_type: LinkType,
    pub source: &'e str,
    pub title: &'e str,
    pub place: &'r Range<usize>,
}

impl Link<'_> {
    /// Whether its text goes into a figure's slot.
    pub(super) fn is_figure(&self) -> bool {
        matches!(self.kind, Kind::Figure { .. })
    }
}

impl<'e> Writer<'e, '_> {
    /// Writes an event that is no tag.
    pub(super) fn inline(&mut self, event: &'e Event<'_>, place: &Range<usize>) {
        match event {
            Event::Text(text) => {
                let text = self.marks.localise(text, place, self.source);
                self.words.add(&text);
                self.text(&text, place);
            }
            Event::Code(code) => {
                self.words.add(code);
                self.out.push_str("<code>");
                escape::text(&mut self.out, code);
                self.out.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(html),
            Event::SoftBreak => {
                self.words.end();
                self.out.push('\n');
            }
            Event::HardBreak => {
                self.words.end();
                self.out.push_str("<br>\n");
            }
            Event::Rule => self.block("<hr>\n"),
            Event::TaskListMarker(done) => self.task_box(*done, place),
            Event::FootnoteReference(label) => match self.notes.number(label) {
                Some(number) if self.links.is_empty() => self.citation(number),
                Some(number) => self.deferred.push(number),
                None => {
                    self.out.push_str("[^");
                    escape::text(&mut self.out, label);
                    self.out.push(']');
                }
            },
            Event::InlineMath(latex) => {
                self.words.add(latex);
                self.inline_math(latex, place);
            }
            // Not asked of the parser, or a tag.
            Event::DisplayMath(text) => escape::text(&mut self.out, text),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    fn raw_html(&mut self, html: &str) {
        // What goes into a figure's slot is not cleaned with the rest.
        let in_figure = self.links.iter().any(Link::is_figure);
        match self.policy {
            HtmlPolicy::Escape => {
                self.words.add(html);
                escape::text(&mut self.out, html);
            }
            HtmlPolicy::Clean if in_figure || self.is_dropped(html) => {}
            HtmlPolicy::Clean | HtmlPolicy::Allow => {
                self.raw = true;
                escape::raw(&mut self.out, html);
            }
        }
    }

    fn citation(&mut self, number: usize) {
        let id = citation_id(number, self.notes.cite(number));
        self.out.push_str("<sup class=\"footnote-ref\"><a href=\"#");
        self.out.push_str(&note_id(number));
        self.out.push_str("\" id=\"");
        self.out.push_str(&id);
        self.out.push_str("\" role=\"doc-noteref\">");
        push_number(&mut self.out, number);
        self.out.push_str("</a></sup>");
        self.anchors.push(id);
    }

    /// Writes the citations that had to wait, unless a link is still open.
    fn deferred_citations(&mut self) {
        if self.links.is_empty() {
            for number in std::mem::take(&mut self.deferred) {
                self.citation(number);
            }
        }
    }

    pub(super) fn open_link(
        &mut self,
        link_type: LinkType,
        destination: &'e str,
        title: &str,
        place: &Range<usize>,
    ) {
        let class = if link_type == LinkType::Email { Destination::Elsewhere } else { classify(destination) };
        let kind = match class {
            _ if !self.links.is_empty() => Kind::Nested,
            Destination::Unsafe => Kind::Refused,
            Destination::Figure(target) => Kind::Figure { target, from: self.out.len() },
            Destination::Site => {
                self.out.push_str("<a");
                // The span is known once the text has been passed.
                let span = self.span(place.clone());
                let kind = SlotKind::Link { destination: destination.to_owned() };
                let slot = slots::open(&mut self.out, &mut self.slots, span, kind);
                self.title(title);
                self.out.push('>');
                Kind::Slot(slot)
            }
            Destination::Elsewhere => {
                self.out.push_str("<a");
                let prefix = if link_type == LinkType::Email { " href=\"mailto:" } else { " href=\"" };
                self.url(prefix, destination);
                self.title(title);
                self.out.push('>');
                Kind::Plain
            }
        };
        self.links.push(Link { kind, link_type, destination });
    }

    pub(super) fn close_link(&mut self, place: &Range<usize>) {
        let Some(link) = self.links.pop() else { return };
        let span = self.destination_span(link.link_type, link.destination, self.seen, place);
        match link.kind {
            Kind::Slot(slot) => {
                if let Some(slot) = self.slots.get_mut(slot) {
                    slot.span = span;
                }
                self.out.push_str("</a>");
            }
            Kind::Plain => self.out.push_str("</a>"),
            Kind::Refused => self.refuse(link.destination, span),
            Kind::Figure { target, from } => {
                let text = self.out.split_off(from);
                let shown = link.link_type != LinkType::Autolink && !text.is_empty();
                self.figure(target, shown.then_some(text), span);
            }
            Kind::Nested => {}
        }
        self.deferred_citations();
    }

    fn figure(&mut self, target: &str, text: Option<String>, span: Span) {
        let kind = SlotKind::Figure { target: target.to_owned(), text };
        slots::open(&mut self.out, &mut self.slots, span, kind);
    }

    /// A destination in the source, if it stands there as it reads; else the link as a whole.
    /// `from` is where the link's text ends.
    fn destination_span(
        &self,
        link_type: LinkType,
        destination: &str,
        from: usize,
        place: &Range<usize>,
    ) -> Span {
        let inline = link_type == LinkType::Inline && !destination.is_empty();
        let from = from.max(place.start);
        let find = |rest: &str| match rest.strip_prefix("](") {
            // Nearly always, and searching is dear: nothing that begins so can stand further ahead.
            Some(rest) if rest.starts_with(destination) && !destination.starts_with([']', '(']) => Some(2),
            _ => rest.find(destination),
        };
        inline
            .then(|| self.source.get(from..place.end).and_then(find))
            .flatten()
            .map_or(self.span(place.clone()), |at| self.span(from + at..from + at + destination.len()))
    }

    fn refuse(&mut self, destination: &str, span: Span) {
        let scheme = destination.split(':').next().unwrap_or_default();
        let scheme: String = scheme.chars().filter(|c| !c.is_control()).take(24).collect();
        self.diags.push(
            Diagnostic::new(code::UNSAFE_LINK, format!("a link cannot begin with `{}:`", scheme.trim()))
                .at(self.file, span)
                .help(
                    "links may be relative, or begin with `https:`, `http:`, `mailto:`, `tel:` or `figure:`; \
                 if this is a file's name, write `./` before it",
                ),
        );
    }

    fn url(&mut self, attribute: &str, url: &str) {
        self.out.push_str(attribute);
        // Browsers drop white space around a URL; a validator does not. Writing to a string cannot fail.
        let _ = escape_href(&mut self.out, url.trim());
        self.out.push('"');
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::attribute(&mut self.out, title);
            self.out.push('"');
        }
    }

    /// Writes the image that begins at event `i`; returns the event after it.
    pub(super) fn image(&mut self, i: usize, image: &Image<'e, '_>) -> usize {
        let (alt, end, seen) = self.alternative(i, image.place.start);
        let span = self.destination_span(image.link_type, image.source, seen, image.place);
        match classify(image.source) {
            // A figure's own text holds no elements with a `src` to resolve.
            _ if self.links.iter().any(Link::is_figure) => {
                escape::text(&mut self.out, &alt);
            }
            Destination::Unsafe => {
                escape::text(&mut self.out, &alt);
                self.refuse(image.source, span);
            }
            Destination::Figure(target) => {
                let mut text = String::new();
                escape::text(&mut text, &alt);
                self.figure(target, (!text.is_empty()).then_some(text), span);
            }
            Destination::Site | Destination::Elsewhere => {
                let alt = match alt.trim() {
                    "" => None,
                    // The only way to say in Markdown that there is nothing to be said.
                    "-" => Some(String::new()),
                    _ => Some(alt),
                };
                let (source, title) = (image.source.to_owned(), image.title.to_owned());
                let kind = SlotKind::Image { source, alt, title };
                slots::open(&mut self.out, &mut self.slots, span, kind);
            }
        }
        self.deferred_citations();
        end + 1
    }

    /// Writes the paragraph that begins at event `i` as a figure with a caption, if it is
    /// nothing but an image with a title; returns the event after it.
    pub(super) fn captioned_image(&mut self, i: usize) -> Option<usize> {
        let (Event::Start(Tag::Image { link_type, dest_url, title, .. }), place) = self.events.get(i + 1)?
        else {
            return None;
        };
        if title.is_empty() || !matches!(classify(dest_url), Destination::Site | Destination::Elsewhere) {
            return None;
        }
        let mut depth = 0;
        let inner = self.events[i + 1..].iter().position(|(event, _)| {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        let end = i + 1 + inner + 1;
        if !matches!(self.events.get(end), Some((Event::End(TagEnd::Paragraph), _))) {
            return None;
        }
        self.block("<figure>");
        self.image(i + 1, &Image { link_type: *link_type, source: dest_url, title: "", place });
        self.out.push_str("<figcaption>");
        escape::text(&mut self.out, title);
        self.out.push_str("</figcaption></figure>\n");
        self.words.add(title);
        Some(end + 1)
    }
}
