//! `vercel.json`.
//!
//! Owns how the facts are said there. Where several headers fit, the last is taken, so they stand
//! the other way round than in `site.yaml`. Vercel knows one page for what is not found, at the root.

use serde_json::json;

use super::super::headers::lifetime;
use super::super::kind::Kind;
use super::super::pattern::Letters;
use super::{Facts, below, escaped, fingerprinted};

/// Vercel reads no more redirects; of the others the pages stand.
const REDIRECTS: usize = 2048;

/// The file.
pub(super) fn write(facts: &Facts) -> String {
    let header = |regex: &str, value: &str| {
        // A path pattern in which a group holds all: `/(…)`.
        let inner = regex.trim_start_matches("^/").trim_end_matches('$');
        json!({ "source": format!("/({inner})"), "headers": [{ "key": "Cache-Control", "value": value }] })
    };
    let assets = header(&fingerprinted(&escaped(&facts.base)), lifetime(Kind::Asset));
    let own = facts.cache.iter().rev();
    let own =
        own.map(|(pattern, value)| header(&below(&facts.base, &pattern.regex(Letters::Unicode)), value));
    let headers: Vec<_> = std::iter::once(assets).chain(own).collect();
    let redirects: Vec<_> = facts
        .redirects
        .iter()
        .flat_map(|redirect| {
            let (from, to) = (facts.encoded(&redirect.from), facts.encoded(&redirect.to));
            let short = from.strip_suffix('/').filter(|short| !short.is_empty()).map(str::to_owned);
            [Some(from), short].into_iter().flatten().map(move |from| {
                // What path patterns take for signs.
                let source: String = from
                    .chars()
                    .flat_map(|c| [(":()*+".contains(c)).then_some('\\'), Some(c)])
                    .flatten()
                    .collect();
                json!({ "source": source, "destination": to, "statusCode": 301 })
            })
        })
        .take(REDIRECTS)
        .collect();
    let rules = json!({ "trailingSlash": true, "headers": headers, "redirects": redirects });
    // Text and lists alone: JSON can say them.
    serde_json::to_string_pretty(&rules).unwrap_or_default() + "\n"
}
