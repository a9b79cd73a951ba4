//! What a page's head says of other languages: hreflang, x-default and the language switcher.
//!
//! All of it follows from the translation graph in `site`. The rules are those of Google's
//! "Localized versions of your pages": the links are reciprocal, include the page itself, and name
//! pages that exist and may be indexed.

use super::form::Form;
use super::{Engine, view::Subject};
use crate::base::{Lang, UrlPath};
use crate::site::{EntryId, Kind, Presence};

impl<'s> Engine<'s> {
    /// The alternates of an entry's first page: a tag (or `x-default`) and a path for each
    /// language that it exists in; none where it exists in one alone.
    pub(super) fn alternates(&self, id: EntryId) -> Vec<(&'s str, &'s UrlPath)> {
        let langs = self.site.translations(id);
        if langs.len() < 2 {
            return Vec::new();
        }
        let entry = self.site.entry(id);
        let mut alternates: Vec<(&'s str, &'s UrlPath)> =
            langs.iter().map(|&lang| (self.site.config.language(lang).tag(), self.path(id, lang))).collect();
        let default = match entry.kind {
            Kind::Home if self.plan.has_landing() => &self.plan.root,
            // Elsewhere the original's; a page without words of its own is first in the first language.
            _ => self.path(id, if langs.contains(&entry.original) { entry.original } else { langs[0] }),
        };
        alternates.push(("x-default", default));
        alternates
    }

    pub(super) fn alternates_value<F: Form>(&self, subject: Subject, lang: Lang) -> F {
        let alternates = match subject {
            // The landing page is the x-default of the home pages, so it is one of them.
            Subject::Landing => self.alternates(self.site.home),
            // Page 3 of a list in one language is not page 3 in another; and a page that shows
            // another version's text is not a translation.
            Subject::Entry(id, 1) if self.site.presence(id, lang) == Presence::Own => self.alternates(id),
            _ => Vec::new(),
        };
        let base = &self.site.config.base_url;
        let value = |(hreflang, path): (&str, &UrlPath)| {
            F::object([("hreflang", F::text(hreflang)), ("href", F::absolute(base, path))])
        };
        F::list(alternates.into_iter().map(value).collect())
    }

    /// The language switcher: every language of the site, and the nearest page in it.
    pub(super) fn translations_value<F: Form>(&self, subject: Subject, own: Lang) -> F {
        let config = &self.site.config;
        let translations = config.langs().map(|lang| {
            let (entry, exists) = match subject {
                Subject::Entry(id, _) => self.nearest(id, lang),
                Subject::Landing | Subject::NotFound { .. } => (self.site.home, true),
            };
            F::object([
                ("code", F::text(&config.language(lang).code)),
                ("tag", F::text(config.language(lang).tag())),
                ("name", F::text(&config.language(lang).name)),
                ("dir", F::text(config.language(lang).locale.direction().as_str())),
                ("territory", F::text(config.language(lang).locale.territory())),
                ("site_title", F::text(&config.title[lang])),
                ("url", self.page_url(entry, lang)),
                ("current", F::flag(lang == own && !matches!(subject, Subject::Landing))),
                ("exists", F::flag(exists)),
            ])
        });
        F::list(translations.collect())
    }

    /// The page in a language that is nearest to an entry: its own, its section's, the home page;
    /// and whether it is its own.
    fn nearest(&self, id: EntryId, lang: Lang) -> (EntryId, bool) {
        if self.site.presence(id, lang) != Presence::Absent {
            return (id, self.site.presence(id, lang) == Presence::Own);
        }
        let above = self.site.ancestors(id).find(|&s| self.site.presence(s, lang) != Presence::Absent);
        let overview = self.site.overview.filter(|_| self.site.entry(id).kind == Kind::Topic);
        (above.or(overview).unwrap_or(self.site.home), false)
    }
}
