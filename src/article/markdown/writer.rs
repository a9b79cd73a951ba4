//! Events to HTML: the state, the order, and the elements that are a tag around their content.
//!
//! Owns the shape of the HTML, which must be valid by itself and hold no inline style. Blocks that
//! are more than a tag are `blocks`', what stands inside them is `inline`'s. It never parses what
//! it wrote.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::super::body::{Heading, Length, Slot};
use super::Options;
use super::footnotes::{Events, Notes};
use super::ids::Ids;
use super::inline::{Image, Link};
use super::math::Formulas;
use super::punctuation::Marks;
use super::slots::push_number;
use super::words::Words;
use crate::base::{ContentPath, Span};
use crate::config::HtmlPolicy;
use crate::diag::Diagnostics;

/// The state of writing one text.
pub(super) struct Writer<'e, 's> {
    pub(super) source: &'e str,
    /// Where `source` stands in the file.
    pub(super) start: usize,
    pub(super) file: &'e ContentPath,
    pub(super) policy: HtmlPolicy,
    pub(super) events: &'e Events<'s>,
    pub(super) notes: Notes,
    pub(super) ids: Ids,
    pub(super) diags: &'e mut Diagnostics,
    pub(super) marks: Marks<'e>,
    pub(super) out: String,
    pub(super) slots: Vec<Slot>,
    pub(super) headings: Vec<Heading>,
    pub(super) anchors: Vec<String>,
    pub(super) words: Words,
    /// Whether raw HTML was written.
    pub(super) raw: bool,
    pub(super) formulas: Formulas,
    /// By how much headings are lower than written.
    shift: u8,
    table: Table<'e>,
    /// The length of `out` right after the last `<p>`, to see whether anything came of it.
    pub(super) paragraph: usize,
    /// The links that are open: one, but for slips of the parser.
    pub(super) links: Vec<Link<'e>>,
    /// Citations inside a link or an image, which cannot hold them: written right after.
    pub(super) deferred: Vec<usize>,
    /// Where in `source` the event before the current one ended.
    pub(super) seen: usize,
}

/// The table being written; tables do not nest.
#[derive(Default)]
struct Table<'e> {
    alignments: &'e [Alignment],
    column: usize,
    head: bool,
    body: bool,
}

/// What came of it.
pub(super) struct Written {
    /// The HTML, with slot markers.
    pub html: String,
    /// The slots, each with the place of its marker.
    pub slots: Vec<Slot>,
    /// The formulas that wait for the cleaning to be over.
    pub formulas: Vec<String>,
    pub headings: Vec<Heading>,
    pub anchors: Vec<String>,
    pub length: Length,
    pub raw: bool,
}

impl<'e, 's> Writer<'e, 's> {
    /// A writer of the events of `source`.
    #[allow(clippy::too_many_arguments)] // each is a part of the text; a struct would have one use
    pub(super) fn new(
        source: &'e str,
        start: usize,
        file: &'e ContentPath,
        options: &Options<'e>,
        events: &'e Events<'s>,
        notes: Notes,
        ids: Ids,
        diags: &'e mut Diagnostics,
    ) -> Self {
        Self {
            source,
            start,
            file,
            policy: options.html,
            events,
            notes,
            ids,
            diags,
            marks: Marks::new(options.typography),
            out: String::with_capacity(source.len() + source.len() / 3 + 64),
            slots: Vec::new(),
            headings: Vec::new(),
            anchors: Vec::new(),
            words: Words::default(),
            raw: false,
            formulas: Formulas::default(),
            shift: 0,
            table: Table::default(),
            paragraph: 0,
            links: Vec::new(),
            deferred: Vec::new(),
            seen: 0,
        }
    }

    /// Lowers all headings by one level if the text has some of the first, the page's title's.
    pub(super) fn shift_headings(mut self, shift: bool) -> Self {
        self.shift = u8::from(shift);
        self
    }

    /// Keeps formulas apart if the HTML may be cleaned.
    pub(super) fn cleaned(mut self, cleaned: bool) -> Self {
        self.formulas.wait = cleaned;
        self
    }

    /// Writes it all.
    pub(super) fn run(mut self) -> Written {
        self.range(0..self.events.len());
        self.footnotes();
        Written {
            html: self.out,
            slots: self.slots,
            formulas: self.formulas.waiting,
            headings: self.headings,
            anchors: self.anchors,
            length: self.words.length,
            raw: self.raw,
        }
    }

    pub(super) fn range(&mut self, range: Range<usize>) {
        let mut i = range.start;
        while i < range.end {
            let (event, place) = &self.events[i];
            let next = match event {
                Event::Start(tag) => self.start(i, tag, place),
                Event::End(tag) => {
                    self.end(tag, place);
                    i + 1
                }
                event => {
                    self.inline(event, place);
                    i + 1
                }
            };
            let entered = next == i + 1 && matches!(event, Event::Start(_));
            self.seen = if entered { place.start } else { place.end };
            i = next;
        }
    }

    /// Begins an element, or writes the whole of it; returns the event to go on with.
    fn start(&mut self, i: usize, tag: &'e Tag<'s>, place: &Range<usize>) -> usize {
        match tag {
            Tag::Paragraph => {
                if let Some(next) = self.captioned_image(i) {
                    return next;
                }
                self.open_paragraph();
            }
            Tag::Heading { level, id, classes, attrs } => {
                let level = (*level as u8 + self.shift).min(6);
                self.heading(i, level, id.as_deref(), classes, attrs, place);
            }
            Tag::BlockQuote(None) => self.block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.alert(*kind, place),
            Tag::CodeBlock(kind) => return self.code_block(i, kind, place),
            Tag::HtmlBlock => return self.html_block(i, place),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(first)) => {
                self.block("<ol start=\"");
                self.out.push_str(&first.to_string());
                self.out.push_str("\">\n");
            }
            Tag::Item => {
                let after = |n: usize| self.events.get(i + n).map(|(event, _)| event);
                let task = match after(1) {
                    Some(Event::Start(Tag::Paragraph)) => after(2),
                    event => event,
                };
                let task = matches!(task, Some(Event::TaskListMarker(_)));
                self.block(if task { "<li class=\"task\">" } else { "<li>" });
            }
            Tag::FootnoteDefinition(_) => return self.notes.end_of_definition(i),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => {
                self.table = Table { alignments, ..Table::default() };
                self.block("<div class=\"table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.table.column = 0;
                self.table.head = true;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                if !self.table.body {
                    self.table.body = true;
                    self.out.push_str("<tbody>\n");
                }
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(*link_type, dest_url, title, place)
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let image = Image { link_type: *link_type, source: dest_url, title, place };
                return self.image(i, &image);
            }
            // Front matter has been taken off before.
            Tag::MetadataBlock(_) => {}
        }
        i + 1
    }

    fn end(&mut self, tag: &TagEnd, place: &Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Heading(level) => {
                let level = (*level as u8 + self.shift).min(6);
                self.out.push_str("</h");
                push_number(&mut self.out, level.into());
                self.out.push_str(">\n");
            }
            TagEnd::BlockQuote(None) => self.block("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.block("</div>\n"),
            TagEnd::List(true) => self.block("</ol>\n"),
            TagEnd::List(false) => self.block("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::DefinitionList => self.block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => {
                self.out.push_str(if self.table.body { "</tbody>\n" } else { "" });
                self.out.push_str("</table></div>\n");
            }
            TagEnd::TableHead => {
                self.table.head = false;
                self.out.push_str("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.out.push_str(if self.table.head { "</th>" } else { "</td>" });
                self.new_block();
            }
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.close_link(place),
            // Written as a whole, or nothing at all.
            TagEnd::Image
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Writes a block's tag at the beginning of a line.
    pub(super) fn block(&mut self, tag: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(tag);
        self.new_block();
    }

    fn new_block(&mut self) {
        self.words.end();
        self.marks.new_block();
    }

    pub(super) fn open_paragraph(&mut self) {
        self.block("<p>");
        self.paragraph = self.out.len();
    }

    /// Ends a paragraph, or takes it back if nothing came of it (an image that may not be shown).
    pub(super) fn close_paragraph(&mut self) {
        if self.out.len() == self.paragraph {
            self.out.truncate(self.paragraph.saturating_sub("<p>".len()));
        } else {
            self.out.push_str("</p>\n");
        }
    }

    /// The span in the file of a range of the source.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(range.start, range.end).shifted(self.start)
    }

    /// The span of a block, without the line ends after it.
    pub(super) fn block_span(&self, range: &Range<usize>) -> Span {
        let text = self.source.get(range.clone()).unwrap_or_default().trim_end();
        self.span(range.start..range.start + text.len())
    }

    fn cell(&mut self) {
        self.out.push_str(if self.table.head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
        self.table.column += 1;
    }
}
