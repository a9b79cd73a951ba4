//! What templates see of figures: one of them, those that a text cites, and all of the site.

use rustc_hash::FxHashSet;

use super::Engine;
use super::form::{Data, Form};
use super::subject::source;
use crate::base::{Digest, Lang};
use crate::quantity::{Manner, Style};
use crate::site::{EntryId, Figure, Version};

/// Who is led from a figure to its article: the language of the page, and whether its URLs are
/// absolute, as those of feeds.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub(super) lang: Lang,
    pub(super) absolute: bool,
}

/// A figure with the version that declares it.
pub(super) struct Declared<'s> {
    pub(super) entry: EntryId,
    pub(super) version: &'s Version,
    pub(super) figure: &'s Figure,
}

impl<'s> Engine<'s> {
    /// The figure that a citation was found to mean, for a text in `lang`.
    pub(super) fn declared(&self, entry: EntryId, position: usize, lang: Lang) -> Option<Declared<'s>> {
        let site = self.site;
        let listed = site.listed_version(entry, lang);
        let fallback = || site.shown(entry, site.entry(entry).fallback()?);
        let (_, version) = listed.or_else(fallback)?;
        Some(Declared { entry, version, figure: version.figures.get(position)? })
    }

    /// A figure as a text in `words` writes it, `text` in the manner that is asked for. `reader`: the
    /// language of the page that links to the figure's article; `None` where the page is that article's.
    pub(super) fn figure_value<F: Form>(
        &self,
        of: &Declared<'_>,
        manner: Manner,
        words: Lang,
        reader: Option<Reader>,
    ) -> F {
        let locale = &self.site.config.language(words).locale;
        let f = of.figure;
        let written = |style| {
            let manner = Manner { style, ..manner };
            F::derived(|| self.written_digest(f, manner, words), || self.written(f, manner, words).into())
        };
        let period = f.period.map_or_else(F::none, |p| {
            F::derived(
                || Digest::of(p.to_string().as_bytes()),
                || Data::object([("iso", p.to_string().into()), ("text", locale.period(p).into())]),
            )
        });
        F::object([
            ("id", F::text(&f.id)),
            ("label", F::maybe(f.label.as_deref())),
            ("value", F::text(f.value.as_str())),
            ("text", written(manner.style)),
            ("compact", written(Style::Compact)),
            ("number", written(Style::Number)),
            ("unit", F::maybe(f.unit())),
            ("period", period),
            ("bound", F::maybe(f.bound.map(|b| b.as_str()))),
            ("article", reader.map_or_else(F::none, |reader| self.article_of(of.entry, reader))),
            ("source", source(Some(of.version))),
        ])
    }

    /// All figures of a version, for a text or a page that is its own.
    pub(super) fn own_figures<F: Form>(&self, entry: EntryId, version: &Version, words: Lang) -> F {
        let figures = version.figures.iter();
        F::list(
            figures
                .map(|figure| {
                    self.figure_value(&Declared { entry, version, figure }, Manner::default(), words, None)
                })
                .collect(),
        )
    }

    /// The article of a figure, as a link of a page in `lang`.
    fn article_of<F: Form>(&self, entry: EntryId, Reader { lang, absolute }: Reader) -> F {
        let Some(page) = self.site.linked(entry, lang) else { return F::none() };
        let words = self.site.shown(entry, page).map_or(page, |(words, _)| words);
        F::object([
            ("id", F::text(&self.site.entry(entry).id)),
            ("title", F::text(&self.title(entry, page))),
            ("url", if absolute { self.permalink(entry, page) } else { self.page_url(entry, page) }),
            ("lang", self.lang_value(words)),
            ("foreign", F::flag(words != lang)),
        ])
    }

    /// All figures of the site that a page in `lang` may show, each once: by the first topic of its
    /// article, topics and articles in the order of lists.
    pub(super) fn all_figures<F: Form>(&self, lang: Lang) -> F {
        let site = self.site;
        let reader = Reader { lang, absolute: false };
        let listed = site.list(site.home, lang);
        // Pages, sections and topics may declare figures as well; they stand in no list.
        let seen: FxHashSet<EntryId> = listed.iter().copied().collect();
        let others = site.ids().filter(|id| !seen.contains(id));
        let mut groups: Vec<(Option<EntryId>, Vec<F>)> =
            site.topics_in(lang).into_iter().map(|topic| (Some(topic), Vec::new())).collect();
        groups.push((None, Vec::new()));
        for entry in listed.iter().copied().chain(others) {
            let Some((_, version)) = site.listed_version(entry, lang) else { continue };
            let topic = version.topics.first().copied();
            // A topic that this language does not list stands with those that have none.
            let place = groups.iter().position(|(of, _)| *of == topic).unwrap_or(groups.len() - 1);
            let Some((_, group)) = groups.get_mut(place) else { continue };
            group.extend(version.figures.iter().map(|figure| {
                self.figure_value::<F>(
                    &Declared { entry, version, figure },
                    Manner::default(),
                    lang,
                    Some(reader),
                )
            }));
        }
        let shown = groups.into_iter().filter(|(_, figures)| !figures.is_empty());
        let group = |(topic, figures): (Option<EntryId>, Vec<F>)| {
            let topic = topic.map_or_else(F::none, |topic| self.item(topic, lang));
            F::object([("topic", topic), ("figures", F::list(figures))])
        };
        F::list(shown.map(group).collect())
    }
}
