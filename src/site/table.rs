//! Tables with a place for each entry in each language.

use super::{EntryId, Site};
use crate::base::Lang;

/// A value for each entry in each language. Nearly every entry has one in nearly every language,
/// so that a list of all is smaller and several times quicker than a map.
#[derive(Debug, Default)]
pub struct PerPage<T> {
    languages: usize,
    values: Vec<T>,
}

impl<T> PerPage<T> {
    /// A table that says what `value` says.
    pub fn new(site: &Site, mut value: impl FnMut(EntryId, Lang) -> T) -> Self {
        let languages = site.config.languages.len();
        let mut values = Vec::with_capacity(site.entries.len() * languages);
        for id in site.ids() {
            values.extend(site.config.langs().map(|lang| value(id, lang)));
        }
        Self { languages, values }
    }

    /// The value of an entry in a language; `None` only for one of another site.
    pub fn get(&self, id: EntryId, lang: Lang) -> Option<&T> {
        self.values.get(id.index() * self.languages + lang.index())
    }

    /// The value, to be changed.
    pub fn get_mut(&mut self, id: EntryId, lang: Lang) -> Option<&mut T> {
        self.values.get_mut(id.index() * self.languages + lang.index())
    }
}
