//! What templates know as `page`: the facts of one page, whatever it is a page of.

use std::cell::{OnceCell, RefCell};

use tera::Value;

use super::form::{Form, html};
use super::view::Subject;
use super::{Engine, text::Place};
use crate::article::Text;
use crate::base::{Digest, Lang, UrlPath};
use crate::diag::Diagnostic;
use crate::site::{EntryId, Kind, Presence, Version};

/// A page on its way to its view.
#[derive(Clone, Copy)]
pub(super) struct Page<'p> {
    pub(super) subject: Subject,
    pub(super) lang: Lang,
    pub(super) url: &'p UrlPath,
}

/// The names of the facts, in the order of [`Fields`].
pub(super) const FIELDS: [&str; 23] = [
    "kind",
    "id",
    "title",
    "summary",
    "url",
    "permalink",
    "canonical",
    "noindex",
    "everywhere",
    "content",
    "toc",
    "lang",
    "untranslated",
    "date",
    "updated",
    "words",
    "topics",
    "section",
    "source",
    "figures",
    "cover",
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
        let content = shown.map_or_else(
            || F::derived(Digest::none, || html(String::new())),
            |version| {
                let place = Place { lang, entry: id, url, absolute: false };
                F::derived(
                    || self.text_digest(version, words, &place),
                    || html(self.text(version, text(), words, &place, &mut faults.borrow_mut())),
                )
            },
        );
        [
            ("kind", F::text(entry.kind.as_str())),
            ("id", F::text(name)),
            ("title", F::text(&self.title(id, lang))),
            ("summary", self.summary(entry.kind, version, lang)),
            ("url", F::local(base, url)),
            ("permalink", F::absolute(base, url)),
            ("canonical", if untranslated { self.permalink(id, words) } else { F::absolute(base, url) }),
            ("noindex", F::flag(untranslated)),
            ("everywhere", F::flag(false)),
            ("content", content),
            ("toc", toc),
            ("lang", self.lang_value(words)),
            ("untranslated", F::flag(untranslated)),
            ("date", self.date_value(version.and_then(|v| v.date), lang)),
            ("updated", self.date_value(version.and_then(|v| v.updated), lang)),
            ("words", F::number(version.map_or(0, |v| v.outline.words as usize))),
            ("topics", self.references(version.map_or(&[], |v| &v.topics), lang)),
            ("section", entry.section.map_or_else(F::none, |s| self.item(s, lang))),
            ("source", source(version)),
            ("figures", version.map_or_else(F::none, |v| self.own_figures(id, v, lang))),
            ("cover", version.and_then(|v| v.cover.as_ref()).map_or_else(F::none, |c| self.cover_value(c))),
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
            ("title", F::text(title)),
            ("summary", F::maybe(self.site.config.description[lang].as_deref())),
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
            ("date", F::none()),
            ("updated", F::none()),
            ("words", F::number(0)),
            ("topics", F::list(Vec::new())),
            ("section", F::none()),
            ("source", F::none()),
            ("figures", F::none()),
            ("cover", F::none()),
            ("feed", F::none()),
            ("extra", F::object([])),
        ]
    }
}

fn toc(text: &Text) -> Value {
    let heading = |h: &crate::article::Heading| -> Value {
        Form::object([
            ("level", h.level.into()),
            ("id", h.id.as_str().into()),
            ("title", html(h.html.clone())),
        ])
    };
    text.headings.iter().map(heading).collect::<Vec<_>>().into()
}

/// Where the facts of a version come from.
pub(super) fn source<F: Form>(version: Option<&Version>) -> F {
    version.and_then(|v| v.source.as_ref()).map_or_else(F::none, |source| {
        F::object([("title", F::text(&source.title)), ("url", F::maybe(source.url.as_deref()))])
    })
}
