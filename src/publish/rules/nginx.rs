//! A server for nginx: one file for its folder `conf.d` or `sites-enabled`.
//!
//! Owns how the facts are said in nginx's words (ngx_http_core_module, ngx_http_map_module). Paths
//! there are decoded, and compared as bytes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::headers::lifetime;
use super::super::kind::Kind;
use super::super::pattern::Letters;
use super::{Facts, HEAD, PAGES, below, escaped, fingerprinted};
use crate::config::Compression;
use crate::plan::media_type;

/// Names of files that sites have sooner or later. nginx's own list lacks some, and takes others for
/// something else than Bashu does.
const USUAL: &str = "html css js mjs json csv txt xml svg png jpg jpeg gif webp avif ico woff woff2 ttf otf pdf zip epub mp3 mp4 webm webmanifest wasm";

/// The file.
pub(super) fn write(facts: &Facts) -> String {
    let base = &facts.base;
    let mut text = format!("{HEAD}\nmap $uri $bashu_cache {{\n");
    for (pattern, value) in &facts.cache {
        // In a value, a dollar sign begins a variable, and nothing makes it plain.
        if value.contains('$') {
            text.push_str(&format!("    # {pattern}: this value cannot be said here\n"));
            continue;
        }
        let regex = below(base, &pattern.regex(Letters::Bytes));
        text.push_str(&format!("    {} {};\n", quoted(&format!("~{regex}")), quoted(value)));
    }
    for (regex, kind) in [(&*fingerprinted(&escaped(base)), Kind::Asset), (PAGES, Kind::Page)] {
        text.push_str(&format!("    {} {};\n", quoted(&format!("~{regex}")), quoted(lifetime(kind))));
    }
    text.push_str(&format!("    default {};\n}}\n\n", quoted(lifetime(Kind::File))));
    text.push_str(&format!(
        "server {{\n    listen 80;\n    listen [::]:80;\n    server_name {};\n",
        facts.domain.split(':').next().unwrap_or_default()
    ));
    text.push_str(
        "    # Behind a proxy or on another port, readers stay where they are.\n    absolute_redirect off;\n    charset utf-8;\n    charset_types text/css text/csv text/javascript text/plain text/xml application/javascript;\n    add_header Cache-Control $bashu_cache;\n",
    );
    text.push_str(&types(&facts.files));
    if facts.copies.contains(&Compression::Gzip) {
        text.push_str("    gzip_static on;\n    gzip_vary on;\n");
    }
    if facts.copies.contains(&Compression::Brotli) {
        text.push_str("    # Needs the module ngx_http_brotli_static.\n    brotli_static on;\n");
    }
    let root = facts.root.to_string_lossy();
    if base == "/" {
        text.push_str(&format!("    root {};\n    error_page 404 /404.html;\n", quoted(&root)));
    }
    text.push('\n');
    // Where a folder of the server holds the site, each place says so itself.
    let place = |folder: &str| match &**base {
        "/" => String::new(),
        _ => format!(" alias {};", quoted(&format!("{}{folder}", root.trim_end_matches('/')))),
    };
    let folders = facts.not_found.iter().map(|folder| &**folder).chain((base != "/").then_some("/"));
    for folder in folders {
        let at = facts.at_host(folder);
        let page = quoted(&format!("{at}404.html"));
        text.push_str(&format!(
            "    location {} {{{} error_page 404 {page}; }}\n",
            quoted(&at),
            place(folder)
        ));
    }
    for redirect in &facts.redirects {
        let from = facts.at_host(redirect.from.as_str());
        let to = facts.encoded(&redirect.to).replace('$', "%24");
        let short = from.strip_suffix('/').filter(|short| !short.is_empty());
        for from in [Some(&*from), short].into_iter().flatten() {
            text.push_str(&format!("    location = {} {{ return 301 {}; }}\n", quoted(from), quoted(&to)));
        }
    }
    text.push_str("}\n");
    text
}

/// The media types of the site's files and of usual ones, which take the place of nginx's own.
fn types(files: &[String]) -> String {
    let plain = |end: &&str| !end.is_empty() && end.bytes().all(|b| b.is_ascii_alphanumeric());
    let ends = files.iter().filter_map(|file| Some(file.rsplit_once('.')?.1)).chain(USUAL.split(' '));
    let mut types: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for end in ends.filter(plain).map(str::to_ascii_lowercase) {
        let whole = media_type(&format!("a.{end}"));
        let essence = whole.split(';').next().unwrap_or_default();
        types.entry(essence.to_owned()).or_default().insert(end);
    }
    let unknown = "application/octet-stream";
    types.remove(unknown);
    let lines: String = types
        .iter()
        .map(|(name, ends)| {
            format!("        {name} {};\n", ends.iter().map(String::as_str).collect::<Vec<_>>().join(" "))
        })
        .collect();
    format!("    default_type {unknown};\n    types {{\n{lines}    }}\n")
}

/// A word of nginx's, whatever is in it. A backslash before a letter stays what it is, as regular
/// expressions need it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}
