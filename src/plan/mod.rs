//! Every URL and every output path, claimed before anything is rendered.
//!
//! Owns the form of URLs and the rule that each output path is claimed once. It never renders and
//! never reads a file; what it is not told of cannot be written.

mod claims;
mod media;
mod pictures;
mod routes;
mod urls;

use rustc_hash::FxHashMap;

use crate::base::{ContentPath, Fingerprint, Lang, OutputPath, UrlPath};
use crate::image::{Making, Variant};
use crate::site::{EntryId, PerPage, Site};
use pictures::Pictures;

pub use media::media_type;
pub use pictures::variant_key;
pub use routes::plan;
pub use urls::{FINGERPRINTED, asset as asset_url, is_fingerprinted, numbered};

/// Where the figures of the site are offered.
const FIGURES_CSV: &str = "/figures.csv";
const FIGURES_JSON: &str = "/figures.json";

/// All that will be written, and the URL of everything that has one.
#[derive(Debug)]
pub struct Plan {
    /// What is written, in the order of output paths.
    pub routes: Vec<Route>,
    /// The path of the site's root.
    pub root: UrlPath,
    /// How many URLs a sitemap file holds, at most.
    pub sitemap_chunk: usize,
    pages: PerPage<Option<UrlPath>>,
    cards: Option<PerPage<bool>>,
    files: Vec<UrlPath>,
    pictures: Pictures,
    assets: FxHashMap<String, UrlPath>,
    languages_with_feeds: bool,
    landing: bool,
    figures: bool,
    prefixes: Vec<String>,
}

/// One file of the finished site.
#[derive(Debug)]
pub struct Route {
    /// The file.
    pub output: OutputPath,
    /// Its URL's path.
    pub url: UrlPath,
    /// What makes it.
    pub what: What,
}

/// What a file of the finished site is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An entry's page in a language; lists go on over several, counted from 1.
    Page(EntryId, Lang, usize),
    /// The share card of an entry in a language.
    Card(EntryId, Lang),
    /// The root page of a site whose languages all stand under their codes.
    Landing,
    /// The page for what is not found: a language's, or at the root for all of them.
    NotFound(Option<Lang>),
    /// A language's feed, or that of one of its topics.
    Feed(Lang, Option<EntryId>),
    /// The first sitemap file: the only one, or the index of the others.
    Sitemap,
    /// A further sitemap file, counted from 1.
    SitemapPart(usize),
    /// All figures of the site, for spreadsheets.
    FiguresCsv,
    /// All figures of the site, for programs.
    FiguresJson,
    /// What crawlers ask for first.
    Robots,
    /// Tells GitHub Pages that folders beginning with `_` are meant.
    NoJekyll,
    /// An old URL that leads to a page.
    Redirect(UrlPath, Lang),
    /// A file of the site: its position in `Site::files`. It is copied as it is, but for what is noted
    /// in a picture.
    File(usize),
    /// A picture of the site in another form: its position in `Site::files`.
    Variant(usize, Variant),
    /// A file of the theme: its position in the list that the plan was given.
    Asset(usize),
}

/// A file of the theme that wants a URL.
#[derive(Debug)]
pub struct AssetClaim {
    /// Its path below the theme's `assets/`.
    pub name: String,
    /// Its content.
    pub fingerprint: Fingerprint,
    /// Where it comes from, for messages.
    pub origin: ContentPath,
}

impl Plan {
    /// The URL of an entry's page in a language, if there is one.
    pub fn page(&self, entry: EntryId, lang: Lang) -> Option<&UrlPath> {
        self.pages.get(entry, lang)?.as_ref()
    }

    /// The URL of an entry's share card in a language, if there is one.
    pub fn card(&self, site: &Site, entry: EntryId, lang: Lang) -> Option<UrlPath> {
        let drawn = self.cards.as_ref()?.get(entry, lang)?;
        drawn.then(|| urls::card(site, entry, lang))
    }

    /// The URL of a file of the site.
    pub fn file(&self, position: usize) -> &UrlPath {
        &self.files[position]
    }

    /// The forms in which a picture of the site is offered, by its position in `Site::files`: what
    /// [`crate::image::variants`] says of one that is shown, with the URLs.
    pub fn variants(&self, position: usize) -> &[(Variant, UrlPath)] {
        self.pictures.variants.get(&position).map_or(&[], Vec::as_slice)
    }

    /// How variants of pictures are made; `None` if there are none.
    pub fn making(&self) -> Option<&Making> {
        self.pictures.making.as_ref()
    }

    /// The URL of a theme's asset, by its path below `assets/`.
    pub fn asset(&self, name: &str) -> Option<&UrlPath> {
        self.assets.get(name)
    }

    /// All assets by name, in order.
    pub fn asset_names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.assets.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The URL of a language's feed, if the site has feeds.
    pub fn feed(&self, lang: Lang) -> Option<UrlPath> {
        self.languages_with_feeds.then(|| UrlPath::new(format!("{}/feed.xml", self.prefixes[lang.index()])))
    }

    /// The URLs of the files of all figures, CSV and JSON, if the site has them.
    pub fn figures(&self) -> Option<[UrlPath; 2]> {
        self.figures.then(|| [FIGURES_CSV, FIGURES_JSON].map(UrlPath::new))
    }

    /// Whether the root page is one of all languages.
    pub fn has_landing(&self) -> bool {
        self.landing
    }
}
