//! One file to one article: its name, its front matter, its text as HTML with slots.
//!
//! Owns what a file says by itself. It knows no other file: links, figures and components stay
//! slots until the whole site is known. The only room that reads Markdown and front matter.

mod body;
mod citation;
mod fields;
mod front;
mod markdown;
mod name;
pub mod prose;
mod same;
mod waiver;
mod wording;

use std::ops::Range;

use crate::base::{ContentPath, Digest};
use crate::config::{Config, HtmlPolicy};
use crate::diag::Diagnostics;

pub use body::{Heading, Length, Outline, Place, Slot, SlotKind, Text, Texts};
pub use citation::{NamedFile, citations, cited, file_named, named_files};
pub use fields::{FIELDS, PARITY_RULES};
pub use front::{CoverEntry, FigureEntry, Front, Label, Source, TranslatedFrom};
pub use markdown::is_elsewhere;
pub use name::{CONTENT, Name, is_article, likely_id};
pub use prose::{Prose, prose};
pub use waiver::Waiver;
pub use wording::{Passage, Wording};

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
    read(file, name, text, config, false).0
}

/// What a translator translates of a file; `None` if its front matter cannot be read.
pub fn wording(file: &ContentPath, name: &Name, text: &str, config: &Config) -> Option<Wording> {
    read(file, name.clone(), text, config, true).1
}

/// Where a file's front matter is, without the lines of hyphens, and where its Markdown begins.
pub fn front_matter(text: &str) -> Option<(Range<usize>, usize)> {
    front::split(text).ok()
}

/// Whether there can be translations of a version, which need its fingerprint. In two languages there
/// is none of a translation.
fn is_translated(front: &Front, config: &Config) -> bool {
    match config.languages.len() {
        0 | 1 => false,
        2 => front.translated_from.is_none(),
        _ => true,
    }
}

fn read(
    file: &ContentPath,
    name: Name,
    text: &str,
    config: &Config,
    worded: bool,
) -> (Parsed, Option<Wording>) {
    let mut diagnostics = Diagnostics::new();
    let (front, start) = front::read(text, file, &mut diagnostics);
    let front = Box::new(front);
    let locale = &config.language(name.lang).locale;
    let options = markdown::Options {
        typography: Some(locale.typography()),
        unspaced: locale.is_unspaced(),
        html: config.html,
    };
    let mut wording = ((worded || is_translated(&front, config)) && !front.broken)
        .then(|| wording::Writer::of(&front, &config.language(name.lang).code, text.len()));
    let body = markdown::to_html(text, start, file, &options, wording.as_mut(), &mut diagnostics);
    let (mut outline, text) = body.split();
    let wording = wording.map(wording::Writer::finish);
    outline.fingerprint = wording.as_ref().map(Wording::fingerprint);
    (Parsed { article: Article { file: file.clone(), name, front, outline }, text, diagnostics }, wording)
}

/// All that decides, beside a file's bytes, what [`parse`] makes of it.
pub fn dialect(name: &Name, config: &Config) -> Digest {
    let language = config.language(name.lang);
    let html = match config.html {
        HtmlPolicy::Clean => 0,
        HtmlPolicy::Allow => 1,
        HtmlPolicy::Escape => 2,
    };
    // The language's marks, and whether it has spaces, follow from the tag; whether a fingerprint is
    // needed, from the number of languages.
    Digest::of(language.tag().as_bytes()).and_number(html).and_number(config.languages.len().min(3) as u64)
}

/// What stands for a file that cannot be read, so that its fault is reported once.
pub fn unreadable(file: &ContentPath, name: Name) -> Article {
    let front = Box::new(Front { broken: true, ..Front::default() });
    Article { file: file.clone(), name, front, outline: Outline::default() }
}
