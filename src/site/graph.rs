//! The translation graph: what exists in which language, and where a reader of one language is led.

use super::{Entry, EntryId, Kind, Origin, Site, State, Version};
use crate::base::Lang;
use crate::config::MissingTranslation;

/// How an entry stands in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It has a version of its own, or needs none (a home page without words, an overview).
    Own,
    /// It has a page with the text of another version.
    Shown(Lang),
    /// It has no page.
    Absent,
}

impl Entry {
    /// The version in a language.
    pub fn version(&self, lang: Lang) -> Option<&Version> {
        self.versions.get(lang.index())?.as_deref()
    }

    /// The languages that it has a version in.
    pub fn languages(&self) -> impl Iterator<Item = Lang> + '_ {
        // At most 100 languages: `config` sees to it.
        self.versions.iter().enumerate().filter(|(_, v)| v.is_some()).map(|(i, _)| Lang(i as u8))
    }

    /// Whether its page exists in every language, words or no words.
    pub fn everywhere(&self) -> bool {
        matches!(self.kind, Kind::Home | Kind::Topics)
    }

    /// The version to fall back on: the original, or the first in the site's order.
    pub fn fallback(&self) -> Option<Lang> {
        if self.version(self.original).is_some() { Some(self.original) } else { self.languages().next() }
    }
}

impl Site {
    /// How an entry's version in a language stands to the text it comes from; `None` for an entry
    /// without any words.
    pub fn origin(&self, id: EntryId, lang: Lang) -> Option<Origin> {
        let entry = self.entry(id);
        let fallback = entry.fallback()?;
        Some(entry.version(lang).map_or(Origin::of_original(State::Missing, fallback), |v| v.origin))
    }

    /// How many versions of each language are in each state, in the order of [`State::ALL`].
    pub fn tally(&self, lang: Lang) -> [usize; 5] {
        let states = self.ids().filter_map(|id| self.origin(id, lang)).map(|origin| origin.state);
        let mut tally = [0; 5];
        for state in states {
            tally[state as usize] += 1;
        }
        tally
    }

    /// How an entry stands in a language.
    pub fn presence(&self, id: EntryId, lang: Lang) -> Presence {
        let entry = self.entry(id);
        if entry.everywhere() || entry.version(lang).is_some() {
            return Presence::Own;
        }
        match (self.config.missing_translation, entry.fallback()) {
            (MissingTranslation::Show, Some(other)) => Presence::Shown(other),
            _ => Presence::Absent,
        }
    }

    /// The version whose words an entry's page in a language shows; `None` for a page without
    /// words of its own, and where there is no page.
    pub fn shown(&self, id: EntryId, lang: Lang) -> Option<(Lang, &Version)> {
        let entry = self.entry(id);
        match self.presence(id, lang) {
            Presence::Own => entry.version(lang).map(|v| (lang, v)),
            Presence::Shown(other) => entry.version(other).map(|v| (other, v)),
            Presence::Absent => None,
        }
    }

    /// The language of the page that a list in `lang` links to; `None`: the list leaves it out.
    pub fn listed(&self, id: EntryId, lang: Lang) -> Option<Lang> {
        match (self.presence(id, lang), self.config.missing_translation) {
            (Presence::Own | Presence::Shown(_), _) => Some(lang),
            (Presence::Absent, MissingTranslation::Link) => self.entry(id).fallback(),
            (Presence::Absent, _) => None,
        }
    }

    /// The language of the page that a link in a text leads a reader of `lang` to: the reader's
    /// own where there is one, else the version that exists, whatever lists do.
    pub fn linked(&self, id: EntryId, lang: Lang) -> Option<Lang> {
        self.listed(id, lang).or_else(|| self.entry(id).fallback())
    }

    /// The version whose words a list in `lang` shows for an entry.
    pub fn listed_version(&self, id: EntryId, lang: Lang) -> Option<(Lang, &Version)> {
        let page = self.listed(id, lang)?;
        self.shown(id, page)
    }

    /// The languages that an entry really exists in: what hreflang and the sitemap may name.
    pub fn translations(&self, id: EntryId) -> Vec<Lang> {
        self.config.langs().filter(|&lang| self.presence(id, lang) == Presence::Own).collect()
    }
}
