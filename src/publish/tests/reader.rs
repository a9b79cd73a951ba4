//! A reader who clicks around: what they must not meet.

use std::collections::{BTreeMap, BTreeSet};

use super::place::Files;
use super::site::clash;
use crate::publish::manifest::{MANIFEST, Manifest};

/// A reader, and what they know by now.
#[derive(Clone, Default)]
pub(super) struct Reader {
    /// Pages where they have been, or that the last finished site has.
    known: BTreeSet<String>,
    /// What the runs since then were to make.
    target: BTreeMap<String, String>,
    /// Paths that had to go for others, by any of these runs.
    cleared: BTreeSet<String>,
    /// Fingerprinted assets of pages in the reader's hand.
    in_hand: BTreeSet<String>,
    /// What was wrong.
    pub faults: Vec<String>,
    /// How often they have looked, and at how many pages.
    pub looks: (usize, usize),
}

impl Reader {
    /// A run begins that is to make this.
    pub(super) fn expect(&mut self, target: &BTreeMap<String, String>, files: &Files) {
        self.target.clone_from(target);
        self.cleared.extend(files.keys().filter(|path| target.keys().any(|new| clash(path, new))).cloned());
    }

    /// Days have passed: nobody has an old page in hand any more.
    pub(super) fn let_go(&mut self) {
        self.in_hand.clear();
    }

    /// Looks at every page that can be come to.
    pub(super) fn look(&mut self, files: &Files) {
        self.looks.0 += 1;
        let manifest = files.get(MANIFEST).and_then(|(bytes, _)| Manifest::read(bytes));
        let is_done = manifest.is_some_and(|m| m.pending.is_none_or(|pending| pending.round == 3));
        if is_done {
            // From now on what is not of the new site may go, and is no longer come to.
            self.known = self.target.keys().filter(|path| is_page(path)).cloned().collect();
            self.cleared.clear();
        }
        let may_lack = |path: &str, reader: &Self| {
            !reader.target.contains_key(path) && is_done || reader.cleared.contains(path)
        };
        let mut faults = Vec::new();
        let mut open: Vec<(String, &str)> =
            self.known.iter().map(|path| (path.clone(), "their memory")).collect();
        let mut seen: BTreeSet<String> = self.known.clone();
        while let Some((path, from)) = open.pop() {
            let Some((key, (bytes, _))) = files.get_key_value(&path) else {
                if !may_lack(&path, self) {
                    faults.push(format!("{path}, to which {from} leads, is not there"));
                }
                continue;
            };
            self.looks.1 += 1;
            self.known.insert(path.clone());
            for line in std::str::from_utf8(bytes).unwrap().lines() {
                match line.split_once(' ') {
                    Some(("use", file)) => {
                        if !files.contains_key(file) && !may_lack(file, self) {
                            faults.push(format!("{path} lacks {file}"));
                        }
                        if file.starts_with("assets/") {
                            self.in_hand.insert(file.to_owned());
                        }
                    }
                    Some(("link", to)) if seen.insert(to.to_owned()) => open.push((to.to_owned(), key)),
                    _ => {}
                }
            }
        }
        faults.extend(
            self.in_hand
                .iter()
                .filter(|asset| !files.contains_key(*asset))
                .map(|asset| format!("{asset} is gone too early")),
        );
        self.faults.extend(faults);
    }
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".xml")
}
