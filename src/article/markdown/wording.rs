//! What a text's Markdown adds to its wording: words, and the structure that they stand in.
//!
//! Owns which of Markdown's forms count for a translator. Spellings of the same, destinations,
//! comments, ids and the order of footnotes' definitions do not; neither do the marks that straight
//! quotes become, nor what a setting makes of raw HTML. Part of format 1 (`article::wording`).
//!
//! Every block that holds no other is a unit. It begins with a mark for each block around it: `> `
//! for a quotation, `> [!NOTE] ` for an alert, `- ` or `1. ` for the first block of an item and
//! spaces of that width for its further ones, `: ` for a definition, `[^1]: ` for a footnote.
//! Footnotes come last, in the order of their first citations. Lists have no mark of their own, so
//! that an item more changes one unit.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::super::wording::Writer;
use super::component;
use super::destination::{Destination, classify};
use super::footnotes::{Events, Notes};
use crate::base::ContentPath;
use crate::diag::Diagnostics;
use crate::yaml::{self, Node, Value};

/// Adds the wording of a text; its events' ranges are counted in `source`.
pub(super) fn write(events: &Events<'_>, source: &str, notes: &Notes, to: &mut Writer) {
    let (around, lists, links) = (Vec::new(), Vec::new(), Vec::new());
    let mut walk = Walk { to, events, source, notes, around, lists, links, begun: false, mute: false };
    walk.range(0..events.len());
    for (i, note) in notes.cited().iter().enumerate() {
        walk.enter(format!("[^{}]: ", i + 1).into(), "    ");
        walk.range(note.events.clone());
        walk.leave();
    }
}

/// A block around what follows.
struct Around {
    first: Cow<'static, str>,
    further: &'static str,
    begun: bool,
}

struct Walk<'w, 'e, 's> {
    to: &'w mut Writer,
    events: &'e Events<'s>,
    source: &'e str,
    notes: &'e Notes,
    around: Vec<Around>,
    /// What begins the next item of each open list.
    lists: Vec<(Cow<'static, str>, &'static str)>,
    /// What ends each open link or image.
    links: Vec<Cow<'static, str>>,
    /// Whether a unit is open.
    begun: bool,
    /// Whether the text of a link is its destination.
    mute: bool,
}

impl Walk<'_, '_, '_> {
    fn range(&mut self, range: Range<usize>) {
        let events = self.events;
        let mut i = range.start;
        while i < range.end {
            let (event, place) = &events[i];
            i = match event {
                Event::Start(Tag::FootnoteDefinition(_)) => self.notes.end_of_definition(i),
                Event::Start(Tag::CodeBlock(kind)) => self.code_block(i, kind),
                Event::Start(Tag::HtmlBlock) => self.html_block(i),
                event => {
                    self.event(event, place);
                    i + 1
                }
            };
        }
    }

    fn event(&mut self, event: &Event<'_>, place: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.mute => {}
            Event::Text(text) => {
                self.leaf();
                self.to.text(as_written(text, place, self.source));
            }
            Event::Code(code) => {
                self.open("`");
                self.to.text(code);
                self.to.mark("`");
            }
            Event::InlineHtml(html) | Event::Html(html) => self.html(html),
            // White space at the beginning of a unit is none.
            Event::SoftBreak => self.to.text(" "),
            Event::HardBreak => self.mark("\\ "),
            Event::Rule => {
                self.begun = false;
                self.mark("---");
                self.begun = false;
            }
            Event::TaskListMarker(done) => self.mark(if *done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(label) => match self.notes.number(label) {
                Some(number) => self.mark(&format!("[^{number}]")),
                None => {
                    self.leaf();
                    self.to.text(&format!("[^{label}]"));
                }
            },
            // Not asked of the parser.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.begun = false;
                self.mark(match level {
                    HeadingLevel::H1 => "# ",
                    HeadingLevel::H2 => "## ",
                    HeadingLevel::H3 => "### ",
                    HeadingLevel::H4 => "#### ",
                    HeadingLevel::H5 => "##### ",
                    HeadingLevel::H6 => "###### ",
                });
            }
            Tag::BlockQuote(kind) => {
                let first = match kind {
                    None => "> ",
                    Some(BlockQuoteKind::Note) => "> [!NOTE] ",
                    Some(BlockQuoteKind::Tip) => "> [!TIP] ",
                    Some(BlockQuoteKind::Important) => "> [!IMPORTANT] ",
                    Some(BlockQuoteKind::Warning) => "> [!WARNING] ",
                    Some(BlockQuoteKind::Caution) => "> [!CAUTION] ",
                };
                self.enter(first.into(), "> ");
            }
            Tag::List(None) => self.lists.push(("- ".into(), "  ")),
            Tag::List(Some(first)) => self.lists.push((format!("{first}. ").into(), "   ")),
            Tag::Item => {
                let Some((mark, further)) = self.lists.last_mut() else { return };
                // What the items after the first are numbered with is of no consequence.
                let next = if mark == "- " { "- " } else { "1. " };
                let (mark, further) = (std::mem::replace(mark, next.into()), *further);
                self.enter(mark, further);
            }
            Tag::DefinitionListDefinition => self.enter(": ".into(), "  "),
            Tag::TableHead | Tag::TableRow => {
                self.begun = false;
                self.mark("| ");
            }
            Tag::Emphasis => self.open("*"),
            Tag::Strong => self.open("**"),
            Tag::Strikethrough => self.open("~~"),
            Tag::Link { link_type, dest_url, title, .. } => self.link("[", *link_type, dest_url, title),
            Tag::Image { link_type, dest_url, title, .. } => self.link("![", *link_type, dest_url, title),
            Tag::TableCell => {}
            // Told by what stands in them: a paragraph in an item is the item's text.
            _ => self.begun = false,
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition => self.leave(),
            TagEnd::List(_) => {
                self.lists.pop();
                self.begun = false;
            }
            TagEnd::TableCell => self.mark(" | "),
            TagEnd::Emphasis => self.mark("*"),
            TagEnd::Strong => self.mark("**"),
            TagEnd::Strikethrough => self.mark("~~"),
            TagEnd::Link | TagEnd::Image => {
                self.mute = false;
                let end = self.links.pop().unwrap_or_default();
                self.mark(&end);
            }
            _ => self.begun = false,
        }
    }

    /// Begins a block that holds blocks.
    fn enter(&mut self, first: Cow<'static, str>, further: &'static str) {
        self.begun = false;
        self.around.push(Around { first, further, begun: false });
    }

    /// Ends it; one that holds nothing is there all the same.
    fn leave(&mut self) {
        if self.around.last().is_some_and(|around| !around.begun) {
            self.begun = false;
            self.leaf();
        }
        self.around.pop();
        self.begun = false;
    }

    /// Begins a unit, unless one is open.
    fn leaf(&mut self) {
        if self.begun {
            return;
        }
        self.begun = true;
        self.to.unit("text");
        for around in &mut self.around {
            self.to.mark(if around.begun { around.further } else { &around.first });
            around.begun = true;
        }
    }

    fn mark(&mut self, mark: &str) {
        self.leaf();
        self.to.mark(mark);
    }

    fn open(&mut self, mark: &str) {
        self.leaf();
        self.to.open(mark);
    }

    /// A destination is what each language has its own of, unless it is a figure.
    fn link(&mut self, begin: &str, link_type: LinkType, destination: &str, title: &str) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = if title.is_empty() { title } else { format!(" \"{title}\"") };
        let figure = match classify(destination) {
            Destination::Figure(target) => Some(target),
            _ => None,
        };
        self.mute = figure.is_some() && link_type == LinkType::Autolink;
        self.links.push(match figure {
            Some(target) => format!("](figure:{target}{title})").into(),
            None if title.is_empty() => "]".into(),
            None => format!("{title}]").into(),
        });
        self.open(begin);
    }

    /// Writes the code block or component that begins at event `i`; returns the event after it.
    fn code_block(&mut self, i: usize, kind: &CodeBlockKind<'_>) -> usize {
        let (text, next) = self.joined(i);
        self.begun = false;
        let name = match kind {
            CodeBlockKind::Fenced(info) => component::name(info),
            CodeBlockKind::Indented => None,
        };
        // Arguments that are no YAML have been reported, and are no worse than code.
        let arguments = name.and_then(|name| {
            let node = yaml::parse(&text, 0, &ContentPath::new(""), &mut Diagnostics::new())?;
            Some((name, node))
        });
        match arguments {
            Some((name, node)) => {
                self.mark(&format!("{{{name}}}"));
                self.arguments("", &node);
            }
            None => {
                self.mark("```");
                self.to.verbatim(&text);
            }
        }
        self.begun = false;
        next
    }

    /// The texts among a component's arguments, in the order of their names; recursion is as deep
    /// as the YAML, which its reader limits.
    fn arguments(&mut self, name: &str, node: &Node) {
        match &node.value {
            Value::Text(text) if !text.starts_with("https://") && !text.starts_with("http://") => {
                self.to.mark(&format!(" {name}: "));
                self.to.text(text);
            }
            Value::List(items) => items.iter().for_each(|item| self.arguments(name, item)),
            Value::Map(map) => {
                let mut entries: Vec<_> = map.iter().collect();
                entries.sort_by(|a, b| a.0.name.cmp(&b.0.name));
                for (key, value) in entries {
                    self.arguments(&key.name, value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }

    fn html_block(&mut self, i: usize) -> usize {
        let (html, next) = self.joined(i);
        self.begun = false;
        self.html(&html);
        self.begun = false;
        next
    }

    /// Tags count as they stand, but for comments.
    fn html(&mut self, html: &str) {
        let mut kept = String::new();
        let mut rest = html;
        while let Some((before, comment)) = rest.split_once("<!--") {
            kept.push_str(before);
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        }
        kept.push_str(rest);
        if !kept.trim().is_empty() {
            self.leaf();
            self.to.text(&kept);
        }
    }

    /// The text of the block that begins at event `i`, and the event after it.
    fn joined(&self, i: usize) -> (String, usize) {
        let mut text = String::new();
        for (n, (event, _)) in self.events.iter().enumerate().skip(i + 1) {
            match event {
                Event::Text(piece) | Event::Html(piece) => text.push_str(piece),
                Event::End(_) => return (text, n + 1),
                _ => {}
            }
        }
        (text, self.events.len())
    }
}

/// A text event as the author wrote it: the parser gives every quotation mark, dash and ellipsis
/// that it improves an event of its own.
fn as_written<'t>(text: &'t str, place: &Range<usize>, source: &'t str) -> &'t str {
    // A long row of hyphens becomes several dashes.
    let improved = matches!(text, "“" | "”" | "‘" | "’" | "…")
        || text.starts_with(['–', '—']) && text.ends_with(['–', '—']);
    if !improved {
        return text;
    }
    match source.get(place.clone()) {
        Some(written @ ("\"" | "'" | "...")) => written,
        Some(written) if written.bytes().all(|b| b == b'-') => written,
        _ => text,
    }
}
