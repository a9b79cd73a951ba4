//! Settings of type `pages`: what a site's builder puts into a navigation or a footer.
//!
//! Owns their form. That a page exists is found out by `render`, when the site is known.

use crate::base::{ContentPath, Span};
use crate::config::{Config, PerLang};
use crate::diag::Diagnostics;
use crate::yaml::{Field, Key, Node, Reader, Shape, Value};

/// The keys of an entry that is more than an id.
const LINK: &[Field] = &[
    Field::new("page", Shape::Text, "The id of a page, article, topic or section; `home` for the home page."),
    Field::new("url", Shape::Text, "Instead of that: a URL, or a path from the site's root."),
    Field::new(
        "title",
        Shape::PerLanguage,
        "What the link says; needed with `url`, the page's title by default.",
    ),
];

/// An entry of a setting of type `pages`.
#[derive(Clone, Debug)]
pub struct PageLink {
    /// The file that asks for it.
    pub file: ContentPath,
    /// Where.
    pub span: Span,
    /// Where it leads.
    pub to: LinkTo,
    /// What it says, unless the page's title does.
    pub title: Option<PerLang<String>>,
}

/// Where an entry leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTo {
    /// To an entry of the site, by its id.
    Page(String),
    /// To a path from the site's root, which begins with a slash.
    Path(String),
    /// To another site.
    Url(String),
}

/// Reads a list of entries; what is at fault is reported and left out.
pub(super) fn read(
    name: &str,
    items: &[Node],
    file: &ContentPath,
    config: &Config,
    diags: &mut Diagnostics,
) -> Vec<PageLink> {
    let mut reader = Reader { file, diags };
    items.iter().filter_map(|item| link(name, item, &mut reader, config)).collect()
}

fn link(name: &str, item: &Node, reader: &mut Reader<'_>, config: &Config) -> Option<PageLink> {
    let file = reader.file.clone();
    if let Value::Text(id) = &item.value {
        let to = LinkTo::Page(id.trim_matches('/').to_owned());
        return Some(PageLink { file, span: item.span, to, title: None });
    }
    let mut map = reader.mapping(item.clone(), &format!("an entry of `{name}`"), LINK)?;
    let title = map.take("title").and_then(|entry| title(entry, reader, config));
    let (page, url) = (reader.some_text(map.take("page")), reader.some_text(map.take("url")));
    let (span, to) = match (page, url) {
        (Some(page), None) => (page.span, LinkTo::Page(page.value.trim_matches('/').to_owned())),
        (None, Some(url)) => {
            let begins = |start: &str| url.value.starts_with(start);
            let to = if begins("/") && !begins("//") {
                LinkTo::Path(url.value.clone())
            } else if ["https://", "http://", "mailto:"].into_iter().any(begins) {
                LinkTo::Url(url.value.clone())
            } else {
                let help = "write `https://…`, or a path from the site's root as `/feed.xml`; pages have `page` and their id";
                reader.invalid(url.span, format!("`{}` is no URL", url.value), help);
                return None;
            };
            if title.is_none() {
                reader.missing(item.span, "title", "write what the link says: `title: {en: …, zh: …}`");
                return None;
            }
            (url.span, to)
        }
        (Some(_), Some(url)) => {
            reader.invalid(url.span, "an entry has a `page` or a `url`, not both", "take one of them out");
            return None;
        }
        (None, None) => {
            reader.missing(item.span, "page", "write `page:` and an id, or `url:` and `title:`");
            return None;
        }
    };
    Some(PageLink { file, span, to, title })
}

/// A text in each language; one that is not named takes the first.
fn title((key, node): (Key, Node), reader: &mut Reader<'_>, config: &Config) -> Option<PerLang<String>> {
    let codes = config.languages.iter().map(|l| l.code.as_str());
    let texts: Vec<(String, String)> = match &node.value {
        Value::Map(_) => {
            let named = reader.names(Some((key, node)));
            let mut texts = Vec::new();
            for (code, node) in named {
                let name = code.name.to_string();
                texts.extend(reader.some_text(Some((code, node))).map(|text| (name, text.value)));
            }
            texts
        }
        _ => {
            reader.some_text(Some((key, node))).map(|text| (String::new(), text.value)).into_iter().collect()
        }
    };
    let (_, first) = texts.first()?;
    let text = |code: &str| texts.iter().find(|(own, _)| own == code).map_or(first, |(_, text)| text).clone();
    Some(PerLang(codes.map(text).collect()))
}
