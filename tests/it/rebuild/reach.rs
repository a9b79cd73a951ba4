//! How far an edit reaches: what a build after it may make although it comes out as it was.
//!
//! A file whose bytes changed, or that was not there, had to be made, and is not asked about.

use std::collections::BTreeMap;

use super::site::{LANGUAGES, Site};

/// Files by their path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What an edit touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Nothing that a page could show.
    Nothing,
    /// The words of a text.
    Text,
    /// Title or summary of an article or a page: the entry's number.
    Words(usize),
    /// Interface strings of a language, as a position in `LANGUAGES`.
    Strings(usize),
    /// Texts, front matter, files, settings, strings.
    Site,
    /// Templates, components, assets, languages or the site's address: each page is taken to use all.
    Theme,
    /// The cache is lost.
    All,
}

impl Reach {
    /// Of two edits.
    pub(crate) fn and(self, other: Reach) -> Reach {
        match (self, other) {
            (one, other) if one == other => one,
            (Reach::Nothing, other) | (other, Reach::Nothing) => other,
            (one, other) => one.max(other).max(Reach::Site),
        }
    }

    /// Whether a file may be made although it stays the same. `telling`: with a theme whose pages
    /// show all that they see.
    pub(crate) fn excuses(self, path: &str, before: &Files, site: &Site, telling: bool) -> bool {
        let page = path.ends_with(".html");
        match self {
            Reach::All | Reach::Theme => true,
            Reach::Nothing | Reach::Text => false,
            // A date is written more exactly than some of these files tell it: 2023 and 2023-01
            // are the same moment in a feed, and no day for a sitemap.
            Reach::Site => !page || !telling,
            Reach::Words(number) => {
                page && !telling && {
                    let Some(entry) = site.entry(number) else { return true };
                    // The pages of all languages see more of the latest articles than they show.
                    let everywhere = ["index.html", "404.html"].contains(&path);
                    let slugs = entry.versions.values().filter_map(|v| v.front.get("slug"));
                    let mut names = slugs
                        .map(|slug| slug.rsplit('-').next().unwrap_or(slug))
                        .chain(entry.name.rsplit('-').next());
                    let text = before.get(path).map_or("", |bytes| std::str::from_utf8(bytes).unwrap_or(""));
                    everywhere || names.any(|name| text.contains(&format!("-{name}/")))
                }
            }
            Reach::Strings(lang) => {
                // Feeds show texts, and with them the words of figures; figures as data have those of
                // every language.
                let shows = page && !telling || path.ends_with("feed.xml");
                shows && speaks(path, lang, site) || path.starts_with("figures.")
            }
        }
    }
}

/// Whether a page may show strings of a language.
fn speaks(path: &str, lang: usize, site: &Site) -> bool {
    let other = site.languages.iter().copied().find(|&l| path.starts_with(&format!("{}/", LANGUAGES[l].0)));
    let own = other.unwrap_or(site.languages[0]);
    // What a language lacks comes from the first one, or from English.
    own == lang || lang == site.languages[0] || LANGUAGES[lang].0 == "en"
}
