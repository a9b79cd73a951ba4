//! A page's view: everything that its template may see, and nothing else.
//!
//! The names are those of docs/themes.md. Only names that the template (with its parents and
//! includes) mentions are computed; a name that makes no sense on a kind of page is none, so that
//! templates can ask `{% if paginator %}` anywhere. What `page` holds is `subject`'s.

use super::Engine;
use super::form::Form;
use super::functions;
use super::subject::Page;
use crate::base::{Lang, PartialDate};
use crate::diag::Diagnostic;
use crate::plan;
use crate::site::{EntryId, Kind};

/// Every name that a view can hold.
pub const NAMES: &[&str] = &[
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
    "index",
    "dates",
    "collections",
    "languages",
    "all_figures",
    "dataset",
    "json_ld",
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
    /// What stands behind a name of the view.
    pub(super) fn named<F: Form>(&self, name: &str, page: &Page<'_>, faults: &mut Vec<Diagnostic>) -> F {
        let lang = page.lang;
        let shared = &F::store(self).shared[lang.index()];
        match (name, page.subject) {
            ("site", _) => shared.site.get_or_init(|| self.site_value(lang)).clone(),
            ("lang", _) => self.lang_value(lang),
            ("settings", _) => self.settings_value(lang),
            ("page", _) => F::object(self.page_fields(page, faults)),
            ("alternates", subject) => self.alternates_value(subject, lang),
            ("translations", subject) => self.translations_value(subject, lang),
            ("nav", _) => shared.nav.get_or_init(|| self.nav(lang)).clone(),
            ("topics", _) => {
                shared.topics.get_or_init(|| self.item_list(&self.site.topics_in(lang), lang)).clone()
            }
            ("sections", _) => {
                shared.sections.get_or_init(|| self.item_list(&self.site.sections, lang)).clone()
            }
            ("index", _) => shared.index.get_or_init(|| self.index(lang)).clone(),
            ("dates", _) => shared.dates.get_or_init(|| self.dates(lang)).clone(),
            ("collections", _) => shared.collections.get_or_init(|| self.collections(lang)).clone(),
            ("languages", Subject::Landing | Subject::NotFound { everywhere: true }) => {
                F::store(self).languages.get_or_init(|| self.languages_value()).clone()
            }
            ("all_figures", _) => {
                let made = || functions::apart(|| self.all_figures(lang));
                let (figures, asked) = shared.figures.get_or_init(made);
                functions::note(asked);
                figures.clone()
            }
            ("dataset", _) => self.dataset(page),
            ("json_ld", _) => self.json_ld(page),
            (name, Subject::Entry(entry, number)) => self.named_of_entry(name, entry, number, lang),
            _ => F::none(),
        }
    }

    fn named_of_entry<F: Form>(&self, name: &str, entry: EntryId, number: usize, lang: Lang) -> F {
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
                neighbour.map_or_else(F::none, |e| self.item(e, lang))
            }
            "backlinks" => self.item_list(self.site.backlinks(entry, lang), lang),
            "related" if kind == Kind::Article => self.item_list(&self.site.related(entry, lang), lang),
            _ => F::none(),
        }
    }

    fn paginator<F: Form>(&self, entry: EntryId, number: usize, lang: Lang) -> F {
        let count = self.site.list(entry, lang).len();
        let total = count.div_ceil(self.site.config.page_size).max(1);
        let base = &self.site.config.base_url;
        let first = self.path(entry, lang);
        let url = |n: usize| F::local(base, &plan::numbered(first, n));
        // A window keeps the page small where a list has thousands of pages.
        let pages = (1..=total)
            .filter(|&n| n == 1 || n == total || n.abs_diff(number) <= 2)
            .map(|n| {
                F::object([("number", F::number(n)), ("url", url(n)), ("current", F::flag(n == number))])
            })
            .collect();
        F::object([
            ("number", F::number(number)),
            ("total", F::number(total)),
            ("count", F::number(count)),
            ("previous", if number > 1 { url(number - 1) } else { F::none() }),
            ("next", if number < total { url(number + 1) } else { F::none() }),
            ("pages", F::list(pages)),
        ])
    }

    fn nav<F: Form>(&self, lang: Lang) -> F {
        let sections = self.site.sections.iter().filter(|&&s| self.site.entry(s).section.is_none());
        let entries: Vec<EntryId> =
            sections.chain(self.site.overview.iter()).chain(&self.site.pages).copied().collect();
        self.item_list(&entries, lang)
    }

    /// All articles under the letters of their titles.
    fn index<F: Form>(&self, lang: Lang) -> F {
        let listed = self.site.list(self.site.home, lang).iter();
        let titles: Vec<_> = listed
            .filter_map(|&entry| Some((self.site.listed_version(entry, lang)?.1.title.as_str(), entry)))
            .collect();
        let letters = self.site.config.language(lang).locale.index(titles).into_iter().map(|place| {
            // Apart from the ids of texts, which begin with no underscore.
            let name = if place.letter == "#" { "other".to_owned() } else { place.letter.to_lowercase() };
            F::object([
                ("letter", F::text(&place.letter)),
                ("id", F::text(&format!("_{name}"))),
                ("items", self.item_list(&place.items, lang)),
            ])
        });
        F::list(letters.collect())
    }

    /// All articles under their months, the newest first; at the end those without a date.
    fn dates<F: Form>(&self, lang: Lang) -> F {
        let month = |entry: &EntryId| {
            let date = self.site.listed_version(*entry, lang).and_then(|(_, version)| version.date)?;
            // A month of a known date is a date.
            PartialDate::new(date.year(), date.month().unwrap_or(0).into(), 0).ok()
        };
        // Lists are sorted by weight first.
        let mut listed: Vec<_> =
            self.site.list(self.site.home, lang).iter().map(|&entry| (month(&entry), entry)).collect();
        listed.sort_by_key(|&(month, _)| std::cmp::Reverse(month));
        let months = listed.chunk_by(|a, b| a.0 == b.0).map(|of_month| {
            let entries: Vec<EntryId> = of_month.iter().map(|&(_, entry)| entry).collect();
            let month = of_month.first().and_then(|&(month, _)| month);
            F::object([("date", self.date_value(month, lang)), ("items", self.item_list(&entries, lang))])
        });
        F::list(months.collect())
    }

    fn collections<F: Form>(&self, lang: Lang) -> F {
        let collections = self.site.config.collections.iter();
        let named = collections.map(|collection| {
            (collection.name.as_str(), self.item_list(&self.site.collection(collection, lang), lang))
        });
        F::named(named.collect())
    }

    /// What a page of all languages shows of each.
    fn languages_value<F: Form>(&self) -> F {
        const LATEST: usize = 5;
        let config = &self.site.config;
        let languages = config.langs().map(|lang| {
            let latest = self.site.list(self.site.home, lang);
            F::object([
                ("code", F::text(&config.language(lang).code)),
                ("tag", F::text(config.language(lang).tag())),
                ("name", F::text(&config.language(lang).name)),
                ("dir", F::text(config.language(lang).locale.direction().as_str())),
                ("url", self.page_url(self.site.home, lang)),
                ("title", F::text(&config.title[lang])),
                ("description", F::maybe(config.description[lang].as_deref())),
                ("latest", self.item_list(&latest[..latest.len().min(LATEST)], lang)),
                ("topics", self.item_list(&self.site.topics_in(lang), lang)),
            ])
        });
        F::list(languages.collect())
    }

    pub(super) fn lang_value<F: Form>(&self, lang: Lang) -> F {
        let language = self.site.config.language(lang);
        let value = || {
            F::object([
                ("code", F::text(&language.code)),
                ("tag", F::text(language.tag())),
                ("name", F::text(&language.name)),
                ("dir", F::text(language.locale.direction().as_str())),
                ("territory", F::text(language.locale.territory())),
            ])
        };
        F::store(self).shared[lang.index()].lang.get_or_init(value).clone()
    }

    /// What all pages of a language know of the site.
    fn site_value<F: Form>(&self, lang: Lang) -> F {
        let config = &self.site.config;
        let base = &config.base_url;
        F::object([
            ("title", F::text(&config.title[lang])),
            ("description", F::maybe(config.description[lang].as_deref())),
            ("author", F::maybe(config.author[lang].as_deref())),
            ("base_url", F::text(&base.root())),
            ("origin", F::text(&base.origin)),
            ("root", F::text(&base.path)),
            ("home", self.page_url(self.site.home, lang)),
            ("feed", self.plan.feed(lang).map_or_else(F::none, |url| F::local(base, &url))),
        ])
    }
}
