//! The keys of front matter: one table for reading, suggestions, documentation and the schema.

use crate::yaml::{Field, Shape};

const fn field(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, alias: "", shape, about }
}

/// The keys of an article's front matter. Those marked "shared" stand in the original alone and
/// hold for every version that does not state its own.
pub const FIELDS: &[Field] = &[
    field("title", Shape::Text, "The title; needed."),
    field("summary", Shape::Text, "One or two sentences for lists, feeds and search engines."),
    field("date", Shape::Date, "When what it reports happened: a year, a month or a day. Shared."),
    field("updated", Shape::Date, "When the text was last changed. Shared."),
    field("expires", Shape::Date, "The first day on which it is no longer published. Shared."),
    field("draft", Shape::Bool, "Not published yet. Shared; a translation can be a draft alone."),
    field("topics", Shape::List(&Shape::Text), "The ids of its topics, files in content/topics/. Shared."),
    field(
        "figures",
        Shape::Names(&Shape::Map(FIGURE)),
        "Its figures by name, cited in the text as [4,248](figure:trips). Shared, but for the label.",
    ),
    field("source", Shape::Map(SOURCE), "Where its facts come from. Shared, but for the title."),
    field("cover", Shape::Map(COVER), "Its picture. Shared, but for alt and caption."),
    Field {
        key: "weight",
        alias: "order",
        shape: Shape::Integer,
        about: "Its place in lists: lighter first, 0 by default. Shared.",
    },
    field("template", Shape::Text, "Another template than the usual one, such as wide.html. Shared."),
    field("extra", Shape::Names(&Shape::Any), "Values for the theme. Shared key by key."),
    field("slug", Shape::Text, "The last part of its URL; the file's name by default."),
    field("aliases", Shape::List(&Shape::Text), "Old URL paths that lead here, such as /old/place/."),
    field("translated_from", Shape::Text, "The version it was translated from: en, or en@FINGERPRINT."),
];

/// The keys of a figure.
pub(super) const FIGURE: &[Field] = &[
    field("value", Shape::Number, "The exact number, in plain digits; needed in the original."),
    field("unit", Shape::Text, "What is counted or measured: trip, CNY, percent. Shared."),
    field("period", Shape::Period, "The time it covers: 2023, 2023-06 or 2023-01/2023-09. Shared."),
    field("bound", Shape::OneOf(&["over", "under", "about"]), "Whether the value is a bound. Shared."),
    field("label", Shape::Text, "What the figure is, in the version's language."),
];

/// The keys of `source`.
pub(super) const SOURCE: &[Field] = &[
    field("title", Shape::Text, "What it is called; needed."),
    field("url", Shape::Text, "Where it is found."),
];

/// The keys of `cover`.
pub(super) const COVER: &[Field] = &[
    field(
        "image",
        Shape::Text,
        "The picture: a path relative to the article's file, or below static/ with a slash first; needed in the original.",
    ),
    field("alt", Shape::Text, "What it shows, for those who do not see it."),
    field("caption", Shape::Text, "The line below it."),
];
