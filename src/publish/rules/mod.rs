//! What a host can be told in its own words: redirects, pages for what is not found, how long files
//! may be kept, compressed copies.
//!
//! Owns the facts, which are those of the build and of `site.yaml`, and what goes with a release.
//! Each host's words have a file of their own. Where a host cannot say something, the words say so
//! in a comment, and nothing is said that is not so.

mod caddy;
mod headers;
mod nginx;
mod redirects;
mod vercel;

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::headers::HeaderRules;
use super::pattern::Pattern;
use crate::base::UrlPath;
use crate::build::Redirect;
use crate::config::{Compression, Config, Host, HostKind, RuleFile};
use crate::diag::Diagnostics;
use crate::output;
use crate::plan::FINGERPRINTED;

/// Whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulesFor {
    /// `_headers`, of Netlify and Cloudflare Pages.
    Headers,
    /// `_redirects`, of Netlify, Cloudflare Pages and GitLab Pages.
    Redirects,
    /// A file of servers for nginx.
    Nginx,
    /// A Caddyfile.
    Caddy,
    /// `vercel.json`.
    Vercel,
}

/// What there is to say.
#[derive(Debug)]
pub struct Facts {
    /// The name by which readers ask: `example.org`.
    domain: String,
    /// The path of the site's root, decoded, with a slash at both ends.
    base: String,
    /// The folder that holds the site at the server.
    root: PathBuf,
    redirects: Vec<Redirect>,
    /// The folders that have a page of their own for what is not found, as `/zh/`.
    not_found: Vec<String>,
    /// The cache lifetimes of `site.yaml`, in their order.
    cache: Vec<(Pattern, String)>,
    copies: Vec<Compression>,
    /// The site's files, if it was built.
    files: Vec<String>,
}

/// What goes with a release because a host reads it there.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Extra {
    /// Files of rules, by path: the `made` of [`super::Release::read`].
    pub made: Vec<(String, Vec<u8>)>,
    /// Pages of redirects that the rules stand for: the paths of [`super::Release::without`]. Some
    /// hosts prefer a file that is there to a rule, and would send readers on less well.
    pub left_out: Vec<String>,
}

impl Facts {
    /// Those of a site, whose folder and output folder are given, for a host.
    pub fn new(
        config: &Config,
        host: &Host,
        site: &Path,
        output: &Path,
        redirects: Vec<Redirect>,
    ) -> Result<Self, Diagnostics> {
        let base_url = host.base_url.as_ref().unwrap_or(&config.base_url);
        let domain = base_url.origin.split_once("://").map_or(&*base_url.origin, |(_, domain)| domain);
        let prefixes = config.langs().map(|lang| config.prefix(lang));
        let files = output::files(output)?;
        Ok(Self {
            domain: domain.to_owned(),
            base: percent_decode_str(&base_url.path).decode_utf8_lossy().into_owned(),
            root: served(site, host),
            redirects,
            not_found: prefixes
                .filter(|prefix| !prefix.is_empty())
                .map(|prefix| format!("{prefix}/"))
                .collect(),
            cache: HeaderRules::new(host)?.cache,
            copies: host.copies.clone(),
            files: files.iter().map(|path| path.as_str().to_owned()).collect(),
        })
    }

    /// A URL's path at the host, decoded.
    fn at_host(&self, path: &str) -> String {
        format!("{}{}", self.base, path.trim_start_matches('/'))
    }

    /// A URL's path at the host, as HTTP has it.
    fn encoded(&self, path: &UrlPath) -> String {
        UrlPath::new(self.at_host(path.as_str())).encoded().into_owned()
    }
}

/// The words of a host.
pub fn write(rules: RulesFor, facts: &Facts) -> String {
    match rules {
        RulesFor::Headers => headers::write(facts),
        RulesFor::Redirects => redirects::write(facts).0,
        RulesFor::Nginx => nginx::write(facts),
        RulesFor::Caddy => caddy::write(facts),
        RulesFor::Vercel => vercel::write(facts),
    }
}

/// What goes with a release to a host, as `rules` in `site.yaml` says.
pub fn extra(host: &Host, facts: &Facts) -> Extra {
    let mut extra = Extra::default();
    for rules in &host.rules {
        match rules {
            RuleFile::Headers => extra.made.push(("_headers".to_owned(), headers::write(facts).into_bytes())),
            RuleFile::Redirects => {
                let (text, left_out) = redirects::write(facts);
                extra.made.push(("_redirects".to_owned(), text.into_bytes()));
                extra.left_out = left_out;
            }
        }
    }
    extra
}

/// The folder that a server of the host's kind has to look into.
fn served(site: &Path, host: &Host) -> PathBuf {
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    match &host.kind {
        HostKind::Dir(dir) => absolute(site.join(&dir.path)).join("current"),
        HostKind::Folder(folder) => absolute(site.join(&folder.path)),
        HostKind::Sftp(sftp) => PathBuf::from(&sftp.path),
        HostKind::Rsync(rsync) => PathBuf::from(rsync.to.rsplit(':').next().unwrap_or(&rsync.to)),
        _ => PathBuf::from("/srv/www/site"),
    }
}

/// What every file begins with, in comments that begin with `#`.
const HEAD: &str = "# Written by Bashu from site.yaml and the articles. To change it, change those.\n";

/// A regular expression for pages and what is read of the whole site, as `Kind` has them.
const PAGES: &str = r"(?:/|\.html|/feed\.xml|/robots\.txt|/sitemap[^/]*\.xml|/figures\.(?:csv|json))$";

/// A regular expression for fingerprinted assets below a path, as `plan::is_fingerprinted` has it.
fn fingerprinted(base: &str) -> String {
    let copy = r"(?:\.gz|\.br)?";
    let folders = FINGERPRINTED.join("|");
    format!(r"^{base}(?:{folders})/(?:.*/)?[^/]+\.[0-9a-f]{{10}}(?:\.[^./]+)?{copy}$")
}

/// A pattern's regular expression, below a base path.
fn below(base: &str, regex: &str) -> String {
    match regex.strip_prefix("^/") {
        Some(rest) => format!("^{}{rest}", escaped(base)),
        None => regex.to_owned(),
    }
}

/// A path in a regular expression.
fn escaped(path: &str) -> String {
    let mut text = String::new();
    for c in path.chars() {
        if "\\.+*?()|[]{}^$".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests;
