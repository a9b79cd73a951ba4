//! Just enough HTML and XML for the judge: tags with their attributes, and a sitemap's URLs.
//!
//! Written for the judge alone, so that it does not believe what the generator's own code believes.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag {
    /// Its name, in lower case.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value, without entities.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether `rel` holds a word.
    pub(super) fn rel(&self, word: &str) -> bool {
        self.get("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
    }
}

/// All start tags of a document, in order; comments and what stands in scripts are passed over.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, after) = tag(rest);
            rest = after;
            if matches!(tag.name.as_str(), "script" | "style" | "textarea") {
                let end = format!("</{}", tag.name);
                rest = rest.split_once(end.as_str()).map_or("", |(_, after)| after);
            }
            tags.push(tag);
        }
    }
    tags
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(text.len());
    let mut tag = Tag { name: text[..end].to_ascii_lowercase(), attributes: Vec::new() };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        if rest.is_empty() {
            return (tag, rest);
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
            .unwrap_or(rest.len())
            .max(1);
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            rest = after.trim_start();
            (value, rest) = match rest.chars().next() {
                Some(quote @ ('"' | '\'')) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
                _ => {
                    let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len());
                    rest.split_at(end)
                }
            };
        }
        tag.attributes.push((name, without_entities(value)));
    }
}

/// The content of the first `title` element.
pub(super) fn title(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<title>")?;
    Some(without_entities(rest.split_once("</title>")?.0.trim()))
}

fn without_entities(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() < 10);
        let c = entity.and_then(|(name, _)| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        });
        match (c, entity) {
            (Some(c), Some((_, after))) => {
                out.push(c);
                rest = after;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A URL of a sitemap, or a part of a sitemap index.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) loc: String,
    /// Tag and URL.
    pub(super) alternates: Vec<(String, String)>,
    /// Whether it stands in an index.
    pub(super) part: bool,
}

/// What a sitemap file lists.
pub(super) fn sitemap(xml: &str) -> Result<Vec<Listed>, String> {
    let mut reader = Reader::from_str(xml);
    let mut listed: Vec<Listed> = Vec::new();
    let mut in_loc = false;
    let attribute = |tag: &BytesStart<'_>, name: &str| -> String {
        let found = tag.attributes().flatten().find(|a| a.key.as_ref() == name);
        found.map_or(String::new(), |a| a.normalized_value(XmlVersion::default()).unwrap().into_owned())
    };
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "url" => listed.push(Listed::default()),
                "sitemap" => listed.push(Listed { part: true, ..Listed::default() }),
                "loc" => in_loc = true,
                "xhtml:link" => {
                    if attribute(&tag, "rel") != "alternate" {
                        return Err("an xhtml:link that is no alternate".to_owned());
                    }
                    let last = listed.last_mut().ok_or("an xhtml:link outside url")?;
                    last.alternates.push((attribute(&tag, "hreflang"), attribute(&tag, "href")));
                }
                _ => {}
            },
            Event::End(tag) if tag.name().as_ref() == "loc" => in_loc = false,
            Event::Text(text) if in_loc => {
                listed.last_mut().ok_or("a loc outside url")?.loc.push_str(&text.xml10_content());
            }
            Event::GeneralRef(entity) if in_loc => {
                let text = without_entities(&format!("&{};", entity.xml10_content()));
                listed.last_mut().ok_or("a loc outside url")?.loc.push_str(&text);
            }
            Event::Eof => return Ok(listed),
            _ => {}
        }
    }
}

#[test]
fn tags_are_found_as_browsers_find_them() {
    let html = "<!doctype html><html lang=zh-Hans><!-- <link rel=x> --><script>\"<a href=y>\"</script>\
                <LINK rel='alternate nofollow' hreflang=\"en\" href=\"/?a=1&amp;b&#x2F;\"/><br/>";
    let tags = tags(html);
    let names: Vec<&str> = tags.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["html", "script", "link", "br"]);
    assert_eq!(tags[0].get("lang"), Some("zh-Hans"));
    assert_eq!(tags[2].get("href"), Some("/?a=1&b/"));
    assert!(tags[2].rel("alternate") && !tags[2].rel("canonical"));
}
