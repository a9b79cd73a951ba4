//! Where each version of an id comes from: which one is the original, and whether the others are
//! translations of what stands there now.
//!
//! Owns what `translated_from` means. It compares fingerprints, and never a text; what changed
//! between two of them is `translations`' to find out.

use crate::article::Article;
use crate::base::Lang;
use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean};

/// How a version, or its absence, stands to the version it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is no translation.
    Original,
    /// What it was translated from is as it was.
    Current,
    /// What it was translated from has changed since.
    Stale,
    /// It does not say of which state of the text it is a translation.
    Unmarked,
    /// There is no version.
    Missing,
}

impl State {
    /// All of them, in the order in which they are counted ([`super::Site::tally`]).
    pub const ALL: [State; 5] =
        [State::Original, State::Current, State::Stale, State::Unmarked, State::Missing];

    /// The word for it, in commands, themes and `site.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Original => "original",
            State::Current => "current",
            State::Stale => "stale",
            State::Unmarked => "unmarked",
            State::Missing => "missing",
        }
    }
}

/// Where a version comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// How it stands to that version.
    pub state: State,
    /// The version it is a translation of; the original itself has none.
    pub from: Option<Lang>,
}

impl Origin {
    /// That of a version that is not there, or does not say.
    pub(super) fn of_original(state: State, original: Lang) -> Self {
        Self { state, from: Some(original) }
    }
}

/// The origin of every version of an id, one place a language.
pub fn origins(versions: &[Option<&Article>], original: Lang, config: &Config) -> Vec<Origin> {
    let origin = |(at, version): (usize, &Option<&Article>)| {
        let Some(version) = version else { return Origin::of_original(State::Missing, original) };
        if at == original.index() {
            return Origin { state: State::Original, from: None };
        }
        let stated = version.front.translated_from.as_ref().map(|from| &from.value);
        let from = stated.and_then(|from| Some((from, config.lang_of_code(&from.code)?)));
        let Some((stated, from)) = from else { return Origin::of_original(State::Unmarked, original) };
        let now = versions.get(from.index()).copied().flatten().and_then(|v| v.outline.fingerprint);
        let state = match stated.fingerprint {
            None => State::Unmarked,
            then if then == now => State::Current,
            Some(_) => State::Stale,
        };
        Origin { state, from: Some(from) }
    };
    versions.iter().enumerate().map(origin).collect()
}

/// Which version is the original: the one that is not a translation; where several claim it, the
/// first in the site's order, as a site that does not record origins expects.
///
/// `misnamed`: a further version has a faulty name, and may be the one that seems to be missing.
pub fn original(
    id: &str,
    versions: &[Option<&Article>],
    config: &Config,
    misnamed: bool,
    diags: &mut Diagnostics,
) -> Lang {
    let mut faults = Vec::new();
    for article in versions.iter().flatten() {
        let Some(from) = &article.front.translated_from else { continue };
        let lang = config.lang_of_code(&from.value.code);
        if lang.is_none_or(|l| l == article.name.lang || versions[l.index()].is_none()) {
            let fault = origin_fault(id, &from.value.code, lang, article, config);
            faults.push(fault.at(&article.file, from.span));
        }
    }
    let position =
        |wanted: fn(&Article) -> bool| versions.iter().position(|v| v.as_ref().is_some_and(|v| wanted(v)));
    let claims = |a: &Article| a.front.translated_from.is_none();
    let found =
        position(|a| a.front.translated_from.is_none() && !a.front.broken).or_else(|| position(claims));
    if !misnamed {
        if let Some(first) = versions.iter().flatten().next()
            && let Some(from) = &first.front.translated_from
            && found.is_none()
            && faults.is_empty()
        {
            let message = format!("no version of `{id}` is the original: each says that it is a translation");
            faults.push(
                Diagnostic::new(code::NO_ORIGINAL, message)
                    .at(&first.file, from.span)
                    .help("take `translated_from` out of the version that was written first"),
            );
        }
        if let Some(found) = found
            && faults.is_empty()
        {
            faults.extend(disagreements(id, versions, found, config));
        }
        diags.extend(faults);
    }
    Lang(found.or_else(|| position(|_| true)).unwrap_or(0) as u8)
}

/// Versions whose way back ends at another version than the original, or nowhere.
fn disagreements(
    id: &str,
    versions: &[Option<&Article>],
    original: usize,
    config: &Config,
) -> Option<Diagnostic> {
    let from = |at: usize| {
        let article = versions.get(at).copied().flatten()?;
        Some(config.lang_of_code(&article.front.translated_from.as_ref()?.value.code)?.index())
    };
    let code_of = |at: usize| config.languages.get(at).map_or("", |l| l.code.as_str());
    for (at, article) in versions.iter().enumerate() {
        let Some(article) = article else { continue };
        let Some(span) = article.front.translated_from.as_ref().map(|from| from.span) else { continue };
        let mut way = vec![at];
        let mut end = at;
        while let Some(next) = from(end) {
            if way.contains(&next) {
                let circle: Vec<String> = way
                    .iter()
                    .skip_while(|&&at| at != next)
                    .map(|&at| format!("`{}`", code_of(at)))
                    .collect();
                let message = format!(
                    "the versions {} of `{id}` say that they are translations of one another",
                    circle.join(" and ")
                );
                return Some(
                    Diagnostic::new(code::NO_ORIGINAL, message)
                        .at(&article.file, span)
                        .help("name in one of them the version that it was really translated from"),
                );
            }
            way.push(next);
            end = next;
        }
        if end != original && versions.get(end).is_some_and(Option::is_some) {
            let (first, other) = (code_of(original), code_of(end));
            let message = format!(
                "the versions of `{id}` disagree about the original: `{}` goes back to `{other}`, and `{first}` is no translation either",
                code_of(at)
            );
            let mut fault = Diagnostic::new(code::NO_ORIGINAL, message).at(&article.file, span);
            for other in [end, original] {
                if let Some(article) = versions[other] {
                    fault = fault.in_file(&article.file);
                }
            }
            return Some(fault.help(format!(
                "write `translated_from: {first}` in the version `{other}`, or the other way round"
            )));
        }
    }
    None
}

fn origin_fault(id: &str, from: &str, lang: Option<Lang>, article: &Article, config: &Config) -> Diagnostic {
    match lang {
        None => unknown_language(from, config),
        Some(l) if l == article.name.lang => {
            Diagnostic::new(code::NO_ORIGINAL, "this version says that it is a translation of itself").help(
                "write the code of the language that it was translated from; an original has no `translated_from`",
            )
        }
        Some(_) => {
            let message = format!("`{id}` has no version `{from}` to be a translation of");
            Diagnostic::new(code::NO_ORIGINAL, message).help(format!(
                "the original would be {}; write it, or take `translated_from` out of this file",
                expected_file(article, from)
            ))
        }
    }
}

/// A code that no language of the site has.
pub(super) fn unknown_language(code: &str, config: &Config) -> Diagnostic {
    let codes = config.languages.iter().map(|l| l.code.as_str());
    let help = did_you_mean(code, codes).unwrap_or_default();
    Diagnostic::new(code::UNKNOWN_LANGUAGE, format!("`{code}` is not a language of this site")).help(help)
}

fn expected_file(article: &Article, code: &str) -> String {
    let name = article.file.file_name();
    let stem = name.split('.').next().unwrap_or(name);
    format!("{}/{stem}.{code}.md", article.file.folder())
}
