//! Links, images, citations of figures and footnotes: what one version points at and the other does not.
//!
//! Owns the comparison by where marks lead, which is the same in every language.

use super::findings::{Findings, Rule};
use super::pair::{Pair, Side};
use super::version::Version;
use crate::article::prose::{Kind, Mark, MarkKind};
use crate::diag::Diagnostic;

/// A mark that nothing answers yet.
struct Left<'p> {
    rule: Rule,
    key: String,
    block: usize,
    mark: &'p Mark,
    bead: usize,
    /// Whether it is an argument of a component, and must be answered by one of its counterpart.
    fixed: bool,
}

/// Reports marks without a counterpart; two that stand at the same place are one fault.
pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let (mut from, mut to) = (all(pair, Side::From), all(pair, Side::To));
    // First within the blocks that answer one another, then anywhere: a translator may move a link.
    cancel(&mut from, &mut to, true);
    cancel(&mut from, &mut to, false);
    let told = |side: Side| move |left: &Left<'_>| !pair.is_alone(side, left.block, left.mark.range.start);
    from.retain(told(Side::From));
    to.retain(told(Side::To));
    for left in from {
        let other = to
            .iter()
            .position(|other| (other.bead, other.rule, other.fixed) == (left.bead, left.rule, left.fixed));
        let diagnostic = match other.map(|at| to.remove(at)) {
            Some(other) => differs(pair, &left, &other),
            None => missing(pair, &left),
        };
        findings.add(left.rule, diagnostic);
    }
    for left in to {
        let bead = pair.beads.get(left.bead).map_or(0..0, |bead| bead.from.clone());
        let message = format!("{} is not in the original", described(pair.to, &left));
        let diagnostic = left
            .rule
            .says(message)
            .at(pair.to.file, left.mark.span)
            .at_with(pair.from.file, pair.from.spans(&bead), "translated from this")
            .help("take it out, or add it to the original");
        findings.add(left.rule, diagnostic);
    }
}

fn all<'p>(pair: &Pair<'p>, side: Side) -> Vec<Left<'p>> {
    let version = pair.version(side);
    let marks = version.prose.marks().filter_map(|(block, mark)| {
        let rule = match mark.kind {
            MarkKind::Link(_) | MarkKind::Elsewhere(_) => Rule::LINKS,
            MarkKind::Citation(_) => Rule::FIGURES,
            MarkKind::Image(_) => Rule::IMAGES,
            MarkKind::Note(_) => Rule::FOOTNOTES,
            MarkKind::Code => return None,
        };
        let fixed = version.block(block).is_some_and(|b| matches!(b.kind, Kind::Component(_)));
        Some(Left { rule, key: version.key(mark), block, mark, bead: pair.bead_of(side, block), fixed })
    });
    marks.collect()
}

fn cancel(from: &mut Vec<Left<'_>>, to: &mut Vec<Left<'_>>, same_bead: bool) {
    from.retain(|left| {
        let same = |other: &Left<'_>| {
            other.rule == left.rule
                && other.key == left.key
                && other.fixed == left.fixed
                && (other.bead == left.bead || !same_bead && !left.fixed)
        };
        match to.iter().position(same) {
            Some(at) => {
                to.remove(at);
                false
            }
            None => true,
        }
    });
}

fn missing(pair: &Pair<'_>, left: &Left<'_>) -> Diagnostic {
    let bead = pair.beads.get(left.bead).map_or(0..0, |bead| bead.to.clone());
    let message = format!("{} is missing from the translation", described(pair.from, left));
    left.rule
        .says(message)
        .at_with(pair.to.file, pair.to.spans(&bead), "belongs here")
        .at(pair.from.file, left.mark.span)
        .help("add it to the translation")
}

fn differs(pair: &Pair<'_>, from: &Left<'_>, to: &Left<'_>) -> Diagnostic {
    let message =
        format!("{} stands where the original has {}", described(pair.to, to), described(pair.from, from));
    from.rule
        .says(message)
        .at(pair.to.file, to.mark.span)
        .at(pair.from.file, from.mark.span)
        .help("correct whichever is wrong")
}

fn described(version: &Version<'_>, left: &Left<'_>) -> String {
    let words = version.words(left.block, left.mark.range.clone());
    match &left.mark.kind {
        MarkKind::Link(to) | MarkKind::Elsewhere(to) if words.is_empty() => format!("the link to `{to}`"),
        MarkKind::Link(to) | MarkKind::Elsewhere(to) => format!("the link “{words}” to `{to}`"),
        MarkKind::Citation(to) => format!("the figure `{to}`"),
        MarkKind::Image(to) => format!("the image `{to}`"),
        MarkKind::Note(label) => format!("the footnote `{label}`"),
        MarkKind::Code => "the code".to_owned(),
    }
}
