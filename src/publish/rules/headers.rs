//! `_headers`, as Netlify and Cloudflare Pages read it from the site itself.
//!
//! Owns which rules both understand. A path may have one `*`, which goes over folders, and where two
//! rules fit, both are sent: so a rule is only written if it fits nothing that should have another.
//! That is tried on the site's own files. Pages are left to these hosts, which ask for each anew
//! and know when it has changed.

use std::collections::BTreeSet;

use super::super::headers::lifetime;
use super::super::kind::Kind;
use super::{Facts, HEAD};
use crate::base::UrlPath;
use crate::plan::{FINGERPRINTED, is_fingerprinted};

/// Cloudflare reads no more rules.
const RULES: usize = 100;

/// The file.
pub(super) fn write(facts: &Facts) -> String {
    let mut wanted: Vec<(Option<Vec<String>>, String, String)> = Vec::new();
    for (pattern, value) in &facts.cache {
        wanted.push((pattern.splats(), value.clone(), pattern.to_string()));
    }
    // All by their folder if nothing else stands in it, else one by one. Most sites have no pictures.
    let immutable = lifetime(Kind::Asset);
    for folder in FINGERPRINTED {
        let within = |file: &str| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let inside: Vec<&String> = facts.files.iter().filter(|file| within(file)).collect();
        if inside.is_empty() && folder != "assets" {
            continue;
        }
        let fit = inside.iter().filter(|file| right(facts, file) == immutable);
        let fit: Vec<String> = fit.map(|file| format!("/{file}")).collect();
        let paths = if fit.len() < inside.len() { fit } else { vec![format!("/{folder}/*")] };
        wanted.push((Some(paths), immutable.to_owned(), format!("fingerprinted files in {folder}/")));
    }

    let mut text = HEAD.to_owned();
    let (mut count, mut taken) = (0, BTreeSet::new());
    for (paths, value, name) in wanted {
        let said = paths.is_some_and(|paths| {
            let covered: BTreeSet<&str> = facts
                .files
                .iter()
                .map(|file| &**file)
                .filter(|file| paths.iter().any(|path| fits(path, file)))
                .collect();
            let right = covered.iter().all(|file| right(facts, file) == value) && covered.is_disjoint(&taken);
            if !right || count + paths.len() > RULES {
                return false;
            }
            for path in &paths {
                // A `*` stays one: no path that has one itself can be said here.
                let path = UrlPath::new(facts.at_host(path)).encoded().into_owned();
                text.push_str(&format!("{path}\n  Cache-Control: {value}\n"));
            }
            count += paths.len();
            taken.extend(covered);
            true
        });
        if !said {
            text.push_str(&format!("# {name}: {value} cannot be said here\n"));
        }
    }
    text
}

/// Whether a path with one `*` fits the URL of a file.
fn fits(path: &str, file: &str) -> bool {
    let url = match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    };
    match path.split_once('*') {
        Some((before, after)) => {
            url.len() >= before.len() + after.len() && url.starts_with(before) && url.ends_with(after)
        }
        None => url == path,
    }
}

/// What a file should have, of what is said here.
fn right<'f>(facts: &'f Facts, file: &str) -> &'f str {
    let own = facts.cache.iter().find(|(pattern, _)| pattern.fits(file));
    own.map_or_else(|| if is_fingerprinted(file) { lifetime(Kind::Asset) } else { "" }, |(_, value)| value)
}
