//! One file to one article: its name, its front matter, its text as HTML with slots.
//!
//! Owns what a file says by itself. It knows no other file: links, figures and components stay
//! slots until the whole site is known. The only room that reads Markdown and front matter.

mod body;
mod fields;
mod front;
mod markdown;
mod name;

use crate::base::ContentPath;
use crate::config::Config;
use crate::diag::Diagnostics;

pub use body::{Body, Heading, Slot, SlotKind};
pub use fields::FIELDS;
pub use front::{Bound, CoverEntry, FigureEntry, Front, Source, TranslatedFrom};
pub use name::{CONTENT, Name, is_article, likely_id};

/// One file: one version of an article (or of a page, a topic, a section, the home page).
#[derive(Debug)]
pub struct Article {
    /// The file.
    pub file: ContentPath,
    /// What its name says.
    pub name: Name,
    /// What its front matter says.
    pub front: Front,
    /// Its text.
    pub body: Body,
}

/// Reads one file. There is always an article, however many faults: others link to it, and their
/// links are not broken because this file is.
pub fn parse(file: &ContentPath, name: Name, text: &str, config: &Config) -> (Article, Diagnostics) {
    let mut diags = Diagnostics::new();
    let (front, start) = front::read(text, file, &mut diags);
    let options =
        markdown::Options { quotes: config.language(name.lang).locale.typography(), html: config.html };
    let body = markdown::to_html(text, start, file, &options, &mut diags);
    (Article { file: file.clone(), name, front, body }, diags)
}

/// What stands for a file that cannot be read, so that its fault is reported once.
pub fn unreadable(file: &ContentPath, name: Name) -> Article {
    let front = Front { broken: true, ..Front::default() };
    Article { file: file.clone(), name, front, body: Body::default() }
}
