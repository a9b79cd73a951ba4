//! What programs are told of a page: schema.org's words, as JSON-LD.
//!
//! Owns which types a page is of and how pages refer to one another. It is written in the words of
//! `form`, so that a page's key knows all of it; versions of a text refer to one another as the
//! translation graph has them. A page that search engines leave out tells nothing.

use serde_json::Value as Json;

use super::form::Form;
use super::subject::Page;
use super::view::Subject;
use super::{Engine, item};
use crate::base::{Digest, Lang, PartialDate, UrlPath};
use crate::config::ArticleType;
use crate::site::{EntryId, Kind, Origin, Presence, State, Version};

/// What stands behind a page's URL for what the page is about; it may have a heading of any id.
const WORK: &str = "#work";

impl<'s> Engine<'s> {
    /// What a page tells of itself; none on pages that are of no entry or not to be found.
    pub(super) fn json_ld<F: Form>(&self, page: &Page<'_>) -> F {
        let Subject::Entry(entry, number) = page.subject else { return F::none() };
        if self.site.presence(entry, page.lang) != Presence::Own {
            return F::none();
        }
        let mut graph = vec![self.work(entry, number, page)];
        if self.site.entry(entry).kind != Kind::Home {
            graph.push(self.breadcrumbs(entry, page.lang));
        }
        F::script(F::object([("@context", F::text("https://schema.org")), ("@graph", F::list(graph))]))
    }

    /// The page's own work.
    fn work<F: Form>(&self, id: EntryId, number: usize, page: &Page<'_>) -> F {
        let &Page { lang, url, .. } = page;
        let base = &self.site.config.base_url;
        let kind = self.site.entry(id).kind;
        let version = self.site.entry(id).version(lang);
        let article = kind == Kind::Article;
        // The further pages of a list are no versions of one another.
        let whole = number == 1;
        let of_type = match kind {
            Kind::Home if whole => "WebSite",
            Kind::Home | Kind::Section | Kind::Topics | Kind::Topic => "CollectionPage",
            Kind::Article => self.site.config.article_type.as_str(),
            Kind::Page => "WebPage",
        };
        let description = self.site.config.description[lang].as_deref().filter(|_| kind == Kind::Home);
        let summary = version.and_then(|version| version.summary.as_deref()).or(description);
        let publisher: F = self.organization(lang);
        F::object([
            ("@type", F::text(of_type)),
            ("@id", node(self, url)),
            ("url", F::absolute(base, url)),
            (if article { "headline" } else { "name" }, self.name(id, lang)),
            ("description", F::maybe(summary)),
            ("inLanguage", F::text(self.site.config.language(lang).tag())),
            ("isPartOf", if kind == Kind::Home && whole { F::none() } else { self.website(lang) }),
            ("mainEntityOfPage", if article { F::absolute(base, url) } else { F::none() }),
            ("datePublished", date(version.and_then(|v| v.date).filter(|_| article))),
            ("dateModified", date(version.and_then(|v| v.updated))),
            ("image", self.images(id, lang)),
            ("author", if article { publisher.clone() } else { F::none() }),
            ("publisher", publisher),
            ("about", self.about(version.map_or(&[], |v| &v.topics), lang)),
            ("isBasedOn", based_on(version)),
            ("translationOfWork", if whole { self.translated_from(id, lang) } else { F::none() }),
            ("workTranslation", if whole { self.translated_to(id, lang) } else { F::none() }),
        ])
    }

    /// What a work is called: its title; of the home page the site's, whatever stands above its text.
    fn name<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        if id == self.site.home {
            F::text(&self.site.config.title[lang])
        } else {
            F::text(&self.title(id, lang))
        }
    }

    /// The pictures that stand for a work: its cover, and its share card.
    fn images<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        let version = self.site.entry(id).version(lang);
        let cover = version.and_then(|v| v.cover.as_ref()).map(|cover| self.cover_url(cover));
        let card = self.plan.card(self.site, id, lang);
        let card = card.map(|url| F::absolute(&self.site.config.base_url, &url));
        F::list(cover.into_iter().chain(card).collect())
    }

    fn organization<F: Form>(&self, lang: Lang) -> F {
        F::object([("@type", F::text("Organization")), ("name", F::text(self.publisher(lang)))])
    }

    fn website<F: Form>(&self, lang: Lang) -> F {
        F::object([
            ("@type", F::text("WebSite")),
            ("@id", node(self, self.path(self.site.home, lang))),
            ("name", self.name(self.site.home, lang)),
            ("url", self.permalink(self.site.home, lang)),
        ])
    }

    fn about<F: Form>(&self, topics: &[EntryId], lang: Lang) -> F {
        let known = topics.iter().filter_map(|&topic| Some((topic, self.site.listed(topic, lang)?)));
        let thing = |(topic, page)| {
            F::object([
                ("@type", F::text("Thing")),
                ("name", F::text(&self.title(topic, page))),
                ("url", self.permalink(topic, page)),
            ])
        };
        F::list(known.map(thing).collect())
    }

    /// The version that an entry's version in a language was translated from.
    fn translated_from<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        self.source_of(id, lang).map_or_else(F::none, |from| self.version_of(id, from))
    }

    /// The versions that were translated from it.
    fn translated_to<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        let others = self.site.config.langs().filter(|&other| self.source_of(id, other) == Some(lang));
        F::list(others.map(|other| self.version_of(id, other)).collect())
    }

    /// The language of the version that a version was translated from, where both have a page.
    fn source_of(&self, id: EntryId, lang: Lang) -> Option<Lang> {
        self.site.entry(id).version(lang)?;
        let Origin { state, from } = self.site.origin(id, lang)?;
        from.filter(|&from| state != State::Missing && self.site.entry(id).version(from).is_some())
    }

    fn version_of<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        let of_type = match self.site.entry(id).kind {
            Kind::Article => self.site.config.article_type.as_str(),
            _ => "CreativeWork",
        };
        F::object([
            ("@type", F::text(of_type)),
            ("@id", node(self, self.path(id, lang))),
            ("url", self.permalink(id, lang)),
            (if of_type == "CreativeWork" { "name" } else { "headline" }, self.name(id, lang)),
            ("inLanguage", F::text(self.site.config.language(lang).tag())),
        ])
    }

    /// The way from the home page to an entry, by sections or the overview of topics.
    fn breadcrumbs<F: Form>(&self, id: EntryId, lang: Lang) -> F {
        let overview = self.site.overview.filter(|_| self.site.entry(id).kind == Kind::Topic);
        let mut way: Vec<EntryId> = self.site.ancestors(id).chain(overview).collect();
        way.push(self.site.home);
        way.reverse();
        way.retain(|&above| self.site.presence(above, lang) != Presence::Absent);
        way.push(id);
        let crumb = |(position, &entry): (usize, &EntryId)| {
            F::object([
                ("@type", F::text("ListItem")),
                ("position", F::number(position + 1)),
                ("name", self.name(entry, lang)),
                ("item", self.permalink(entry, lang)),
            ])
        };
        F::object([
            ("@type", F::text("BreadcrumbList")),
            ("itemListElement", F::list(way.iter().enumerate().map(crumb).collect())),
        ])
    }
}

impl ArticleType {
    /// schema.org's name.
    fn as_str(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::NewsArticle => "NewsArticle",
        }
    }
}

/// What a page's work is called, on every page that speaks of it.
fn node<F: Form>(engine: &Engine<'_>, url: &UrlPath) -> F {
    let base = &engine.site.config.base_url;
    F::derived(|| Digest::of(url.as_str().as_bytes()), || (base.absolute(&url.encoded()) + WORK).into())
}

/// A date as far as it is known, which is ISO 8601.
fn date<F: Form>(date: Option<PartialDate>) -> F {
    date.map_or_else(F::none, |date| item::iso(date))
}

fn based_on<F: Form>(version: Option<&Version>) -> F {
    version.and_then(|version| version.source.as_ref()).map_or_else(F::none, |source| {
        F::object([
            ("@type", F::text("CreativeWork")),
            ("name", F::text(&source.title)),
            ("url", F::maybe(source.url.as_deref())),
        ])
    })
}

/// JSON for a script element, in which nothing may look like the element's end, whatever a title says;
/// without what is null or empty.
pub(super) fn script(mut json: Json) -> String {
    prune(&mut json);
    let text = json.to_string();
    if !text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            // Ends of lines in JavaScript, but not in JSON.
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// Recursion is as deep as the code builds it.
fn prune(json: &mut Json) {
    match json {
        Json::Object(map) => {
            map.values_mut().for_each(prune);
            map.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
        }
        Json::Array(list) => list.iter_mut().for_each(prune),
        _ => {}
    }
}
