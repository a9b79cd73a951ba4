//! What lists show of an entry: the same few values wherever it is listed.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use tera::Value;

use super::Engine;
use super::form::{Data, Form};
use super::lately::Lately;
use crate::base::{Digest, Fingerprint, Lang, PartialDate, UrlPath};
use crate::site::{EntryId, Kind, Site};

/// What lists showed of entries, in one form, for the next who asks.
pub(super) struct Items<F> {
    languages: usize,
    entries: Entries<F>,
    /// Topics as tags: few, and asked for by every page.
    references: FxHashMap<EntryId, Vec<OnceLock<F>>>,
}

enum Entries<F> {
    /// A place for each.
    All(Vec<OnceLock<F>>),
    /// A list's page shares its articles with those of home, section and topics, so that each is
    /// asked for several times.
    Lately(Lately<F>),
}

impl<F: Form> Items<F> {
    pub(super) fn new(site: &Site) -> Self {
        let languages = site.config.languages.len();
        let all = site.entries.len() * languages;
        let empty = |count| (0..count).map(|_| OnceLock::new()).collect();
        let entries = match F::ITEMS {
            Some(places) if places < all => Entries::Lately(Lately::new(places)),
            _ => Entries::All(empty(all)),
        };
        let references = site.topics.iter().map(|&topic| (topic, empty(languages))).collect();
        Self { languages, entries, references }
    }

    fn get(&self, entry: EntryId, lang: Lang, build: impl FnOnce() -> F) -> F {
        let number = entry.index() * self.languages + lang.index();
        match &self.entries {
            Entries::All(places) => places[number].get_or_init(build).clone(),
            Entries::Lately(lately) => lately.get(number as u128, build),
        }
    }
}

impl<'s> Engine<'s> {
    /// An entry as a page in `lang` lists it; none where the page leaves it out.
    pub(super) fn item<F: Form>(&self, entry: EntryId, lang: Lang) -> F {
        F::store(self).items.get(entry, lang, || self.build_item(entry, lang))
    }

    /// Several of them, without those that the page leaves out.
    pub(super) fn item_list<F: Form>(&self, entries: &[EntryId], lang: Lang) -> F {
        let items = entries.iter().map(|&e| self.item::<F>(e, lang)).filter(|item| !item.is_none());
        F::list(items.collect())
    }

    /// A topic as a tag: id, title, URL, and what its file gives themes.
    fn reference<F: Form>(&self, entry: EntryId, lang: Lang) -> F {
        let build = || {
            let Some(page) = self.site.listed(entry, lang) else { return F::none() };
            let words = self.words_of(entry, page);
            let version = self.site.shown(entry, page).map(|(_, version)| version);
            let id = &self.site.entry(entry).id;
            F::object([
                ("id", F::text(id.strip_prefix("topics/").unwrap_or(id))),
                ("seed", self.seed(entry)),
                ("title", F::text(&self.title(entry, page))),
                ("url", self.page_url(entry, page)),
                ("lang", self.lang_value(words)),
                ("foreign", F::flag(words != lang)),
                ("extra", version.map_or_else(F::none, |v| F::json(&v.extra))),
            ])
        };
        match F::store(self).items.references.get(&entry) {
            Some(places) => places[lang.index()].get_or_init(build).clone(),
            None => build(),
        }
    }

    /// An article's topics as tags.
    pub(super) fn references<F: Form>(&self, entries: &[EntryId], lang: Lang) -> F {
        let topics = entries.iter().map(|&e| self.reference::<F>(e, lang)).filter(|topic| !topic.is_none());
        F::list(topics.collect())
    }

    fn build_item<F: Form>(&self, entry: EntryId, lang: Lang) -> F {
        let Some(page) = self.site.listed(entry, lang) else { return F::none() };
        let kind = self.site.entry(entry).kind;
        let version = self.site.shown(entry, page).map(|(_, version)| version);
        let words = self.words_of(entry, page);
        let id = &self.site.entry(entry).id;
        let counted = matches!(kind, Kind::Section | Kind::Topic);
        F::object([
            ("id", F::text(if kind == Kind::Topic { id.strip_prefix("topics/").unwrap_or(id) } else { id })),
            ("kind", F::text(kind.as_str())),
            ("seed", self.seed(entry)),
            ("title", F::text(&self.title(entry, page))),
            ("summary", F::maybe(version.and_then(|v| v.summary.as_deref()))),
            ("url", self.page_url(entry, page)),
            ("permalink", self.permalink(entry, page)),
            ("lang", self.lang_value(words)),
            ("foreign", F::flag(words != lang)),
            ("date", self.date_value(version.and_then(|v| v.date), lang)),
            ("updated", self.date_value(version.and_then(|v| v.updated), lang)),
            ("topics", self.references(version.map_or(&[], |v| &v.topics), lang)),
            ("count", if counted { F::number(self.site.list(entry, lang).len()) } else { F::none() }),
            ("cover", version.and_then(|v| v.cover.as_ref()).map_or_else(F::none, |c| self.cover_value(c))),
            ("extra", version.map_or_else(F::none, |v| F::json(&v.extra))),
        ])
    }

    /// What a theme may draw from, the same in all languages: a picture that follows from it is an
    /// article's own.
    pub(super) fn seed<F: Form>(&self, entry: EntryId) -> F {
        let of = self.site.entry(entry);
        let version = of.fallback().and_then(|lang| of.version(lang));
        seed(version.map_or(&*of.id, |version| version.title.as_str()))
    }

    /// The language of what a list shows of a page: where it is another version's text, not the page's.
    pub(super) fn words_of(&self, entry: EntryId, page: Lang) -> Lang {
        self.site.shown(entry, page).map_or(page, |(words, _)| words)
    }

    /// The title of an entry's page in a language.
    pub(super) fn title(&self, entry: EntryId, lang: Lang) -> Cow<'s, str> {
        match (self.site.shown(entry, lang), self.site.entry(entry).kind) {
            (Some((_, version)), _) => version.title.as_str().into(),
            (None, Kind::Topics) => self.word(lang, "topics", &[]).into(),
            (None, _) => self.site.config.title[lang].as_str().into(),
        }
    }

    /// The path of an entry's page; the site's root where it has none, which nobody asks for.
    pub(super) fn path(&self, entry: EntryId, lang: Lang) -> &'s UrlPath {
        self.plan.page(entry, lang).unwrap_or(&self.plan.root)
    }

    /// The URL of an entry's page, as this site's pages link to it.
    pub(super) fn page_url<F: Form>(&self, entry: EntryId, lang: Lang) -> F {
        F::local(&self.site.config.base_url, self.path(entry, lang))
    }

    /// The absolute URL of an entry's page.
    pub(super) fn permalink<D: Data>(&self, entry: EntryId, lang: Lang) -> D {
        D::absolute(&self.site.config.base_url, self.path(entry, lang))
    }

    /// A date for machines and for readers of a language.
    pub(super) fn date_value<F: Form>(&self, date: Option<PartialDate>, lang: Lang) -> F {
        let Some(date) = date else { return F::none() };
        F::derived(
            || date_digest(date),
            || {
                let text = self.site.config.language(lang).locale.date(date);
                Data::object([("iso", date.to_string().into()), ("text", text.into())])
            },
        )
    }
}

/// A date for machines.
pub(super) fn iso<D: Data>(date: PartialDate) -> D {
    D::derived(|| date_digest(date), || date.to_string().into())
}

fn date_digest(date: PartialDate) -> Digest {
    Digest::of(date.numbers().map(u16::to_le_bytes).as_flattened())
}

/// Eight numbers from 0 to 255 that follow from a text.
pub(super) fn seed<F: Form>(text: &str) -> F {
    F::derived(
        || Digest::of(text.as_bytes()),
        || {
            let [a, b, c, d, e, f, g, h, ..] = *Fingerprint::of(text.as_bytes()).bytes();
            [a, b, c, d, e, f, g, h].map(Value::from).to_vec().into()
        },
    )
}
