//! A Caddyfile.
//!
//! Owns how the facts are said in Caddy's words. In a `route`, directives are done in the order in
//! which they stand: redirects, then the file of a folder's page is found, so that patterns see the
//! same path as everywhere else, then its lifetime.

use super::super::headers::lifetime;
use super::super::kind::Kind;
use super::super::pattern::Letters;
use super::{Facts, HEAD, PAGES, fingerprinted};
use crate::config::Compression;

/// The file.
pub(super) fn write(facts: &Facts) -> String {
    let base = &*facts.base;
    let root = facts.root.to_string_lossy();
    let mut text = format!("{HEAD}\n{} {{\n\troot * {}\n\n\troute {{\n", facts.domain, quoted(&root));
    for redirect in &facts.redirects {
        let from = facts.at_host(redirect.from.as_str());
        let to = quoted(&facts.encoded(&redirect.to));
        let short = from.strip_suffix('/').filter(|short| !short.is_empty());
        for from in [Some(&*from), short].into_iter().flatten() {
            // A `*` in a path matcher would be more than itself.
            if !from.contains('*') {
                text.push_str(&format!("\t\tredir {} {to} 301\n", quoted(from)));
            }
        }
    }
    // Below another path, the folder holds what stands behind that.
    if base != "/" {
        text.push_str(&format!("\t\turi strip_prefix {}\n", quoted(base.trim_end_matches('/'))));
    }
    text.push_str("\t\ttry_files {path}index.html {path}\n\t\tmap {path} {bashu_cache} {\n");
    let mut rule = |regex: &str, value: &str| {
        text.push_str(&format!("\t\t\t{} {}\n", quoted(&format!("~{regex}")), quoted(value)));
    };
    for (pattern, value) in &facts.cache {
        rule(&pattern.regex(Letters::Unicode), value);
    }
    rule(&fingerprinted("/"), lifetime(Kind::Asset));
    rule(PAGES, lifetime(Kind::Page));
    text.push_str(&format!("\t\t\tdefault {}\n\t\t}}\n", quoted(lifetime(Kind::File))));
    text.push_str("\t\theader Cache-Control {bashu_cache}\n\t\tfile_server");
    let copies: Vec<&str> = facts.copies.iter().map(|way| Compression::token(*way)).collect();
    if !copies.is_empty() {
        text.push_str(&format!(" {{\n\t\t\tprecompressed {}\n\t\t}}", copies.join(" ")));
    }
    text.push_str("\n\t}\n\n\thandle_errors 404 {\n\t\theader -Cache-Control\n");
    for folder in &facts.not_found {
        let at = facts.at_host(folder);
        let page = quoted(&format!("{folder}404.html"));
        text.push_str(&format!(
            "\t\thandle {} {{\n\t\t\trewrite * {page}\n\t\t\tfile_server\n\t\t}}\n",
            quoted(&format!("{at}*"))
        ));
    }
    text.push_str("\t\thandle {\n\t\t\trewrite * /404.html\n\t\t\tfile_server\n\t\t}\n\t}\n}\n");
    text
}

/// A token of a Caddyfile, whatever is in it. Only a quote is escaped there.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}
