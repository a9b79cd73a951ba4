//! `_redirects`, as Netlify, Cloudflare Pages and GitLab Pages read it from the site itself.
//!
//! Owns what all three understand: a path, where it leads, 301. None is told to prefer a rule to a
//! file (`301!`), which two of them refuse; so the pages of redirects are left out that a rule
//! stands for. Names beyond ASCII keep theirs: hosts do not agree on whether a rule has them encoded.

use super::{Facts, HEAD};

/// GitLab reads no more rules, and no more bytes, unless told so; Cloudflare 2,000 and 100.
const RULES: usize = 1000;
const BYTES: usize = 64 * 1024;

/// The file, and the pages that need not be there.
pub(super) fn write(facts: &Facts) -> (String, Vec<String>) {
    // Only Netlify knows these; the others pass over them, and Cloudflare looks for the nearest
    // 404.html by itself.
    let not_found: String = facts
        .not_found
        .iter()
        .map(|folder| {
            let folder = facts.at_host(folder);
            format!("{folder}* {folder}404.html 404\n")
        })
        .collect();
    let mut text = HEAD.to_owned();
    let (mut rules, mut left_out) = (facts.not_found.len(), Vec::new());
    for redirect in &facts.redirects {
        let (from, to) = (facts.encoded(&redirect.from), facts.encoded(&redirect.to));
        // Most hosts compare to the letter.
        let short = from.strip_suffix('/').filter(|short| !short.is_empty());
        let lines: String =
            [Some(&*from), short].into_iter().flatten().map(|from| format!("{from} {to} 301\n")).collect();
        let count = 1 + usize::from(short.is_some());
        if rules + count > RULES || text.len() + lines.len() + not_found.len() > BYTES {
            break;
        }
        text.push_str(&lines);
        rules += count;
        let is_root = redirect.from.as_str() == "/";
        if !is_root && from == facts.at_host(redirect.from.as_str()) {
            left_out.push(redirect.from.output().as_str().to_owned());
        }
    }
    (text + &not_found, left_out)
}
