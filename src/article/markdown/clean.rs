//! Raw HTML made harmless.
//!
//! Owns the list of what may remain: what the writer itself writes, and what an author needs
//! beyond Markdown. It never runs for a text without raw HTML.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// The elements that remain; others are taken away and their content stays.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// The elements whose content goes with them.
const GONE: &[&str] =
    &["iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template"];

/// The attributes that any element may have; `data-slot` marks a slot until it gets its place.
const EVERYWHERE: &[&str] = &["class", "data-slot", "dir", "id", "lang", "role", "title", "translate"];

/// The attributes of single elements.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("div", &["tabindex"]),
    ("img", &["alt", "decoding", "height", "loading", "src", "width"]),
    ("input", &["checked", "disabled", "type"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start", "type"]),
    ("pre", &["tabindex"]),
    ("q", &["cite"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// The schemes that a URL in raw HTML may have; relative ones pass, `style` and `on…` never do.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let set = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    let mut builder = Builder::default();
    builder
        .tags(set(TAGS))
        .clean_content_tags(set(GONE))
        .generic_attributes(set(EVERYWHERE))
        .generic_attribute_prefixes(set(&["aria-"]))
        .tag_attributes(ATTRIBUTES.iter().map(|&(tag, names)| (tag, set(names))).collect())
        // Whatever `input` an author writes, what remains is a box of a task list. One attribute
        // only: ammonia appends them in the order of a hash map.
        .set_tag_attribute_values(HashMap::from([("input", HashMap::from([("type", "checkbox")]))]))
        .url_schemes(set(SCHEMES))
        .link_rel(None);
    builder
});

/// HTML with the elements and attributes that may remain, well formed.
pub(super) fn clean(html: &str) -> String {
    let html = CLEANER.clean(html).to_string();
    // HTML's rules make these of `</p>` without `<p>`: around a block inside a paragraph.
    if html.contains("<p></p>") { html.replace("<p></p>", "") } else { html }
}
