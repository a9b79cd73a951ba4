//! Settings in the view, with those of type `pages` as items of menus.
//!
//! Owns what a menu shows of a page, and the check that it leads somewhere. What a theme's settings are is
//! the theme's business.

use super::Engine;
use super::form::Form;
use crate::base::{Lang, UrlPath};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean_and, nearest};
use crate::site::EntryId;
use crate::theme::{LinkTo, PageLink};

/// What menus call the home page, which has no id.
const HOME: &str = "home";

impl Engine<'_> {
    /// The settings as a language's templates see them.
    pub(super) fn settings_value<F: Form>(&self, lang: Lang) -> F {
        let settings = || {
            let own = &self.theme.settings;
            let values = own.values[lang].iter().map(|(name, value)| (name.as_str(), F::value(value)));
            let pages = own.pages.iter().map(|(name, links)| (name.as_str(), self.menu(links, lang)));
            F::named(values.chain(pages).collect())
        };
        F::store(self).shared[lang.index()].settings.get_or_init(settings).clone()
    }

    /// The entries that a page in `lang` can lead to.
    fn menu<F: Form>(&self, links: &[PageLink], lang: Lang) -> F {
        F::list(links.iter().filter_map(|link| self.menu_item(link, lang)).collect())
    }

    fn menu_item<F: Form>(&self, link: &PageLink, lang: Lang) -> Option<F> {
        let base = &self.site.config.base_url;
        let own = link.title.as_ref().map(|title| F::text(&title[lang]));
        let (id, kind, title, url, words) = match &link.to {
            LinkTo::Page(id) => {
                let entry = self.menu_page(id)?;
                let page = self.site.listed(entry, lang)?;
                // A title of the menu's own is in the menu's language.
                let words = if own.is_some() { lang } else { self.words_of(entry, page) };
                let title = own.unwrap_or_else(|| F::text(&self.title(entry, page)));
                let kind = F::text(self.site.entry(entry).kind.as_str());
                (F::text(id), kind, title, self.page_url(entry, page), words)
            }
            LinkTo::Path(path) => (F::none(), F::none(), own?, F::text(&base.local(path)), lang),
            LinkTo::Url(url) => (F::none(), F::none(), own?, F::text(url), lang),
        };
        Some(F::object([
            ("id", id),
            ("kind", kind),
            ("title", title),
            ("url", url),
            ("lang", self.lang_value(words)),
            ("foreign", F::flag(words != lang)),
        ]))
    }

    fn menu_page(&self, id: &str) -> Option<EntryId> {
        self.site.find(id).or_else(|| (id == HOME).then_some(self.site.home))
    }

    /// Reports what menus lead to and the site does not have.
    pub(super) fn check_menus(&self, diags: &mut Diagnostics) {
        for link in self.theme.settings.pages.iter().flat_map(|(_, links)| links) {
            let fault = match &link.to {
                LinkTo::Page(id) if self.menu_page(id).is_none() => {
                    let known = self.site.entries.iter().map(|entry| &*entry.id).filter(|id| !id.is_empty());
                    let help = did_you_mean_and(
                        id,
                        known,
                        "an id is the path below content/ without language and ending",
                    );
                    Diagnostic::new(code::BROKEN_LINK, format!("there is no page `{id}`")).help(help)
                }
                LinkTo::Path(path) => {
                    let plain = path.split(['?', '#']).next().unwrap_or(path);
                    let output = UrlPath::new(plain).output();
                    if self.plan.routes.iter().any(|route| route.output == output) {
                        continue;
                    }
                    let near = nearest(plain, self.plan.routes.iter().map(|route| route.url.as_str()));
                    let help = near.map_or_else(
                        || {
                            "name pages by `page` and their id, and files by their path below static/"
                                .to_owned()
                        },
                        |near| {
                            format!("did you mean `{near}`? Pages are better named by `page` and their id")
                        },
                    );
                    Diagnostic::new(code::BROKEN_LINK, format!("the link `{path}` leads nowhere")).help(help)
                }
                _ => continue,
            };
            diags.push(fault.at(&link.file, link.span));
        }
    }
}
