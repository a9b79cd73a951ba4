//! The key of a file of the finished site: equal key, equal bytes.
//!
//! A page is a pure function of its view, of the templates and of the interface strings that they
//! ask for. So its key is the digest of its view and of the frame around it; the strings are known
//! only after rendering, and are kept beside the key ([`StringsAsked`]). There is no graph of
//! dependencies that could forget one.

use super::Engine;
use super::functions::Asked;
use super::subject::FIELDS;
use super::view::NAMES;
use crate::base::{Digest, Lang};
use crate::plan::{Plan, Route, What};
use crate::site::Site;
use crate::theme::Theme;

/// What a key was made of, for saying what changed: a number that [`part_name`] knows, and a few
/// bits of the part's digest. Parts that are nothing are left out.
pub type Parts = Vec<(u8, u32)>;

/// The interface strings that a page's templates asked for; each once, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StringsAsked(pub(super) Vec<Asked>);

/// The number of the part that is no name of a view: templates, functions, the site's addresses.
const FRAME: u8 = u8::MAX;

/// What a part of a key is called: `nav`, `page.title`, `theme`.
pub fn part_name(number: u8) -> String {
    let place = usize::from(number);
    match (NAMES.get(place), place.checked_sub(NAMES.len()).and_then(|place| FIELDS.get(place))) {
        (Some(name), _) => (*name).to_owned(),
        (None, Some(field)) => format!("page.{field}"),
        (None, None) => "theme".to_owned(),
    }
}

/// All that the pages of each language depend on beside their views.
pub(super) fn frames(site: &Site, plan: &Plan, theme: &Theme) -> Vec<Digest> {
    let config = &site.config;
    let mut all = theme.digest.and_bytes(config.base_url.root().as_bytes());
    for name in plan.asset_names() {
        let url = plan.asset(name).map_or("", |url| url.as_str());
        all = all.and_bytes(name.as_bytes()).and_bytes(url.as_bytes());
    }
    // `t` can be asked for the words of any language of the site.
    for language in &config.languages {
        all = all.and_bytes(language.code.as_bytes()).and_bytes(language.tag().as_bytes());
    }
    config.langs().map(|lang| all.and_number(lang.index() as u64).and(letters(theme, lang))).collect()
}

/// What `lines` says follows from the letters.
fn letters(theme: &Theme, lang: Lang) -> Digest {
    theme.letterings.of[lang].as_ref().map_or_else(Digest::default, |letters| letters.digest())
}

impl Engine<'_> {
    /// The key of a route's file; `None` for what is made from a file of the site. `parts` is told
    /// what a page's key is made of.
    pub fn key(&self, route: &Route, parts: &mut Parts) -> Option<Digest> {
        parts.clear();
        let digest = match &route.what {
            What::Page(..) | What::Card(..) | What::Landing | What::NotFound(_) => {
                return self.page_key(route, parts);
            }
            What::Feed(lang, topic) => self.feed_digest(*lang, *topic, &route.url),
            What::Sitemap => self.sitemap_digest(0),
            What::SitemapPart(part) => self.sitemap_digest(*part),
            What::FiguresCsv | What::FiguresJson => self.figures_digest(),
            What::Robots => Digest::of(&self.robots()),
            What::NoJekyll => Digest::default(),
            What::Redirect(to, lang) => Digest::of(&self.redirect(to, *lang)),
            What::Asset(position) => self.theme.assets[*position].fingerprint.digest(),
            What::File(_) | What::Variant(..) => return None,
        };
        // What is not made by templates depends on the site's address all the same.
        Some(digest.and_bytes(self.site.config.base_url.root().as_bytes()))
    }

    fn page_key(&self, route: &Route, parts: &mut Parts) -> Option<Digest> {
        let page = self.subject(route)?;
        let template = self.template(&route.what)?;
        let frame = self.frames[page.lang.index()].and_bytes(template.as_bytes());
        let mut all = Vec::with_capacity(1 + NAMES.len() + FIELDS.len());
        all.push(frame);
        parts.push((FRAME, frame.short()));
        let mut part = |number: usize, of: Digest| {
            all.push(of);
            if of != Digest::default() {
                // Names and fields are some fifty in all.
                parts.push((number as u8, of.short()));
            }
        };
        for (place, name) in self.names(template) {
            if name == "page" {
                let fields = self.page_fields::<Digest>(&page, &mut Vec::new());
                for (field, (_, of)) in fields.into_iter().enumerate() {
                    part(NAMES.len() + field, of);
                }
            } else {
                part(place, self.named(name, &page, &mut Vec::new()));
            }
        }
        Some(all.into_iter().collect())
    }

    /// The strings that a page asked for, by names that the next build understands.
    pub fn string_names(&self, asked: &StringsAsked) -> Vec<(String, String)> {
        let name = |&asked: &Asked| {
            let code = self.site.config.language(asked.0).code.clone();
            self.words.key(asked).map(|key| (code, key.to_owned()))
        };
        asked.0.iter().filter_map(name).collect()
    }

    /// The digests of strings that a page of an earlier build asked for, as they are now.
    pub fn string_digests(&self, names: &[(String, String)]) -> Vec<Digest> {
        let of = |(code, key): &(String, String)| {
            let lang = self.site.config.lang_of_code(code);
            lang.map_or_else(Digest::default, |lang| self.words.digest(lang, key))
        };
        names.iter().map(of).collect()
    }

    /// Notes which of these a language lacks, as rendering a page that asks for them does.
    pub fn note_missing(&self, names: &[(String, String)]) {
        for (code, key) in names {
            if let Some(lang) = self.site.config.lang_of_code(code) {
                self.words.note_if_missing(lang, key);
            }
        }
    }

    /// Its addresses.
    pub fn plan(&self) -> &Plan {
        self.plan
    }

    /// The site that is rendered.
    pub fn site(&self) -> &Site {
        self.site
    }
}
