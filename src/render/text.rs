//! An article's text with its slots filled: links, pictures, figures, components, strings.

use std::fmt::Write;
use std::slice::Iter;

use tera::Context;

use super::Engine;
use super::figure_view::{Declared, Reader};
use super::form::{Data, Form};
use super::picture::Shown;
use crate::article::{Slot, SlotKind, Text, cited, file_named};
use crate::base::{Digest, Lang, Span, UrlPath, escape_html};
use crate::diag::Diagnostic;
use crate::quantity::Manner;
use crate::site::{Cited, EntryId, Figure, Target, Version};
use crate::theme;
use crate::yaml::{Node, Value};

/// Where a text is shown.
pub(super) struct Place<'p> {
    /// The language of the page, whose reader the links lead on.
    pub(super) lang: Lang,
    /// Whose text it is.
    pub(super) entry: EntryId,
    /// The page's URL, for links within the text that must be absolute.
    pub(super) url: &'p UrlPath,
    /// Whether URLs are absolute, as feeds need them.
    pub(super) absolute: bool,
}

/// Where a slot stands.
#[derive(Clone, Copy)]
struct Within<'w> {
    version: &'w Version,
    /// The language of the text.
    own: Lang,
    place: &'w Place<'w>,
    /// The slot's number in the text, from 1.
    number: usize,
}

/// What goes into a slot on a certain page.
enum Filling<'f> {
    Nothing,
    Link(Href<'f>),
    Image { picture: Shown<'f>, alt: &'f str, title: &'f str },
    Source { picture: Shown<'f>, sized: bool },
    Figure { figure: &'f Figure, manner: Manner, text: Option<&'f str> },
    Component { name: &'f str, place: Span, arguments: Option<&'f Node>, referred: Referred<'f> },
    Word(String),
}

/// What the arguments of a component refer to, in their order.
#[derive(Clone, Copy, Default)]
struct Referred<'f> {
    figures: &'f [Option<Cited>],
    files: &'f [Option<usize>],
}

impl Referred<'_> {
    /// Whether something is not there, which has been reported.
    fn lacks_some(&self) -> bool {
        self.figures.iter().any(Option::is_none) || self.files.iter().any(Option::is_none)
    }
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
        let mut number = 0;
        text.write(slots, &mut out, |slot, out| {
            let target = targets.next().unwrap_or(&Target::None);
            number += 1;
            let text = Within { version, own, place, number };
            self.write(self.filling(slot, target, own, place), &text, out, faults);
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
                Filling::Image { picture, .. } | Filling::Source { picture, .. } => {
                    digest = digest.and(self.shown_digest(&picture));
                }
                Filling::Figure { figure, manner, text: None } => {
                    digest = digest.and(self.written_digest(figure, manner, own));
                }
                Filling::Component { name, arguments, referred, .. } => {
                    let text = Within { version, own, place, number: 0 };
                    digest = digest.and_bytes(name.as_bytes()).and(self.settings_value(place.lang));
                    digest = digest.and(self.arguments(arguments, referred, &text));
                    if self.takes_figures(name, arguments) {
                        digest = digest.and(self.own_figures(place.entry, version, own));
                    }
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
            SlotKind::Image { source, alt, title } => Filling::Image {
                picture: shown(source, target),
                alt: alt.as_deref().unwrap_or_default(),
                title,
            },
            SlotKind::Source { source, sized, .. } => {
                Filling::Source { picture: shown(source, target), sized: *sized }
            }
            SlotKind::Figure { text, .. } => {
                let &Target::Figure(entry, position, manner) = target else { return Filling::Nothing };
                match self.declared(entry, position, own) {
                    Some(Declared { figure, .. }) => {
                        Filling::Figure { figure, manner, text: text.as_deref() }
                    }
                    None => Filling::Nothing,
                }
            }
            SlotKind::Component { name, name_span, args } => {
                let referred = match target {
                    Target::Arguments { figures, files } => Referred { figures, files },
                    _ => Referred::default(),
                };
                Filling::Component { name, place: *name_span, arguments: args.as_ref(), referred }
            }
            SlotKind::Text { key } => Filling::Word(self.word(own, key, &[])),
        }
    }

    fn write(&self, filling: Filling<'_>, text: &Within<'_>, out: &mut String, faults: &mut Vec<Diagnostic>) {
        let &Within { version, own, place, .. } = text;
        // Writing to a String cannot fail.
        match filling {
            Filling::Nothing => {}
            Filling::Link(href) => {
                let _ = write!(out, " href=\"{}\"", escape_html(&self.address(&href, place)));
                if let Some(other) = href.other {
                    let _ = write!(out, " hreflang=\"{}\"", self.site.config.language(other).tag());
                }
            }
            Filling::Image { picture, alt, title } => {
                self.write_picture(&picture, alt, title, place.absolute, out);
            }
            Filling::Source { picture, sized } => self.write_source(&picture, sized, place.absolute, out),
            Filling::Figure { figure, manner, text } => {
                let _ = write!(out, "<data value=\"{}\">", figure.value);
                match text {
                    Some(text) => out.push_str(text),
                    None => out.push_str(&escape_html(&self.written(figure, manner, own))),
                }
                out.push_str("</data>");
            }
            Filling::Component { name, place: called, arguments, referred } => {
                let mut context = Context::new();
                let values: tera::Value = self.arguments(arguments, referred, text);
                for (name, value) in values.as_map().into_iter().flatten() {
                    context.insert_value(name.to_string(), value.clone());
                }
                let mut implicit = Context::new();
                implicit.insert_value("lang", self.lang_value(own));
                implicit.insert_value("settings", self.settings_value(place.lang));
                // Headings have no id that begins so.
                implicit.insert_value("id", format!("_component-{}", text.number).into());
                if self.takes_figures(name, arguments) {
                    implicit.insert_value("figures", self.own_figures(place.entry, version, own));
                }
                // It speaks as the text around it does.
                let tera = &self.teras[own.index()];
                let meant = theme::component_named(name);
                match tera.render_component_with_implicits(&meant, &context, &implicit, None, true) {
                    Ok(html) => out.push_str(html.trim()),
                    // That follows from what is missing.
                    Err(_) if referred.lacks_some() => {}
                    Err(error) => faults.extend(theme::component_failure(
                        &self.theme.origins,
                        &error,
                        (&version.file, name, called),
                    )),
                }
            }
            Filling::Word(word) => out.push_str(&escape_html(&word)),
        }
    }

    /// The arguments of a component, with the figures and files that they refer to in the place of their
    /// names.
    fn arguments<F: Form>(
        &self,
        arguments: Option<&Node>,
        Referred { figures, files }: Referred<'_>,
        text: &Within<'_>,
    ) -> F {
        let mut found = (figures.iter(), files.iter());
        arguments.map_or_else(F::none, |node| self.argument(node, &mut found, text))
    }

    /// Recursion is as deep as the YAML, which its reader limits.
    fn argument<F: Form>(
        &self,
        node: &Node,
        found: &mut (Iter<'_, Option<Cited>>, Iter<'_, Option<usize>>),
        text: &Within<'_>,
    ) -> F {
        match &node.value {
            Value::Text(name) if cited(name).is_some() => {
                let Some(&Some((entry, position, manner))) = found.0.next() else { return F::none() };
                let Place { lang, absolute, .. } = *text.place;
                let reader = (entry != text.place.entry).then_some(Reader { lang, absolute });
                let declared = self.declared(entry, position, text.own);
                declared.map_or_else(F::none, |of| self.figure_value(&of, manner, text.own, reader))
            }
            Value::Text(path) if file_named(path).is_some() => {
                let file = found.1.next().copied().flatten();
                file.map_or_else(F::none, |position| self.file_value(position, text.place.absolute))
            }
            Value::List(list) => F::list(list.iter().map(|item| self.argument(item, found, text)).collect()),
            Value::Map(map) => F::named(
                map.iter().map(|(key, value)| (&*key.name, self.argument(value, found, text))).collect(),
            ),
            _ => F::scalar(node),
        }
    }

    /// Whether a component is to be given the figures of the article that calls it.
    fn takes_figures(&self, name: &str, arguments: Option<&Node>) -> bool {
        let given = match arguments.map(|node| &node.value) {
            Some(Value::Map(map)) => map.iter().any(|(key, _)| &*key.name == "figures"),
            _ => false,
        };
        !given && self.with_figures.contains(&*theme::component_named(name))
    }

    fn href<'f>(&'f self, target: &'f Target, place: &Place<'_>) -> Option<Href<'f>> {
        let href = |path, anchor| Some(Href { path, anchor, other: None });
        match target {
            Target::None | Target::Figure(..) | Target::Arguments { .. } => None,
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

/// What is shown where a text names a picture.
fn shown<'f>(source: &'f str, target: &Target) -> Shown<'f> {
    match target {
        Target::File(position) => Shown::File(*position),
        _ => Shown::Elsewhere(source),
    }
}

impl Filling<'_> {
    fn digest(&self) -> Digest {
        let kind = |number| Digest::of(&[number]);
        let text = |text: Option<&str>| text.map_or_else(Digest::none, Digest::text);
        match self {
            Filling::Nothing => kind(0),
            Filling::Link(href) => kind(1).and(href.digest()),
            // What is known of the picture is the caller's to add.
            Filling::Image { alt, title, .. } => {
                kind(2).and_bytes(alt.as_bytes()).and_bytes(title.as_bytes())
            }
            // What is written is in the language's words, which the engine knows.
            Filling::Figure { figure, text: words, .. } => {
                kind(3).and_bytes(figure.value.as_str().as_bytes()).and(text(*words))
            }
            Filling::Source { sized, .. } => kind(6).and_number((*sized).into()),
            // What it is given is the caller's to add.
            Filling::Component { .. } => kind(4),
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
