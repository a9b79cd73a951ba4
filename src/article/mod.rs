//! One file to one article: its name, its front matter, its text as HTML with slots.
//!
//! Owns what a file says by itself. It knows no other file: links, figures and components stay
//! slots until the whole site is known. The only room that reads Markdown and front matter.

mod body;
mod fields;
mod front;
mod markdown;
mod name;
pub mod prose;
mod waiver;

use crate::base::{ContentPath, Digest};
use crate::config::{Config, HtmlPolicy};
use crate::diag::Diagnostics;

pub use body::{Heading, Outline, Place, Slot, SlotKind, Text, Texts};
pub use fields::{FIELDS, PARITY_RULES};
pub use front::{CoverEntry, FigureEntry, Front, Source, TranslatedFrom};
pub use name::{CONTENT, Name, is_article, likely_id};
pub use prose::{Prose, prose};
pub use waiver::Waiver;

/// One file: one version of an article (or of a page, a topic, a section, the home page).
#[derive(Debug)]
pub struct Article {
    /// The file.
    pub file: ContentPath,
    /// What its name says.
    pub name: Name,
    /// What its front matter says; large, and handed on several times.
    pub front: Box<Front>,
    /// What is known of its text.
    pub outline: Outline,
}

/// What a file becomes: the article, the text that waits for its page, and what is wrong with it.
#[derive(Debug)]
pub struct Parsed {
    /// The article.
    pub article: Article,
    /// Its text.
    pub text: Text,
    /// The faults of the file.
    pub diagnostics: Diagnostics,
}

/// Reads one file. There is always an article, however many faults: others link to it, and their
/// links are not broken because this file is.
pub fn parse(file: &ContentPath, name: Name, text: &str, config: &Config) -> Parsed {
    let mut diagnostics = Diagnostics::new();
    let (front, start) = front::read(text, file, &mut diagnostics);
    let front = Box::new(front);
    let options =
        markdown::Options { quotes: config.language(name.lang).locale.typography(), html: config.html };
    let (outline, text) = markdown::to_html(text, start, file, &options, &mut diagnostics).split();
    Parsed { article: Article { file: file.clone(), name, front, outline }, text, diagnostics }
}

/// All that decides, beside a file's bytes, what [`parse`] makes of it.
pub fn dialect(name: &Name, config: &Config) -> Digest {
    let language = config.language(name.lang);
    let html = match config.html {
        HtmlPolicy::Clean => 0,
        HtmlPolicy::Allow => 1,
        HtmlPolicy::Escape => 2,
    };
    // The marks of quotations follow from the tag.
    Digest::of(language.tag().as_bytes()).and_number(html)
}

/// What stands for a file that cannot be read, so that its fault is reported once.
pub fn unreadable(file: &ContentPath, name: Name) -> Article {
    let front = Box::new(Front { broken: true, ..Front::default() });
    Article { file: file.clone(), name, front, outline: Outline::default() }
}
