//! What of a version's front matter is words, and what decides more than the words of pages.
//!
//! Owns the comparison of two states of one file's front matter by what they say, wherever it stands.

use super::front::{CoverEntry, FigureEntry, Front, Label};
use super::waiver::Waiver;
use crate::yaml::Spanned;

impl Front {
    /// Whether two states of a file differ in title and summary at most: then nothing follows from
    /// the change but that pages show other words. Every field is named, so that a new one is thought of.
    pub fn says_same_but_words(&self, other: &Self) -> bool {
        let Self {
            span: _,
            title: _,
            summary: _,
            broken,
            date,
            updated,
            expires,
            draft,
            topics,
            figures,
            source,
            cover,
            weight,
            template,
            extra,
            slug,
            aliases,
            translated_from,
            parity,
        } = self;
        (broken, date, updated, expires, draft, source, weight, extra)
            == (
                &other.broken,
                &other.date,
                &other.updated,
                &other.expires,
                &other.draft,
                &other.source,
                &other.weight,
                &other.extra,
            )
            && both(topics.as_deref(), other.topics.as_deref(), values)
            && each(figures, &other.figures, figure)
            && both(cover.as_ref(), other.cover.as_ref(), same_cover)
            && both(template.as_ref(), other.template.as_ref(), value)
            && both(slug.as_ref(), other.slug.as_ref(), value)
            && values(aliases, &other.aliases)
            && both(translated_from.as_ref(), other.translated_from.as_ref(), value)
            && both(parity.as_ref(), other.parity.as_ref(), waiver)
    }
}

fn both<T: ?Sized>(one: Option<&T>, other: Option<&T>, same: impl Fn(&T, &T) -> bool) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same(one, other),
        (None, None) => true,
        _ => false,
    }
}

fn each<T>(some: &[T], others: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| same(one, other))
}

fn value<T: PartialEq>(one: &Spanned<T>, other: &Spanned<T>) -> bool {
    one.value == other.value
}

fn values<T: PartialEq>(some: &[Spanned<T>], others: &[Spanned<T>]) -> bool {
    each(some, others, value)
}

fn figure(one: &FigureEntry, other: &FigureEntry) -> bool {
    let FigureEntry { id, value: number, broken, unit, period, bound, label: words } = one;
    value(id, &other.id)
        && (number, broken, period, bound) == (&other.value, &other.broken, &other.period, &other.bound)
        && both(unit.as_ref(), other.unit.as_ref(), value)
        && both(words.as_ref(), other.label.as_ref(), label)
}

fn label(one: &Label, other: &Label) -> bool {
    match (one, other) {
        (Label::Own(text), Label::Own(others)) => text == others,
        (Label::ByCode(texts), Label::ByCode(others)) => {
            each(texts, others, |(code, text), (of, other)| value(code, of) && text == other)
        }
        _ => false,
    }
}

fn same_cover(one: &CoverEntry, other: &CoverEntry) -> bool {
    let CoverEntry { span: _, broken, image, alt, caption } = one;
    (broken, alt, caption) == (&other.broken, &other.alt, &other.caption)
        && both(image.as_ref(), other.image.as_ref(), value)
}

fn waiver(one: &Waiver, other: &Waiver) -> bool {
    let Waiver { span: _, rules, reason } = one;
    reason == &other.reason && both(rules.as_deref(), other.rules.as_deref(), values)
}
