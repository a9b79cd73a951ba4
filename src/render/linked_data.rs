//! What programs are told of a page: schema.org's words, as JSON-LD.
//!
//! Owns which types a page is of and how pages refer to one another. It is written in the words of
//! `form`, so that a page's key knows all of it; versions of a text refer to one another as the
//! translation graph has them. A page that search engines leave out tells nothing.

use rustc_hash::FxHashMap;

use super::form::{Data, Form};
use super::subject::Page;
use super::view::Subject;
use super::{Engine, item};
use crate::base::{Digest, Lang, PartialDate, UrlPath};
use crate::config::ArticleType;
use crate::site::{EntryId, Kind, Origin, Presence, State, Version};

/// What stands behind a page's URL for what the page is about; it may have a heading of any id.
const WORK: &str = "#work";

/// What the pages of a language tell alike.
pub(super) struct Common<D> {
    publisher: D,
    website: D,
    /// The topics that they may be about.
    topics: FxHashMap<EntryId, D>,
}

impl<'s> Engine<'s> {
    /// What a page tells of itself; none on pages that are of no entry or not to be found.
    pub(super) fn json_ld<F: Form>(&self, page: &Page<'_>) -> F {
        let Subject::Entry(entry, number) = page.subject else { return F::none() };
        if self.site.presence(entry, page.lang) != Presence::Own {
            return F::none();
        }
        let common = F::store(self).shared[page.lang.index()].linked.get_or_init(|| self.common(page.lang));
        let mut graph = vec![self.work(entry, number, page, common)];
        if self.site.entry(entry).kind != Kind::Home {
            graph.push(self.breadcrumbs(entry, page.lang));
        }
        F::script(Data::object([
            ("@context", Data::text("https://schema.org")),
            ("@graph", Data::list(graph)),
        ]))
    }

    fn common<D: Data>(&self, lang: Lang) -> Common<D> {
        let topics = self.site.topics.iter();
        Common {
            publisher: self.organization(lang),
            website: self.website(lang),
            topics: topics.filter_map(|&topic| Some((topic, self.thing(topic, lang)?))).collect(),
        }
    }

    /// The page's own work.
    fn work<D: Data>(&self, id: EntryId, number: usize, page: &Page<'_>, common: &Common<D>) -> D {
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
        let topics = version.map_or(&[][..], |version| &version.topics);
        let about = topics.iter().filter_map(|topic| common.topics.get(topic).cloned()).collect();
        D::object([
            ("@type", D::text(of_type)),
            ("@id", node(self, url)),
            ("url", D::absolute(base, url)),
            (if article { "headline" } else { "name" }, self.name(id, lang)),
            ("description", D::maybe(summary)),
            ("inLanguage", D::text(self.site.config.language(lang).tag())),
            ("isPartOf", if kind == Kind::Home && whole { D::none() } else { common.website.clone() }),
            ("mainEntityOfPage", if article { D::absolute(base, url) } else { D::none() }),
            ("datePublished", date(version.and_then(|v| v.date).filter(|_| article))),
            ("dateModified", date(version.and_then(|v| v.updated))),
            ("image", self.images(id, lang)),
            ("author", if article { common.publisher.clone() } else { D::none() }),
            ("publisher", common.publisher.clone()),
            ("about", D::list(about)),
            ("isBasedOn", based_on(version)),
            ("translationOfWork", if whole { self.translated_from(id, lang) } else { D::none() }),
            ("workTranslation", if whole { self.translated_to(id, lang) } else { D::none() }),
        ])
    }

    /// What a work is called: its title; of the home page the site's, whatever stands above its text.
    fn name<D: Data>(&self, id: EntryId, lang: Lang) -> D {
        if id == self.site.home {
            D::text(&self.site.config.title[lang])
        } else {
            D::text(&self.title(id, lang))
        }
    }

    /// The pictures that stand for a work: its cover, and its share card.
    fn images<D: Data>(&self, id: EntryId, lang: Lang) -> D {
        let version = self.site.entry(id).version(lang);
        let cover = version.and_then(|v| v.cover.as_ref()).map(|cover| self.cover_url(cover));
        let card = self.plan.card(self.site, id, lang);
        let card = card.map(|url| D::absolute(&self.site.config.base_url, &url));
        D::list(cover.into_iter().chain(card).collect())
    }

    /// Who publishes the site.
    pub(super) fn organization<D: Data>(&self, lang: Lang) -> D {
        D::object([("@type", D::text("Organization")), ("name", D::text(self.publisher(lang)))])
    }

    fn website<D: Data>(&self, lang: Lang) -> D {
        D::object([
            ("@type", D::text("WebSite")),
            ("@id", node(self, self.path(self.site.home, lang))),
            ("name", self.name(self.site.home, lang)),
            ("url", self.permalink(self.site.home, lang)),
        ])
    }

    fn thing<D: Data>(&self, topic: EntryId, lang: Lang) -> Option<D> {
        let page = self.site.listed(topic, lang)?;
        Some(D::object([
            ("@type", D::text("Thing")),
            ("name", D::text(&self.title(topic, page))),
            ("url", self.permalink(topic, page)),
        ]))
    }

    /// The version that an entry's version in a language was translated from.
    fn translated_from<D: Data>(&self, id: EntryId, lang: Lang) -> D {
        self.source_of(id, lang).map_or_else(D::none, |from| self.version_of(id, from))
    }

    /// The versions that were translated from it.
    fn translated_to<D: Data>(&self, id: EntryId, lang: Lang) -> D {
        let others = self.site.config.langs().filter(|&other| self.source_of(id, other) == Some(lang));
        D::list(others.map(|other| self.version_of(id, other)).collect())
    }

    /// The language of the version that a version was translated from, where both have a page.
    fn source_of(&self, id: EntryId, lang: Lang) -> Option<Lang> {
        self.site.entry(id).version(lang)?;
        let Origin { state, from } = self.site.origin(id, lang)?;
        from.filter(|&from| state != State::Missing && self.site.entry(id).version(from).is_some())
    }

    fn version_of<D: Data>(&self, id: EntryId, lang: Lang) -> D {
        let of_type = match self.site.entry(id).kind {
            Kind::Article => self.site.config.article_type.as_str(),
            _ => "CreativeWork",
        };
        D::object([
            ("@type", D::text(of_type)),
            ("@id", node(self, self.path(id, lang))),
            ("url", self.permalink(id, lang)),
            (if of_type == "CreativeWork" { "name" } else { "headline" }, self.name(id, lang)),
            ("inLanguage", D::text(self.site.config.language(lang).tag())),
        ])
    }

    /// The way from the home page to an entry, by sections or the overview of topics.
    fn breadcrumbs<D: Data>(&self, id: EntryId, lang: Lang) -> D {
        let overview = self.site.overview.filter(|_| self.site.entry(id).kind == Kind::Topic);
        let mut way: Vec<EntryId> = self.site.ancestors(id).chain(overview).collect();
        way.push(self.site.home);
        way.reverse();
        way.retain(|&above| self.site.presence(above, lang) != Presence::Absent);
        way.push(id);
        let crumb = |(position, &entry): (usize, &EntryId)| {
            D::object([
                ("@type", D::text("ListItem")),
                ("position", D::number(position + 1)),
                ("name", self.name(entry, lang)),
                ("item", self.permalink(entry, lang)),
            ])
        };
        D::object([
            ("@type", D::text("BreadcrumbList")),
            ("itemListElement", D::list(way.iter().enumerate().map(crumb).collect())),
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
fn node<D: Data>(engine: &Engine<'_>, url: &UrlPath) -> D {
    let base = &engine.site.config.base_url;
    D::derived(|| Digest::of(url.as_str().as_bytes()), || (base.absolute(&url.encoded()) + WORK).into())
}

/// A date as far as it is known, which is ISO 8601.
fn date<D: Data>(date: Option<PartialDate>) -> D {
    date.map_or_else(D::none, |date| item::iso(date))
}

fn based_on<D: Data>(version: Option<&Version>) -> D {
    version.and_then(|version| version.source.as_ref()).map_or_else(D::none, |source| {
        D::object([
            ("@type", D::text("CreativeWork")),
            ("name", D::text(&source.title)),
            ("url", D::maybe(source.url.as_deref())),
        ])
    })
}
