//! Which part of one text answers which part of the other.
//!
//! Owns the alignment of two sequences by length and by what both share, after Gale and Church,
//! "A Program for Aligning Sentences in Bilingual Corpora" (1993), with anchors. It serves blocks
//! and sentences alike, and never knows what they are.

use std::ops::Range;

use super::length::Ratio;

/// A part of a text.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its length.
    pub(super) len: usize,
    /// What its counterpart must share, sorted.
    pub(super) anchors: Vec<String>,
    /// What it is: parts of different kinds go together badly, as [`strange`] says.
    pub(super) class: Class,
}

/// What a part is, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Running text.
    Text,
    /// An item of a list.
    Item,
    /// A heading of a level.
    Heading(u8),
    /// A cell of a table: row and column.
    Cell(usize, usize),
    /// Code.
    Code,
    /// A call of a component.
    Component,
    /// Anything else that only its like can answer.
    Other(u8),
}

/// Parts that answer one another; one side may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bead {
    pub(super) from: Range<usize>,
    pub(super) to: Range<usize>,
}

/// What a bead of so many parts on each side costs beforehand: the rarer, the dearer.
const SHAPES: &[(usize, usize, f64)] = &[
    (1, 1, 0.0),
    (1, 0, 0.0),
    (0, 1, 0.0),
    (1, 2, 2.0),
    (2, 1, 2.0),
    (2, 2, 3.5),
    (1, 3, 4.0),
    (3, 1, 4.0),
    (2, 3, 5.0),
    (3, 2, 5.0),
    (1, 4, 6.0),
    (4, 1, 6.0),
];

/// More than this many steps are not worth their time: then the two go side by side.
const LIMIT: usize = 4_000_000;

/// The best alignment and its cost. A part without a counterpart costs `skip`; with an infinite one,
/// none may stay alone.
pub(super) fn align(from: &[Part], to: &[Part], ratio: &Ratio, skip: f64) -> (Vec<Bead>, f64) {
    let (n, m) = (from.len(), to.len());
    if n.saturating_mul(m) > LIMIT {
        return (side_by_side(n, m), 0.0);
    }
    let width = m + 1;
    let mut best = vec![f64::INFINITY; (n + 1) * width];
    // Which shape led there; the table has far fewer than 256.
    let mut step = vec![0u8; (n + 1) * width];
    best[0] = 0.0;
    for i in 0..=n {
        for j in 0..=m {
            for (shape, &(a, b, prior)) in SHAPES.iter().enumerate() {
                let alone = a == 0 || b == 0;
                if a > i || b > j {
                    continue;
                }
                let (left, right) = (&from[i - a..i], &to[j - b..j]);
                let before = best[(i - a) * width + j - b];
                let cost = before + prior + if alone { skip } else { together(left, right, ratio) };
                if cost < best[i * width + j] {
                    best[i * width + j] = cost;
                    step[i * width + j] = shape as u8;
                }
            }
        }
    }
    let cost = best[n * width + m];
    if cost.is_infinite() {
        return (side_by_side(n, m), cost);
    }
    let (mut i, mut j) = (n, m);
    let mut beads = Vec::with_capacity(n.max(m));
    while i > 0 || j > 0 {
        let (a, b, _) = SHAPES[usize::from(step[i * width + j])];
        beads.push(Bead { from: i - a..i, to: j - b..j });
        (i, j) = (i - a, j - b);
    }
    beads.reverse();
    (beads, cost)
}

fn side_by_side(n: usize, m: usize) -> Vec<Bead> {
    let bead = |i: usize| Bead { from: i.min(n)..(i + 1).min(n), to: i.min(m)..(i + 1).min(m) };
    (0..n.max(m)).map(bead).collect()
}

/// What it costs to take these for one another's translation.
fn together(from: &[Part], to: &[Part], ratio: &Ratio) -> f64 {
    let mut cost = 0.0;
    for a in from {
        for b in to {
            cost += strange(a.class, b.class);
        }
    }
    // Only running text is joined or parted by a translator.
    if from.len() + to.len() > 2 && from.iter().chain(to).any(|p| p.class != Class::Text) {
        return f64::INFINITY;
    }
    let len = |parts: &[Part]| parts.iter().map(|p| p.len).sum::<usize>();
    // Of what is no text for readers, the length says nothing.
    if from.iter().chain(to).all(|p| !matches!(p.class, Class::Code | Class::Component)) {
        let z = ratio.deviation(len(from), len(to));
        cost += (z * z / 2.0).min(9.0);
    }
    let (common, alone) = shared(from, to);
    cost - 2.5 * (common.min(4) as f64) + 0.8 * (alone.min(4) as f64)
}

fn strange(a: Class, b: Class) -> f64 {
    match (a, b) {
        (Class::Heading(a), Class::Heading(b)) => f64::from(a.abs_diff(b)),
        (Class::Cell(row, column), Class::Cell(other, place)) => {
            if column == place {
                0.3 * (row.abs_diff(other).min(3) as f64)
            } else {
                4.0
            }
        }
        (Class::Text, Class::Item) | (Class::Item, Class::Text) => 1.5,
        (a, b) if a == b => 0.0,
        _ => f64::INFINITY,
    }
}

/// How many anchors both sides have, and how many one has alone.
fn shared(from: &[Part], to: &[Part]) -> (usize, usize) {
    let all = |parts: &[Part]| {
        let mut all: Vec<String> = parts.iter().flat_map(|p| p.anchors.iter().cloned()).collect();
        all.sort_unstable();
        all
    };
    let (a, b) = (all(from), all(to));
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    (common, a.len() + b.len() - 2 * common)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(len: usize, anchors: &[&str]) -> Part {
        Part { len, anchors: anchors.iter().map(|a| (*a).to_owned()).collect(), class: Class::Text }
    }

    fn beads(from: &[Part], to: &[Part]) -> Vec<(usize, usize)> {
        let (beads, _) = align(from, to, &Ratio { median: 0.0, spread: 0.2 }, 4.5);
        beads.iter().map(|b| (b.from.len(), b.to.len())).collect()
    }

    #[test]
    fn parts_answer_one_another_by_length_and_by_what_they_share() {
        let long = |n| part(n, &[]);
        assert_eq!(beads(&[long(100), long(40)], &[long(98), long(44)]), [(1, 1), (1, 1)]);
        assert_eq!(
            beads(&[long(100), long(200), long(90)], &[long(104), long(95)]),
            [(1, 1), (1, 0), (1, 1)]
        );
        assert_eq!(beads(&[long(150)], &[long(80), long(75)]), [(1, 2)]);
        let from = [part(50, &["a"]), part(50, &["b"]), part(50, &["c"])];
        let to = [part(50, &["a"]), part(50, &["c"])];
        assert_eq!(beads(&from, &to), [(1, 1), (1, 0), (1, 1)]);
        assert_eq!(beads(&[], &[long(5)]), [(0, 1)]);
        assert_eq!(beads(&[], &[]), []);
    }

    #[test]
    fn headings_answer_headings() {
        let heading = [Part { class: Class::Heading(2), ..part(10, &[]) }];
        assert_eq!(beads(&[heading[0].clone(), part(10, &[])], &[part(10, &[])]), [(1, 0), (1, 1)]);
        assert_eq!(beads(&heading, &heading), [(1, 1)]);
    }
}
