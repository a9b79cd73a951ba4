//! Sentences within blocks that answer one another.
//!
//! Owns which sentence follows which, and the decision that one has no counterpart: that it stays
//! alone must explain the two texts clearly better than that it was parted or joined.

use std::ops::Range;

use super::align::{Bead, Class, Part, align};
use super::pair::{Pair, Side};
use super::version::{Version, length};
use crate::article::prose::Kind;

/// Sentences that answer one another: each by its block and its range there.
#[derive(Clone, Debug)]
pub(super) struct Thread {
    pub(super) from: Vec<(usize, Range<usize>)>,
    pub(super) to: Vec<(usize, Range<usize>)>,
}

/// A block or sentence without a counterpart.
#[derive(Clone, Debug)]
pub(super) struct Alone {
    pub(super) side: Side,
    pub(super) block: usize,
    pub(super) range: Range<usize>,
    /// Whether it is a whole block.
    pub(super) whole: bool,
    /// Whether it is running text; other blocks are the matter of other rules.
    pub(super) is_text: bool,
    /// The blocks among which it was looked for.
    pub(super) bead: Bead,
}

/// What a sentence without a counterpart costs the alignment.
const SKIP: f64 = 3.5;
/// By so much an alignment with a sentence left alone must be better than one without.
const MARGIN: f64 = 1.0;

impl Thread {
    /// Whether a byte of a block is in it.
    pub(super) fn holds(&self, side: Side, block: usize, at: usize) -> bool {
        let sentences = match side {
            Side::From => &self.from,
            Side::To => &self.to,
        };
        sentences.iter().any(|(b, range)| *b == block && range.contains(&at))
    }
}

/// The sentences of blocks that answer one another, and what stands alone there.
pub(super) fn follow(pair: &Pair<'_>, bead: &Bead) -> (Vec<Thread>, Vec<Alone>) {
    let whole = |side: Side, block: usize| {
        let text = pair.version(side).block(block)?;
        let is_text = matches!(text.kind, Kind::Paragraph | Kind::Html);
        let range = 0..text.text.len().max(1);
        Some(Alone { side, block, range, whole: true, is_text, bead: bead.clone() })
    };
    if bead.to.is_empty() {
        return (Vec::new(), bead.from.clone().filter_map(|at| whole(Side::From, at)).collect());
    }
    if bead.from.is_empty() {
        return (Vec::new(), bead.to.clone().filter_map(|at| whole(Side::To, at)).collect());
    }
    let running = bead.from.clone().all(|at| pair.is_running(Side::From, at))
        && bead.to.clone().all(|at| pair.is_running(Side::To, at));
    if !running || pair.is_covered(bead) {
        return (Vec::new(), Vec::new());
    }
    let (from, to) = (sentences(pair.from, &bead.from), sentences(pair.to, &bead.to));
    let parts = |of: &[(usize, Range<usize>, Part)]| of.iter().map(|(_, _, p)| p.clone()).collect::<Vec<_>>();
    let (from_parts, to_parts) = (parts(&from), parts(&to));
    let (with, cheaper) = align(&from_parts, &to_parts, &pair.ratio, SKIP);
    let (without, dearer) = align(&from_parts, &to_parts, &pair.ratio, f64::INFINITY);
    // Too many sentences for one another are no proof that some are missing.
    let found = if dearer.is_finite() && dearer - cheaper >= MARGIN { with } else { without };
    let place = |(block, range, _): &(usize, Range<usize>, Part)| (*block, range.clone());
    let (mut threads, mut alone) = (Vec::new(), Vec::new());
    for b in found {
        // Ranges of an alignment are within what was aligned.
        let (ours, theirs) =
            (from.get(b.from.clone()).unwrap_or_default(), to.get(b.to.clone()).unwrap_or_default());
        let side = match (ours.is_empty(), theirs.is_empty()) {
            (false, false) => {
                threads.push(Thread {
                    from: ours.iter().map(place).collect(),
                    to: theirs.iter().map(place).collect(),
                });
                continue;
            }
            (true, _) => Side::To,
            (_, true) => Side::From,
        };
        if dearer.is_finite() {
            alone.extend(ours.iter().chain(theirs).map(place).map(|(block, range)| Alone {
                side,
                block,
                range,
                whole: false,
                is_text: true,
                bead: bead.clone(),
            }));
        }
    }
    (threads, alone)
}

fn sentences(version: &Version<'_>, blocks: &Range<usize>) -> Vec<(usize, Range<usize>, Part)> {
    let of_block = |at: usize| {
        let block = version.block(at)?;
        let part = move |range: Range<usize>| {
            let len = length(version.words(at, range.clone()));
            (at, range.clone(), Part { len, anchors: version.anchors(at, &range), class: Class::Text })
        };
        Some(block.sentences().into_iter().map(part))
    };
    blocks.clone().filter_map(of_block).flatten().collect()
}
