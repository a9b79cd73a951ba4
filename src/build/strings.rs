//! The interface strings that pages asked for, and whether they are what they were.
//!
//! Which strings a page asks for is known only once it is rendered. So its record names the set of
//! them, and the page stays if all of the set are the same: asking for the same and getting the
//! same, its templates would ask for nothing else. Most pages of a site share a few sets.

use std::collections::{BTreeSet, HashMap};

use crate::cache::{Output, StringSet};
use crate::render::{Engine, StringsAsked};

/// The sets by number: those of the last build, and new ones.
pub(super) struct Sets {
    sets: Vec<StringSet>,
    /// For each set of the last build, whether its strings are what they were.
    same: Vec<bool>,
    /// Numbers that no page has any more, the lowest last.
    free: Vec<u32>,
    /// The numbers of what pages of this build asked for.
    asked: HashMap<StringsAsked, u32>,
}

impl Sets {
    pub(super) fn new(engine: &Engine<'_>, before: &Output) -> Self {
        let sets = before.strings.clone();
        let same = sets.iter().map(|set| engine.string_digests(&set.names) == set.digests).collect();
        Self { sets, same, free: Vec::new(), asked: HashMap::new() }
    }

    /// Whether a set's strings are what they were.
    pub(super) fn same(&self, number: u32) -> bool {
        self.same.get(number as usize).is_some_and(|same| *same)
    }

    /// Once it is known which sets the pages need that stay: the numbers of the others are given
    /// anew.
    pub(super) fn release(&mut self, needed: &BTreeSet<u32>) {
        let all = 0..self.sets.len() as u32; // as many as there are pages, at most
        self.free = all.rev().filter(|number| !needed.contains(number)).collect();
    }

    /// The number of what a page asked for.
    pub(super) fn number(&mut self, engine: &Engine<'_>, asked: StringsAsked) -> u32 {
        if let Some(&number) = self.asked.get(&asked) {
            return number;
        }
        let names = engine.string_names(&asked);
        let digests = engine.string_digests(&names);
        let set = StringSet { names, digests };
        let known = self.sets.iter().position(|known| *known == set).map(|known| known as u32);
        let number = known.or_else(|| self.free.pop()).unwrap_or(self.sets.len() as u32);
        match self.sets.get_mut(number as usize) {
            Some(place) => *place = set,
            None => self.sets.push(set),
        }
        self.free.retain(|free| *free != number);
        self.asked.insert(asked, number);
        number
    }

    /// The sets by number, for the next build; those that no page needs any more are emptied.
    pub(super) fn finish<'n>(
        mut self,
        engine: &Engine<'_>,
        used: impl Iterator<Item = &'n u32>,
    ) -> Vec<StringSet> {
        let mut needed = vec![false; self.sets.len()];
        for &number in used {
            if let Some(needed) = needed.get_mut(number as usize) {
                *needed = true;
            }
        }
        for (set, needed) in self.sets.iter_mut().zip(&needed) {
            match *needed {
                // A page that stays lacks what it lacked.
                true => engine.note_missing(&set.names),
                false => *set = StringSet::default(),
            }
        }
        let end = needed.iter().rposition(|needed| *needed).map_or(0, |last| last + 1);
        self.sets.truncate(end);
        self.sets
    }
}
