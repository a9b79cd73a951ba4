//! The keys of `site.yaml`: one table for reading, suggestions, documentation and the schema.

use super::publish::HOST;
use crate::yaml::{Field, Shape};

/// The keys of `site.yaml`.
pub const FIELDS: &[Field] = &[
    Field::new("title", Shape::PerLanguage, "The site's title; needed."),
    Field::new("description", Shape::PerLanguage, "What the site is about, in a sentence."),
    Field::new("author", Shape::PerLanguage, "Who publishes it; feeds need a name."),
    Field::new(
        "base_url",
        Shape::Text,
        "Where the site will stand, as https://example.org/ or https://example.org/path/; needed.",
    ),
    Field::new(
        "languages",
        Shape::List(&Shape::Map(LANGUAGE)),
        "The site's languages, the most important first; needed.",
    ),
    Field::new(
        "urls",
        Shape::OneOf(&["prefix", "root"]),
        "Every language under its code (`prefix`, the default with several languages), or the first at the root (`root`).",
    ),
    Field::new("page_size", Shape::Integer, "Articles on a page of a list; 20 by default."),
    Field::new(
        "feeds",
        Shape::Either(&Shape::Bool, &Shape::Map(FEEDS)),
        "Atom feeds: `false`, or how they are.",
    ),
    Field::new(
        "figures",
        Shape::Bool,
        "Whether all figures are offered as figures.csv and figures.json; true by default.",
    ),
    Field::new(
        "cards",
        Shape::Either(&Shape::Bool, &Shape::Map(CARDS)),
        "A share card for each page: `true`, or what letters it is drawn with; none by default.",
    ),
    Field::new(
        "theme",
        Shape::Text,
        "The theme's name: a folder in themes/, or a built-in one; `plain` by default.",
    ),
    Field::new(
        "settings",
        Shape::Names(&Shape::Any),
        "The theme's settings, as its theme.yaml declares them.",
    ),
    Field::new(
        "browsers",
        Shape::Either(&Shape::Text, &Shape::List(&Shape::Text)),
        "The browsers that style sheets are lowered for: one or several queries of Browserslist; those of spring 2023 by default.",
    ),
    Field::new("collections", Shape::Names(&Shape::Map(COLLECTION)), "Named lists for templates."),
    Field::new(
        "article_type",
        Shape::OneOf(&["Article", "NewsArticle"]),
        "What search engines take articles for, by schema.org's name; `Article` by default.",
    ),
    Field::new(
        "missing_translation",
        Shape::OneOf(&["hide", "link", "show"]),
        "What a language shows of an article that it lacks: nothing, a link to the version that exists (the default), or the original's text.",
    ),
    Field::new(
        "translation_notice",
        Shape::List(&Shape::OneOf(&["stale", "missing"])),
        "Which translations carry a notice for readers: those whose original has changed since (`stale`), pages that show another version's text (`missing`); `[missing]` by default.",
    ),
    Field::new(
        "html",
        Shape::OneOf(&["clean", "allow", "escape"]),
        "Raw HTML in Markdown: cleaned (the default), taken as it is, or shown as text.",
    ),
    Field::new(
        "images",
        Shape::Either(&Shape::Bool, &Shape::Map(IMAGES)),
        "How pictures are offered to readers; `false`: as they are.",
    ),
    Field::new("publish", Shape::Names(&Shape::Map(HOST)), "The hosts that `bashu publish` knows, by name."),
    Field::new(
        "messages",
        Shape::Names(&Shape::OneOf(&["error", "warning", "allow"])),
        "Severities to change, by the message's code.",
    ),
];

/// The keys of an entry of `languages`.
pub(super) const LANGUAGE: &[Field] = &[
    Field::new(
        "code",
        Shape::Text,
        "What file names and URLs call the language: letters, digits and hyphens; needed.",
    ),
    Field::new("tag", Shape::Text, "Its BCP 47 tag, such as zh-Hans; the code by default."),
    Field::new("name", Shape::Text, "Its name in its own words; the code by default."),
    Field::new(
        "collation",
        Shape::Text,
        "The order of its lists, by CLDR's name: pinyin (the default in zh-Hans), stroke (in zh-Hant), zhuyin, unihan; phonebk in German.",
    ),
];

/// The keys of `feeds`.
pub(super) const FEEDS: &[Field] = &[
    Field::new("topics", Shape::Bool, "A feed for each topic as well; true by default."),
    Field::new("items", Shape::Integer, "Entries in a feed; 20 by default."),
    Field::new(
        "content",
        Shape::OneOf(&["summary", "full"]),
        "Whether entries carry the whole text (the default) or the summary.",
    ),
];

/// The keys of `cards`.
pub(super) const CARDS: &[Field] = &[Field::new(
    "font",
    Shape::Either(
        &Shape::Either(&Shape::Text, &Shape::List(&Shape::Text)),
        &Shape::Names(&Shape::Either(&Shape::Text, &Shape::List(&Shape::Text))),
    ),
    "A font's file, or its files by weight; one for all languages or one for each. Without it, a font of the system.",
)];

/// The keys of `images`.
pub(super) const IMAGES: &[Field] = &[
    Field::new(
        "widths",
        Shape::List(&Shape::Integer),
        "The widths in pixels that pictures are made in, where they are wider; [400, 800, 1200, 1600, 2400] by default.",
    ),
    Field::new(
        "quality",
        Shape::Integer,
        "How much of a photograph's detail is kept, from 1 to 100; 80 by default.",
    ),
    Field::new(
        "metadata",
        Shape::OneOf(&["remove", "keep"]),
        "What becomes of places, dates and names that cameras and programs note in pictures; `remove` by default.",
    ),
];

/// The keys of an entry of `collections`.
pub(super) const COLLECTION: &[Field] = &[
    Field::new("sections", Shape::List(&Shape::Text), "Only articles of these sections."),
    Field::new("topics", Shape::List(&Shape::Text), "Only articles with one of these topics."),
    Field::new("order", Shape::OneOf(&["date", "title"]), "Newest first (the default), or by title."),
    Field::new("limit", Shape::Integer, "At most so many; 10 by default."),
];
