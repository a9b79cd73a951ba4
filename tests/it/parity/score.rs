//! How well planted faults are found: a table by kind of fault.
//!
//! A fault is found if its pair is reported under a rule that fits, and at its line where the fault
//! has one. A report is right if it stands in a pair with a planted fault, under a rule that fits.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use bashu::diag::Diagnostic;

use super::plant::{self, KINDS, Kind, Planted};
use super::{Files, check, report};
use crate::dice::Dice;

#[derive(Default, Clone, Copy)]
struct Count {
    planted: usize,
    found: usize,
}

/// What was found of what was planted.
#[derive(Default)]
pub(super) struct Score {
    kinds: BTreeMap<usize, Count>,
    clean: usize,
    right: usize,
    wrong: usize,
    rounds: usize,
}

impl Score {
    /// Plants faults in a site, round by round, at most one a pair; a third of the pairs stay clean.
    pub(super) fn of(files: &Files, rounds: usize) -> Self {
        let mut score = Self::default();
        let (mut missed, mut false_alarms) = (Vec::new(), BTreeSet::new());
        let pairs = plant::pairs(files);
        for round in 0..rounds {
            let mut dice = Dice::new(round as u64 + 1);
            let mut site = files.clone();
            let mut planted: Vec<Planted> = Vec::new();
            for (i, (from, to)) in pairs.iter().enumerate() {
                let clean = (i + round) % 3 == 0;
                let mut kinds: Vec<Kind> = KINDS.to_vec();
                for last in (1..kinds.len()).rev() {
                    kinds.swap(last, dice.below(last + 1));
                }
                let fault = kinds
                    .iter()
                    .filter(|kind| !clean && !plant::is_waived(&site, to, **kind))
                    .find_map(|kind| plant::plant(&site, from, to, *kind, &mut dice));
                match fault {
                    Some((text, fault)) => {
                        site.insert(to.clone(), text.into_bytes());
                        planted.push(fault);
                    }
                    None => score.clean += 1,
                }
            }
            let (diagnostics, _) = check(site.clone());
            for fault in &planted {
                let count = score.kinds.entry(fault.kind as usize).or_default();
                count.planted += 1;
                let found = diagnostics.iter().any(|d| fits(d, fault) && is_there(d, fault));
                count.found += usize::from(found);
                if !found {
                    missed.push(format!("{:?} in {}: {}", fault.kind, fault.file, fault.what));
                }
            }
            for d in diagnostics.iter() {
                let right = planted.iter().any(|fault| fits(d, fault));
                score.right += usize::from(right);
                score.wrong += usize::from(!right);
                if !right {
                    false_alarms.insert(report(&site, &d.clone().into()));
                }
            }
        }
        score.rounds = rounds;
        if std::env::var_os("PARITY_DETAILS").is_some() {
            println!("missed:\n{}\n\nfalse alarms:\n", missed.join("\n"));
            false_alarms.iter().for_each(|alarm| println!("{alarm}"));
        }
        score
    }

    /// Pairs of versions that were compared.
    pub(super) fn pairs(&self) -> usize {
        self.clean + self.total().planted
    }

    pub(super) fn recall(&self) -> f64 {
        let Count { planted, found } = self.total();
        found as f64 / planted.max(1) as f64
    }

    pub(super) fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    pub(super) fn add(&mut self, other: Score) {
        for (kind, count) in other.kinds {
            let sum = self.kinds.entry(kind).or_default();
            sum.planted += count.planted;
            sum.found += count.found;
        }
        self.clean += other.clean;
        self.right += other.right;
        self.wrong += other.wrong;
        self.rounds += other.rounds;
    }

    fn total(&self) -> Count {
        self.kinds
            .values()
            .fold(Count::default(), |a, b| Count { planted: a.planted + b.planted, found: a.found + b.found })
    }
}

/// Whether a report is of a fault's pair and of a rule that fits it.
fn fits(d: &Diagnostic, fault: &Planted) -> bool {
    d.labels.iter().any(|label| label.file.as_str() == fault.file)
        && d.code.name.strip_prefix("parity-").is_some_and(|rule| fault.kind.rules().contains(&rule))
}

/// Whether a report points at the very line, where the fault has one.
fn is_there(d: &Diagnostic, fault: &Planted) -> bool {
    let Some((start, end)) = fault.line else { return true };
    let inside = |span: bashu::base::Span| (span.start as usize) < end && start < span.end as usize;
    d.labels.iter().any(|label| label.file.as_str() == fault.file && label.span.is_some_and(inside))
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<28} {:>8} {:>8} {:>8}", "fault", "planted", "found", "recall")?;
        for (&kind, count) in &self.kinds {
            let name = KINDS[kind].name();
            let recall = 100.0 * count.found as f64 / count.planted as f64;
            writeln!(f, "{name:<28} {:>8} {:>8} {recall:>7.1}%", count.planted, count.found)?;
        }
        let Count { planted, found } = self.total();
        writeln!(f, "{:<28} {planted:>8} {found:>8} {:>7.1}%", "all", 100.0 * self.recall())?;
        write!(
            f,
            "pairs compared {}, {} of them clean; reports {}, false {}; precision {:.1}%",
            self.pairs(),
            self.clean,
            self.right + self.wrong,
            self.wrong,
            100.0 * self.precision()
        )
    }
}
