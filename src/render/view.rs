//! A page's view: everything that its template may see, and nothing else.
//!
//! The names are those of docs/themes.md. Only names that the template (with its parents and
//! includes) mentions are computed; a name that makes no sense on a kind of page is none, so that
//! templates can ask `{% if paginator %}` anywhere.

use tera::{Context, Value};

use super::value::{html, json, object};
use super::{Engine, text::Place};
use crate::base::{Lang, UrlPath};
use crate::diag::Diagnostic;
use crate::site::{EntryId, Figure, Kind, Presence, Version};

/// Every name that a view can hold.
pub(super) const NAMES: &[&str] = &[
    "site",
    "lang",
    "page",
    "settings",
    "alternates",
    "translations",
    "nav",
    "items",
    "paginator",
    "topics",
    "sections",
    "previous",
    "next",
    "backlinks",
    "related",
    "collections",
    "languages",
];

/// What a page is, before it is asked what it shows.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    /// An entry's page, and the number of a list's page.
    Entry(EntryId, usize),
    /// The root page of all languages.
    Landing,
    /// What is not found: in one language, or in all of them.
    NotFound { everywhere: bool },
}

impl Engine<'_> {
    /// The view of a page for the names that its template mentions.
    pub(super) fn view(
        &self,
        subject: Subject,
        lang: Lang,
        url: &UrlPath,
        names: &[&'static str],
        faults: &mut Vec<Diagnostic>,
    ) -> Context {
        let mut context = Context::new();
        for &name in names {
            let value = self.named(name, subject, lang, url, faults);
            context.insert_value(name, value);
        }
        context
    }

    fn named(
        &self,
        name: &str,
        subject: Subject,
        lang: Lang,
        url: &UrlPath,
        faults: &mut Vec<Diagnostic>,
    ) -> Value {
        let shared = &self.shared[lang.index()];
        match (name, subject) {
            ("site", _) => shared.site.clone(),
            ("lang", _) => self.lang_value(lang),
            ("settings", _) => shared.settings.clone(),
            ("page", Subject::Entry(entry, number)) => self.entry_page(entry, number, lang, url, faults),
            ("page", Subject::Landing) => {
                self.plain_page("landing", &self.site.config.title[lang], lang, url, false)
            }
            ("page", Subject::NotFound { everywhere }) => {
                self.plain_page("404", &self.word(lang, "not-found", &[]), lang, url, everywhere)
            }
            ("alternates", _) => self.alternates_value(subject, lang),
            ("translations", _) => self.translations_value(subject, lang),
            ("nav", _) => shared.nav.get_or_init(|| self.nav(lang)).clone(),
            ("topics", _) => {
                shared.topics.get_or_init(|| self.item_list(&self.site.topics_in(lang), lang)).clone()
            }
            ("sections", _) => {
                shared.sections.get_or_init(|| self.item_list(&self.site.sections, lang)).clone()
            }
            ("collections", _) => shared.collections.get_or_init(|| self.collections(lang)).clone(),
            ("languages", Subject::Landing | Subject::NotFound { everywhere: true }) => {
                self.languages.get_or_init(|| self.languages_value()).clone()
            }
            (name, Subject::Entry(entry, number)) => self.named_of_entry(name, entry, number, lang),
            _ => Value::none(),
        }
    }

    fn named_of_entry(&self, name: &str, entry: EntryId, number: usize, lang: Lang) -> Value {
        let kind = self.site.entry(entry).kind;
        let lists = matches!(kind, Kind::Home | Kind::Section | Kind::Topic);
        match name {
            "items" if lists => {
                let size = self.site.config.page_size;
                let list = self.site.list(entry, lang);
                let start = ((number - 1) * size).min(list.len());
                self.item_list(&list[start..(start + size).min(list.len())], lang)
            }
            "paginator" if lists => self.paginator(entry, number, lang),
            "previous" | "next" if kind == Kind::Article => {
                let (newer, older) = self.site.neighbours(entry, lang);
                let neighbour = if name == "previous" { newer } else { older };
                neighbour.map_or(Value::none(), |e| self.item(e, lang))
            }
            "backlinks" => self.item_list(self.site.backlinks(entry, lang), lang),
            "related" if kind == Kind::Article => self.item_list(&self.site.related(entry, lang), lang),
            _ => Value::none(),
        }
    }

    fn entry_page(
        &self,
        id: EntryId,
        number: usize,
        lang: Lang,
        url: &UrlPath,
        faults: &mut Vec<Diagnostic>,
    ) -> Value {
        let base = &self.site.config.base_url;
        let entry = self.site.entry(id);
        let shown = self.site.shown(id, lang);
        let (words, version) = shown.map_or((lang, None), |(words, version)| (words, Some(version)));
        let untranslated = self.site.presence(id, lang) != Presence::Own;
        let permalink = base.absolute(&url.encoded());
        let canonical = if untranslated { self.permalink(id, words) } else { permalink.clone() };
        // A list's further pages go on with the list; the introduction stands on the first.
        let content = match version {
            Some(version) if number == 1 => {
                self.text(version, words, &Place { lang, url, absolute: false }, faults)
            }
            _ => String::new(),
        };
        let name = if entry.kind == Kind::Topic {
            entry.id.strip_prefix("topics/").unwrap_or(&entry.id)
        } else {
            &entry.id
        };
        object([
            ("kind", entry.kind.as_str().into()),
            ("id", name.into()),
            ("title", self.title(id, lang).into()),
            ("summary", self.summary(entry.kind, version, lang)),
            ("url", base.local(&url.encoded()).into()),
            ("permalink", permalink.into()),
            ("canonical", canonical.into()),
            ("noindex", untranslated.into()),
            ("everywhere", false.into()),
            ("content", html(content)),
            ("toc", self.toc(version)),
            ("lang", self.lang_value(words)),
            ("untranslated", untranslated.into()),
            ("date", self.date_value(version.and_then(|v| v.date), lang)),
            ("updated", self.date_value(version.and_then(|v| v.updated), lang)),
            ("words", version.map_or(0, |v| v.body.words).into()),
            ("topics", self.references(version.map_or(&[], |v| &v.topics), lang)),
            ("section", entry.section.map_or(Value::none(), |s| self.item(s, lang))),
            ("source", source(version)),
            ("figures", version.map_or(Value::none(), |v| self.figures(v, lang))),
            ("cover", version.and_then(|v| v.cover.as_ref()).map_or(Value::none(), |c| self.cover_value(c))),
            ("feed", self.topic_feed(id, lang).into()),
            ("extra", version.map_or_else(|| object([]), |v| self.extra(v))),
        ])
    }

    /// A page's summary; the home page's is the site's description unless it has its own.
    fn summary(&self, kind: Kind, version: Option<&Version>, lang: Lang) -> Value {
        let own = version.and_then(|v| v.summary.as_deref());
        match (own, kind) {
            (None, Kind::Home) => self.site.config.description[lang].as_deref().into(),
            (own, _) => own.into(),
        }
    }

    fn topic_feed(&self, id: EntryId, lang: Lang) -> Option<String> {
        let feeds = self.site.config.feeds;
        (self.site.entry(id).kind == Kind::Topic && feeds.enabled && feeds.topics)
            .then(|| format!("{}feed.xml", self.page_url(id, lang)))
    }

    fn plain_page(
        &self,
        kind: &'static str,
        title: &str,
        lang: Lang,
        url: &UrlPath,
        everywhere: bool,
    ) -> Value {
        let base = &self.site.config.base_url;
        let permalink = base.absolute(&url.encoded());
        // What is not found has no address of its own: hosts answer any URL with it.
        let canonical = if kind == "404" { Value::none() } else { permalink.as_str().into() };
        object([
            ("kind", kind.into()),
            ("id", kind.into()),
            ("title", title.into()),
            ("summary", self.site.config.description[lang].as_deref().into()),
            ("url", base.local(&url.encoded()).into()),
            ("permalink", permalink.into()),
            ("canonical", canonical),
            ("noindex", (kind == "404").into()),
            ("everywhere", everywhere.into()),
            ("content", html(String::new())),
            ("toc", Value::from(Vec::<Value>::new())),
            ("lang", self.lang_value(lang)),
            ("untranslated", false.into()),
            ("date", Value::none()),
            ("updated", Value::none()),
            ("words", 0u32.into()),
            ("topics", Value::from(Vec::<Value>::new())),
            ("section", Value::none()),
            ("source", Value::none()),
            ("figures", Value::none()),
            ("cover", Value::none()),
            ("feed", Value::none()),
            ("extra", object([])),
        ])
    }

    fn toc(&self, version: Option<&Version>) -> Value {
        let headings = version.map_or(&[][..], |v| &v.body.headings);
        let toc: Vec<Value> = headings
            .iter()
            .map(|h| {
                object([
                    ("level", h.level.into()),
                    ("id", h.id.as_str().into()),
                    ("title", html(h.html.clone())),
                ])
            })
            .collect();
        Value::from(toc)
    }

    fn figures(&self, version: &Version, lang: Lang) -> Value {
        let locale = &self.site.config.language(lang).locale;
        let figure = |f: &Figure| {
            let period = f.period.map_or(Value::none(), |p| {
                object([("iso", p.to_string().into()), ("text", locale.period(p).into())])
            });
            object([
                ("id", f.id.as_str().into()),
                ("value", f.value.as_str().into()),
                ("text", locale.number(&f.value).into()),
                ("unit", f.unit.as_deref().into()),
                ("period", period),
                ("bound", f.bound.map(|b| b.as_str()).into()),
                ("label", f.label.as_deref().into()),
            ])
        };
        Value::from(version.figures.iter().map(figure).collect::<Vec<_>>())
    }

    fn paginator(&self, entry: EntryId, number: usize, lang: Lang) -> Value {
        let count = self.site.list(entry, lang).len();
        let total = count.div_ceil(self.site.config.page_size).max(1);
        let url = |n: usize| {
            let path = self.plan.list_page(entry, lang, n).map(|url| url.encoded()).unwrap_or_default();
            Value::from(self.site.config.base_url.local(&path))
        };
        // A window keeps the page small where a list has thousands of pages.
        let pages: Vec<Value> = (1..=total)
            .filter(|&n| n == 1 || n == total || n.abs_diff(number) <= 2)
            .map(|n| object([("number", n.into()), ("url", url(n)), ("current", (n == number).into())]))
            .collect();
        object([
            ("number", number.into()),
            ("total", total.into()),
            ("count", count.into()),
            ("previous", if number > 1 { url(number - 1) } else { Value::none() }),
            ("next", if number < total { url(number + 1) } else { Value::none() }),
            ("pages", Value::from(pages)),
        ])
    }

    fn nav(&self, lang: Lang) -> Value {
        let sections = self.site.sections.iter().filter(|&&s| self.site.entry(s).section.is_none());
        let entries: Vec<EntryId> =
            sections.chain(self.site.overview.iter()).chain(&self.site.pages).copied().collect();
        self.item_list(&entries, lang)
    }

    fn collections(&self, lang: Lang) -> Value {
        let mut map = tera::Map::default();
        for collection in &self.site.config.collections {
            let items = self.item_list(&self.site.collection(collection, lang), lang);
            map.insert(collection.name.clone().into(), items);
        }
        Value::from(map)
    }

    /// What a page of all languages shows of each.
    fn languages_value(&self) -> Value {
        const LATEST: usize = 5;
        let config = &self.site.config;
        let languages = config.langs().map(|lang| {
            let latest = self.site.list(self.site.home, lang);
            object([
                ("code", config.language(lang).code.as_str().into()),
                ("tag", config.language(lang).tag().into()),
                ("name", config.language(lang).name.as_str().into()),
                ("dir", config.language(lang).locale.direction().as_str().into()),
                ("url", self.page_url(self.site.home, lang).into()),
                ("title", config.title[lang].as_str().into()),
                ("description", config.description[lang].as_deref().into()),
                ("latest", self.item_list(&latest[..latest.len().min(LATEST)], lang)),
                ("topics", self.item_list(&self.site.topics_in(lang), lang)),
            ])
        });
        Value::from(languages.collect::<Vec<_>>())
    }

    pub(super) fn lang_value(&self, lang: Lang) -> Value {
        self.shared[lang.index()].lang.clone()
    }

    /// What all pages of a language know of the site.
    pub(super) fn site_value(&self, lang: Lang) -> Value {
        let config = &self.site.config;
        object([
            ("title", config.title[lang].as_str().into()),
            ("description", config.description[lang].as_deref().into()),
            ("author", config.author[lang].as_deref().into()),
            ("base_url", config.base_url.root().into()),
            ("root", config.base_url.path.as_str().into()),
            ("home", self.page_url(self.site.home, lang).into()),
            ("feed", self.plan.feed(lang).map(|url| config.base_url.local(&url.encoded())).into()),
        ])
    }

    pub(super) fn settings_value(&self, lang: Lang) -> Value {
        json(&self.theme.settings[lang])
    }
}

fn source(version: Option<&Version>) -> Value {
    version.and_then(|v| v.source.as_ref()).map_or(Value::none(), |source| {
        object([("title", source.title.as_str().into()), ("url", source.url.as_deref().into())])
    })
}
