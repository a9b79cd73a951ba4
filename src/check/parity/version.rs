//! One version, with all that the rules compare: its blocks, their lengths, numbers and anchors.
//!
//! Owns what two texts in different languages can share. It never compares.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::article::prose::{Block, Kind, Mark, MarkKind};
use crate::article::{Prose, SlotKind, citations, prose};
use crate::base::{ContentPath, Lang, Span};
use crate::quantity::{self, Reading, Unit};
use crate::site::{Cited, EntryId, Site, Target};
use crate::source::Source;

/// One version.
pub(super) struct Version<'s> {
    pub(super) file: &'s ContentPath,
    pub(super) lang: Lang,
    /// What file names call the language.
    pub(super) code: &'s str,
    /// Its name for readers.
    pub(super) name: &'s str,
    /// Its BCP 47 tag.
    pub(super) tag: &'s str,
    pub(super) prose: Prose,
    /// The numbers of each block.
    pub(super) readings: Vec<Vec<Reading>>,
    /// Where links, images and citations lead, by how they are written.
    targets: BTreeMap<(u8, &'s str), &'s Target>,
    /// The figures that components cite, by how they are written.
    cited: BTreeMap<&'s str, Cited>,
    site: &'s Site,
}

impl<'s> Version<'s> {
    /// Reads a version; `None` if it, or the front matter of its original, could not be read.
    pub(super) fn read(source: &Source, site: &'s Site, id: EntryId, lang: Lang) -> Option<Self> {
        let mut version = Self::without_numbers(source, site, id, lang)?;
        let numbers = |block: &Block| numbers(block, version.tag);
        version.readings = version.prose.blocks.iter().map(numbers).collect();
        Some(version)
    }

    /// The same without the numbers of its blocks, which take most of the time.
    pub(super) fn without_numbers(source: &Source, site: &'s Site, id: EntryId, lang: Lang) -> Option<Self> {
        let version = site.entry(id).version(lang).filter(|version| !version.broken)?;
        let language = site.config.language(lang);
        let text = source.text(&version.file).ok()?;
        let prose = prose(&version.file, &text);
        let slots = version.outline.slots.iter().zip(&version.targets);
        let targets = slots.filter_map(|(slot, target)| match &slot.kind {
            SlotKind::Link { destination } => Some(((0, destination.as_str()), target)),
            SlotKind::Image { source, .. } | SlotKind::Source { source, .. } => {
                Some(((1, source.as_str()), target))
            }
            SlotKind::Figure { target: name, .. } => Some(((2, name.as_str()), target)),
            SlotKind::Component { .. } | SlotKind::Text { .. } => None,
        });
        let targets = targets.collect();
        let slots = version.outline.slots.iter().zip(&version.targets);
        let cited = slots.filter_map(|(slot, target)| match (&slot.kind, target) {
            (SlotKind::Component { args: Some(args), .. }, Target::Arguments { figures, .. }) => {
                let names = citations(args).into_iter().map(|(name, _)| name);
                Some(names.zip(figures).filter_map(|(name, figure)| Some((name, (*figure)?))))
            }
            _ => None,
        });
        let cited = cited.flatten().collect();
        let (code, name, tag) = (language.code.as_str(), language.name.as_str(), language.tag());
        let readings = Vec::new();
        Some(Self { file: &version.file, lang, code, name, tag, prose, readings, targets, cited, site })
    }

    pub(super) fn block(&self, at: usize) -> Option<&Block> {
        self.prose.blocks.get(at)
    }

    /// The numbers of a block.
    pub(super) fn readings(&self, block: usize) -> &[Reading] {
        self.readings.get(block).map_or(&[], Vec::as_slice)
    }

    /// The words of a block in a range.
    pub(super) fn words(&self, block: usize, range: Range<usize>) -> &str {
        self.block(block).and_then(|b| b.text.get(range)).unwrap_or_default()
    }

    /// Where a range of a block stands in the file.
    pub(super) fn place(&self, block: usize, range: Range<usize>) -> Span {
        self.block(block).map_or_else(Span::default, |b| b.place(range))
    }

    /// Where a block stands in the file.
    pub(super) fn span(&self, block: usize) -> Span {
        self.block(block).map_or_else(|| self.prose.front.span, |b| b.span)
    }

    /// Where blocks stand in the file; for none, the front matter.
    pub(super) fn spans(&self, blocks: &Range<usize>) -> Span {
        match blocks.end.checked_sub(1).filter(|last| *last >= blocks.start) {
            Some(last) => Span { start: self.span(blocks.start).start, end: self.span(last).end },
            None => self.prose.front.span,
        }
    }

    /// What a mark leads to, in words that are the same in every language. An address elsewhere loses
    /// what names a language: `en.example.org/en/x` and `zh.example.org/zh/x` are one.
    pub(super) fn key(&self, mark: &Mark) -> String {
        match &mark.kind {
            MarkKind::Link(to) => self.resolved(0, to),
            MarkKind::Image(to) => match self.resolved(1, to) {
                // A picture may have words in it: `plan.en.png`, `plan.zh.png`.
                key if key.starts_with("file ") => self.neutral(&key),
                key => key,
            },
            MarkKind::Citation(to) => match self.cited.get(to.as_str()) {
                Some((id, at, _)) => self.figure(*id, *at),
                None => self.resolved(2, to),
            },
            MarkKind::Elsewhere(to) => format!("address {}", self.neutral(to)),
            MarkKind::Note(_) => "note".to_owned(),
            MarkKind::Code => "code".to_owned(),
        }
    }

    fn resolved(&self, class: u8, written: &str) -> String {
        match self.targets.get(&(class, written)) {
            Some(Target::Entry(id, _)) => format!("entry {}", self.site.entry(*id).id),
            Some(Target::File(at)) => {
                let file = self.site.files.get(*at).map_or(written, |file| file.path.as_str());
                format!("file {file}")
            }
            Some(Target::Figure(id, at, _)) => self.figure(*id, *at),
            // A heading has another id in every language, as its text.
            Some(Target::Anchor(_)) => "heading".to_owned(),
            Some(Target::Url(path, _)) => format!("path {}", self.neutral(path.as_str())),
            // A component's are `cited`.
            Some(Target::Arguments { .. } | Target::None) | None => {
                format!("address {}", self.neutral(written))
            }
        }
    }

    fn figure(&self, id: EntryId, at: usize) -> String {
        let entry = self.site.entry(id);
        let figure = entry.versions.iter().flatten().next().and_then(|v| v.figures.get(at));
        format!("figure {}/{}", entry.id, figure.map_or("", |f| f.id.as_str()))
    }

    fn neutral(&self, address: &str) -> String {
        let parts = address.split(['/', '.', '?', '=', '&', ':']);
        let language = |part: &&str| {
            let part = part.to_lowercase();
            self.site.config.languages.iter().any(|l| {
                part == l.code.to_lowercase()
                    || part == l.tag().to_lowercase()
                    || part.split_once(['-', '_']).is_some_and(|(first, second)| {
                        second.len() == 2 && l.tag().split('-').next().is_some_and(|base| base == first)
                    })
            })
        };
        parts.filter(|part| !part.is_empty() && !language(part)).collect::<Vec<_>>().join("/")
    }

    /// What a stretch of a block shares with its translation: numbers, and where marks lead.
    pub(super) fn anchors(&self, block: usize, range: &Range<usize>) -> Vec<String> {
        let inside = |r: &Range<usize>| range.start <= r.start && r.start < range.end.max(range.start + 1);
        let numbers = self.readings(block).iter().filter(|r| inside(&r.range)).map(number_anchor);
        let marks = self.block(block).map_or(&[][..], |b| &b.marks);
        let marks = marks.iter().filter(|m| inside(&m.range) && m.kind != MarkKind::Code);
        let mut anchors: Vec<String> = numbers.chain(marks.map(|m| self.key(m))).collect();
        anchors.sort_unstable();
        anchors
    }
}

/// The numbers of a block.
fn numbers(block: &Block, tag: &str) -> Vec<Reading> {
    match block.kind {
        Kind::Code(_) => Vec::new(),
        Kind::Component(_) => {
            // The name of a figure that is cited is no number: `figure:trips-2023`.
            let named =
                |at: Span| block.marks.iter().any(|m| m.span.start <= at.start && at.end <= m.span.end);
            let mut readings = quantity::read(&block.text, tag);
            readings.retain(|reading| !named(block.place(reading.range.clone())));
            readings
        }
        _ => quantity::read(&block.text, tag),
    }
}

/// A number without its unit, which one language may leave unsaid.
fn number_anchor(reading: &Reading) -> String {
    match reading.unit {
        // The finest part: the others may go without saying.
        Unit::Date(dates) => match (dates.from.day, dates.from.month, dates.from.year) {
            (Some(day), month, _) => format!("day {day}/{}", month.unwrap_or(0)),
            (None, Some(month), _) => format!("month {month}"),
            (None, None, year) => format!("year {}", year.unwrap_or(0)),
        },
        _ => format!("number {}", reading.value),
    }
}

/// How long a text is: its letters and digits. A Han character is one of them.
pub(super) fn length(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}
