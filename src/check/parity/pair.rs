//! A translation beside the version it was made from: which block answers which.
//!
//! Owns the alignment of the blocks and sentences of two versions, and what stands in one alone.

use std::collections::BTreeMap;
use std::ops::Range;

use super::align::{Bead, Class, Part, align};
use super::language::{self, Foreign};
use super::length::Ratio;
use super::threads::{self, Alone, Thread};
use super::version::{Version, length};
use crate::article::prose::{Block, Kind};
use crate::base::Span;

/// Two versions.
pub(super) struct Pair<'p> {
    pub(super) from: &'p Version<'p>,
    pub(super) to: &'p Version<'p>,
    /// What both inherit from, as a rule `from` itself.
    pub(super) original: &'p Version<'p>,
    pub(super) ratio: Ratio,
    /// Which blocks answer which, by their positions, in the order of the first.
    pub(super) beads: Vec<Bead>,
    /// Which sentences answer which.
    pub(super) threads: Vec<Thread>,
    /// What stands in one version alone.
    pub(super) alone: Vec<Alone>,
    /// Blocks of the translation that are in another language than theirs.
    pub(super) foreign: Vec<Foreign>,
    bead_of_from: Vec<usize>,
    bead_of_to: Vec<usize>,
}

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// What was translated.
    From,
    /// The translation.
    To,
}

/// What a block without a counterpart costs the alignment.
const BLOCK: f64 = 4.5;

impl<'p> Pair<'p> {
    pub(super) fn new(
        from: &'p Version<'p>,
        to: &'p Version<'p>,
        original: &'p Version<'p>,
        ratio: Ratio,
    ) -> Self {
        let foreign = language::foreign(from, to);
        let beads = beads(from, to, &ratio, &foreign);
        let places = |version: &Version<'_>, side: fn(&Bead) -> &Range<usize>| {
            let mut places = vec![beads.len(); version.prose.blocks.len()];
            for (at, bead) in beads.iter().enumerate() {
                for block in side(bead).clone() {
                    if let Some(place) = places.get_mut(block) {
                        *place = at;
                    }
                }
            }
            places
        };
        let (bead_of_from, bead_of_to) = (places(from, |b| &b.from), places(to, |b| &b.to));
        let mut pair = Self {
            from,
            to,
            original,
            ratio,
            beads,
            threads: Vec::new(),
            alone: Vec::new(),
            foreign,
            bead_of_from,
            bead_of_to,
        };
        let followed: Vec<_> = pair.beads.iter().map(|bead| threads::follow(&pair, bead)).collect();
        for (threads, alone) in followed {
            pair.threads.extend(threads);
            pair.alone.extend(alone);
        }
        pair
    }

    pub(super) fn version(&self, side: Side) -> &'p Version<'p> {
        match side {
            Side::From => self.from,
            Side::To => self.to,
        }
    }

    /// The length of blocks.
    pub(super) fn length(&self, side: Side, blocks: &Range<usize>) -> usize {
        blocks.clone().filter_map(|at| self.version(side).block(at)).map(|b| length(&b.text)).sum()
    }

    /// Whether a block is running text.
    pub(super) fn is_running(&self, side: Side, at: usize) -> bool {
        use Kind::{Definition, Html, Item, Note, Paragraph, Summary};
        let kind = self.version(side).block(at).map(|b| &b.kind);
        matches!(kind, Some(Paragraph | Item | Note | Html | Definition | Summary))
    }

    /// The bead of a block, by its position; one past the last for none.
    pub(super) fn bead_of(&self, side: Side, block: usize) -> usize {
        let of = match side {
            Side::From => &self.bead_of_from,
            Side::To => &self.bead_of_to,
        };
        of.get(block).copied().unwrap_or(self.beads.len())
    }

    /// The thread of a byte of a block; a number behind all of them for its bead, where there is none.
    pub(super) fn thread_of(&self, side: Side, block: usize, at: usize) -> usize {
        let thread = self.threads.iter().position(|thread| thread.holds(side, block, at));
        thread.unwrap_or(self.threads.len() + self.bead_of(side, block))
    }

    /// Whether the translation has blocks in another language there.
    pub(super) fn is_covered(&self, bead: &Bead) -> bool {
        self.foreign.iter().any(|f| bead.to.contains(&f.block))
    }

    /// Whether the translation has any.
    pub(super) fn has_foreign(&self) -> bool {
        !self.foreign.is_empty()
    }

    /// Whether a byte of a block stands in something that is reported as missing on the other side.
    pub(super) fn is_alone(&self, side: Side, block: usize, at: usize) -> bool {
        self.alone
            .iter()
            .any(|a| a.side == side && a.block == block && a.range.start <= at && at < a.range.end)
    }

    /// Where on the other side something would stand that is missing there.
    pub(super) fn near(&self, alone: &Alone) -> Span {
        let (there, blocks) = match alone.side {
            Side::From => (self.to, &alone.bead.to),
            Side::To => (self.from, &alone.bead.from),
        };
        if !blocks.is_empty() {
            return there.spans(blocks);
        }
        // Behind what answers the text before it.
        let before = self.beads.iter().take_while(|bead| **bead != alone.bead);
        let side = |bead: &Bead| match alone.side {
            Side::From => bead.to.clone(),
            Side::To => bead.from.clone(),
        };
        before
            .map(side)
            .filter(|blocks| !blocks.is_empty())
            .last()
            .map_or(there.prose.front.span, |b| there.spans(&b))
    }
}

/// Which blocks answer which.
fn beads(from: &Version<'_>, to: &Version<'_>, ratio: &Ratio, foreign: &[Foreign]) -> Vec<Bead> {
    let (mut beads, from_rest, to_rest) = by_name(from, to);
    let parts = |version: &Version<'_>, rest: &[usize]| -> Vec<Part> {
        rest.iter().filter_map(|&at| Some(part(version, at, version.block(at)?))).collect()
    };
    let (mut from_parts, mut to_parts) = (parts(from, &from_rest), parts(to, &to_rest));
    for foreign in foreign {
        // What is not translated is as long as in the original, and would be so much longer or shorter.
        if let Some(part) =
            to_rest.iter().position(|&at| at == foreign.block).and_then(|i| to_parts.get_mut(i))
        {
            let len = length(to.words(foreign.block, foreign.range.clone()));
            part.len = part.len.saturating_sub(len) + (len as f64 * ratio.median.exp()) as usize;
            let words = to.words(foreign.block, foreign.range.clone());
            let copied = |&at: &usize| from.block(at).is_some_and(|b| b.text.contains(words));
            if let Some(part_of) = from_rest.iter().position(copied).and_then(|i| from_parts.get_mut(i)) {
                for anchors in [&mut part.anchors, &mut part_of.anchors] {
                    anchors.push(format!("words {words}"));
                    anchors.sort_unstable();
                }
            }
        }
    }
    let (found, _) = align(&from_parts, &to_parts, ratio, BLOCK);
    // Positions among the rest become positions among all; what was taken out stands apart, and
    // a bead of several blocks has none of it inside, since only running text is joined.
    let all = |rest: &[usize], range: &Range<usize>| match (
        rest.get(range.start),
        rest.get(range.end.wrapping_sub(1)),
    ) {
        (Some(&first), Some(&last)) if !range.is_empty() => first..last + 1,
        (Some(&next), _) => next..next,
        (None, _) => rest.last().map_or(0..0, |last| last + 1..last + 1),
    };
    beads.extend(found.iter().map(|b| Bead { from: all(&from_rest, &b.from), to: all(&to_rest, &b.to) }));
    beads.sort_by_key(|b| (b.from.start, b.to.start, b.from.end, b.to.end));
    beads
}

/// Blocks that have a name of their own: front matter's keys, and the cells of tables of one shape.
fn by_name(from: &Version<'_>, to: &Version<'_>) -> (Vec<Bead>, Vec<usize>, Vec<usize>) {
    let shapes = |v: &Version<'_>| v.prose.tables.iter().map(|t| (t.rows, t.columns)).collect::<Vec<_>>();
    let cells = shapes(from) == shapes(to);
    let name = |block: &Block| match &block.kind {
        Kind::Title | Kind::Summary | Kind::Source | Kind::Label(_) => Some(format!("{:?}", block.kind)),
        Kind::Cell(..) if cells => Some(format!("{:?}", block.kind)),
        _ => None,
    };
    let named = |v: &Version<'_>| -> BTreeMap<String, usize> {
        v.prose.blocks.iter().enumerate().filter_map(|(at, block)| Some((name(block)?, at))).collect()
    };
    let (ours, theirs) = (named(from), named(to));
    let both =
        ours.iter().filter_map(|(name, &a)| Some(Bead { from: a..a + 1, to: one(*theirs.get(name)?) }));
    // A cell that is empty in one version stands alone; what front matter lacks is `fields`'.
    let cell = |name: &String| name.starts_with("Cell");
    let lost = ours.iter().filter(|(name, _)| cell(name) && !theirs.contains_key(*name));
    let added = theirs.iter().filter(|(name, _)| cell(name) && !ours.contains_key(*name));
    let beads = both
        .chain(lost.map(|(_, &a)| Bead { from: one(a), to: 0..0 }))
        .chain(added.map(|(_, &b)| Bead { from: 0..0, to: one(b) }))
        .collect();
    let rest = |v: &Version<'_>| {
        let blocks = v.prose.blocks.iter().enumerate();
        blocks
            .filter(|(_, block)| name(block).is_none() && block.kind != Kind::Cover)
            .map(|(at, _)| at)
            .collect()
    };
    (beads, rest(from), rest(to))
}

fn one(at: usize) -> Range<usize> {
    at..at + 1
}

fn part(version: &Version<'_>, at: usize, block: &Block) -> Part {
    let class = match &block.kind {
        Kind::Heading(level) => Class::Heading(*level),
        Kind::Cell(_, row, column) => Class::Cell(*row, *column),
        Kind::Item => Class::Item,
        Kind::Code(_) => Class::Code,
        Kind::Component(_) => Class::Component,
        Kind::Note => Class::Other(2),
        Kind::Alternative => Class::Other(3),
        Kind::Caption => Class::Other(4),
        Kind::Definition => Class::Other(5),
        _ => Class::Text,
    };
    let mut anchors = version.anchors(at, &(0..block.text.len()));
    if let Kind::Component(name) = &block.kind {
        anchors.push(format!("component {name}"));
        // What it is given are words of one version, or names that stand in both.
        anchors.extend(
            block.text.split_whitespace().filter(|word| word.is_ascii()).map(|word| format!("word {word}")),
        );
        anchors.sort_unstable();
    }
    Part { len: length(&block.text), anchors, class }
}
