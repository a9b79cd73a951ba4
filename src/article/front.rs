//! Front matter: the YAML between the two lines of hyphens, read into fields.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::fields::{COVER, FIELDS, FIGURE, SOURCE};
use super::waiver::{self, Waiver};
use crate::base::{BriefFingerprint, ContentPath, Decimal, PartialDate, Period, Span};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::quantity::Bound;
use crate::yaml::{self, Key, Mapping, Node, Reader, Spanned, Value};

/// What one version's file states itself; nothing is inherited here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Front {
    /// Where the front matter begins, for messages about what is not there.
    pub span: Span,
    /// It could not be read, which has been reported: that something is not in it says nothing.
    pub broken: bool,
    /// The title; empty only when its absence was reported.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// When what it reports happened.
    pub date: Option<PartialDate>,
    /// When the text was last changed.
    pub updated: Option<PartialDate>,
    /// The first day on which it is no longer published.
    pub expires: Option<PartialDate>,
    /// Not published yet.
    pub draft: Option<bool>,
    /// Ids of topics.
    pub topics: Option<Vec<Spanned<String>>>,
    /// Figures, in the order of the file.
    pub figures: Vec<FigureEntry>,
    /// Where its facts come from.
    pub source: Option<Source>,
    /// Its picture.
    pub cover: Option<CoverEntry>,
    /// Its place in lists.
    pub weight: Option<i64>,
    /// Another template.
    pub template: Option<Spanned<String>>,
    /// Values for the theme.
    #[serde(with = "as_text")]
    pub extra: Map<String, Json>,
    /// The last part of its URL.
    pub slug: Option<Spanned<String>>,
    /// Old URL paths.
    pub aliases: Vec<Spanned<String>>,
    /// The version it was translated from.
    pub translated_from: Option<Spanned<TranslatedFrom>>,
    /// What the comparison with the original is not to report.
    pub parity: Option<Waiver>,
}

/// JSON as its text: the cache's format does not say what a value is, and so cannot hold one of any kind.
mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};
    use serde_json::{Map, Value as Json};

    pub(super) fn serialize<S: Serializer>(extra: &Map<String, Json>, to: S) -> Result<S::Ok, S::Error> {
        match extra.is_empty() {
            true => to.serialize_str(""),
            false => to.serialize_str(&serde_json::to_string(extra).map_err(serde::ser::Error::custom)?),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Map<String, Json>, D::Error> {
        match <&str>::deserialize(from)? {
            "" => Ok(Map::new()),
            text => serde_json::from_str(text).map_err(serde::de::Error::custom),
        }
    }
}

/// A figure as one version states it: a translation has the label alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureEntry {
    /// Its name within the article.
    pub id: Spanned<String>,
    /// The exact number.
    pub value: Option<Decimal>,
    /// A value is written and could not be read, which has been reported.
    pub broken: bool,
    /// What is counted or measured.
    pub unit: Option<Spanned<String>>,
    /// The time it covers.
    pub period: Option<Period>,
    /// Whether the value is a bound.
    pub bound: Option<Bound>,
    /// What it is.
    pub label: Option<Label>,
}

/// What a figure is, in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Label {
    /// In the version's language.
    Own(String),
    /// In several, by their codes.
    ByCode(Vec<(Spanned<String>, String)>),
}

impl Label {
    /// What it says in the language of a version, by its code.
    pub fn of(&self, code: &str) -> Option<&str> {
        match self {
            Self::Own(text) => Some(text),
            Self::ByCode(texts) => {
                texts.iter().find(|(of, _)| of.value == code).map(|(_, text)| text.as_str())
            }
        }
    }
}

/// Where facts come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// What it is called.
    pub title: String,
    /// Where it is found.
    pub url: Option<String>,
}

/// A picture as one version states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoverEntry {
    /// Where it is stated.
    pub span: Span,
    /// An image is written and could not be read, which has been reported.
    pub broken: bool,
    /// The reference as written.
    pub image: Option<Spanned<String>>,
    /// What it shows.
    pub alt: Option<String>,
    /// The line below it.
    pub caption: Option<String>,
}

/// What a translation says of its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranslatedFrom {
    /// The file code of the language it was translated from.
    pub code: String,
    /// The fingerprint of the text it was translated from, if it is recorded.
    pub fingerprint: Option<BriefFingerprint>,
}

impl std::fmt::Display for TranslatedFrom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.fingerprint {
            None => f.write_str(&self.code),
            Some(fingerprint) => write!(f, "{}@{fingerprint}", self.code),
        }
    }
}

/// Cuts a file into front matter and text: the YAML's range, and where the Markdown begins. Else
/// what is wrong and what to do about it.
pub(super) fn split(text: &str) -> Result<(std::ops::Range<usize>, usize), (&'static str, &'static str)> {
    const MISSING: &str = "this file has no front matter";
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(match text[start..].trim_start() {
            rest if rest.starts_with("---") => (MISSING, "take away what stands before the first line `---`"),
            rest if rest.starts_with("+++") => {
                (MISSING, "front matter is YAML between two lines `---`; `+++` begins another format")
            }
            _ => (MISSING, "begin the file with a line `---`, a line `title: …`, and a line `---`"),
        });
    }
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok((yaml_start..at, at + line.len()));
        }
        at += line.len();
    }
    Err(("the front matter has no end", "write a line `---` between the last key and the text"))
}

/// Reads a file's front matter; returns it and where the Markdown begins.
pub(super) fn read(text: &str, file: &ContentPath, diags: &mut Diagnostics) -> (Front, usize) {
    let (range, body) = match split(text) {
        Ok(parts) => parts,
        Err((message, help)) => {
            let end = text.find('\n').unwrap_or(text.len()).min(80);
            let end = (0..=end).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            diags
                .push(Diagnostic::new(code::NO_FRONT_MATTER, message).at(file, Span::new(0, end)).help(help));
            return (Front { broken: true, ..Front::default() }, text.len());
        }
    };
    let span = Span::new(range.start, range.start);
    let mut front = Front { span, ..Front::default() };
    let Some(node) = yaml::parse(&text[range.clone()], range.start, file, diags) else {
        front.broken = true;
        return (front, body);
    };
    let mut reader = Reader { file, diags };
    // An empty mapping has no place of its own.
    let node = Node { span: if node.span.end == 0 { span } else { node.span }, ..node };
    match reader.mapping(node, "front matter", FIELDS) {
        Some(map) => fill(&mut front, map, &mut reader),
        None => front.broken = true,
    }
    (front, body)
}

fn fill(front: &mut Front, mut map: Mapping, reader: &mut Reader<'_>) {
    match map.take("title") {
        None => reader.missing(front.span, "title", "add `title: …`; lists, feeds and browsers show it"),
        title => front.title = reader.some_text(title).map_or_else(String::new, |t| t.value),
    }
    front.summary = reader.text(map.take("summary")).map(|t| t.value).filter(|t| !t.trim().is_empty());
    front.date = reader.date(map.take("date")).map(|d| d.value);
    front.updated = reader.date(map.take("updated")).map(|d| d.value);
    front.expires = reader.date(map.take("expires")).map(|d| d.value);
    front.draft = reader.bool(map.take("draft"));
    front.topics = reader.texts(map.take("topics"));
    for (key, node) in reader.names(map.take("figures")) {
        if key.name.contains(|c: char| c.is_whitespace() || matches!(c, '/' | '?')) {
            let message = format!("no text can cite a figure by the name `{}`", key.name);
            reader.invalid(
                key.span,
                message,
                "take one without spaces, `/` and `?`, such as `freight-trips`",
            );
        }
        if let Some(figure) = figure(reader, key, node) {
            front.figures.push(figure);
        }
    }
    front.source = source(reader, map.take("source"));
    front.cover = cover(reader, map.take("cover"));
    front.weight = reader.integer(map.take("weight"), -1_000_000..=1_000_000);
    front.template = reader.some_text(map.take("template"));
    front.extra = reader.json_map(map.take("extra"));
    front.slug = reader.some_text(map.take("slug"));
    front.aliases = reader.texts(map.take("aliases")).unwrap_or_default();
    front.translated_from = translated_from(reader, map.take("translated_from"));
    front.parity = waiver::read(reader, map.take("parity"));
}

fn figure(reader: &mut Reader<'_>, key: Key, node: Node) -> Option<FigureEntry> {
    let mut map = reader.mapping(node, "a figure", FIGURE)?;
    let value = map.take("value");
    let stated = value.is_some();
    let value = reader.decimal(value);
    let bounds = [("over", Bound::Over), ("under", Bound::Under), ("about", Bound::About)];
    Some(FigureEntry {
        id: Spanned { span: key.span, value: key.name.to_string() },
        broken: stated && value.is_none(),
        value,
        unit: reader.some_text(map.take("unit")),
        period: reader.period(map.take("period")).map(|p| p.value),
        bound: reader.one_of(map.take("bound"), &bounds),
        label: label(reader, map.take("label")),
    })
}

fn label(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Option<Label> {
    let (key, node) = entry?;
    if !matches!(node.value, Value::Map(_)) {
        return reader.some_text(Some((key, node))).map(|text| Label::Own(text.value));
    }
    let texts = reader.names(Some((key, node))).into_iter().filter_map(|(code, text)| {
        let name = Spanned { span: code.span, value: code.name.to_string() };
        Some((name, reader.some_text(Some((code, text)))?.value))
    });
    Some(Label::ByCode(texts.collect()))
}

fn source(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Option<Source> {
    let (key, node) = entry?;
    let mut map = reader.mapping(node, "`source`", SOURCE)?;
    let url = reader.some_text(map.take("url"));
    if let Some(url) = &url
        && !(url.value.starts_with("https://") || url.value.starts_with("http://"))
    {
        reader.invalid(
            url.span,
            "the source's URL is not an http or https URL",
            "write the whole URL, or leave it out",
        );
    }
    let title = match map.take("title") {
        None => {
            reader.missing(key.span, "title", "say what the source is called: `source: {title: …}`");
            return None;
        }
        title => reader.some_text(title)?,
    };
    Some(Source { title: title.value, url: url.map(|u| u.value) })
}

fn cover(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Option<CoverEntry> {
    let (key, node) = entry?;
    let mut map = reader.mapping(node, "`cover`", COVER)?;
    let image = map.take("image");
    let stated = image.is_some();
    let image = reader.some_text(image);
    Some(CoverEntry {
        span: key.span,
        broken: stated && image.is_none(),
        image,
        alt: reader.text(map.take("alt")).map(|t| t.value),
        caption: reader.some_text(map.take("caption")).map(|t| t.value),
    })
}

fn translated_from(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Option<Spanned<TranslatedFrom>> {
    let text = reader.some_text(entry)?;
    let (code, fingerprint) = match text.value.split_once('@') {
        Some((code, fingerprint)) => (code, Some(fingerprint)),
        None => (text.value.as_str(), None),
    };
    let known = fingerprint.map(BriefFingerprint::parse);
    let message = match known {
        _ if code.is_empty() => Some(format!("`{}` names no version", text.value)),
        Some(None) => Some(format!("what stands after `@` in `{}` is no fingerprint", text.value)),
        _ => None,
    };
    if let Some(message) = message {
        let help = "write the language's code, `en`; or `en@` and eight of the digits 0 to 9 and a to f, as \
                    `bashu translations accept` does";
        reader.invalid(text.span, message, help);
        return None;
    }
    let value = TranslatedFrom { code: code.to_owned(), fingerprint: known.flatten() };
    Some(Spanned { span: text.span, value })
}
