//! What lists show of an entry: the same few values wherever it is listed, built once a language.

use std::sync::OnceLock;

use tera::Value;

use super::Engine;
use super::value::{json, object};
use crate::base::{Lang, PartialDate};
use crate::site::{Cover, EntryId, Kind, Picture, Version};

/// The values of all entries in all languages, filled as they are asked for.
pub(super) struct Items {
    languages: usize,
    items: Vec<OnceLock<Value>>,
    references: Vec<OnceLock<Value>>,
}

impl Items {
    pub(super) fn new(entries: usize, languages: usize) -> Self {
        let empty = || (0..entries * languages).map(|_| OnceLock::new()).collect();
        Self { languages, items: empty(), references: empty() }
    }

    fn place(&self, entry: EntryId, lang: Lang) -> usize {
        entry.index() * self.languages + lang.index()
    }
}

impl Engine<'_> {
    /// An entry as a page in `lang` lists it; none where the page leaves it out.
    pub(super) fn item(&self, entry: EntryId, lang: Lang) -> Value {
        let cell = &self.items.items[self.items.place(entry, lang)];
        cell.get_or_init(|| self.build_item(entry, lang)).clone()
    }

    /// Several of them, without those that the page leaves out.
    pub(super) fn item_list(&self, entries: &[EntryId], lang: Lang) -> Value {
        let items: Vec<Value> =
            entries.iter().map(|&e| self.item(e, lang)).filter(|item| !item.is_none()).collect();
        Value::from(items)
    }

    /// A topic as a tag: id, title, URL.
    fn reference(&self, entry: EntryId, lang: Lang) -> Value {
        let cell = &self.items.references[self.items.place(entry, lang)];
        cell.get_or_init(|| {
            let Some(page) = self.site.listed(entry, lang) else { return Value::none() };
            let words = self.words_of(entry, page);
            let id = &self.site.entry(entry).id;
            object([
                ("id", id.strip_prefix("topics/").unwrap_or(id).into()),
                ("title", self.title(entry, page).into()),
                ("url", self.page_url(entry, page).into()),
                ("lang", self.lang_value(words)),
                ("foreign", (words != lang).into()),
            ])
        })
        .clone()
    }

    /// An article's topics as tags.
    pub(super) fn references(&self, entries: &[EntryId], lang: Lang) -> Value {
        let topics: Vec<Value> =
            entries.iter().map(|&e| self.reference(e, lang)).filter(|topic| !topic.is_none()).collect();
        Value::from(topics)
    }

    fn build_item(&self, entry: EntryId, lang: Lang) -> Value {
        let Some(page) = self.site.listed(entry, lang) else { return Value::none() };
        let kind = self.site.entry(entry).kind;
        let version = self.site.shown(entry, page).map(|(_, version)| version);
        let words = self.words_of(entry, page);
        let id = &self.site.entry(entry).id;
        let counted = matches!(kind, Kind::Section | Kind::Topic);
        object([
            ("id", (if kind == Kind::Topic { id.strip_prefix("topics/").unwrap_or(id) } else { id }).into()),
            ("kind", kind.as_str().into()),
            ("title", self.title(entry, page).into()),
            ("summary", version.and_then(|v| v.summary.as_deref()).into()),
            ("url", self.page_url(entry, page).into()),
            ("permalink", self.permalink(entry, page).into()),
            ("lang", self.lang_value(words)),
            ("foreign", (words != lang).into()),
            ("date", self.date_value(version.and_then(|v| v.date), lang)),
            ("updated", self.date_value(version.and_then(|v| v.updated), lang)),
            ("topics", self.references(version.map_or(&[], |v| &v.topics), lang)),
            ("count", if counted { self.site.list(entry, lang).len().into() } else { Value::none() }),
            ("cover", version.and_then(|v| v.cover.as_ref()).map_or(Value::none(), |c| self.cover_value(c))),
            ("extra", version.map_or(Value::none(), |v| self.extra(v))),
        ])
    }

    /// The language of what a list shows of a page: where it is another version's text, not the page's.
    fn words_of(&self, entry: EntryId, page: Lang) -> Lang {
        self.site.shown(entry, page).map_or(page, |(words, _)| words)
    }

    /// The title of an entry's page in a language.
    pub(super) fn title(&self, entry: EntryId, lang: Lang) -> String {
        match (self.site.shown(entry, lang), self.site.entry(entry).kind) {
            (Some((_, version)), _) => version.title.clone(),
            (None, Kind::Topics) => self.word(lang, "topics", &[]),
            (None, _) => self.site.config.title[lang].clone(),
        }
    }

    /// The URL of an entry's page, as this site's pages link to it.
    pub(super) fn page_url(&self, entry: EntryId, lang: Lang) -> String {
        let path = self.plan.page(entry, lang).map(|url| url.encoded()).unwrap_or_default();
        self.site.config.base_url.local(&path)
    }

    /// The absolute URL of an entry's page.
    pub(super) fn permalink(&self, entry: EntryId, lang: Lang) -> String {
        let path = self.plan.page(entry, lang).map(|url| url.encoded()).unwrap_or_default();
        self.site.config.base_url.absolute(&path)
    }

    /// A date for machines and for readers of a language.
    pub(super) fn date_value(&self, date: Option<PartialDate>, lang: Lang) -> Value {
        date.map_or(Value::none(), |date| {
            let text = self.site.config.language(lang).locale.date(date);
            object([("iso", date.to_string().into()), ("text", text.into())])
        })
    }

    /// A picture.
    pub(super) fn cover_value(&self, cover: &Cover) -> Value {
        let url = match &cover.image {
            Picture::File(position) => self.site.config.base_url.local(&self.plan.file(*position).encoded()),
            Picture::Elsewhere(url) => url.clone(),
        };
        object([
            ("url", url.into()),
            ("alt", cover.alt.as_str().into()),
            ("caption", cover.caption.as_deref().into()),
        ])
    }

    /// The theme's own keys of an entry.
    pub(super) fn extra(&self, version: &Version) -> Value {
        json(&version.extra)
    }
}
