//! One look at what a tab shows: the page at its address as it is now, or where to go instead.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};

use super::address::{self, Address};
use super::inject;
use crate::base::{ContentPath, Lang, UrlPath};
use crate::build::{Edition, Piece};
use crate::diag::{Diagnostic, Diagnostics, Report, values};
use crate::plan::{Route, What};
use crate::render::Engine;
use crate::site::{EntryId, Presence, Unpublished, Version};

/// A page by names that outlive an edition.
#[derive(Clone, Deserialize)]
pub(super) struct Place {
    /// The entry's id; empty for the home page.
    pub(super) id: String,
    /// The code of the language.
    pub(super) lang: String,
}

impl Place {
    /// That of a route, if it is a page of an entry.
    pub(super) fn of(edition: &Edition, route: &Route) -> Option<Self> {
        let What::Page(entry, lang, _) = route.what else { return None };
        let lang = edition.site.config.language(lang).code.clone();
        Some(Self { id: edition.site.entry(entry).id.to_string(), lang })
    }
}

/// What there is to see.
pub(super) struct Seen {
    pub(super) look: Look,
    /// The page's place, if it is one of an entry.
    pub(super) place: Option<Place>,
    /// Why readers do not see it.
    pub(super) unpublished: Option<Value>,
    /// The file whose words it shows.
    pub(super) file: Option<String>,
    /// All pages that readers do not see.
    pub(super) links: Arc<BTreeMap<String, Value>>,
}

/// The page itself.
pub(super) enum Look {
    Page {
        html: Arc<str>,
        mark: String,
    },
    /// It is no longer there, and this is the address to go to.
    Gone {
        to: String,
        /// It has another address, and is as it was.
        moved: bool,
    },
    /// It cannot be rendered.
    Failed(Vec<Value>),
}

/// Looks at an address, which is encoded; `before` is the place that it was when there was one.
pub(super) fn look(edition: &Edition, engine: &Engine<'_>, at: &str, before: Option<Place>) -> Seen {
    let path = percent_decode_str(at).decode_utf8_lossy();
    let route = match address::find(edition, &path) {
        Address::Elsewhere(to) => {
            return gone(edition, (UrlPath::new(to).encoded().into_owned(), true), before);
        }
        // A page that was there is gone; one that never was may come.
        Address::Here(Route { what: What::Redirect(..), .. }) | Address::Nowhere(_) if before.is_some() => {
            let to = nearest(edition, before.as_ref());
            return gone(edition, to, before);
        }
        Address::Here(route) => Some(route),
        Address::Nowhere(route) => route,
    };
    let look = match route.map(|route| edition.piece(engine, route)) {
        Some(Ok(Piece::Made(bytes))) => {
            let mark = inject::mark(&bytes);
            Look::Page { html: String::from_utf8_lossy(&bytes).into(), mark }
        }
        Some(Err(faults)) => Look::Failed(values_of(edition, faults)),
        Some(Ok(Piece::File(_) | Piece::Picture(_))) | None => Look::Failed(Vec::new()),
    };
    let entry = route.and_then(|route| match route.what {
        What::Page(entry, lang, _) => Some((entry, lang)),
        _ => None,
    });
    let place = route.and_then(|route| Place::of(edition, route));
    let shown = entry.and_then(|(entry, lang)| edition.site.shown(entry, lang));
    Seen {
        look,
        place,
        unpublished: shown.and_then(|(_, version)| reason(version)),
        file: shown.map(|(_, version)| version.file.to_string()),
        links: links(edition),
    }
}

/// What is wrong with a page, as [`values`] has it.
pub(super) fn values_of(edition: &Edition, faults: Vec<Diagnostic>) -> Vec<Value> {
    let diagnostics: Diagnostics = faults.into_iter().collect();
    let text = |path: &_| edition.text_for_report(path);
    values(&Report { diagnostics: &diagnostics, text: &text })
}

/// The addresses, encoded, of those among files in order that are part of the finished site as they are.
pub(super) fn addresses(edition: &Edition, files: &[ContentPath]) -> Vec<String> {
    let site = &edition.site;
    let known = site.files.iter().enumerate().filter(|(_, file)| files.binary_search(&file.path).is_ok());
    known.map(|(index, _)| site.config.base_url.local(&edition.plan.file(index).encoded())).collect()
}

fn gone(edition: &Edition, (to, moved): (String, bool), place: Option<Place>) -> Seen {
    Seen { look: Look::Gone { to, moved }, place, unpublished: None, file: None, links: links(edition) }
}

/// Where to go from a page that is no longer there: to its new address, and then it has moved; else to
/// the nearest section above it, else to the home page.
fn nearest(edition: &Edition, before: Option<&Place>) -> (String, bool) {
    let site = &edition.site;
    let local = |url: &UrlPath| site.config.base_url.local(&url.encoded());
    let lang = before.and_then(|place| site.config.lang_of_code(&place.lang)).unwrap_or(Lang(0));
    let page = |id: EntryId| {
        let there = site.presence(id, lang) != Presence::Absent;
        edition.plan.page(id, lang).filter(|_| there)
    };
    let mut id = before.map(|place| place.id.as_str());
    while let Some(name) = id {
        if let Some(url) = site.find(name).and_then(page) {
            return (local(url), before.is_some_and(|place| place.id == name));
        }
        id = name.rsplit_once('/').map(|(above, _)| above);
    }
    (page(site.home).map_or_else(|| local(&edition.plan.root), local), false)
}

/// Why readers do not see a version.
pub(super) fn reason(version: &Version) -> Option<Value> {
    Some(match version.unpublished? {
        Unpublished::Draft => json!({ "why": "draft" }),
        Unpublished::Waiting(day) => json!({ "why": "waiting", "day": day.to_string() }),
        Unpublished::Expired(day) => json!({ "why": "expired", "day": day.to_string() }),
    })
}

/// The addresses of all pages that readers do not see.
fn links(edition: &Edition) -> Arc<BTreeMap<String, Value>> {
    let site = &edition.site;
    let mut links = BTreeMap::new();
    for &(id, lang) in edition.unpublished() {
        let reason = site.shown(id, lang).and_then(|(_, version)| reason(version));
        if let (Some(reason), Some(url)) = (reason, edition.plan.page(id, lang)) {
            links.insert(site.config.base_url.local(&url.encoded()), reason);
        }
    }
    Arc::new(links)
}
