//! `site.yaml`: as written, then as resolved.
//!
//! Owns what the keys of `site.yaml` mean, their defaults and their faults. It never looks at
//! content or themes: that a theme exists or a topic is known is found out by those who own them.

mod cards;
mod fields;
mod hosts;
mod images;
mod publish;
mod resolve;

use std::sync::Arc;

use crate::base::{ContentPath, Lang};
use crate::diag::{Code, Diagnostic, Severity};
use crate::locale::Locale;
use crate::yaml::{Key, Node, Spanned};

pub use cards::Cards;
pub use fields::FIELDS;
pub use hosts::{
    AzblobHost, CacheRule, Compression, DirHost, FolderHost, GcsHost, GitHost, Host, HostKind, Require,
    RsyncHost, RuleFile, S3Host, SftpHost, WebdavHost,
};
pub use resolve::{FILE_NAME, base_url, resolve};

/// What `site.yaml` says, with every default filled in. Tables by language have one place a
/// language, in the site's order.
#[derive(Debug)]
pub struct Config {
    /// The file it was read from.
    pub file: ContentPath,
    /// The site's title.
    pub title: PerLang<String>,
    /// What the site is about.
    pub description: PerLang<Option<String>>,
    /// Who publishes it.
    pub author: PerLang<Option<String>>,
    /// Where it will stand.
    pub base_url: BaseUrl,
    /// Its languages; at least one.
    pub languages: Vec<Language>,
    /// How URLs name the language.
    pub urls: UrlScheme,
    /// Articles a page of a list.
    pub page_size: usize,
    /// Atom feeds.
    pub feeds: Feeds,
    /// Whether all figures are offered as data files.
    pub figures: bool,
    /// Share cards, if it wants any.
    pub cards: Option<Cards>,
    /// The theme's name.
    pub theme: Spanned<String>,
    /// The theme's settings as written; the theme checks them.
    pub settings: Vec<(Key, Node)>,
    /// The browsers that style sheets are lowered for, as written; the theme checks them. Empty: the usual.
    pub browsers: Vec<Spanned<String>>,
    /// Named lists for templates.
    pub collections: Vec<Collection>,
    /// What search engines take articles for.
    pub article_type: ArticleType,
    /// What becomes of an article that a language lacks.
    pub missing_translation: MissingTranslation,
    /// Which translations tell their readers what they are.
    pub translation_notice: TranslationNotice,
    /// What becomes of HTML in Markdown.
    pub html: HtmlPolicy,
    /// How pictures are offered; `None`: as they are.
    pub images: Option<Images>,
    /// The hosts that it is published to, in the order of the file.
    pub publish: Vec<Host>,
    /// Severities that the site changes.
    pub messages: Vec<(Code, Severity)>,
}

/// Which translations tell their readers what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TranslationNotice {
    /// Those whose original has changed since.
    pub stale: bool,
    /// Pages that show another version's text (`missing_translation: show`).
    pub missing: bool,
}

/// How pictures are offered to readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Images {
    /// The widths in pixels that they are made in, the narrowest first, each once.
    pub widths: Vec<u32>,
    /// How much of a photograph's detail is kept, from 1 to 100.
    pub quality: u8,
    /// Whether what cameras and programs note in pictures is kept.
    pub keep_metadata: bool,
}

/// A value for each language.
#[derive(Debug, Clone)]
pub struct PerLang<T>(pub Vec<T>);

impl<T> std::ops::Index<Lang> for PerLang<T> {
    type Output = T;

    fn index(&self, lang: Lang) -> &T {
        &self.0[lang.index()]
    }
}

/// A language of the site.
#[derive(Debug)]
pub struct Language {
    /// What file names and URLs call it: `zh`.
    pub code: String,
    /// Its name in its own words: `中文`.
    pub name: String,
    /// Its BCP 47 tag and the conventions that follow from it.
    pub locale: Arc<Locale>,
}

impl Language {
    /// The BCP 47 tag: `zh-Hans`.
    pub fn tag(&self) -> &str {
        self.locale.tag()
    }
}

/// Where the site will stand: an origin and a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, without a slash at the end: `https://example.org`.
    pub origin: String,
    /// The path of the site's root, with a slash at both ends: `/` or `/sub/`. Percent-encoded.
    pub path: String,
}

/// How URLs name the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlScheme {
    /// Every language under its code: `/en/…`, `/zh/…`.
    Prefix,
    /// The first language at the root, the others under their code.
    Root,
}

/// Atom feeds.
#[derive(Debug, Clone, Copy)]
pub struct Feeds {
    /// One for each language.
    pub enabled: bool,
    /// One for each topic and language as well.
    pub topics: bool,
    /// How many entries.
    pub items: usize,
    /// Whether entries carry the whole text or its summary.
    pub full: bool,
}

/// What becomes of an article in a language that it has no version in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingTranslation {
    /// It does not appear in that language.
    Hide,
    /// Lists of that language link to the version that exists, marked as such.
    Link,
    /// That language has a page with the original's text, marked as such, out of search engines.
    Show,
}

/// What search engines take articles for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ArticleType {
    /// Texts of any kind.
    #[default]
    Article,
    /// News.
    NewsArticle,
}

/// What becomes of raw HTML in Markdown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HtmlPolicy {
    #[default]
    /// Cleaned: no scripts, no styles, no event handlers.
    Clean,
    /// Taken as it is.
    Allow,
    /// Shown as text.
    Escape,
}

/// A named list that templates find under `collections`.
#[derive(Debug)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// Only articles of these sections (ids), if any are named.
    pub sections: Vec<Spanned<String>>,
    /// Only articles with one of these topics (ids), if any are named.
    pub topics: Vec<Spanned<String>>,
    /// Their order.
    pub order: Order,
    /// At most so many.
    pub limit: usize,
}

/// The order of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Newest first, as lists of articles are.
    Date,
    /// By title, as the language sorts.
    Title,
}

impl Config {
    /// Whether what cameras and programs note in pictures is removed.
    pub fn cleans_pictures(&self) -> bool {
        self.images.as_ref().is_some_and(|images| !images.keep_metadata)
    }

    /// All languages, in the site's order.
    pub fn langs(&self) -> impl DoubleEndedIterator<Item = Lang> + use<> {
        // `resolve` allows at most 100 languages.
        (0..self.languages.len()).map(|i| Lang(i as u8))
    }

    /// A language's entry in `languages`.
    pub fn language(&self, lang: Lang) -> &Language {
        &self.languages[lang.index()]
    }

    /// The language with a file code.
    pub fn lang_of_code(&self, code: &str) -> Option<Lang> {
        self.langs().find(|&l| self.language(l).code == code)
    }

    /// The path that a language's pages stand under, without a slash at the end: `/zh`, or nothing.
    pub fn prefix(&self, lang: Lang) -> String {
        match (self.urls, lang) {
            (UrlScheme::Root, Lang(0)) => String::new(),
            _ => format!("/{}", self.language(lang).code),
        }
    }

    /// A message's severity after the site had its say. Some faults it cannot lower.
    pub fn grade(&self, diagnostic: &Diagnostic) -> Severity {
        let asked =
            self.messages.iter().find(|(code, _)| *code == diagnostic.code).map(|(_, severity)| *severity);
        asked.unwrap_or(diagnostic.severity)
    }
}

impl BaseUrl {
    /// The absolute URL of a path that begins at the site's root (already encoded).
    pub fn absolute(&self, path: &str) -> String {
        [&self.origin, &self.path, path.trim_start_matches('/')].concat()
    }

    /// The path as pages of this site link to it: below the base URL's own path.
    pub fn local(&self, path: &str) -> String {
        [&self.path, path.trim_start_matches('/')].concat()
    }

    /// The base URL itself.
    pub fn root(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }
}
