//! Tables with a place for each entry in each language.

use rayon::prelude::*;

use super::{EntryId, Site};
use crate::base::Lang;

/// A value for each entry in each language. Nearly every entry has one in nearly every language,
/// so that a list of all is smaller and several times quicker than a map.
#[derive(Debug, Default)]
pub struct PerPage<T> {
    languages: usize,
    values: Vec<T>,
}

impl<T: Send> PerPage<T> {
    /// A table that says what `value` says, asked in parallel.
    pub fn new(site: &Site, value: impl Fn(EntryId, Lang) -> T + Sync) -> Self {
        let languages = site.config.languages.len();
        // At most 100 languages: `config` sees to it.
        let place = |place| value(EntryId::new(place / languages), Lang((place % languages) as u8));
        let values = (0..site.entries.len() * languages).into_par_iter().map(place).collect();
        Self { languages, values }
    }
}

impl<T> PerPage<T> {
    /// The value of an entry in a language; `None` only for one of another site.
    pub fn get(&self, id: EntryId, lang: Lang) -> Option<&T> {
        self.values.get(id.index() * self.languages + lang.index())
    }

    /// The value, to be changed.
    pub fn get_mut(&mut self, id: EntryId, lang: Lang) -> Option<&mut T> {
        self.values.get_mut(id.index() * self.languages + lang.index())
    }
}
