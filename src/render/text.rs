//! An article's text with its slots filled: links, pictures, figures, components, strings.

use std::fmt::Write;

use tera::Context;

use super::Engine;
use super::form::Form;
use crate::article::{Slot, SlotKind, Text};
use crate::base::{Digest, Lang, Span, UrlPath, escape_html};
use crate::diag::{Diagnostic, code};
use crate::quantity::Manner;
use crate::site::{EntryId, Figure, Target, Version};
use crate::theme;
use crate::yaml::Node;

/// Where a text is shown.
pub(super) struct Place<'p> {
    /// The language of the page, whose reader the links lead on.
    pub(super) lang: Lang,
    /// The page's URL, for links within the text that must be absolute.
    pub(super) url: &'p UrlPath,
    /// Whether URLs are absolute, as feeds need them.
    pub(super) absolute: bool,
}

/// What goes into a slot on a certain page.
enum Filling<'f> {
    Nothing,
    Link(Href<'f>),
    Image(Href<'f>),
    Figure { figure: &'f Figure, manner: Manner, text: Option<&'f str> },
    Component { name: &'f str, place: Span, arguments: Option<&'f Node> },
    Word(String),
}

/// Where a link leads.
struct Href<'f> {
    /// The path; `None` within the page.
    path: Option<&'f UrlPath>,
    anchor: Option<&'f str>,
    /// The language of what is there, if it is not the reader's.
    other: Option<Lang>,
}

impl Engine<'_> {
    /// The HTML of a version's text, as it stands on a page.
    pub(super) fn text(
        &self,
        version: &Version,
        text: &Text,
        own: Lang,
        place: &Place<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> String {
        let slots = &version.outline.slots;
        let mut out = String::with_capacity(text.html.len() + 64 * slots.len());
        let mut targets = version.targets.iter();
        text.write(slots, &mut out, |slot, out| {
            let target = targets.next().unwrap_or(&Target::None);
            self.write(self.filling(slot, target, own, place), version, own, place, out, faults);
        });
        if place.absolute {
            // Footnotes link within the text without slots. Text itself holds no bare `<`.
            let page = self.site.config.base_url.absolute(&place.url.encoded());
            out = out.replace("<a href=\"#", &format!("<a href=\"{}#", escape_html(&page)));
        }
        out
    }

    /// The digest of what [`Engine::text`] would write, but for interface strings and templates.
    pub(super) fn text_digest(&self, version: &Version, own: Lang, place: &Place<'_>) -> Digest {
        let known = if place.absolute { place.url.as_str() } else { "" };
        let mut digest = version.outline.place.digest.and_bytes(known.as_bytes()).and(self.lang_value(own));
        for (slot, target) in version.outline.slots.iter().zip(&version.targets) {
            let filling = self.filling(slot, target, own, place);
            digest = digest.and_number(slot.at.into()).and(filling.digest());
            match filling {
                Filling::Figure { figure, manner, text: None } => {
                    digest = digest.and(self.written_digest(figure, manner, own));
                }
                Filling::Component { .. } => {
                    digest = digest.and(self.settings_value(place.lang));
                    // A page has its frame in its key in any case; a feed needs it here alone.
                    if place.absolute {
                        digest = digest.and(self.frames[place.lang.index()]);
                    }
                }
                Filling::Link(Href { other: Some(lang), .. }) => digest = digest.and(self.lang_value(lang)),
                _ => {}
            }
        }
        digest
    }

    fn filling<'f>(
        &'f self,
        slot: &'f Slot,
        target: &'f Target,
        own: Lang,
        place: &Place<'_>,
    ) -> Filling<'f> {
        match &slot.kind {
            SlotKind::Link { .. } => self.href(target, place).map_or(Filling::Nothing, Filling::Link),
            SlotKind::Image { .. } => self.href(target, place).map_or(Filling::Nothing, Filling::Image),
            SlotKind::Figure { text, .. } => {
                let Target::Figure(entry, position, manner) = target else { return Filling::Nothing };
                match self.figure_version(*entry, own).and_then(|v| v.figures.get(*position)) {
                    Some(figure) => Filling::Figure { figure, manner: *manner, text: text.as_deref() },
                    None => Filling::Nothing,
                }
            }
            SlotKind::Component { name, name_span, args } => {
                Filling::Component { name, place: *name_span, arguments: args.as_ref() }
            }
            SlotKind::Text { key } => Filling::Word(self.word(own, key, &[])),
        }
    }

    fn write(
        &self,
        filling: Filling<'_>,
        version: &Version,
        own: Lang,
        place: &Place<'_>,
        out: &mut String,
        faults: &mut Vec<Diagnostic>,
    ) {
        // Writing to a String cannot fail.
        match filling {
            Filling::Nothing => {}
            Filling::Link(href) => {
                let _ = write!(out, " href=\"{}\"", escape_html(&self.address(&href, place)));
                if let Some(other) = href.other {
                    let _ = write!(out, " hreflang=\"{}\"", self.site.config.language(other).tag());
                }
            }
            Filling::Image(href) => {
                let _ = write!(out, " src=\"{}\"", escape_html(&self.address(&href, place)));
            }
            Filling::Figure { figure, manner, text } => {
                let _ = write!(out, "<data value=\"{}\">", figure.value);
                match text {
                    Some(text) => out.push_str(text),
                    None => out.push_str(&escape_html(&self.written(figure, manner, own))),
                }
                out.push_str("</data>");
            }
            Filling::Component { name, place: called, arguments } => {
                let mut context = Context::new();
                if let Some(serde_json::Value::Object(arguments)) = arguments.map(Node::to_json) {
                    for (name, value) in arguments {
                        context.insert(name, &value);
                    }
                }
                let mut implicit = Context::new();
                implicit.insert_value("lang", self.lang_value(own));
                implicit.insert_value("settings", self.settings_value(place.lang));
                let tera = &self.teras[place.lang.index()];
                match tera.render_component_with_implicits(name, &context, &implicit, None, true) {
                    Ok(html) => out.push_str(html.trim()),
                    Err(error) => faults.extend(
                        theme::diagnose(&error, &self.theme.origins, None, code::TEMPLATE_RUNTIME)
                            .into_iter()
                            .map(|d| d.at_with(&version.file, called, "called here")),
                    ),
                }
            }
            Filling::Word(word) => out.push_str(&escape_html(&word)),
        }
    }

    /// The version that a citation was looked up in.
    fn figure_version(&self, entry: EntryId, lang: Lang) -> Option<&Version> {
        let listed = self.site.listed_version(entry, lang);
        let fallback = || self.site.shown(entry, self.site.entry(entry).fallback()?);
        listed.or_else(fallback).map(|(_, version)| version)
    }

    fn href<'f>(&'f self, target: &'f Target, place: &Place<'_>) -> Option<Href<'f>> {
        let href = |path, anchor| Some(Href { path, anchor, other: None });
        match target {
            Target::None | Target::Figure(..) => None,
            Target::Anchor(anchor) => href(None, Some(anchor.as_str())),
            Target::File(position) => href(Some(self.plan.file(*position)), None),
            Target::Url(path, anchor) => href(Some(path), anchor.as_deref()),
            Target::Entry(entry, anchor) => {
                let lang = self.site.linked(*entry, place.lang)?;
                // The heading may stand in the version that was linked and not in the reader's.
                let has = |anchor: &&str| {
                    let shown = self.site.shown(*entry, lang);
                    shown.is_some_and(|(_, v)| v.outline.anchors.iter().any(|a| a == anchor))
                };
                Some(Href {
                    path: Some(self.plan.page(*entry, lang)?),
                    anchor: anchor.as_deref().filter(has),
                    other: (lang != place.lang).then_some(lang),
                })
            }
        }
    }

    /// A link's destination as it stands in HTML, before escaping.
    fn address(&self, href: &Href<'_>, place: &Place<'_>) -> String {
        let base = &self.site.config.base_url;
        let mut address = match (href.path, place.absolute) {
            (Some(path), true) => base.absolute(&path.encoded()),
            (Some(path), false) => base.local(&path.encoded()),
            (None, true) => base.absolute(&place.url.encoded()),
            (None, false) => String::new(),
        };
        if let Some(anchor) = href.anchor {
            address.push('#');
            address.push_str(&UrlPath::new(anchor).encoded());
        }
        address
    }
}

impl Filling<'_> {
    fn digest(&self) -> Digest {
        let kind = |number| Digest::of(&[number]);
        let text = |text: Option<&str>| text.map_or_else(Digest::none, Digest::text);
        match self {
            Filling::Nothing => kind(0),
            Filling::Link(href) => kind(1).and(href.digest()),
            Filling::Image(href) => kind(2).and(href.digest()),
            // What is written is in the language's words, which the engine knows.
            Filling::Figure { figure, text: words, .. } => {
                kind(3).and_bytes(figure.value.as_str().as_bytes()).and(text(*words))
            }
            Filling::Component { name, arguments, .. } => {
                let arguments = arguments.map(|node| node.to_json().to_string());
                kind(4).and_bytes(name.as_bytes()).and(text(arguments.as_deref()))
            }
            Filling::Word(word) => kind(5).and_bytes(word.as_bytes()),
        }
    }
}

impl Href<'_> {
    fn digest(&self) -> Digest {
        let text = |text: Option<&str>| text.map_or_else(Digest::none, Digest::text);
        let other = self.other.map_or(0, |lang| 1 + u64::from(lang.0));
        text(self.path.map(UrlPath::as_str)).and(text(self.anchor)).and_number(other)
    }
}
