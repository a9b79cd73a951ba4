//! Numbers that one version states and the other does not.
//!
//! Owns which numbers of two texts answer one another: those of the same value first, at the same
//! place and then elsewhere; what is left at the same place is one fault, not two. What two numbers
//! must have in common is `agree`'s.

use std::collections::BTreeSet;

use super::agree::{self, Care};
use super::findings::{Findings, Rule};
use super::pair::{Pair, Side};
use crate::article::prose::{Kind, MarkKind};
use crate::diag::Diagnostic;
use crate::quantity::{Bound, Reading, Slip, Unit};

/// A number in its place.
#[derive(Clone)]
struct Stated {
    block: usize,
    bead: usize,
    reading: Reading,
    /// The figure that it is cited as.
    figure: Option<String>,
    /// Whether it must be answered at its very place.
    fixed: bool,
    /// Its sentence, with those that answer it; a block where there are none.
    thread: usize,
}

/// How near to one another two numbers must stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Near {
    Sentence,
    Block,
    Anywhere,
}

pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let (mut from, mut to) = (all(pair, Side::From), all(pair, Side::To));
    if from.is_empty() && to.is_empty() {
        return;
    }
    shown_by_the_generator(pair, &mut from, &mut to);
    let mut faults = cited(pair, &mut from, &mut to);
    dates(pair, &mut from, &mut to);
    let mut moved = Vec::new();
    for near in [Near::Sentence, Near::Block, Near::Anywhere] {
        for care in [Care::Strict, Care::Lenient] {
            for (a, b) in answer(pair, &mut from, &mut to, care, near) {
                faults.extend(opposite(pair, &a, &b));
                moved.push((a, b));
            }
        }
        if near == Near::Sentence {
            part_ranges(&mut from);
            part_ranges(&mut to);
        }
    }
    faults.extend(exchanged(pair, moved));
    let told = |side: Side| {
        move |s: &Stated| {
            let covered = pair.beads.get(s.bead).is_some_and(|bead| pair.is_covered(bead));
            !covered && !pair.is_alone(side, s.block, s.reading.range.start)
        }
    };
    from.retain(told(Side::From));
    to.retain(told(Side::To));
    faults.extend(pairs(pair, &mut from, &mut to).iter().map(|(a, b)| differ(pair, a, b)));
    from.retain(|s| !s.reading.weak && !is_casual(pair, Side::From, s));
    to.retain(|s| !s.reading.weak && !is_casual(pair, Side::To, s));
    faults.extend(from.iter().map(|s| lonely(pair, Side::From, s)));
    faults.extend(to.iter().map(|s| lonely(pair, Side::To, s)));
    for fault in faults {
        findings.add(Rule::NUMBERS, fault);
    }
}

fn all(pair: &Pair<'_>, side: Side) -> Vec<Stated> {
    let version = pair.version(side);
    let of_block = |(block, readings): (usize, &Vec<Reading>)| {
        let bead = pair.bead_of(side, block);
        let fixed = version.block(block).is_some_and(|b| matches!(b.kind, Kind::Cell(..)));
        let stated = move |reading: &Reading| {
            let marks = version.block(block).map_or(&[][..], |b| &b.marks);
            let cites = |m: &&crate::article::prose::Mark| {
                matches!(m.kind, MarkKind::Citation(_))
                    && m.range.start < reading.range.end
                    && reading.range.start < m.range.end
            };
            let figure = marks.iter().find(cites).map(|m| version.key(m));
            let thread = pair.thread_of(side, block, reading.range.start);
            Stated { block, bead, reading: reading.clone(), figure, fixed, thread }
        };
        readings.iter().map(stated).collect::<Vec<_>>()
    };
    version.readings.iter().enumerate().flat_map(of_block).collect()
}

/// A citation without words has its number from the generator, in each language: what the other
/// version says of it is held to the figure when the site is built. One in a component stands beside
/// the text and not in the place of words.
fn shown_by_the_generator(pair: &Pair<'_>, from: &mut Vec<Stated>, to: &mut Vec<Stated>) {
    let bare = |side: Side| -> BTreeSet<String> {
        let version = pair.version(side);
        let component = |at| version.block(at).is_some_and(|b| matches!(b.kind, Kind::Component(_)));
        let bare = version.prose.marks().filter(|(at, m)| {
            matches!(m.kind, MarkKind::Citation(_)) && m.range.is_empty() && !component(*at)
        });
        bare.map(|(_, m)| version.key(m)).collect()
    };
    let (ours, theirs) = (bare(Side::From), bare(Side::To));
    from.retain(|s| s.figure.as_ref().is_none_or(|f| !theirs.contains(f)));
    to.retain(|s| s.figure.as_ref().is_none_or(|f| !ours.contains(f)));
}

/// Numbers that are cited as the same figure answer one another, whatever they say.
fn cited(pair: &Pair<'_>, from: &mut Vec<Stated>, to: &mut Vec<Stated>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    from.retain(|a| {
        let same = |b: &Stated| a.figure.is_some() && b.figure == a.figure;
        let near = to.iter().position(|b| same(b) && b.bead == a.bead);
        let Some(at) = near.or_else(|| to.iter().position(same)) else { return true };
        let b = to.remove(at);
        if !agree::agree(pair, (a.block, &a.reading), (b.block, &b.reading), Care::Lenient) {
            faults.push(differ(pair, a, &b));
        }
        false
    });
    faults
}

/// A date that a text has mentioned need not be mentioned again, or in full: each must be known
/// somewhere in the other version, and its year there or in front matter.
fn dates(pair: &Pair<'_>, from: &mut Vec<Stated>, to: &mut Vec<Stated>) {
    let dates = |all: &[Stated]| all.iter().filter(|s| is_date(s)).cloned().collect::<Vec<_>>();
    let (ours, theirs) = (dates(from), dates(to));
    let mut in_front: BTreeSet<u16> = BTreeSet::new();
    for front in [&pair.from.prose.front, &pair.original.prose.front] {
        let periods = front.figures.iter().filter_map(|figure| figure.period);
        let dates = front.date.into_iter().chain(periods.flat_map(|period| [period.from, period.to]));
        in_front.extend(dates.map(|date| date.year()));
    }
    let known = |s: &Stated, others: &[Stated]| {
        let year = agree::years(&s.reading).iter().all(|year| {
            in_front.contains(year) || others.iter().any(|o| agree::years(&o.reading).contains(year))
        });
        let date =
            |other: &Stated| (!s.fixed || s.bead == other.bead) && agree::knows(&other.reading, &s.reading);
        year && others.iter().any(date)
    };
    from.retain(|s| !is_date(s) || !known(s, &theirs));
    to.retain(|s| !is_date(s) || !known(s, &ours));
}

/// Takes out what agrees, two by two.
fn answer(
    pair: &Pair<'_>,
    from: &mut Vec<Stated>,
    to: &mut Vec<Stated>,
    care: Care,
    near: Near,
) -> Vec<(Stated, Stated)> {
    let ordinal = |s: &Stated| s.reading.unit == Unit::Ordinal;
    let mut found = Vec::new();
    from.retain(|a| {
        let answers = |b: &Stated| {
            let place = match near {
                Near::Sentence => a.thread == b.thread,
                Near::Block => a.bead == b.bead,
                // Far away, only what must be answered answers.
                Near::Anywhere => {
                    !a.fixed && !b.fixed && !a.reading.weak && !b.reading.weak && ordinal(a) == ordinal(b)
                }
            };
            place && agree::agree(pair, (a.block, &a.reading), (b.block, &b.reading), care)
        };
        // One that must be answered itself comes before one that need not.
        let firm = to.iter().position(|b| !b.reading.weak && answers(b));
        let Some(at) = firm.or_else(|| to.iter().position(answers)) else { return true };
        found.push((a.clone(), to.remove(at)));
        false
    });
    found
}

/// Two numbers that stand each in the other's sentence have changed places.
fn exchanged(pair: &Pair<'_>, mut moved: Vec<(Stated, Stated)>) -> Vec<Diagnostic> {
    moved.retain(|(a, b)| a.thread != b.thread && !a.reading.weak && !b.reading.weak);
    let mut faults = Vec::new();
    while let Some((a, b)) = moved.pop() {
        let back = moved.iter().position(|(c, d)| {
            c.thread == b.thread && d.thread == a.thread && c.reading.value != a.reading.value
        });
        let Some((_, d)) = back.map(|at| moved.remove(at)) else { continue };
        let (one, other) = (words(pair, Side::To, &d), words(pair, Side::To, &b));
        let message = format!("`{one}` and `{other}` have changed places");
        let place = |s: &Stated| pair.to.place(s.block, s.reading.range.clone());
        let diagnostic = Rule::NUMBERS
            .says(message)
            .at_with(pair.to.file, place(&d), "the original has the other here")
            .at(pair.to.file, place(&b))
            .at(pair.from.file, pair.from.place(a.block, a.reading.range.clone()))
            .help("see which belongs where");
        faults.push(diagnostic);
    }
    faults
}

/// `3 to 5` may be 3 and 5 in the other version.
fn part_ranges(all: &mut Vec<Stated>) {
    let parted = all.drain(..).flat_map(|s| match s.reading.to {
        Some(to) if !matches!(s.reading.unit, Unit::Date(_)) => {
            let end =
                |value| Stated { reading: Reading { value, to: None, ..s.reading.clone() }, ..s.clone() };
            vec![end(s.reading.value), end(to)]
        }
        _ => vec![s],
    });
    *all = parted.collect();
}

/// What is left at the same place on both sides, two by two: the likeliest first.
fn pairs(pair: &Pair<'_>, from: &mut Vec<Stated>, to: &mut Vec<Stated>) -> Vec<(Stated, Stated)> {
    let mut all: Vec<(i64, usize, usize)> = Vec::new();
    for (i, a) in from.iter().enumerate() {
        for (j, b) in to.iter().enumerate().filter(|(_, b)| b.bead == a.bead) {
            let likeness = agree::likeness(&a.reading, &b.reading).filter(|_| comparable(pair, a, b));
            let apart = (position(pair, Side::From, a) - position(pair, Side::To, b)).abs();
            all.extend(likeness.map(|n| ((apart * 999.0) as i64 - n * 1000, i, j)));
        }
    }
    all.sort_unstable();
    let (mut ours, mut theirs) = (vec![false; from.len()], vec![false; to.len()]);
    let mut found = Vec::new();
    // Both are positions in the list they index.
    for (_, i, j) in all {
        if !ours[i] && !theirs[j] {
            (ours[i], theirs[j]) = (true, true);
            found.push((from[i].clone(), to[j].clone()));
        }
    }
    let mut taken = ours.into_iter();
    from.retain(|_| !taken.next().unwrap_or(false));
    let mut taken = theirs.into_iter();
    to.retain(|_| !taken.next().unwrap_or(false));
    found
}

/// Whether one can stand in the other's place: small words beside small words, and idiom nowhere.
fn comparable(pair: &Pair<'_>, a: &Stated, b: &Stated) -> bool {
    if a.reading.weak || b.reading.weak {
        return a.thread == b.thread && (a.reading.unit, b.reading.unit) == (Unit::Ordinal, Unit::Ordinal);
    }
    match (is_casual(pair, Side::From, a), is_casual(pair, Side::To, b)) {
        (false, false) => true,
        (true, true) => a.reading.unit == b.reading.unit,
        _ => false,
    }
}

fn is_date(s: &Stated) -> bool {
    matches!(s.reading.unit, Unit::Date(_))
}

fn is_casual(pair: &Pair<'_>, side: Side, s: &Stated) -> bool {
    agree::is_casual(&s.reading, words(pair, side, s))
}

/// How far into its block a number stands, from 0 to 1.
fn position(pair: &Pair<'_>, side: Side, s: &Stated) -> f64 {
    let len = pair.version(side).block(s.block).map_or(1, |b| b.text.len().max(1));
    s.reading.range.start as f64 / len as f64
}

fn words<'p>(pair: &Pair<'p>, side: Side, s: &Stated) -> &'p str {
    pair.version(side).words(s.block, s.reading.range.clone()).trim()
}

/// Both places, the translation's first.
fn places(pair: &Pair<'_>, diagnostic: Diagnostic, a: &Stated, b: &Stated) -> Diagnostic {
    let ours = pair.to.place(b.block, b.reading.range.clone());
    let theirs = pair.from.place(a.block, a.reading.range.clone());
    diagnostic.at_with(pair.to.file, ours, b.reading.told()).at_with(pair.from.file, theirs, a.reading.told())
}

fn differ(pair: &Pair<'_>, a: &Stated, b: &Stated) -> Diagnostic {
    let (theirs, ours) = (words(pair, Side::From, a), words(pair, Side::To, b));
    let slip = Slip::of(b.reading.value, a.reading.value).filter(|_| !is_date(a));
    let (message, help) = match slip {
        Some(slip) => {
            (format!("`{ours}` is {} `{theirs}`: {}", slip.part(), slip.name()), slip.help().to_owned())
        }
        None if a.reading.value == b.reading.value && a.reading.unit != b.reading.unit => (
            format!("`{ours}` and `{theirs}` are not of the same unit"),
            "correct whichever is wrong".to_owned(),
        ),
        None => {
            let message = format!("the translation says `{ours}` where the original says `{theirs}`");
            (message, "correct whichever is wrong".to_owned())
        }
    };
    places(pair, Rule::NUMBERS.says(message), a, b).help(help)
}

/// Numbers of one value that are called more here and less there.
fn opposite(pair: &Pair<'_>, a: &Stated, b: &Stated) -> Option<Diagnostic> {
    let opposite = matches!(
        (a.reading.bound, b.reading.bound),
        (Some(Bound::Over), Some(Bound::Under)) | (Some(Bound::Under), Some(Bound::Over))
    );
    if !opposite || a.bead != b.bead {
        return None;
    }
    let (theirs, ours) = (words(pair, Side::From, a), words(pair, Side::To, b));
    let message = format!("`{ours}` and `{theirs}` are bounds on opposite sides");
    Some(places(pair, Rule::NUMBERS.says(message), a, b).help("correct whichever is wrong"))
}

fn lonely(pair: &Pair<'_>, side: Side, s: &Stated) -> Diagnostic {
    let version = pair.version(side);
    let place = version.place(s.block, s.reading.range.clone());
    let bead = pair.beads.get(s.bead);
    let told = s.reading.told();
    let words = words(pair, side, s);
    match side {
        Side::From => Rule::NUMBERS
            .says(format!("the translation lacks `{words}`"))
            .at_with(pair.to.file, pair.to.spans(&bead.map_or(0..0, |b| b.to.clone())), "not here")
            .at_with(pair.from.file, place, told)
            .help("state it in the translation, or say it in words"),
        Side::To => Rule::NUMBERS
            .says(format!("the original lacks `{words}`"))
            .at_with(pair.to.file, place, told)
            .at_with(pair.from.file, pair.from.spans(&bead.map_or(0..0, |b| b.from.clone())), "not here")
            .help("take it out, or state it in the original"),
    }
}
