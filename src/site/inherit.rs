//! What a version takes from the original: every language-neutral field that it does not state.

use super::{Cover, Figure, Origin, Picture, Unpublished, Version, pictures};
use crate::article::{Article, CoverEntry, FigureEntry, Front, Label, Source};
use crate::base::{ContentPath, Decimal, Lang, PartialDate};
use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::site::Clock;
use crate::yaml::Spanned;

/// What a figure is called in some languages.
type Labels = Vec<(Lang, String)>;

/// The language-neutral fields of an original, kept while its translations take from them.
pub(super) struct Shared {
    broken: bool,
    date: Option<PartialDate>,
    updated: Option<PartialDate>,
    expires: Option<PartialDate>,
    draft: bool,
    topics: Option<(ContentPath, Vec<Spanned<String>>)>,
    /// The figures without labels, and their labels.
    figures: Vec<(Figure, Labels)>,
    source: Option<Source>,
    cover: Option<(ContentPath, CoverEntry)>,
    weight: Option<i64>,
    template: Option<(ContentPath, Spanned<String>)>,
    extra: serde_json::Map<String, serde_json::Value>,
}

impl Shared {
    /// What an original hands down, and what it fails to say.
    pub(super) fn of(original: &Article, config: &Config, diags: &mut Diagnostics) -> Self {
        let (front, file) = (&original.front, &original.file);
        let figures = front.figures.iter().map(|entry| {
            let labels = labels(entry, original.name.lang, file, config, diags);
            (own_figure(entry, file, diags), labels)
        });
        let figures = figures.collect();
        Self {
            broken: front.broken,
            date: front.date,
            updated: front.updated,
            expires: front.expires,
            draft: front.draft.unwrap_or(false),
            topics: front.topics.clone().map(|topics| (file.clone(), topics)),
            figures,
            source: front.source.clone(),
            cover: front.cover.clone().map(|cover| (file.clone(), cover)),
            weight: front.weight,
            template: front.template.clone().map(|template| (file.clone(), template)),
            extra: front.extra.clone(),
        }
    }
}

/// A version before topics and pictures are looked up among all files.
pub(super) struct Draft {
    pub(super) version: Box<Version>,
    /// The topics as written, and the file that writes them.
    pub(super) topics: Option<(ContentPath, Vec<Spanned<String>>)>,
    /// The picture as written, and the file that writes it.
    pub(super) cover: Option<(ContentPath, CoverEntry)>,
    /// What is wrong with the cover's words, if its picture is there.
    pub(super) unsaid: Option<Diagnostic>,
    /// Whether it is published.
    pub(super) published: bool,
}

/// Joins a version's own fields with what it inherits.
pub(super) fn inherit(
    article: Article,
    shared: &Shared,
    origin: Origin,
    config: &Config,
    clock: Clock,
    diags: &mut Diagnostics,
) -> Draft {
    let Article { file, front, outline, name } = article;
    let broken = front.broken || shared.broken;
    let Front { title, summary, slug, aliases, .. } = *front;
    let date = front.date.or(shared.date);
    let expires = front.expires.or(shared.expires);
    let draft = front.draft.unwrap_or(shared.draft);
    let waiting = date.filter(|d| d.first_day() > clock.today).map(Unpublished::Waiting);
    let expired = expires.filter(|e| clock.today >= e.first_day()).map(Unpublished::Expired);
    let published = (clock.drafts || !draft) && (clock.any_day || waiting.is_none() && expired.is_none());
    let unpublished = draft.then_some(Unpublished::Draft).or(waiting).or(expired);
    let own = if origin.from.is_none() { &[][..] } else { &front.figures };
    let figures = labelled(shared, own, &file, name.lang, config, diags);
    let source = match (front.source, &shared.source) {
        (Some(own), Some(shared)) => Some(Source { url: own.url.or_else(|| shared.url.clone()), ..own }),
        (own, shared) => own.or_else(|| shared.clone()),
    };
    let (of_own, of_original) = (front.cover.as_ref(), shared.cover.as_ref().map(|(_, cover)| cover));
    let unsaid = pictures::unsaid(&file, front.span, origin.from.is_some(), of_own, of_original);
    let cover = match (front.cover, &shared.cover) {
        (Some(own), shared) => Some(joined_cover(own, &file, shared.as_ref())),
        // A caption is in its version's language.
        (None, shared) => shared.clone().map(|(file, cover)| (file, CoverEntry { caption: None, ..cover })),
    };
    let mut extra = shared.extra.clone();
    extra.extend(front.extra);
    let topics = front.topics.map(|topics| (file.clone(), topics)).or_else(|| shared.topics.clone());
    let template = front.template.map(|t| (file.clone(), t)).or_else(|| shared.template.clone());
    let targets = Vec::with_capacity(outline.slots.len());
    let version = Box::new(Version {
        file,
        broken,
        title,
        unpublished,
        summary,
        date,
        updated: front.updated.or(shared.updated),
        topics: Vec::new(),
        figures,
        source,
        cover: None,
        weight: front.weight.or(shared.weight).unwrap_or(0),
        template,
        extra,
        slug,
        aliases,
        origin,
        outline,
        targets,
    });
    Draft { version, topics, cover, unsaid, published }
}

fn joined_cover(
    own: CoverEntry,
    file: &ContentPath,
    shared: Option<&(ContentPath, CoverEntry)>,
) -> (ContentPath, CoverEntry) {
    let Some((shared_file, shared)) = shared else { return (file.clone(), own) };
    // The reference is relative to the file that states it.
    let file = if own.image.is_some() { file } else { shared_file };
    let cover = CoverEntry {
        span: own.span,
        broken: own.broken || shared.broken,
        image: own.image.or_else(|| shared.image.clone()),
        alt: own.alt.or_else(|| shared.alt.clone()),
        caption: own.caption,
    };
    (file.clone(), cover)
}

/// A figure that states its value. One without is kept with 0 once it is reported, so that those
/// who cite it are not reported as well.
fn own_figure(entry: &FigureEntry, file: &ContentPath, diags: &mut Diagnostics) -> Figure {
    if entry.value.is_none() && !entry.broken {
        diags.push(
            Diagnostic::new(code::MISSING_KEY, format!("the figure `{}` has no value", entry.id.value))
                .at(file, entry.id.span)
                .help("add `value: …`, the exact number in plain digits"),
        );
    }
    Figure {
        id: entry.id.value.clone(),
        value: entry.value.clone().unwrap_or_else(Decimal::zero),
        declared: (file.clone(), entry.id.span),
        unit: entry.unit.clone().map(|unit| (file.clone(), unit)),
        period: entry.period,
        bound: entry.bound,
        label: None,
    }
}

/// What an entry calls its figure, in its own language or in several.
fn labels(
    entry: &FigureEntry,
    own: Lang,
    file: &ContentPath,
    config: &Config,
    diags: &mut Diagnostics,
) -> Labels {
    let by_code = match &entry.label {
        None => return Vec::new(),
        Some(Label::Own(text)) => return vec![(own, text.clone())],
        Some(Label::ByCode(texts)) => texts,
    };
    let mut labels = Vec::new();
    for (code, text) in by_code {
        match config.lang_of_code(&code.value) {
            Some(lang) => labels.push((lang, text.clone())),
            None => diags.push(super::origin::unknown_language(&code.value, config).at(file, code.span)),
        }
    }
    labels
}

/// The original's figures with the labels of a language, and figures of the translation's own.
fn labelled(
    shared: &Shared,
    own: &[FigureEntry],
    file: &ContentPath,
    lang: Lang,
    config: &Config,
    diags: &mut Diagnostics,
) -> Vec<Figure> {
    // A label in another language would be wrong here; none is better.
    let label = |labels: &Labels| labels.iter().find(|(l, _)| *l == lang).map(|(_, label)| label.clone());
    let figures = shared.figures.iter();
    let mut figures: Vec<Figure> =
        figures.map(|(figure, labels)| Figure { label: label(labels), ..figure.clone() }).collect();
    for entry in own {
        let own_label = label(&labels(entry, lang, file, config, diags));
        match figures.iter_mut().find(|f| f.id == entry.id.value) {
            Some(figure) => {
                figure.label = own_label.or(figure.label.take());
                if let Some(value) = &entry.value {
                    figure.value = value.clone();
                    figure.declared = (file.clone(), entry.id.span);
                }
                figure.unit = entry.unit.clone().map(|unit| (file.clone(), unit)).or(figure.unit.take());
                figure.period = entry.period.or(figure.period);
                figure.bound = entry.bound.or(figure.bound);
            }
            None if entry.value.is_some() || entry.broken => {
                figures.push(Figure { label: own_label, ..own_figure(entry, file, diags) });
            }
            None if shared.broken => {}
            None => {
                let known = shared.figures.iter().map(|(figure, _)| figure.id.as_str());
                let help = did_you_mean(&entry.id.value, known)
                    .unwrap_or_else(|| "declare it in the original, with its value".to_owned());
                diags.push(
                    Diagnostic::new(
                        code::UNKNOWN_FIGURE,
                        format!("the original has no figure `{}`", entry.id.value),
                    )
                    .at(file, entry.id.span)
                    .help(help),
                );
            }
        }
    }
    figures
}

/// A cover whose picture was found.
pub(super) fn cover(entry: CoverEntry, image: Picture) -> Cover {
    Cover { image, alt: entry.alt.unwrap_or_default(), caption: entry.caption }
}
