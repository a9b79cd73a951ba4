//! What templates know as `page`: the facts of one page, whatever it is a page of.

use std::cell::{OnceCell, RefCell};

use tera::Value;

use super::form::{Data, Form, html};
use super::view::Subject;
use super::{Engine, item::seed, lead, text::Place};
use crate::article::{Length, Text};
use crate::base::{Digest, Lang, UrlPath};
use crate::diag::Diagnostic;
use crate::site::{EntryId, Kind, Origin, Presence, State, Version};

/// A page on its way to its view.
#[derive(Clone, Copy)]
pub(super) struct Page<'p> {
    pub(super) subject: Subject,
    pub(super) lang: Lang,
    pub(super) url: &'p UrlPath,
}

/// The names of the facts, in the order of [`Fields`].
pub(super) const FIELDS: [&str; 28] = [
    "kind",
    "id",
    "seed",
    "title",
    "summary",
    "description",
    "url",
    "permalink",
    "canonical",
    "noindex",
    "everywhere",
    "content",
    "toc",
    "lang",
    "untranslated",
    "translation",
    "date",
    "updated",
    "length",
    "reading_time",
    "topics",
    "section",
    "source",
    "figures",
    "cover",
    "card",
    "feed",
    "extra",
];

/// The facts, each under its name.
pub(super) type Fields<F> = [(&'static str, F); FIELDS.len()];

impl Engine<'_> {
    pub(super) fn page_fields<F: Form>(&self, page: &Page<'_>, faults: &mut Vec<Diagnostic>) -> Fields<F> {
        match page.subject {
            Subject::Entry(entry, number) => self.entry_fields(entry, number, page, faults),
            Subject::Landing => self.plain_fields("landing", &self.site.config.title[page.lang], page, false),
            Subject::NotFound { everywhere } => {
                self.plain_fields("404", &self.word(page.lang, "not-found", &[]), page, everywhere)
            }
        }
    }

    fn entry_fields<F: Form>(
        &self,
        id: EntryId,
        number: usize,
        page: &Page<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> Fields<F> {
        let &Page { lang, url, .. } = page;
        let base = &self.site.config.base_url;
        let entry = self.site.entry(id);
        let shown = self.site.shown(id, lang);
        let (words, version) = shown.map_or((lang, None), |(words, version)| (words, Some(version)));
        let untranslated = self.site.presence(id, lang) != Presence::Own;
        let extent = version.map_or_else(Length::default, |v| v.outline.length);
        let name = if entry.kind == Kind::Topic {
            entry.id.strip_prefix("topics/").unwrap_or(&entry.id)
        } else {
            &entry.id
        };
        let faults = RefCell::new(faults);
        let loaded = OnceCell::new();
        let text = || -> &Text {
            loaded.get_or_init(|| {
                let text = version.map(|version| self.texts.text(&version.file, &version.outline));
                text.unwrap_or_else(|| Ok(Text::default())).unwrap_or_else(|fault| {
                    faults.borrow_mut().push(fault);
                    Text::default()
                })
            })
        };
        // A list's further pages go on with the list; the introduction stands on the first.
        let shown = version.filter(|_| number == 1);
        let toc = F::derived(
            || shown.map_or_else(Digest::none, |v| v.outline.place.headings),
            || toc(shown.map_or(&Text::default(), |_| text())),
        );
        let place = Place { lang, entry: id, url, absolute: false };
        let digest = || shown.map_or_else(Digest::none, |v| self.text_digest(v, words, &place));
        let written = OnceCell::new();
        let content = || -> &Value {
            written.get_or_init(|| {
                let write = |v| self.text(v, text(), words, &place, &mut faults.borrow_mut());
                html(shown.map(write).unwrap_or_default())
            })
        };
        let summary: F = self.summary(entry.kind, version, lang);
        // A page without a summary is described by its beginning.
        let description = if summary.is_none() {
            F::derived(digest, || {
                content()
                    .as_str()
                    .and_then(|text| self.beginning(text, words))
                    .map_or_else(Value::none, Value::from)
            })
        } else {
            summary.clone()
        };
        [
            ("kind", F::text(entry.kind.as_str())),
            ("id", F::text(name)),
            ("seed", self.seed(id)),
            ("title", F::text(&self.title(id, lang))),
            ("summary", summary),
            ("description", description),
            ("url", F::local(base, url)),
            ("permalink", F::absolute(base, url)),
            ("canonical", if untranslated { self.permalink(id, words) } else { F::absolute(base, url) }),
            ("noindex", F::flag(untranslated)),
            ("everywhere", F::flag(false)),
            ("content", F::derived(digest, || content().clone())),
            ("toc", toc),
            ("lang", self.lang_value(words)),
            ("untranslated", F::flag(untranslated)),
            ("translation", self.translation(id, lang)),
            ("date", self.date_value(version.and_then(|v| v.date), lang)),
            ("updated", self.date_value(version.and_then(|v| v.updated), lang)),
            ("length", length(extent)),
            ("reading_time", extent.minutes().map_or_else(F::none, F::number)),
            ("topics", self.references(version.map_or(&[], |v| &v.topics), lang)),
            ("section", entry.section.map_or_else(F::none, |s| self.item(s, lang))),
            ("source", source(version)),
            ("figures", version.map_or_else(F::none, |v| self.own_figures(id, v, lang))),
            ("cover", version.and_then(|v| v.cover.as_ref()).map_or_else(F::none, |c| self.cover_value(c))),
            ("card", self.card_value(id, words)),
            ("feed", self.topic_feed(id, lang)),
            ("extra", version.map_or_else(|| F::object([]), |v| F::json(&v.extra))),
        ]
    }

    /// A page's summary; the home page's is the site's description unless it has its own.
    fn summary<F: Form>(&self, kind: Kind, version: Option<&Version>, lang: Lang) -> F {
        let own = version.and_then(|v| v.summary.as_deref());
        let description = self.site.config.description[lang].as_deref();
        F::maybe(own.or(description.filter(|_| kind == Kind::Home)))
    }

    /// The beginning of a text, as long as search engines show one.
    pub(super) fn beginning(&self, html: &str, lang: Lang) -> Option<String> {
        const COLUMNS: usize = 160;
        let lead = lead::first_paragraph(html)?;
        Some(self.site.config.language(lang).locale.truncate(&lead, COLUMNS).into_owned())
    }

    /// How a page's text stands to the version that it was translated from.
    fn translation<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        let Some(Origin { state, from }) = self.site.origin(id, lang) else { return F::none() };
        let asked = self.site.config.translation_notice;
        let notice = match state {
            State::Stale => asked.stale,
            // The home page and the overview exist without words too, and then show nobody else's.
            State::Missing => asked.missing && self.site.presence(id, lang) != Presence::Own,
            State::Original | State::Current | State::Unmarked => false,
        };
        // A draft has no page to lead to.
        let page = from.filter(|&from| self.site.presence(id, from) != Presence::Absent);
        F::object([
            ("state", F::text(state.as_str())),
            ("from", from.map_or_else(F::none, |from| self.lang_value(from))),
            ("url", page.map_or_else(F::none, |page| self.page_url(id, page))),
            ("notice", F::flag(notice)),
        ])
    }

    fn topic_feed<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        let feeds = self.site.config.feeds;
        if self.site.entry(id).kind != Kind::Topic || !feeds.enabled || !feeds.topics {
            return F::none();
        }
        let url = UrlPath::new(format!("{}feed.xml", self.path(id, lang)));
        F::local(&self.site.config.base_url, &url)
    }

    fn plain_fields<F: Form>(
        &self,
        kind: &'static str,
        title: &str,
        page: &Page<'_>,
        everywhere: bool,
    ) -> Fields<F> {
        let base = &self.site.config.base_url;
        let &Page { lang, url, .. } = page;
        [
            ("kind", F::text(kind)),
            ("id", F::text(kind)),
            ("seed", seed(kind)),
            ("title", F::text(title)),
            ("summary", F::maybe(self.site.config.description[lang].as_deref())),
            ("description", F::maybe(self.site.config.description[lang].as_deref())),
            ("url", F::local(base, url)),
            ("permalink", F::absolute(base, url)),
            // What is not found has no address of its own: hosts answer any URL with it.
            ("canonical", if kind == "404" { F::none() } else { F::absolute(base, url) }),
            ("noindex", F::flag(kind == "404")),
            ("everywhere", F::flag(everywhere)),
            ("content", F::derived(Digest::none, || html(String::new()))),
            ("toc", F::list(Vec::new())),
            ("lang", self.lang_value(lang)),
            ("untranslated", F::flag(false)),
            ("translation", F::none()),
            ("date", F::none()),
            ("updated", F::none()),
            ("length", length(Length::default())),
            ("reading_time", F::none()),
            ("topics", F::list(Vec::new())),
            ("section", F::none()),
            ("source", F::none()),
            ("figures", F::none()),
            ("cover", F::none()),
            // Whoever shares the root shares the home page.
            ("card", if kind == "landing" { self.card_value(self.site.home, lang) } else { F::none() }),
            ("feed", F::none()),
            ("extra", F::object([])),
        ]
    }
}

fn toc(text: &Text) -> Value {
    let heading = |h: &crate::article::Heading| -> Value {
        Data::object([
            ("level", h.level.into()),
            ("id", h.id.as_str().into()),
            ("title", html(h.html.clone())),
        ])
    };
    text.headings.iter().map(heading).collect::<Vec<_>>().into()
}

fn length<F: Form>(length: Length) -> F {
    F::object([
        ("words", F::number(length.words as usize)),
        ("characters", F::number(length.characters as usize)),
    ])
}

/// Where the facts of a version come from.
pub(super) fn source<F: Form>(version: Option<&Version>) -> F {
    version.and_then(|v| v.source.as_ref()).map_or_else(F::none, |source| {
        F::object([("title", F::text(&source.title)), ("url", F::maybe(source.url.as_deref()))])
    })
}
