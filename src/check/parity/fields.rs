//! Front matter: what a translation states differently from the original.
//!
//! Owns the comparison of language-neutral keys, which a translation takes from the original and
//! need not state at all, and of whether there are a summary, a caption and labels.

use std::collections::BTreeSet;

use super::findings::{Findings, Rule};
use super::pair::Pair;
use crate::article::{Label, Prose};
use crate::base::{PartialDate, Span};
use crate::quantity::Exact;

pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let to = &pair.to.prose;
    // All versions have these keys from the original, also a translation of a translation.
    let from = &pair.original.prose;
    let mut differs = |keys: &[&str], message: String| {
        let span = |prose: &Prose| prose.stated(keys).map_or(prose.front.span, |node| node.span);
        let help =
            "take it out of the translation, which has it from the original, or correct whichever is wrong";
        let (ours, theirs) = (span(to), span(from));
        let diagnostic =
            Rule::FIELDS.says(message).at(pair.to.file, ours).at(pair.original.file, theirs).help(help);
        findings.add(Rule::FIELDS, diagnostic);
    };
    if let (Some(ours), Some(theirs)) = (to.front.date, from.front.date)
        && !agree(ours, theirs)
    {
        differs(&["date"], format!("the translation is dated {ours}, the original {theirs}"));
    }
    if let (Some(ours), Some(theirs)) = (&to.front.topics, &from.front.topics) {
        let set = |topics: &[crate::yaml::Spanned<String>]| {
            topics.iter().map(|t| t.value.clone()).collect::<BTreeSet<_>>()
        };
        let (ours, theirs) = (set(ours), set(theirs));
        if ours != theirs {
            let list =
                |set: &BTreeSet<String>| set.iter().map(|t| format!("`{t}`")).collect::<Vec<_>>().join(", ");
            let message =
                format!("the translation has the topics {}, the original {}", list(&ours), list(&theirs));
            differs(&["topics"], message);
        }
    }
    for ours in &to.front.figures {
        let id = ours.id.value.as_str();
        let Some(theirs) = from.front.figures.iter().find(|f| f.id.value == id) else { continue };
        if let (Some(a), Some(b)) = (&ours.value, &theirs.value)
            && Exact::of(a) != Exact::of(b)
        {
            let message = format!(
                "the figure `{id}` is {} in the translation and {} in the original",
                a.as_str(),
                b.as_str()
            );
            differs(&["figures", id, "value"], message);
        }
        if let (Some(a), Some(b)) = (&ours.unit, &theirs.unit)
            && a.value != b.value
        {
            let (a, b) = (&a.value, &b.value);
            let message = format!("the unit of `{id}` is `{a}` in the translation and `{b}` in the original");
            differs(&["figures", id, "unit"], message);
        }
        if let (Some(a), Some(b)) = (ours.period, theirs.period)
            && a != b
        {
            let message = format!("the period of `{id}` is {a} in the translation and {b} in the original");
            differs(&["figures", id, "period"], message);
        }
        if let (Some(a), Some(b)) = (ours.bound, theirs.bound)
            && a != b
        {
            let (a, b) = (a.as_str(), b.as_str());
            let message =
                format!("the bound of `{id}` is `{a}` in the translation and `{b}` in the original");
            differs(&["figures", id, "bound"], message);
        }
    }
    labels(pair, findings);
    let caption = |prose: &Prose| prose.front.cover.as_ref().is_some_and(|cover| cover.caption.is_some());
    let summary = |prose: &Prose| prose.front.summary.is_some();
    one_sided(pair, &["summary"], "summary", summary, findings);
    one_sided(pair, &["cover", "caption"], "caption for its cover", caption, findings);
}

/// What one of the two has, and only that one.
fn one_sided(
    pair: &Pair<'_>,
    keys: &[&str],
    what: &str,
    has: impl Fn(&Prose) -> bool,
    findings: &mut Findings,
) {
    let (to, from) = (&pair.to.prose, &pair.from.prose);
    if has(from) == has(to) {
        return;
    }
    let place = |prose: &Prose| -> Span { prose.stated(keys).map_or(prose.front.span, |node| node.span) };
    let (message, help) = if has(from) {
        (format!("the translation has no {what}"), "translate the original's")
    } else {
        (format!("the translation has a {what}, the original none"), "write one in the original as well")
    };
    let diagnostic =
        Rule::FIELDS.says(message).at(pair.to.file, place(to)).at(pair.from.file, place(from)).help(help);
    findings.add(Rule::FIELDS, diagnostic);
}

/// A figure without a label is a number without a name wherever it is shown by itself.
fn labels(pair: &Pair<'_>, findings: &mut Findings) {
    let (to, from, code) = (&pair.to.prose, &pair.original.prose, pair.to.code);
    for theirs in &from.front.figures {
        let id = theirs.id.value.as_str();
        let Some(label) = &theirs.label else { continue };
        let own =
            to.front.figures.iter().find(|ours| ours.id.value == id).and_then(|ours| ours.label.as_ref());
        let inherited = matches!(label, Label::ByCode(_)).then(|| label.of(code)).flatten();
        if inherited.or_else(|| own?.of(code)).is_some() {
            continue;
        }
        let place =
            |prose: &Prose, keys: &[&str]| prose.stated(keys).map_or(prose.front.span, |node| node.span);
        let diagnostic = Rule::FIELDS
            .says(format!("the figure `{id}` has no label in the translation"))
            .at(pair.to.file, place(to, &["figures", id]))
            .at(pair.original.file, place(from, &["figures", id, "label"]))
            .help(format!("translate the original's: `figures: {{{id}: {{label: …}}}}`"));
        findings.add(Rule::FIELDS, diagnostic);
    }
}

/// Whether one is the other, or as much of it as is known.
fn agree(a: PartialDate, b: PartialDate) -> bool {
    let (a, b) = (a.numbers(), b.numbers());
    a.iter().zip(&b).all(|(a, b)| a == b || *a == 0 || *b == 0)
}
