//! All articles together: translations, topics, order, links and figures.
//!
//! Owns the translation graph, the one place where it is decided what exists in which language;
//! everything that depends on it (lists, switcher, hreflang, canonical, feeds, sitemap) asks here.
//! A [`Site`] is immutable, and it knows no URL.

mod assemble;
mod citations;
mod graph;
mod group;
mod inherit;
mod links;
mod order;
mod origin;
mod pictures;
mod table;
mod verify;

use serde_json::{Map, Value as Json};

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::article::{Outline, Source};
use crate::base::{ContentPath, Decimal, Lang, PartialDate, Period, Span};
use crate::config::Config;
use crate::image::{Fault, Info};
use crate::quantity::{Bound, Quantity};
use crate::yaml::Spanned;

pub use assemble::assemble;
pub use graph::Presence;
pub use links::{Cited, Target};
pub use origin::{Origin, State, original, origins};
pub use table::PerPage;

/// The position of an entry in [`Site::entries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(u32);

impl EntryId {
    pub(crate) fn new(index: usize) -> Self {
        // A site of 4 billion articles ends earlier for want of memory.
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position, for tables beside [`Site::entries`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What decides whether something is published.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The day that counts as today.
    pub today: PartialDate,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Whether the day does not matter, as in a preview: what waits for its day is published, and
    /// what has had it.
    pub any_day: bool,
}

/// Why a version is shown only in a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpublished {
    /// It is a draft.
    Draft,
    /// Its day is still to come.
    Waiting(PartialDate),
    /// It was published until the day before this one.
    Expired(PartialDate),
}

/// The whole site.
#[derive(Debug)]
pub struct Site {
    /// What `site.yaml` says.
    pub config: Config,
    /// Everything that has an id, in the order of ids.
    pub entries: Vec<Entry>,
    /// Files of articles and of `static/`, in the order of their paths.
    pub files: Vec<SiteFile>,
    /// The home page.
    pub home: EntryId,
    /// The overview of topics, where there are topics.
    pub overview: Option<EntryId>,
    /// Topics by weight; titles decide in each language (see [`Site::topics_in`]).
    pub topics: Vec<EntryId>,
    /// Sections by weight and id.
    pub sections: Vec<EntryId>,
    /// Pages by weight and id.
    pub pages: Vec<EntryId>,
    by_id: FxHashMap<Arc<str>, EntryId>,
    by_file: FxHashMap<ContentPath, (EntryId, Lang)>,
    lists: order::Lists,
    backlinks: PerPage<Vec<EntryId>>,
}

/// A file below `content/` that is no article, or one below `static/`.
#[derive(Debug)]
pub struct PlainFile {
    /// Where it stands.
    pub path: ContentPath,
    /// How many bytes it has.
    pub bytes: u64,
    /// What is known of it, or wrong with it, if it is a picture that was looked at.
    pub picture: Option<Result<Arc<Info>, Unfit>>,
}

/// What is wrong with a file whose name says that it is a picture.
#[derive(Debug)]
pub struct Unfit {
    /// Why it cannot be shown.
    pub fault: Fault,
    /// Whether what is noted in it can be removed all the same.
    pub cleanable: bool,
}

/// A file that is published.
#[derive(Debug)]
pub struct SiteFile {
    /// Where it stands.
    pub path: ContentPath,
    /// The entry whose folder it stands in; `None` for a file of `static/`.
    pub owner: Option<EntryId>,
    /// How many bytes it has.
    pub bytes: u64,
    /// What is known of the picture that it is, if it is one.
    pub picture: Option<Arc<Info>>,
    /// Whether a text, a cover or a component shows it as a picture.
    pub shown: bool,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The home page of each language.
    Home,
    /// A folder with an `_index`.
    Section,
    /// The overview of topics.
    Topics,
    /// A topic.
    Topic,
    /// An article of a folder.
    Article,
    /// A page beside the home page.
    Page,
}

impl Kind {
    /// What an id is; `index`: its file is an `_index`.
    pub fn of(id: &str, index: bool) -> Self {
        match (id, index) {
            ("", _) => Kind::Home,
            ("topics", true) => Kind::Topics,
            (id, false) if id.starts_with("topics/") => Kind::Topic,
            (_, true) => Kind::Section,
            (id, false) if id.contains('/') => Kind::Article,
            (_, false) => Kind::Page,
        }
    }

    /// The name that themes know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Home => "home",
            Kind::Section => "section",
            Kind::Topics => "topics",
            Kind::Topic => "topic",
            Kind::Article => "article",
            Kind::Page => "page",
        }
    }

    /// The template that its pages are rendered with unless front matter asks for another.
    pub fn template(self) -> &'static str {
        match self {
            Kind::Home => "home.html",
            Kind::Section => "section.html",
            Kind::Topics => "topics.html",
            Kind::Topic => "topic.html",
            Kind::Article => "article.html",
            Kind::Page => "page.html",
        }
    }
}

/// An id with its versions.
#[derive(Debug)]
pub struct Entry {
    /// The id: a path below `content/` without language and extension; empty for the home page.
    pub id: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Its published versions, one place a language.
    pub versions: Vec<Option<Box<Version>>>,
    /// The language it was first written in.
    pub original: Lang,
    /// The section it belongs to.
    pub section: Option<EntryId>,
}

/// One version, with everything that it inherits from the original.
#[derive(Debug)]
pub struct Version {
    /// The file.
    pub file: ContentPath,
    /// Its front matter, or that of the original, could not be read, which has been reported:
    /// what it lacks is nobody else's fault.
    pub broken: bool,
    /// The title.
    pub title: String,
    /// Why readers do not see it yet, or no longer.
    pub unpublished: Option<Unpublished>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// When what it reports happened.
    pub date: Option<PartialDate>,
    /// When the text was last changed.
    pub updated: Option<PartialDate>,
    /// Its topics, in the order of the file.
    pub topics: Vec<EntryId>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Where its facts come from.
    pub source: Option<Source>,
    /// Its picture.
    pub cover: Option<Cover>,
    /// Its place in lists.
    pub weight: i64,
    /// Another template than the usual one; the file that asks for it, for messages.
    pub template: Option<(ContentPath, Spanned<String>)>,
    /// Values for the theme.
    pub extra: Map<String, Json>,
    /// The last part of its URL, if it is not the id's.
    pub slug: Option<Spanned<String>>,
    /// Old URL paths.
    pub aliases: Vec<Spanned<String>>,
    /// What it is a translation of, and whether that has changed since.
    pub origin: Origin,
    /// What is known of its text.
    pub outline: Outline,
    /// Where each slot of the text leads.
    pub targets: Vec<Target>,
}

/// A figure in one version.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its name within the article.
    pub id: String,
    /// The exact number.
    pub value: Decimal,
    /// Where the value is declared, for messages.
    pub declared: (ContentPath, Span),
    /// What is counted or measured; the file that says so, for messages.
    pub unit: Option<(ContentPath, Spanned<String>)>,
    /// The time it covers.
    pub period: Option<Period>,
    /// Whether the value is a bound.
    pub bound: Option<Bound>,
    /// What it is, in the version's language.
    pub label: Option<String>,
}

impl Figure {
    /// What is counted or measured.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_ref().map(|(_, unit)| unit.value.as_str())
    }

    /// What there is to write.
    pub fn quantity(&self) -> Quantity<'_> {
        Quantity { value: &self.value, unit: self.unit(), bound: self.bound }
    }
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The file, as a position in [`Site::files`], or an address elsewhere.
    pub image: Picture,
    /// What it shows.
    pub alt: String,
    /// The line below it.
    pub caption: Option<String>,
}

/// Where a picture is.
#[derive(Debug, Clone)]
pub enum Picture {
    /// A file of the site: its position in [`Site::files`].
    File(usize),
    /// An address elsewhere.
    Elsewhere(String),
}

impl Site {
    /// An entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// All entries with their ids.
    pub fn ids(&self) -> impl Iterator<Item = EntryId> + use<> {
        (0..self.entries.len()).map(EntryId::new)
    }

    /// The entry with an id.
    pub fn find(&self, id: &str) -> Option<EntryId> {
        self.by_id.get(id).copied()
    }

    /// The published version that a file is.
    pub fn version_of_file(&self, file: &ContentPath) -> Option<(EntryId, Lang)> {
        self.by_file.get(file).copied()
    }

    /// Whether any published version declares a figure.
    pub fn has_figures(&self) -> bool {
        self.entries.iter().flat_map(|e| e.versions.iter().flatten()).any(|v| !v.figures.is_empty())
    }

    /// The articles of this language that link to an entry, in the order of lists.
    pub fn backlinks(&self, entry: EntryId, lang: Lang) -> &[EntryId] {
        self.backlinks.get(entry, lang).map_or(&[], Vec::as_slice)
    }
}
