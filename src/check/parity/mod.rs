//! Parity: each translation compared with the version it was made from.
//!
//! Owns which versions are compared, the order of the rules, and waivers. The rules are the files
//! beside this one; each takes a [`Pair`] and adds to its findings.

mod agree;
mod align;
mod fields;
mod findings;
mod language;
mod length;
mod marks;
mod numbers;
mod pair;
mod structure;
mod threads;
mod version;

use crate::base::Lang;
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::site::{EntryId, Site};
use crate::source::Source;
use findings::{Findings, Rule};
use length::Ratios;
use pair::Pair;
use version::Version;

/// What is to be compared.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The ids of articles; all of them if none is named.
    pub ids: Vec<String>,
    /// Only translations into this language.
    pub lang: Option<Lang>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The faults, sorted.
    pub diagnostics: Diagnostics,
    /// How many pairs of versions were compared.
    pub pairs: usize,
    /// How many findings are waived in front matter.
    pub waived: usize,
}

/// How long translations on a site usually are, which is learnt from its texts.
pub struct Lengths(Ratios);

impl Lengths {
    /// Learns from all articles, or from so many of them at most, evenly chosen.
    pub fn learn(source: &Source, site: &Site, most: usize) -> Self {
        let several = |id: &EntryId| site.entry(*id).languages().nth(1).is_some();
        let ids: Vec<EntryId> = site.ids().filter(several).collect();
        let read = |id: EntryId, lang| Version::without_numbers(source, site, id, lang);
        let count = ids.len().min(most);
        let chosen = (0..count).filter_map(|at| ids.get(at * ids.len() / count).copied());
        let all: Vec<_> = chosen.map(|id| (id, versions(site, id, |lang| read(id, lang)))).collect();
        Self::of(site, &all)
    }

    fn of(site: &Site, all: &[(EntryId, Vec<Version<'_>>)]) -> Self {
        Self(Ratios::learn(all.iter().flat_map(|(id, versions)| pairs(site.entry(*id).original, versions))))
    }
}

/// Compares the versions of a site's articles. A version whose front matter cannot be read is
/// passed over: that has been reported.
pub fn parity(source: &Source, site: &Site, only: &Selection) -> Outcome {
    let read = |id| versions(site, id, |lang| Version::read(source, site, id, lang));
    let all: Vec<(EntryId, Vec<Version<'_>>)> =
        site.ids().map(|id| (id, read(id))).filter(|(_, versions)| versions.len() > 1).collect();
    // All of them, also where few are asked for: what is usual shows in the whole.
    let lengths = Lengths::of(site, &all);
    let mut outcome = Outcome::default();
    for (id, versions) in &all {
        let asked = only.ids.is_empty() || only.ids.iter().any(|wanted| **wanted == *site.entry(*id).id);
        if asked {
            let wanted = |lang| only.lang.is_none_or(|only| only == lang);
            compare_versions(site, *id, versions, &lengths, wanted, &mut outcome);
        }
    }
    outcome.finish(site)
}

/// Compares the versions of one article in some languages with those that they were made from.
pub fn parity_of(source: &Source, site: &Site, id: EntryId, langs: &[Lang], lengths: &Lengths) -> Outcome {
    let versions = versions(site, id, |lang| Version::read(source, site, id, lang));
    let mut outcome = Outcome::default();
    if versions.len() > 1 {
        compare_versions(site, id, &versions, lengths, |lang| langs.contains(&lang), &mut outcome);
    }
    outcome.finish(site)
}

impl Outcome {
    fn finish(mut self, site: &Site) -> Self {
        self.diagnostics.regrade(|d| site.config.grade(d));
        self.diagnostics.sort();
        self
    }
}

fn versions<'s>(site: &'s Site, id: EntryId, read: impl Fn(Lang) -> Option<Version<'s>>) -> Vec<Version<'s>> {
    site.entry(id).languages().filter_map(read).collect()
}

fn compare_versions(
    site: &Site,
    id: EntryId,
    versions: &[Version<'_>],
    lengths: &Lengths,
    wanted: impl Fn(Lang) -> bool,
    outcome: &mut Outcome,
) {
    let entry = site.entry(id);
    let original = versions.iter().find(|v| v.lang == entry.original);
    outcome.diagnostics.extend(original.and_then(waiver_of_original));
    for (from, to) in pairs(entry.original, versions).filter(|(_, to)| wanted(to.lang)) {
        outcome.pairs += 1;
        let pair = Pair::new(from, to, original.unwrap_or(from), lengths.0.of(from, to));
        let found = compare(&pair);
        outcome.waived += waive(&pair, found, &mut outcome.diagnostics);
    }
}

/// The translations among the versions of an article, each behind the version it was made from.
fn pairs<'v, 's>(
    original: Lang,
    versions: &'v [Version<'s>],
) -> impl Iterator<Item = (&'v Version<'s>, &'v Version<'s>)> {
    versions.iter().filter_map(move |to| Some((origin(to, original, versions)?, to)))
}

/// The version that a translation was made from; `None` for the original itself.
fn origin<'v, 's>(to: &Version<'s>, original: Lang, versions: &'v [Version<'s>]) -> Option<&'v Version<'s>> {
    if to.lang == original {
        return None;
    }
    let stated = to.prose.front.translated_from.as_ref().map(|from| from.value.code.as_str());
    let named = versions.iter().find(|v| Some(v.code) == stated && v.lang != to.lang);
    named.or_else(|| versions.iter().find(|v| v.lang == original))
}

/// An original that waives rules: it is compared with nothing.
fn waiver_of_original(original: &Version<'_>) -> Option<Diagnostic> {
    let waiver = original.prose.front.parity.as_ref()?;
    let message = "this waiver stands in the original, and waives nothing";
    let diagnostic = Diagnostic::new(code::PARITY_WAIVER, message).at(original.file, waiver.span);
    Some(diagnostic.help("move it to the translation that is meant to differ"))
}

fn compare(pair: &Pair<'_>) -> Findings {
    let mut findings = Findings::default();
    fields::compare(pair, &mut findings);
    language::compare(pair, &mut findings);
    structure::compare(pair, &mut findings);
    length::compare(pair, &mut findings);
    marks::compare(pair, &mut findings);
    numbers::compare(pair, &mut findings);
    findings
}

/// Reports what the translation does not waive, and waivers that waive nothing; counts the rest.
fn waive(pair: &Pair<'_>, findings: Findings, diags: &mut Diagnostics) -> usize {
    let Some(waiver) = &pair.to.prose.front.parity else {
        diags.extend(findings.into_iter().map(|(_, diagnostic)| diagnostic));
        return 0;
    };
    let mut used: Vec<Rule> = Vec::new();
    let mut count = 0;
    for (rule, diagnostic) in findings {
        if waiver.waives(rule.name()) {
            used.push(rule);
            count += 1;
        } else {
            diags.push(diagnostic);
        }
    }
    let idle = |name: &str| !used.iter().any(|rule| rule.name() == name);
    let places: Vec<_> = match &waiver.rules {
        None if used.is_empty() => vec![(waiver.span, "this waiver waives nothing".to_owned())],
        None => Vec::new(),
        Some(rules) => {
            let idle = rules.iter().filter(|rule| idle(&rule.value));
            idle.map(|rule| (rule.span, format!("the waiver of `{}` waives nothing", rule.value))).collect()
        }
    };
    diags.extend(places.into_iter().map(|(span, message)| {
        Diagnostic::new(code::PARITY_WAIVER, message)
            .at(pair.to.file, span)
            .help("take it out: left here, it would hide a fault one day")
    }));
    count
}
