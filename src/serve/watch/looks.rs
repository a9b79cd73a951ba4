//! Looking at all files again and again: for systems that do not tell, and for what was not heard.
//!
//! Owns what the files were like when they were last looked at. It never opens one.

use rustc_hash::FxHashMap;

use crate::base::ContentPath;
use crate::diag::Diagnostics;
use crate::source::{Source, Stamp};

pub(super) struct Looks {
    source: Source,
    /// `None` before the first look.
    known: Option<FxHashMap<ContentPath, Option<Stamp>>>,
}

impl Looks {
    pub(super) fn new(source: Source) -> Self {
        Self { source, known: None }
    }

    /// The files that are new, gone or have another stamp than they had; `None` at the first look.
    pub(super) fn look(&mut self) -> Option<Vec<ContentPath>> {
        // Faults are for whoever reads the files.
        let files = self.source.list(&mut Diagnostics::new());
        let seen: FxHashMap<_, _> =
            files.into_iter().map(|file| (file.clone(), self.source.stamp(&file))).collect();
        let mut before = self.known.replace(seen)?;
        let mut changed = Vec::new();
        for (file, stamp) in self.known.iter().flatten() {
            if before.remove(file).as_ref() != Some(stamp) {
                changed.push(file.clone());
            }
        }
        changed.extend(before.into_keys());
        Some(changed)
    }

    /// These were heard of and told: the next look need not find them.
    pub(super) fn told(&mut self, files: &[ContentPath]) {
        let Some(known) = &mut self.known else { return };
        for file in files {
            match self.source.stamp(file) {
                Some(stamp) => known.insert(file.clone(), Some(stamp)),
                None => known.remove(file),
            };
        }
    }
}
