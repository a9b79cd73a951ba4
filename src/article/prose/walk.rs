//! From the parser's events to blocks of plain text.
//!
//! Owns which text belongs to which block. It takes the events that the HTML is made from, so that
//! both know the same Markdown.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::super::citation::citations;
use super::super::markdown::{self, Destination, classify};
use super::sentences::stands_close;
use super::{Alert, Block, Kind, List, Mark, MarkKind, Prose, Table};
use crate::base::{ContentPath, Span};
use crate::diag::Diagnostics;
use crate::yaml;

/// Takes the Markdown of a file, from byte `start` on, into blocks.
pub(super) fn walk(file: &str, start: usize, prose: &mut Prose) {
    let source = file.get(start..).unwrap_or_default();
    let mut walk = Walk {
        file,
        prose,
        open: Vec::new(),
        around: Vec::new(),
        lists: Vec::new(),
        links: Vec::new(),
        row: 0,
        column: 0,
    };
    // Straight quotation marks stay as they are written: which marks they become is no translator's matter.
    let marked = markdown::flanking::mark(source);
    for (event, range) in markdown::events(source, marked.as_ref(), &markdown::Options::default()) {
        walk.event(event, range.start + start..range.end + start);
    }
    walk.close();
    prose.blocks.sort_by_key(|block| block.span.start);
}

struct Walk<'w> {
    file: &'w str,
    prose: &'w mut Prose,
    /// Blocks being filled: an image's words stand inside those of its paragraph.
    open: Vec<Block>,
    /// What a paragraph would be where the text is now.
    around: Vec<Kind>,
    /// The lists that are open, by their positions.
    lists: Vec<usize>,
    /// The links and images that are open: what they are, where their text begins, and all of it.
    links: Vec<(MarkKind, usize, Span)>,
    row: usize,
    column: usize,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, place: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, place),
            Event::Code(code) => {
                // The code itself, without its backquotes, where it stands so.
                let at = self.file.get(place.clone()).and_then(|written| written.find(&*code));
                let inner = at.map_or(place.clone(), |at| place.start + at..place.start + at + code.len());
                let from = self.len();
                self.text(&code, inner);
                self.mark(MarkKind::Code, from, span(&place));
            }
            Event::SoftBreak | Event::HardBreak => {
                // Lines of Chinese are joined without a space.
                if !self.open.last().is_some_and(|block| block.text.ends_with(stands_close)) {
                    self.text(" ", place);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, &place),
            Event::FootnoteReference(label) => {
                let from = self.len();
                self.mark(MarkKind::Note(label.to_lowercase()), from, span(&place));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, place),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, place: Range<usize>) {
        let place_span = self.trimmed(&place);
        match tag {
            Tag::Paragraph => {
                let kind = self.around.last().cloned().unwrap_or(Kind::Paragraph);
                self.begin(kind, place_span);
            }
            Tag::Heading { level, .. } => self.begin(Kind::Heading(level as u8), place_span),
            Tag::BlockQuote(kind) => {
                self.close();
                if let Some(kind) = kind {
                    self.prose.alerts.push(Alert { kind: name(kind), span: place_span });
                }
            }
            Tag::CodeBlock(kind) => {
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => &**info,
                    CodeBlockKind::Indented => "",
                };
                let component = match &kind {
                    CodeBlockKind::Fenced(info) => markdown::component_name(info),
                    CodeBlockKind::Indented => None,
                };
                let language = || info.split([' ', ',', '{']).next().unwrap_or_default().to_owned();
                let kind =
                    component.map_or_else(|| Kind::Code(language()), |name| Kind::Component(name.to_owned()));
                self.begin(kind, place_span);
            }
            Tag::HtmlBlock => self.begin(Kind::Html, place_span),
            Tag::List(first) => {
                self.close();
                self.lists.push(self.prose.lists.len());
                self.prose.lists.push(List {
                    numbered: first.is_some(),
                    items: Vec::new(),
                    span: place_span,
                });
            }
            Tag::Item => {
                self.close();
                if let Some(list) = self.lists.last().and_then(|&at| self.prose.lists.get_mut(at)) {
                    list.items.push(place_span);
                }
                self.around.push(Kind::Item);
            }
            Tag::FootnoteDefinition(_) => {
                self.close();
                self.around.push(Kind::Note);
            }
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.close();
                self.around.push(Kind::Definition);
            }
            Tag::Table(columns) => {
                self.close();
                self.row = 0;
                self.prose.tables.push(Table { rows: 0, columns: columns.len(), span: place_span });
            }
            Tag::TableHead | Tag::TableRow => {
                self.column = 0;
                if let Some(table) = self.prose.tables.last_mut() {
                    table.rows += 1;
                }
            }
            Tag::TableCell => {
                let table = self.prose.tables.len().saturating_sub(1);
                self.begin(Kind::Cell(table, self.row, self.column), place_span);
            }
            Tag::Link { dest_url, .. } => {
                let kind = match classify(&dest_url) {
                    Destination::Figure(target) => MarkKind::Citation(target.to_owned()),
                    Destination::Site => MarkKind::Link(dest_url.into_string()),
                    Destination::Elsewhere | Destination::Unsafe => {
                        MarkKind::Elsewhere(dest_url.into_string())
                    }
                };
                let from = self.len();
                self.links.push((kind, from, span(&place)));
            }
            Tag::Image { dest_url, title, .. } => {
                let from = self.len();
                self.mark(MarkKind::Image(dest_url.into_string()), from, span(&place));
                if !title.is_empty() {
                    // It stands behind the words, and is known before them.
                    let written = self.file.get(place.clone()).unwrap_or_default();
                    let at = written.rfind(&*title).map(|at| place.start + at);
                    let source = at.map_or(place.clone(), |at| at..at + title.len());
                    let mut caption = Block::new(Kind::Caption, span(&source));
                    caption.push(&title, source, self.file);
                    self.prose.blocks.push(caption);
                }
                self.open.push(Block::new(Kind::Alternative, span(&place)));
            }
            Tag::DefinitionList
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::BlockQuote(_) => {
                self.close();
            }
            TagEnd::TableCell => {
                self.close();
                self.column += 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {
                self.close();
                self.around.pop();
            }
            TagEnd::Link => {
                if let Some((kind, from, span)) = self.links.pop() {
                    self.mark(kind, from, span);
                }
            }
            TagEnd::Image => self.finish_last(),
            TagEnd::DefinitionList
            | TagEnd::Table
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Begins a block; what was open has ended.
    fn begin(&mut self, kind: Kind, span: Span) {
        self.close();
        self.open.push(Block::new(kind, span));
    }

    fn close(&mut self) {
        while !self.open.is_empty() {
            self.finish_last();
        }
        self.links.clear();
    }

    fn finish_last(&mut self) {
        let Some(mut block) = self.open.pop() else { return };
        cite(&mut block);
        if !block.text.trim().is_empty() || !block.marks.is_empty() {
            self.prose.blocks.push(block);
        }
    }

    /// The block that text goes to: that of a tight item has no event of its own.
    fn block(&mut self, place: &Range<usize>) -> Option<&mut Block> {
        if self.open.is_empty() {
            let kind = self.around.last().cloned().unwrap_or(Kind::Paragraph);
            self.open.push(Block::new(kind, span(place)));
        }
        self.open.last_mut()
    }

    fn len(&self) -> usize {
        self.open.last().map_or(0, |block| block.text.len())
    }

    fn text(&mut self, text: &str, place: Range<usize>) {
        let file = self.file;
        if let Some(block) = self.block(&place) {
            block.span.end = block.span.end.max(span(&place).end);
            block.push(text, place, file);
        }
    }

    fn mark(&mut self, kind: MarkKind, from: usize, place: Span) {
        if let Some(block) = self.block(&place.range()) {
            let range = from.min(block.text.len())..block.text.len();
            block.marks.push(Mark { kind, range, span: place });
        }
    }

    /// The text of raw HTML. A comment is not published, and a tag has no words.
    fn html(&mut self, html: &str, place: &Range<usize>) {
        let mut rest = html;
        while let Some(open) = rest.find('<') {
            self.html_text(&rest[..open], html.len() - rest.len(), place);
            let close = if rest[open..].starts_with("<!--") { "-->" } else { ">" };
            let Some(end) = rest[open..].find(close) else { return };
            rest = &rest[open + end + close.len()..];
        }
        self.html_text(rest, html.len() - rest.len(), place);
    }

    fn html_text(&mut self, text: &str, at: usize, place: &Range<usize>) {
        if !text.is_empty() {
            let from = (place.start + at).min(place.end);
            self.text(text, from..(from + text.len()).min(place.end));
        }
    }

    /// The span of a block, without the line ends after it.
    fn trimmed(&self, place: &Range<usize>) -> Span {
        let text = self.file.get(place.clone()).unwrap_or_default().trim_end();
        Span::new(place.start, place.start + text.len())
    }
}

/// Marks the figures that the arguments of a component cite. They have no words there: what they say
/// is written in each language when the site is built.
fn cite(block: &mut Block) {
    if !matches!(block.kind, Kind::Component(_)) {
        return;
    }
    // Arguments that are no YAML have been reported.
    let node = yaml::parse(&block.text, 0, &ContentPath::new(""), &mut Diagnostics::new());
    let Some(node) = node else { return };
    for (name, at) in citations(&node) {
        let at = at.range();
        let (kind, span) = (MarkKind::Citation(name.to_owned()), block.place(at.clone()));
        block.marks.push(Mark { kind, range: at.start..at.start, span });
    }
}

fn span(place: &Range<usize>) -> Span {
    Span::new(place.start, place.end)
}

fn name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "NOTE",
        BlockQuoteKind::Tip => "TIP",
        BlockQuoteKind::Important => "IMPORTANT",
        BlockQuoteKind::Warning => "WARNING",
        BlockQuoteKind::Caution => "CAUTION",
    }
}
