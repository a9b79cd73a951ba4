//! Forms: what the articles of an edition were read as.
//!
//! Owns the question in which form an article that has errors now had none. That is a matter of the
//! preview that showed it: the cache is shared with builds, which remember no article with faults,
//! and go on without one that others complain of.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Place, Text};
use crate::base::ContentPath;
use crate::cache::{Cache, FileRecord, Store, Table};

/// What the articles of an edition were read as.
pub(super) struct Forms {
    store: Store,
    files: Table,
    /// Articles with faults, of which the table knows nothing.
    faulty: FxHashMap<ContentPath, FileRecord>,
    /// Articles that had errors.
    unsound: FxHashSet<ContentPath>,
}

/// What an article is, whatever stands in its file.
#[derive(Clone)]
pub(super) struct Form {
    pub(super) record: FileRecord,
    pub(super) text: Text,
    /// Whether it had faults, so that the cache must not remember it.
    pub(super) faulty: bool,
}

impl Forms {
    /// Those that a cache remembers.
    pub(super) fn remembered(cache: &Cache) -> Self {
        let files = cache.files().clone();
        Self { store: cache.store(), files, faulty: FxHashMap::default(), unsound: FxHashSet::default() }
    }

    /// Those that were read just now. The store is taken before the cache is saved: it may be
    /// another one then, with the texts elsewhere.
    pub(super) fn read(
        store: Store,
        files: Table,
        faulty: Vec<FileRecord>,
        unsound: FxHashSet<ContentPath>,
    ) -> Self {
        let named = |record: FileRecord| (ContentPath::new(&*record.path), record);
        Self { store, files, faulty: faulty.into_iter().map(named).collect(), unsound }
    }

    /// What an article was read as.
    pub(super) fn record(&self, file: &ContentPath) -> Option<FileRecord> {
        self.faulty.get(file).cloned().or_else(|| self.store.file(&self.files, file.as_str()))
    }

    /// A text that stands in the store.
    pub(super) fn text(&self, place: &Place) -> Option<Text> {
        self.store.text(place)
    }

    /// The form of an article, if it had no errors in it.
    pub(super) fn sound(&self, file: &ContentPath) -> Option<Form> {
        let record = self.record(file).filter(|_| !self.unsound.contains(file))?;
        let text = self.text(&record.outline.place)?;
        Some(Form { record, text, faulty: self.faulty.contains_key(file) })
    }
}
