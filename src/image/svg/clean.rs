//! An SVG file as a site may show it, whoever drew it.
//!
//! Owns which elements and attributes are kept: those that draw, move, or say in words what is drawn.
//! Everything of other namespaces goes, and so do scripts, HTML, handlers of events, references that
//! lead out of the file, instructions, document types, and what editors keep for themselves.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use quick_xml::XmlVersion;
use quick_xml::escape::{escape, partial_escape, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::{css, damaged};
use crate::image::Fault;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements that are kept (SVG 2, SVG 1.1, Filter Effects 1), sorted.
const ELEMENTS: [&str; 60] = [
    "a",
    "animate",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
];
/// Elements in which text is more than the space between elements.
const TEXTS: [&str; 3] = ["text", "title", "desc"];
/// Elements that change an attribute of others.
const CHANGES: [&str; 4] = ["animate", "animateMotion", "animateTransform", "set"];

/// How deep elements may stand in each other: more than in any drawing, and few enough for every reader of XML.
const DEEPEST: usize = 200;

/// The text of an SVG file without what runs, what asks other servers, and what editors leave. What is
/// kept looks as before. Cleaning what is clean changes nothing.
///
/// # Errors
///
/// It is no well-formed XML, or its root is no `svg` of SVG's namespace, so that browsers would not show
/// it either.
pub(in crate::image) fn clean(text: &str) -> Result<String, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(c) = text.chars().find(|c| !is_allowed(*c)) {
        return Err(damaged(&format!("it has the character U+{:04X}, which XML forbids", u32::from(c))));
    }
    let mut reader = NsReader::from_str(text);
    let mut cleaner = Cleaner::default();
    loop {
        let event = reader.read_event();
        let result = event.map_err(|error| error.to_string()).and_then(|event| cleaner.see(event, &reader));
        match result {
            Ok(true) => {}
            Ok(false) => return cleaner.finish(),
            Err(why) => {
                let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
                let line = text.bytes().take(end).filter(|b| *b == b'\n').count() + 1;
                return Err(damaged(&format!("line {line}: {why}")));
            }
        }
    }
}

/// What may stand in a document (XML 1.0, § 2.2).
fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

#[derive(Default)]
struct Cleaner {
    out: String,
    /// The elements that are open and kept.
    open: Vec<&'static str>,
    /// How many elements are open in one that is left out, with itself.
    skipped: usize,
    /// Where the root's namespaces go.
    root: Option<usize>,
    has_xlink: bool,
    /// The style that is being read, and where its element begins in `out`.
    style: Option<(usize, String)>,
    entities: BTreeMap<String, String>,
}

impl Cleaner {
    /// Takes an event in. False at the end.
    fn see(&mut self, event: Event<'_>, reader: &NsReader<&[u8]>) -> Result<bool, String> {
        match event {
            Event::Start(_) if self.open.len() + self.skipped >= DEEPEST => {
                return Err(format!("its elements stand in each other more than {DEEPEST} deep"));
            }
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            Event::Start(tag) => match self.element(&tag, reader)? {
                Some(name) => {
                    self.out.push('>');
                    self.open.push(name);
                }
                None => self.skipped = 1,
            },
            Event::Empty(tag) if self.skipped == 0 && self.element(&tag, reader)?.is_some() => {
                self.style = None;
                self.out.push_str("/>");
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text),
            Event::CData(text) => self.text(&text),
            Event::GeneralRef(reference) => {
                let c = reference.resolve_char_ref().map_err(|error| error.to_string())?;
                let c = c.map(|c| if is_allowed(c) { c.to_string() } else { String::new() });
                let text = c.or_else(|| self.entity(&reference).map(str::to_owned));
                let text = text.ok_or_else(|| format!("nothing says what `&{};` is", &*reference))?;
                self.text(&text);
            }
            Event::DocType(doctype) => self.entities = entities(&doctype),
            Event::Eof => return Ok(false),
            _ => {}
        }
        Ok(true)
    }

    /// Writes an element up to its last attribute, and gives its name; `None` if it is left out.
    fn element(
        &mut self,
        tag: &BytesStart<'_>,
        reader: &NsReader<&[u8]>,
    ) -> Result<Option<&'static str>, String> {
        let (namespace, local) = reader.resolver().resolve_element(tag.name());
        let is_svg = self.is(&namespace, SVG);
        let known = ELEMENTS.iter().find(|name| **name == local.as_ref() && is_svg);
        if self.open.is_empty() {
            if self.root.is_some() {
                return Err("it has two elements at its top".to_owned());
            }
            if known != Some(&"svg") {
                return Err(format!("its first element is no `svg` with xmlns=\"{SVG}\""));
            }
        }
        let Some(&name) = known else { return Ok(None) };
        if self.style.is_some() {
            return Ok(None);
        }

        let start = self.out.len();
        self.out.push('<');
        self.out.push_str(name);
        if self.root.is_none() {
            self.root = Some(self.out.len());
        }
        let mut seen = BTreeSet::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let resolved = reader.resolver().resolve_attribute(attribute.key);
            let Some(key) = self.key(&resolved.0, resolved.1.as_ref()) else { continue };
            let value = attribute
                .normalized_value_with(XmlVersion::Implicit1_0, 1, |name| self.entity(name))
                .map_err(|error| error.to_string())?;
            let is_change = CHANGES.contains(&name) && key == "attributeName";
            if is_change && !is_changeable(&value) {
                self.out.truncate(start);
                return Ok(None);
            }
            let Some(value) = kept(name, &key, &value) else { continue };
            self.has_xlink |= key.starts_with("xlink:");
            let escaped = escape(&*value);
            if seen.insert(key.clone()) {
                for piece in [" ", &key, "=\"", &escaped, "\""] {
                    self.out.push_str(piece);
                }
            }
        }
        if name == "style" {
            self.style = Some((start, String::new()));
        }
        Ok(Some(name))
    }

    /// The name under which an attribute is written; `None` if it is left out.
    fn key(&self, namespace: &ResolveResult<'_>, local: &str) -> Option<String> {
        let is_name = local.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        let begins = local.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
        let is_handler = local.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
        // `ping` of a link tells a server that it was followed.
        if !is_name || !begins || is_handler || local == "ping" {
            return None;
        }
        match (namespace, local) {
            (ResolveResult::Unbound, _) => Some(local.to_owned()),
            (_, "href") if self.is(namespace, XLINK) => Some("xlink:href".to_owned()),
            (ResolveResult::Bound(Namespace(XML)), "lang" | "space") => Some(format!("xml:{local}")),
            _ => None,
        }
    }

    /// Whether a namespace is this one, also by an entity, as old editors write it.
    fn is(&self, namespace: &ResolveResult<'_>, name: &str) -> bool {
        let ResolveResult::Bound(Namespace(said)) = namespace else { return false };
        let entity = said.strip_prefix('&').and_then(|said| said.strip_suffix(';'));
        *said == name || entity.and_then(|entity| self.entity(entity)) == Some(name)
    }

    fn entity(&self, name: &str) -> Option<&str> {
        resolve_predefined_entity(name).or_else(|| self.entities.get(name).map(String::as_str))
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if let Some((_, style)) = &mut self.style {
            style.push_str(text);
        } else if self.open.iter().any(|name| TEXTS.contains(name)) {
            self.out.push_str(&partial_escape(text));
        }
    }

    fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if let Some((start, style)) = self.style.take() {
            match css::clean(&style) {
                Some(style) => self.out.push_str(&partial_escape(&*style)),
                None => return self.out.truncate(start),
            }
        }
        for piece in ["</", name, ">"] {
            self.out.push_str(piece);
        }
    }

    fn finish(mut self) -> Result<String, Fault> {
        let Some(root) = self.root.filter(|_| self.open.is_empty() && self.skipped == 0) else {
            return Err(Fault::truncated());
        };
        let xlink = if self.has_xlink { format!(" xmlns:xlink=\"{XLINK}\"") } else { String::new() };
        self.out.insert_str(root, &format!(" xmlns=\"{SVG}\"{xlink}"));
        self.out.push('\n');
        Ok(self.out)
    }
}

/// The value of an attribute as it is kept; `None` if the attribute is left out.
fn kept<'a>(element: &str, key: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let value: Cow<'_, str> = match value.contains(|c: char| c.is_control()) {
        // As line breaks are read again, and nothing else is wanted.
        true => {
            value.chars().filter(|c| is_allowed(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
        }
        false => value.into(),
    };
    if matches!(key, "href" | "xlink:href") {
        let is_picture = matches!(element, "image" | "feImage") && css::is_raster(value.trim());
        return (css::is_fragment(value.trim()) || is_picture).then_some(value);
    }
    if value.contains(['(', '\\', '@']) { css::clean(&value).map(Cow::Owned) } else { Some(value) }
}

/// Whether an attribute may be changed by an animation: not where something leads, nor what runs.
fn is_changeable(attribute: &str) -> bool {
    let local = attribute.trim().rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    local != "href" && !local.starts_with("on")
}

/// The entities that a document type declares in itself, where they are plain and short: old editors
/// declare those of namespaces.
fn entities(doctype: &str) -> BTreeMap<String, String> {
    const LONGEST: usize = 200;
    let declarations = doctype.split("<!ENTITY").skip(1);
    let read = |declaration: &str| {
        let (name, rest) = declaration.trim_start().split_once(char::is_whitespace)?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, _) = rest.get(1..)?.split_once(quote)?;
        let is_plain = value.len() <= LONGEST && !value.contains(['<', '&', '%']);
        is_plain.then(|| (name.to_owned(), value.to_owned()))
    };
    declarations.filter_map(read).collect()
}
