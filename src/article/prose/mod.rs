//! A version's text as a translator sees it: blocks of plain text, each of which knows its place.
//!
//! Owns what of a file is text for readers (front matter's words and the Markdown's), what stands in
//! it (links, images, citations of figures, footnotes), and the way from a byte of the plain text to
//! one of the file. It never resolves a destination, and never judges a text.

mod front;
mod sentences;
#[cfg(test)]
mod tests;
mod walk;

use std::ops::Range;

use super::front::{Front, read};
use crate::base::{ContentPath, Span};
use crate::diag::Diagnostics;
use crate::yaml::Node;

pub use sentences::sentences;

/// The text of one version.
#[derive(Debug, Default)]
pub struct Prose {
    /// What its front matter states.
    pub front: Front,
    /// The same as a tree with places; `None` where there is none to read.
    pub tree: Option<Node>,
    /// The blocks of text, in the order of the file.
    pub blocks: Vec<Block>,
    /// The lists, in the order of their beginnings.
    pub lists: Vec<List>,
    /// The tables, in their order.
    pub tables: Vec<Table>,
    /// The alerts, in their order.
    pub alerts: Vec<Alert>,
}

/// What a block of text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The title in front matter.
    Title,
    /// The summary in front matter.
    Summary,
    /// The label of a figure in front matter, by the figure's name.
    Label(String),
    /// The title of the source in front matter.
    Source,
    /// What the cover shows, or the line below it.
    Cover,
    /// A heading of a level, as written.
    Heading(u8),
    /// A paragraph, also one of a quotation or an alert.
    Paragraph,
    /// A paragraph of a list's item.
    Item,
    /// A cell of a table: the table's position in [`Prose::tables`], the row (0 is the head) and the column.
    Cell(usize, usize, usize),
    /// A term that is defined, or its definition.
    Definition,
    /// What an image shows, in words.
    Alternative,
    /// The line below an image.
    Caption,
    /// A paragraph of a footnote.
    Note,
    /// Text of raw HTML, without its tags.
    Html,
    /// A code block, with its language; empty where none is named.
    Code(String),
    /// The arguments of a component, as YAML, with the component's name.
    Component(String),
}

/// A block of text.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its text, without marks of Markdown or YAML.
    pub text: String,
    /// Where it stands in the file.
    pub span: Span,
    /// What stands in it, in the order of the text.
    pub marks: Vec<Mark>,
    pieces: Vec<Piece>,
}

/// A stretch of a block's text and the file's bytes that it comes from.
#[derive(Clone, Debug)]
struct Piece {
    text: usize,
    source: Range<usize>,
    /// Whether the file has the very same bytes there.
    same: bool,
}

/// Something that stands in a text beside words.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// The text in it; empty for an image, a footnote's number, or a component's citation.
    pub range: Range<usize>,
    /// All of it in the file.
    pub span: Span,
}

/// What stands in a text beside words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A link to a place of the site, as written.
    Link(String),
    /// A link elsewhere, as written.
    Elsewhere(String),
    /// A citation of a figure, also among a component's arguments: what stands after `figure:`.
    Citation(String),
    /// An image, as written.
    Image(String),
    /// The number of a footnote, by its label.
    Note(String),
    /// Code.
    Code,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Whether it is numbered.
    pub numbered: bool,
    /// Its items.
    pub items: Vec<Span>,
    /// Where it stands.
    pub span: Span,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The number of its rows, the head included.
    pub rows: usize,
    /// The number of its columns.
    pub columns: usize,
    /// Where it stands.
    pub span: Span,
}

/// An alert.
#[derive(Clone, Debug)]
pub struct Alert {
    /// `NOTE`, `TIP`, `IMPORTANT`, `WARNING` or `CAUTION`.
    pub kind: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// The text of a file. Any text is accepted; its faults are those that [`super::parse`] reports.
pub fn prose(file: &ContentPath, text: &str) -> Prose {
    let (front, start) = read(text, file, &mut Diagnostics::new());
    let mut prose = Prose { front, ..Prose::default() };
    prose.tree = front::tree(text, file);
    if let Some(tree) = &prose.tree {
        prose.blocks = front::blocks(tree, text);
    }
    walk::walk(text, start, &mut prose);
    prose
}

impl Prose {
    /// What front matter states under a path of keys.
    pub fn stated(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self.tree.as_ref()?, |node, key| front::child(node, key).map(|(_, node)| node))
    }

    /// The marks of all blocks, each with its block's position.
    pub fn marks(&self) -> impl Iterator<Item = (usize, &Mark)> {
        self.blocks.iter().enumerate().flat_map(|(at, block)| block.marks.iter().map(move |mark| (at, mark)))
    }
}

impl Block {
    fn new(kind: Kind, span: Span) -> Self {
        Self { kind, text: String::new(), span, marks: Vec::new(), pieces: Vec::new() }
    }

    /// Appends text that stands at `source` in the file.
    fn push(&mut self, text: &str, source: Range<usize>, file: &str) {
        let same = file.get(source.clone()) == Some(text);
        self.pieces.push(Piece { text: self.text.len(), source, same });
        self.text.push_str(text);
    }

    /// Where a range of the text stands in the file. What the file writes otherwise (an escape, a
    /// folded line) is pointed at as a whole.
    pub fn place(&self, range: Range<usize>) -> Span {
        let piece = |at: usize| {
            let next = self.pieces.partition_point(|p| p.text <= at);
            next.checked_sub(1).and_then(|i| self.pieces.get(i))
        };
        let Some(first) = piece(range.start) else { return self.span };
        let last = piece(range.end.saturating_sub(1).max(range.start)).unwrap_or(first);
        let inside = |p: &Piece, at: usize| (p.source.start + (at - p.text.min(at))).min(p.source.end);
        let from = if first.same { inside(first, range.start) } else { first.source.start };
        let to = if last.same { inside(last, range.end) } else { last.source.end };
        Span::new(from, to.max(from))
    }

    /// The sentences of the text.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        sentences(&self.text)
    }

    /// Whether all of it is words for readers.
    pub fn is_prose(&self) -> bool {
        !matches!(self.kind, Kind::Code(_) | Kind::Component(_))
    }
}
