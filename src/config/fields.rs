//! The keys of `site.yaml`: one table for reading, suggestions, documentation and the schema.

use crate::yaml::{Field, Shape};

const fn field(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, alias: "", shape, about }
}

/// The keys of `site.yaml`.
pub const FIELDS: &[Field] = &[
    field("title", Shape::PerLanguage, "The site's title; needed."),
    field("description", Shape::PerLanguage, "What the site is about, in a sentence."),
    field("author", Shape::PerLanguage, "Who publishes it; feeds need a name."),
    field(
        "base_url",
        Shape::Text,
        "Where the site will stand, as https://example.org/ or https://example.org/path/; needed.",
    ),
    field(
        "languages",
        Shape::List(&Shape::Map(LANGUAGE)),
        "The site's languages, the most important first; needed.",
    ),
    field(
        "urls",
        Shape::OneOf(&["prefix", "root"]),
        "Every language under its code (`prefix`, the default with several languages), or the first at the root (`root`).",
    ),
    field("page_size", Shape::Integer, "Articles on a page of a list; 20 by default."),
    field("feeds", Shape::Either(&Shape::Bool, &Shape::Map(FEEDS)), "Atom feeds: `false`, or how they are."),
    field(
        "theme",
        Shape::Text,
        "The theme's name: a folder in themes/, or a built-in one; `plain` by default.",
    ),
    field("settings", Shape::Names(&Shape::Any), "The theme's settings, as its theme.yaml declares them."),
    field("collections", Shape::Names(&Shape::Map(COLLECTION)), "Named lists for templates."),
    field(
        "missing_translation",
        Shape::OneOf(&["hide", "link", "show"]),
        "What a language shows of an article that it lacks: nothing, a link to the version that exists (the default), or the original's text.",
    ),
    field(
        "html",
        Shape::OneOf(&["clean", "allow", "escape"]),
        "Raw HTML in Markdown: cleaned (the default), taken as it is, or shown as text.",
    ),
    field(
        "messages",
        Shape::Names(&Shape::OneOf(&["error", "warning", "allow"])),
        "Severities to change, by the message's code.",
    ),
];

/// The keys of an entry of `languages`.
pub(super) const LANGUAGE: &[Field] = &[
    field(
        "code",
        Shape::Text,
        "What file names and URLs call the language: letters, digits and hyphens; needed.",
    ),
    field("tag", Shape::Text, "Its BCP 47 tag, such as zh-Hans; the code by default."),
    field("name", Shape::Text, "Its name in its own words; the code by default."),
];

/// The keys of `feeds`.
pub(super) const FEEDS: &[Field] = &[
    field("topics", Shape::Bool, "A feed for each topic as well; true by default."),
    field("items", Shape::Integer, "Entries in a feed; 20 by default."),
    field(
        "content",
        Shape::OneOf(&["summary", "full"]),
        "Whether entries carry the whole text (the default) or the summary.",
    ),
];

/// The keys of an entry of `collections`.
pub(super) const COLLECTION: &[Field] = &[
    field("sections", Shape::List(&Shape::Text), "Only articles of these sections."),
    field("topics", Shape::List(&Shape::Text), "Only articles with one of these topics."),
    field("order", Shape::OneOf(&["date", "title"]), "Newest first (the default), or by title."),
    field("limit", Shape::Integer, "At most so many; 10 by default."),
];
