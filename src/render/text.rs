//! An article's text with its slots filled: links, pictures, figures, components, strings.

use std::fmt::Write;

use tera::Context;

use super::Engine;
use crate::article::{Slot, SlotKind};
use crate::base::{Lang, UrlPath, escape_html};
use crate::diag::{Diagnostic, code};
use crate::site::{EntryId, Target, Version};
use crate::theme;

/// Where a text is shown.
pub(super) struct Place<'p> {
    /// The language of the page, whose reader the links lead on.
    pub(super) lang: Lang,
    /// The page's URL, for links within the text that must be absolute.
    pub(super) url: &'p UrlPath,
    /// Whether URLs are absolute, as feeds need them.
    pub(super) absolute: bool,
}

impl Engine<'_> {
    /// The HTML of a version's text, as it stands on a page.
    pub(super) fn text(
        &self,
        version: &Version,
        own: Lang,
        place: &Place<'_>,
        faults: &mut Vec<Diagnostic>,
    ) -> String {
        let mut out = String::with_capacity(version.body.html.len() + 64 * version.body.slots.len());
        let mut targets = version.targets.iter();
        version.body.write(&mut out, |slot, out| {
            let target = targets.next().unwrap_or(&Target::None);
            self.slot(slot, target, version, own, place, out, faults);
        });
        if place.absolute {
            // Footnotes link within the text without slots. Text itself holds no bare `<`.
            let page = self.site.config.base_url.absolute(&place.url.encoded());
            out = out.replace("<a href=\"#", &format!("<a href=\"{}#", escape_html(&page)));
        }
        out
    }

    #[expect(clippy::too_many_arguments, reason = "one call, and a struct would only rename the seven")]
    fn slot(
        &self,
        slot: &Slot,
        target: &Target,
        version: &Version,
        own: Lang,
        place: &Place<'_>,
        out: &mut String,
        faults: &mut Vec<Diagnostic>,
    ) {
        // Writing to a String cannot fail.
        match &slot.kind {
            SlotKind::Link { .. } => {
                if let Some((href, other)) = self.href(target, place) {
                    let _ = write!(out, " href=\"{}\"", escape_html(&href));
                    if let Some(other) = other {
                        let _ = write!(out, " hreflang=\"{}\"", self.site.config.language(other).tag());
                    }
                }
            }
            SlotKind::Image { .. } => {
                if let Some((src, _)) = self.href(target, place) {
                    let _ = write!(out, " src=\"{}\"", escape_html(&src));
                }
            }
            SlotKind::Figure { text, .. } => {
                let Target::Figure(entry, position) = target else { return };
                let Some(figure) = self.figure_version(*entry, own).and_then(|v| v.figures.get(*position))
                else {
                    return;
                };
                let _ = write!(out, "<data value=\"{}\">", figure.value);
                match text {
                    Some(text) => out.push_str(text),
                    None => out.push_str(&self.site.config.language(own).locale.number(&figure.value)),
                }
                out.push_str("</data>");
            }
            SlotKind::Component { name, name_span, args } => {
                let mut context = Context::new();
                if let Some(serde_json::Value::Object(args)) = args.as_ref().map(crate::yaml::Node::to_json) {
                    for (name, value) in args {
                        context.insert(name, &value);
                    }
                }
                let mut implicit = Context::new();
                implicit.insert_value("lang", self.lang_value(own));
                implicit.insert_value("settings", self.shared[place.lang.index()].settings.clone());
                let tera = &self.teras[place.lang.index()];
                match tera.render_component_with_implicits(name, &context, &implicit, None, true) {
                    Ok(html) => out.push_str(html.trim()),
                    Err(error) => faults.extend(
                        theme::diagnose(&error, &self.theme.origins, None, code::TEMPLATE_RUNTIME)
                            .into_iter()
                            .map(|d| d.at_with(&version.file, *name_span, "called here")),
                    ),
                }
            }
            SlotKind::Text { key } => out.push_str(&escape_html(&self.word(own, key, &[]))),
        }
    }

    /// The version that a citation was looked up in.
    fn figure_version(&self, entry: EntryId, lang: Lang) -> Option<&Version> {
        let listed = self.site.listed_version(entry, lang);
        let fallback = || self.site.shown(entry, self.site.entry(entry).fallback()?);
        listed.or_else(fallback).map(|(_, version)| version)
    }

    /// A target's URL, and the language of what is there if it is not the reader's.
    fn href(&self, target: &Target, place: &Place<'_>) -> Option<(String, Option<Lang>)> {
        let base = &self.site.config.base_url;
        let full = |path: &str| if place.absolute { base.absolute(path) } else { base.local(path) };
        Some(match target {
            Target::None | Target::Figure(..) => return None,
            Target::Anchor(anchor) if place.absolute => {
                (format!("{}#{}", full(&place.url.encoded()), encoded(anchor)), None)
            }
            Target::Anchor(anchor) => (format!("#{}", encoded(anchor)), None),
            Target::File(position) => (full(&self.plan.file(*position).encoded()), None),
            Target::Url(path, anchor) => {
                let path = UrlPath::new(path.as_str()).encoded();
                let anchor = anchor.as_ref().map_or(String::new(), |a| format!("#{}", encoded(a)));
                (format!("{}{anchor}", full(&path)), None)
            }
            Target::Entry(entry, anchor) => {
                let lang = self.site.linked(*entry, place.lang)?;
                let url = self.plan.page(*entry, lang)?;
                // The heading may stand in the version that was linked and not in the reader's.
                let has = |anchor: &String| {
                    self.site.shown(*entry, lang).is_some_and(|(_, v)| v.body.anchors.contains(anchor))
                };
                let anchor =
                    anchor.as_ref().filter(|a| has(a)).map_or(String::new(), |a| format!("#{}", encoded(a)));
                (format!("{}{anchor}", full(&url.encoded())), (lang != place.lang).then_some(lang))
            }
        })
    }
}

/// A fragment as it stands in a URL.
fn encoded(anchor: &str) -> String {
    UrlPath::new(anchor).encoded()
}
