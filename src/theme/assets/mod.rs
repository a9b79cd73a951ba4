//! Assets: which of a chain's are published, and what their bytes are once style sheets are bundled and
//! names of other assets replaced by their URLs.
//!
//! Owns the rule that a URL follows the content behind it, also through what that names. It writes
//! nothing.

mod browsers;
mod bundle;
#[cfg(test)]
mod hostile;
mod scan;
mod scripts;
mod sheets;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{ContentPath, Fingerprint, Integrity, Span, UrlPath};
use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean_and};
use crate::plan;
use crate::source::Source;

use super::chain::Chain;
use bundle::Bundler;
use sheets::{OWN, SETTINGS, Sheet, Sheets};

/// A file of the theme that is published.
pub struct Asset {
    /// Its path below `assets/`.
    pub name: String,
    /// Where it comes from.
    pub origin: ContentPath,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The fingerprint of its content.
    pub fingerprint: Fingerprint,
    /// What a page says of a style sheet or script that browsers should make sure of.
    pub integrity: Option<Integrity>,
}

/// An asset whose names of others are not replaced yet.
struct Draft<'c> {
    origin: &'c ContentPath,
    bytes: Vec<u8>,
    references: Vec<Reference>,
}

/// A place in an asset that names another file.
struct Reference {
    range: Range<usize>,
    /// The name below `assets/`, or with a slash in front a path from the site's root.
    to: String,
    /// What follows the path in the URL: query and fragment.
    suffix: String,
}

/// What scripts end with.
const SCRIPTS: &[&str] = &["js", "mjs"];

/// The assets of a chain, in the order of their names. `settings` is the style sheet of the settings.
pub(super) fn load(
    chain: &Chain,
    source: &Source,
    files: &[ContentPath],
    config: &Config,
    settings: String,
    diags: &mut Diagnostics,
) -> Vec<Asset> {
    let mut published: BTreeMap<&str, &ContentPath> = BTreeMap::new();
    for layer in &chain.layers {
        for (name, file) in layer.below("assets/").filter(|(name, _)| !is_part(name)) {
            published.entry(name).or_insert(file);
        }
    }
    let styles = |name: &str| has_extension(name, &["css"]);
    let mut sheets = Sheets { chain, source, files, published: &published, read: BTreeMap::new() };
    sheets.read.insert(ContentPath::new(SETTINGS), Sheet::of(settings));
    for (name, file) in published.iter().filter(|(name, _)| styles(name)) {
        sheets.follow(name, file, diags);
    }
    let bundler = Bundler::new(&sheets, browsers::targets(config, diags), diags);
    let mut drafts: BTreeMap<&str, Draft<'_>> = BTreeMap::new();
    for (&name, &origin) in &published {
        let draft = if styles(name) {
            let text = bundler.bundle(origin, diags).unwrap_or_default();
            Draft { origin, references: references(&text), bytes: text.into_bytes() }
        } else {
            match chain.bytes(source, origin) {
                Ok(bytes) => {
                    Draft { origin, references: modules(name, origin, &bytes, &published, diags), bytes }
                }
                Err(fault) => {
                    diags.push(fault);
                    continue;
                }
            }
        };
        drafts.insert(name, draft);
    }
    let mut finished = Finished { drafts: &drafts, done: BTreeMap::new(), trail: Vec::new(), diags };
    for &name in drafts.keys() {
        finished.finish(name);
    }
    finished.done.into_values().collect()
}

/// Whether an asset is only there for others to import.
fn is_part(name: &str) -> bool {
    has_extension(name, &["css"]) && name.rsplit('/').next().is_some_and(|file| file.starts_with('_'))
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, own)| extensions.iter().any(|e| own.eq_ignore_ascii_case(e)))
}

/// Where a script names other modules by relative paths; those that are not there are reported.
fn modules(
    name: &str,
    origin: &ContentPath,
    bytes: &[u8],
    published: &BTreeMap<&str, &ContentPath>,
    diags: &mut Diagnostics,
) -> Vec<Reference> {
    let Some(text) = has_extension(name, SCRIPTS).then(|| std::str::from_utf8(bytes).ok()).flatten() else {
        return Vec::new();
    };
    let mut references = Vec::new();
    for (range, specifier) in scripts::specifiers(text) {
        let span = Span::new(range.start, range.end);
        if sheets::is_remote(&specifier) {
            diags.push(sheets::remote(&specifier, origin, span));
        }
        if !specifier.starts_with("./") && !specifier.starts_with("../") {
            continue;
        }
        let to = ContentPath::new(name).join(&specifier).map(|to| to.as_str().to_owned());
        match to.filter(|to| published.contains_key(to.as_str())) {
            Some(to) => references.push(Reference { range, to, suffix: String::new() }),
            None => {
                let known = published.keys().copied().filter(|name| has_extension(name, SCRIPTS));
                let help = did_you_mean_and(&specifier, known, "a name is relative to the script");
                let message = format!("there is no script `{specifier}`");
                diags.push(Diagnostic::new(code::MISSING_ASSET, message).at(origin, span).help(help));
            }
        }
    }
    references
}

/// Where a bundled style sheet names files of the site.
fn references(text: &str) -> Vec<Reference> {
    let (named, _) = scan::scan(text);
    let own = named.into_iter().filter_map(|named| {
        let url = named.name.strip_prefix(OWN)?;
        let (path, suffix) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
        let to = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        Some(Reference { range: named.range, to, suffix: suffix.to_owned() })
    });
    own.collect()
}

/// Assets on their way to their URLs.
struct Finished<'d, 'c> {
    drafts: &'d BTreeMap<&'c str, Draft<'c>>,
    done: BTreeMap<&'c str, Asset>,
    /// Those that wait for what they name.
    trail: Vec<&'c str>,
    diags: &'d mut Diagnostics,
}

impl<'c> Finished<'_, 'c> {
    /// Finishes an asset, after those that it names.
    fn finish(&mut self, name: &'c str) {
        let drafts = self.drafts;
        let Some(draft) = drafts.get(name).filter(|_| !self.done.contains_key(name)) else { return };
        self.trail.push(name);
        let mut bytes = Vec::with_capacity(draft.bytes.len());
        let mut from = 0;
        for reference in &draft.references {
            let Some(url) = self.url(reference, draft) else { continue };
            bytes.extend_from_slice(draft.bytes.get(from..reference.range.start).unwrap_or_default());
            bytes.extend_from_slice(relative(&url, name, &reference.suffix).as_bytes());
            from = reference.range.end;
        }
        self.trail.pop();
        bytes.extend_from_slice(draft.bytes.get(from..).unwrap_or_default());
        let checked = has_extension(name, &["css"]) || has_extension(name, SCRIPTS);
        let asset = Asset {
            name: name.to_owned(),
            origin: draft.origin.clone(),
            fingerprint: Fingerprint::of(&bytes),
            integrity: checked.then(|| Integrity::of(&bytes)),
            bytes,
        };
        self.done.insert(name, asset);
    }

    /// The URL of what is named; `None` where the fingerprint of each would follow from the other's.
    fn url(&mut self, reference: &Reference, draft: &Draft<'_>) -> Option<UrlPath> {
        let Some((&to, _)) = self.drafts.get_key_value(reference.to.as_str()) else {
            return Some(UrlPath::new(reference.to.as_str()));
        };
        if self.trail.contains(&to) {
            let help =
                "the name of each would depend on the other's content: move what both need into a third";
            let fault =
                Diagnostic::new(code::CIRCULAR_IMPORT, format!("`{to}` leads back to itself")).help(help);
            let place = Span::new(reference.range.start, reference.range.end);
            self.diags.push(match has_extension(to, SCRIPTS) {
                true => fault.at(draft.origin, place),
                false => fault.in_file(draft.origin),
            });
            return None;
        }
        self.finish(to);
        self.done.get(to).map(|asset| plan::asset_url(to, asset.fingerprint))
    }
}

/// The URL of a file as another asset names it: relative, so that it holds wherever the site stands.
fn relative(url: &UrlPath, from: &str, suffix: &str) -> String {
    let from = ContentPath::new(format!("assets/{from}"));
    let to = ContentPath::new(url.as_str().trim_start_matches('/'));
    let path = to.reference_from(&from);
    // Scripts take a name without a dot in front for something else.
    let dot = if path.starts_with('.') { "" } else { "./" };
    format!("\"{dot}{}{suffix}\"", UrlPath::new(path).encoded())
}
