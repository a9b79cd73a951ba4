//! Two versions of an article side by side: which article and which versions an address means.
//!
//! Owns the answer to that. What is to be said about the two is `remarks`'.

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};

use super::address::{self, Address};
use super::tab::reason;
use crate::base::Lang;
use crate::build::Edition;
use crate::plan::What;
use crate::site::{EntryId, Presence, Site, State};
use crate::translations::shown_id;

/// What an address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The article's id; the home page's is `_index`, as on the command line.
    id: String,
    /// Instead of it: the path of one of its pages, encoded.
    at: String,
    /// The code of the language on the left.
    left: String,
    /// The code of the language on the right.
    right: String,
}

/// Two versions of an article. On a site in one language there is no second one.
pub(super) struct Pair {
    pub(super) entry: EntryId,
    pub(super) left: Lang,
    pub(super) right: Option<Lang>,
}

impl Pair {
    /// What is meant; `None` if there is no such article.
    pub(super) fn of(edition: &Edition, asked: &Asked) -> Option<Self> {
        let site = &edition.site;
        let (entry, from) = match asked.at.as_str() {
            "" => (site.find(if asked.id == "_index" { "" } else { &asked.id })?, None),
            at => {
                let (entry, lang) = at_path(edition, &percent_decode_str(at).decode_utf8_lossy())?;
                (entry, Some(lang))
            }
        };
        let of_code = |code: &str| site.config.lang_of_code(code);
        let mut usual = site.config.langs();
        let (first, second) = (usual.next()?, usual.next());
        // Languages keep their sides from article to article, so that eyes know where to look.
        let (mut left, mut right) = match from.filter(|lang| *lang != first && Some(*lang) != second) {
            Some(third) => (site.entry(entry).original, Some(third)),
            None => (first, second),
        };
        left = of_code(&asked.left).unwrap_or(left);
        right = of_code(&asked.right).or(right);
        if right == Some(left) {
            right = site.config.langs().find(|lang| *lang != left);
        }
        site.entry(entry).fallback()?;
        Some(Self { entry, left, right })
    }

    /// The article's id.
    pub(super) fn id<'s>(&self, site: &'s Site) -> &'s str {
        &site.entry(self.entry).id
    }

    /// What the view shows of it.
    pub(super) fn value(&self, edition: &Edition) -> Value {
        let site = &edition.site;
        let entry = site.entry(self.entry);
        let title = entry.languages().find_map(|lang| {
            let (title, language) = (&entry.version(lang)?.title, site.config.language(lang));
            Some(json!({ "text": title, "tag": language.tag(), "dir": language.locale.direction().as_str() }))
        });
        json!({
            "id": shown_id(&entry.id),
            "kind": entry.kind.as_str(),
            "title": title,
            "languages": site.config.langs().map(|lang| side(edition, self.entry, lang)).collect::<Vec<_>>(),
            "left": site.config.language(self.left).code,
            "right": self.right.map(|lang| site.config.language(lang).code.as_str()),
        })
    }
}

/// One of the versions, or what is missing.
fn side(edition: &Edition, id: EntryId, lang: Lang) -> Value {
    let site = &edition.site;
    let (entry, language) = (site.entry(id), site.config.language(lang));
    let version = entry.version(lang);
    let origin = site.origin(id, lang);
    let code = |lang| site.config.language(lang).code.as_str();
    let there = site.presence(id, lang) != Presence::Absent;
    let url = edition.plan.page(id, lang).filter(|_| there);
    json!({
        "code": language.code,
        "name": language.name,
        "tag": language.tag(),
        "dir": language.locale.direction().as_str(),
        "state": origin.map_or(State::Missing, |origin| origin.state).as_str(),
        "from": origin.and_then(|origin| origin.from).map(code),
        "title": version.map(|version| &version.title),
        "file": version.map(|version| version.file.as_str()),
        "url": url.map(|url| site.config.base_url.local(&url.encoded())),
        "unpublished": version.and_then(reason),
    })
}

/// The article whose page stands at a decoded path.
fn at_path(edition: &Edition, path: &str) -> Option<(EntryId, Lang)> {
    let route = match address::find(edition, path) {
        Address::Here(route) => route,
        Address::Elsewhere(to) => match address::find(edition, &to) {
            Address::Here(route) => route,
            _ => return None,
        },
        Address::Nowhere(_) => return None,
    };
    match route.what {
        What::Page(entry, lang, _) => Some((entry, lang)),
        _ => None,
    }
}
