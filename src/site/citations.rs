//! Cited figures: which figure is meant, and how it is to be written.
//!
//! Never decides what a figure's text is: that is for `render`, which knows the theme's words. What
//! an author's own words say of a figure is `verify`'s.

use super::links::Lookup;
use super::{Cited, EntryId, Figure, Target, Version};
use crate::article::{citations, likely_id};
use crate::base::Span;
use crate::diag::{Diagnostic, code, did_you_mean, nearest};
use crate::quantity::{Manner, Style};
use crate::yaml::Node;

/// What a citation can ask for.
const HOW: &str = "write `style=full`, `style=compact` or `style=number`, and `round=` with the digits to keep after the point: `figure:trips?style=number&round=1`";

impl<'a> Lookup<'a> {
    /// Looks up what a citation means; `text` is what it shows, as HTML.
    pub(super) fn citation(&mut self, destination: &str, text: Option<&str>, span: Span) -> Target {
        let (target, query) = match destination.split_once('?') {
            Some((target, query)) => (target, Some(query)),
            None => (destination, None),
        };
        let manner = query.map_or(Ok(Manner::default()), Manner::parse).unwrap_or_else(|wrong| {
            let message = match wrong {
                "" => "nothing stands behind a `?` or `&` of this citation".to_owned(),
                _ => format!("`{wrong}` does not say how a figure is written"),
            };
            self.bad_citation(span, message, HOW);
            Manner::default()
        });
        if text.is_some() && manner.style != Style::Full {
            let message = "this citation has words of its own, and a style beside";
            self.bad_citation(span, message.to_owned(), "take out the one or the other");
        }
        let Some((entry, position, figure)) = self.figure(target, span) else { return Target::None };
        if let Some(text) = text {
            self.verify(text, figure, manner, span);
        }
        Target::Figure(entry, position, manner)
    }

    /// Looks up the figures that the arguments of a component cite.
    pub(super) fn cited(&mut self, arguments: &Node) -> Vec<Option<Cited>> {
        let found =
            citations(arguments).into_iter().map(|(name, span)| match self.citation(name, None, span) {
                Target::Figure(entry, position, manner) => Some((entry, position, manner)),
                _ => None,
            });
        found.collect()
    }

    fn bad_citation(&mut self, span: Span, message: String, help: &str) {
        self.diags.push(Diagnostic::new(code::BAD_CITATION, message).at(&self.version.file, span).help(help));
    }

    /// The figure that a citation names: the entry that declares it, its position there, and itself.
    fn figure(&mut self, target: &str, span: Span) -> Option<(EntryId, usize, &'a Figure)> {
        let site = self.site;
        let (entry, figure) = match target.rsplit_once('/') {
            None => (Some(self.id), target),
            Some((article, figure)) => (self.article_named(article), figure),
        };
        let Some(entry) = entry else {
            let name = target.rsplit_once('/').map_or(target, |(article, _)| article);
            let ids: Vec<&str> = self.site.entries.iter().map(|e| &*e.id).collect();
            // The home page has no name.
            let short = ids.iter().map(|id| id.rsplit('/').next().unwrap_or(id)).filter(|id| !id.is_empty());
            let meant = |id: &str| id == name || id.ends_with(&format!("/{name}"));
            if !self.misnamed.iter().any(|id| meant(id)) {
                let help = match nearest(name, short) {
                    _ if self.hidden.iter().any(|file| meant(&likely_id(file))) => {
                        "that article is a draft, or its date is still to come, or it has expired".to_owned()
                    }
                    Some(near) => format!("did you mean `figure:{near}/{figure}`?"),
                    None => "no article has that id: write figure:ARTICLE/FIGURE".to_owned(),
                };
                self.unknown_figure(target, span, help);
            }
            return None;
        };
        let (_, version) = site.listed_version(entry, self.lang).or_else(|| {
            let lang = site.entry(entry).fallback()?;
            site.shown(entry, lang)
        })?;
        if let Some((position, found)) = version.figures.iter().enumerate().find(|(_, f)| f.id == figure) {
            return Some((entry, position, found));
        }
        if version.broken {
            return None;
        }
        let known: Vec<_> = version.figures.iter().map(|f| f.id.as_str()).collect();
        let article = target.strip_suffix(figure).unwrap_or_default();
        let help = match nearest(figure, known.iter().copied()) {
            Some(near) => format!("did you mean `figure:{article}{near}`?"),
            None => self.figure_elsewhere(figure).unwrap_or_else(|| match known.as_slice() {
                [] => "declare it under `figures:` in the original's front matter".to_owned(),
                _ => did_you_mean(figure, known.iter().copied()).unwrap_or_default(),
            }),
        };
        self.unknown_figure(target, span, help);
        None
    }

    /// How to cite a figure of this name that another article declares.
    fn figure_elsewhere(&self, figure: &str) -> Option<String> {
        let declares = |v: &Version| v.figures.iter().any(|f| f.id == figure);
        let entry = self.site.entries.iter().find(|e| e.versions.iter().flatten().any(|v| declares(v)))?;
        let name = entry.id.rsplit('/').next().unwrap_or(&entry.id);
        Some(format!("`{name}` declares one of that name: write `figure:{name}/{figure}`"))
    }

    /// An article by its whole id, or by its name within this article's own folder.
    fn article_named(&self, name: &str) -> Option<EntryId> {
        let own = &self.site.entry(self.id).id;
        let beside = own.rsplit_once('/').and_then(|(folder, _)| self.site.find(&format!("{folder}/{name}")));
        beside.or_else(|| self.site.find(name)).or_else(|| {
            // A page cites `freight-trains/trips` without naming the section, if only one article can be meant.
            let mut named =
                self.site.ids().filter(|&id| self.site.entry(id).id.rsplit('/').next() == Some(name));
            named.next().filter(|_| named.next().is_none())
        })
    }

    fn unknown_figure(&mut self, target: &str, span: Span, help: String) {
        let message = match target {
            "" => "this citation names no figure".to_owned(),
            _ => format!("there is no figure `{target}`"),
        };
        self.diags
            .push(Diagnostic::new(code::UNKNOWN_FIGURE, message).at(&self.version.file, span).help(help));
    }
}
