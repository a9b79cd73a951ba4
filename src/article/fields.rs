//! The keys of front matter: one table for reading, suggestions, documentation and the schema.

use crate::yaml::{Field, Shape};

/// The keys of an article's front matter. Those marked "shared" stand in the original alone and
/// hold for every version that does not state its own.
pub const FIELDS: &[Field] = &[
    Field::new("title", Shape::Text, "The title; needed."),
    Field::new("summary", Shape::Text, "One or two sentences for lists, feeds and search engines."),
    Field::new("date", Shape::Date, "When what it reports happened: a year, a month or a day. Shared."),
    Field::new("updated", Shape::Date, "When the text was last changed. Shared."),
    Field::new("expires", Shape::Date, "The first day on which it is no longer published. Shared."),
    Field::new("draft", Shape::Bool, "Not published yet. Shared; a translation can be a draft alone."),
    Field::new(
        "topics",
        Shape::List(&Shape::Text),
        "The ids of its topics, files in content/topics/. Shared.",
    ),
    Field::new(
        "figures",
        Shape::Names(&Shape::Map(FIGURE)),
        "Its figures by name, cited in the text as [4,248](figure:trips). Shared, but for the label.",
    ),
    Field::new("source", Shape::Map(SOURCE), "Where its facts come from. Shared, but for the title."),
    Field::new("cover", Shape::Map(COVER), "Its picture. Shared, but for alt and caption."),
    Field {
        key: "weight",
        alias: "order",
        shape: Shape::Integer,
        about: "Its place in lists: lighter first, 0 by default. Shared.",
    },
    Field::new("template", Shape::Text, "Another template than the usual one, such as wide.html. Shared."),
    Field::new("extra", Shape::Names(&Shape::Any), "Values for the theme. Shared key by key."),
    Field::new("slug", Shape::Text, "The last part of its URL; the file's name by default."),
    Field::new("aliases", Shape::List(&Shape::Text), "Old URL paths that lead here, such as /old/place/."),
    Field::new("translated_from", Shape::Text, "The version it was translated from: en, or en@FINGERPRINT."),
    Field::new(
        "parity",
        Shape::Map(PARITY),
        "What `bashu check parity` is not to report of this translation.",
    ),
];

/// The keys of `parity`.
pub(super) const PARITY: &[Field] = &[
    Field::new(
        "waive",
        Shape::Either(&Shape::OneOf(&["all"]), &Shape::List(&Shape::OneOf(PARITY_RULES))),
        "The rules that do not hold here, or all; needed.",
    ),
    Field::new("reason", Shape::Text, "Why not, for the next editor; needed."),
];

/// The rules of parity, by the names that waivers have for them.
pub const PARITY_RULES: &[&str] = &[
    "numbers",
    "figures",
    "links",
    "images",
    "code",
    "components",
    "tables",
    "headings",
    "lists",
    "alerts",
    "footnotes",
    "length",
    "language",
    "fields",
];

/// The keys of a figure.
pub(super) const FIGURE: &[Field] = &[
    Field::new("value", Shape::Number, "The exact number, in plain digits; needed in the original."),
    Field::new("unit", Shape::Text, "What is counted or measured: trip, CNY, percent, person/day. Shared."),
    Field::new("period", Shape::Period, "The time it covers: 2023, 2023-06 or 2023-01/2023-09. Shared."),
    Field::new("bound", Shape::OneOf(&["over", "under", "about"]), "Whether the value is a bound. Shared."),
    Field::new(
        "label",
        Shape::PerLanguage,
        "What the figure is, in the version's language; in the original also in several, by their codes.",
    ),
];

/// The keys of `source`.
pub(super) const SOURCE: &[Field] = &[
    Field::new("title", Shape::Text, "What it is called; needed."),
    Field::new("url", Shape::Text, "Where it is found."),
];

/// The keys of `cover`.
pub(super) const COVER: &[Field] = &[
    Field::new(
        "image",
        Shape::Text,
        "The picture: a path relative to the article's file, or below static/ with a slash first; needed in the original.",
    ),
    Field::new("alt", Shape::Text, "What it shows, for those who do not see it."),
    Field::new("caption", Shape::Text, "The line below it."),
];
